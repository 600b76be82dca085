"""Tables of different headers that stand under each other on one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from healthstats.intake.formats.grid import Grid, Row, as_text
from healthstats.intake.sheets.finder import DEPTH, Finder
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.phrases import periods_in


def stacked(grid: Grid, layouts: list[Layout], finder: Finder) -> Iterator[tuple[Grid, list[Layout]]]:
    """The sheet as it is, or cut before each further header; every part keeps its rows where they stand."""
    top, leaf = min(layout.top for layout in layouts), layouts[0].leaf
    below = _next_header(grid, layouts, finder)
    if below is None:
        yield grid, layouts
        return
    cut = _first_line(grid, leaf, min(layout.top for layout in below))
    yield replace(grid, rows=grid.rows[: cut - 1]), layouts
    own = " ".join(as_text(cell) for row in grid.rows[cut - 1 : below[0].leaf] for cell in row if cell != "")
    # a second table without a period of its own is of the sheet's
    kept = 0 if periods_in(own) else top - 1
    blank: list[Row] = [[""] * grid.width for _ in range(cut - 1 - kept)]
    yield from stacked(replace(grid, rows=[*grid.rows[:kept], *blank, *grid.rows[cut - 1 :]]), below, finder)


def _next_header(grid: Grid, layouts: list[Layout], finder: Finder) -> list[Layout] | None:
    top, leaf = min(layout.top for layout in layouts), layouts[0].leaf
    header = grid.rows[top - 1 : leaf]
    place = layouts[0].elements[0][1] - 1
    for index in range(leaf, len(grid.rows)):
        cell = grid.rows[index][place]
        # words where figures stand: a header, if not the same one again
        if isinstance(cell, str) and len(cell) > 1 and any(map(str.isalpha, cell)) and grid.rows[index] not in header:
            found = finder.find(grid, after=max(leaf, index - DEPTH))
            if isinstance(found, list) and _columns(found) != _columns(layouts):
                return found
    return None


def _columns(layouts: list[Layout]) -> tuple[object, ...]:
    return layouts[0].form.form, layouts[0].elements


def _first_line(grid: Grid, leaf: int, top: int) -> int:
    """The first of the rows of words right above a header."""
    while top - 1 > leaf and not any(isinstance(cell, int | float) for cell in grid.rows[top - 2]):
        top -= 1
    return top
