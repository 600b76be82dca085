"""A table is a value before it is a picture: renderers know only this."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    `note` says it in words; `level` 1 stands beneath the nearest row of level 0 before it; `digits` are the cell's own
    decimals, where its column's are not fine enough."""

    value: Value
    status: str = ""
    note: str = ""
    level: int = 0
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order shown; the first `stub` columns name the row. Titles and labels are in one language.
    `then` are blocks that follow under titles of their own, where other columns are due (rates after counts)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stub: int = 1
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    synthetic: bool = False
    then: tuple[Table, ...] = ()

    @property
    def blocks(self) -> tuple[Table, ...]:
        """Each block as a table, the first without those after it."""
        return (replace(self, then=()), *self.then)

    @property
    def flat(self) -> Table:
        """All blocks' rows under all their columns, for programs: a cell that a block does not have is empty."""
        columns = {column.key: column for block in reversed(self.blocks) for column in block.columns}
        order = list(dict.fromkeys(column.key for block in self.blocks for column in block.columns))
        held = [
            dict(zip((column.key for column in block.columns), row, strict=True))
            for block in self.blocks
            for row in block.rows
        ]
        rows = tuple(tuple(row.get(key, Cell(None)) for key in order) for row in held)
        notes = tuple(dict.fromkeys(note for block in self.blocks for note in block.notes))
        return replace(self, columns=tuple(columns[key] for key in order), rows=rows, notes=notes, then=())
