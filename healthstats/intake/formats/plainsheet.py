"""A sheet in its usual spelling, read straight from its XML: numbers, shared texts, blanks. Anything else is left to
the strict parser and the workbook reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from healthstats.intake.formats.plainrows import LONGEST, ROW_END, Cells, Places, Spelling, read_row
from healthstats.intake.formats.plaintexts import PlainBook, Unusual
from healthstats.intake.formats.sheetscan import LAST_ROW, MOST_CELLS, MOST_MERGED, Extent, column_number

Merge = tuple[int, int, int, int]
LARGEST = 8 << 20
"""Bytes of a sheet that is read this way: its rows are lists, and must not fill a worker's memory."""
_START, _END = b"<sheetData>", b"</sheetData>"
_EMPTY_ROWS = re.compile(rb"\s*+(?:<row [^<>]*+(?<=/)>\s*+)*+")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """`rows[r - 1][c - 1]` is the cell of row r, column c: a number, a text, '' where empty; all rows are as wide as
    the widest; `texts` has every text among them. `merged` are (top, left, bottom, right), 1-based, inclusive;
    `extent` counts styled blanks too."""

    rows: list[list[object]]
    merged: tuple[Merge, ...]
    extent: Extent
    texts: Sequence[str] = ()


def read_plain(xml: bytes, book: PlainBook) -> PlainSheet:
    """Raises Unusual unless every tag of the sheet is one that is known here."""
    start, end = xml.find(_START), xml.rfind(_END)
    if start < 0 and b"<sheetData/>" in xml:
        return PlainSheet([], _merged(xml), Extent(0, 0))
    if start < 0 or end < start or len(xml) > LARGEST:
        raise Unusual
    frame = xml[: start + len(_START)] + xml[end:]
    if b"hidden" in frame or b"zeroHeight" in frame:
        raise Unusual
    # a frame of megabytes that is packed into a few kB must not stay in memory
    merged = _merged(frame) if len(frame) <= LONGEST else _merged.__wrapped__(frame)
    body = xml[start + len(_START) : end]
    if book.dated and book.dated.search(body):
        raise Unusual
    try:
        return _Rows(book.texts).read(body, merged)
    except IndexError as error:
        # a text that is not there
        raise Unusual from error


class _Rows:
    """The rows as they come: what is filled, and how far the cells reach."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.filled: dict[int, Cells] = {}
        self.last = self.width = self.right = 0
        self.spelling: Spelling | None = None
        self.places: Places | None = None

    def read(self, body: bytes, merged: tuple[Merge, ...]) -> PlainSheet:
        at, rest = 0, body.rfind(ROW_END) + len(ROW_END) if ROW_END in body else 0
        if not _EMPTY_ROWS.fullmatch(body, rest) or body.find(b"hidden", rest) >= 0:
            raise Unusual
        while at < rest:
            at = self._alike(body, at) or self._row(body, at)
        extent = Extent(self.last * self.right, self.last)
        if self.width * self.last > MOST_CELLS:
            raise Unusual
        return PlainSheet(self._laid(), merged, extent, self.texts)

    def _alike(self, body: bytes, at: int) -> int:
        """Enters the rows from `at` on that are spelt as the last was, or as those that stood after such a row in
        another sheet; returns where they end, 0 where there are none."""
        before = self.spelling
        for spelling in filter(None, (before, before.after) if before else ()):
            rows, end = spelling.rows(body, at)
            for number, cells in rows:
                self._enter(number, cells, spelling.places)
            if rows:
                self.spelling = spelling
                return end
        return 0

    def _row(self, body: bytes, at: int) -> int:
        end = body.index(ROW_END, at)
        if end - at > LONGEST:
            raise Unusual
        number, cells, spelling = read_row(body[at:end])
        if spelling:
            spelling.seen()
            self._enter(number, [*cells], spelling.places)
        if self.spelling:
            self.spelling.after = spelling
        self.spelling = spelling
        return end + len(ROW_END)

    def _enter(self, number: int, cells: Cells, places: Places) -> None:
        if not self.last < number <= LAST_ROW:
            raise Unusual
        self.last = number
        if places is not self.places:
            self.places, self.right = places, max(self.right, places.columns[-1])
        for at in places.texts:
            if type(index := cells[at]) is not int:
                raise Unusual
            cells[at] = self.texts[index]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            self.filled[number] = filled = _placed(cells, places.columns)
            if len(filled) > self.width:
                self.width = len(filled)

    def _laid(self) -> list[list[object]]:
        empty: list[object] = [""] * self.width
        rows = (self.filled.get(number, []) for number in range(1, max(self.filled, default=0) + 1))
        return [row if len(row) == self.width else [*row, *empty[len(row) :]] for row in rows]


def _placed(cells: Cells, columns: Sequence[int]) -> Cells:
    """The cells in a row from column A."""
    last = columns[len(cells) - 1]
    if last == len(cells):
        return cells
    row: Cells = [""] * last
    for column, cell in zip(columns, cells, strict=False):
        row[column - 1] = cell
    return row


@lru_cache(maxsize=64)
def _merged(frame: bytes) -> tuple[Merge, ...]:
    """The merged ranges of a sheet without its rows; raises Unusual. Remembered: files of one template have it in the
    same bytes."""
    merged: list[Merge] = []
    seen: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        seen.append(tag)
        if tag == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            left, top, right, bottom = found.groups()
            merged.append((int(top), column_number(left.encode()), int(bottom), column_number(right.encode())))
            # they would be remembered
            if len(merged) > MOST_MERGED:
                raise Unusual

    encodings: list[str | None] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.XmlDeclHandler = lambda version, encoding, standalone: encodings.append(encoding)
    try:
        parser.Parse(frame, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unusual from error
    usual = seen[0] == "worksheet" and seen.count("sheetData") == 1 and seen.count("mergeCell") == len(merged)
    prefixed = any(tag.endswith((":mergeCell", ":sheetData", ":dimension")) for tag in seen)
    if not usual or prefixed or not {*encodings} <= {"UTF-8", "utf-8", None}:
        raise Unusual
    return tuple(merged)
