"""Biểu 9 as web page, as XML of Excel 2003, as OpenDocument: the same sheet in other bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from html import escape

from tests.submissions.bieu9 import MERGES, Sheet

Spans = dict[tuple[int, int], tuple[int, int]]
"""(row, column), 0-based → how many rows and columns the cell takes."""


def spans(sheet: Sheet) -> Spans:
    by = len(sheet.title)
    return {(t + by, left): (b - t + 1, r - left + 1) for t, left, b, r in MERGES} if sheet.merged else {}


def covered(sheet: Sheet) -> set[tuple[int, int]]:
    return {
        (row + down, column + across)
        for (row, column), (high, wide) in spans(sheet).items()
        for down in range(high)
        for across in range(wide)
        if down or across
    }


def html(sheet: Sheet, outside: bool = True, cell: str = "<td{spans}>{text}</td>") -> bytes:
    """A page as reporting systems export it; with `outside` the title stands above the table, in paragraphs."""
    title, rows = len(sheet.title), sheet.cells()
    hidden = covered(sheet)
    lines = [f"<p align=center><b>{escape(text)}</b></p>" for text in sheet.title] if outside else []
    lines.append("<table border=1>")
    for row, cells in list(enumerate(rows))[title if outside else 0 :]:
        tds = []
        for column, text in enumerate(cells):
            if (row, column) not in hidden:
                high, wide = spans(sheet).get((row, column), (1, 1))
                said = f" rowspan={high}" * (high > 1) + f" colspan={wide}" * (wide > 1)
                tds.append(cell.format(spans=said, text=escape(str(text)) or "&nbsp;"))
        lines.append(f"<tr>{''.join(tds)}</tr>")
    page = "\n".join(lines)
    head = '<html><head><meta charset="utf-8"><style>td { color: red }</style></head>'
    return f"{head}<body>{page}</table></body></html>".encode()


def spreadsheetml(*sheets: Sheet, cells: str = "", visible: str = "") -> bytes:
    """`cells` goes in before the last row, `visible` (`SheetHidden`) into the options of the last sheet."""
    pages = []
    for sheet in sheets:
        rows = []
        for row, values in enumerate(sheet.cells()):
            tds = []
            for column, value in enumerate(values):
                if value == "" or (row, column) in covered(sheet):
                    continue
                high, wide = spans(sheet).get((row, column), (1, 1))
                kind = "String" if isinstance(value, str) else "Number"
                said = f' ss:MergeDown="{high - 1}"' * (high > 1) + f' ss:MergeAcross="{wide - 1}"' * (wide > 1)
                data = f'<Data ss:Type="{kind}">{escape(str(value))}</Data>'
                tds.append(f'<Cell ss:Index="{column + 1}"{said}>{data}</Cell>')
            rows.append(f'<Row ss:Index="{row + 1}">{"".join(tds)}</Row>')
        options = f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>{visible}</Visible>'
        table = f"<Table>{''.join(rows)}{cells}</Table>{options + '</WorksheetOptions>' if visible else ''}"
        pages.append(f'<Worksheet ss:Name="{sheet.name}">{table}</Worksheet>')
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?>\n<Workbook xmlns="{space}" xmlns:ss="{space}">'
    return f"{head}{''.join(pages)}</Workbook>".encode()


_ODS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(f'xmlns:{name}="{_ODS}{name}:1.0"' for name in ("office", "table", "text", "style"))


def ods(sheet: Sheet, change: tuple[str, str] = ("", ""), manifest: str = "") -> bytes:
    """`change` replaces a piece of content.xml."""
    rows = []
    for row, values in enumerate(sheet.cells()):
        cells = [_ods_cell(sheet, row, column, value) for column, value in enumerate(values)]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    empty = '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    rows.append(f'<table:table-row table:number-rows-repeated="1048000">{empty}')
    table = f'<table:table table:name="{sheet.name}" table:style-name="t">{"".join(rows)}</table:table>'
    style = '<style:style style:name="t"><style:table-properties table:display="true"/></style:style>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}><office:automatic-styles>{style}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    assert change[0] in content
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content.replace(*change) if change[0] else content)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return file.getvalue()


def rezipped(book: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one member of its zip changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return file.getvalue()


def _ods_cell(sheet: Sheet, row: int, column: int, value: object) -> str:
    if (row, column) in covered(sheet):
        return "<table:covered-table-cell/>"
    high, wide = spans(sheet).get((row, column), (1, 1))
    said = f' table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"' * (high * wide > 1)
    text = f"{said}><text:p>{escape(str(value))}</text:p></table:table-cell>"
    if value == "":
        return f"<table:table-cell{said}/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"{text}'
    return f'<table:table-cell office:value-type="float" office:value="{value}"{text}'
