"""Workbooks of Excel 5 and 95 (BIFF5), which no library writes any more: made byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from tests.submissions.packing import compound

FONTS = ("Arial", ".VnTime", "VNI-Times", ".VnTimeH")


def biff5(
    cells: Sequence[Sequence[object]],
    name: bytes = b"Bieu 9",
    codepage: int = 1252,
    fonts: str | Sequence[Sequence[str]] = "Arial",
) -> bytes:
    """A workbook of one sheet. Texts are bytes, in any code; `fonts` are those of all cells, or of each; a list is a
    formula with its result, or without."""
    rows = b"".join(
        _cell(row, column, cell, _format(fonts, row, column))
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if cell not in ("", b"")
    )
    extent = _record(0x200, struct.pack("<5H", 0, len(cells), 0, max(map(len, cells)), 0))
    sheet = _record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0)) + extent + rows + _record(0x0A)
    book = _record(0x809, struct.pack("<4H", 0x500, 5, 0, 0)) + _record(0x42, struct.pack("<H", codepage))
    # the fifth font is called 5: four come before it
    for font in (*FONTS, FONTS[0]):
        book += _record(0x31, bytes(14) + bytes([len(font)]) + font.encode())
    for number in range(len(FONTS)):
        book += _record(0xE0, struct.pack("<H", number) + bytes(14))
    place = len(book) + 4 + 7 + len(name) + 4
    book += _record(0x85, struct.pack("<IBBB", place, 0, 0, len(name)) + name) + _record(0x0A)
    # a stream of less than 4,096 bytes lies elsewhere in the container
    return compound({"Book": (book + sheet).ljust(4096, b"\0")})


def _format(fonts: str | Sequence[Sequence[str]], row: int, column: int) -> int:
    return FONTS.index(fonts if isinstance(fonts, str) else fonts[row][column])


def _cell(row: int, column: int, cell: object, style: int) -> bytes:
    head = struct.pack("<3H", row, column, style)
    if isinstance(cell, bytes):
        return _record(0x204, head + struct.pack("<H", len(cell)) + cell)
    if isinstance(cell, list):
        result = struct.pack("<d", cell[0]) if cell else b"\0\0\0\0\0\0\xff\xff"
        return _record(0x06, head + result + bytes(6) + struct.pack("<H", 3) + b"\x1e\1\0")
    assert isinstance(cell, int)
    return _record(0x203, head + struct.pack("<d", cell))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
