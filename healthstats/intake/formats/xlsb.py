"""Binary workbooks of Excel (.xlsb): records in a zip, read here for what a reader would not tell."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from healthstats.domain.finding import Finding
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.biff import ERRORS
from healthstats.intake.formats.grid import Grid
from healthstats.intake.formats.guard import bomb
from healthstats.intake.formats.package import read_xml, targets
from healthstats.intake.formats.sheetbuilder import NONE, Names, SheetBuilder
from healthstats.intake.formats.sheetscan import SheetFault
from healthstats.intake.formats.xlsbstyles import Record, Styles, read_styles, walk, wide

ROW, _TEXT, _COLUMNS, _SHEET, _MERGED = 0, 19, 60, 156, 176
_RK, _NUMBERS, _BOOLEANS, _ERRORS, _STRINGS, _SHARED = 2, (5, 9), (4, 10), (3, 11), (6, 8), 7
TEXTS = frozenset((*_STRINGS, _SHARED))
_HIDDEN_ROW = 0x10
STYLE = 0xFFFFFF
"""The bits of a cell that give the number of its style."""
STYLES = "xl/styles.bin"
_BOOK, _RELATIONS, _TEXTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/sharedStrings.bin"


def read_xlsb(data: bytes, named: Names = NONE) -> list[Grid]:
    """The worksheets, hidden ones without rows unless they are `named`. A formula is its last result. Raises
    SheetFault, and what zipfile and struct raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refusal := bomb(archive):
            raise SheetFault(refusal)
        names = set(archive.namelist())
        styles = read_styles(_part(archive, STYLES) if STYLES in names else (), _part(archive, _BOOK))
        texts = [wide(body, 1) for kind, body in _part(archive, _TEXTS) if kind == _TEXT] if _TEXTS in names else []
        grids: list[Grid] = []
        sheet: SheetBuilder | None = None
        for name, path, visible in sheets_of(archive):
            sheet = SheetBuilder(name, visible, sheet, named)
            grids.append(_read(sheet, _part(archive, path), texts, styles))
        return grids


def sheets_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, bool]]:
    """(name, member, visible) of each worksheet, in order."""
    names, paths = set(archive.namelist()), targets(read_xml(archive, _RELATIONS))
    seen: set[str] = set()
    for kind, body in _part(archive, _BOOK):
        if kind == _SHEET:
            relation, end = wide(body, 8), 12 + 2 * struct.unpack_from("<I", body, 8)[0]
            path = paths.get(relation, "")
            if path in names and "/worksheets/" in path:
                # a small member read a thousand times fills the memory
                if path in seen:
                    raise SheetFault(Finding("FILE_DAMAGED", "error"))
                seen.add(path)
                yield wide(body, end), path, body[0] == 0


def _part(archive: zipfile.ZipFile, name: str) -> Iterator[Record]:
    return walk(archive.read(name))


def _read(sheet: SheetBuilder, cells: Iterator[Record], texts: list[str], styles: Styles) -> Grid:
    row = 0
    for kind, body in cells if sheet.is_read else ():
        if kind == ROW:
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
            column, style = struct.unpack_from("<II", body)
            sheet.put(row, column + 1, styles.shown(style & STYLE, value) if type(value) is float else value)
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
        return wide(body, 8)
    if kind in _BOOLEANS:
        return body[8] == 1
    return Flawed("CELL_ERROR", ERRORS.get(body[8], "#N/A")) if kind in _ERRORS else ""


def _rk(four: bytes) -> float:
    """Thirty bits: a whole number or the upper part of a float, perhaps a hundred times too large."""
    (bits,) = struct.unpack("<i", four)
    number = bits >> 2 if bits & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", bits & ~3))[0]
    return float(number / 100 if bits & 1 else number)
