"""Where a table stands on a sheet of which nothing is known: its header band, and the rows of figures below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from healthstats.intake.formats.grid import Grid, Row, as_text
from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.band import observed_paths
from healthstats.intake.sheets.finder import DEPTH, SEARCHED

GAP = 3
"""Empty rows and rows of column numbers that may stand between the labels and the figures."""
COVERED = 0.6
"""The share of a row's figures that have a label above them."""
_FIGURE = re.compile(r"[-+]?\d[\d.,\s]*%?", re.ASCII)
_NUMBERED = re.compile(r"[(\[]?(\d{1,3}|[a-zA-Z])[)\]]?", re.ASCII)
_NOTE = re.compile(r"\s*[(\[]\s*(?:\d{1,2}|\*+)\s*[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Band:
    """1-based: `top` to `leaf` is the header, `first` to `last` the rows that hold figures. `paths` are the labels of
    each column as printed; `rows` those from `first` to `last` that are not empty."""

    grid: Grid
    top: int
    leaf: int
    first: int
    last: int
    paths: dict[int, tuple[str, ...]]
    rows: list[Row]

    def cells(self, column: int) -> list[object]:
        """What stands in a column, without its empty cells."""
        return [row[column - 1] for row in self.rows if row[column - 1] != ""]

    @property
    def key(self) -> tuple[tuple[str, ...], ...]:
        """The header, to be compared with that of another sheet."""
        return tuple(self.paths.values())


def find_band(grid: Grid) -> Band | None:
    """The first table: figures under labels. None where nothing on the sheet is one."""
    for first, row in enumerate(grid.rows[:SEARCHED], start=1):
        figures = [at for at, cell in enumerate(row, start=1) if is_figure(cell)]
        leaf = _leaf(grid, first) if len(figures) > 1 and not _is_numbered(row) else 0
        if not leaf:
            continue
        top = _top(grid, leaf)
        paths = observed_paths(grid, top, leaf)
        under = [at for at in figures if at in paths]
        if len(under) < 2 or len(under) < COVERED * len(figures):
            continue
        rows = [at for at in range(first, len(grid.rows) + 1) if _figures(grid.rows[at - 1], under) > 0]
        printed = _printed(grid, top, leaf)
        return Band(
            grid,
            top,
            leaf,
            first,
            rows[-1],
            {at: tuple(printed[label] for label in path) for at, path in paths.items()},
            [grid.rows[at - 1] for at in rows if not _is_numbered(grid.rows[at - 1])],
        )
    return None


def is_figure(cell: object) -> bool:
    """A number, or a text that is written as one."""
    if isinstance(cell, str):
        return bool(_FIGURE.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _figures(row: Row, columns: list[int]) -> int:
    return sum(is_figure(row[at - 1]) for at in columns)


def _leaf(grid: Grid, first: int) -> int:
    """The row of the lowest labels above a row of figures; 0 where there is none."""
    for at in range(first - 1, max(0, first - 2 - GAP), -1):
        row = grid.rows[at - 1]
        if _labels(row) > 1 and not _is_numbered(row):
            return at
        if any(row) and not _is_numbered(row):
            return 0
    return 0


def _top(grid: Grid, leaf: int) -> int:
    """A line of one text above a header is a title; so is one that stands over no column of the header."""
    top = leaf
    while top > max(1, leaf - DEPTH) and _labels(grid.rows[top - 2]) > 1 and not _is_numbered(grid.rows[top - 2]):
        top -= 1
    return top


def _labels(row: Row) -> int:
    return sum(isinstance(cell, str) and bool(fold(cell)) and not is_figure(cell) for cell in row)


def _is_numbered(row: Row) -> bool:
    """A row of column numbers: `A`, `B`, 1, 2, 3 …"""
    texts = [as_text(cell) for cell in row if cell != ""]
    marks = [match[1] for text in texts if (match := _NUMBERED.fullmatch(text))]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return len(numbers) > 2 and len(marks) == len(texts) and numbers == [*range(numbers[0], numbers[0] + len(numbers))]


def _printed(grid: Grid, top: int, leaf: int) -> dict[str, str]:
    """Folded label → as it is printed, without a column number or note behind it."""
    printed: dict[str, str] = {}
    for row in grid.rows[top - 1 : leaf]:
        for cell in row:
            if text := " ".join(as_text(cell).split()):
                bare = _NOTE.sub("", text) or text
                printed.setdefault(fold(bare), bare)
    return printed
