"""A received file as sheets of plain cells, to be written into a workbook: only what the guard has let pass."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from healthstats.domain.finding import Finding
from healthstats.domain.mark import CSV_SHEET, SheetCopy
from healthstats.intake.csvfiles.longheader import DELIMITERS
from healthstats.intake.csvfiles.records import BrokenCsv, first_record, numbered_records
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.books import open_book
from healthstats.intake.formats.grid import Grid
from healthstats.intake.formats.percents import as_shown
from healthstats.intake.letters.text import UnreadableText, decode

MOST_BYTES = 16 << 20
"""Of a workbook's parts unpacked, or of a CSV: an object for each cell takes sixteen times as much memory."""
WORKING = ("xl/vbaproject.bin", "xl/activex/", "xl/ctrlprops/")
"""Parts without which the sender's workbook would not work any more."""
LOST = {
    "picture": ("xl/media/",),
    "chart": ("xl/charts/", "xl/chartsheets/"),
    "embedded": ("xl/embeddings/",),
    "slicer": ("xl/slicers/", "xl/timelines/"),
    "connection": ("xl/connections.xml", "xl/querytables/", "xl/model/"),
    "thread": ("xl/threadedcomments/",),
    "signature": ("_xmlsignatures/",),
}
_DRAWINGS = "xl/drawings/drawing"
_SHAPES = (b"<xdr:sp>", b"<xdr:sp ", b"<xdr:cxnSp", b"<xdr:grpSp")


def sheets_of(kind: str, data: bytes) -> list[SheetCopy] | Finding:
    """The visible sheets of a workbook or CSV as the reader sees them; the Finding says why there are none."""
    if kind == "csv":
        return _sheet_of_text(data)
    book = open_book(kind, data)
    if isinstance(book, Finding):
        return book
    # the copy has no formats: sent back, 0.95 would no longer be 95%
    shown = as_shown(book.grids, kind, data)
    return [SheetCopy(grid.name, _cells(grid), grid.merged) for grid in shown if grid.visible]


def unkept(data: bytes) -> tuple[bool, tuple[str, ...]]:
    """Of an xlsx that the guard let pass: whether a part is there without which it would not work, and what else would
    be lost by writing it anew (keys of LOST, `shape`, `extension`)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        lost = [what for what, parts in LOST.items() if any(name.startswith(parts) for name in names)]
        drawings = (archive.read(whole) for name, whole in names.items() if name.startswith(_DRAWINGS))
        if any(shape in drawing for drawing in drawings for shape in _SHAPES):
            lost.append("shape")
        sheets = (archive.read(whole) for name, whole in names.items() if name.startswith("xl/worksheets/sheet"))
        if any(b"<extLst" in sheet for sheet in sheets):
            lost.append("extension")
    return any(name.startswith(WORKING) for name in names), tuple(lost)


def too_large(data: bytes) -> bool:
    """Whether a cell-by-cell copy would take more memory than a laptop has."""
    if not data.startswith(b"PK"):
        return len(data) > MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(member.file_size for member in archive.infolist()) > MOST_BYTES


def _cells(grid: Grid) -> list[list[object]]:
    """A formula's error is written as its name, one that nobody has calculated as `=`: a blank would be another
    statement."""
    return [[(cell.text or "=") if isinstance(cell, Flawed) else cell for cell in row] for row in grid.rows]


def _sheet_of_text(data: bytes) -> list[SheetCopy] | Finding:
    try:
        text, _ = decode(data)
        delimiter = max(DELIMITERS, key=lambda one: len(first_record(text, one)))
        return [SheetCopy(CSV_SHEET, _by_line(numbered_records(text, delimiter)))]
    except UnreadableText as fault:
        return Finding("UNREADABLE_TEXT", "error", params={"offset": fault.offset})
    except BrokenCsv as broken:
        return Finding(broken.code, "error", params={"line": broken.line})


def _by_line(records: Iterable[tuple[int, list[str]]]) -> list[list[object]]:
    """A record stands in the row of the line that it begins on: so its findings name it."""
    rows: list[list[object]] = []
    for line, fields in records:
        rows += [[] for _ in range(line - 1 - len(rows))]
        rows.append([*fields])
    return rows
