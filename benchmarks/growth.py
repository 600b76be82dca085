"""The growth mart against one hand-written monthly prior-year self-join: ratios of interleaved medians.

python benchmarks/growth.py [--facilities 13000] [--months 120] [--rounds 3] [--base]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from healthstats.definitions import load
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.store.schema import COLUMNS
from healthstats.transform import build_marts

ELEMENTS = 12
FIRST_YEAR = 2014
OWNERSHIPS = ("công lập", "tư nhân", "bộ ngành")
FORM = "bieu9"
WORKSPACE = Path(__file__).parent.parent

SELF_JOIN = """
copy (
    with
    months as (
        select
            facility, element, period, value,
            cast(left(period, 4) as int) * 12 + cast(right(period, 2) as int) as month
        from read_parquet([{files}])
    )
    select
        now.element, facilities.area, facilities.ownership, now.period,
        sum(now.value) as value, sum(prior.value) as base_value, sum(now.value) - sum(prior.value) as change,
        cast(100 * (sum(now.value) - sum(prior.value)) / sum(prior.value) as decimal(18, 8)) as change_pct
    from months as now
    left join months as prior
        on now.facility = prior.facility and now.element = prior.element and now.month = prior.month + 12
    join facilities on now.facility = facilities.facility
    group by all
) to '{out}' (format parquet)
"""


RUN = """
create or replace table reports as
select
    sha256('{year}' || month) as submission,
    cast(row_number() over (order by month, facility) - 1 as int) as position,
    '{form}' as form, '1' as edition, facility, null::varchar as area,
    '{year}-' || lpad(month::varchar, 2, '0') as period, 'S' as sheet, 'accepted' as verdict,
    0 as declared_revision, 'elements' as replaces, {elements}::int as cells_accepted, 0::int as cells_quarantined
from f cross join (select unnest(range(1, 13)) as month)
where hash(facility, month, {year}) % 97 <> 0
order by position;
create or replace table observations as
select
    submission, position as report, form, facility, area, period, element, '' as item,
    case
        when hash(facility, period, element) % 1000 > 0
        then (hash(facility, element) % 900 + {year} - 1900)::decimal(18, 4)
    end as value,
    '=' as qualifier, case when value is null then 'quarantined' else 'accepted' end as status,
    sheet, 'E' || (position * {elements} + 2) as cell, null::varchar as text
from reports cross join e
order by position;
create or replace table submissions as
select
    submission, row_number() over (order by submission)::int as position, submission || '.csv' as name,
    1::bigint as size, timestamp '{year}-12-31' + interval 20 day as received_at, 'csv' as media,
    'accepted' as verdict, '' as definitions, '' as hints
from reports
group by submission
"""


def world(facilities: int, base_year: int | None) -> Definitions:
    """The product's own definitions with a register of `facilities` in 63 provinces."""
    definitions = load(WORKSPACE)
    provinces = sorted({change.old_area for change in definitions.area_changes})
    register = tuple(
        FacilitySpell(
            facility=f"F{n:05d}",
            name=f"F{n:05d}",
            area=provinces[n % len(provinces)],
            valid_from=None,
            valid_to=date(2021, 6, 30) if n % 50 == 0 else None,
            successor=None,
            area_before=None,
            attributes={"ownership": OWNERSHIPS[n % 7 % 3]},
        )
        for n in range(facilities)
    )
    flows = [e for e in definitions.elements.values() if e.kind == "flow" and e.form == FORM][:ELEMENTS]
    kept = {element.element: definitions.indicators[element.element] for element in flows}
    return replace(definitions, facilities=register, groups=("ownership",), indicators=kept, base_year=base_year)


def write_runs(folder: Path, definitions: Definitions, months: int) -> dict[int, dict[str, Path]]:
    """One run a year, one long file a month; 1 report in 97 is missing, 1 cell in 1,000 quarantined."""
    connection = duckdb.connect()
    connection.execute(
        "create table f as select unnest(?::varchar[]) as facility", [[s.facility for s in definitions.facilities]]
    )
    connection.execute("create table e as select unnest(?::varchar[]) as element", [list(definitions.indicators)])
    runs = {}
    for number in range(1, months // 12 + 1):
        year = FIRST_YEAR + number - 1
        own = folder / str(number)
        own.mkdir()
        for statement in RUN.format(year=year, form=FORM, elements=ELEMENTS).split(";"):
            connection.execute(statement)
        columns = ", ".join(f"null::varchar as {name}" for name in COLUMNS["findings"])
        connection.execute(f"create or replace table findings as select {columns} where false")
        runs[number] = {name: own / f"{name}.parquet" for name in COLUMNS}
        for name, file in runs[number].items():
            connection.execute(f"copy {name} to '{file}' (format parquet, compression zstd)")
    connection.close()
    return runs


def self_join(folder: Path, runs: dict[int, dict[str, Path]], definitions: Definitions) -> None:
    connection = duckdb.connect()
    connection.execute("create table facilities (facility varchar, area varchar, ownership varchar)")
    spells = definitions.facilities
    columns = [[s.facility for s in spells], [s.area for s in spells], [s.attributes["ownership"] for s in spells]]
    connection.execute(
        "insert into facilities select unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::varchar[])", columns
    )
    files = ", ".join(f"'{run['observations']}'" for run in runs.values())
    connection.execute(SELF_JOIN.format(files=files, out=folder / "joined.parquet"))
    connection.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--facilities", type=int, default=13_000)
    asked.add_argument("--months", type=int, default=120)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--base", action="store_true", help="compare with a base year too")
    said = asked.parse_args()
    definitions = world(said.facilities, FIRST_YEAR + 5 if said.base else None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = write_runs(folder, definitions, said.months)
        marts, joins = [], []
        rows, peak = 0, 0.0
        (folder / "marts").mkdir()
        for _ in range(said.rounds):
            began = _now()
            rows = build_marts(runs, definitions, folder / "marts", marts=("growth",))["growth"]
            marts.append(_since(began))
            # before the first self-join, which takes what memory it likes
            peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            began = _now()
            self_join(folder, runs, definitions)
            joins.append(_since(began))
    (mart, mart_cpu), (join, join_cpu) = (
        tuple(statistics.median(times) for times in zip(*turns, strict=True)) for turns in (marts, joins)
    )
    print(
        f"growth: {rows:,} rows in {mart:.1f} s; self-join {join:.1f} s; ratio {mart / join:.2f}; "
        f"of processor time {mart_cpu / join_cpu:.2f}; peak {peak:,.0f} MB"
    )


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    """Seconds on the wall and of the processors."""
    return time.perf_counter() - began[0], time.process_time() - began[1]


if __name__ == "__main__":
    main()
