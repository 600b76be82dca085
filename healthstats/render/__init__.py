"""Table values become text and pages. No renderer can query; each format is imported only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from healthstats.domain.page import Page
    from healthstats.domain.table import Table
    from healthstats.words import Lang


def terminal(table: Table, lang: Lang, console: Console | None = None) -> None:
    """Prints to `console` (stdout): folded to its width and styled; plain text where it is no terminal."""
    from rich.console import Console

    from healthstats.render.screen import show

    show(table, lang, console or Console())


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
