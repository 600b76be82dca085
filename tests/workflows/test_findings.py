"""findings as a person meets them: every place to look at, until a correction has put it aside."""

from __future__ import annotations

import csv
import io

import pytest

from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx

from .conftest import Holding, MakeWorkspace
from .terminal import run, take_in

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n79002,Bệnh viện Quận 2,2020-01-01\n"
# one cell with a unit, and a part that is more than its total
FAULTY = xlsx(
    Sheet(
        [
            facility(1, "Bệnh viện Quận 1", changed(lab_tests="63 ca")),
            facility(2, "Bệnh viện Quận 2", changed(outpatient_visits_female=1300)),
        ]
    )
)
MENDED = xlsx(Sheet([facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 2")]))


@pytest.fixture
def workspace(holding: Holding) -> Workspace:
    return holding(REGISTER, FAULTY)


def found(workspace: Workspace, *options: str) -> list[tuple[str, str, str]]:
    text = run("-w", workspace.root, "findings", *options, "--format", "csv").stdout
    return [(row["cell"], row["code"], row["facility"]) for row in csv.DictReader(io.StringIO(text))]


UNIT = ("R8", "NOT_A_NUMBER", "79001")
PART = ("G9", "PART_EXCEEDS_TOTAL", "79002")


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), [UNIT, PART]),
        (("T8/2026",), [UNIT, PART]),
        (("T7/2026",), []),
        (("--facility", "Bệnh viện Quận 2"), [PART]),
        (("--code", "not_a_number"), [UNIT]),
        (("--severity", "warning"), [PART]),
        (("--file", "bc t8"), [UNIT, PART]),
        (("--file", "T9"), []),
    ],
)
def test_errors_come_before_warnings_and_options_narrow(
    workspace: Workspace, options: tuple[str, ...], wanted: list[tuple[str, str, str]]
) -> None:
    assert found(workspace, *options) == wanted


@pytest.mark.parametrize(
    ("options", "told"), [(("--code", "NONE"), "docs/findings.md"), (("--severity", "info"), "error, warning")]
)
def test_what_names_nothing_is_refused_in_one_line(workspace: Workspace, options: tuple[str, ...], told: str) -> None:
    result = run("-w", workspace.root, "findings", *options)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert told in result.stderr


def test_a_correction_puts_them_aside(workspace: Workspace) -> None:
    take_in(workspace, MENDED, "BC T8 (sửa lần 1).xlsx")
    assert found(workspace) == []
    assert "Không có gì cần xem" in run("-w", workspace.root, "findings").stdout


HISTORY = "area,period,element,value\n"


def codes(workspace: Workspace) -> list[str]:
    return [code for _, code, _ in found(workspace)]


def test_a_correction_of_an_areas_row_puts_its_finding_aside_and_no_other(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    wrong = HISTORY + "79,2021,xrays,5 ca\n79,2022,xrays,6 ca\n01,2021,xrays,7 ca\n01,2021,ct_scans,8\n"
    take_in(workspace, wrong.encode(), "ls.csv", "--form", "history_bieu9")
    assert found(workspace) == [(cell, "NOT_A_NUMBER", "") for cell in ("D2", "D3", "D4")]
    mended = HISTORY + "79,2021,xrays,5\n01,2021,ct_scans,9\n"
    take_in(workspace, mended.encode(), "ls sửa.csv", "--form", "history_bieu9")
    assert found(workspace) == [("D3", "NOT_A_NUMBER", ""), ("D4", "NOT_A_NUMBER", "")], "D4 is another element"


def test_what_no_report_holds_stands_until_every_report_of_its_file_is_corrected(
    make_workspace: MakeWorkspace,
) -> None:
    workspace = make_workspace(REGISTER)
    head = "facility,period,element,value\n"
    lines = [f"{facility},2026-07,xrays,{value}\n" for facility, value in (("79001", 5), ("79002", 6))]
    take_in(workspace, (head + "".join(lines) + "79001,2026-07,ct_scans\n" * 51).encode(), "dai.csv")
    assert codes(workspace) == ["RAGGED_RECORD"] * 50 + ["RAGGED_RECORDS"] or codes(workspace)[0] == "RAGGED_RECORDS"
    assert len(codes(workspace)) == 51
    take_in(workspace, (head + lines[0]).encode().replace(b",5", b",7"), "một cơ sở.csv")
    assert len(codes(workspace)) == 51, "the other facility's records may be among those that were not taken"
    take_in(workspace, (head + "".join(lines) + "79001,2026-07,ct_scans,1\n").encode(), "cả hai.csv")
    assert codes(workspace) == []


def test_a_sheet_that_could_not_be_read_stands_whatever_became_of_the_others(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    row = [facility(1, "Bệnh viện Quận 1")]
    july = Sheet(row, name="T7", title=("", "Báo cáo tháng 7 năm 2026"))
    unknown = Sheet([facility(1, "Bệnh viện Lạ")], name="T8", title=("", "Báo cáo tháng 8 năm 2026"))
    take_in(workspace, xlsx(july, unknown), "năm.xlsx")
    assert codes(workspace) == ["UNKNOWN_FACILITY"]
    again = Sheet([facility(1, "Bệnh viện Quận 1", changed(xrays=601))], title=july.title)
    take_in(workspace, xlsx(again), "T7.xlsx")
    assert codes(workspace) == ["UNKNOWN_FACILITY"]
