"""template: the blank of each form and edition, filled in with the numbers 1, 2, 3 …, is taken in as it is."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from healthstats.definitions import load
from healthstats.domain.period import parse_period
from healthstats.errors import UsageError
from healthstats.workflows.ingest import ingest
from healthstats.workflows.naming import find_hints
from healthstats.workflows.news import Request
from healthstats.workflows.template import template
from healthstats.workflows.workspace import Workspace

from .conftest import MakeWorkspace

REGISTER = """facility,name,valid_from
79001,Bệnh viện Quận 1,2015-01-01
79002,Bệnh viện Quận 2,2015-01-01
79003,Bệnh viện 30-4,2015-01-01
"""
EDITIONS = {
    ("bieu9", "23/2025"): "2026-08",
    ("bieu9", "before-23/2025"): "2023-08",
    ("bieu031", "03.1-ĐT"): "2026-08",
    ("bieu14", "23/2025"): "2026-08",
    ("bieu14", "before-23/2025"): "2023-08",
    ("disease_yearbook", "months-cases-deaths"): "2012",
    ("history_bieu9", "1"): "2012",
}
INPUT = "FFFFFCEB"


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def blank(workspace: Workspace, form: str, period: str, facility: str | None = None) -> Path:
    told = parse_period(period)
    assert told
    of_areas = form in ("disease_yearbook", "history_bieu9")
    owner = ("" if of_areas else "79001") if facility is None else facility
    return template(workspace, form, owner, told, workspace.inbox / f"{form}.xlsx")


def fill(sheet: Worksheet, numbers: count[int], most: int = 3) -> int:
    """Fills the coloured cells of the first rows: words with a name of their own, figures with the next number; how
    many figures there are."""
    rows = [row for row in sheet.iter_rows() if any(cell.fill.fgColor.rgb == INPUT for cell in row)][:most]
    figures = 0
    for row in rows:
        for cell in row:
            if cell.fill.fgColor.rgb == INPUT:
                is_figure = "#" in cell.number_format
                # falls from left to right: no part exceeds its total
                cell.value = 1_000_000 * cell.row - next(numbers) if is_figure else f"A{cell.row}.{cell.column}"
                figures += is_figure
    return figures


def taken_in(workspace: Workspace, path: Path, form: str = "") -> tuple[str, int, dict[str, int]]:
    hints = find_hints(workspace, form, "", "")
    outcome = ingest(workspace, Request(paths=(path,), hints=hints, workers=1))
    ((_, reading),) = outcome.judged
    severe = {one.code: one.cell for one in reading.findings if one.severity == "error"}
    assert severe == {}
    return reading.verdict, reading.counts.accepted, {one.period: 1 for one in reading.reports}


def test_every_form_and_edition_that_is_shipped_is_here() -> None:
    forms = load(Path(__file__).parents[2]).forms
    assert {(form.form, edition.edition) for form in forms.values() for edition in form.editions} == EDITIONS.keys()


@pytest.mark.parametrize(("form", "edition"), EDITIONS)
def test_filled_in_it_is_taken_in(workspace: Workspace, form: str, edition: str) -> None:
    period = EDITIONS[form, edition]
    path = blank(workspace, form, period)
    book = openpyxl.load_workbook(path)
    numbers = count(1)
    figures = sum(fill(sheet, numbers) for sheet in book.worksheets[:2])
    book.save(path)
    assert figures
    verdict, accepted, periods = taken_in(workspace, path, form if form.startswith("history") else "")
    assert (verdict, accepted) == ("accepted", figures)
    assert {found[: len(period)] for found in periods} == {period}
    (run,) = workspace.store.runs()
    assert run.manifest


def test_sent_back_empty_it_holds_no_figure(workspace: Workspace) -> None:
    path = blank(workspace, "bieu9", "2026-08")
    outcome = ingest(workspace, Request(paths=(path,), workers=1))
    ((_, reading),) = outcome.judged
    assert (reading.counts.accepted, reading.counts.quarantined) == (0, 0)
    assert "REPORT_EMPTY" in {one.code for one in reading.findings}


def test_header_and_numbers_stand_as_the_edition_has_them(workspace: Workspace) -> None:
    sheet = openpyxl.load_workbook(blank(workspace, "bieu9", "2026-08")).worksheets[0]
    titles = [sheet.cell(row, 1).value for row in range(1, 6)]
    assert titles[:2] == ["Đơn vị báo cáo: Bệnh viện Quận 1", "Mã cơ sở: 79001"]
    assert titles[3:] == ["Báo cáo tháng 8/2026", "Theo Thông tư 23/2025/TT-BYT, Biểu số 9/BCT"]
    assert [sheet.cell(7, column).value for column in (1, 2, 4, 6)] == [
        "TT", "Cơ sở y tế", "Giường bệnh", "Số lượt khám bệnh",
    ]  # fmt: skip
    assert {"A7:A9", "D7:E7", "F7:J7", "G8:J8", "D8:D9"} <= set(map(str, sheet.merged_cells.ranges))
    assert [sheet.cell(10, column).value for column in range(1, 24)] == [*range(1, 24)]
    assert [sheet.cell(11, column).value for column in (1, 2, 3)] == [1, "Bệnh viện Quận 1", None]


def test_a_cell_takes_whole_numbers_from_0(workspace: Workspace) -> None:
    sheet = openpyxl.load_workbook(blank(workspace, "bieu9", "2026-08")).worksheets[0]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.operator, rule.formula1, str(rule.sqref)) == (
        "whole", "greaterThanOrEqual", "0", "C11:W11",
    )  # fmt: skip
    assert rule.errorStyle in (None, "stop")


def test_what_was_not_issued_does_not_say_so(workspace: Workspace) -> None:
    sheet = openpyxl.load_workbook(blank(workspace, "bieu9", "2023-08")).worksheets[0]
    assert sheet["A5"].value == "Mẫu của phần mềm, không phải biểu mẫu ban hành"


def test_the_same_form_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    first = blank(workspace, "bieu14", "2026-08").read_bytes()
    (workspace.inbox / "bieu14.xlsx").rename(tmp_path / "first.xlsx")
    assert blank(workspace, "bieu14", "2026-08").read_bytes() == first


def test_of_two_facilities_of_one_name_the_row_says_which(make_workspace: MakeWorkspace) -> None:
    twice = make_workspace(REGISTER.replace("Bệnh viện Quận 2", "Bệnh viện Quận 1"))
    path = blank(twice, "bieu9", "2026-08", "79002")
    book = openpyxl.load_workbook(path)
    fill(book.worksheets[0], count(1))
    book.save(path)
    outcome = ingest(twice, Request(paths=(path,), workers=1))
    assert {report.facility for _, reading in outcome.judged for report in reading.reports} == {"79002"}


def test_a_name_with_a_date_in_it_is_no_period(workspace: Workspace) -> None:
    path = blank(workspace, "bieu031", "2026-08", "79003")
    book = openpyxl.load_workbook(path)
    fill(book.worksheets[0], count(1))
    book.save(path)
    assert taken_in(workspace, path)[2] == {"2026-08": 1}


@pytest.mark.parametrize(
    ("form", "period", "facility"),
    [
        ("bieu8", "2026-08", "79001"),
        ("bieu9", "2026", "79001"),
        ("bieu9", "2014-08", "79001"),
        ("bieu9", "2026-08", ""),
        ("bieu9", "2026-08", "Bệnh viện Quận 9"),
        ("history_bieu9", "2012", "79001"),
        ("disease_yearbook", "2012-08", ""),
        ("bieu9", "2026-08", "BV cũ"),
    ],
)
def test_what_does_not_go_together_is_refused(
    make_workspace: MakeWorkspace, form: str, period: str, facility: str
) -> None:
    register = REGISTER.replace("from\n", "from,valid_to\n").replace("01-01\n", "01-01,\n")
    workspace = make_workspace(f"{register}9,BV cũ,2015-01-01,2020-12-31\n")
    with pytest.raises(UsageError):
        blank(workspace, form, period, facility)


def test_a_form_being_filled_in_is_never_overwritten(workspace: Workspace) -> None:
    path = blank(workspace, "bieu9", "2026-08")
    path.write_bytes(b"filled in")
    with pytest.raises(UsageError):
        blank(workspace, "bieu9", "2026-08")
    assert path.read_bytes() == b"filled in"
