"""One sheet of a form as an .xlsx workbook: title block, merged header, number row, rows, footer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from healthstats.domain.form import Column

Value = int | float | str | None

_CREATED = datetime(2024, 1, 1)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"number": 5, "facility.name": 36, "facility.code": 10}


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the role of their column; a role that is absent stays empty. Totals and sections are `strong`."""

    cells: Mapping[str, Value]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed above, in and below the table; the header is drawn from the columns' paths."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: tuple[str, ...] = ()


def workbook(sheet: Sheet) -> bytes:
    """The workbook's bytes: the same for the same sheet, on every machine."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        book.set_properties({"created": _CREATED, "title": sheet.heading[0] if sheet.heading else ""})
        styles = _styles(book)
        page = book.add_worksheet(sheet.name)
        for place, text in enumerate(sheet.heading):
            page.write_string(place, 0, text, styles["title"])
        top = len(sheet.heading) + 1
        depth = max(len(column.path) for column in sheet.columns)
        _header(page, sheet.columns, top, styles["header"])
        for number in range(len(sheet.columns)):
            page.write_number(top + depth, number, number + 1, styles["numbers"])
        below = _rows(page, sheet, top + depth + 1, styles)
        for place, text in enumerate(sheet.footer):
            page.write_string(below + 1 + place, 1, text, styles["plain"])
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, _WIDTHS.get(column.role, 11))
        page.freeze_panes(top + depth + 1, 2)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return _uncompressed(buffer.getvalue())


def header_cells(columns: Sequence[Column]) -> Iterator[tuple[int, int, int, int, str]]:
    """The header tree as (first row, first column, last row, last column, label), counted from 0."""
    depth = max(len(column.path) for column in columns)
    for level in range(depth):
        prefixes = [column.path[: level + 1] if len(column.path) > level else None for column in columns]
        for prefix, run in groupby(range(len(columns)), key=prefixes.__getitem__):
            if prefix is None:
                continue
            first, *rest = run
            last = rest[-1] if rest else first
            leaf = len(columns[first].path) == level + 1
            yield level, first, depth - 1 if leaf else level, last, prefix[-1]


def _header(page: Worksheet, columns: Sequence[Column], top: int, style: Format) -> None:
    for first_row, first, last_row, last, label in header_cells(columns):
        if (first_row, first) == (last_row, last):
            page.write_string(top + first_row, first, label, style)
        else:
            page.merge_range(top + first_row, first, top + last_row, last, label, style)


def _rows(page: Worksheet, sheet: Sheet, top: int, styles: Mapping[str, Format]) -> int:
    """Writes the rows and returns the place below them."""
    for place, row in enumerate(sheet.rows, start=top):
        for column, role in enumerate(c.role for c in sheet.columns):
            words = role in ("number", "facility.code", "facility.name")
            style = styles[("strong " if row.strong else "") + ("text" if words else "figure")]
            _cell(page, place, column, row.cells.get(role), style)
    return top + len(sheet.rows)


def _cell(page: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, style)
    elif value.startswith("#"):
        page.write_formula(row, column, f"={value}", style, value)
    else:
        page.write_string(row, column, value, style)


def _styles(book: Workbook) -> dict[str, Format]:
    box = {"border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True}),
        "plain": book.add_format(),
        "header": book.add_format({"bold": True, "text_wrap": True, "align": "center", **box}),
        "numbers": book.add_format({"italic": True, "align": "center", **box}),
        "text": book.add_format({**box}),
        "figure": book.add_format({"num_format": "#,##0.###", **box}),
        "strong text": book.add_format({"bold": True, **box}),
        "strong figure": book.add_format({"bold": True, "num_format": "#,##0", **box}),
    }


def _uncompressed(data: bytes) -> bytes:
    """Deflate gives other bytes from other builds of zlib: only stored members are the same on every machine."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w", ZIP_STORED) as target:
        for name in source.namelist():
            member = ZipInfo(name, _ZIP_EPOCH)
            member.create_system = 3
            target.writestr(member, source.read(name))
    return buffer.getvalue()
