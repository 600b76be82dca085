"""What a reader would not tell of an .xls: errors, formulas without a value, what is hidden, how far it reaches."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats import ole
from healthstats.intake.formats.guard import Guard, SheetScan
from healthstats.intake.formats.sheetscan import (
    MOST_CELLS,
    MOST_IN_BOOK,
    SheetFault,
    area,
    refuse_merged,
    refuse_sheets,
)

BOUNDSHEET, BOF, EOF, RECALCULATED, CODEPAGE = 0x85, 0x809, 0x0A, 0x1C1, 0x42
FORMULA, STRING, BOOLERR, ROW, COLINFO, MULRK = 0x06, 0x207, 0x205, 0x208, 0x7D, 0xBD
DIMENSIONS, TEXTS, MERGED = 0x200, 0xFC, 0xE5
_COLUMNS = 256
_WHOLE_SHEET = 65_536 * _COLUMNS
_CELLS = {FORMULA, BOOLERR, 0xFD, 0x203, 0x27E, 0x204, 0xD6}
_BETWEEN = {0x4BC, 0x221, 0x3C}
"""What may stand between a formula and the text it gave: shared formulas, arrays, continuations."""
_TEXT, _ERROR, _BLANK = 0, 2, 3
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ANSI = {number: f"cp{number}" for number in (874, *range(1250, 1259))} | {0x8000: "mac_roman"}
"""The codes of BIFF5; of any other number it is Windows-1252."""
Record = tuple[int, bytes]


def scan_xls(data: bytes) -> Guard:
    """Walks the records of each sheet. Raises nothing: what cannot be walked is FILE_DAMAGED."""
    try:
        content = book_of(data)
        # Excel says with which version it calculated; other writers leave '' for a formula that nobody calculated
        blank_is_told = any(kind == RECALCULATED for kind, _ in records(content, 0))
        sheets: dict[str, SheetScan] = {}
        left, merged = MOST_IN_BOOK, 0
        for name, place, hidden in worksheets(content):
            scan, size, ranges = _sheet(name, content, place, blank_is_told)
            merged += ranges
            refuse_merged(name, merged)
            sheets[name] = replace(scan, hidden=hidden)
            left -= 0 if hidden else size
            if size > MOST_CELLS or left < 0:
                raise SheetFault(Finding("SHEET_TOO_LARGE", "error", name, params={"cells": size}))
    except SheetFault as fault:
        return Guard(fault.finding)
    except (ole.Damaged, struct.error, IndexError, UnicodeDecodeError):
        return Guard(Finding("FILE_DAMAGED", "error"))
    return Guard(sheets=sheets)


def book_of(data: bytes) -> bytes:
    """The records of the workbook in an .xls. Raises ole.Damaged and struct.error."""
    container = ole.Container(data)
    book = ole.book_in(container)
    if book is None:
        raise ole.Damaged
    return container.content(book)


def records(content: bytes, place: int) -> Iterator[Record]:
    """From a BOF to its EOF, leaving out what is nested, such as charts."""
    depth = 0
    while place + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, place)
        depth += (kind == BOF) - (kind == EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, content[place + 4 : place + 4 + size]
        place += 4 + size
    raise ole.Damaged


def worksheets(content: bytes) -> list[tuple[str, int, bool]]:
    """(name, place of its BOF, hidden) of each worksheet."""
    found, is_biff8, code = [], True, "cp1252"
    sheets = 0
    for kind, body in records(content, 0):
        if kind == BOF:
            is_biff8 = struct.unpack_from("<H", body)[0] >= 0x600
        elif kind == CODEPAGE:
            code = _ANSI.get(struct.unpack_from("<H", body)[0], code)
        elif kind == TEXTS and struct.unpack_from("<I", body, 4)[0] > len(content):
            # the reader sets memory aside for as many as are stated, and dies of it
            raise ole.Damaged
        elif kind == BOUNDSHEET:
            sheets += 1
            place, state, sort, length = struct.unpack_from("<IBBB", body)
            if sort == 0:
                name = _name(body[7:], length) if is_biff8 else body[7 : 7 + length].decode(code, "replace")
                found.append((name, place, state != 0))
    # charts too: the reader opens them all
    refuse_sheets(sheets)
    # a small sheet read a thousand times fills the memory
    if len({place for _, place, _ in found}) < len(found):
        raise ole.Damaged
    return found


def _name(body: bytes, length: int) -> str:
    return body[1 : 1 + 2 * length].decode("utf-16-le") if body[0] & 1 else body[1 : 1 + length].decode("latin-1")


def _sheet(name: str, content: bytes, place: int, blank_is_told: bool) -> tuple[SheetScan, int, int]:
    """What is to be told of a sheet, how many cells a reader would lay out, and how many ranges are merged."""
    flaws: dict[tuple[int, int], Flawed] = {}
    cells: set[tuple[int, int]] = set()
    rows, columns = set[int](), list[tuple[int, int]]()
    merged = 0
    waiting: tuple[int, int] | None = None
    for kind, body in records(content, place):
        if waiting and kind not in _BETWEEN:
            if kind != STRING:
                flaws[waiting] = Flawed("FORMULA_WITHOUT_VALUE", "")
            waiting = None
        if kind in _CELLS or kind == MULRK:
            for cell in _places(kind, body):
                if cell in cells:
                    address = cell_name(*cell)
                    raise SheetFault(Finding("CELL_TWICE", "error", name, address, params={"cell": address}))
                cells.add(cell)
                if error := _error(kind, body):
                    flaws[cell] = Flawed("CELL_ERROR", error)
                elif kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == _TEXT:
                    waiting = cell
                elif kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == _BLANK and not blank_is_told:
                    flaws[cell] = Flawed("FORMULA_WITHOUT_VALUE", "")
        elif kind == ROW and body[12] & 0x20:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == COLINFO and body[8] & 1:
            columns.append(struct.unpack_from("<HH", body))
        elif kind == MERGED:
            merged += struct.unpack_from("<H", body)[0]
        elif kind == DIMENSIONS and not _possible(body):
            raise ole.Damaged
    used = {column for _, column in cells}
    if max(used, default=0) > _COLUMNS:
        raise ole.Damaged
    hidden_columns = {column for column in used for first, last in columns if first < column <= last + 1}
    scan = SheetScan(flaws, frozenset(rows & {row for row, _ in cells}), frozenset(hidden_columns))
    return scan, area(cells), merged


def _possible(body: bytes) -> bool:
    """Whether a sheet can be as large as stated: the reader sets memory aside for it, and dies of one that ends before
    it begins."""
    top, bottom, left, right = struct.unpack_from("<4H" if len(body) == 10 else "<IIHH", body)
    high, wide = bottom - top, right - left
    return not (bottom and right) or (high >= 0 and wide >= 0 and high * wide <= _WHOLE_SHEET)


def _places(kind: int, body: bytes) -> list[tuple[int, int]]:
    row, first = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == MULRK else first
    return [(row + 1, column + 1) for column in range(first, last + 1)]


def _error(kind: int, body: bytes) -> str:
    """The error that a cell shows, or ''."""
    if kind == BOOLERR and body[7]:
        return ERRORS.get(body[6], "#N/A")
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == _ERROR:
        return ERRORS.get(body[8], "#N/A")
    return ""
