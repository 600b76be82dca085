"""A workbook's sheets as plain rows of cells, as they stand on the screen."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from healthstats.domain.finding import Finding
from healthstats.intake.formats.guard import Guard, SheetScan
from healthstats.intake.letters.text import fold

Row = list[object]
Merge = tuple[int, int, int, int]


class UnreadableWorkbook(Exception):
    """The reader refuses the bytes; the text is the reader's own."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows[r - 1][c - 1]` is the cell of row r, column c, '' where empty; a `Flawed` stands where a reader would
    hide an error or a formula without a value. `merged` are (top, left, bottom, right), 1-based, inclusive; `findings`
    are told where the sheet is read; `texts` has every text among the cells, perhaps more, where that is known."""

    name: str
    rows: list[Row]
    merged: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True
    findings: tuple[Finding, ...] = ()
    texts: Sequence[str] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        return as_text(self.rows[row - 1][column - 1])


def as_text(cell: object) -> str:
    """A cell as a person reads it: 79001.0 is `79001`."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def open_sheets(data: bytes, guard: Guard, named: frozenset[str] = frozenset()) -> list[Grid]:
    """Every worksheet of an xlsx, xlsb or xls, in order; hidden ones with no rows, but for those whose folded names are
    `named`. Raises UnreadableWorkbook."""
    if guard.plain:
        return [Grid(name, sheet.rows, sheet.merged, texts=sheet.texts) for name, sheet in guard.plain.items()]
    scans = guard.sheets
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(book, meta, scans.get(meta.name, SheetScan()), named)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, WorksheetNotFound, OSError, ValueError) as refusal:
        raise UnreadableWorkbook(str(refusal)) from refusal
    except BaseException as panic:
        # A panic of the native reader is no Exception, bears no importable name, and cannot leave a worker
        if type(panic).__name__ != "PanicException":
            raise
        raise UnreadableWorkbook(str(panic)) from None


def _sheet(book: CalamineWorkbook, meta: SheetMetadata, scan: SheetScan, named: frozenset[str]) -> Grid:
    name, visible = meta.name, meta.visible == SheetVisibleEnum.Visible and not scan.hidden
    if not visible and fold(name) not in named:
        return Grid(name, [], visible=False)
    sheet = book.get_sheet_by_name(name)
    rows: list[Row] = [*sheet.to_python(skip_empty_area=False)]  # type: ignore[list-item]
    for (row, column), flawed in scan.flaws.items():
        if row <= len(rows) and column <= len(rows[0]):
            rows[row - 1][column - 1] = flawed
    merged = [(t + 1, left + 1, b + 1, r + 1) for (t, left), (b, r) in sheet.merged_cell_ranges or ()]
    return Grid(name, rows, tuple(merged), scan.hidden_rows, scan.hidden_columns, visible)
