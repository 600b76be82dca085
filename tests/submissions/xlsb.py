"""Binary workbooks of Excel (.xlsb), which no library writes: made record by record."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

from tests.submissions.bieu9 import MERGES, Sheet

FAR = (1_048_575, 16_383)


class Share(float):
    """A number that is shown as percents."""


def xlsb(sheet: Sheet, *, hidden: bool = False, font: str = "", epoch_1904: bool = False, **more: int) -> bytes:
    """Whole numbers as RK, floats as the results of formulas, days as numbers shown as `mm/yyyy`, one byte as an error.
    Texts are drawn in `font`; `more` may have `hidden_row`, `hidden_column`, `far`, which fills the last cell there is,
    and `cut`, how much of the sheet's end is left out."""
    hidden_row, far, cut = more.get("hidden_row", 0), more.get("far", 0), more.get("cut", 0)
    texts: list[str] = []
    rows = []
    for row, cells in enumerate(sheet.cells()):
        rows.append(_row(row, hidden_row == row + 1))
        rows += [_cell(column, cell, texts) for column, cell in enumerate(cells) if cell != ""]
    rows += [_row(FAR[0], False), _cell(FAR[1], 1, texts)] if far else []
    by = len(sheet.title)
    for top, left, bottom, right in MERGES if sheet.merged else ():
        rows.append(_record(176, struct.pack("<4I", top + by, bottom + by, left, right)))
    extent = _record(148, struct.pack("<4I", 0, FAR[0] if far else len(sheet.cells()) - 1, 0, FAR[1] if far else 22))
    column = more.get("hidden_column", 0) - 1
    columns = _record(60, struct.pack("<IIIIH", column, column, 2000, 0, 1)) if column >= 0 else b""
    columns = _record(390) + columns + _record(391) if columns else b""
    page = _record(129) + extent + columns + _record(145) + b"".join(rows) + _record(146) + _record(130)
    bundle = struct.pack("<II", int(hidden), 1) + _wide("rId1") + _wide(sheet.name)
    kept = _record(153, struct.pack("<III", epoch_1904, 0, 0) + _wide(""))
    book = _record(131) + kept + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    shared = _record(159, struct.pack("<II", len(texts), len(texts)))
    shared += b"".join(_record(19, b"\0" + _wide(text)) for text in texts) + _record(160)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{what}" Target="{target}"/>'
        for number, (what, target) in enumerate(
            (("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")),
            start=1,
        )
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.bin", page[: len(page) - cut])
        archive.writestr("xl/sharedStrings.bin", shared)
        archive.writestr("xl/styles.bin", _styles(font))
    return file.getvalue()


def _styles(font: str) -> bytes:
    """Four styles of cells: usual, `mm/yyyy`, texts, `0%`; before them one that is no cell's."""
    formats = _record(615, struct.pack("<I", 1)) + _record(44, struct.pack("<H", 164) + _wide("mm/yyyy")) + _record(616)
    drawn = [_record(43, bytes(21) + _wide(name)) for name in ("Arial", font or "Arial")]
    styles = [_record(47, struct.pack("<HHH10x", 0, *one)) for one in ((0, 0), (164, 0), (0, 1), (9, 0))]
    fonts = _record(611, struct.pack("<I", 2)) + b"".join(drawn) + _record(612)
    named = _record(626, struct.pack("<I", 1)) + _record(47, struct.pack("<HHH10x", 0xFFFF, 14, 1)) + _record(627)
    cells = _record(617, struct.pack("<I", 4)) + b"".join(styles) + _record(618)
    return _record(278) + formats + fonts + named + cells + _record(279)


def _row(row: int, hidden: bool) -> bytes:
    return _record(0, struct.pack("<IIHBB", row, 0, 300, 0, 0x10 * hidden) + bytes(5))


def _cell(column: int, cell: object, texts: list[str]) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(cell, str):
        texts.append(cell)
        return _record(7, struct.pack("<II", column, 2) + struct.pack("<I", len(texts) - 1))
    if isinstance(cell, date):
        days = (cell - date(1899, 12, 30)).days
        return _record(5, struct.pack("<IId", column, 1 | 0xFF << 24, days))
    if isinstance(cell, bytes):
        return _record(3, head + cell)
    if isinstance(cell, float):
        head = struct.pack("<II", column, 3 * isinstance(cell, Share))
        return _record(9, head + struct.pack("<d", cell) + bytes(2) + struct.pack("<II", 0, 0))
    assert isinstance(cell, int)
    return _record(2, head + struct.pack("<i", cell << 2 | 2))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, body: bytes = b"") -> bytes:
    return _number(kind) + _number(len(body)) + body


def _number(number: int) -> bytes:
    low = number & 0x7F
    return bytes([low]) if number < 0x80 else bytes([low | 0x80]) + _number(number >> 7)
