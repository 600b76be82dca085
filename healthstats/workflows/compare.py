"""ingest --dry-run: how the figures judged now differ from those stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from healthstats.domain.reading import Reading, Submission
from healthstats.store import ReportKey, run_tables
from healthstats.store.files import write_table
from healthstats.store.replaced import together
from healthstats.workflows.marts import warehouse
from healthstats.workflows.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Key = tuple[str, str, str, str, str]
"""(facility or area, form, period, element, item)."""
MOST_LISTED = 1_000
NOTHING = """
create table current_observations (
    facility varchar, area varchar, form varchar, period varchar, element varchar, item varchar, value decimal(18, 4)
)
"""
PERIODS = """
select period, count(*) from read_parquet('{observations}') where value is not null group by period order by period
"""
NOW = """
create or replace temp table now as
select coalesce(o.facility, o.area, '') as place, o.form, o.period, o.element, coalesce(o.item, '') as item,
    arg_max(o.value, o.file_row_number) as value, bool_or(r.replaces = 'report') as whole
from read_parquet('{observations}', file_row_number = true) o
join read_parquet('{reports}') r on r.position = o.report
where o.value is not null and o.period in (select unnest($periods))
    and o.report not in (select unnest($outranked::integer[]))
group by all
"""
COMPARED = """
create or replace temp table compared as
select coalesce(n.place, s.place) as place, coalesce(n.form, s.form) as form, coalesce(n.period, s.period) as period,
    coalesce(n.element, s.element) as element, coalesce(n.item, s.item) as item, s.value as before, n.value as after
from now n
full join (
    select coalesce(facility, area) as place, form, period, element, item, value
    from current_observations
    where value is not null and period in (select unnest($periods))
) s using (place, form, period, element, item)
where n.value is not null or (s.place, s.form, s.period) in (select (place, form, period) from now where whole)
"""
COUNTS = """
select count(*) filter (before is null), count(*) filter (before = after), count(*) filter (before <> after),
    count(*) filter (after is null)
from compared
"""
LISTED = """
select place, form, period, element, item, before, after from compared
where {which} order by place, form, period, element, item limit {most}
"""


@dataclass(slots=True)
class Comparison:
    """Accepted cells that are new, that say what is stored, that change it (key, stored, now), and stored ones that a
    whole report no longer holds: of the last two how many, and the first. A report whose declared revision is below
    the stored one changes nothing."""

    new: int = 0
    same: int = 0
    changes: int = 0
    losses: int = 0
    changed: list[tuple[Key, Decimal, Decimal]] = field(default_factory=list)
    lost: list[tuple[Key, Decimal]] = field(default_factory=list)


def compare(workspace: Workspace, judged: Sequence[tuple[Submission, Reading]], folder: Path) -> Comparison:
    """Every accepted cell of `judged` against the stored figure of the same key; of two that came together the later
    one. `folder` holds what is compared meanwhile."""
    tables = run_tables(judged, "")
    paths = {name: folder / f"{name}.parquet" for name in ("observations", "reports")}
    for name, path in paths.items():
        write_table(path, tables[name])
    files = {name: str(path).replace("'", "''") for name, path in paths.items()}
    outranked = _outranked(workspace.store.declared_revisions(), judged)
    comparison = Comparison()
    with _stored(workspace) as connection:
        for periods in together(connection.execute(PERIODS.format(**files)).fetchall()):
            connection.execute(NOW.format(**files), {"periods": periods, "outranked": outranked})
            connection.execute(COMPARED, {"periods": periods})
            _add(comparison, connection)
    comparison.changed, comparison.lost = (
        sorted(comparison.changed)[:MOST_LISTED],
        sorted(comparison.lost)[:MOST_LISTED],
    )
    return comparison


def _add(comparison: Comparison, connection: DuckDBPyConnection) -> None:
    counted = connection.execute(COUNTS).fetchone()
    assert counted is not None  # a count is one row
    comparison.new += counted[0]
    comparison.same += counted[1]
    comparison.changes += counted[2]
    comparison.losses += counted[3]
    for *key, before, now in connection.execute(LISTED.format(which="before <> after", most=MOST_LISTED)).fetchall():
        comparison.changed.append((_key(key), before, now))
    for *key, before, _ in connection.execute(LISTED.format(which="after is null", most=MOST_LISTED)).fetchall():
        comparison.lost.append((_key(key), before))


def _key(texts: Sequence[str]) -> Key:
    place, form, period, element, item = texts
    return place, form, period, element, item


def _outranked(declared: Mapping[ReportKey, int], judged: Iterable[tuple[Submission, Reading]]) -> list[int]:
    """The places within the run of reports of which a higher revision is stored."""
    if not declared:
        return []
    reports = chain.from_iterable(reading.reports for _, reading in judged)
    return [
        place
        for place, report in enumerate(reports)
        if report.declared_revision < declared.get((report.form, report.facility, report.area, report.period), 0)
    ]


@contextmanager
def _stored(workspace: Workspace) -> Iterator[DuckDBPyConnection]:
    if workspace.store.runs():
        with warehouse(workspace, read=("current_observations",)) as connection:
            yield connection
        return
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(NOTHING)
        yield connection
