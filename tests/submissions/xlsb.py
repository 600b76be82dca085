"""Binary workbooks of Excel (.xlsb), which no library writes: made record by record."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.submissions.bieu9 import MERGES, Sheet

FAR = (1_048_575, 16_383)


def xlsb(sheet: Sheet, hidden: bool = False, hidden_row: int = 0, far: bool = False, cut: int = 0) -> bytes:
    """Whole numbers as RK, floats as the results of formulas, one byte as an error. `far` fills the last cell there
    is, `cut` leaves out the end of the sheet."""
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
    page = _record(129) + extent + _record(145) + b"".join(rows) + _record(146) + _record(130)
    bundle = struct.pack("<II", int(hidden), 1) + _wide("rId1") + _wide(sheet.name)
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    shared = _record(159, struct.pack("<II", len(texts), len(texts)))
    shared += b"".join(_record(19, b"\0" + _wide(text)) for text in texts) + _record(160)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{what}" Target="{target}"/>'
        for number, (what, target) in enumerate(
            (("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin")), start=1
        )
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.bin", page[: len(page) - cut])
        archive.writestr("xl/sharedStrings.bin", shared)
    return file.getvalue()


def _row(row: int, hidden: bool) -> bytes:
    return _record(0, struct.pack("<IIHBB", row, 0, 300, 0, 0x10 * hidden) + bytes(5))


def _cell(column: int, cell: object, texts: list[str]) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(cell, str):
        texts.append(cell)
        return _record(7, head + struct.pack("<I", len(texts) - 1))
    if isinstance(cell, bytes):
        return _record(3, head + cell)
    if isinstance(cell, float):
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
