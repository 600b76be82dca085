"""A publication as a workbook: a contents sheet, a sheet a table, native charts beside their figures."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from healthstats.domain.page import Page, PageSection
from healthstats.domain.table import Table
from healthstats.render.drawing import draw
from healthstats.render.figures import clean
from healthstats.render.sheet import FONT, Pen, lines_of, set_table, sheet_of
from healthstats.words import CATALOGUE, Lang, say

MADE = datetime(2000, 1, 1)
"""A clock would make the same figures another file on another day."""
NUMBER, MEASURE = 6, 92
"""Widths of the contents sheet's two columns, in letters."""
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def page_book(page: Page) -> bytes:
    """The whole publication; the same page gives the same bytes on any day and machine."""
    out = BytesIO()
    book = open_book(out, page.title, page.lang)
    names = _Names()
    contents = book.add_worksheet(names.free(say("sheet.contents", page.lang)))
    pen = Pen(book, page.lang, page.as_of)
    listed = [
        (section, [_add(pen, names, number, section, table, contents.name) for table in section.tables]
         + ([_add_charts(pen, names, number, section, contents.name)] if section.charts else []))
        for number, section in enumerate(page.sections, 1)
    ]  # fmt: skip
    _contents(pen, contents, page, listed)
    book.close()
    return out.getvalue()


def table_book(table: Table, lang: Lang) -> bytes:
    """A table with the tables that follow it, a sheet each."""
    out = BytesIO()
    book = open_book(out, table.title, lang)
    pen, names = Pen(book, lang, ""), _Names()
    for block in table.blocks:
        set_table(pen, book.add_worksheet(names.free(_kind(block, lang))), block)
    book.close()
    return out.getvalue()


def open_book(out: BytesIO, title: str, lang: Lang) -> Workbook:
    options = {
        "in_memory": True,
        # a name that begins with = or http:// is a name
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
    book = Workbook(out, options)
    book.set_properties({"title": clean(title), "created": MADE, "author": "healthstats", "language": lang})
    return book


def sheet_name(wanted: str) -> str:
    """What a spreadsheet takes as a sheet's name."""
    return clean(wanted).translate(FORBIDDEN).strip()[:LONGEST_NAME] or "1"


class _Names:
    """Names of sheets: at most 31 letters, none twice."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def free(self, wanted: str) -> str:
        plain = sheet_name(wanted)
        name, number = plain, 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        self.taken.add(name.casefold())
        return name


def _kind(table: Table, lang: Lang) -> str:
    key = f"sheet.{table.name}"
    return say(key, lang) if key in CATALOGUE else table.name


def _add(pen: Pen, names: _Names, number: int, section: PageSection, table: Table, home: str) -> tuple[str, str]:
    """(the sheet's name, what it shows)"""
    sheet = pen.book.add_worksheet(names.free(f"{number}. {_kind(table, pen.lang)}"))
    set_table(pen, sheet, table, home=home, heading=section.heading)
    return sheet.name, clean(table.title)


def _add_charts(pen: Pen, names: _Names, number: int, section: PageSection, home: str) -> tuple[str, str]:
    sheet = pen.book.add_worksheet(names.free(f"{number}. {say('sheet.charts', pen.lang)}"))
    draw(pen, sheet, section, home)
    return sheet.name, say("sheet.charts", pen.lang)


def _contents(pen: Pen, sheet: Worksheet, page: Page, listed: list[tuple[PageSection, list[tuple[str, str]]]]) -> None:
    sheet_of(pen, sheet, page.synthetic, wide=False)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, NUMBER)
    sheet.set_column(1, 1, MEASURE)
    quiet, prose = pen.format(font_color="#5C5B57"), pen.format(text_wrap=True, valign="top")
    row = pen.banner(sheet, 0, page.synthetic, 1)
    sheet.write_string(row, 0, clean(page.area), quiet)
    sheet.write_string(row + 1, 0, clean(page.title), pen.format(bold=True, font_size=18))
    sheet.set_row(row + 1, 28)
    sheet.write_string(row + 2, 0, f"{clean(page.period)} · {clean(page.as_of)}", quiet)
    row += 4
    for number, (section, sheets) in enumerate(listed, 1):
        rule = {"bold": True, "font_size": 13, "top": 1, "top_color": "#CFCDC6", "valign": "vcenter"}
        sheet.set_row(row, 24)
        sheet.write_number(row, 0, number, pen.format(**rule, align="left"))
        sheet.write_string(row, 1, clean(section.heading), pen.format(**rule))
        row += 1
        for sentence in section.prose:
            sheet.write_string(row, 1, clean(sentence), prose)
            sheet.set_row(row, 16 * lines_of(clean(sentence), MEASURE * 1.12))
            row += 1
        for name, title in sheets:
            link = pen.format(font_color="#1F3F7A", underline=1)
            sheet.write_url(row, 1, f"internal:'{name}'!A1", link, title)
            row += 1
        row += 1
    sheet.print_area(0, 0, row, 1)
    sheet.activate()
