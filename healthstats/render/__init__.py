"""Table values become text and pages. No renderer can query; each format is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from healthstats.domain.blank import Blank
    from healthstats.domain.mark import Mark, SheetCopy
    from healthstats.domain.page import Page
    from healthstats.domain.table import Table
    from healthstats.words import Lang


def terminal(table: Table, lang: Lang, console: Console | None = None) -> None:
    """Prints to `console` (stdout): folded to its width and styled; plain text where it is no terminal."""
    from rich.console import Console

    from healthstats.render.screen import show

    show(table, lang, console or Console())


def terminal_page(page: Page, console: Console | None = None) -> None:
    """Prints the page's sentences and tables to `console` (stdout), as `terminal` prints a table."""
    from rich.console import Console

    from healthstats.render.board import show_page

    show_page(page, console or Console())


def plain_page(page: Page, width: int | None = None) -> str:
    """The same as aligned text without colour; folded where a `width` is given."""
    from healthstats.render.board import plain_page

    return plain_page(page, width)


def plain(table: Table, lang: Lang, width: int | None = None) -> str:
    """Aligned text without colour, a row a line; folded where a `width` is given."""
    from healthstats.render.screen import plain

    return plain(table, lang, width)


def csv(table: Table, lang: Lang) -> str:
    """Machine values under column keys; no title, no notes."""
    from healthstats.render.data import csv

    return csv(table, lang)


def json(table: Table, lang: Lang) -> str:
    """One object: name, title, columns, rows, notes; numbers keep every digit."""
    from healthstats.render.data import json

    return json(table, lang)


def markdown(table: Table, lang: Lang) -> str:
    """A pipe table under its title, notes beneath."""
    from healthstats.render.md import markdown

    return markdown(table, lang)


def html_page(page: Page) -> str:
    """One self-contained file; the same page gives the same bytes on any day and machine."""
    from healthstats.render.html import html_page

    return html_page(page)


def page_book(page: Page) -> bytes:
    """The page as an Excel workbook; the same page gives the same bytes on any day and machine."""
    from healthstats.render.book import page_book

    return page_book(page)


def table_book(table: Table, lang: Lang) -> bytes:
    """One table as an Excel workbook of one sheet."""
    from healthstats.render.book import table_book

    return table_book(table, lang)


def mark_book(data: bytes, marks: Sequence[Mark], notes: Sequence[str], lang: Lang) -> bytes | None:
    """A sender's own xlsx, which the guard has let pass, with its marks; None where it cannot be written anew."""
    from healthstats.render.marked import UnwritableWorkbook, mark_book

    try:
        return mark_book(data, marks, notes, lang)
    except UnwritableWorkbook:
        return None


def mark_copy(copies: Sequence[SheetCopy], marks: Sequence[Mark], notes: Sequence[str], lang: Lang) -> bytes:
    """The same for a file that is no xlsx: its cells in a new workbook."""
    from healthstats.render.marked import mark_copy

    return mark_copy(copies, marks, notes, lang)


def decision_book(table: Table, choices: tuple[str, ...], lang: Lang) -> bytes:
    """The list on which a person decides, with a choice of words to decide by."""
    from healthstats.render.decisions import decision_book

    return decision_book(table, choices, lang)


def blank_book(blank: Blank) -> bytes:
    """A blank form as an Excel workbook; the same form gives the same bytes on any day and machine."""
    from healthstats.render.blank import blank_book

    return blank_book(blank)
