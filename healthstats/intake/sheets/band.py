"""The labels above each column of a header band: what they reach over, and where they end."""

from __future__ import annotations

import re

from healthstats.intake.formats.grid import Grid, as_text
from healthstats.intake.letters.text import fold

# from the first of the spaces on only: a cell of nothing but spaces would else be walked once for each of them
_NOTE = re.compile(r"(?<!\s)\s*[(\[]\s*(?:\d{1,2}|\*+)\s*[)\]]\s*$")
Path = tuple[str, ...]
Paths = dict[int, Path]
"""Column → folded labels, top to bottom."""


def observed_paths(grid: Grid, top: int, leaf: int) -> Paths:
    """Column → its folded labels from `top` down to its own lowest one. A label reaches right over its merged range;
    without one, over empty cells, until a column that a row above has named anew."""
    band = grid.rows[top - 1 : leaf]
    # A sheet may be 16,384 columns wide for one stray cell far below
    width = max((at for row in band for at, cell in enumerate(row, start=1) if cell != ""), default=0)
    band = [row[:width] for row in band]
    own = [[label_key(as_text(cell)) if cell != "" else "" for cell in row] for row in band]
    spread = [_spread(own, depth) for depth in range(len(own))]
    for above, left, below, right in grid.merged:
        if above < top or below > leaf or left > width:
            continue
        for row in range(above - top, below - top + 1):
            for column in range(left - 1, min(right, width)):
                spread[row][column] = own[above - top][left - 1]
    paths: Paths = {}
    for column in range(width):
        lowest = max((depth for depth, row in enumerate(own) if row[column]), default=-1)
        labels = [spread[depth][column] for depth in range(lowest + 1)]
        path = tuple(
            label for depth, label in enumerate(labels) if label and label not in labels[max(0, depth - 1) : depth]
        )
        if path:
            paths[column + 1] = path
    return paths


def _spread(own: list[list[str]], depth: int) -> list[str]:
    filled = list(own[depth])
    for column in range(1, len(filled)):
        if not filled[column] and not any(own[above][column] for above in range(depth)):
            filled[column] = filled[column - 1]
    return filled


def label_key(text: str) -> str:
    """Folded, without the number of the column or of a note behind it: `Tổng số (6)`."""
    return fold(_NOTE.sub("", text) or text)
