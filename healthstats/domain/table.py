"""A table is a value before it is a picture: renderers know only this."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Format = Literal["text", "integer", "number", "percent", "points"]
Value = str | int | Decimal | Fraction | None


@dataclass(frozen=True, slots=True)
class Column:
    """`format` decides how a value is written; `digits` are decimals, rounded half up from the unrounded value;
    `signed` writes a plus before what grows."""

    key: str
    label: str
    format: Format = "text"
    digits: int = 0
    signed: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`status` is '' for a plain figure, else a code a renderer marks (`partial`, `no_base`, …);
    `note` says it in words."""

    value: Value
    status: str = ""
    note: str = ""


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
