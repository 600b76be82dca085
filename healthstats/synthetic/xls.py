"""Sheets as a real .xls, as Excel 97 to 2003 wrote them: BIFF8 records in an OLE container. [MS-XLS]"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from healthstats.synthetic.ole import compound
from healthstats.synthetic.workbook import Formula, Line, Sheet, Style, Value, lines, merged, width

_BOF, _EOF, _CODEPAGE, _WINDOW1, _FONT, _XF, _STYLE, _BOUNDSHEET = 0x809, 0x0A, 0x42, 0x3D, 0x31, 0xE0, 0x293, 0x85
_COLINFO, _DIMENSIONS, _ROW, _NUMBER, _LABEL, _BLANK, _BOOLERR = 0x7D, 0x200, 0x208, 0x203, 0x204, 0x201, 0x205
_WINDOW2, _MERGED, _SETUP, _WSBOOL = 0x23E, 0xE5, 0xA1, 0x81
_GLOBALS, _WORKSHEET = 5, 0x10
_HIDDEN, _OWN_HEIGHT = 0x20, 0x40
_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
_REGULAR, _STRONG, _ITALIC = 0, 1, 2
_GENERAL, _THOUSANDS = 0, 3
_CENTRED, _WRAPPED, _RIGHT = 0x12, 0x1A, 0x13
_STYLES: dict[Style, tuple[int, int, int, bool]] = {
    "plain": (_REGULAR, _GENERAL, 0, False),
    "title": (_STRONG, _GENERAL, 0, False),
    "header": (_STRONG, _GENERAL, _WRAPPED, True),
    "numbers": (_ITALIC, _GENERAL, _CENTRED, True),
    "text": (_REGULAR, _GENERAL, 0, True),
    "figure": (_REGULAR, _THOUSANDS, _RIGHT, True),
    "strong text": (_STRONG, _GENERAL, 0, True),
    "strong figure": (_STRONG, _THOUSANDS, 0, True),
}
"""Font, number format, alignment, border."""
_STYLE_FORMATS = 15
"""Excel wants these before the first format of a cell."""
_PLACE = {style: _STYLE_FORMATS + number for number, style in enumerate(_STYLES)}


def xls(sheets: Sequence[Sheet]) -> bytes:
    """The workbook's bytes: the same for the same sheets, on every machine."""
    pages = [b"".join(_page(sheet)) for sheet in sheets]
    before = b"".join(_globals())
    size = len(before) + sum(len(_bound(sheet, 0)) for sheet in sheets) + len(_record(_EOF))
    bounds = []
    for sheet, page in zip(sheets, pages, strict=True):
        bounds.append(_bound(sheet, size))
        size += len(page)
    return compound({"Workbook": b"".join((before, *bounds, _record(_EOF), *pages))})


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _globals() -> Iterator[bytes]:
    yield _record(_BOF, struct.pack("<HHHHII", 0x600, _GLOBALS, 0x0DBB, 0x07CC, 0x41, 6))
    yield _record(_CODEPAGE, struct.pack("<H", 1200))
    yield _record(_WINDOW1, struct.pack("<9H", 0, 0, 20_000, 12_000, 0x38, 0, 0, 1, 600))
    # no cell can name the fifth font, whatever it is: Excel counts past it
    for slant, weight in ((0, 400), (0, 700), (2, 400), (0, 400), (0, 400)):
        name = "Times New Roman".encode("utf-16-le")
        yield _record(_FONT, struct.pack("<5H6B", 220, slant, 0x7FFF, weight, 0, 0, 1, 0, 0, 15, 1) + name)
    for _ in range(_STYLE_FORMATS):
        yield _record(_XF, struct.pack("<3H4BIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    for font, numbers, alignment, border in _STYLES.values():
        lines = (0x1111 | 0x40 << 16 | 0x40 << 23, 0x40 | 0x40 << 7) if border else (0, 0)
        yield _record(_XF, struct.pack("<3H4BIIH", font, numbers, 1, alignment, 0, 0, 0xF8, *lines, 0x20C0))
    yield _record(_STYLE, struct.pack("<HBB", 0x8000, 0, 0xFF))


def _bound(sheet: Sheet, place: int) -> bytes:
    return _record(_BOUNDSHEET, struct.pack("<IHBB", place, 0, len(sheet.name), 1) + sheet.name.encode("utf-16-le"))


def _page(sheet: Sheet) -> Iterator[bytes]:
    rows = [*lines(sheet)]
    columns = len(sheet.columns)
    yield _record(_BOF, struct.pack("<HHHHII", 0x600, _WORKSHEET, 0x0DBB, 0x07CC, 0x41, 6))
    # A4, landscape, one page wide
    yield _record(_WSBOOL, struct.pack("<H", 0x5C1))
    yield _record(_SETUP, struct.pack("<8HddH", 9, 100, 1, 1, 0, 0, 600, 600, 0.3, 0.3, 1))
    for number, column in enumerate(sheet.columns):
        yield _record(_COLINFO, struct.pack("<6H", number, number, width(column) * 256, _PLACE["plain"], 0, 0))
    yield _record(_DIMENSIONS, struct.pack("<IIHHH", 0, rows[-1].row + 1, 0, columns, 0))
    for line in rows:
        look = 0x100 | (_HIDDEN if line.hidden else 0) | (_OWN_HEIGHT if line.height else 0)
        yield _record(_ROW, struct.pack("<6HI", line.row, 0, columns, 20 * (line.height or 15), 0, 0, look))
    for line in rows:
        yield from _cells(line)
    yield _record(_WINDOW2, struct.pack("<HHHIHHI", 0x6B6, 0, 0, 0x40, 0, 0, 0))
    spans = [struct.pack("<4H", first_row, last_row, first, last) for first_row, first, last_row, last in merged(sheet)]
    yield _record(_MERGED, struct.pack("<H", len(spans)) + b"".join(spans))
    yield _record(_EOF)


def _cells(line: Line) -> Iterator[bytes]:
    for column, value, style in line.cells:
        kind, content = _content(value)
        yield _record(kind, struct.pack("<3H", line.row, column, _PLACE[style]) + content)


def _content(value: Value) -> tuple[int, bytes]:
    if value is None:
        return _BLANK, b""
    if isinstance(value, Formula):
        # the error alone: what an old workbook keeps of a formula whose sheet is gone
        return _BOOLERR, struct.pack("<BB", _ERRORS[value.shown or "#N/A"], 1)
    if isinstance(value, str):
        return _LABEL, struct.pack("<HB", len(value.encode("utf-16-le")) // 2, 1) + value.encode("utf-16-le")
    return _NUMBER, struct.pack("<d", value)
