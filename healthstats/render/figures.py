"""How a cell is written for people: one function, so that terminal, md and html agree cell for cell."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from healthstats.domain.figure import half_up, percent, points, written
from healthstats.domain.table import Cell, Column, Table, Value
from healthstats.words import Lang, say

MARKS = {"": "", "history": "**", "lopsided": " (!)"}
MARKED = "*"
"""The mark of every other status."""
NOTHING = "…"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANK = ("Zl", "Zp", "Zs")


def format_cell(cell: Cell, column: Column, lang: Lang) -> str:
    """The cell as every screen and page shows it; never empty where a figure was due."""
    if cell.value is None:
        return say(f"status.{cell.status}", lang) if cell.status else NOTHING
    return _figure(cell.value, finer(column, cell), lang) + mark(cell)


def finer(column: Column, cell: Cell) -> Column:
    """The column as the cell is written in it."""
    return column if cell.digits is None else replace(column, digits=cell.digits)


def mark(cell: Cell) -> str:
    """What stands behind a figure to say that a note is due."""
    return MARKS.get(cell.status, MARKED)


def clean(text: str) -> str:
    """Text from a file, made inert: what could move a cursor or turn the line around becomes �."""
    text = unicodedata.normalize("NFC", text)
    return " ".join((text if text.isprintable() else "".join(map(_visible, text))).split())


def shown(table: Table) -> list[int]:
    """The positions of the columns that people read."""
    return [place for place, column in enumerate(table.columns) if column.only != "data"]


def exact(cell: Cell) -> Fraction | None:
    """The cell's number; None where it holds none."""
    return None if cell.value is None or isinstance(cell.value, str | tuple) else Fraction(cell.value)


def level(row: tuple[Cell, ...]) -> int:
    """How deep a row stands: 1 beneath the nearest row of level 0 before it."""
    return max((cell.level for cell in row), default=0)


def totals(table: Table) -> list[bool]:
    """For each row, whether it stands over the rows after it."""
    levels = [*map(level, table.rows), 0]
    return [depth == 0 and after > 0 for depth, after in pairwise(levels)]


def is_figure(column: Column) -> bool:
    return column.format != "text"


def machine(value: Value) -> str:
    """A machine's value: '.' as the mark, no grouping; at most eight decimals, half up."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "/".join(map(str, value))
    if isinstance(value, str | int):
        return str(value)
    scaled = half_up(Fraction(value), 8)
    whole, fraction = divmod(abs(scaled), 10**8)
    return ("-" if scaled < 0 else "") + f"{whole}.{fraction:08d}".rstrip("0").rstrip(".")


def _figure(value: Value, column: Column, lang: Lang) -> str:
    if isinstance(value, str):
        return clean(value)
    if column.format == "plain":
        return machine(value)
    if isinstance(value, tuple):
        return "/".join(written(count, 0, lang) for count in value)
    exact = Fraction(value or 0)
    if column.format == "percent":
        return percent(exact, lang, digits=column.digits, signed=column.signed)
    if column.format == "points":
        return points(exact, lang, digits=column.digits, signed=column.signed)
    digits = 0 if exact.denominator == 1 or column.format == "integer" else column.digits
    return written(half_up(exact, digits), digits, lang, signed=column.signed)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANK or character in "\t\n\r":
        return " "
    return "\ufffd" if category in ("Cc", "Cs") or character in _BIDI else character
