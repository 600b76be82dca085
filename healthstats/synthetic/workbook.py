"""Sheets of a form as they are printed: title block, merged header, number row, rows, footer. xlsx.py and xls.py
write them as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from healthstats.domain.form import Column, header_cells

WORDS = ("number", "facility.code", "facility.name")
Style = Literal["plain", "title", "header", "numbers", "text", "figure", "strong text", "strong figure"]


@dataclass(frozen=True, slots=True)
class Formula:
    """`shown` is the error it gives; None where nobody has calculated it."""

    expression: str
    shown: str | None = None


Value = int | float | str | Formula | None


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the role of their column; a role that is absent stays empty. Totals and sections are `strong`."""

    cells: Mapping[str, Value]
    strong: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed above, in and below the table; the header is drawn from the columns' paths."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: tuple[str, ...] = ()

    @property
    def top(self) -> int:
        """The header's first row, counted from 0."""
        return len(self.heading) + 1

    @property
    def depth(self) -> int:
        return max(len(column.path) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, counted from 0: (column, value, style) of each cell, from left to right; `height` in points,
    0 for as high as one line of text."""

    row: int
    cells: tuple[tuple[int, Value, Style], ...]
    hidden: bool = False
    height: int = 0


Span = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


def merged(sheet: Sheet) -> Iterator[Span]:
    for first_row, first, last_row, last, _ in header_cells(sheet.columns):
        if (first_row, first) != (last_row, last):
            yield sheet.top + first_row, first, sheet.top + last_row, last


def lines(sheet: Sheet) -> Iterator[Line]:
    """Every row that has cells, from the top."""
    for place, text in enumerate(sheet.heading):
        yield Line(place, ((0, text, "title"),))
    yield from _header(sheet)
    numbers = sheet.top + sheet.depth
    yield Line(numbers, tuple((column, column + 1, "numbers") for column in range(len(sheet.columns))))
    roles = [column.role for column in sheet.columns]
    styles: dict[bool, list[Style]] = {
        False: ["text" if role in WORDS else "figure" for role in roles],
        True: ["strong text" if role in WORDS else "strong figure" for role in roles],
    }
    for place, row in enumerate(sheet.rows, start=numbers + 1):
        values = map(row.cells.get, roles)
        yield Line(place, tuple(zip(range(len(roles)), values, styles[row.strong], strict=True)), row.hidden)
    for place, text in enumerate(sheet.footer, start=numbers + len(sheet.rows) + 2):
        yield Line(place, ((1, text, "plain"),))


def _header(sheet: Sheet) -> Iterator[Line]:
    labels = {(row, column): label for row, column, _, _, label in header_cells(sheet.columns)}
    for row in range(sheet.depth):
        cells = ((column, labels.get((row, column))) for column in range(len(sheet.columns)))
        # three lines: no program makes room by itself for what stands in merged cells
        height = 45 if row == sheet.depth - 1 else 0
        yield Line(sheet.top + row, tuple((column, label, "header") for column, label in cells), height=height)


def width(column: Column) -> int:
    """In characters."""
    return {"number": 5, "facility.name": 36, "facility.code": 10}.get(column.role, 11)


def address(row: int, column: int) -> str:
    """The A1 name of a place counted from 0."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
