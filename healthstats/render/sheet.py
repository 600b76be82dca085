"""One table on one worksheet: real numbers in formats that every locale writes its own way, ready for A4."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from healthstats.domain.figure import MINUS, half_up
from healthstats.domain.table import Cell, Column, Table
from healthstats.errors import UsageError
from healthstats.render.figures import clean, exact, finer, format_cell, is_figure, machine, mark, shown, totals
from healthstats.render.layout import fold
from healthstats.words import Lang, say

FONT = "Times New Roman"
A4 = 9
MOST_ROWS, LONGEST_TEXT, DIGITS = 1_048_000, 32_767, 15
"""What a sheet holds, what a cell holds, and how many digits a spreadsheet's number keeps."""
WIDEST_TEXT, WIDEST_SENTENCE, UPRIGHT, LEGIBLE = 38, 54, 96, 250
LEAST_FIGURE, LEAST_WIDTH, STANDARD = 7, 64, 9
"""A narrow table's title and notes go on over empty columns of the standard width, and print with them."""
LINE = 15.5
ONE_PAPER = 30
"""Rows of an annex that are still legible on one sheet of paper."""


class Pen:
    """The workbook's formats, each made once, and what every sheet says of itself."""

    def __init__(self, book: Workbook, lang: Lang, as_of: str) -> None:
        self.book, self.lang, self.as_of = book, lang, as_of
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(properties))
        return self._formats[key]

    def banner(self, sheet: Worksheet, row: int, synthetic: bool, last: int) -> int:
        """Writes that the data are synthetic, where they are; the next free row."""
        if not synthetic:
            return row
        look = {"bold": True, "font_color": "#7A2318", "top": 1, "bottom": 1, "border_color": "#7A2318"}
        for place in range(last + 1):
            sheet.write_blank(row, place, None, self.format(**look))
        sheet.write_string(row, 0, say("page.synthetic", self.lang).upper(), self.format(**look))
        return row + 1


def sheet_of(pen: Pen, sheet: Worksheet, synthetic: bool, *, wide: bool) -> None:
    """A4, fitted to its width, numbered; what is synthetic says so on every sheet of paper."""
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    if wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
    pages = say("sheet.pages", pen.lang, page="&P", pages="&N")
    sheet.set_footer(f'&L&"{FONT}"&9{clean(pen.as_of).replace("&", "&&")[:150]}&R&"{FONT}"&9{pages}')
    if synthetic:
        sheet.set_header(f'&C&"{FONT},Bold"&9{say("page.synthetic", pen.lang)}')


def set_table(pen: Pen, sheet: Worksheet, table: Table, *, home: str = "", heading: str = "") -> None:
    """The whole sheet: title, head, rows, notes. UsageError where the rows are more than a sheet holds."""
    if len(table.rows) > MOST_ROWS:
        raise UsageError("sheet_full", count=len(table.rows), most=MOST_ROWS)
    widths = widths_of(table, pen.lang)
    wide = sum(widths) > UPRIGHT
    sheet_of(pen, sheet, table.synthetic, wide=wide)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    top = 0
    if home:
        link_home(pen, sheet, home)
        top = 1
    last = len(widths) - 1 + max(-(-int(LEAST_WIDTH - sum(widths)) // STANDARD), 0)
    row = pen.banner(sheet, top, table.synthetic, last)
    for text, look in ((heading, {"font_color": "#5C5B57"}), (table.title, {"bold": True, "font_size": 14})):
        if text:
            sheet.write_string(row, 0, clean(text), pen.format(**look))
            sheet.set_row(row, LINE * (1.3 if "bold" in look else 1))
            row += 1
    if table.subtitle:
        sheet.write_string(row, 0, clean(table.subtitle), pen.format(italic=True, font_color="#5C5B57"))
        row += 1
    head = row + 1
    body = set_rows(pen, sheet, table, (head, 0), widths)
    end = _set_notes(pen, sheet, table, (body, last), max(sum(widths), LEAST_WIDTH))
    first = head + (2 if _grouped(table) else 1)
    stub = sum(place < table.stub for place in shown(table))
    sheet.freeze_panes(first, stub)
    sheet.repeat_rows(head, first - 1)
    if sum(widths) > LEGIBLE:
        # sixty columns on one sheet of paper are dust: they go on to the right, each sheet led by the names
        sheet.fit_to_pages(0, 0)
        if stub:
            sheet.repeat_columns(0, stub - 1)
    elif table.name == "annex" and len(table.rows) <= ONE_PAPER:
        # its last two rows alone on a second sheet of paper are overlooked
        sheet.fit_to_pages(1, 1)
    sheet.print_area(top, 0, end, last)


def link_home(pen: Pen, sheet: Worksheet, home: str) -> None:
    look = pen.format(font_color="#1F3F7A", font_size=9)
    sheet.write_url(0, 0, f"internal:'{home}'!A1", look, say("sheet.back", pen.lang))


def set_rows(
    pen: Pen, sheet: Worksheet, table: Table, corner: tuple[int, int], widths: Sequence[float], *, drawn: bool = False
) -> int:
    """Head and rows with their upper left cell at `corner`; the first row beneath them. Of figures that are `drawn` as
    a line what is missing is left blank: a spreadsheet draws a text as a zero."""
    left = corner[1]
    places = shown(table)
    row = _set_head(pen, sheet, table, corner, widths)
    boxed = {"border": 1} if table.name == "annex" else {}
    for number, (cells, total) in enumerate(zip(table.rows, totals(table), strict=True)):
        edge = {"bottom": 1} if number == len(table.rows) - 1 else {"bottom": 4, "bottom_color": "#8C8A84"}
        for offset, place in enumerate(places):
            column, cell = table.columns[place], cells[place]
            look: dict[str, object] = {**(boxed or edge), "valign": "top"}
            if total and place < table.stub:
                look["bold"] = True
            if is_figure(column):
                look |= {"align": "right", "indent": 1 if boxed else 0}
            else:
                look |= {"text_wrap": True, "align": "left", "indent": cell.level}
            if drawn and is_figure(column) and cell.value is None:
                sheet.write_blank(row, left + offset, None, pen.format(**look))
            else:
                _put(pen, sheet, (row, left + offset), cell, column, look)
        deepest = max(
            lines_of(format_cell(cells[place], table.columns[place], pen.lang), width * 1.15)
            for place, width in zip(places, widths, strict=False)
        )
        if deepest > 1:
            sheet.set_row(row, LINE * deepest)
        row += 1
    return row


def number_format(cell: Cell, column: Column) -> str:
    """As `format_cell` writes it, in the marks that every locale reads as its own."""
    number = exact(cell)
    if number is None:
        return "General"
    behind = f'"{mark(cell)}"' if mark(cell) else ""
    if column.format == "plain":
        decimals = machine(cell.value).partition(".")[2]
        return "0" + ("." + "0" * len(decimals) if decimals else "") + behind
    rate = column.format in ("percent", "points")
    whole = column.format == "integer" or (not rate and number.denominator == 1)
    digits = 0 if whole else finer(column, cell).digits
    scaled = half_up(number, digits)
    if rate and scaled % 10**digits == 0:
        digits = 0
    body = "#,##0" + ("." + "0" * digits if digits else "") + ("%" if column.format == "percent" else "") + behind
    if scaled == 0:
        return ";".join([body] * 3)
    return f'{"+" if column.signed else ""}{body};"{MINUS}"{body};{body}'


def widths_of(table: Table, lang: Lang) -> list[float]:
    """In letters: figures whole, text folded at a measure, headings at their longest word."""
    widths: list[float] = []
    widest = WIDEST_TEXT if any(is_figure(table.columns[place]) for place in shown(table)) else WIDEST_SENTENCE
    for place in shown(table):
        column = table.columns[place]
        texts = ["  " * row[place].level + format_cell(row[place], column, lang) for row in table.rows]
        words = [word for text in texts for word in (text.split() if is_figure(column) else [text])]
        longest = max(map(len, words), default=0)
        label = clean(column.label)
        heading = max((len(word) for word in label.split()), default=0)
        least = LEAST_FIGURE if is_figure(column) else 0
        widths.append(max(min(longest, widest) * 0.95, heading, least, -(-len(label) // 3)) + 2)
    return widths


def lines_of(text: str, width: float) -> int:
    """Lines that `text` takes where about `width` letters stand in one."""
    return len(fold(text, max(int(width), 1)))


def _grouped(table: Table) -> bool:
    return any(table.columns[place].group for place in shown(table))


def _set_head(pen: Pen, sheet: Worksheet, table: Table, corner: tuple[int, int], widths: Sequence[float]) -> int:
    top, left = corner
    columns = [table.columns[place] for place in shown(table)]
    grouped = _grouped(table)
    boxed = {"border": 1} if table.name == "annex" else {}
    look = {"bold": True, "text_wrap": True, "valign": "vcenter" if boxed else "bottom", **boxed}
    label_row = top + grouped
    for offset, column in enumerate(columns):
        align = {"align": "center" if boxed else "right" if is_figure(column) else "left", "bottom": 1}
        label = pen.format(**{**look, **align, **({} if column.group else {"top": 1})})
        if grouped and not column.group:
            sheet.merge_range(top, left + offset, label_row, left + offset, "", label)
            sheet.write_string(top, left + offset, clean(column.label), label)
        else:
            sheet.write_string(label_row, left + offset, clean(column.label), label)
    for group, run in groupby(enumerate(columns), key=lambda placed: placed[1].group):
        over = [left + offset for offset, _ in run]
        if group:
            head = pen.format(**{**look, "align": "center", "top": 1, "bottom": 4 if not boxed else 1})
            if len(over) > 1:
                sheet.merge_range(top, over[0], top, over[-1], "", head)
            sheet.write_string(top, over[0], clean(group), head)
    deepest = max(len(fold(clean(c.label), int(width))) for c, width in zip(columns, widths, strict=False))
    sheet.set_row(label_row, LINE * deepest + 3)
    if grouped:
        sheet.set_row(top, LINE + 3)
    return label_row + 1


def as_number(cell: Cell, column: Column) -> float | None:
    """The number that a spreadsheet keeps of a figure; None where there is none, or where it would not say the same."""
    number = exact(cell)
    if number is None or not is_figure(column) or not _is_safe(cell, column):
        return None
    return float(number / 100 if column.format == "percent" else number)


def _put(pen: Pen, sheet: Worksheet, at: tuple[int, int], cell: Cell, column: Column, look: dict[str, object]) -> None:
    number = as_number(cell, column)
    if number is not None:
        sheet.write_number(*at, number, pen.format(**look, num_format=number_format(cell, column)))
        return
    text = format_cell(cell, column, pen.lang)
    if is_figure(column) and cell.value is None:
        look |= {"italic": True, "font_color": "#5C5B57", "text_wrap": True}
    # a text that is too long would be dropped without a word
    text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    sheet.write_string(*at, text, pen.format(**look))


def _is_safe(cell: Cell, column: Column) -> bool:
    """Whether a spreadsheet's number, of fifteen digits, still says the same."""
    if column.format == "plain":
        return len(machine(cell.value).strip("-").replace(".", "")) <= DIGITS
    return abs(exact(cell) or Fraction(0)) < 10**15


def _set_notes(pen: Pen, sheet: Worksheet, table: Table, corner: tuple[int, int], width: float) -> int:
    """Notes beneath the table, as far as its last column; the last row used."""
    row, last = corner
    look = pen.format(font_size=9, font_color="#5C5B57", text_wrap=True, valign="top")
    for note in table.notes:
        row += 1
        sheet.set_row(row, 12.5 * lines_of(clean(note), width * 1.25))
        sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, clean(note), look)
    return row
