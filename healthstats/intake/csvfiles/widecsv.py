"""The wide CSV: a form's table as text, one row a facility; its header of one line or of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from healthstats.domain.definitions import Definitions
from healthstats.domain.form import Column, Edition, Form
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longheader import DELIMITERS, HEADINGS
from healthstats.intake.csvfiles.records import BrokenCsv, numbered_records
from healthstats.intake.formats.grid import Grid, Row
from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.finder import SEARCHED, Finder
from healthstats.intake.sheets.header import columns_of
from healthstats.intake.sheets.layout import Layout

ROLES = {label: role for label, role in HEADINGS.items() if role not in ("element", "value", "form")} | {
    "nam": "period.year",
    "year": "period.year",
    "nam bao cao": "period.year",
}
HEAD = 2 * SEARCHED
"""Lines in which a header and what stands around it are looked for."""
MOST_LINES = 1_048_576
"""As many as a sheet has: blank ones are rows of the grid too."""
OWNERS = {"facility.code": "area.code", "facility.name": "area.name"}
"""In a form whose rows are areas the same headings name areas."""


@dataclass(frozen=True, slots=True)
class WideTable:
    """The records as a grid whose rows are the file's lines; `layouts` as a workbook's sheet has them, the fullest
    first; `width` is the header's; `ragged` are records below it of another width: (line, fields)."""

    grid: Grid
    layouts: list[Layout]
    width: int
    ragged: list[tuple[int, int]]


class WideFinder:
    """Knows how a header of one line may name the columns of each form."""

    def __init__(self, forms: Iterable[Form], context: Context, finder: Finder) -> None:
        self.finder = finder
        self.owned = context.hints.facility is not None
        self.headers = [
            _Labels(form, columns, editions, context.definitions)
            for form in forms
            for columns, editions in columns_of(form)
        ]

    def find(self, text: str) -> WideTable | None:
        """The table, with the separator that binds most columns; None where no separator shows a form's header.
        Raises BrokenCsv where none cuts the file either."""
        best: WideTable | None = None
        broken: BrokenCsv | None = None
        cut = False
        for delimiter in DELIMITERS:
            if delimiter not in text:
                continue
            try:
                records = list(numbered_records(text, delimiter))
                found = self._find(records)
                cut = cut or 2 * sum(len(fields) > 1 for _, fields in records) > len(records)
            except BrokenCsv as problem:
                broken = broken or problem
                continue
            if found and (best is None or _size(found) > _size(best)):
                best = found
        if best is None and broken and not cut:
            raise broken
        return best

    def _find(self, records: list[tuple[int, list[str]]]) -> WideTable | None:
        width = max((len(fields) for _, fields in records[:SEARCHED]), default=0)
        layouts = self._layouts(Grid("", _rows((one for one in records[:HEAD] if one[0] <= HEAD), width)))
        if not layouts:
            return None
        if records[-1][0] > MOST_LINES:
            raise BrokenCsv("CSV_TOO_LONG", records[-1][0])
        rows = _rows(records, width)
        grid = Grid("", rows)
        header = [len(fields) for line, fields in records if layouts[0].top <= line <= layouts[0].leaf]
        below = [(line, fields) for line, fields in records if line > layouts[0].leaf and any(fields)]
        ragged = [(line, len(fields)) for line, fields in below if len(fields) != max(header)]
        for line, _ in ragged:
            rows[line - 1] = [""] * width
        return WideTable(grid, layouts, max(header), ragged)

    def _layouts(self, grid: Grid) -> list[Layout]:
        whole = self.finder.find(grid)
        return whole if isinstance(whole, list) else self.one_line(grid)

    def one_line(self, grid: Grid) -> list[Layout]:
        """The layouts of the first row that names its columns each in one cell, the fullest first."""
        for row in range(1, min(SEARCHED, len(grid.rows)) + 1):
            found = [header.fit(grid, row) for header in self.headers]
            fits = [layout for layout in found if layout and (layout.roles or self.owned)]
            if fits:
                return sorted(fits, key=lambda layout: (-len(layout.elements), -len(layout.roles)))
        return []


class _Labels:
    """The names that the columns of one header go by, folded: so `A / B`, `A - B` and `A B` are one name."""

    def __init__(
        self, form: Form, columns: tuple[Column, ...], editions: tuple[Edition, ...], definitions: Definitions
    ) -> None:
        self.form, self.editions = form, editions
        own = [element for element in definitions.elements.values() if element.form == form.collects]
        self.elements = {element.element for element in own}
        self.required = {column.role for column in columns if column.required} & self.elements
        short: dict[str, set[str]] = {}
        for column in columns:
            for label in _shortened(column.path):
                short.setdefault(label, set()).add(column.role)
        self.roles = {label: roles.copy().pop() for label, roles in short.items() if len(roles) == 1}
        self.roles |= {label: self._owner(role) for label, role in ROLES.items() if label not in self.roles}
        for element in own:
            self.roles |= {fold(name): element.element for name in (element.element, *element.name.values())}
        self.roles |= {fold(" ".join(column.path)): column.role for column in columns}

    def fit(self, grid: Grid, row: int) -> Layout | None:
        """The layout of a header on that one row; None where it names no element, or one twice."""
        labels = {at: fold(str(cell)) for at, cell in enumerate(grid.rows[row - 1], start=1) if cell != ""}
        bound: dict[str, int] = {}
        for at, label in labels.items():
            role = self.roles.get(label)
            if role in bound:
                return None
            if role:
                bound[role] = at
        if "period.year" in bound and "period" in bound:
            # beside a year, `Tháng` names a month
            bound["period.month"] = bound.pop("period")
        elements = {role: at for role, at in bound.items() if role in self.elements}
        if not elements:
            return None
        used = set(bound.values())
        return Layout(
            form=self.form,
            editions=self.editions,
            top=row,
            leaf=row,
            elements=tuple(elements.items()),
            roles=tuple((role, at) for role, at in bound.items() if role not in elements),
            ignored=tuple((at, grid.text(row, at)) for at in labels if at not in used),
            whole=self.required <= elements.keys(),
        )

    def _owner(self, role: str) -> str:
        return OWNERS.get(role, role) if self.form.row == "area" else role


def _rows(records: Iterable[tuple[int, list[str]]], width: int) -> list[Row]:
    """A row a line, whether or not a record begins there."""
    rows: list[Row] = []
    for line, fields in records:
        rows += [[""] * width for _ in range(line - len(rows))]
        rows[line - 1][: len(fields)] = fields[:width]
    return rows


def _shortened(path: tuple[str, ...]) -> Iterator[str]:
    """The leaf with any of the labels above it: `Số lượt khám bệnh - BHYT` leaves out `Trong đó`."""
    above, leaf = path[:-1], path[-1]
    for size in range(len(above) + 1):
        for kept in combinations(above, size):
            yield fold(" ".join((*kept, leaf)))


def _size(table: WideTable) -> int:
    return len(table.layouts[0].elements) + len(table.layouts[0].roles)
