"""A register row that stands for several facilities, from the workbook to the list of who is missing."""

from __future__ import annotations

import pytest

from healthstats.definitions import load
from healthstats.errors import DefinitionFaults
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx
from tests.workflows.conftest import MakeWorkspace
from tests.workflows.test_ingest import findings, put, stored, take_in, visits

HEAD = "facility,name,area,ownership,type,valid_from,stands_for\n"
CENTRE = "C1,Trung tâm Y tế Quận 1,79,công lập,trung tâm y tế,2020-01-01,\n"
STATIONS = "".join(f"S{n},Trạm Y tế Phường {n},79,công lập,trạm y tế,2020-01-01,\n" for n in (1, 2, 3))
SUM = "T1,Trạm y tế – Trung tâm Y tế Quận 1,79,công lập,trạm y tế,2020-01-01,{}\n"
COVERAGE = """
select sum(stands_for) filter (where expected), sum(stands_for) filter (where expected and reported)
from coverage where period = '2026-08'
"""


def workbook(*rows: list[object]) -> bytes:
    return xlsx(Sheet(rows, title=("Đơn vị: Trung tâm Y tế Quận 1", "Báo cáo tháng 8 năm 2026")))


def summed(count: int) -> list[object]:
    return facility(2, "Trạm y tế", changed(facilities=count, outpatient_visits=9000))


@pytest.mark.parametrize("stands_for", ["3", "S1 S2 S3", "S1;S2;S3"])
def test_the_one_row_satisfies_the_reports_of_three(make_workspace: MakeWorkspace, stands_for: str) -> None:
    stations = "" if stands_for == "3" else STATIONS
    workspace = make_workspace(HEAD + CENTRE + stations + SUM.format(stands_for))
    put(workspace, "x.xlsx", workbook(facility(1, "Trung tâm Y tế Quận 1"), summed(3)))
    outcome = take_in(workspace)
    assert (findings(outcome), visits(workspace)) == ([], {"C1": 1200, "T1": 9000})
    assert stored(workspace, COVERAGE) == [(4, 4)]


def test_a_station_that_sends_its_own_too_is_told_and_not_counted_twice(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(HEAD + CENTRE + STATIONS + SUM.format("S1 S2 S3"))
    put(workspace, "a.xlsx", workbook(facility(1, "Trạm Y tế Phường 1")))
    assert findings(take_in(workspace)) == ["HELD_BY_A_SUM"]
    assert (visits(workspace), stored(workspace, COVERAGE)) == ({"S1": 1200}, [(4, 1)])
    put(workspace, "b.csv", b"facility,period,element,value\nS2,2026-08,outpatient_visits,7\n")
    assert findings(take_in(workspace)) == ["HELD_BY_A_SUM"]
    put(workspace, "c.xlsx", workbook(facility(1, "Trung tâm Y tế Quận 1"), summed(3)))
    take_in(workspace)
    assert (visits(workspace), stored(workspace, COVERAGE)) == ({"C1": 1200, "T1": 9000}, [(4, 4)])


def test_a_proposed_summed_row_takes_the_workbook_in(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(HEAD.replace(",stands_for", "") + CENTRE.replace(",\n", "\n"))
    put(workspace, "x.xlsx", workbook(summed(12)))
    assert take_in(workspace, propose_register=True).counts.rejected == 21
    assert (take_in(workspace, retry=True).counts.accepted, visits(workspace)) == (21, {"new-1": 9000})
    assert stored(workspace, COVERAGE) == [(13, 12)]


@pytest.mark.parametrize("stands_for", ["0", "-1", "S1 S9", "T1", "12 S1", "C2"])
def test_what_a_row_cannot_stand_for_is_a_fault_with_its_line(make_workspace: MakeWorkspace, stands_for: str) -> None:
    other = CENTRE.replace("C1", "C2").replace(",\n", ",S3\n")
    workspace: Workspace = make_workspace(HEAD + STATIONS + other + SUM.format(stands_for))
    with pytest.raises(DefinitionFaults) as faults:
        load(workspace.root)
    (fault,) = faults.value.faults
    assert (fault.params["file"], fault.params["where"]) == ("registers/facilities.csv", "6")
