"""status as a person meets it: before the first run, after it, for a month, as a table for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, facility, xlsx

from .conftest import MakeWorkspace
from .terminal import run, run_alone

REGISTER = """\
facility,name,area,type,valid_from,valid_to
79001,Bệnh viện Quận 1,79,bệnh viện,2020-01-01,
79002,Bệnh viện Quận 2,79,bệnh viện,2020-01-01,
79003,Trạm Y tế Phường 3,79,trạm y tế,2020-01-01,2026-08-15
"""
BAD = [*FIGURES[:3], "12 ca", *FIGURES[4:]]
AUGUST = xlsx(Sheet([facility(1, "Bệnh viện Quận 1", BAD)]))


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


@pytest.fixture
def ingested(workspace: Workspace) -> Workspace:
    (workspace.inbox / "BC T8.xlsx").write_bytes(AUGUST)
    (workspace.inbox / "chụp.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    (workspace.inbox / "thiếu.xlsx").write_bytes(AUGUST[:2000])
    assert run("-w", workspace.root, "ingest", "--received", "2026-10-02").returncode == 10
    return workspace


def test_before_the_first_run_it_counts_the_inbox(workspace: Workspace) -> None:
    (workspace.inbox / "BC T8.xlsx").write_bytes(AUGUST)
    (workspace.inbox / "~$BC T8.xlsx").write_bytes(b"x")
    result = run("-w", workspace.root, "status")
    assert (result.returncode, result.stderr) == (0, "")
    assert "data/raw/inbox: 1 tệp" in result.stdout
    assert result.stdout.endswith("Gõ tiếp: healthstats ingest\n")
    assert not list((workspace.data / "processed" / "marts").iterdir())
    for asked in (("T8/2026",), ("--format", "csv")):
        refused = run("-w", workspace.root, "status", *asked)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "Chưa nhận tệp nào" in refused.stderr


def test_the_workspace_tells_its_files_its_months_and_its_marts(ingested: Workspace) -> None:
    first = run("-w", ingested.root, "status")
    assert (first.returncode, "vừa dựng lại theo lần nhận 1" in first.stdout) == (0, True)
    assert "Đang dựng" in first.stderr
    again = run("-w", ingested.root, "status")
    assert (again.stderr, "đúng với lần nhận 1" in again.stdout) == ("", True)
    lines = [line.split() for line in again.stdout.splitlines()]
    assert ["Tất", "cả", "các", "lần", "3", "0", "1", "1", "1"] in lines
    assert ["Tháng", "8/2026", "1/2", "█████░░░░░", "50%", "1", "1", "1"] in lines
    assert ["Tháng", "9/2026", "0/2", "░░░░░░░░░░", "0%", "0", "2", "0"] in lines
    assert "kho lưu 3 tệp" in again.stdout
    english = run_alone("-w", ingested.root, "--lang", "en", "status").stdout
    assert "Data: August 2026 – August 2026 · marts are those of run 1" in english


def test_a_month_that_nobody_reported_is_missing_everywhere(ingested: Workspace) -> None:
    september = run("-w", ingested.root, "status", "T9/2026").stdout
    assert "Chưa hết hạn nhận (05/10/2026) vào ngày nhận tệp mới nhất (02/10/2026)." in september
    assert "79002     Bệnh viện Quận 2" in september
    owed = run("-w", ingested.root, "show", "missing", "2026-09", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[1] for line in owed[1:]] == ["79001", "79002"]
    covered = run("-w", ingested.root, "show", "coverage", "2026-09", "--format", "csv").stdout.splitlines()
    assert covered[1].split(",")[:3] == ["Tổng số", "2", "0"]
    grown = run(
        "-w", ingested.root, "query", "--format", "csv",
        "select distinct expected_reports from growth where period = '2026-09' and area = 'VN' and group_by = 'all'",
    ).stdout  # fmt: skip
    assert grown.split() == ["expected_reports", "2"]


def test_january_is_owed_in_february_and_growth_stays_with_the_reported_year(workspace: Workspace) -> None:
    (workspace.inbox / "BC T8.xlsx").write_bytes(AUGUST)
    run("-w", workspace.root, "ingest", "--received", "2027-02-10")
    assert "Tháng 1/2027" in run("-w", workspace.root, "status").stdout
    owed = run("-w", workspace.root, "show", "missing", "T1/2027", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[1] for line in owed[1:]] == ["79001", "79002"]
    assert "năm 2026" in run("-w", workspace.root, "show", "growth").stdout.splitlines()[0]


def test_a_picture_and_a_torn_file_count_for_whom_the_command_line_names(ingested: Workspace, tmp_path: Path) -> None:
    for name, data, owner in (
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "79001"),
        ("b.xls", AUGUST[:900], "79002"),
    ):
        (tmp_path / name).write_bytes(data)
        told = ("--facility", owner, "--period", "T9/2026", "--received", "2026-10-03")
        assert run("-w", ingested.root, "ingest", tmp_path / name, *told).returncode == 11
    table = json.loads(run("-w", ingested.root, "status", "T9/2026", "--format", "json").stdout)
    total = {key: table["rows"][0][key] for key in ("expected", "missing", "not_sent", "unreadable", "by_hand")}
    assert total == {"expected": 2, "missing": 2, "not_sent": 0, "unreadable": 1, "by_hand": 1}
    owed = run("-w", ingested.root, "show", "missing", "T9/2026").stdout
    assert "79001" in owed
    assert "79002" in owed


FIVE = "facility,name,type,valid_from\n" + "".join(f"7900{n},Bệnh viện {n},bệnh viện,2020-01-01\n" for n in range(1, 6))
DISEASES = "facility,period,element,item,value\n7900{},2026-08,disease_visits,A00,5\n"
WHO_SENT_WHAT = """
facility bieu9     bieu14
79001    received  received
79002    to_check  received
79003    a photo, nobody says of which form
79004    not_sent  a torn file, said to be of Biểu 14
79005    not_sent  not_sent
"""


def test_with_two_forms_due_each_report_stands_in_one_column_once(make_workspace: MakeWorkspace) -> None:
    """WHO_SENT_WHAT: of the photo one report is to be keyed in, and the other was not sent."""
    workspace = make_workspace(FIVE)

    def came(name: str, data: bytes, *said: str) -> None:
        (workspace.root / name).write_bytes(data)
        path, received = workspace.root / name, ("--received", "2026-09-03")
        assert run("-w", workspace.root, "ingest", path, *said, *received).returncode in (0, 10, 11)

    came("9-1.xlsx", xlsx(Sheet([facility(1, "Bệnh viện 1")])))
    came("9-2.xlsx", xlsx(Sheet([facility(1, "Bệnh viện 2", ["12 ca"] * len(FIGURES))])))
    came("14-1.csv", DISEASES.format(1).encode())
    came("14-2.csv", DISEASES.format(2).encode())
    came("3.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "--facility", "79003", "--period", "T8/2026")
    came("4.xls", AUGUST[:900], "--facility", "79004", "--period", "T8/2026", "--form", "bieu14")
    came("ai.xls", AUGUST[:800])

    shown = run("-w", workspace.root, "status", "T8/2026")
    table = json.loads(run("-w", workspace.root, "status", "T8/2026", "--format", "json").stdout)
    total = table["rows"][0]
    parts = ("received", "not_sent", "awaiting", "unreadable", "by_hand")
    assert {key: total[key] for key in parts} == {
        "received": 3,
        "not_sent": 4,
        "awaiting": 1,
        "unreadable": 1,
        "by_hand": 1,
    }
    assert total["expected"] == 10 == sum(total[key] for key in parts)
    forms = {row["place"]: [row[key] for key in parts] for row in table["rows"] if " · " in row["place"]}
    assert [figures for place, figures in forms.items() if "14" in place] == [[2, 1, 0, 1, 1]]
    assert [figures for place, figures in forms.items() if "14" not in place] == [[1, 3, 1, 0, 0]]
    assert "Chưa rõ của cơ sở, kỳ nào: 1 tệp không đọc được, 0 tệp chờ nhập tay" in shown.stdout

    came("9-3.xlsx", xlsx(Sheet([facility(1, "Bệnh viện 3")])))
    mended = json.loads(run("-w", workspace.root, "status", "T8/2026", "--format", "json").stdout)["rows"][0]
    assert [mended[key] for key in parts] == [4, 3, 1, 1, 1], "the photo may be the other form's"
    came("14-3.csv", DISEASES.format(3).encode())
    whole = run("-w", workspace.root, "status", "T8/2026")
    mended = json.loads(run("-w", workspace.root, "status", "T8/2026", "--format", "json").stdout)["rows"][0]
    assert [mended[key] for key in parts] == [5, 3, 1, 1, 0]
    assert "1 tệp không đọc được, 0 tệp chờ nhập tay" in whole.stdout, "whose photo it is, is known all the same"


def test_programs_read_the_table_and_a_file_holds_the_screen(ingested: Workspace, tmp_path: Path) -> None:
    table = json.loads(run("-w", ingested.root, "status", "T8/2026", "--format", "json").stdout)
    total = table["rows"][0]
    assert (table["name"], total["expected"], total["late"], total["not_sent"]) == ("status", 2, 1, 1)
    months = run("-w", ingested.root, "status", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[0] for line in months[-2:]] == ["2026-08", "2026-09"]
    screen = tmp_path / "status.txt"
    assert run("-w", ingested.root, "status", "T8/2026", "-o", screen).stdout == ""
    assert screen.read_text("utf-8") == run("-w", ingested.root, "status", "T8/2026").stdout


def test_a_period_without_reports_is_2_and_one_line(ingested: Workspace) -> None:
    result = run("-w", ingested.root, "status", "T12/2027")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].endswith("healthstats status")
    assert run("-w", ingested.root, "status", "tháng nào đó").returncode == 2
