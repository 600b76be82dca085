"""A row's cells, typed by their elements and entered: at once where they are plain, one by one where not."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain, count
from operator import itemgetter
from typing import NamedTuple, cast

from healthstats.domain.definitions import Definitions
from healthstats.intake.figures.numbers import Flawed, Parsed, parse_row_fast
from healthstats.intake.figures.scaled import parse_cells
from healthstats.intake.formats.grid import Row, as_text
from healthstats.intake.judging.draft import Draft
from healthstats.intake.judging.rules import Rules
from healthstats.intake.sheets.layout import Layout

Values = Sequence[int | None]


class Typed(NamedTuple):
    """A row's cells, either `plain` (ten-thousandths, None where empty) or each `parsed`; `kept`: no cell is empty, and
    every rule is known to hold."""

    cells: Sequence[object]
    plain: Values | None
    parsed: Sequence[Parsed] = ()
    kept: bool = False

    @property
    def empty(self) -> bool:
        return self.plain is None and all(cell.blank for cell in self.parsed)

    @property
    def whole(self) -> list[int]:
        """The values of a row that is `kept`."""
        return cast("list[int]", self.plain)

    @property
    def terms(self) -> Values:
        """What the row adds to a total: 0 where blank, None where a fault leaves it unknown."""
        if self.plain is not None:
            if self.kept:
                return self.plain
            return [value or 0 for value in self.plain] if None in self.plain else self.plain
        return [None if cell.fault else cell.value or 0 for cell in self.parsed]


@lru_cache(maxsize=64)
def _rules(layout: Layout) -> Rules:
    """Remembered: the sheets of one template have one layout."""
    return Rules(layout.form, [code for code, _ in layout.elements])


class Cells:
    """The element columns of one layout, for one draft."""

    def __init__(self, layout: Layout, definitions: Definitions, draft: Draft) -> None:
        codes = [code for code, _ in layout.elements]
        self.draft = draft
        self.form = layout.form
        self.columns = array("H", [column for _, column in layout.elements])
        self.elements = array("H", map(draft.element, codes))
        self.called = definitions.elements
        self.known = [self.called[code] for code in codes]
        self.rules = _rules(layout)
        places = [column - 1 for column in self.columns]
        together = places == [*range(places[0], places[0] + len(places))]
        self._pick: Callable[[Row], Sequence[object]] = (
            itemgetter(slice(places[0], places[-1] + 1)) if together else itemgetter(*places)
        )

    def __len__(self) -> int:
        return len(self.columns)

    def of(self, row: Row) -> Sequence[object]:
        """The bound cells, in the order of the layout's elements."""
        return self._pick(row)

    def read_all(self, rows: Sequence[Row]) -> list[Typed]:
        """Each row's cells under the grammar of their elements' types: all at once where all are whole numbers."""
        cells, size = [*map(self._pick, rows)], len(self)
        whole = None if self.form.factors else parse_row_fast([*chain.from_iterable(cells)])
        if whole is None:
            return [self._read(row) for row in cells]
        kept = self.rules.hold_all([whole[at::size] for at in range(size)])
        values = (whole[at : at + size] for at in range(0, len(whole), size))
        return [Typed(row, own, (), kept or self.rules.hold(own)) for row, own in zip(cells, values, strict=True)]

    def _read(self, cells: Sequence[object]) -> Typed:
        if (plain := self._plain(cells)) is not None:
            return Typed(cells, plain, (), None not in plain and self.rules.hold(cast("list[int]", plain)))
        return Typed(cells, None, parse_cells(cells, self.known, self.form))

    def enter(self, report: int, row: int, typed: Typed) -> None:
        """Enters a row into the draft and asks the form's rules of it."""
        if typed.kept:
            self.draft.accept_row(report, row, self.elements, self.columns, typed.whole)
        elif typed.plain is not None:
            self._enter_plain(report, row, typed.plain)
        else:
            self.rules.judge(self.draft, [self._enter(report, row, at, typed) for at in range(len(self))], self.called)

    def _plain(self, cells: Sequence[object]) -> Values | None:
        if self.form.factors:
            return None
        whole = parse_row_fast(cells)
        if whole is not None or self.form.blank == "zero":
            return whole
        filled = [cell for cell in cells if cell != ""]
        found = parse_row_fast(filled) if filled else None
        if found is None:
            return None
        values = iter(found)
        return [None if cell == "" else next(values) for cell in cells]

    def _enter_plain(self, report: int, row: int, values: Values) -> None:
        known = [value for value in values if value is not None]
        elements, columns = self.elements, self.columns
        if len(known) < len(values):
            elements = array("H", (code for code, value in zip(elements, values, strict=True) if value is not None))
            columns = array("H", (place for place, value in zip(columns, values, strict=True) if value is not None))
            self.draft.blank(len(values) - len(known))
        at = count(self.draft.accept_row(report, row, elements, columns, known))
        if next(self.rules.breaches(values), None):
            self.rules.judge(self.draft, [None if value is None else next(at) for value in values], self.called)

    def _enter(self, report: int, row: int, at: int, typed: Typed) -> int | None:
        """The position of the cell in the draft; None where it is blank."""
        cell, found, element, place = typed.cells[at], typed.parsed[at], self.elements[at], (row, self.columns[at])
        text = cell.text if isinstance(cell, Flawed) else as_text(cell)
        if found.fault:
            position = self.draft.hold(report, element, place, text)
            self.draft.at(position, found.fault, "error", found.suggestion)
            return position
        if found.value is not None:
            position = self.draft.accept(report, element, place, found.value, "" if found.plain else text)
            self.draft.qualify(position, found.qualifier, found.status)
            return position
        if found.blank == "empty" and self.form.blank == "zero":
            return self.draft.accept(report, element, place, 0)
        self.draft.blank()
        return None
