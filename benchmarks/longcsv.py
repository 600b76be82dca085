"""A long CSV as a province's system would give ten years out: one record a figure, months in order."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from healthstats.workflows.init import init

FIRST_YEAR = 2015
NAME = "mười năm.csv"
SHARES = {
    "outpatient_visits": 100,
    "outpatient_visits_female": 52,
    "outpatient_visits_insured": 80,
    "outpatient_visits_traditional": 10,
    "outpatient_visits_under15": 20,
    "preventive_visits": 5,
    "inpatient_stays": 10,
    "inpatient_stays_female": 5,
    "inpatient_stays_insured": 8,
    "inpatient_days": 70,
    "lab_tests": 120,
    "xrays": 30,
}
"""Hundredths of the outpatient visits, so that the form's rules hold."""

RECORDS = """
copy (
    select
        if(row % 400 = 1, 'Z' || f % 20, 'F' || lpad(cast(f as varchar), 5, '0')) as facility,
        cast({year} + m // 12 as varchar) || '-' || lpad(cast(m % 12 + 1 as varchar), 2, '0') as period,
        if(row % 400 = 2, 'none', element) as element,
        case row % 400 when 3 then '-5' when 4 then '12 ca'
            else cast((hash(f, m) % 90000 + 1000) * share // 100 as varchar) end as value
    from (
        select *, if({bad}, hash(f, m, element), 0) as row
        from range({months}) t(m), range({facilities}) u(f), elements
        order by m, f, place
    )
) to '{out}' (header, delimiter ',')
"""
"""With `bad`, one record in a hundred names an unknown facility or element, is negative, or has a unit."""


def make_workspace(folder: Path, facilities: int, months: int, *, bad: bool = False) -> None:
    """A workspace that knows every facility, with one file in its inbox; the same bytes each time."""
    init(folder, "vi")
    with (folder / "pipelines" / "registers" / "facilities.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("facility", "name", "area", "type"))
        rows.writerows((f"F{n:05d}", f"Trạm y tế số {n}", "79", "TYT") for n in range(facilities))
    out = folder / "data" / "raw" / "inbox" / NAME
    with duckdb.connect() as connection:
        connection.execute("create table elements (element varchar, share int, place int)")
        shares = [(element, share, place) for place, (element, share) in enumerate(SHARES.items())]
        connection.executemany("insert into elements values (?, ?, ?)", shares)
        connection.execute(RECORDS.format(year=FIRST_YEAR, bad=bad, months=months, facilities=facilities, out=out))
