"""A table is a value before it is a picture: renderers know only this."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Format = Literal["text", "plain", "integer", "number", "percent", "points", "coverage"]
Value = str | int | Decimal | Fraction | tuple[int, int] | None
"""`plain` is a machine's value, as `query` shows it. A pair is a coverage: reports received, reports expected."""


@dataclass(frozen=True, slots=True)
class Column:
    """`format` decides how a value is written; `digits` are decimals, rounded half up from the unrounded value;
    `signed` writes a plus before what grows; `group` heads neighbouring columns together; `only` keeps a column to
    what people read (`screen`) or to what programs read (`data`), where `key` is its name."""

    key: str
    label: str
    format: Format = "text"
    digits: int = 0
    signed: bool = False
    unit: str = ""
    group: str = ""
    only: Literal["", "screen", "data"] = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`status` is '' for a plain figure, else a code a renderer marks (`partial`, `no_base`, …);
    `note` says it in words; `level` 1 stands beneath the nearest row of level 0 before it."""

    value: Value
    status: str = ""
    note: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order shown; the first `stub` columns name the row. Titles and labels are in one language."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stub: int = 1
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    synthetic: bool = False
