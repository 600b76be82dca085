"""A blank form as a workbook: its header merged as it is printed, and cells that take only what the form takes."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from healthstats.domain.blank import Blank, BlankSheet, Input
from healthstats.domain.form import header_cells
from healthstats.render.book import open_book, sheet_name
from healthstats.render.figures import clean
from healthstats.render.sheet import Pen, sheet_of
from healthstats.words import Lang, say

LANG: Lang = "vi"
"""A statutory form is in Vietnamese, whatever the screen speaks."""
WIDTHS = {"number": 5, "facility.name": 36, "area.name": 26, "item.name": 34, "item": 16}
WIDTH, HEADER, ROW = 10.5, 45, 19
BORDER = {"border": 1, "border_color": "#8C8A84"}
HEAD = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, **BORDER}
FIGURE = {"count": "#,##0", "decimal": "#,##0.####"}
INPUT = "#FFFCEB"


def blank_book(blank: Blank) -> bytes:
    """The same form gives the same bytes on any day and machine."""
    out = BytesIO()
    book = open_book(out, blank.title, LANG)
    pen = Pen(book, LANG, blank.source)
    for sheet in blank.sheets:
        _draw(pen, book.add_worksheet(sheet_name(sheet.name)), blank, sheet)
    book.close()
    return out.getvalue()


def _draw(pen: Pen, page: Worksheet, blank: Blank, sheet: BlankSheet) -> None:
    sheet_of(pen, page, blank.synthetic, wide=len(sheet.columns) > 8)
    last = len(sheet.columns) - 1
    top = pen.banner(page, 0, blank.synthetic, last)
    for place, text in enumerate(sheet.heading, start=top):
        page.write_string(place, 0, clean(text), pen.format(bold=True))
    head = top + len(sheet.heading) + 1
    first = _head(pen, page, sheet, head)
    for place, row in enumerate(sheet.rows, start=first):
        page.set_row(place, ROW)
        for column, (head_of, kind) in enumerate(zip(sheet.columns, sheet.inputs, strict=True)):
            _cell(pen, page, (place, column), row.get(head_of.role), kind)
    if sheet.rows:
        _validate(page, blank, sheet, first)
    for place, text in enumerate(sheet.footer):
        column = 1 if place == 0 else max(2, last - 2)
        page.write_string(first + len(sheet.rows) + 1, min(column, last), text, pen.format(bold=True))
    named = next((at for at, kind in enumerate(sheet.inputs) if kind in FIGURE), 0)
    page.freeze_panes(first, named)
    page.repeat_rows(head, first - 1)


def _head(pen: Pen, page: Worksheet, sheet: BlankSheet, top: int) -> int:
    """Draws the header and the row of column numbers; the first row beneath them."""
    depth = max(len(column.path) for column in sheet.columns)
    for first_row, first, last_row, last, label in header_cells(sheet.columns):
        place = (top + first_row, first, top + last_row, last)
        if place[:2] == place[2:]:
            page.write_string(*place[:2], clean(label), pen.format(**HEAD))
        else:
            page.merge_range(*place, clean(label), pen.format(**HEAD))
    # no program makes room by itself for what stands in merged cells
    page.set_row(top + depth - 1, HEADER)
    for column, one in enumerate(sheet.columns):
        page.set_column(column, column, WIDTHS.get(one.role, WIDTH))
        page.write_number(top + depth, column, column + 1, pen.format(italic=True, align="center", **BORDER))
    return top + depth + 1


def _cell(pen: Pen, page: Worksheet, place: tuple[int, int], value: str | int | None, kind: Input) -> None:
    if isinstance(value, int):
        page.write_number(*place, value, pen.format(align="center", valign="vcenter", **BORDER))
    elif value:
        page.write_string(*place, clean(value), pen.format(valign="vcenter", text_wrap=True, **BORDER))
    elif kind:
        look = {"num_format": FIGURE[kind]} if kind in FIGURE else {"text_wrap": True}
        page.write_blank(*place, None, pen.format(bg_color=INPUT, valign="vcenter", **look, **BORDER))
    else:
        page.write_blank(*place, None, pen.format(**BORDER))


def _validate(page: Worksheet, blank: Blank, sheet: BlankSheet, first: int) -> None:
    """Excel and LibreOffice refuse what is typed and no such number, and say what is wanted."""
    for kind, run in groupby(enumerate(sheet.inputs), key=lambda pair: pair[1]):
        columns = [column for column, _ in run]
        if kind not in FIGURE:
            continue
        wanted = say(f"template.{kind}", LANG)
        rule = {
            "validate": "integer" if kind == "count" else "decimal",
            "criteria": ">=",
            "value": 0,
            "input_title": say("template.input", LANG),
            "input_message": f"{wanted} {say(f'template.{blank.empty}', LANG)}",
            "error_title": say("template.wrong", LANG),
            "error_message": wanted,
        }
        page.data_validation(first, columns[0], first + len(sheet.rows) - 1, columns[-1], rule)
