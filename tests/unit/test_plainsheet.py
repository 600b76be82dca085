"""Sheets read straight from their XML: the same cells as the workbook reader gives, or left to it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
import xlsxwriter

from healthstats.intake.formats import plainrows, plainsheet, plaintexts
from healthstats.intake.formats.grid import Grid, open_sheets
from healthstats.intake.formats.guard import Guard, scan_xlsx

from .test_guard import SHEET, changed, form, sheet_of

TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Make = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]


def is_plain(data: bytes) -> bool:
    guard = scan_xlsx(data)
    assert guard.refusal is None
    return bool(guard.plain)


def both(data: bytes) -> tuple[list[Grid], list[Grid]]:
    """Read plainly, and by the workbook reader."""
    guard = scan_xlsx(data)
    assert guard.plain, "the workbook reader was asked"
    return open_sheets(data, guard), open_sheets(data, Guard(sheets=guard.sheets))


def long_table(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """More rows than a spelling needs to be known, with gaps, fractions, large and negative numbers among them."""
    chance = Random(4)
    number = book.add_format({"num_format": "#,##0"})
    strange = ("", 0.5, -3, 1e15, 123456789012345, 1e-7, -0.0, "x & <y>", " chữ ")
    for row in range(5, 60):
        for column in range(30):
            value = chance.choice(strange) if chance.random() < 0.05 else chance.randrange(10_000)
            sheet.write(row, column, value, chance.choice((None, number)) if row % 9 == 0 else None)
        if row % 7 == 0:
            sheet.write_blank(row, 40, None, number)


@pytest.mark.parametrize(
    "make",
    [
        lambda book, sheet: None,
        long_table,
        lambda book, sheet: sheet.merge_range("B6:D9", "gộp"),
        lambda book, sheet: sheet.write_formula("D1", "=SUM(B1:B3)", None, 3),
        lambda book, sheet: sheet.write_formula("D1", "=B1<B2", None, 1.5),
        lambda book, sheet: sheet.write_string("AZ30", "xa"),
        lambda book, sheet: sheet.set_row(7, 30),
        lambda book, sheet: sheet.write_row(20, 2, ["a&b", 'nói "có"', "<5", " trước và sau "]),
        lambda book, sheet: book.add_worksheet("Thứ hai").write_row(3, 3, [1, 2.5, "ba"]),
        lambda book, sheet: book.add_worksheet("Trống"),
        lambda book, sheet: book.add_format({"num_format": "mm/yyyy"}),
    ],
)
def test_the_cells_are_those_of_the_workbook_reader(make: Make) -> None:
    ours, theirs = both(form(make))
    assert [(grid.name, grid.rows, grid.merged, grid.width) for grid in ours] == [
        (grid.name, grid.rows, grid.merged, grid.width) for grid in theirs
    ]


def test_the_rows_of_a_template_are_told_apart_in_every_file() -> None:
    """A heading, figures from another column on, and a text below them: by the twelfth file all three are known."""
    for number in range(12):

        def template(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, month: int = number) -> None:
            for block in range(3):
                sheet.write_row(5 + 5 * block, 0, ["TT", "Cơ sở", "Tổng số"])
                for row in range(3):
                    sheet.write_row(6 + 5 * block + row, 1, [f"Cơ sở {row}", month, row if month % 3 else ""])
                sheet.write_row(9 + 5 * block, 3, [month, "hết"])

        ours, theirs = both(form(template))
        assert ours[0].rows == theirs[0].rows


@pytest.mark.parametrize(
    "make",
    [
        lambda book, sheet: sheet.write_datetime("D1", date(2026, 8, 1), book.add_format({"num_format": "mm/yyyy"})),
        lambda book, sheet: sheet.write_number("D1", 46235, book.add_format({"num_format": 14})),
        lambda book, sheet: sheet.write_rich_string("D1", "Tổng ", book.add_format({"bold": True}), "số"),
        lambda book, sheet: sheet.write_boolean("D1", True),
        lambda book, sheet: sheet.write_formula("D1", '="a"', None, "a"),
        lambda book, sheet: sheet.write_formula("D1", "=1/0", None, "#DIV/0!"),
        lambda book, sheet: sheet.write_string("D1", "hai\r\ndòng"),
        lambda book, sheet: sheet.write_string("D1", "_x0041_"),
        lambda book, sheet: sheet.set_row(1, None, None, {"hidden": True}),
        lambda book, sheet: sheet.set_column("C:C", None, None, {"hidden": True}),
        lambda book, sheet: book.add_worksheet("Ẩn").hide(),
    ],
)
def test_what_is_more_than_numbers_and_texts_is_left_to_the_workbook_reader(make: Make) -> None:
    assert not is_plain(form(make))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>1_0</v></c>',
        '<c r="A1"><v> 5 </v></c>',
        '<c r="A1"><v>nan</v></c>',
        '<c r="A1"><v>+5</v></c>',
        '<c r="A1" t="s"><v>99</v></c>',
        '<c r="A1" t="s"><v>0.5</v></c>',
        '<c r="A1" t="s"/>',
        '<c r="A1" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="A1"><v>1</v><extLst/></c>',
        '<c r="A1" cm="1"><v>1</v></c>',
        '<c r="A2"><v>1</v></c>',
        '<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>',
        "<c><v>1</v></c>",
        '<c r="A1"><v>1</v></c><!--<c r="B1"/>-->',
        '<c r="A1"><v>1</v></c></c>',
        '<c r="A1"><v>1</v></c><foo/>',
        '<c r="A1"><f>B1</f></c>',
    ],
)
def test_a_cell_that_is_spelt_otherwise_is_left_to_the_workbook_reader(cell: str) -> None:
    assert is_plain(sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert not is_plain(sheet_of(f'<row r="1">{cell}</row>'))


def test_rows_out_of_order_are_left_to_the_workbook_reader() -> None:
    rows = ['<row r="2"><c r="A2"><v>1</v></c></row>', '<row r="1"><c r="A1"><v>1</v></c></row>']
    assert is_plain(sheet_of("".join(reversed(rows))))
    assert not is_plain(sheet_of("".join(rows)))


def test_one_row_among_many_of_its_spelling_is_seen_to_be_another() -> None:
    """The pattern of the rows before must not pass over what a single row has more."""

    def row(number: int, more: str = "") -> str:
        return f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}" s="0"/>{more}</row>'

    def sheet(more: str) -> bytes:
        return sheet_of("".join(row(number, more if number == 30 else "") for number in range(1, 40)))

    assert both(sheet(""))[0][0].rows == [[number] for number in range(1, 40)]
    ours, theirs = both(sheet('<c r="C30"><v>7</v></c>'))
    assert ours[0].rows == theirs[0].rows
    assert ours[0].rows[29] == [30, "", 7]
    for more in ('<c r="C29"><v>7</v></c>', '<c r="B30"><v>7</v></c>', "<x/>", '<c r="C30" t="e"><v>#REF!</v></c>'):
        data = sheet(more)
        assert scan_xlsx(data).refusal or not is_plain(data)


def test_a_shared_formula_gives_its_value_in_every_row() -> None:
    """Its tag ends as a blank cell does, and in all rows it may give the same."""
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}"><f t="shared" si="0"/><v>{1}</v></c></row>'
    ours, theirs = both(sheet_of("".join(row.format(number, number // 20) for number in range(1, 40))))
    assert ours[0].rows == theirs[0].rows == [[number, number // 20] for number in range(1, 40)]


def test_a_formula_without_a_value_is_seen_among_rows_with_one() -> None:
    row = '<row r="{0}"><c r="A{0}"><f>X$1</f>{1}</c></row>'
    data = sheet_of("".join(row.format(number, "<v>5</v>" if number != 30 else "") for number in range(1, 40)))
    assert not is_plain(data)
    assert [place for sheet in scan_xlsx(data).sheets.values() for place in sheet.flaws] == [(30, 1)]


def test_a_date_stays_one_beside_a_conditional_format_of_the_same_number() -> None:
    """A spreadsheet numbers the formats of its conditional formats anew."""

    def styles(xml: bytes) -> bytes:
        own = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="mm/yyyy"/></numFmts><fonts'
        other = b'<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0.0"/></dxf></dxfs>'
        dated = b'<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        return xml.replace(b"<fonts", own, 1).replace(b"</cellXfs>", dated).replace(b'<dxfs count="0"/>', other)

    data = changed(sheet_of('<row r="1"><c r="A1" s="1"><v>45000</v></c></row>'), STYLES, styles)
    assert open_sheets(data, scan_xlsx(data))[0].rows == [[date(2023, 3, 15)]]


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (TEXTS, "<t>BV 0</t></si>", '<t>BV 0</t><phoneticPr fontId="1"/></si><si><t>thừa</t></si>'),
        (TEXTS, "<t>BV 0</t>", "<t>BV\r\n0</t>"),
        (TEXTS, "<t>BV 0</t>", "<t>&#66;V 0</t>"),
        (TEXTS, "<t>BV 0</t>", "<t/>"),
        (TEXTS, "</sst>", "<extLst/></sst>"),
        (STYLES, '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>', '<xf numFmtId="14" xfId="0"/>'),
        (STYLES, "</styleSheet>", ""),
        (SHEET, "<sheetData>", "<sheetData >"),
        (SHEET, "<worksheet ", '<worksheet zeroHeight="1" '),
        (SHEET, 'encoding="UTF-8"', 'encoding="windows-1258"'),
        (SHEET, "</worksheet>", '<mergeCells><mergeCell ref="A1"/></mergeCells></worksheet>'),
        (SHEET, "</worksheet>", f'<x:mergeCell xmlns:x="{MAIN}" ref="A1:B2"/></worksheet>'),
        (SHEET, "</worksheet>", f'<x:sheetData xmlns:x="{MAIN}"><x:row r="9"/></x:sheetData></worksheet>'),
        (SHEET, "<sheetData>", f'<x:dimension xmlns:x="{MAIN}" ref="A1:B2"/><sheetData>'),
    ],
)
def test_parts_in_another_spelling_are_left_to_the_workbook_reader(member: str, old: str, new: str) -> None:
    def change(xml: bytes) -> bytes:
        assert old.encode() in xml
        return xml.replace(old.encode(), new.encode())

    assert is_plain(form())
    assert not is_plain(changed(form(), member, change))


def test_a_sheet_that_reaches_far_is_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainsheet, "MOST_CELLS", 12)
    row = '<row r="{0}"><c r="B{0}"><v>1</v></c></row>'
    assert is_plain(sheet_of(row.format(6)))
    assert not is_plain(sheet_of(row.format(7)))


def test_what_is_large_is_not_remembered() -> None:
    """Fifty files of a few kB would else fill a reader's memory, and sound files after them be told that it died."""
    remembered = (plainrows.read_row, plainrows._spelling, plainsheet._merged, plaintexts._dated)
    space, row = b" " * 1_000_000, '<row r="1"{}><c r="A1"><v>1</v></c></row>'
    sound = sheet_of(row.format(""))
    assert is_plain(sound)
    before = [each.cache_info().currsize for each in remembered]
    assert not is_plain(sheet_of(row.format(space.decode())))
    for member, end in ((SHEET, b"</worksheet>"), (STYLES, b"</styleSheet>")):
        assert is_plain(changed(sound, member, lambda xml, end=end: xml.replace(end, space + end)))
    assert [each.cache_info().currsize for each in remembered] == before


def test_a_year_of_sheets_is_plain_only_as_a_whole() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for month in range(1, 13):
            book.add_worksheet(f"T{month}").write_row(0, 0, ["chung", month])
        book.get_worksheet_by_name("T12").write_boolean("C1", True)
    guard = scan_xlsx(file.getvalue())
    assert (list(guard.sheets), guard.plain) == ([f"T{month}" for month in range(1, 13)], {})
    assert [grid.rows[0][:2] for grid in open_sheets(file.getvalue(), guard)][11] == ["chung", 12]
