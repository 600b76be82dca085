"""Formats by content: whatever the name says, the same sheet gives the same observations."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from healthstats.domain.reading import SCALE, Reading, cell_name
from healthstats.intake.formats import biff, guard, sheetbuilder
from healthstats.intake.formats.books import Book, open_book
from healthstats.intake.formats.sheetscan import ROW_COSTS
from healthstats.intake.formats.xlsbstyles import Styles, is_date
from tests.submissions.bieu9 import Sheet, changed, codes, facility, read, xls, xlsx
from tests.submissions.biff5 import biff5
from tests.submissions.otherbooks import html, ods, rezipped, spreadsheetml
from tests.submissions.xlsb import xlsb
from tests.unit.test_oldcode import in_tcvn3, in_vni

NAME = "Bệnh viện Quận 1"
SHEET = Sheet([facility(1, NAME), facility(2, "Bệnh viện Quận 2", changed(outpatient_visits=1300))])
APART = Sheet(SHEET.rows, merged=False)


def seen(reading: Reading) -> list[tuple[str | None, str, Decimal | None]]:
    """Facility, period and value of each observation."""
    found = reading.observations
    return [
        (reading.reports[report].facility, reading.reports[report].period, value and Decimal(value) / SCALE)
        for report, value in zip(found.report, found.value, strict=True)
    ]


def in_bytes(sheet: Sheet, typed: Callable[[str], str]) -> list[list[object]]:
    """As Excel 95 keeps text: a byte a letter."""
    return [[typed(cell).encode("latin-1") if isinstance(cell, str) else cell for cell in row] for row in sheet.cells()]


AS_WORKBOOK = read(xlsx(SHEET))
AS_THEY_COME = {
    "web-page.xls": html(SHEET),
    "web-page-with-its-title-in-the-table.xls": html(SHEET, outside=False),
    "web-page-without-spans.xls": html(APART),
    "web-page-in-utf-16.xls": html(SHEET).decode().encode("utf-16"),
    "web-page-of-windows-1252-with-entities.xls": html(SHEET)
    .decode()
    .replace("utf-8", "windows-1252")
    .encode("cp1252", "xmlcharrefreplace"),
    "web-page-with-lines-in-its-cells.xls": html(SHEET).replace(
        "Giường thực tế".encode(), "Giường<br>thực tế".encode()
    ),
    "web-page-in-a-table-for-its-layout.xls": html(SHEET)
    .replace(b"<body>", b"<body><table><tr><td>")
    .replace(b"</body>", b"</td></tr></table></body>"),
    "web-page-that-closes-nothing.xls": html(SHEET)
    .replace(b"</td>", b"")
    .replace(b"</tr>", b"")
    .replace(b"</head>", b""),
    "excel-2003.xml.xls": spreadsheetml(SHEET),
    "open-document.ods": ods(SHEET),
    "open-document-named.xlsx": ods(SHEET),
    "excel-95-in-tcvn3.xls": biff5(in_bytes(SHEET, in_tcvn3), fonts=".VnTime"),
    "excel-95-in-vni.xls": biff5(in_bytes(SHEET, in_vni), fonts="VNI-Times"),
    "binary-workbook.xlsb": xlsb(SHEET),
    "binary-workbook-named.xls": xlsb(SHEET),
    "workbook-named.csv": xlsx(SHEET),
    "old-workbook-named.xlsx": xls(SHEET),
}


@pytest.mark.parametrize("name", AS_THEY_COME)
def test_the_same_sheet_in_other_bytes(name: str) -> None:
    reading = read(AS_THEY_COME[name], name)
    assert [code for code in codes(reading) if code not in ("WRONG_EXTENSION", "TEXT_DECODED")] == []
    assert seen(reading) == seen(AS_WORKBOOK)
    assert reading.counts == AS_WORKBOOK.counts


@pytest.mark.parametrize("name", ["web-page.xls", "excel-2003.xml.xls", "workbook-named.csv"])
def test_a_wrong_extension_is_told(name: str) -> None:
    assert codes(read(AS_THEY_COME[name], name)) == ["WRONG_EXTENSION"]


def held(data: bytes) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in read(data, "").findings if finding.severity == "error"]


BEDS = cell_name(SHEET.first_row, 5)


def changed_beds(cell: object) -> Sheet:
    return Sheet([facility(1, NAME, changed(beds_actual=cell))])


ODS_ERROR = '"string" xmlns:c="c" c:value-type="error"'
ODS_BEDS = '<table:table-cell office:value-type="float" office:value="48"><text:p>48</text:p></table:table-cell>'
XML_BEDS = b'<Cell ss:Index="5"><Data ss:Type="Number">48</Data></Cell>'
ONE = Sheet([facility(1, NAME)])
PAGE = html(ONE, outside=False)
HELD = {
    "web-page-with-thousands-in-text": (PAGE.replace(b">1200<", b">1.200<"), []),
    "web-page-with-words": (PAGE.replace(b">48<", "48 phòng".encode().join([b">", b"<"])), ["NOT_A_NUMBER"]),
    "web-page-with-an-error": (PAGE.replace(b">48<", b">#DIV/0!<"), ["CELL_ERROR"]),
    "web-page-of-excel-with-the-exact-number": (PAGE.replace(b">48<", b" x:num=48.0>4,8E+01<"), []),
    "open-document-with-an-error": (
        ods(ONE, (ODS_BEDS, ODS_BEDS.replace('"float" office:value="48"', ODS_ERROR))),
        ["CELL_ERROR"],
    ),
    "open-document-with-a-formula-never-computed": (
        ods(ONE, (ODS_BEDS, '<table:table-cell table:formula="of:=[.A1]"/>')),
        ["FORMULA_WITHOUT_VALUE"],
    ),
    "open-document-with-a-formula": (ods(ONE, (ODS_BEDS, ODS_BEDS.replace(" ", ' table:formula="of:=47+1" ', 1))), []),
    "binary-workbook-with-an-error": (xlsb(changed_beds(b"\x17")), ["CELL_ERROR"]),
    "binary-workbook-with-a-formula": (xlsb(changed_beds(48.0)), []),
    "excel-2003-with-an-error": (
        spreadsheetml(ONE).replace(XML_BEDS, b'<Cell ss:Index="5"><Data ss:Type="Error">#REF!</Data></Cell>'),
        ["CELL_ERROR"],
    ),
    "excel-2003-with-a-formula-never-computed": (
        spreadsheetml(ONE).replace(XML_BEDS, b'<Cell ss:Index="5" ss:Formula="=1"/>'),
        ["FORMULA_WITHOUT_VALUE"],
    ),
}


@pytest.mark.parametrize("defect", HELD)
def test_a_cell_of_its_own_fault(defect: str) -> None:
    data, expected = HELD[defect]
    reading = read(data, "")
    assert held(data) == [(code, BEDS) for code in expected]
    assert (reading.counts.accepted, reading.counts.quarantined) == (21 - len(expected), len(expected))
    if not expected:
        assert seen(reading) == seen(read(xlsx(ONE)))


ODS_ROW = '<table:table-row><table:table-cell office:value-type="float" office:value="1"'
EMPTY = '<table:table-cell office:value-type="string"'
REFUSED = {
    "open-document-with-a-password": (ods(ONE, manifest="<manifest:encryption-data/>"), "FILE_ENCRYPTED"),
    "open-document-that-repeats-a-row-for-ever": (
        ods(ONE, (ODS_ROW, ODS_ROW.replace("row", 'row table:number-rows-repeated="1048576"', 1))),
        "SHEET_TOO_LARGE",
    ),
    "open-document-that-repeats-a-filled-row": (
        ods(ONE, (ODS_ROW, ODS_ROW.replace("row", 'row table:number-rows-repeated="20000"', 1))),
        "ROWS_REPEATED",
    ),
    "open-document-that-repeats-a-cell-for-ever": (
        ods(ONE, (EMPTY, EMPTY.replace(" ", ' table:number-columns-repeated="99999999999" ', 1))),
        "SHEET_TOO_LARGE",
    ),
    "open-document-with-a-document-type": (
        ods(ONE, ("<office:document-content", '<!DOCTYPE a [<!ENTITY b "b">]><office:document-content')),
        "XML_ENTITIES",
    ),
    "open-document-cut-inside": (ods(ONE, ("</office:body>", "")), "FILE_DAMAGED"),
    "open-document-with-a-place-that-is-none": (ods(ONE, ("1048000", "many")), "FILE_DAMAGED"),
    "open-document-that-unpacks-to-much": (
        rezipped(ods(ONE), "content.xml", lambda xml: xml + b" " * (20 << 20)),
        "ZIP_BOMB",
    ),
    "binary-workbook-that-unpacks-to-much": (
        rezipped(xlsb(ONE), "xl/_rels/workbook.bin.rels", lambda xml: xml + b" " * (20 << 20)),
        "ZIP_BOMB",
    ),
    "excel-2003-with-a-document-type": (
        spreadsheetml(ONE).replace(b"<Workbook", b"<!DOCTYPE a [<!ENTITY b 'b'>]><Workbook"),
        "XML_ENTITIES",
    ),
    "excel-2003-cut": (spreadsheetml(ONE)[:-40], "FILE_DAMAGED"),
    "excel-2003-with-a-cell-twice": (
        spreadsheetml(
            ONE, cells='<Row ss:Index="9"><Cell><Data>1</Data></Cell><Cell ss:Index="1"><Data>2</Data></Cell></Row>'
        ),
        "CELL_TWICE",
    ),
    "excel-2003-that-reaches-too-far": (
        spreadsheetml(ONE, cells='<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>1</Data></Cell></Row>'),
        "SHEET_TOO_LARGE",
    ),
    "binary-workbook-that-reaches-too-far": (xlsb(ONE, far=True), "SHEET_TOO_LARGE"),
    "binary-workbook-cut-inside": (xlsb(ONE, cut=50), "FILE_DAMAGED"),
    "web-page-in-no-code": (b"<table><td>B\xc3 \xff\xfe\x80", "UNREADABLE_TEXT"),
    "web-page-that-spans-the-world": (b"<table>" + b"<td colspan=1000 rowspan=60000>x" * 20, "SHEET_TOO_LARGE"),
    "web-page-of-cells-spread-over-one-another": (
        b"<table>" + b"<tr><td colspan=1000 rowspan=1000></td></tr>" * 6,
        "SHEET_TOO_LARGE",
    ),
    "web-page-cut-within-a-tag": (html(ONE)[: html(ONE).rindex(b"<td") + 2], "FILE_TRUNCATED"),
    "web-page-cut-within-a-comment": (html(ONE).replace(b"<table", b"<!-- <table"), "FILE_TRUNCATED"),
    "excel-2003-of-cells-merged-over-one-another": (
        spreadsheetml(ONE, cells='<Row><Cell ss:MergeAcross="9999" ss:MergeDown="999"/></Row>'),
        "SHEET_TOO_LARGE",
    ),
}


@pytest.mark.parametrize("defect", REFUSED)
def test_refused(defect: str) -> None:
    data, code = REFUSED[defect]
    reading = read(data, "")
    assert [finding.code for finding in reading.findings if finding.severity == "error"] == [code]
    assert (reading.verdict, reading.counts.found) == ("rejected", 0)


def test_what_is_hidden_is_told() -> None:
    hidden_row = ods(ONE, (ODS_ROW, ODS_ROW.replace("row", 'row table:visibility="collapse"', 1)))
    assert codes(read(hidden_row, "")) == ["HIDDEN_ROW"]
    hidden_sheet = ods(ONE, ('table:display="true"', 'table:display="false"'))
    assert "HIDDEN_SHEET" in codes(read(hidden_sheet, ""))
    page_row = html(ONE).replace(b"<tr><td>1</td><td>B", b"<tr style='display:none'><td>1</td><td>B")
    assert codes(read(page_row, "")) == ["HIDDEN_ROW"]
    xml_row = spreadsheetml(ONE).replace(b'<Row ss:Index="8">', b'<Row ss:Index="8" ss:Hidden="1">')
    assert codes(read(xml_row, "")) == ["HIDDEN_ROW"]
    assert codes(read(xlsb(ONE, hidden_row=8), "")) == ["HIDDEN_ROW"]
    assert "HIDDEN_SHEET" in codes(read(xlsb(ONE, hidden=True), ""))
    assert "HIDDEN_SHEET" in codes(read(spreadsheetml(ONE, visible="SheetHidden"), ""))


HIDDEN_COLUMN = {
    "xlsb": xlsb(ONE, hidden_column=6),
    "ods": ods(
        ONE,
        (
            'table:style-name="t">',
            'table:style-name="t"><table:table-column table:number-columns-repeated="5"/>'
            '<table:table-column table:visibility="collapse"/>',
        ),
    ),
    "xml": spreadsheetml(ONE).replace(b"<Row", b'<Column/><Column ss:Index="6" ss:Hidden="1"/><Row', 1),
    "html": html(ONE).replace(
        b"<table border=1>", b"<table border=1><colgroup><col span=5><col width=0 style='display:none'></colgroup>"
    ),
    "html without cols": html(ONE).replace(
        b"<table border=1>", b"<table border=1><colgroup span=5></colgroup><colgroup span=1 style='display: none'>"
    ),
}


@pytest.mark.parametrize("kind", HIDDEN_COLUMN)
def test_a_hidden_column_is_told_in_every_format(kind: str) -> None:
    reading = read(HIDDEN_COLUMN[kind], "")
    assert [(one.code, one.cell[0]) for one in reading.findings] == [("HIDDEN_COLUMN", "F")]
    assert seen(reading) == seen(read(xlsx(ONE)))


def test_a_table_that_is_never_closed_is_told() -> None:
    assert codes(read(html(ONE).replace(b"</table>", b""), "")) == ["PAGE_NOT_CLOSED"]


def test_the_sheets_of_a_workbook_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sheets are what is allowed here."""

    def sheets(pattern: bytes, one: bytes, times: int) -> bytes:
        (sheet,) = re.findall(pattern, one, re.DOTALL)
        return one.replace(sheet, sheet * times)

    rows, columns = len(ONE.cells()), 23
    monkeypatch.setattr(sheetbuilder, "MOST_IN_BOOK", 2 * rows * (columns + ROW_COSTS))
    for module in (guard, biff):
        monkeypatch.setattr(module, "MOST_IN_BOOK", 2 * rows * columns)
    xml = spreadsheetml(ONE)
    assert "SHEET_TOO_LARGE" not in codes(read(sheets(b"<Worksheet.*</Worksheet>", xml, 2), ""))
    assert codes(read(sheets(b"<Worksheet.*</Worksheet>", xml, 3), "")) == ["SHEET_TOO_LARGE"]
    table = partial(sheets, b"<table:table .*</table:table>")
    assert "SHEET_TOO_LARGE" not in codes(read(rezipped(ods(ONE), "content.xml", partial(table, times=2)), ""))
    assert codes(read(rezipped(ods(ONE), "content.xml", partial(table, times=3)), "")) == ["SHEET_TOO_LARGE"]
    for write in (xls, xlsx):
        # a truth value is not read plainly
        pages = [Sheet([facility(1, NAME, changed(beds_actual=True))], name=f"T{number}") for number in (1, 2, 3)]
        assert "SHEET_TOO_LARGE" not in codes(read(write(*pages[:2]), ""))
        assert codes(read(write(*pages), "")) == ["SHEET_TOO_LARGE"]


def test_a_sheet_as_long_as_an_old_one_could_be_is_told() -> None:
    last = '<Row ss:Index="{}"><Cell ss:Index="2"><Data ss:Type="String">Người lập biểu</Data></Cell></Row>'
    assert codes(read(spreadsheetml(ONE, cells=last.format(65_536)), "")) == ["SHEET_FULL"]
    assert codes(read(spreadsheetml(ONE, cells=last.format(65_535)), "")) == []


def test_figures_that_a_page_holds_as_text() -> None:
    page = html(Sheet([facility(1, NAME, changed(outpatient_visits="1.200", lab_tests="4&#160;000"))]))
    assert seen(read(page.replace(b"&amp;", b"&"), "")) == seen(read(xlsx(ONE)))


MEMBERS = {"open-document.ods": "content.xml", "binary-workbook.xlsb": "xl/worksheets/sheet1.bin"}


def broken(data: bytes, chance: Random) -> bytes:
    """Some bytes changed, a piece moved, or the end cut off."""
    mutated = bytearray(data)
    for _ in range(chance.choice([1, 4, 30])):
        mutated[chance.randrange(len(mutated))] = chance.choice(b"<>/\"'=&;! 0\xff\0[")
    start, end = sorted(chance.choices(range(len(data)), k=2))
    return bytes(chance.choice([mutated, mutated[:end], data[start:end] + data[:start], data[:start] + data[end:]]))


@pytest.mark.parametrize("name", ["web-page.xls", "excel-2003.xml.xls", "open-document.ods", "binary-workbook.xlsb"])
def test_broken_files_bring_nothing_down(name: str) -> None:
    chance = Random(0)
    for _ in range(150):
        if name in MEMBERS:
            data = rezipped(AS_THEY_COME[name], MEMBERS[name], lambda part: broken(part, chance))
        else:
            data = broken(AS_THEY_COME[name], chance)
        read(data, name)


def test_excel_95_has_formulas_and_names_of_its_own() -> None:
    rows = in_bytes(ONE, in_tcvn3)
    rows[ONE.first_row - 1][3:5] = [[50], []]
    # á of Windows-1258 is a, then its tone
    reading = read(biff5(rows, name=b"Tha\xecng 8", codepage=1258, fonts=".VnTime"), "T8-2026.xls")
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    assert [(one.code, one.sheet, one.cell) for one in errors] == [("FORMULA_WITHOUT_VALUE", "Tháng 8", BEDS)]
    assert reading.counts.accepted == 20


def test_days_of_a_binary_workbook_are_days() -> None:
    """The month beside `Tháng`, and a day where a figure belongs, as in an xlsx."""
    dated = Sheet([facility(1, NAME, changed(beds_actual=date(2026, 8, 1)))], title=["Sở Y tế", "", ""])
    dated = replace(dated, title=dated.title[:1], header=[["Tháng", date(2026, 8, 1)], *dated.header], merged=False)
    for write in (xlsx, xlsb):
        reading = read(write(dated), "")
        assert [report.period for report in reading.reports] == ["2026-08"]
        assert codes(reading) == ["DATE_CELL"]
    later = open_book("xlsb", xlsb(dated, epoch_1904=True))
    assert isinstance(later, Book)
    assert later.grids[0].rows[1][1] == date(2030, 8, 2)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *(("mm/yyyy", True), ("dd-mmm", True), ("[h]:mm", True), ("[$-42A]d/m/yy", True), ("[$-F800]dddd", True)),
        *(("General", False), ("0.00", False), ("#,##0 _đ", False), ('0" ngày"', False), ("[Red]0;[Blue]-0", False)),
        *(("0\\d", False), ("@", False)),
    ],
)
def test_formats_of_days(code: str, expected: bool) -> None:
    assert is_date(code) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1.0, date(1900, 1, 1)),
        (59.0, date(1900, 2, 28)),
        (61.0, date(1900, 3, 1)),
        (46235.5, datetime(2026, 8, 1, 12)),
        (-1.0, -1.0),
        (3e6, 3e6),
    ],
)
def test_numbers_shown_as_days(number: float, expected: object) -> None:
    assert Styles(dated=[True]).shown(0, number) == expected
    assert Styles(dated=[False]).shown(0, number) == number
    assert Styles(dated=[True]).shown(1, number) == number


def test_another_reader_sees_the_same_binary_workbook() -> None:
    data = xlsb(changed_beds(date(2026, 8, 1)))
    book = open_book("xlsb", data)
    other = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert isinstance(book, Book)
    assert [[cell for cell in row if cell != ""] for row in book.grids[0].rows] == [
        [cell for cell in row if cell != ""] for row in other
    ]
