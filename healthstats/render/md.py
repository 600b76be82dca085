"""A table as Markdown: pipes, right-aligned figures, notes beneath."""

from __future__ import annotations

import re

from healthstats.domain.table import Cell, Column, Table
from healthstats.render.figures import clean, format_cell, is_figure, shown
from healthstats.words import Lang, say

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~&$])")
INDENT = "\u2003"


def markdown(table: Table, lang: Lang) -> str:
    """GitHub's pipe table under its title, block by block; whatever a file could smuggle in as markup is escaped."""
    return "\n".join(_block(block, lang) for block in table.blocks)


def _block(table: Table, lang: Lang) -> str:
    places = shown(table)
    columns = [table.columns[place] for place in places]
    above = [f"**{escape(clean(table.title))}**", *(escape(clean(line)) for line in _subtitles(table, lang))]
    rows = [
        _line([_heading(column) for column in columns]),
        _line(["---:" if is_figure(column) else ":---" for column in columns]),
        *(_line([_cell(row[place], table.columns[place], lang) for place in places]) for row in table.rows),
    ]
    below = [escape(clean(note)) for note in table.notes]
    return "\n\n".join([*above, "\n".join(rows), *below]) + "\n"


def escape(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", text)


def _subtitles(table: Table, lang: Lang) -> list[str]:
    return [line for line in (say("page.synthetic", lang) if table.synthetic else "", table.subtitle) if line]


def _heading(column: Column) -> str:
    return escape(clean(f"{column.group}: {column.label}" if column.group else column.label))


def _cell(cell: Cell, column: Column, lang: Lang) -> str:
    return INDENT * cell.level + escape(format_cell(cell, column, lang))


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
