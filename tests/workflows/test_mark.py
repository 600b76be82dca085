"""findings --mark: the sender's own workbook comes back with its faulty cells marked, and is taken when corrected."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from healthstats import render
from healthstats.domain.period import parse_period
from healthstats.errors import UsageError
from healthstats.intake import Hints
from healthstats.workflows.findings import Wanted
from healthstats.workflows.ingest import ingest
from healthstats.workflows.mark import Marked, mark
from healthstats.workflows.news import Request
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, codes, facility, read, xls, xlsx

from .conftest import MakeWorkspace

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n79002,Bệnh viện Quận 2,2020-01-01\n"
TWELVE = [*FIGURES[:3], "12 ca", *FIGURES[4:]]
LISTED = "Cần xem"
RED, YELLOW = "FFF4B6AE", "FFFBE3A1"


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def book(*rows: list[object], title: str = "Báo cáo tháng 8 năm 2026") -> bytes:
    return xlsx(Sheet(rows or [facility(1, "Bệnh viện Quận 1", TWELVE)], title=("", title)))


def marked(workspace: Workspace, **files: bytes) -> list[Marked]:
    """What `findings --mark out` makes of these files."""
    for name, data in files.items():
        (workspace.inbox / name.replace("__", ".")).write_bytes(data)
    ingest(workspace, Request(workers=1))
    return [*mark(workspace, Wanted(), workspace.root / "out", "vi")]


def opened(one: Marked) -> openpyxl.Workbook:
    assert one.path
    return openpyxl.load_workbook(one.path)


def cells(sheet: Worksheet) -> dict[str, tuple[object, str, object]]:
    return {
        cell.coordinate: (cell.value, cell.number_format, cell.font.b)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_the_faulty_cell_is_red_and_says_why_and_nothing_else_has_changed(workspace: Workspace) -> None:
    data = book()
    (one,) = marked(workspace, BC__xlsx=data)
    before, after = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0], opened(one)
    assert after.sheetnames == [LISTED, "Bieu 9"]
    sheet = after["Bieu 9"]
    assert sheet["F7"].fill.fgColor.rgb == RED
    code, *told = str(sheet["F7"].comment.text).splitlines()
    assert (code, told[-1]) == ("NOT_A_NUMBER", "Gợi ý: 12")
    assert cells(sheet) == cells(before)
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(map(str, before.merged_cells.ranges))
    coloured = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fill_type or cell.comment]
    assert coloured == ["F7"]


def test_the_first_sheet_lists_them_with_links(workspace: Workspace) -> None:
    (one,) = marked(workspace, BC__xlsx=book())
    listed = opened(one)[LISTED]
    row = next(row for row in listed.iter_rows() if row[0].value == "Bieu 9 › F7")
    assert [cell.value for cell in row[1:3]] == ["chưa lấy", "NOT_A_NUMBER"]
    assert (row[4].value, row[5].value) == ("12 ca", "12")
    assert row[0].hyperlink.location == "'Bieu 9'!F7"
    views = {sheet.title: sheet.sheet_view.tabSelected for sheet in opened(one).worksheets}
    assert views == {LISTED: True, "Bieu 9": False}


def test_sent_back_as_it_is_it_reads_as_before_formulas_and_all(workspace: Workspace) -> None:
    figures = [*TWELVE[:8], "=10+30 -> 40", *TWELVE[9:]]
    data = book(facility(1, "Bệnh viện Quận 1", figures))
    (one,) = marked(workspace, BC__xlsx=data)
    assert one.path
    assert opened(one)["Bieu 9"]["K7"].value == "=10+30"
    before, after = read(data), read(one.path.read_bytes())
    assert (after.reports, after.observations, after.counts) == (before.reports, before.observations, before.counts)
    assert codes(after) == sorted([*codes(before), "SHEET_NOT_READ"])
    assert {finding.severity for finding in after.findings if finding.sheet == LISTED} == {"info"}


@pytest.mark.parametrize("name", ["BC__xlsx", "BC__xls"])
def test_corrected_and_sent_again_it_is_taken_and_nothing_is_open(workspace: Workspace, name: str) -> None:
    sheet = Sheet([facility(1, "Bệnh viện Quận 1", TWELVE)], title=("", "Báo cáo tháng 8 năm 2026"))
    (one,) = marked(workspace, **{name: xlsx(sheet) if name == "BC__xlsx" else xls(sheet)})
    corrected = opened(one)
    corrected["Bieu 9"]["F7"].value = 1200
    corrected.save(workspace.inbox / "BC sua.xlsx")
    outcome = ingest(workspace, Request(workers=1))
    ((_, reading),) = outcome.judged
    assert (reading.verdict, reading.counts.accepted) == ("accepted", len(FIGURES))
    again = [*mark(Workspace(workspace.root), Wanted(file="sua"), workspace.root / "again", "vi")]
    assert again == []


def test_marked_again_what_was_corrected_is_red_no_more(workspace: Workspace) -> None:
    (one,) = marked(workspace, BC__xlsx=book())
    corrected = opened(one)
    corrected["Bieu 9"]["F7"].value = 1200
    corrected["Bieu 9"]["G7"].value = "x y"
    corrected.save(workspace.inbox / "BC sua.xlsx")
    ingest(workspace, Request(workers=1))
    (again,) = mark(Workspace(workspace.root), Wanted(file="sua"), workspace.root / "again", "vi")
    sheet = opened(again)["Bieu 9"]
    assert opened(again).sheetnames == [LISTED, "Bieu 9"]
    assert (sheet["F7"].comment, sheet["F7"].fill.fill_type) == (None, None)
    assert sheet["G7"].fill.fgColor.rgb == RED


def test_a_csv_is_copied_line_by_line(workspace: Workspace) -> None:
    data = 'facility,period,element,value,note\n79001,2026-06,lab_tests,5,"hai\ndòng"\n79001,2026-06,xrays,12 ca,=1+1\n'
    (one,) = marked(workspace, long__csv=data.encode())
    sheet = opened(one).worksheets[1]
    assert (sheet["D4"].value, sheet["D4"].fill.fgColor.rgb) == ("12 ca", RED)
    assert (sheet["E4"].value, sheet["E4"].data_type) == ("=1+1", "s")


def test_what_a_sender_wrote_is_no_formula_on_the_list(workspace: Workspace) -> None:
    (one,) = marked(workspace, BC__xlsx=book(facility(1, "Bệnh viện Quận 1", [*FIGURES[:3], "@SUM(1)", *FIGURES[4:]])))
    kinds = {cell.data_type for row in opened(one)[LISTED].iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def with_part(data: bytes, name: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_would_break_is_left_and_named(workspace: Workspace) -> None:
    (one,) = marked(workspace, BC__xlsx=with_part(book(), "xl/vbaProject.bin"))
    assert (one.path, one.name) == (None, "BC.xlsx")
    assert "macro" in one.refused


def test_what_cannot_be_kept_is_named_on_the_first_sheet(workspace: Workspace) -> None:
    (one,) = marked(workspace, BC__xlsx=with_part(book(), "xl/media/image1.png"))
    assert one.lost == "ảnh"
    assert "Không giữ được của tệp gốc: ảnh." in [cell.value for cell in opened(one)[LISTED]["A"]]


def test_nothing_is_opened_that_the_guard_refused(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(render, "mark_book", never)
    bomb = io.BytesIO(book())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", bytes(12 << 20))
    found = marked(workspace, bomb__xlsx=bomb.getvalue(), photo__pdf=b"%PDF-1.7\n")
    assert [(one.name, one.path) for one in found] == [("bomb.xlsx", None), ("photo.pdf", None)]
    assert found[0].refused == "Tệp phình quá lớn khi mở"
    assert found[1].refused == "Tệp PDF chờ nhập tay"


def test_a_place_where_something_could_be_overwritten_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (one,) = marked(workspace, BC__xlsx=book())
    assert one.path
    for folder in (one.path.parent, one.path, workspace.inbox, workspace.data / "new"):
        with pytest.raises(UsageError):
            [*mark(workspace, Wanted(), folder, "vi")]


def test_two_files_of_one_name_are_both_there(workspace: Workspace) -> None:
    for folder, month in (("a", 7), ("b", 8)):
        (workspace.inbox / folder).mkdir()
        (workspace.inbox / folder / "BC.xlsx").write_bytes(book(title=f"Báo cáo tháng {month} năm 2026"))
    assert sorted(one.path.name for one in marked(workspace) if one.path) == ["a BC.xlsx", "b BC.xlsx"]


@pytest.mark.parametrize(
    ("text", "cell", "mended"),
    [
        ("facility,period,element,value\n79001,2026-06,lab_tests,12\n79001,2026-06,xrays,12 ca\n", "D3", 12),
        ("Mã cơ sở;Kỳ;Số lần xét nghiệm;Số lần siêu âm\n79001;2026-06;12 ca;7\n", "C2", "12"),
    ],
)
def test_a_csv_comes_back_as_a_workbook_and_is_taken(
    workspace: Workspace, text: str, cell: str, mended: object
) -> None:
    (one,) = marked(workspace, dai__csv=text.encode())
    corrected = opened(one)
    assert corrected.worksheets[1][cell].fill.fgColor.rgb == RED
    corrected.worksheets[1][cell].value = mended
    corrected.save(workspace.inbox / "dai sua.xlsx")
    ((_, reading),) = ingest(workspace, Request(workers=1)).judged
    assert (reading.verdict, reading.counts.accepted, reading.media) == ("accepted", 2, "xlsx")
    assert {report.sheet for report in reading.reports} == {"CSV"}


def test_a_workbook_too_large_to_mark_in_a_minute_is_named(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("healthstats.intake.copies.MOST_BYTES", 1_000)
    (one,) = marked(workspace, BC__xlsx=book())
    assert (one.path, one.refused) == (None, "tệp quá lớn để tô từng ô")


def test_a_sheet_that_openpyxl_does_not_find_is_copied(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healthstats.render.marked.load_workbook", lambda *_, **__: openpyxl.Workbook())
    (one,) = marked(workspace, BC__xlsx=book())
    assert opened(one)["Bieu 9"]["F7"].fill.fgColor.rgb == RED
    assert "bản chép" in str(opened(one)[LISTED]["A3"].value)


@pytest.mark.parametrize("name", ["BC__xlsx", "BC__xls", "luot__csv"])
def test_what_was_said_of_a_file_need_not_be_said_of_its_marked_workbook(workspace: Workspace, name: str) -> None:
    sheet = Sheet([facility(1, "Bệnh viện Quận 1", TWELVE)], title=("", "Báo cáo"))
    data = {
        "BC__xlsx": xlsx(sheet),
        "BC__xls": xls(sheet),
        "luot__csv": b"element,value\nlab_tests,5\nxrays,12 ca\n",
    }[name]
    path = workspace.inbox / name.replace("__", ".")
    path.write_bytes(data)
    said = Hints("bieu9", parse_period("2026-08"), "79001", sheet="Bieu 9" if name != "luot__csv" else None)
    ingest(workspace, Request(paths=(path,), hints=said, workers=1))
    (one,) = mark(workspace, Wanted(), workspace.root / "out", "vi")
    corrected = opened(one)
    assert "--form bieu9 --period 2026-08 --facility 79001" in str(corrected[LISTED]["A3"].value)
    corrected.worksheets[1]["F7" if name != "luot__csv" else "B3"].value = 1200
    corrected.save(workspace.inbox / "sua.xlsx")
    outcome = ingest(Workspace(workspace.root), Request(paths=(workspace.inbox / "sua.xlsx",), workers=1))
    ((_, reading),) = outcome.judged
    assert [(report.form, report.facility, report.period) for report in reading.reports] == [
        ("bieu9", "79001", "2026-08")
    ]
    assert (reading.verdict, "SAID_BEFORE" in codes(reading)) == ("accepted", True)


def test_what_the_command_says_comes_before_what_the_marked_workbook_says(workspace: Workspace) -> None:
    path = workspace.inbox / "BC.xlsx"
    path.write_bytes(book(title="Báo cáo"))
    ingest(workspace, Request(paths=(path,), hints=Hints(period=parse_period("2026-08")), workers=1))
    (one,) = mark(workspace, Wanted(), workspace.root / "out", "vi")
    assert one.path
    july = Hints(period=parse_period("2026-07"))
    outcome = ingest(Workspace(workspace.root), Request(paths=(one.path,), hints=july, workers=1))
    assert [report.period for report in outcome.judged[0][1].reports] == ["2026-07"]
