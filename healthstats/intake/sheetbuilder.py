"""A sheet laid out cell by cell, within the bounds of every sheet, for formats that are read here."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.grid import Grid, Merge, Row
from healthstats.intake.sheetscan import LAST_COLUMN, LAST_ROW, MOST_CELLS, SheetFault

Attributes = dict[str, str]


class SheetBuilder:
    """Takes cells at 1-based places, in any order, each once. Raises SheetFault over a sheet that reaches too far."""

    def __init__(self, name: str, visible: bool = True) -> None:
        self.name, self.visible = name, visible
        self.rows: list[Row] = []
        self.width = 0
        self.merged: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

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
            self.merged.append((top, left, min(top + down, LAST_ROW), min(left + across, LAST_COLUMN)))

    def grid(self) -> Grid:
        """The sheet with rows of one width; a hidden one has none."""
        if not self.visible:
            return Grid(self.name, [], visible=False)
        for row in self.rows:
            row += [""] * (self.width - len(row))
        used = {number for number, row in enumerate(self.rows, start=1) if any(cell != "" for cell in row)}
        return Grid(
            name=self.name,
            rows=self.rows,
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows & used),
            hidden_columns=frozenset(column for column in self.hidden_columns if column <= self.width),
        )

    def reach(self, row: int, column: int) -> None:
        """Makes room up to a place, or refuses a sheet that large before it is laid out."""
        if min(row, column) < 1:
            raise SheetFault(Finding("FILE_DAMAGED", "error", self.name))
        cells = max(row, len(self.rows)) * max(column, self.width)
        if cells > MOST_CELLS or row > LAST_ROW or column > LAST_COLUMN:
            raise SheetFault(Finding("SHEET_TOO_LARGE", "error", self.name, params={"cells": cells}))
        self.width = max(self.width, column)
        if row > len(self.rows):
            self.rows += [[] for _ in range(row - len(self.rows))]


def walk_xml(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Walks a document; names are `namespace name`. Raises SheetFault for a document type, ExpatError for no XML."""
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
