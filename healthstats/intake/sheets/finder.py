"""Finding a form on a sheet by its header, wherever the header stands and whatever is written above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from healthstats.domain.form import Form
from healthstats.intake.formats.grid import Grid, Merge, Row, as_text
from healthstats.intake.sheets.band import label_key, observed_paths
from healthstats.intake.sheets.header import ENOUGH, Header, columns_of
from healthstats.intake.sheets.layout import Layout, Misfit

SEARCHED = 100
"""Rows from the top among which a header is looked for."""
DEPTH = 5
"""Header rows that may stand above the row of the lowest labels."""


class Finder:
    """Knows the headers of all editions of the forms it is given, and the last headers that it found."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._headers = [
            Header(form, columns, editions, joined=joined)
            for form in forms
            for columns, editions in columns_of(form)
            for joined in sorted({False, any(column.by_period and len(column.path) > 1 for column in columns)})
        ]
        leaves = [path.leaf for header in self._headers for path, _ in header.paths]
        self._labels = {label for leaf in leaves for label in leaf.literal}
        by_period = {pattern: leaf for leaf in leaves for pattern in leaf.patterns}
        self._by_period = list(by_period.values())
        # years or months may be the lowest labels themselves, and then be numbers
        self._numbers = [leaf for (before, _, after), leaf in by_period.items() if not before and not after]
        self._is_period = lru_cache(maxsize=4096)(self._names_period)
        self._seen: list[tuple[list[Row], tuple[Merge, ...], list[Layout]]] = []

    def find(self, grid: Grid, after: int = 0) -> list[Layout] | Misfit | None:
        """Every reading of the header below row `after`: one a header in the definitions that fits it whole, the
        fullest first. Else the nearest misfit; None where nothing there looks like a header."""
        if known := self._remembered(grid, after):
            return known
        best: Misfit | None = None
        for leaf in self._candidates(grid, after):
            fits: list[Layout] = []
            bands = [(top, observed_paths(grid, top, leaf)) for top in range(leaf, max(after, leaf - DEPTH - 1), -1)]
            for header in self._headers:
                found = header.fit(grid, leaf, bands)
                if isinstance(found, Layout):
                    fits.append(found)
                elif best is None or found.share > best.share:
                    best = found
            if fits:
                fits.sort(key=lambda layout: (-len(layout.elements), -len(layout.roles)))
                self._remember(grid, fits)
                return fits
        return best if best and best.share >= ENOUGH else None

    def _candidates(self, grid: Grid, after: int) -> Iterator[int]:
        rows = grid.rows[after : after + SEARCHED]
        return (index for index, row in enumerate(rows, start=after + 1) if self._has_label(row))

    def _has_label(self, row: Row) -> bool:
        texts = [cell for cell in filter(None, row) if isinstance(cell, str)]
        if not self._labels.isdisjoint(map(label_key, texts)):
            return True
        if self._by_period and any(map(self._is_period, texts)):
            return True
        numbers = [as_text(cell) for cell in row if isinstance(cell, int | float)] if self._numbers else []
        return any(leaf.part(number) for leaf in self._numbers for number in numbers)

    def _names_period(self, cell: str) -> bool:
        return any(leaf.part(label_key(cell)) for leaf in self._by_period)

    def _remember(self, grid: Grid, fits: list[Layout]) -> None:
        top, leaf = min(layout.top for layout in fits), fits[0].leaf
        self._seen = [(grid.rows[top - 1 : leaf], _within(grid.merged, top, leaf), fits), *self._seen[:7]]

    def _remembered(self, grid: Grid, after: int) -> list[Layout] | None:
        for band, merged, fits in self._seen:
            for index, row in enumerate(grid.rows[after : after + SEARCHED], start=after):
                if row == band[0] and grid.rows[index : index + len(band)] == band:
                    if _within(grid.merged, index + 1, index + len(band)) == merged:
                        return _moved(fits, index + len(band))
                elif self._has_label(row):
                    # Another header may stand higher up: what was read before must not decide what is read now
                    break
        return None


def _within(merged: tuple[Merge, ...], top: int, leaf: int) -> tuple[Merge, ...]:
    return tuple((t - top, left, b - top, r) for t, left, b, r in merged if t <= leaf and b >= top)


def _moved(fits: list[Layout], leaf: int) -> list[Layout]:
    if fits[0].leaf == leaf:
        return fits
    by = leaf - fits[0].leaf
    return [replace(layout, top=layout.top + by, leaf=layout.leaf + by) for layout in fits]
