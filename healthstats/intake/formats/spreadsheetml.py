"""An `.xls` that is XML as Excel 2003 writes it (SpreadsheetML)."""

from __future__ import annotations

from datetime import datetime

from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.grid import Grid
from healthstats.intake.formats.sheetbuilder import NONE, Attributes, Names, SheetBuilder, last_of, walk_xml

_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"


def read_spreadsheetml(data: bytes, named: Names = NONE) -> list[Grid]:
    """The sheets, hidden ones without rows unless they are `named`. Raises SheetFault, ExpatError, and ValueError for
    a place that is none."""
    book = _Book(named)
    walk_xml(data, book.start, book.end, book.text)
    return [sheet.grid() for sheet in book.sheets]


class _Book:
    def __init__(self, named: Names) -> None:
        self.named = named
        self.sheets: list[SheetBuilder] = []
        self.row = self.column = self.first_hidden = 0
        self.across = self.down = 0
        self.kind = ""
        self.formula = False
        self.words: list[str] | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        space, _, name = tag.rpartition(" ")
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if space == _EXCEL and name == "Visible":
            self.words = []
        if space != _SHEET:
            return
        match name:
            case "Worksheet":
                self.sheets.append(SheetBuilder(said.get("Name", ""), before=last_of(self.sheets), named=self.named))
                self.row = self.column = self.down = 0
            case "Column":
                self.column = int(said.get("Index", self.column + 1))
                last = self.column + int(said.get("Span", 0))
                if said.get("Hidden") == "1":
                    self.sheets[-1].hidden_columns.append((self.column, last))
                self.column = last
            case "Row":
                self.row = int(said.get("Index", self.row + self.down + 1))
                self.down = int(said.get("Span", 0))
                self.column = self.across = 0
                if said.get("Hidden") == "1":
                    self.sheets[-1].hidden_rows.add(self.row)
            case "Cell":
                self.column = int(said.get("Index", self.column + self.across + 1))
                self.across = int(said.get("MergeAcross", 0))
                self.sheets[-1].merge(self.row, self.column, int(said.get("MergeDown", 0)), self.across)
                self.formula = "Formula" in said
            case "Data":
                self.kind, self.words = said.get("Type", "String"), []

    def text(self, text: str) -> None:
        if self.words is not None:
            self.words.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Visible" and self.words is not None:
            self.sheets[-1].visible = "".join(self.words) == "SheetVisible"
            self.words = None
        elif tag == f"{_SHEET} Data" and self.words is not None:
            value = _value(self.kind, "".join(self.words))
            self.words, self.formula = None, False
            if value != "":
                self.sheets[-1].put(self.row, self.column, value)
        elif tag == f"{_SHEET} Cell" and self.formula:
            self.sheets[-1].put(self.row, self.column, Flawed("FORMULA_WITHOUT_VALUE", ""))
            self.formula = False


def _value(kind: str, text: str) -> object:
    match kind:
        case "Number":
            return float(text)
        case "Error":
            return Flawed("CELL_ERROR", text)
        case "Boolean":
            return text == "1"
        case "DateTime":
            return datetime.fromisoformat(text)
    return text
