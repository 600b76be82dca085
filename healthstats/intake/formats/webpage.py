"""An `.xls` that is a web page: its text and its tables one under the other, as a spreadsheet opens them."""

from __future__ import annotations

import re
from dataclasses import replace

from healthstats.domain.finding import Finding
from healthstats.intake.formats.grid import Grid
from healthstats.intake.formats.markup import Attributes, marks
from healthstats.intake.formats.sheetbuilder import NONE, Names, SheetBuilder
from healthstats.intake.formats.sheetscan import LAST_COLUMN, LAST_ROW
from healthstats.intake.letters.text import decode

_SILENT = frozenset(("head", "style", "script", "xml"))
_LINES = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "center", "hr", "ul", "ol", "pre"))
_CELLS = frozenset(("td", "th"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_WESTERN = frozenset((b"windows-1252", b"iso-8859-1", b"latin1"))
_SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?", re.IGNORECASE)
_MOST_SPANNED = 1000
"""As browsers have it."""


def read_page(data: bytes, named: Names = NONE) -> list[Grid]:
    """The page as one sheet, which is never hidden. Raises UnreadableText, ValueError for a letter that is none,
    SheetFault where the page is cut within a mark or its tables reach too far."""
    page = _Page()
    page.read(_letters(data))
    grid = page.sheet.grid()
    unclosed = Finding("PAGE_NOT_CLOSED", "warning", grid.name)
    return [replace(grid, findings=(unclosed,)) if page.tables else grid]


def _letters(data: bytes) -> str:
    """A page says its code; what it says is believed only of letters that are no UTF-8."""
    said = _CHARSET.search(data[:4096])
    if said and said[1].lower() in _WESTERN:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            # five bytes of this code are no letters: Latin-1 keeps them for the cells to be judged by
            return data.decode("latin-1")
    return decode(data)[0]


class _Page:
    def __init__(self) -> None:
        self.sheet = SheetBuilder("")
        self.row, self.column = 1, 0
        self.spanned: dict[int, int] = {}
        """Column → the last row that a cell from above still covers."""
        self.words: list[str] = []
        self.cell: Attributes | None = None
        self.silent = self.tables = self.laid = 0
        """`laid`: the columns of the table at hand that its head has told of."""

    def read(self, page: str) -> None:
        for mark in marks(page):
            match mark.kind:
                case "text" if not self.silent:
                    self.words.append(re.sub(r"[ \t\r\n]+", " ", mark.said))
                # `<style/>` and `<script/>` of a page that is XML end where they begin
                case "start" if not (mark.ends_itself and mark.said in _SILENT):
                    self._start(mark.said, mark.attributes)
                case "end":
                    self._end(mark.said)
                case "comment" if len(names := _SHEET_NAME.findall(mark.said)) == 1:
                    self.sheet.name = names[0].strip()
        self.end_row()

    def _start(self, tag: str, said: Attributes) -> None:
        if tag in ("body", "table"):
            # a head that nobody closed would swallow the page
            self.silent = 0
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.words.append("\n")
        elif tag == "table":
            self.tables += 1
            self.laid = 0
            self.end_row()
        elif tag == "tr":
            self.end_row()
            if _HIDDEN.search(said.get("style", "")):
                self.sheet.hidden_rows.add(self.row)
        elif tag in ("col", "colgroup"):
            self._columns(
                said, 0 if tag == "colgroup" and "span" not in said else _span(said.get("span", ""), LAST_COLUMN)
            )
        elif tag in _CELLS:
            self._end_cell()
            self.cell = said
        elif tag in _LINES:
            self._break()

    def _end(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("tr", "table"):
            self.tables = max(0, self.tables - (tag == "table"))
            self.end_row()
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _LINES:
            self._break()

    def end_row(self) -> None:
        """Ends what stands open; the next cell begins a row, unless this one is empty."""
        self._end_cell()
        if self.column:
            self.row, self.column = self.row + 1, 0

    def _columns(self, said: Attributes, count: int) -> None:
        if _HIDDEN.search(said.get("style", "")):
            self.sheet.hidden_columns.append((self.laid + 1, self.laid + count))
        self.laid += count

    def _break(self) -> None:
        if self.cell is not None:
            self.words.append("\n")
        else:
            self.end_row()

    def _end_cell(self) -> None:
        lines = "".join(self.words).split("\n")
        self.words.clear()
        text = "\n".join(filter(None, (line.strip(" \xa0") for line in lines)))
        said, self.cell = self.cell, None
        if said is not None:
            self._place(text, said)
        elif text:
            # text outside of cells stands in a row of its own
            self.column = max(self.column, 1)
            for line in text.split("\n"):
                self.sheet.put(self.row, 1, line)
                self.row += 1
            self.column = 0

    def _place(self, text: str, said: Attributes) -> None:
        self.column += 1
        while self.spanned.get(self.column, 0) >= self.row:
            self.column += 1
        across = _span(said.get("colspan", ""), LAST_COLUMN)
        down = _span(said.get("rowspan", ""), LAST_ROW)
        self.sheet.merge(self.row, self.column, down - 1, across - 1)
        if text:
            exact = said.get("x:num", "") or said.get("sdval", "")
            self.sheet.put(self.row, self.column, float(exact) if _NUMBER.fullmatch(exact) else text)
        if down > 1:
            self.spanned |= dict.fromkeys(range(self.column, self.column + across), self.row + down - 1)
        self.column += across - 1


def _span(said: str, most: int) -> int:
    return min(max(int(said), 1), most, _MOST_SPANNED) if said.isascii() and said.isdigit() and len(said) < 9 else 1
