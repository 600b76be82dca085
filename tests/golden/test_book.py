"""The year's workbook: the page's figures, as numbers that a spreadsheet can add, and nothing that it runs."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from healthstats import render
from healthstats.domain.chart import Chart
from healthstats.domain.page import Page, PageSection
from healthstats.domain.table import Cell, Column, Table, Value
from healthstats.errors import UsageError
from healthstats.render.figures import clean, format_cell, shown
from healthstats.words import Lang
from tests.golden.reading_back import from_html, shown_by_a_spreadsheet
from tests.golden.test_formats import annual_page
from tests.golden.test_hostile import FORMULAS, HOSTILE, table_of

Rows = list[list[str]]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def texts(sheet: openpyxl.worksheet.worksheet.Worksheet, lang: Lang) -> Rows:
    """What a spreadsheet of that language shows in each cell of the sheet."""
    return [[shown_by_a_spreadsheet(cell.value, cell.number_format, lang) for cell in row] for row in sheet.iter_rows()]


def body(rows: Rows, cells: Rows) -> Rows:
    """As many rows as `cells` holds, from where its first row stands."""
    width = len(cells[0])
    start = next(number for number, row in enumerate(rows) if row[:width] == cells[0])
    return [row[:width] for row in rows[start : start + len(cells)]]


def figures(table: Table, lang: Lang) -> Rows:
    places = shown(table)
    return [[format_cell(row[place], table.columns[place], lang) for place in places] for row in table.rows]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_page_and_workbook_agree_cell_for_cell(tmp_path: Path, lang: Lang) -> None:
    page = annual_page(tmp_path, lang)
    book = opened(render.page_book(page))
    sheets = iter(book.worksheets[1:])
    read: list[Rows] = []
    for section in page.sections:
        written = [texts(next(sheets), lang) for _ in section.tables]
        drawn = texts(next(sheets), lang) if section.charts else []
        for chart in section.charts:
            said = figures(chart.table, lang)
            blank = {"…": ""} if chart.kind == "lines" else {}
            rows = body(drawn, [[blank.get(text, text) for text in line] for line in said])
            read.append([[text or "…" for text in line] for line in rows])
        read += [body(rows, figures(table, lang)) for rows, table in zip(written, section.tables, strict=True)]
    assert next(sheets, None) is None
    assert len(read) > 10
    assert read == from_html(render.html_page(page))


VALUES: list[tuple[Value, Column, str]] = [
    (1234567, Column("v", "Số", "integer"), "1.234.567"),
    (Decimal("4.2500"), Column("v", "Số", "number", 1), "4,3"),
    (Decimal("4.0000"), Column("v", "Số", "number", 1), "4"),
    (-5, Column("v", "Số", "number", 1, signed=True), "−5"),
    (0, Column("v", "Số", "number", 1, signed=True), "0"),
    (Fraction(1, 1000), Column("v", "Số", "number", 1, signed=True), "0,0"),
    (Fraction(11), Column("v", "Số", "percent", 1, signed=True), "+11%"),
    (Fraction(-105, 10), Column("v", "Số", "percent", 1, signed=True), "−10,5%"),
    (Fraction(1095, 100), Column("v", "Số", "percent", 1), "11%"),
    (Fraction(-1, 100), Column("v", "Số", "percent", 1, signed=True), "0%"),
    (Fraction(123456), Column("v", "Số", "percent", 1), "123.456%"),
    (10**16 + 1, Column("v", "Số", "integer"), "10.000.000.000.000.001"),
    ((35, 36), Column("v", "Số", "coverage"), "35/36"),
    ("00123", Column("v", "Số", "plain"), "00123"),
    (Decimal("2.5"), Column("v", "Số", "plain"), "2.5"),
    (10**17 + 1, Column("v", "Số", "plain"), "100000000000000001"),
    (None, Column("v", "Số", "number"), "…"),
]


@pytest.mark.parametrize(("value", "column", "text"), VALUES)
@pytest.mark.parametrize("status", ["", "partial"])
def test_a_cell_is_shown_as_on_every_screen(value: Value, column: Column, text: str, status: str) -> None:
    cell = Cell(value, status if value is not None else "")
    table = Table("t", "t", (column,), ((cell,),))
    sheet = opened(render.table_book(table, "vi")).worksheets[0]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Số")
    found = sheet.cell(head + 1, 1)
    assert shown_by_a_spreadsheet(
        found.value, found.number_format, "en" if column.format == "plain" else "vi"
    ) == format_cell(cell, column, "vi")
    assert format_cell(cell, column, "vi") == text + ("*" if cell.status else "")


def test_figures_are_numbers_and_rates_are_rates(tmp_path: Path) -> None:
    sheet = opened(render.page_book(annual_page(tmp_path, "vi"))).worksheets[1]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Lượt khám chữa bệnh ngoại trú")
    assert [cell.value for cell in row[2:5]] == [42123456, 37949059, 4174397]
    assert row[5].value == pytest.approx(4174397 / 37949059)
    assert row[5].number_format == '+#,##0%"*";"−"#,##0%"*";#,##0%"*"'


def test_a_sheet_is_ready_for_a4(tmp_path: Path) -> None:
    book = opened(render.page_book(annual_page(tmp_path, "vi")))
    sheet = book["1. Tăng, giảm"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Chỉ tiêu")
    assert sheet.print_title_rows == f"${head}:${head + 1}"
    assert sheet.freeze_panes == f"B{head + 2}"
    assert book["6. Báo cáo"].page_setup.orientation != "landscape"


def test_contents_lead_to_every_sheet_and_back(tmp_path: Path) -> None:
    book = opened(render.page_book(annual_page(tmp_path, "vi")))
    home, *others = book.worksheets
    assert [link.hyperlink.location for row in home.iter_rows() for link in row if link.hyperlink] == [
        f"'{sheet.title}'!A1" for sheet in others
    ]
    assert {sheet["A1"].hyperlink.location for sheet in others} == {"'Mục lục'!A1"}


def known_of_lines(charts: list[Chart]) -> list[Value]:
    return [row[1].value for chart in charts if chart.kind == "lines" for row in chart.table.rows]


def test_charts_are_native_and_draw_the_cells_beside_them(tmp_path: Path) -> None:
    page = annual_page(tmp_path, "vi")
    content = render.page_book(page)
    with ZipFile(BytesIO(content)) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("xl/charts/"))
        drawn = [parts.read(name).decode() for name in names]
    charts = [chart for section in page.sections for chart in section.charts]
    assert [chart.kind for chart in charts] == ["lines", "parts", "parts", "parts"]
    for chart, xml in zip(charts, drawn, strict=True):
        assert ("c:lineChart" if chart.kind == "lines" else "c:barChart") in xml
        sheet, cells = re.findall(r"<c:val><c:numRef><c:f>'(.*?)'!(.*?)</c:f>", xml)[0]
        values = [row[0].value for row in opened(content)[sheet][cells.replace("$", "")]]
        known = [None if row[1].value is None else int(row[1].value) for row in chart.table.rows]
        # a text in a cell would be drawn as a zero: a year that is not over would end on the floor
        assert values == known
        kept = re.findall(r'<c:pt idx="(\d+)"><c:v>(.*?)</c:v>', xml.partition("<c:val>")[2].partition("</c:val>")[0])
        assert {int(at): int(value) for at, value in kept} == {n: v for n, v in enumerate(known) if v is not None}
    assert None in known_of_lines(charts)


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    page = annual_page(tmp_path, "vi")
    assert render.page_book(page) == render.page_book(page)
    assert b"2000-01-01T00:00:00Z" in ZipFile(BytesIO(render.page_book(page))).read("docProps/core.xml")


def test_synthetic_data_say_so_on_every_sheet_and_every_paper(tmp_path: Path) -> None:
    for sheet in opened(render.page_book(annual_page(tmp_path, "vi"))).worksheets:
        assert any("DỮ LIỆU MÔ PHỎNG" in row for row in texts(sheet, "vi"))
        assert sheet.oddHeader.center.text == "Dữ liệu mô phỏng"


@pytest.mark.parametrize("name", HOSTILE + FORMULAS)
def test_a_spreadsheet_runs_nothing_from_a_name(name: str) -> None:
    page = Page(name, "vi", name, name, name, (PageSection(name, (name,), (table_of(name),)),) * 2)
    for content in (render.page_book(page), render.table_book(table_of(name), "vi")):
        with ZipFile(BytesIO(content)) as parts:
            xml = "".join(parts.read(part).decode() for part in parts.namelist())
        assert not re.search(r"<f[ >]|<f/>|TargetMode=.External|http://example|https://example.org\"", xml)
        cells = [cell for sheet in opened(content).worksheets for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert any(cell.value == clean(name) for cell in cells)


def test_names_of_sheets_are_short_and_their_own() -> None:
    table = Table("[a]:*?/\\'" + "x" * 40, "t", (Column("v", "v"),), ((Cell("x"),),))
    page = Page("t", "vi", "a", "p", "s", (PageSection("h", (), (table, table, table)),))
    names = opened(render.page_book(page)).sheetnames
    assert len({name.casefold() for name in names}) == 4
    assert max(map(len, names)) <= 31


def test_more_rows_than_a_sheet_holds_are_refused_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healthstats.render.sheet.MOST_ROWS", 2)
    table = Table("t", "t", (Column("v", "v"),), ((Cell("x"),),) * 3)
    with pytest.raises(UsageError, match="3"):
        render.table_book(table, "vi")


def test_a_text_longer_than_a_cell_is_cut_visibly() -> None:
    table = Table("t", "t", (Column("v", "v"),), ((Cell("x" * 40_000),),))
    sheet = opened(render.table_book(table, "vi")).worksheets[0]
    longest = max((str(cell.value or "") for row in sheet.iter_rows() for cell in row), key=len)
    assert (len(longest), longest[-1]) == (32_767, "…")
