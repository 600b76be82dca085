"""The XML of one sheet: how far it reaches, which cells are flawed, what is hidden. Quickly where that is safe."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.figures.numbers import Flawed

MOST_CELLS = 5_000_000
MOST_IN_BOOK = 3 * MOST_CELLS
"""All sheets together: they lie in a reader's memory at once."""
MOST_SHEETS = 1_000
MOST_MERGED = 200_000
"""Ranges of a workbook: a small file can state millions."""
ROW_COSTS = 12
"""Cells' worth of memory that a row takes beside its cells."""
MOST_TAGS = 16_000_000
"""Of one part of a file, opening and closing ones: a microsecond or two each."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# a cell in its usual spelling, by its address: no error, and a value wherever there is a formula. What else begins like
# one matches without an address: a comment, a prefix, an unusual tag may still be a cell to a reader
_CELL = re.compile(
    rb'<c(?: r="([A-Z]{1,3}+[1-9][0-9]{0,6}+)"(?: s="[0-9]++")?+(?: t="(?:s|n|b|str|inlineStr)")?+'
    rb"(?:><v>[^<]*+</v></c>|/>|>(?:<f[^>/]*+(?:/>|>[^<]*+</f>)<v>[^<]++</v></c>"
    rb"|</c>|<v ?/></c>|<is><t[^>/]*+>[^<]*+</t></is></c>)))?"
)
_CAPITALS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class SheetFault(Exception):
    """A sheet that must not be read, with the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Extent:
    """`cells` is the area from A1 to the last row and column, which a reader lays out whole; `repeated` is an address
    that stands twice, '' if none does."""

    cells: int
    last_row: int
    repeated: str = ""


@dataclass(slots=True)
class Thorough:
    extent: Extent = Extent(0, 0)
    flaws: dict[tuple[int, int], Flawed] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def refuse_endless(tags: int) -> None:
    """Raises SheetFault for more than can be read in the time that a file has."""
    if tags > MOST_TAGS:
        raise SheetFault(Finding("TOO_MANY_TAGS", "error", params={"tags": tags}))


def refuse_sheets(sheets: int) -> None:
    """Raises SheetFault for a workbook of more sheets than people make."""
    if sheets > MOST_SHEETS:
        raise SheetFault(Finding("TOO_MANY_SHEETS", "error", params={"most": MOST_SHEETS}))


def refuse_merged(sheet: str, ranges: int) -> None:
    """Raises SheetFault for more merged ranges, up to this sheet of a workbook, than memory should hold."""
    if ranges > MOST_MERGED:
        raise SheetFault(Finding("TOO_MANY_MERGED", "error", sheet, params={"most": MOST_MERGED}))


def quick_extent(xml: bytes) -> Extent | None:
    """The extent of a sheet in its usual spelling with nothing to tell of; None asks for the thorough way."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if xml.count(b"sheetData") != 2 or b"hidden" in xml or b"zeroHeight" in xml:
        return None
    body = xml[start:end]
    places = _CELL.findall(body)
    if (b"!" in body and b"<!" in body) or (b":" in body and b":c" in body):
        return None
    if not places:
        return Extent(0, 0)
    different = set(places)
    if b"" in different or len(different) < len(places):
        return None
    joined = b" ".join(places)
    rows = set(map(int, set(joined.translate(None, _CAPITALS).split())))
    columns = set(map(column_number, set(joined.translate(None, _DIGITS).split())))
    if max(rows) > LAST_ROW or max(columns) > LAST_COLUMN:
        return None
    return _extent(rows, columns)


def thorough(name: str, xml: bytes) -> Thorough:
    """Every cell by a strict parser. Raises SheetFault for a document type, ExpatError for XML that is none."""
    return _Scanner(name).scan(xml)


class _Scanner:
    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.found = Thorough()
        self.places: set[tuple[int, int]] = set()
        self.repeated = ""
        self.hidden_columns: list[tuple[int, int]] = []
        self.row = self.column = 0
        self.kind = ""
        self.formula = self.value_seen = self.in_value = False
        self.value = ""

    def scan(self, xml: bytes) -> Thorough:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(xml, True)
        rows, columns = {row for row, _ in self.places}, {column for _, column in self.places}
        extent = _extent(rows, columns) if self.places else Extent(0, 0)
        self.found.extent = Extent(extent.cells, extent.last_row, self.repeated)
        for first, last in self.hidden_columns:
            self.found.hidden_columns |= {column for column in columns if first <= column <= last}
        self.found.hidden_rows &= rows
        return self.found

    def _doctype(self, *_: object) -> None:
        raise SheetFault(Finding("XML_ENTITIES", "error", sheet=self.sheet))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self._cell(attributes)
            case "v" | "t":
                self.value_seen = self.in_value = True
            case "f":
                self.formula = True
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = 0
                if _true(attributes.get("hidden")):
                    self.found.hidden_rows.add(self.row)
            case "col":
                if _true(attributes.get("hidden")):
                    self.hidden_columns.append((int(attributes.get("min", 0)), int(attributes.get("max", 0))))

    def _cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self.column += 1
        else:
            match = _ADDRESS.fullmatch(address)
            if not match:
                raise SheetFault(Finding("FILE_DAMAGED", "error", sheet=self.sheet))
            self.row, self.column = int(match[2]), column_number(match[1].encode())
        place = (self.row, self.column)
        if not (1 <= self.row <= LAST_ROW and self.column <= LAST_COLUMN):
            raise SheetFault(Finding("FILE_DAMAGED", "error", sheet=self.sheet))
        if place in self.places:
            self.repeated = self.repeated or cell_name(*place)
        self.places.add(place)
        self.kind, self.value = attributes.get("t", "n"), ""
        self.formula = self.value_seen = False

    def _text(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" | "t":
                self.in_value = False
            case "c":
                place = (self.row, self.column)
                if self.kind == "e":
                    self.found.flaws[place] = Flawed("CELL_ERROR", self.value)
                # a formula that gives '' keeps an empty value of type str: that is a blank, not an unknown
                elif self.formula and not self.value and not (self.kind == "str" and self.value_seen):
                    self.found.flaws[place] = Flawed("FORMULA_WITHOUT_VALUE", "")


def _true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def area(places: set[tuple[int, int]]) -> int:
    """The cells from A1 to the last row and column used."""
    return max((row for row, _ in places), default=0) * max((column for _, column in places), default=0)


def _extent(rows: set[int], columns: set[int]) -> Extent:
    return Extent(max(rows) * max(columns), max(rows))
