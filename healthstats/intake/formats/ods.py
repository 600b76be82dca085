"""OpenDocument spreadsheets (.ods): read here, because a reader that lays repeated cells out is a bomb's delight."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from healthstats.domain.finding import Finding
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.grid import Grid
from healthstats.intake.formats.guard import bomb
from healthstats.intake.formats.sheetbuilder import NONE, Attributes, Names, SheetBuilder, last_of, walk_xml
from healthstats.intake.formats.sheetscan import SheetFault

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{_SPACE}{name}:1.0 " for name in ("table", "text", "office", "style"))


class Percentage(float):
    """A number that is shown as a hundred times as much, with a %."""


_MANIFEST = "META-INF/manifest.xml"
_NUMBERS = frozenset(("float", "currency", "percentage"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
MOST_REPEATED = 10_000
"""Filled rows of a sheet that only say that they are as the one above: a kilobyte can state a million."""
_ASIDE = frozenset((f"{_OFFICE}annotation", f"{_TABLE}shapes", f"{_TABLE}tracked-changes", f"{_OFFICE}forms"))
"""What holds text or tables that are no cells of the sheet."""


def read_ods(data: bytes, named: Names = NONE) -> list[Grid]:
    """The sheets, hidden ones without rows unless they are `named`. Raises SheetFault, and what zipfile and
    expat raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refusal := bomb(archive):
            raise SheetFault(refusal)
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise SheetFault(Finding("FILE_ENCRYPTED", "error"))
        xml = archive.read("content.xml")
    book = _Book(named)
    walk_xml(xml, book.start, book.end, book.text)
    return [sheet.grid() for sheet in book.sheets]


class _Book:
    def __init__(self, named: Names) -> None:
        self.named = named
        self.sheets: list[SheetBuilder] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.aside = 0
        self.row = self.column = self.repeated = 0
        self.cells: list[tuple[int, int, object]] = []
        """The filled cells of the row at hand: first column, how many, value."""
        self.times = 1
        self.cell: Attributes = {}
        self.words: list[str] = []

    def start(self, tag: str, said: Attributes) -> None:
        if self.aside or tag in _ASIDE:
            self.aside += 1
        elif tag == f"{_STYLE}style":
            self.style = said.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and said.get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == f"{_TABLE}table":
            visible = said.get(f"{_TABLE}style-name", "") not in self.hidden_styles
            self.sheets.append(SheetBuilder(said.get(f"{_TABLE}name", ""), visible, last_of(self.sheets), self.named))
            self.row = self.column = self.repeated = 0
        elif tag == f"{_TABLE}table-column":
            self._columns(said)
        elif tag == f"{_TABLE}table-row":
            self.times = int(said.get(f"{_TABLE}number-rows-repeated", 1))
            self.column = 0
            if said.get(f"{_TABLE}visibility", "visible") != "visible":
                self.sheets[-1].hidden_rows.add(self.row + 1)
        elif tag in _CELLS:
            self.cell, self.words = said, []
        elif tag == f"{_TEXT}s":
            # no more letters than the tag has: a small file would else fill the memory
            self.words.append(" " * min(int(said.get(f"{_TEXT}c", 1)), 8))
        elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self.words.append(" ")

    def text(self, text: str) -> None:
        if not self.aside:
            self.words.append(text)

    def end(self, tag: str) -> None:
        if self.aside:
            self.aside -= 1
        elif tag == f"{_TEXT}p":
            self.words.append("\n")
        elif tag in _CELLS:
            self._end_cell(covered=tag.endswith("covered-table-cell"))
        elif tag == f"{_TABLE}table-row":
            self._end_row()

    def _columns(self, said: Attributes) -> None:
        first, self.column = self.column + 1, self.column + int(said.get(f"{_TABLE}number-columns-repeated", 1))
        if said.get(f"{_TABLE}visibility", "visible") != "visible":
            self.sheets[-1].hidden_columns.append((first, self.column))

    def _end_cell(self, covered: bool) -> None:
        times = int(self.cell.get(f"{_TABLE}number-columns-repeated", 1))
        value = "" if covered else _value(self.cell, "".join(self.words).strip("\n"))
        if value != "":
            self.cells.append((self.column + 1, times, value))
        down = int(self.cell.get(f"{_TABLE}number-rows-spanned", 1)) - 1
        across = int(self.cell.get(f"{_TABLE}number-columns-spanned", 1)) - 1
        self.sheets[-1].merge(self.row + 1, self.column + 1, down, across)
        self.column += times

    def _end_row(self) -> None:
        """Lays the row out as often as it says; rows and cells without anything only move on."""
        sheet = self.sheets[-1]
        hidden = self.row + 1 in sheet.hidden_rows
        if self.cells and sheet.is_read:
            sheet.reach(self.row + self.times, max(first + times - 1 for first, times, _ in self.cells))
            self.repeated += self.times - 1
            if self.repeated > MOST_REPEATED:
                params: dict[str, str | int] = {"row": self.row + 1, "rows": self.repeated}
                raise SheetFault(Finding("ROWS_REPEATED", "error", sheet.name, params=params))
        for row in range(self.row + 1, self.row + self.times + 1) if self.cells and sheet.is_read else ():
            for first, times, value in self.cells:
                for column in range(first, first + times):
                    sheet.put(row, column, value)
            if hidden:
                sheet.hidden_rows.add(row)
        self.row += self.times
        self.cells.clear()


def _value(said: Attributes, text: str) -> object:
    kind = said.get(f"{_OFFICE}value-type", "")
    if "error" in (value for key, value in said.items() if key.endswith(" value-type")):
        return Flawed("CELL_ERROR", text)
    if kind in _NUMBERS and f"{_OFFICE}value" in said:
        number = float(said[f"{_OFFICE}value"])
        return Percentage(number) if kind == "percentage" else number
    if kind == "date" and (day := said.get(f"{_OFFICE}date-value", "")):
        return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    if kind == "boolean":
        return said.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "string" or (text and not kind):
        return text or said.get(f"{_OFFICE}string-value", "")
    if f"{_TABLE}formula" in said or kind:
        return Flawed("FORMULA_WITHOUT_VALUE", "")
    return ""
