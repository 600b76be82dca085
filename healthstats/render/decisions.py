"""The list on which a person decides, as a workbook: a choice in a list, the keys out of sight."""

from __future__ import annotations

from io import BytesIO

from healthstats.domain.table import Column, Table
from healthstats.render.book import open_book
from healthstats.render.figures import clean
from healthstats.render.sheet import LINE, Pen, lines_of, sheet_of
from healthstats.words import Lang, say

WIDTHS = {"place": 34, "severity": 11, "name": 24, "period_shown": 13, "finding_shown": 58, "suggestion": 22}
ASKED = {"decision": 15, "value": 12, "reason": 28}
HEAD = 4


def decision_book(table: Table, choices: tuple[str, ...], lang: Lang) -> bytes:
    """`choices` are the words that the column of decisions takes; the same table gives the same bytes."""
    out = BytesIO()
    book = open_book(out, table.title, lang)
    pen = Pen(book, lang, "")
    sheet = book.add_worksheet(say("sheet.decisions", lang))
    sheet_of(pen, sheet, table.synthetic, wide=True)
    row = pen.banner(sheet, 0, table.synthetic, len(WIDTHS) + len(ASKED) - 1)
    sheet.write_string(row, 0, clean(table.title), pen.format(bold=True, font_size=14))
    for number, note in enumerate(table.notes, start=1):
        sheet.write_string(row + number, 0, clean(note), pen.format(font_color="#5C5B57"))
    widths = [{**WIDTHS, **ASKED}.get(column.key) for column in table.columns]
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
        sheet.write_string(HEAD, place, clean(column.label), pen.format(**head, bg_color=_ground(column, "#F1EFEA")))
        sheet.set_column(place, place, width or 10, None, {} if width else {"hidden": True})
    for number, cells in enumerate(table.rows, start=HEAD + 1):
        texts = [clean(str(cell.value or "")) for cell in cells]
        for place, (column, text) in enumerate(zip(table.columns, texts, strict=True)):
            look = {"text_wrap": bool(widths[place]), "valign": "top", "bottom": 4, "bottom_color": "#8C8A84"}
            sheet.write_string(number, place, text, pen.format(**look, bg_color=_ground(column, "#FFFFFF")))
        deepest = max(lines_of(text, width * 1.1) for text, width in zip(texts, widths, strict=True) if width)
        sheet.set_row(number, LINE * deepest)
    decide = next(place for place, column in enumerate(table.columns) if column.key == "decision")
    last = HEAD + max(len(table.rows), 1)
    sheet.data_validation(HEAD + 1, decide, last, decide, {"validate": "list", "source": list(choices)})
    sheet.autofilter(HEAD, 0, last, decide + len(ASKED) - 1)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    book.close()
    return out.getvalue()


def _ground(column: Column, plain: str) -> str:
    """Where a person writes is yellow."""
    return "#FFF6D6" if column.key in ASKED else plain
