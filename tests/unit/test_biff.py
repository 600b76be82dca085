"""What an .xls would not tell by itself."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
import xlwt

from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.biff import scan_xls
from healthstats.intake.formats.guard import SheetScan

REAL = Path("../shared/data/real")


def saved(book: xlwt.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_plain_form_has_nothing_to_tell() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu 9")
    for row in range(30):
        sheet.write(row, 0, f"Cơ sở {row}")
        sheet.write(row, 1, row)
    found = scan_xls(saved(book))
    assert (found.refusal, dict(found.sheets)) == (None, {"Biểu 9": SheetScan()})


def test_formulas_without_a_value_errors_and_what_is_hidden() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bieu9")
    sheet.write(0, 0, 1)
    sheet.write(1, 1, xlwt.Formula("A1+1"))
    sheet.write(2, 2, 7)
    sheet.row(2).set_cell_error(3, "#REF!")
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    book.add_sheet("Cũ").visibility = 1
    sheets = scan_xls(saved(book)).sheets
    assert sheets["Bieu9"] == SheetScan(
        {(2, 2): Flawed("FORMULA_WITHOUT_VALUE", ""), (3, 4): Flawed("CELL_ERROR", "#REF!")},
        frozenset({2}),
        frozenset({3}),
    )
    assert (sheets["Cũ"].hidden, sheets["Bieu9"].hidden) == (True, False)


def formula_gives(result: bytes, excel: bool) -> bytes:
    """A file whose only formula has this stored result, with the mark of Excel's own calculation or without."""
    book = xlwt.Workbook()
    book.add_sheet("Bieu9").write(0, 0, xlwt.Formula("1/0"))
    data = saved(book)
    none, write_access = b"\x03\0\0\0\0\0\xff\xff", b"\x5c\0\x70\0"
    assert (data.count(none), data.count(write_access)) == (1, 1)
    return data.replace(none, result).replace(write_access, b"\xc1\x01\x70\0" if excel else write_access)


@pytest.mark.parametrize("excel", [True, False])
@pytest.mark.parametrize(
    ("result", "flaw"),
    [
        (b"\x02\0\x07\0\0\0\xff\xff", Flawed("CELL_ERROR", "#DIV/0!")),
        (b"\0\0\0\0\0\0\xf0\x3f", None),
        (b"\0\0\0\0\0\0\xff\xff", Flawed("FORMULA_WITHOUT_VALUE", "")),
    ],
)
def test_the_stored_result_of_a_formula(result: bytes, flaw: Flawed | None, excel: bool) -> None:
    assert scan_xls(formula_gives(result, excel)).sheets["Bieu9"].flaws == ({(1, 1): flaw} if flaw else {})


def test_an_empty_text_is_a_result_only_where_excel_calculated_it() -> None:
    empty = b"\x03\0\0\0\0\0\xff\xff"
    assert scan_xls(formula_gives(empty, excel=True)).sheets["Bieu9"].flaws == {}
    flaws = scan_xls(formula_gives(empty, excel=False)).sheets["Bieu9"].flaws
    assert flaws == {(1, 1): Flawed("FORMULA_WITHOUT_VALUE", "")}


def test_a_sheet_that_reaches_too_far_is_refused() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bieu9")
    # a reader lays it out from the first cell on, filled or not
    sheet.write(65_535, 255, 1)
    refusal = scan_xls(saved(book)).refusal
    assert refusal is not None
    assert (refusal.code, refusal.params) == ("SHEET_TOO_LARGE", {"cells": 65_536 * 256})


def test_a_cell_twice_is_refused() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Bieu9")
    sheet.write(0, 0, 123.25)
    sheet.write(0, 2, 123.5)
    data = saved(book)
    refusal = scan_xls(data.replace(b"\x7e\x02\x0a\0\0\0\x02\0", b"\x7e\x02\x0a\0\0\0\0\0")).refusal
    assert refusal is not None
    assert (refusal.code, refusal.cell) == ("CELL_TWICE", "A1")


def test_a_cell_beyond_the_last_column_is_refused() -> None:
    """Its two bytes hold one more than a column of ours can be."""
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("Bieu9").write(0, 2, 123.5)
    data = saved(book).replace(b"\x7e\x02\x0a\0\0\0\x02\0", b"\x7e\x02\x0a\0\0\0\xff\xff")
    refusal = scan_xls(data).refusal
    assert refusal is not None
    assert refusal.code == "FILE_DAMAGED"


def test_flipped_bytes_bring_nothing_down() -> None:
    chance = Random(0)
    book = xlwt.Workbook()
    book.add_sheet("Bieu9").write(0, 0, xlwt.Formula("1/0"))
    whole = saved(book)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 4, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        refusal = scan_xls(bytes(data)).refusal
        assert refusal is None or refusal.severity == "error"


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/real is not here")
def test_real_files_are_not_refused() -> None:
    for file in REAL.glob("*.xls"):
        found = scan_xls(file.read_bytes())
        assert found.refusal is None, file.name
        assert found.sheets
