"""One header tree of a form, bound to the labels of a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from healthstats.domain.form import Column, Edition, Form, is_role
from healthstats.intake.formats.grid import Grid
from healthstats.intake.sheets.band import Paths
from healthstats.intake.sheets.headlabels import NO_PART, HeadPath, Part, spelt
from healthstats.intake.sheets.layout import Block, Layout, Misfit

ENOUGH = 0.6
"""The share of its required columns from which a header that does not fit is taken for a damaged one."""
Bound = dict[tuple[Column, Part], int]


class Header:
    """One header tree, with the editions that share it; `joined`: all levels of a column stand in one cell."""

    def __init__(
        self, form: Form, columns: tuple[Column, ...], editions: tuple[Edition, ...], *, joined: bool = False
    ) -> None:
        self.form = form
        self.editions = editions
        self.columns = columns
        # The longest path claims its column first: a short one, like (Tổng số), would fit under any group; and a
        # stated word before one that only stands for a word
        paths = [(HeadPath(column.path, form, joined=joined), column) for column in columns]
        self.paths = sorted(paths, key=lambda path: (-len(path[0]), path[1].by_period))
        self.required = sum(column.required for column in columns)
        self.order = {column: at for at, column in enumerate(columns)}
        self.wide = frozenset(column for column in columns if column.by_period)
        own = {column.role for edition in editions for column in edition.columns if column.required}
        self.lacks = {role for role in own if not is_role(role)} - {column.role for column in columns}
        self.wanted = [path.leaf for path, column in paths if column.required]

    def fit(self, grid: Grid, leaf: int, bands: list[tuple[int, Paths]]) -> Layout | Misfit:
        """The fit at a leaf row, with the first of the bands (top row, observed paths) that will do."""
        misfits: list[Misfit] = []
        for top, observed in bands:
            lowest = {seen[-1] for seen in observed.values()}
            share = sum(label.is_among(lowest) for label in self.wanted) / max(1, len(self.wanted))
            # most sheets are of another form: its lowest labels say so before its paths are walked
            if share < ENOUGH:
                misfits.append(Misfit(self.form, self.editions[0].edition, leaf, share))
                continue
            found = self._bind(grid, (top, leaf), observed)
            if isinstance(found, Layout):
                return found
            misfits.append(found)
        return max(misfits, key=lambda misfit: misfit.share)

    def _bind(self, grid: Grid, band: tuple[int, int], observed: Paths) -> Layout | Misfit:
        bound: Bound = {}
        twice: list[str] = []
        taken: set[int] = set()
        lacking: dict[Column, HeadPath] = {}
        ending: dict[str, list[int]] = {}
        for at, seen in observed.items():
            ending.setdefault(seen[-1], []).append(at)
        for path, column in self.paths:
            leaves = (ending.get(label, ()) for label in path.leaf.literal) if path.leaf.literal_only else [observed]
            found = _places(path, observed, [at for places in leaves for at in places if at not in taken])
            if column.required and not found:
                lacking[column] = path
            for part, places in found.items():
                exact = [at for at in places if len(observed[at]) == len(path)]
                if len(chosen := exact or places) == 1:
                    bound[column, part] = chosen[0]
                    taken.add(chosen[0])
                elif column.required:
                    twice.append(spelt(column.path, part))
        narrow = {column: path for column, path in lacking.items() if column not in self.wide}
        for column, at in _shortened(narrow, observed, taken).items():
            bound[column, NO_PART] = at
            del lacking[column]
        missing = [" › ".join(column.path) for column in lacking]
        missing += [spelt(column.path, part) for column, part in self._gaps(bound) if column not in lacking]
        if missing or twice:
            share = 1 - len(lacking) / max(1, self.required)
            return Misfit(self.form, self.editions[0].edition, band[1], share, tuple(missing), tuple(twice))
        return self._layout(grid, band, bound, observed)

    def _gaps(self, bound: Bound) -> list[tuple[Column, Part]]:
        """Required columns that stand for some of the periods that the header names, and not for all."""
        parts = dict.fromkeys(part for column, part in bound if column in self.wide)
        wanted = [column for column in self.columns if column.required and column in self.wide]
        return [(column, part) for column in wanted for part in parts if (column, part) not in bound]

    def _layout(self, grid: Grid, band: tuple[int, int], bound: Bound, observed: Paths) -> Layout:
        roles: dict[str, int] = {}
        blocks: dict[Part, dict[str, int]] = {}
        for (column, part), at in sorted(bound.items(), key=lambda pair: self.order[pair[0][0]]):
            if column in self.wide:
                blocks.setdefault(part, {}).setdefault(column.role, at)
            else:
                roles.setdefault(column.role, at)
        used = {*roles.values(), *(at for block in blocks.values() for at in block.values())}
        labels = {at: grid.text(_lowest(grid, band, at), at) for at in observed if at not in used}
        elements = [(role, at) for role, at in roles.items() if not is_role(role)]
        found = [Block(part, tuple(block.items())) for part, block in blocks.items()]
        found.sort(key=lambda block: block.elements[0][1])
        if found and elements:
            # a column without a period of its own, beside those that have one, is of the sheet's
            found = [Block(NO_PART, tuple(elements)), *found]
        return Layout(
            form=self.form,
            editions=self.editions,
            top=band[0],
            leaf=band[1],
            elements=tuple(pair for block in found for pair in block.elements) or tuple(elements),
            roles=tuple((role, at) for role, at in roles.items() if is_role(role)),
            ignored=tuple(labels.items()),
            # a layout without some of its form's columns must not wipe out what an earlier file said in them
            whole=not self.lacks,
            blocks=tuple(found),
        )


def _places(path: HeadPath, observed: Paths, free: Iterable[int]) -> dict[Part, list[int]]:
    """Those of the free columns that a path fits, by the part of a period that their labels name."""
    places: dict[Part, list[int]] = {}
    for at in free:
        if (part := path.part(observed[at])) is not None:
            places.setdefault(part, []).append(at)
    return places


def _shortened(lacking: dict[Column, HeadPath], observed: Paths, taken: set[int]) -> dict[Column, int]:
    """Columns of which a label in the middle was left out (`Số lượt khám bệnh › Nữ`), where only one column can be
    meant and only it."""
    free = {at: seen for at, seen in observed.items() if at not in taken}
    fits = {column: [at for at, seen in free.items() if path.shortened(seen)] for column, path in lacking.items()}
    claims = [at for places in fits.values() for at in places]
    return {column: places[0] for column, places in fits.items() if len(places) == 1 and claims.count(places[0]) == 1}


def _lowest(grid: Grid, band: tuple[int, int], column: int) -> int:
    return max(row for row in range(band[0], band[1] + 1) if grid.rows[row - 1][column - 1] != "")


def columns_of(form: Form) -> Iterable[tuple[tuple[Column, ...], tuple[Edition, ...]]]:
    """Each header of a form, with the editions that share it."""
    headers: dict[tuple[Column, ...], tuple[Edition, ...]] = {}
    for edition in form.editions:
        headers[edition.columns] = (*headers.get(edition.columns, ()), edition)
    for columns in form.layouts:
        headers.setdefault(columns, form.editions)
    return headers.items()
