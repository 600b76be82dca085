"""Rows of which there is nothing to say: a registered facility, whole numbers, no rule broken. Nearly all are so, and
those that stand together are entered at once."""

from __future__ import annotations

from healthstats.domain.reading import SCALE
from healthstats.intake.sheets.cells import Cells, Typed
from healthstats.intake.sheets.headlabels import NO_PART
from healthstats.intake.sheets.repeats import Span
from healthstats.intake.sheets.reports import Reports
from healthstats.intake.sheets.rows import FormRow
from healthstats.intake.sheets.totals import Totals


class UsualRows:
    """The usual rows of one sheet: `take` each as it comes, `enter` them before anything else is entered. `count` is
    the place of the element that says for how many facilities a row stands."""

    def __init__(self, reports: Reports, cells: Cells, totals: Totals, count: int | None) -> None:
        self.reports, self.cells, self.totals, self.count = reports, cells, totals, count
        self.sheet, self.form = reports.sheet, reports.form
        identity, period = reports.identity, self.sheet.period
        by_row = identity.when or identity.items or self.sheet.item or self.form.row != "facility"
        when = reports.when_of(period) if period and not by_row else None
        self.when = when if when and not (when.problem or when.is_whole) else None
        self.codes: list[str] = []
        self.rows: list[int] = []
        self.values: list[int] = []

    def take(self, row: FormRow, typed: Typed) -> bool:
        """Whether the row is one of them; if so it is entered with the others."""
        if self.when is None or not typed.kept:
            return False
        spell = self.sheet.register.usual(self.form, row.code, row.name, self.when.end)
        if spell is None:
            return False
        values = typed.whole
        if self.count is not None and (count := values[self.count]) and count // SCALE != spell.stands_for:
            return False
        self.totals.data(row, "", values)
        self.codes.append(spell.facility)
        self.rows.append(row.row)
        self.values += values
        return True

    def enter(self) -> list[Span]:
        """Enters what was taken, each row a report; tells which observations each gave."""
        if not self.rows or self.when is None:
            return []
        draft, size = self.reports.draft, len(self.cells)
        first = draft.open_all(self.reports.kind(self.when, NO_PART), self.codes)
        at = draft.accept_rows(first, self.rows, self.cells.elements, self.cells.columns, self.values)
        spans = [
            Span(first + number, "", row, at + number * size, at + (number + 1) * size)
            for number, row in enumerate(self.rows)
        ]
        self.codes, self.rows, self.values = [], [], []
        return spans
