"""A sheet laid out cell by cell, within the bounds of every sheet, for formats that are read here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from xml.parsers import expat

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.formats.grid import Grid, Merge, Row
from healthstats.intake.formats.sheetscan import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    MOST_IN_BOOK,
    ROW_COSTS,
    SheetFault,
    refuse_endless,
    refuse_merged,
    refuse_sheets,
)
from healthstats.intake.letters.text import fold

Attributes = dict[str, str]
Names = frozenset[str]
"""Folded names of the sheets that are read though they are hidden."""
NONE: Names = frozenset()


class SheetBuilder:
    """Takes cells at 1-based places, in any order, each once. Raises SheetFault over a sheet that reaches too far, by
    itself or with those `before` it in its workbook."""

    def __init__(
        self, name: str, visible: bool = True, before: SheetBuilder | None = None, named: Names = NONE
    ) -> None:
        self.name, self.visible, self.named = name, visible, fold(name) in named
        self.rows: list[Row] = []
        self.width = 0
        self.merged: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        """The first and the last of those that stand together, whatever lies between."""
        self._merged_cells = 0
        self._number: int = before._number + 1 if before else 1
        refuse_sheets(self._number)
        self._merged_before: int = before._merged_before + len(before.merged) if before else 0
        self._left: int = before._left - before._size(len(before.rows), before.width) if before else MOST_IN_BOOK

    @property
    def is_read(self) -> bool:
        return self.visible or self.named

    def put(self, row: int, column: int, value: object) -> None:
        self.reach(row, column)
        cells = self.rows[row - 1]
        if len(cells) < column:
            cells += [""] * (column - len(cells))
        elif cells[column - 1] != "":
            address = cell_name(row, column)
            raise SheetFault(Finding("CELL_TWICE", "error", self.name, address, params={"cell": address}))
        cells[column - 1] = value

    def merge(self, top: int, left: int, down: int, across: int) -> None:
        """`down` and `across` are how many more rows and columns the cell covers."""
        if down or across:
            bottom, right = min(top + down, LAST_ROW), min(left + across, LAST_COLUMN)
            # cells merged over one another, a million each, would be walked for hours
            self._merged_cells += max(bottom - top + 1, 0) * max(right - left + 1, 0)
            if self._merged_cells > MOST_CELLS or left > LAST_COLUMN:
                raise self._too_large(self._merged_cells)
            self.merged.append((top, left, bottom, right))
            refuse_merged(self.name, self._merged_before + len(self.merged))

    def grid(self) -> Grid:
        """The sheet with rows of one width; a hidden one has none, unless it is named."""
        if not self.is_read:
            return Grid(self.name, [], visible=False)
        for row in self.rows:
            row += [""] * (self.width - len(row))
        used = {number for number, row in enumerate(self.rows, start=1) if any(cell != "" for cell in row)}
        return Grid(
            name=self.name,
            rows=self.rows,
            visible=self.visible,
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows & used),
            hidden_columns=_within(self.hidden_columns, self.width),
        )

    def reach(self, row: int, column: int) -> None:
        """Makes room up to a place, or refuses a sheet that large before it is laid out."""
        if min(row, column) < 1:
            raise SheetFault(Finding("FILE_DAMAGED", "error", self.name))
        cells = max(min(row, LAST_ROW), len(self.rows)) * max(min(column, LAST_COLUMN), self.width)
        beyond = cells > MOST_CELLS or row > LAST_ROW or column > LAST_COLUMN
        if beyond or self._size(max(row, len(self.rows)), max(column, self.width)) > self._left:
            raise self._too_large(cells)
        self.width = max(self.width, column)
        if row > len(self.rows):
            self.rows += [[] for _ in range(row - len(self.rows))]

    @staticmethod
    def _size(rows: int, width: int) -> int:
        return rows * (width + ROW_COSTS)

    def _too_large(self, cells: int) -> SheetFault:
        return SheetFault(Finding("SHEET_TOO_LARGE", "error", self.name, params={"cells": cells}))


def last_of(sheets: list[SheetBuilder]) -> SheetBuilder | None:
    return sheets[-1] if sheets else None


def _within(ranges: list[tuple[int, int]], width: int) -> frozenset[int]:
    """The columns up to `width` that some range holds."""
    steps = [0] * (width + 2)
    for first, last in ranges:
        if 1 <= first <= min(last, width):
            steps[first] += 1
            steps[min(last, width) + 1] -= 1
    return frozenset(column for column, depth in enumerate(accumulate(steps)) if depth)


def walk_xml(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Walks a document; names are `namespace name`. Raises SheetFault for a document type or one without end,
    ExpatError for no XML."""
    refuse_endless(xml.count(b"<"))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_types
    parser.Parse(xml, True)


def _refuse_types(*_: object) -> None:
    # an entity that a document type defines may grow to gigabytes, or be another file
    raise SheetFault(Finding("XML_ENTITIES", "error"))
