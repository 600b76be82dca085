"""Decisions on findings: a list written, filled in, taken in; nothing overwritten, nothing asked twice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx

from .conftest import Holding, MakeWorkspace
from .terminal import run, take_in
from .test_findings import FAULTY, MENDED, REGISTER

UNIT, PART = "NOT_A_NUMBER", "PART_EXCEEDS_TOTAL"


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


@pytest.fixture
def faulty(holding: Holding) -> Workspace:
    """FAULTY taken in, nothing of it decided."""
    return holding(REGISTER, FAULTY)


def decided(workspace: Workspace, folder: Path, *decisions: tuple[str, str, str, str]) -> Path:
    """The list as written, filled in: (code or part of the place, decision, value, reason)."""
    path = folder / "can-xem.xlsx"
    assert run("-w", workspace.root, "findings", "-o", path).returncode == 0
    book = openpyxl.load_workbook(path)
    page = book.active
    heads = [cell.value for cell in page[5]]
    columns = [heads.index(name) + 1 for name in ("Quyết định", "Sửa thành", "Lý do")]
    for wanted, *texts in decisions:
        rows = [row for row in page.iter_rows(min_row=6) if any(wanted in str(cell.value) for cell in row)]
        assert len(rows) == 1
        for column, text in zip(columns, texts, strict=True):
            page.cell(rows[0][0].row, column, text)
    book.save(path)
    return path


def apply(workspace: Workspace, path: Path) -> int:
    return run("-w", workspace.root, "findings", "--apply", path, "--by", "Lan").returncode


def query(workspace: Workspace, sql: str) -> list[list[str]]:
    text = run("-w", workspace.root, "query", sql, "--format", "csv").stdout
    return list(csv.reader(io.StringIO(text)))[1:]


def open_codes(workspace: Workspace) -> list[str]:
    text = run("-w", workspace.root, "findings", "--format", "csv").stdout
    return [row["code"] for row in csv.DictReader(io.StringIO(text))]


VALUES = "select cell, cast(value as int), status, text from current_observations where cell in ('R8', 'G9') order by 1"


def test_a_suggestion_is_taken_and_a_warning_kept_and_neither_is_asked_again(faulty: Workspace, tmp_path: Path) -> None:
    assert query(faulty, VALUES) == [["G9", "1300", "accepted", ""], ["R8", "", "quarantined", "63 ca"]]
    path = decided(faulty, tmp_path, (UNIT, "theo gợi ý", "", "gọi điện"), (PART, "giữ", "", "đúng là thế"))
    assert apply(faulty, path) == 0
    assert query(faulty, VALUES) == [["G9", "1300", "accepted", ""], ["R8", "63", "corrected", "63 ca"]]
    assert open_codes(faulty) == []
    said = query(faulty, "select code, decision, who, reason, run from decisions order by code")
    assert said == [[UNIT, "suggestion", "Lan", "gọi điện", "2"], [PART, "keep", "Lan", "đúng là thế", "2"]]
    assert run("-w", faulty.root, "verify").returncode == 0
    # the same list again counts once, and no run is made of it
    assert apply(faulty, path) == 0
    assert query(faulty, "select max(run) from submissions") == [["2"]]


@pytest.mark.parametrize(
    ("decision", "stored"),
    [
        (("QUALIFIED", "giữ", "", "đúng"), ["4000", "≥", "accepted", "trên 4.000"]),
        (("QUALIFIED", "sửa thành", "4.012", ""), ["4012", "'=", "corrected", "trên 4.000"]),
    ],
)
def test_a_bound_is_kept_as_a_bound_or_made_exact(
    workspace: Workspace, tmp_path: Path, decision: tuple[str, str, str, str], stored: list[str]
) -> None:
    page = Sheet([facility(1, "Bệnh viện Quận 1", changed(lab_tests="trên 4.000"))])
    take_in(workspace, xlsx(page))
    sql = "select cast(value as int), qualifier, status, text from current_observations where element = 'lab_tests'"
    assert query(workspace, sql) == [["4000", "≥", "accepted", "trên 4.000"]]
    assert apply(workspace, decided(workspace, tmp_path, decision)) == 0
    assert (query(workspace, sql), open_codes(workspace)) == ([stored], [])


def test_a_correction_stands_when_the_file_is_judged_again(faulty: Workspace, tmp_path: Path) -> None:
    assert apply(faulty, decided(faulty, tmp_path, (UNIT, "sửa thành", "1.063", ""))) == 0
    run("-w", faulty.root, "ingest", faulty.inbox / "BC T8.xlsx", "--facility", "79001", "--form", "bieu9")
    run("-w", faulty.root, "ingest", "--retry")
    assert query(faulty, VALUES)[1] == ["R8", "1063", "corrected", "63 ca"]
    assert open_codes(faulty) == [PART]


def test_what_is_returned_stays_out_and_says_who_returned_it(faulty: Workspace, tmp_path: Path) -> None:
    assert apply(faulty, decided(faulty, tmp_path, (PART, "trả lại", "", "hỏi lại cơ sở"))) == 10
    assert query(faulty, VALUES)[0] == ["G9", "", "quarantined", "1300"]
    assert open_codes(faulty) == [UNIT, "RETURNED"]
    assert "hỏi lại cơ sở" in run("-w", faulty.root, "findings").stdout


REFUSED = (
    (UNIT, "giữ", "", "“63 ca” không phải một số hợp lệ"),
    (UNIT, "sửa thành", "", "“” không phải một số hợp lệ"),
    (UNIT, "sửa thành", "khoảng 60", "“khoảng 60” không phải một số hợp lệ"),
    (UNIT, "sửa thành", "-3", "“-3” không phải một số hợp lệ"),
    (UNIT, "chọn tệp này", "", "nói khác nhau"),
    (PART, "theo gợi ý", "", "không có gợi ý"),
    (UNIT, "bỏ qua", "", "“bỏ qua” không phải một quyết định"),
    (UNIT, "theo gợi ý", "64", "cột Sửa thành có “64”"),
    (UNIT, "", "64", "chưa chọn quyết định"),
    (UNIT, "đóng", "", "chỉ “đóng” được"),
    (PART, "đóng", "", "chỉ “đóng” được"),
)


def test_what_cannot_be_carried_out_is_refused_with_its_row_and_nothing_is_taken(
    faulty: Workspace, tmp_path: Path
) -> None:
    for code, decision, value, told in REFUSED:
        good = (PART, "trả lại", "", "") if code == UNIT else (UNIT, "theo gợi ý", "", "")
        path = decided(faulty, tmp_path, (code, decision, value, ""), good)
        result = run("-w", faulty.root, "findings", "--apply", path)
        assert (result.returncode, "can-xem.xlsx: dòng" in result.stderr) == (2, True)
        assert told in result.stderr
    assert query(faulty, "select count(*) from decisions") == [["0"]]
    assert query(faulty, "select max(run) from submissions") == [["1"]]


def test_a_list_that_is_out_of_date_is_refused(faulty: Workspace, tmp_path: Path) -> None:
    old = decided(faulty, tmp_path, (UNIT, "theo gợi ý", "", ""))
    take_in(faulty, MENDED, "T8 sửa lần 1.xlsx")
    result = run("-w", faulty.root, "findings", "--apply", old)
    assert (result.returncode, "không còn trong danh sách" in result.stderr) == (2, True)


def test_a_file_that_is_no_list_is_refused_in_one_line(faulty: Workspace) -> None:
    result = run("-w", faulty.root, "findings", "--apply", faulty.inbox / "BC T8.xlsx")
    assert (result.returncode, "không phải danh sách" in result.stderr.splitlines()[-1]) == (2, True)


def test_of_two_files_the_chosen_one_counts_whatever_is_judged_again(workspace: Workspace, tmp_path: Path) -> None:
    for name, visits in (("a.xlsx", 1200), ("b.xlsx", 1250)):
        sheet = Sheet([facility(1, "Bệnh viện Quận 1", changed(outpatient_visits=visits))])
        (workspace.inbox / name).write_bytes(xlsx(sheet))
    assert run("-w", workspace.root, "ingest").returncode == 11
    counted = "select cast(value as int) from current_observations where element = 'outpatient_visits'"
    assert apply(workspace, decided(workspace, tmp_path, ("a.xlsx ›", "chọn tệp này", "", "bản có dấu"))) == 10
    assert query(workspace, counted + " and value is not null") == [["1200"]]
    assert open_codes(workspace) == []
    run("-w", workspace.root, "ingest", "--retry")
    register = workspace.root / "pipelines" / "registers" / "facilities.csv"
    register.write_text(REGISTER + "79003,Bệnh viện Quận 3,2020-01-01\n", "utf-8")
    run("-w", workspace.root, "ingest")
    assert query(workspace, "select name from submissions where run > 2") == []
    # without a stored decision b.xlsx, alone, would be taken in, and would win: it came later
    run("-w", workspace.root, "ingest", workspace.inbox / "b.xlsx", "--retry")
    assert query(workspace, "select max(run) from submissions") == [["3"]]
    assert query(workspace, counted + " and value is not null") == [["1200"]]


def test_of_the_file_that_was_not_chosen_nobody_is_asked_any_more(workspace: Workspace, tmp_path: Path) -> None:
    for name, visits in (("a.xlsx", 1200), ("b.xlsx", 120)):
        sheet = Sheet([facility(1, "Bệnh viện Quận 1", changed(outpatient_visits=visits))])
        (workspace.inbox / name).write_bytes(xlsx(sheet))
    run("-w", workspace.root, "ingest")
    assert "PART_EXCEEDS_TOTAL" in open_codes(workspace)
    apply(workspace, decided(workspace, tmp_path, ("a.xlsx ›", "chọn tệp này", "", "")))
    assert open_codes(workspace) == []


def test_what_a_file_says_under_another_form_is_not_passed_over_with_it(workspace: Workspace, tmp_path: Path) -> None:
    head, rows = "facility,period,element,value\n", "79001,2026-06,outpatient_visits,{}\n79001,2026-06,ward_beds,{}\n"
    (workspace.inbox / "a.csv").write_text(head + rows.format(1200, 20))
    (workspace.inbox / "b.csv").write_text(head + rows.format(1250, 20) + "79001,2026-06,ward_deaths,3\n")
    assert run("-w", workspace.root, "ingest").returncode == 10
    assert apply(workspace, decided(workspace, tmp_path, ("“b.csv”", "chọn tệp này", "", ""))) == 10
    counted = "select element, cast(value as int) from current_observations where value is not null order by element"
    assert query(workspace, counted) == [["outpatient_visits", "1200"], ["ward_beds", "20"], ["ward_deaths", "3"]]


def test_another_decision_on_a_file_settles_no_conflict_that_nobody_decided(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name, visits in (("a.xlsx", 1200), ("b.xlsx", 1250)):
        said = changed(outpatient_visits=visits, lab_tests="trên 4.000" if name == "a.xlsx" else 4000)
        (workspace.inbox / name).write_bytes(xlsx(Sheet([facility(1, "Bệnh viện Quận 1", said)])))
    assert run("-w", workspace.root, "ingest").returncode == 11
    assert apply(workspace, decided(workspace, tmp_path, ("QUALIFIED", "giữ", "", "đúng"))) == 11
    counted = "select count(*) from current_observations where value is not null"
    assert query(workspace, counted) == [["0"]]
    assert open_codes(workspace) == ["CONFLICT", "CONFLICT"]
    # nor does asking for one of the two files alone
    run("-w", workspace.root, "ingest", workspace.inbox / "a.xlsx", "--retry")
    assert query(workspace, counted) == [["0"]]


def test_a_rival_understood_late_can_be_chosen_and_the_other_asks_no_more(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.inbox / "a.xlsx").write_bytes(xlsx(Sheet([facility(1, "Bệnh viện Quận 1")])))
    (workspace.inbox / "b.xlsx").write_bytes(xlsx(Sheet([facility(1, "PK Ba", changed(outpatient_visits=1300))])))
    run("-w", workspace.root, "ingest")
    run("-w", workspace.root, "alias", "79001", "PK Ba")
    assert run("-w", workspace.root, "ingest", "--retry").returncode == 11
    assert apply(workspace, decided(workspace, tmp_path, ("b.xlsx ›", "chọn tệp này", "", ""))) == 10
    visits = (
        "select cast(value as int), run from current_observations "
        "where element = 'outpatient_visits' and value is not null"
    )
    chosen = [["1300", "3"]]
    assert (query(workspace, visits), open_codes(workspace)) == (chosen, [])
    # the one passed over waits for good: the chosen one is not judged again with it
    run("-w", workspace.root, "ingest", "--retry")
    assert query(workspace, visits) == chosen


def test_of_two_rows_the_chosen_one_counts(workspace: Workspace, tmp_path: Path) -> None:
    rows = [facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 1", changed(xrays=601))]
    assert take_in(workspace, xlsx(Sheet(rows))).returncode == 11
    assert apply(workspace, decided(workspace, tmp_path, ("› C9", "chọn tệp này", "", ""))) == 10
    counted = (
        "select cast(value as int), status from current_observations where element = 'xrays' and value is not null"
    )
    assert query(workspace, counted) == [["601", "confirmed"]]
    assert open_codes(workspace) == []


def test_two_rows_that_differ_about_one_cell_are_refused_and_the_same_twice_counts_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    take_in(workspace, FAULTY)
    path = decided(workspace, tmp_path, (UNIT, "Theo goi y ", "", ""))
    book = openpyxl.load_workbook(path)
    page = book.active
    row = next(row for row in page.iter_rows(min_row=6, values_only=True) if UNIT in row)
    page.append(["sửa thành" if cell == "Theo goi y " else cell for cell in row])
    last = page.max_row
    at = [cell.value for cell in page[5]].index("Sửa thành") + 1
    page.cell(last, at, 64)
    book.save(path)
    refused = run("-w", workspace.root, "findings", "--apply", path)
    assert (refused.returncode, f"dòng {last}: khác với quyết định ở dòng" in refused.stderr) == (2, True)
    page.cell(last, at, 63)
    book.save(path)
    assert apply(workspace, path) == 0
    assert query(workspace, "select decision, cast(value as int) from decisions") in (
        [["suggestion", "63"]],
        [["correct", "63"]],
    )


PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(50)


def test_a_file_that_nobody_can_read_is_closed_with_its_reason_and_asked_about_no_more(
    workspace: Workspace, tmp_path: Path
) -> None:
    (workspace.inbox / "anh.png").write_bytes(PHOTO)
    (workspace.inbox / "BC.rar").write_bytes(b"Rar!\x1a\x07\x00")
    assert take_in(workspace, MENDED).returncode == 10
    waiting = "1 tệp không đọc được, 1 tệp chờ nhập tay"
    assert waiting in run("-w", workspace.root, "status", "T8/2026").stdout
    path = decided(workspace, tmp_path, ("anh.png", "đóng", "", "đã nhập tay"), ("BC.rar", "trả lại", "", ""))
    assert apply(workspace, path) == 11
    assert open_codes(workspace) == ["RETURNED"]
    said = query(workspace, "select code, severity, message from findings where run = 2 and severity = 'info'")
    assert [row[:2] for row in said] == [["DECIDED", "info"]]
    assert "Lan đã quyết định ngày" in said[0][2]
    assert "(FILE_IMAGE: đóng): đã nhập tay" in said[0][2]
    assert query(workspace, "select count(*) from findings where code = 'FILE_IMAGE'") == [["1"]]
    assert apply(workspace, path) == 0
    # it is not taken up again, by nothing but its own name
    assert "anh.png" not in run("-w", workspace.root, "ingest", "--retry").stdout
    judged = "select name from submissions where run = {} order by name"
    assert query(workspace, judged.format(3)) == [["BC.rar"]]
    run("-w", workspace.root, "ingest", workspace.inbox / "anh.png", "--retry")
    assert query(workspace, judged.format(4)) == [["anh.png"]]
    # what was returned can be closed too
    assert apply(workspace, decided(workspace, tmp_path, ("BC.rar", "đóng", "", "cơ sở đã gửi lại"))) == 11
    assert open_codes(workspace) == []
    assert "Chưa rõ của cơ sở, kỳ nào" not in run("-w", workspace.root, "status", "T8/2026").stdout
    files = run("-w", workspace.root, "status").stdout.splitlines()
    assert [line.split()[-5:] for line in files if line.startswith("Tất cả các lần")] == [["3", "1", "0", "0", "2"]]
    assert run("-w", workspace.root, "verify").returncode == 0


def test_to_close_needs_a_reason(workspace: Workspace, tmp_path: Path) -> None:
    take_in(workspace, PHOTO, "anh.png")
    path = decided(workspace, tmp_path, ("anh.png", "đóng", "", ""))
    refused = run("-w", workspace.root, "findings", "--apply", path)
    assert (refused.returncode, "phải có lý do" in refused.stderr) == (2, True)
    assert open_codes(workspace) == ["FILE_IMAGE"]


def test_a_sheet_is_closed_and_what_else_waits_in_its_file_is_judged_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    row = facility(1, "Bệnh viện Quận 1", changed(lab_tests="63 ca"))
    untold = Sheet(
        [facility(1, "Bệnh viện Quận 1")], name="Nháp", title=("BỘ Y TẾ", "Báo cáo", ""), footer=("", "", "")
    )
    take_in(workspace, xlsx(Sheet([row]), untold))
    assert sorted(open_codes(workspace)) == [UNIT, "PERIOD_MISSING"]
    assert apply(workspace, decided(workspace, tmp_path, ("PERIOD_MISSING", "đóng", "", "bản nháp"))) == 10
    assert open_codes(workspace) == [UNIT]
    run("-w", workspace.root, "ingest", "--retry")
    assert query(workspace, "select max(run) from submissions") == [["3"]]
    assert open_codes(workspace) == [UNIT]
