"""Two real yearbooks, by the shipped definitions alone: every sheet, every province, the national figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace

from .conftest import MakeWorkspace

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
FILES = tuple(REAL / f"Nien giam {year}r.xls" for year in (2011, 2012))
SHEETS, PROVINCES, MONTHS = 28, 63, 12

pytestmark = pytest.mark.skipif(not all(file.exists() for file in FILES), reason="the real yearbooks are not here")

GROWTH = """
select area, value, base_value, change, change_pct
from growth
where indicator = 'cases' and item = 'Sốt xuất huyết' and period = '2012' and comparison = 'prior_year'
  and area in ('VN', '01') and boundaries = (select min(boundaries) from growth)
order by area desc
"""
DENGUE = """
select left(period, 4), element, cast(sum(value) as bigint), count(distinct area), count(distinct period)
from current_observations
where form = 'disease_yearbook' and item = 'Sốt xuất huyết'
group by all order by all
"""


def test_dengue_in_two_years_is_the_sum_of_63_provinces_and_12_months(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    outcome = ingest(Workspace(workspace.root), Request(workers=1, paths=FILES))
    for submission, reading in outcome.judged:
        counts = reading.counts
        assert reading.verdict == "accepted"
        assert counts.found == SHEETS * PROVINCES * MONTHS * 2
        assert counts.found == counts.accepted + counts.blank
        assert len({report.sheet for report in reading.reports}) == SHEETS
        assert len({report.area for report in reading.reports}) == PROVINCES
        assert len(set(reading.observations.item.values())) == SHEETS
        # nobody labelled the last column: it is counted, and named on every sheet
        assert [one.cell for one in reading.findings if one.code == "IGNORED_COLUMN"] == ["Z2"] * SHEETS
        assert counts.ignored == SHEETS * PROVINCES
        assert {one.code for one in reading.findings if one.severity != "info"} == {"SCALE", "ZERO_WHERE_USUAL"} | (
            {"ITEMS_EXCHANGED"} if "2011" in submission.name else set()
        )

    rows = query(Workspace(workspace.root), DENGUE).rows
    assert [tuple(cell.value for cell in row) for row in rows] == [
        ("2011", "cases", 69876, PROVINCES, MONTHS),
        ("2011", "deaths", 61, PROVINCES, MONTHS),
        ("2012", "cases", 86017, PROVINCES, MONTHS),
        ("2012", "deaths", 80, PROVINCES, MONTHS),
    ]

    (country, hanoi) = [[cell.value for cell in row] for row in query(Workspace(workspace.root), GROWTH).rows]
    assert country[:4] == ["VN", 86017, 69876, 16141]
    assert round(float(country[4]), 1) == 23.1
    assert hanoi[:4] == ["01", 1368, 4779, -3411]


def test_two_real_years_hold_mistakes_that_keep_every_sum(make_workspace: MakeWorkspace) -> None:
    """Looked at by a person afterwards: a digit dropped, influenza under rubella; of all cells fewer than one in four
    hundred is asked about, epidemics left alone."""
    outcome = ingest(Workspace(make_workspace().root), Request(workers=1, paths=FILES))
    told = {
        (one.period, one.params["facility"], one.code, one.text, one.suggestion)
        for _, reading in outcome.judged
        for one in reading.findings
        if one.severity == "warning"
    }
    assert ("2011-05", "Tỉnh Thanh Hóa", "SCALE", "1033", "10330") in told
    assert ("2011-02", "Tỉnh Hưng Yên", "ITEMS_EXCHANGED", "1577", "0") in told
    assert ("2011-07", "Tỉnh Hoà Bình", "ITEMS_EXCHANGED", "1139", "0") in told
    assert len(told) * 400 < SHEETS * PROVINCES * MONTHS * 2
