"""Finding a form on a sheet by its header, wherever the header stands and whatever is written above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from healthstats.domain.form import ROLES, Column, Edition, Form
from healthstats.intake.grid import Grid, Merge, Row, as_text
from healthstats.intake.text import fold

SEARCHED = 100
"""Rows from the top among which a header is looked for."""
DEPTH = 5
"""Header rows that may stand above the row of the lowest labels."""
ENOUGH = 0.6
"""The share of its required columns from which a header that does not fit is taken for a damaged one."""

Path = tuple[str, ...]
Paths = dict[int, Path]
"""Column → folded labels, top to bottom."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a form's columns stand on a sheet: 1-based. `editions` all have this header; `top` and `leaf` are the
    first and last row of the header; `ignored` are labelled columns that the form does not know; a layout that is not
    `whole` has some of the form's columns only, and revises no others."""

    form: Form
    editions: tuple[Edition, ...]
    top: int
    leaf: int
    elements: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, int], ...]
    ignored: tuple[tuple[int, str], ...]
    whole: bool = True

    def column(self, role: str) -> int | None:
        """The column of a role that is no element; None where the sheet has none."""
        return next((column for name, column in self.roles if name == role), None)


@dataclass(frozen=True, slots=True)
class Misfit:
    """The header that came nearest. `missing` are required labels not found, `twice` those found more than once;
    `share` is the part of the required columns that fit."""

    form: Form
    edition: str
    leaf: int
    share: float
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


class Finder:
    """Knows the headers of all editions of the forms it is given, and the last headers that it found."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._headers = [_Header(form, columns, editions) for form in forms for columns, editions in columns_of(form)]
        self._labels = {path[-1] for header in self._headers for path, _ in header.paths}
        self._seen: list[tuple[list[Row], tuple[Merge, ...], list[Layout]]] = []

    def find(self, grid: Grid) -> list[Layout] | Misfit | None:
        """Every reading of the sheet's header: one a header in the definitions that fits it whole, the fullest first.
        Else the nearest misfit; None where nothing on the sheet looks like a header."""
        if known := self._remembered(grid):
            return known
        best: Misfit | None = None
        for leaf in self._candidates(grid):
            fits: list[Layout] = []
            bands = [(top, observed_paths(grid, top, leaf)) for top in range(leaf, max(0, leaf - DEPTH - 1), -1)]
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

    def _candidates(self, grid: Grid) -> Iterator[int]:
        return (index for index, row in enumerate(grid.rows[:SEARCHED], start=1) if self._has_label(row))

    def _has_label(self, row: Row) -> bool:
        return any(cell and isinstance(cell, str) and fold(cell) in self._labels for cell in row)

    def _remember(self, grid: Grid, fits: list[Layout]) -> None:
        top, leaf = min(layout.top for layout in fits), fits[0].leaf
        self._seen = [(grid.rows[top - 1 : leaf], _within(grid.merged, top, leaf), fits), *self._seen[:7]]

    def _remembered(self, grid: Grid) -> list[Layout] | None:
        for band, merged, fits in self._seen:
            for index, row in enumerate(grid.rows[:SEARCHED]):
                if row == band[0] and grid.rows[index : index + len(band)] == band:
                    if _within(grid.merged, index + 1, index + len(band)) == merged:
                        return _moved(fits, index + len(band))
                elif self._has_label(row):
                    # Another header may stand higher up: what was read before must not decide what is read now
                    break
        return None


class _Header:
    """One header tree, with the editions that share it."""

    def __init__(self, form: Form, columns: tuple[Column, ...], editions: tuple[Edition, ...]) -> None:
        self.form = form
        self.editions = editions
        self.columns = columns
        # The longest path claims its column first: a short one, like (Tổng số), would fit under any group
        paths = [(tuple(map(fold, column.path)), column) for column in columns]
        self.paths = sorted(paths, key=lambda path: -len(path[0]))
        self.required = sum(column.required for column in columns)

    def fit(self, grid: Grid, leaf: int, bands: list[tuple[int, Paths]]) -> Layout | Misfit:
        """The fit at a leaf row, with the first of the bands (top row, observed paths) that will do."""
        misfits: list[Misfit] = []
        for top, observed in bands:
            found = self._bind(grid, (top, leaf), observed)
            if isinstance(found, Layout):
                return found
            misfits.append(found)
        return max(misfits, key=lambda misfit: misfit.share)

    def _bind(self, grid: Grid, band: tuple[int, int], observed: Paths) -> Layout | Misfit:
        bound: dict[Column, int] = {}
        missing: list[str] = []
        twice: list[str] = []
        taken: set[int] = set()
        for path, column in self.paths:
            fits = [at for at, seen in observed.items() if at not in taken and _fits(path, seen)]
            exact = [at for at in fits if observed[at] == path]
            if len(chosen := exact or fits) == 1:
                bound[column] = chosen[0]
                taken.add(chosen[0])
            elif column.required:
                (twice if chosen else missing).append(" › ".join(column.path))
        if missing or twice:
            share = 1 - len(missing) / max(1, self.required)
            return Misfit(self.form, self.editions[0].edition, band[1], share, tuple(missing), tuple(twice))
        return self._layout(grid, band, bound, observed)

    def _layout(self, grid: Grid, band: tuple[int, int], bound: dict[Column, int], observed: Paths) -> Layout:
        roles: dict[str, int] = {}
        for column in self.columns:
            if column in bound:
                roles.setdefault(column.role, bound[column])
        used = set(roles.values())
        labels = {at: grid.text(_lowest(grid, band, at), at) for at in observed if at not in used}
        elements = {role: at for role, at in roles.items() if not _is_role(role)}
        return Layout(
            form=self.form,
            editions=self.editions,
            top=band[0],
            leaf=band[1],
            elements=tuple(elements.items()),
            roles=tuple((role, at) for role, at in roles.items() if role not in elements),
            ignored=tuple(labels.items()),
        )


def observed_paths(grid: Grid, top: int, leaf: int) -> Paths:
    """Column → its folded labels from `top` down to its own lowest one. A label reaches right over its merged range;
    without one, over empty cells, until a column that a row above has named anew."""
    band = grid.rows[top - 1 : leaf]
    # A sheet may be 16,384 columns wide for one stray cell far below
    width = max((at for row in band for at, cell in enumerate(row, start=1) if cell != ""), default=0)
    band = [row[:width] for row in band]
    own = [[fold(as_text(cell)) if cell != "" else "" for cell in row] for row in band]
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


def _fits(path: Path, seen: Path) -> bool:
    """Whether the path runs through the observed one in order and ends at its leaf."""
    if path[-1] != seen[-1]:
        return False
    above = iter(seen[:-1])
    return all(label in above for label in path[:-1])


def _lowest(grid: Grid, band: tuple[int, int], column: int) -> int:
    return max(row for row in range(band[0], band[1] + 1) if grid.rows[row - 1][column - 1] != "")


def _is_role(role: str) -> bool:
    return role in ROLES or role.startswith("attribute.")


def columns_of(form: Form) -> Iterable[tuple[tuple[Column, ...], tuple[Edition, ...]]]:
    """Each header of a form, with the editions that share it."""
    headers: dict[tuple[Column, ...], tuple[Edition, ...]] = {}
    for edition in form.editions:
        headers[edition.columns] = (*headers.get(edition.columns, ()), edition)
    return headers.items()


def _within(merged: tuple[Merge, ...], top: int, leaf: int) -> tuple[Merge, ...]:
    return tuple((t - top, left, b - top, r) for t, left, b, r in merged if t <= leaf and b >= top)


def _moved(fits: list[Layout], leaf: int) -> list[Layout]:
    if fits[0].leaf == leaf:
        return fits
    by = leaf - fits[0].leaf
    return [replace(layout, top=layout.top + by, leaf=layout.leaf + by) for layout in fits]
