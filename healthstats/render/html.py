"""A page as one self-contained HTML file: nothing fetched, every name escaped, whole without its script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from healthstats.domain.page import Page
from healthstats.domain.table import Cell, Column, Table
from healthstats.render.figures import clean, format_cell, is_figure, level, shown, totals
from healthstats.render.svg import svg
from healthstats.words import Lang, say

WIDE, LONG, SHORT = 9, 25, 13
"""More columns are set smaller when printed; more rows may go on on the next sheet; a shorter text is never broken."""


def html_page(page: Page) -> str:
    """The whole file as text; the same page gives the same bytes on any day and machine."""
    style, script = _source("page.css"), _source("page.js")
    return _template().render(
        page=page,
        lang=page.lang,
        style=Markup(style),
        style_hash=_digest(style),
        script=Markup(script),
        script_hash=_digest(script),
        banner=say("page.synthetic", page.lang),
        contents=say("page.contents", page.lang),
        figures=say("chart.figures", page.lang),
        sort=say("page.sort", page.lang),
    )


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _head(table: Table) -> list[tuple[str, list[tuple[int, Column]]]]:
    """The columns shown, numbered, side by side under their group's name."""
    columns = enumerate(table.columns[place] for place in shown(table))
    runs = groupby(columns, key=lambda placed: placed[1].group or placed[0])
    return [(group if isinstance(group, str) else "", list(run)) for group, run in runs]


def _rows(table: Table, lang: Lang) -> list[tuple[str, list[dict[str, str]]]]:
    """Each row with its class: the total of the parts beneath it, a part, a part of a part."""
    kinds = [
        "total" if total else ("", "part", "part deeper")[min(level(row), 2)]
        for row, total in zip(table.rows, totals(table), strict=True)
    ]
    return [(kind, _cells(table, row, lang)) for kind, row in zip(kinds, table.rows, strict=True)]


def _cells(table: Table, row: tuple[Cell, ...], lang: Lang) -> list[dict[str, str]]:
    cells = [(row[place], table.columns[place]) for place in shown(table)]
    texts = [format_cell(cell, column, lang) for cell, column in cells]
    return [
        {"text": text, "kind": _kind(cell, column, text), "note": clean(cell.note)}
        for (cell, column), text in zip(cells, texts, strict=True)
    ]


def _kind(cell: Cell, column: Column, text: str) -> str:
    if not is_figure(column):
        return "short" if len(text) <= SHORT else ""
    return "words" if cell.value is None and cell.status else "figure"


def _breakable(text: str) -> Markup:
    """A long file name or coverage may go on in the next line after a slash or underscore; a short one stays whole."""
    if len(text) <= SHORT:
        return escape(text)
    return Markup("").join(
        escape(character) + Markup("<wbr>") if character in "/_" else escape(character) for character in text
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(clean=clean, breakable=_breakable)
    environment.globals.update(head=_head, rows=_rows, shown=shown, is_figure=is_figure, svg=svg, wide=WIDE, long=LONG)
    return environment.from_string(_source("page.html"))


def _source(name: str) -> str:
    return (files("healthstats.render") / name).read_text(encoding="utf-8")
