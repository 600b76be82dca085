"""Workbooks typed in the fonts of TCVN3 and VNI: every name in Unicode, and nothing else touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from healthstats.domain.finding import Finding
from healthstats.intake.formats.books import Book, open_book
from healthstats.intake.letters.text import fold
from tests.submissions.bieu9 import Sheet
from tests.submissions.biff5 import biff5
from tests.submissions.xlsb import xlsb

REAL = Path("../shared/data/real")
CROSSWALK = Path("../shared/data/province_crosswalk_63_to_34.csv")
Cell = tuple[str, str]
"""A text and its font."""


def xls(*rows: list[Cell], name: str = "Bieu 9") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for row, cells in enumerate(rows):
        for column, (text, font) in enumerate(cells):
            sheet.write(row, column, text, xlwt.easyxf(f"font: name {font}"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(*rows: list[Cell]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, (text, font) in enumerate(cells):
                sheet.write(row, column, text, book.add_format({"font_name": font}))
    return file.getvalue()


def opened(data: bytes) -> Book:
    kind = "xls" if not data.startswith(b"PK") else "xlsb" if b"workbook.bin" in data else "xlsx"
    book = open_book(kind, data)
    assert isinstance(book, Book)
    return book


def texts(data: bytes) -> list[list[object]]:
    return opened(data).grids[0].rows


def doubts(data: bytes) -> list[tuple[str, str, str]]:
    return [(doubt.code, doubt.cell, doubt.suggestion) for doubt in opened(data).grids[0].findings]


def test_one_workbook_mixes_codes() -> None:
    data = xls(
        [
            ("BÖnh viÖn H¶i D\u00ad¬ng", ".VnTime"),
            ("Beänh vieän Quaän 1", "VNI-Times"),
            ("Bệnh viện", "Times New Roman"),
        ],
        [("Tr¹m Y tÕ", "Arial"), ("Hôpital", "Arial"), ("Tân", "Arial")],
    )
    assert texts(data) == [
        ["Bệnh viện Hải Dương", "Bệnh viện Quận 1", "Bệnh viện"],
        ["Trạm Y tế", "Hôpital", "Tân"],
    ]


def test_what_was_decoded_is_said_once() -> None:
    said = opened(xls([("Hµ Néi", ".VnTime"), ("Hµ Nam", ".VnTime"), ("Kon Tum", ".VnTime")])).findings
    assert [(one.code, one.severity, one.sheet, one.cell) for one in said] == [("TEXT_DECODED", "info", "Bieu 9", "A1")]
    assert said[0].params == {"cells": 2, "code": "TCVN3"}


@pytest.mark.parametrize("made", [xls, xlsx])
def test_a_font_decides_between_two_words(made: Callable[..., bytes]) -> None:
    """`Phó` in .VnTime is `Phú` on the screen."""
    data = made([("Phó", ".VnTime"), ("Phó", "Arial"), ("phô n÷", ".VnTimeH")])
    assert (texts(data), doubts(data)) == ([["Phú", "Phó", "PHỤ NỮ"]], [])


def test_a_font_of_a_binary_workbook_decides_too() -> None:
    def sheet(*texts: str) -> Sheet:
        return Sheet([], title=texts, header=[], numbers=None, footer=[], merged=False)

    assert texts(xlsb(sheet("Phó", "Trµ Vinh"), font=".VnTime")) == [["Phú"], ["Trà Vinh"]]
    assert texts(xlsb(sheet("phô n÷"), font=".VnTimeH")) == [["PHỤ NỮ"]]
    assert doubts(xlsb(sheet("Phó", "Trµ Vinh"), font="Arial")) == [("TEXT_IN_DOUBT", "A1", "Phú")]


def test_a_font_in_which_unicode_stands_too_decides_nothing() -> None:
    data = xls([("Bệnh viện", ".VnTime"), ("Phó", ".VnTime"), ("Trµ Vinh", ".VnTime")])
    assert texts(data) == [["Bệnh viện", "Phó", "Trà Vinh"]]
    assert doubts(data) == [("TEXT_IN_DOUBT", "B1", "Phú")]


def test_letters_that_lost_their_font_put_others_in_doubt() -> None:
    data = xls([("Trµ Vinh", "Arial"), ("Phó", "Arial"), ("Thä", "Arial")])
    assert texts(data) == [["Trà Vinh", "Phó", "Thọ"]]
    assert doubts(data) == [("TEXT_IN_DOUBT", "B1", "Phú")]


def test_capitals_of_their_own_font() -> None:
    assert texts(xls([("bÖnh viÖn", ".VnTimeH"), ("BÖNH VIÖN", ".VnTime")])) == [["BỆNH VIỆN", "BỆNH VIỆN"]]


def test_the_soft_hyphen_is_a_letter() -> None:
    assert texts(xls([("T\u00ad", ".VnTime"), ("l\u00adît", "Arial")])) == [["Tư", "lượt"]]


def test_excel_95_has_fonts_too() -> None:
    data = biff5([[b"Ph\xf3", b"Ph\xf3", b"T\xad", b"b\xd6nh"]], fonts=[[".VnTime", "Arial", ".VnTime", ".VnTimeH"]])
    assert texts(data) == [["Phú", "Phó", "Tư", "BỆNH"]]


def test_the_name_of_a_sheet() -> None:
    assert opened(xls([("Hµ Néi", ".VnTime")], name="Th¸ng 8")).grids[0].name == "Tháng 8"


def test_a_workbook_without_old_text_is_as_it_was() -> None:
    rows = [[("Tân Phó", "Arial"), ("5 µm", "Arial"), ("KH¹", "Arial"), ("Bệnh viện Quận 1", "Arial")]]
    assert texts(xls(*rows)) == [[text for text, _ in rows[0]]]
    assert (doubts(xls(*rows)), opened(xls(*rows)).findings) == ([], ())


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/real is not here")
@pytest.mark.parametrize("name", ["Nien giam 2011r.xls", "Nien giam 2012r.xls"])
def test_every_province_of_the_yearbooks(name: str) -> None:
    book = open_book("xls", (REAL / name).read_bytes())
    assert not isinstance(book, Finding)
    known = {_key(row["old_name"]) for row in csv.DictReader(CROSSWALK.open(encoding="utf-8"))}
    assert len(known) == 63
    for grid in book.grids:
        assert {_key(str(row[0])) for row in grid.rows if row[0] and row[0] != "Tỉnh/T.phố"} == known
        assert grid.findings == ()


def _key(name: str) -> str:
    short = {"tt hue": "thua thien hue", "tp h c m": "ho chi minh", "ba ria v tau": "ba ria vung tau"}
    key = fold(name).removeprefix("tinh ").removeprefix("thanh pho ")
    return short.get(key, key)
