"""Bombs and lies in a workbook, and the cells that a reader would show as blank."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

import openpyxl
import pytest
import xlsxwriter

from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats import guard as guard_module
from healthstats.intake.formats import package, sheetscan
from healthstats.intake.formats.guard import SheetScan, scan_xlsx
from healthstats.intake.formats.sheetscan import quick_extent, thorough
from healthstats.words import say

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def form(
    make: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object] = lambda book, sheet: None,
) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Biểu 9")
        for row in range(3):
            sheet.write_row(row, 0, [f"BV {row}", row, 1.5])
        make(book, sheet)
    return file.getvalue()


def changed(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return file.getvalue()


def sheet_of(cells: str) -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>'
    return changed(form(), SHEET, lambda _: xml.encode())


def refusal(data: bytes) -> tuple[str, str]:
    finding = scan_xlsx(data).refusal
    assert finding is not None
    for lang in ("vi", "en"):
        assert "{" not in say(f"finding.{finding.code}", lang, **finding.params)
    return finding.code, finding.cell


def test_a_plain_form_has_nothing_to_tell() -> None:
    found = scan_xlsx(form())
    assert (found.refusal, found.findings, dict(found.sheets)) == (None, (), {"Biểu 9": SheetScan()})


def test_errors_and_formulas_without_a_value_are_flaws() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["D3"] = "=SUM(A1:A2)", "#REF!", 7
    book.save(file)
    flaws = scan_xlsx(file.getvalue()).sheets["Sheet"].flaws
    assert flaws == {(3, 2): Flawed("FORMULA_WITHOUT_VALUE", ""), (3, 3): Flawed("CELL_ERROR", "#REF!")}


@pytest.mark.parametrize(
    ("cell", "flaw"),
    [
        ('<c r="A1"><f>B1</f><v>3</v></c>', None),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', None),
        ('<c r="A1"><f>B1</f><v></v></c>', "FORMULA_WITHOUT_VALUE"),
        ('<c r="A1"><f>B1</f><v/></c>', "FORMULA_WITHOUT_VALUE"),
        ('<c r="A1"><f t="shared" si="0"/></c>', "FORMULA_WITHOUT_VALUE"),
        ('<c r="A1" t="str"><f>B1</f></c>', "FORMULA_WITHOUT_VALUE"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "CELL_ERROR"),
        ('<c t="e" r="A1"><v>#N/A</v></c>', "CELL_ERROR"),
        ('<c r="A1"><v></v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t>x</t></is></c>', None),
    ],
)
def test_flaws_of_one_cell(cell: str, flaw: str | None) -> None:
    flaws = scan_xlsx(sheet_of(f'<row r="1">{cell}</row>')).sheets["Biểu 9"].flaws
    assert {place: found.code for place, found in flaws.items()} == ({(1, 1): flaw} if flaw else {})


def test_hidden_rows_columns_and_sheets() -> None:
    def hide(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column("C:XFD", None, None, {"hidden": True})
        book.add_worksheet("Cũ").hide()
        book.add_worksheet("Rất ẩn").very_hidden()

    sheets = scan_xlsx(form(hide)).sheets
    assert [(name, scan.hidden) for name, scan in sheets.items()] == [("Biểu 9", False), ("Cũ", True), ("Rất ẩn", True)]
    assert (sheets["Biểu 9"].hidden_rows, sheets["Biểu 9"].hidden_columns) == ({2}, {3})


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', "SHEET_TOO_LARGE"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD400"><v>1</v></c></row>', "SHEET_TOO_LARGE"),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "SHEET_TOO_LARGE"),
        ('<row r="400"><c r="XFD400" t="b"><v>1</v></c></row>', "SHEET_TOO_LARGE"),
        ('<row r="400" hidden="1"><c r="XFD400"><v>1</v></c></row>', "SHEET_TOO_LARGE"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', "CELL_TWICE"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A01"><v>2</v></c></row>', "CELL_TWICE"),
        ('<row r="1"><c r=\'A1\'><v>1</v></c><c r="A1"><v>2</v></c></row>', "CELL_TWICE"),
        ('<row r="1"><c><v>1</v></c><c r="A1"><v>2</v></c></row>', "CELL_TWICE"),
        ('<row r="1"><c r="A1"><v>1</v></c><c s="1" r="A1"/></row>', "CELL_TWICE"),
        ('<row r="1"><c r="A1048577"><v>1</v></c></row>', "FILE_DAMAGED"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "FILE_DAMAGED"),
        ('<row r="một"><c r="A1" t="e"><v>1</v></c></row>', "FILE_DAMAGED"),
        ('<row r="1"><c r="A1" t="e"><v>1</c></row>', "FILE_DAMAGED"),
    ],
)
def test_sheets_that_must_not_be_read(cells: str, code: str) -> None:
    assert refusal(sheet_of(cells))[0] == code


def test_a_cell_twice_is_told_with_its_address() -> None:
    assert refusal(sheet_of('<row r="1"><c r="AB7"><v>1</v></c><c r="AB7"/></row>')) == ("CELL_TWICE", "AB7")


def test_a_cell_in_a_comment_is_no_cell() -> None:
    for comment in ('<!--<c r="A1"/>-->', '<!--<c r="XFD9999"/>-->'):
        assert scan_xlsx(sheet_of(f'<row r="1"><c r="A1"><v>1</v></c>{comment}</row>')).refusal is None


def test_a_prefixed_cell_is_a_cell() -> None:
    ns = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = f'<row r="1"><c r="A1"><v>1</v></c><x:c {ns} r="XFD9999"><x:v>1</x:v></x:c></row>'
    assert refusal(sheet_of(cells))[0] == "SHEET_TOO_LARGE"


def test_a_lying_dimension_does_not_matter() -> None:
    def lie(xml: bytes) -> bytes:
        return xml.replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1:XFD1048576"/>')

    assert lie(b'<dimension ref="A1:C3"/>') in changed_xml(lie)
    assert scan_xlsx(changed(form(), SHEET, lie)).refusal is None


def changed_xml(change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(changed(form(), SHEET, change))) as archive:
        return archive.read(SHEET)


@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_wherever_they_stand(member: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    data = changed(form(), member, lambda xml: xml.replace(b"?>", b"?>" + bomb, 1))
    assert refusal(data)[0] == "XML_ENTITIES"


def test_zip_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(changed(form(), "xl/styles.xml", lambda _: b" " * (11 << 20)))[0] == "ZIP_BOMB"
    file = io.BytesIO(form())
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(guard_module.MOST_ENTRIES):
            archive.writestr(f"xl/media/{number}", b"")
    assert refusal(file.getvalue())[0] == "ZIP_BOMB"
    monkeypatch.setattr(guard_module, "MOST_BYTES", 1000)
    assert refusal(form())[0] == "ZIP_BOMB"


def test_a_flipped_byte_is_refused() -> None:
    data = form()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 20
    broken = bytearray(data)
    broken[start] ^= 0xFF
    assert refusal(bytes(broken))[0] == "FILE_DAMAGED"


def test_a_member_twice_is_refused() -> None:
    file = io.BytesIO(form())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(file.getvalue())[0] == "FILE_DAMAGED"


def test_a_sheet_of_too_many_tags_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sheetscan, package):
        monkeypatch.setattr(module, "MOST_TAGS", 100)
    assert refusal(sheet_of('<row r="1">' + "<c/>" * 101 + "</row>"))[0] == "TOO_MANY_TAGS"


def test_a_full_sheet_is_told() -> None:
    found = scan_xlsx(sheet_of('<row r="1048575"><c r="A1048575"/><c r="A1048576"><v>1</v></c></row>'))
    assert [(finding.code, finding.params) for finding in found.findings] == [("SHEET_FULL", {"rows": 1_048_576})]


@pytest.mark.parametrize(
    "make",
    [
        lambda book, sheet: None,
        lambda book, sheet: sheet.write_formula("D1", "=SUM(B1:B3)", None, 3),
        lambda book, sheet: sheet.merge_range("A9:C10", "gộp"),
        lambda book, sheet: sheet.write_string("AZ30", "xa"),
    ],
)
def test_the_quick_way_sees_what_the_thorough_way_sees(make: Callable[..., object]) -> None:
    with zipfile.ZipFile(io.BytesIO(form(make))) as archive:
        xml = archive.read(SHEET)
    assert quick_extent(xml) == thorough("Biểu 9", xml).extent


def test_flipped_bytes_bring_nothing_down() -> None:
    chance, whole = Random(0), form()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 4, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        refusal = scan_xlsx(bytes(data)).refusal
        assert refusal is None or refusal.severity == "error"
