"""The sender's own workbook with each finding at its cell. openpyxl serves here and only here."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from healthstats.domain.mark import Mark, SheetCopy
from healthstats.render.book import sheet_name
from healthstats.render.figures import clean
from healthstats.render.results import Result, put_back
from healthstats.render.sheet import FONT, LINE, lines_of
from healthstats.words import LANGUAGES, Lang, say

AUTHOR = "healthstats"
FILLS = {"error": "FFF4B6AE", "warning": "FFFBE3A1"}
WIDTHS = (24, 18, 26, 70, 24, 24)
LEAST, WIDEST = 9, 28
LONGEST = 32_000
"""Letters that a cell or a comment holds."""
BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError)
"""What openpyxl raises over a workbook that other readers take."""


class UnwritableWorkbook(Exception):
    """The workbook cannot be written anew; its cells can still be copied."""


def mark_book(data: bytes, marks: Sequence[Mark], notes: Sequence[str], lang: Lang) -> bytes:
    """An xlsx that the guard has let pass, with its marks and a first sheet that lists them under `notes`. Raises
    UnwritableWorkbook."""
    try:
        with warnings.catch_warnings():
            # what it leaves out is told to the person from the parts of the file, in their own words
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(BytesIO(data), rich_text=True)
            _unmark(book)
            sheets = {sheet.title: sheet for sheet in book.worksheets}
            if missing := {mark.sheet for mark in marks if mark.sheet} - sheets.keys():
                raise UnwritableWorkbook(", ".join(sorted(missing)))
            # as a spreadsheet's template it would open as another file
            book.template = False
            saved = _written(book, sheets, marks, notes, lang)
            return put_back(saved, _results(data, book)) if _calculates(book) else saved
    except BROKEN as fault:
        raise UnwritableWorkbook(str(fault)) from fault


def mark_copy(copies: Iterable[SheetCopy], marks: Sequence[Mark], notes: Sequence[str], lang: Lang) -> bytes:
    """The same for a file that is no xlsx: its cells in a new workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {copy.name: _copied(book, copy) for copy in copies}
    if len(sheets) == 1:
        # a CSV has no sheet's name
        sheets[""] = next(iter(sheets.values()))
    return _written(book, sheets, marks, notes, lang)


def _calculates(book: Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def _results(data: bytes, book: Workbook) -> dict[str, dict[str, Result]]:
    """What each formula last gave, by the parts into which the book was saved."""
    before = load_workbook(BytesIO(data), data_only=True)
    return {
        f"xl/worksheets/sheet{number}.xml": {
            cell.coordinate: result
            for row in (before[sheet.title].iter_rows() if sheet.title in before.sheetnames else ())
            for cell in row
            if (result := _result(cell, before.epoch))
        }
        for number, sheet in enumerate(book.worksheets, start=1)
    }


def _result(cell: Cell, epoch: datetime) -> Result | None:
    value = cell.value
    if value is None:
        return None
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, str):
        return ("e" if cell.data_type == "e" else "str"), value
    return "n", str(value if isinstance(value, int | float) else to_excel(value, epoch))


def _copied(book: Workbook, copy: SheetCopy) -> Worksheet:
    sheet = book.create_sheet(sheet_name(copy.name))
    for row, cells in enumerate(copy.rows, start=1):
        for column, value in enumerate(cells, start=1):
            if value != "":
                _put(cell := sheet.cell(row, column), value)
                cell.font = Font(name=FONT)
    for top, left, bottom, right in copy.merged:
        area = [cell for line in sheet.iter_rows(top, bottom, left, right) for cell in line]
        # what stands under a merged cell would be gone
        if all(cell.value is None for cell in area[1:]):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    _make_room(sheet, {(top, left) for top, left, _, _ in copy.merged})
    return sheet


def _make_room(sheet: Worksheet, merged: Collection[tuple[int, int]]) -> None:
    """Widths and heights for what stands in the cells; a title alone in its row runs on over the empty ones."""
    rows = [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    tables = [row for row in rows if len(row) > 1]
    widths: dict[int, int] = {}
    for cell in (cell for row in tables for cell in row if (cell.row, cell.column) not in merged):
        widths[cell.column] = max(widths.get(cell.column, LEAST), min(len(str(cell.value)) + 2, WIDEST))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in tables:
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        own = [cell for cell in row if (cell.row, cell.column) not in merged]
        _set_height(sheet, row[0].row, [(str(cell.value), widths[cell.column]) for cell in own])


def _set_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, int]]) -> None:
    """No program makes room by itself for words that it wraps."""
    lines = max((lines_of(text, width * 1.1) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = LINE * lines if lines > 1 else None


def _put(cell: Cell, value: object) -> None:
    """Words are words, whatever they begin with: what a sender wrote must not become a formula."""
    if isinstance(value, str):
        cell.value = clean(value)[:LONGEST]
        cell.data_type = "s"
    else:
        cell.value = value


def _written(
    book: Workbook, sheets: Mapping[str, Worksheet], marks: Sequence[Mark], notes: Sequence[str], lang: Lang
) -> bytes:
    for (name, address), found in _by_cell(marks).items():
        if name in sheets and address:
            _mark(_upper_left(sheets[name], address), found, lang)
    listed = book.create_sheet(say("sheet.marks", lang), 0)
    _list(listed, sheets, marks, notes, lang)
    for sheet in book.worksheets:
        # two sheets selected at once: what is typed into one goes into both
        sheet.sheet_view.tabSelected = sheet is listed
    book.active = 0
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _by_cell(marks: Iterable[Mark]) -> dict[tuple[str, str], list[Mark]]:
    found: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        found.setdefault((mark.sheet, mark.cell), []).append(mark)
    return found


def _upper_left(sheet: Worksheet, address: str) -> Cell:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        around = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(around.min_row, around.min_col)
    return cell


def _mark(cell: Cell, found: Sequence[Mark], lang: Lang) -> None:
    worst = "error" if any(mark.severity == "error" for mark in found) else "warning"
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    said = "\n\n".join(_said(mark, lang) for mark in found)
    text = f"{said}\n\n{cell.comment.text}" if cell.comment else said
    cell.comment = Comment(text[:LONGEST], AUTHOR, height=24 + 17 * (len(text) // 42 + text.count("\n") + 1), width=320)


def _said(mark: Mark, lang: Lang) -> str:
    suggested = [say("mark.suggestion", lang, text=clean(mark.suggestion))] if mark.suggestion else []
    return "\n".join((mark.code, clean(mark.told), *suggested))


def _unmark(book: Workbook) -> None:
    """A workbook that was marked before: what has been corrected since must not stay red."""
    before = [name for name in book.sheetnames if name in {say("sheet.marks", lang) for lang in LANGUAGES}]
    for name in before:
        book.remove(book[name])
    for sheet in book.worksheets if before else ():
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR and cell.fill.fgColor.rgb in FILLS.values():
                    cell.comment, cell.fill = None, PatternFill()


def _list(
    sheet: Worksheet, sheets: Mapping[str, Worksheet], marks: Sequence[Mark], notes: Sequence[str], lang: Lang
) -> None:
    for row, note in enumerate(notes, start=1):
        _put(sheet.cell(row, 1), note)
        sheet.cell(row, 1).font = Font(name=FONT)
    sheet.cell(1, 1).font = Font(name=FONT, bold=True, size=14)
    top = len(notes) + 2
    heads = ("cell", "severity", "finding_code", "finding", "received", "suggested")
    for column, (head, width) in enumerate(zip(heads, WIDTHS, strict=True), start=1):
        cell = sheet.cell(top, column, say(f"mark.{head}", lang))
        cell.font, cell.alignment = Font(name=FONT, bold=True), Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, mark in enumerate(marks, start=top + 1):
        place = " › ".join(filter(None, (mark.sheet, mark.cell)))
        words = (place, say(f"severity.{mark.severity}", lang), mark.code, mark.told, mark.text, mark.suggestion)
        for column, word in enumerate(words, start=1):
            _put(cell := sheet.cell(row, column), word)
            cell.font, cell.alignment = Font(name=FONT), Alignment(vertical="top", wrap_text=True)
        _set_height(sheet, row, zip(words, WIDTHS, strict=True))
        if mark.sheet in sheets:
            _link(sheet.cell(row, 1), sheets[mark.sheet].title, mark.cell or "A1")
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[mark.severity])
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.sheet_view.showGridLines = False


def _link(cell: Cell, title: str, address: str) -> None:
    quoted = title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{address}")
    cell.font = Font(name=FONT, color="FF1F3F7A", underline="single")
