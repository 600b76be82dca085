"""A new form is a new file and no code: two real workbooks of another country go from disk to growth."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace

from .conftest import MakeWorkspace

HERE = Path(__file__).parent
REAL = HERE.parents[2] / "shared" / "data" / "real"
FILES = (
    REAL / "MAR_Prov-Web-file-April-12-Rev-Jul13.xls",
    REAL / "MAR_Prov-Web-file-Apr13_68733-Jul-14-refresh.xls",
)
ELEMENTS = 14
ENGLAND = {  # the printed England rows of both workbooks
    "elective_total": (576340, 639398),
    "non_elective": (447556, 466095),
    "gp_referrals_made": (934227, 1054678),
    "first_attendances": (1238307, 1367656),
}

pytestmark = pytest.mark.skipif(not all(file.exists() for file in FILES), reason="the real workbooks are not here")


@pytest.fixture
def england(make_workspace: MakeWorkspace) -> Workspace:
    workspace = make_workspace()
    shutil.copytree(HERE / "england" / "pipelines", workspace.root / "pipelines", dirs_exist_ok=True)
    return workspace


def take_in(workspace: Workspace, **request: object) -> Outcome:
    return ingest(Workspace(workspace.root), Request(workers=1, **request))  # type: ignore[arg-type]


def test_no_register_then_a_proposed_one_then_growth(england: Workspace) -> None:
    first = take_in(england, paths=FILES, propose_register=True)
    assert first.counts.accepted == 0
    assert len(first.proposed) == len({facility.code for facility in first.proposed}) > 350

    second = take_in(england, retry=True)
    assert [reading.verdict for _, reading in second.judged] == ["accepted", "accepted"]
    counts = second.counts
    assert counts.found == counts.accepted + counts.blank
    assert counts.checked == 2 * ELEMENTS
    assert not [
        finding for _, reading in second.judged for finding in reading.findings if finding.code == "TOTAL_DIFFERS"
    ]

    rows = query(
        Workspace(england.root),
        "select indicator, base_value, value, change from growth where period = '2013-04' and comparison = 'prior_year'"
        " and area = 'VN' and group_by = 'all' and boundaries = (select max(boundaries) from growth)",
    ).rows
    growth = {row[0].value: tuple(cell.value for cell in row[1:]) for row in rows}
    assert len(growth) == ELEMENTS
    for indicator, (april_2012, april_2013) in ENGLAND.items():
        assert growth[indicator] == (april_2012, april_2013, april_2013 - april_2012)


def test_a_proposed_register_keeps_the_regions_of_both_editions(england: Workspace) -> None:
    take_in(england, paths=FILES, propose_register=True)
    definitions = Workspace(england.root).definitions
    assert {"region", "region_code", "area_team", "area_team_code"} <= set(definitions.groups)
    wirral = next(spell for spell in definitions.facilities if spell.facility == "RBL")
    assert wirral.attributes["area_team"] == "CHESHIRE, WARRINGTON AND WIRRAL AREA TEAM"
    assert wirral.attributes["region"] == "NORTH WEST STRATEGIC HEALTH AUTHORITY"
