"""A table on the terminal, with rich; off a terminal, plain aligned text."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from healthstats.domain.table import Table
from healthstats.render.figures import clean
from healthstats.render.layout import Line, fold, lay_out
from healthstats.words import Lang, say

STYLES = {
    "title": "bold",
    "banner": "bold reverse",
    "note": "dim",
    "group": "bold",
    "head": "bold",
    "rule": "dim",
    "total": "bold",
}


def show(table: Table, lang: Lang, console: Console) -> None:
    """Prints the table to `console`: folded to its width and styled on a terminal, else as `plain`."""
    if not console.is_terminal:
        console.file.write(plain(table, lang))
        return
    for role, text in _lines(table, lang, console.width):
        # Text, never markup: a name such as [bold] from a file stays as it was written
        console.print(Text(text, style=STYLES.get(role, "")), soft_wrap=True, highlight=False)


def plain(table: Table, lang: Lang, width: int | None = None) -> str:
    """The same lines without colour or rules of box glyphs; a row a line where `width` is None."""
    return "".join(f"{text.replace('─', '-')}\n" for _, text in _lines(table, lang, width))


def _lines(table: Table, lang: Lang, width: int | None) -> list[tuple[str, str]]:
    def words(role: str, text: str) -> list[tuple[str, str]]:
        cleaned = clean(text)
        return [(role, line) for line in (fold(cleaned, width) if width else [cleaned])] if cleaned else []

    lines = words("banner", say("page.synthetic", lang)) if table.synthetic else []
    for number, block in enumerate(table.blocks):
        body: list[Line] = list(lay_out(block, lang, width))
        notes = [line for note in block.notes for line in words("note", note)]
        lines += [
            *([("blank", "")] if number else []),
            *words("title", block.title),
            *words("subtitle", block.subtitle),
            ("blank", ""),
            *((line.role, line.text) for line in body),
            *([("blank", "")] if notes else []),
            *notes,
        ]
    return lines
