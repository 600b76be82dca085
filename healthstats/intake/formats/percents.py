"""Cells that a workbook shows as percents: the number beneath `95%` is 0.95, and nobody who reads the sheet knows."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from healthstats.intake.formats import ole
from healthstats.intake.formats.biff import FORMULA, MULRK, book_of, records, worksheets
from healthstats.intake.formats.cellfonts import Place, place_of
from healthstats.intake.formats.grid import Grid, Row
from healthstats.intake.formats.guard import BROKEN
from healthstats.intake.formats.ods import Percentage
from healthstats.intake.formats.package import elements, read_xml, sheet_entries, targets
from healthstats.intake.formats.sheetbuilder import walk_xml
from healthstats.intake.formats.sheetscan import SheetFault
from healthstats.intake.formats.xlsb import ROW, STYLE, STYLES, sheets_of
from healthstats.intake.formats.xlsbstyles import PERCENTS, is_percent, read_styles, walk

Percents = Mapping[str, Collection[Place]]
"""Sheet → (row, column), 1-based."""
_FORMAT, _XF = 0x41E, 0xE0
_SINGLE = frozenset((FORMULA, 0x203, 0x27E))
"""Of an .xls: formulas and numbers, one a record."""
_BINARY = frozenset((2, 5, 9))
"""Of an .xlsb: numbers, and formulas that gave one."""


def as_shown(grids: Iterable[Grid], kind: str, data: bytes) -> list[Grid]:
    """The sheets with the texts that a person reads in cells of percents: 0.95 → `95%`. Of a web page these are texts
    already; of the XML of Excel 2003 the numbers stay."""
    found = _KNOWN[kind](data) if kind in _KNOWN else {}
    return [
        replace(one, rows=_shown(one.rows, found.get(one.name, ())), texts=())
        if kind == "ods" or found.get(one.name)
        else one
        for one in grids
    ]


def _shown(rows: list[Row], places: Collection[Place]) -> list[Row]:
    return [
        [
            _percent(cell) if isinstance(cell, Percentage) or (row, column) in places else cell
            for column, cell in enumerate(cells, start=1)
        ]
        for row, cells in enumerate(rows, start=1)
    ]


def _percent(cell: object) -> object:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    # the fifteen digits that a spreadsheet keeps: times a hundred, 0.29 would else be 28.999999999999996
    digits = f"{(Decimal(format(cell, '.15g')) * 100).normalize():f}"
    # `1.234` alone is a thousand and more to some
    return f"{digits}0%" if len(digits.partition(".")[2]) == 3 else f"{digits}%"


def _of_xlsx(data: bytes) -> Percents:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _styles_of_xlsx(read_xml(archive, "xl/styles.xml"))
            if not styles:
                return {}
            paths = targets(read_xml(archive, "xl/_rels/workbook.xml.rels"))
            entries = sheet_entries(read_xml(archive, "xl/workbook.xml"))
            return {name: {*_of_xml(read_xml(archive, paths[relation]), styles)} for name, relation, _ in entries}
    except (*BROKEN, SheetFault):
        return {}


def _styles_of_xlsx(xml: bytes) -> frozenset[str]:
    numbers, formats = {*map(str, PERCENTS)}, list[str]()
    path: list[str] = []

    def start(tag: str, said: dict[str, str]) -> None:
        path.append(tag.rpartition(" ")[2])
        if path[1:] == ["numFmts", "numFmt"] and is_percent(said.get("formatCode", "")):
            numbers.add(said.get("numFmtId", ""))
        elif path[1:] == ["cellXfs", "xf"]:
            formats.append(said.get("numFmtId", ""))

    walk_xml(xml, start, lambda _: path.__delitem__(-1), lambda _: None)
    return frozenset(str(style) for style, number in enumerate(formats) if number in numbers)


def _of_xml(xml: bytes, styles: frozenset[str]) -> Iterator[Place]:
    for said in elements(xml, "c"):
        if said.get("s", "0") in styles and (place := place_of(said.get("r", ""))):
            yield place


def _of_xlsb(data: bytes) -> Percents:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            shares = read_styles(walk(archive.read(STYLES)), ()).percents
            return {name: {*_of_binary(archive.read(path), shares)} for name, path, _ in sheets_of(archive)}
    except (*BROKEN, SheetFault, IndexError):
        return {}


def _of_binary(sheet: bytes, percents: list[bool]) -> Iterator[Place]:
    row = 0
    for kind, body in walk(sheet):
        if kind == ROW:
            row = struct.unpack_from("<I", body)[0] + 1
        elif kind in _BINARY:
            column, style = struct.unpack_from("<II", body)
            if (number := style & STYLE) < len(percents) and percents[number]:
                yield row, column + 1


def _of_xls(data: bytes) -> Percents:
    try:
        content = book_of(data)
        styles = _styles_of_xls(content)
        return {name: {*_of_records(content, place, styles)} for name, place, _ in worksheets(content)}
    except (ole.Damaged, struct.error, IndexError, UnicodeDecodeError):
        return {}


def _styles_of_xls(content: bytes) -> frozenset[int]:
    numbers, formats = {*PERCENTS}, list[int]()
    for kind, body in records(content, 0):
        # every letter that counts here is of ASCII, one byte of it or two
        if kind == _FORMAT and is_percent(body[3:].replace(b"\0", b"").decode("latin-1")):
            numbers.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body, 2)[0])
    return frozenset(style for style, number in enumerate(formats) if number in numbers)


def _of_records(content: bytes, place: int, styles: frozenset[int]) -> Iterator[Place]:
    for kind, body in records(content, place):
        if kind in _SINGLE or kind == MULRK:
            row, first = struct.unpack_from("<HH", body)
            places = range(4, len(body) - 2, 6) if kind == MULRK else (4,)
            for column, at in enumerate(places, start=first + 1):
                if struct.unpack_from("<H", body, at)[0] in styles:
                    yield row + 1, column


_KNOWN: dict[str, Callable[[bytes], Percents]] = {"xlsx": _of_xlsx, "xlsb": _of_xlsb, "xls": _of_xls}
