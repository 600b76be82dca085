"""A page on the terminal: its sentences and tables one below the other, without empty headings."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from healthstats.domain.page import Page
from healthstats.domain.table import Table
from healthstats.render.figures import clean
from healthstats.render.layout import fold, lay_out
from healthstats.render.screen import STYLES
from healthstats.words import Lang, say


def show_page(page: Page, console: Console) -> None:
    """Prints the page to `console`: folded to its width and styled on a terminal, else as `plain_page`."""
    if not console.is_terminal:
        console.file.write(plain_page(page))
        return
    for role, text in _lines(page, console.width):
        # Text, never markup: a name such as [bold] from a file stays as it was written
        console.print(Text(text, style=STYLES.get(role, "")), soft_wrap=True, highlight=False)


def plain_page(page: Page, width: int | None = None) -> str:
    """The same lines without colour or rules of box glyphs; a row a line where `width` is None."""
    return "".join(f"{text.replace('─', '-')}\n" for _, text in _lines(page, width))


def _lines(page: Page, width: int | None) -> Iterator[tuple[str, str]]:
    if page.synthetic:
        yield from _words("banner", say("page.synthetic", page.lang), width)
    yield from _words("title", page.title, width)
    yield from _words("subtitle", " · ".join(filter(None, (page.area, page.as_of))), width)
    for section in page.sections:
        yield "blank", ""
        yield from _words("title", section.heading, width)
        for sentence in section.prose:
            yield from _words("prose", sentence, width)
        for number, table in enumerate(section.tables):
            if number or section.prose:
                yield "blank", ""
            yield from _table(table, page, width)


def _table(table: Table, page: Page, width: int | None) -> Iterator[tuple[str, str]]:
    lang: Lang = page.lang
    if table.title != page.title:
        yield from _words("title", table.title, width)
    if table.rows:
        yield from ((line.role, line.text) for line in lay_out(table, lang, width))
    if table.rows and table.notes:
        yield "blank", ""
    for note in table.notes:
        yield from _words("note", note, width)


def _words(role: str, text: str, width: int | None) -> Iterator[tuple[str, str]]:
    cleaned = clean(text)
    if cleaned:
        yield from ((role, line) for line in (fold(cleaned, width) if width else [cleaned]))
