"""Printed totals and subtotals against the sum of their rows: checked, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from healthstats.domain.definitions import Definitions
from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.figures.numbers import parse_row_fast
from healthstats.intake.figures.scaled import parse_cells
from healthstats.intake.judging.called import called_value
from healthstats.intake.judging.draft import Draft, plain
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.rows import FormRow

Values = Sequence[int | None]


class _Entry(NamedTuple):
    """A row as the check sees it: `values` in ten-thousandths, None where a cell has a fault."""

    row: FormRow
    period: str
    values: Values


class Totals:
    """Collects a sheet's rows in order; `check` then compares every total and subtotal that is printed."""

    def __init__(self, layout: Layout, definitions: Definitions) -> None:
        self.layout = layout
        self.elements = [definitions.elements[code] for code, _ in layout.elements]
        self.entries: list[_Entry] = []
        self.any_printed = False

    def data(self, row: FormRow, period: str, values: Values) -> None:
        self.entries.append(_Entry(row, period, values))

    def printed(self, row: FormRow, period: str) -> None:
        """A total or section row; a section without figures only opens its section."""
        cells = [row.cells[column - 1] for _, column in self.layout.elements]
        fast = None if self.layout.form.factors else parse_row_fast(cells)
        values: Values = fast or self._parse(cells)
        self.entries.append(_Entry(row, period, values))
        self.any_printed = self.any_printed or any(value is not None for value in values)

    def check(self, draft: Draft, sheet: str) -> None:
        if not self.any_printed:
            return
        for at, entry in enumerate(self.entries):
            if entry.row.kind == "section":
                self._compare(draft, sheet, entry, self._sums(self._section(at)))
            elif entry.row.kind == "total":
                sums = self._sums(self._all(entry))
                # A "Cộng" may close its own section: it is taken for the sum that it comes nearer to
                if (agree := _agreement(entry.values, sums)) < len(sums):
                    block = self._sums(self._block(at))
                    sums = block if _agreement(entry.values, block) > agree else sums
                self._compare(draft, sheet, entry, sums)

    def _parse(self, cells: list[object]) -> Values:
        form = self.layout.form
        parsed, zero = parse_cells(cells, self.elements, form), form.blank == "zero"
        return [0 if zero and cell.blank == "empty" else cell.value for cell in parsed]

    def _section(self, at: int) -> list[_Entry]:
        rows, level = [], self.entries[at].row.level
        for entry in self.entries[at + 1 :]:
            if entry.row.kind == "section" and entry.row.level <= level:
                break
            rows.append(entry)
        return rows

    def _all(self, total: _Entry) -> list[_Entry]:
        return [entry for entry in self.entries if entry.period == total.period or not total.period]

    def _block(self, at: int) -> list[_Entry]:
        rows: list[_Entry] = []
        for entry in reversed(self.entries[:at]):
            if entry.row.kind != "data":
                break
            rows.append(entry)
        return rows

    def _sums(self, entries: list[_Entry]) -> list[int | None]:
        rows = [entry.values for entry in entries if entry.row.kind == "data"]
        if not rows:
            return [None] * len(self.elements)
        return [_sum(column) for column in zip(*rows, strict=True)]

    def _compare(self, draft: Draft, sheet: str, entry: _Entry, sums: list[int | None]) -> None:
        factors = dict(self.layout.form.factors)
        for (code, column), element, printed, computed in zip(
            self.layout.elements, self.elements, entry.values, sums, strict=True
        ):
            if printed is None or computed is None or element.kind == "ratio":
                continue
            draft.counts.checked += 1
            if printed != computed:
                draft.findings.append(
                    Finding(
                        "TOTAL_DIFFERS",
                        "warning",
                        sheet,
                        cell_name(entry.row.row, column),
                        period=entry.period or None,
                        element=code,
                        text=plain(printed // factors.get(code, 1)),
                        suggestion=plain(computed),
                        params={
                            **called_value("printed", printed),
                            **called_value("computed", computed),
                            "row": entry.row.name,
                        },
                    )
                )


def _agreement(printed: Values, sums: Values) -> int:
    return sum(one is not None and one == other for one, other in zip(printed, sums, strict=True))


def _sum(column: Values) -> int | None:
    return None if None in column else sum(column)  # type: ignore[arg-type]
