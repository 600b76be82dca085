"""Biểu 9 workbooks as facilities send them: made here, small enough to check by eye."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import xlsxwriter
import xlwt

from healthstats.definitions import load
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import Alias, FacilitySpell
from healthstats.domain.period import Period
from healthstats.domain.reading import Reading
from healthstats.intake import Context, Hints, NameIndex, read_submission

HEADER = (
    ["TT", "Cơ sở y tế", "Số cơ sở", "Giường bệnh", "", "Số lượt khám bệnh", "", "", "", "",
     "Tổng số lượt khám dự phòng", "Số lượt điều trị nội trú", "", "", "", "", "Tổng số ngày điều trị nội trú",
     "Hoạt động cận lâm sàng", "", "", "", "", "Tổng số lượt chuyển tuyến"],
    ["", "", "", "Giường KH", "Giường thực tế", "Tổng số", "Trong đó", "", "", "", "", "Tổng số", "Trong đó",
     "", "", "", "", "Số lần xét nghiệm", "Số lần chụp Xquang", "Số lần siêu âm", "Số lần chụp CT",
     "Số lần chụp MRI", ""],
    ["", "", "", "", "", "", "Nữ", "BHYT", "YHCT (kể cả kết hợp YHHĐ)", "TE<15 tuổi", "", "", "Nữ", "BHYT",
     "YHCT (kể cả kết hợp YHHĐ)", "TE<15 tuổi", "", "", "", "", "", "", ""],
)  # fmt: skip
MERGES = (
    *((0, c, 2, c) for c in (0, 1, 2, 10, 16, 22)),
    *((1, c, 2, c) for c in (3, 4, 5, 11, 17, 18, 19, 20, 21)),
    *((0, 3, 0, 4), (0, 5, 0, 9), (0, 11, 0, 15), (0, 17, 0, 21), (1, 6, 1, 9), (1, 12, 1, 15)),
)
TITLE = ("BỘ Y TẾ", "Báo cáo tháng 8 năm 2026", "")
NUMBERS = [str(number) for number in range(1, 24)]
# facilities, beds (2), visits and four parts, preventive, stays and four parts, days, five services, referrals
FIGURES = (1, 50, 48, 1200, 700, 900, 100, 250, 40, 300, 160, 240, 20, 70, 1500, 4000, 600, 800, 50, 10, 25)
FOOTER = ("", "Ngày 05 tháng 9 năm 2026", "Người lập biểu")


def facility(number: int | str, name: str, figures: Sequence[object] = FIGURES) -> list[object]:
    """One data row: TT, name, 21 figures."""
    return [number, name, *figures]


def times(factor: int) -> list[int]:
    """The figures of `factor` facilities added up."""
    return [factor * figure for figure in FIGURES]


def changed(**cells: object) -> list[object]:
    """The usual figures but for some elements, named by their codes."""
    codes = [code for code, element in definitions().elements.items() if element.form == "bieu9"]
    assert cells.keys() <= set(codes)
    return [cells.get(code, figure) for code, figure in zip(codes, FIGURES, strict=True)]


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet, top to bottom. `left` and `above` move the table; `merged=False` leaves cells apart."""

    rows: Sequence[Sequence[object]]
    name: str = "Bieu 9"
    title: Sequence[str] = TITLE
    header: Sequence[Sequence[object]] = HEADER
    numbers: Sequence[object] | None = field(default_factory=lambda: NUMBERS)
    footer: Sequence[str] = FOOTER
    merged: bool = True
    left: int = 0

    def cells(self) -> list[list[object]]:
        pad = [""] * self.left
        lines: list[list[object]] = [[*pad, text] for text in self.title]
        lines += [[*pad, *row] for row in self.header]
        lines += [[*pad, *self.numbers]] if self.numbers else []
        lines += [[*pad, *row] for row in self.rows]
        return lines + [[*pad, "", text] for text in self.footer]

    @property
    def first_row(self) -> int:
        """The 1-based row of the first data row."""
        return len(self.title) + len(self.header) + (self.numbers is not None) + 1


def xlsx(*sheets: Sheet, hide: Sequence[str] = (), hidden_rows: Sequence[int] = ()) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for top, left, bottom, right in MERGES if sheet.merged else ():
            by = len(sheet.title)
            page.merge_range(top + by, left + sheet.left, bottom + by, right + sheet.left, "")
        for row, cells in enumerate(sheet.cells()):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.startswith("="):
                    formula, _, value = cell.partition(" -> ")
                    page.write_formula(row, column, formula, None, value)
                elif isinstance(cell, date):
                    page.write_datetime(row, column, cell, book.add_format({"num_format": "mm/yyyy"}))
                elif cell != "":
                    page.write(row, column, cell)
        for row in hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        if sheet.name in hide:
            page.hide()
    book.close()
    return file.getvalue()


def xls(*sheets: Sheet, hide: Sequence[str] = ()) -> bytes:
    book = xlwt.Workbook()
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        page.visibility = int(sheet.name in hide)
        for top, left, bottom, right in MERGES if sheet.merged else ():
            by = len(sheet.title)
            page.merge(top + by, bottom + by, left + sheet.left, right + sheet.left)
        for row, cells in enumerate(sheet.cells()):
            for column, cell in enumerate(cells):
                if cell != "":
                    page.write(row, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HOSPITALS = {
    "79001": "Bệnh viện Quận 1",
    "79002": "Bệnh viện Quận 2",
    "79003": "Bệnh viện Đa khoa Sài Gòn",
    "79004": "Trạm Y tế Phường Bến Nghé",
}


@cache
def definitions() -> Definitions:
    """Biểu 9 as shipped, with four facilities."""
    repository = Path(__file__).parents[2]
    facilities = tuple(
        FacilitySpell(code, name, None, date(2015, 1, 1), None, None, None, {"type": "BV"})
        for code, name in HOSPITALS.items()
    )
    return replace(load(repository), facilities=facilities, aliases=(Alias("79001", "BV Q.1"),))


def context(known: Definitions | None = None, **hints: str | Period) -> Context:
    known = known or definitions()
    return Context(known, NameIndex.of(known.facilities, known.aliases), Hints(**hints))  # type: ignore[arg-type]


def read(data: bytes, name: str = "bieu9.xlsx", **hints: str | Period) -> Reading:
    """The judgement, after the invariant that every reading keeps."""
    reading = read_submission(name, data, context(**hints))
    counts, seen = reading.counts, reading.observations
    assert counts.found == counts.accepted + counts.quarantined + counts.rejected + counts.blank
    assert counts.accepted == sum(seen.accepted)
    assert counts.accepted + counts.quarantined == len(seen)
    return reading


def codes(reading: Reading) -> list[str]:
    return sorted(finding.code for finding in reading.findings)
