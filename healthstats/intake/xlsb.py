"""Binary workbooks of Excel (.xlsb): records in a zip, read here for what a reader would not tell."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from healthstats.intake.biff import ERRORS
from healthstats.intake.grid import Grid
from healthstats.intake.guard import bomb
from healthstats.intake.numbers import Flawed
from healthstats.intake.package import read_xml, targets
from healthstats.intake.sheetbuilder import NONE, Names, SheetBuilder
from healthstats.intake.sheetscan import SheetFault

_ROW, _TEXT, _COLUMNS, _SHEET, _MERGED = 0, 19, 60, 156, 176
_RK, _NUMBERS, _BOOLEANS, _ERRORS, _STRINGS, _SHARED = 2, (5, 9), (4, 10), (3, 11), (6, 8), 7
_HIDDEN_ROW = 0x10
_BOOK, _RELATIONS, _TEXTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/sharedStrings.bin"


def read_xlsb(data: bytes, named: Names = NONE) -> list[Grid]:
    """The worksheets, hidden ones without rows unless they are `named`. A date is its number, a formula its last
    result. Raises SheetFault, and what zipfile and struct raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refusal := bomb(archive):
            raise SheetFault(refusal)
        names = set(archive.namelist())
        paths = targets(read_xml(archive, _RELATIONS))
        texts = [_text(body, 1) for kind, body in _part(archive, _TEXTS) if kind == _TEXT] if _TEXTS in names else []
        grids: list[Grid] = []
        sheet: SheetBuilder | None = None
        for kind, body in _part(archive, _BOOK):
            if kind == _SHEET:
                relation, end = _text(body, 8), 12 + 2 * struct.unpack_from("<I", body, 8)[0]
                path = paths.get(relation, "")
                if path in names and "/worksheets/" in path:
                    sheet = SheetBuilder(_text(body, end), body[0] == 0, sheet, named)
                    grids.append(_read(sheet, _part(archive, path), texts))
        return grids


def _part(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each record of a member."""
    content = archive.read(name)
    place = 0
    while place < len(content):
        kind, place = _number(content, place, 2)
        size, place = _number(content, place, 4)
        if place + size > len(content):
            raise struct.error(name)
        yield kind, content[place : place + size]
        place += size


def _number(content: bytes, place: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    number = 0
    for shift in range(most):
        byte = content[place + shift]
        number |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            break
    return number, place + shift + 1


def _text(body: bytes, place: int) -> str:
    (length,) = struct.unpack_from("<I", body, place)
    text = body[place + 4 : place + 4 + 2 * length]
    if len(text) < 2 * length:
        raise struct.error("text")
    return text.decode("utf-16-le")


def _read(sheet: SheetBuilder, records: Iterator[tuple[int, bytes]], texts: list[str]) -> Grid:
    row = 0
    for kind, body in records if sheet.is_read else ():
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0] + 1
            if body[11] & _HIDDEN_ROW:
                sheet.hidden_rows.add(row)
        elif kind == _COLUMNS and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            sheet.hidden_columns.append((first + 1, last + 1))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            sheet.merge(top + 1, left + 1, bottom - top, right - left)
        elif (value := _value(kind, body, texts)) != "":
            sheet.put(row, struct.unpack_from("<I", body)[0] + 1, value)
    return sheet.grid()


def _value(kind: int, body: bytes, texts: list[str]) -> object:
    """'' for a record that is no cell; before the value stand eight bytes of column and style."""
    if kind == _RK:
        return _rk(body[8:12])
    if kind in _NUMBERS:
        return float(struct.unpack_from("<d", body, 8)[0])
    if kind == _SHARED:
        return texts[struct.unpack_from("<I", body, 8)[0]]
    if kind in _STRINGS:
        return _text(body, 8)
    if kind in _BOOLEANS:
        return body[8] == 1
    return Flawed("CELL_ERROR", ERRORS.get(body[8], "#N/A")) if kind in _ERRORS else ""


def _rk(four: bytes) -> float:
    """Thirty bits: a whole number or the upper part of a float, perhaps a hundred times too large."""
    (bits,) = struct.unpack("<i", four)
    number = bits >> 2 if bits & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", bits & ~3))[0]
    return float(number / 100 if bits & 1 else number)
