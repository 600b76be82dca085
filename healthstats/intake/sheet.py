"""One sheet of a form, from its header down: every data row becomes a report or a finding."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.form import Edition
from healthstats.domain.period import Period
from healthstats.domain.reading import Report, cell_name
from healthstats.intake.draft import Draft
from healthstats.intake.grid import as_text
from healthstats.intake.identity import Identity, Sheet
from healthstats.intake.layout import Layout
from healthstats.intake.numbers import Flawed, Parsed, parse_cell, parse_row_fast
from healthstats.intake.rows import FormRow, RowClassifier
from healthstats.intake.rules import Rules
from healthstats.intake.totals import Totals


@dataclass(frozen=True, slots=True)
class Span:
    """The observations of one row: positions `first` up to, not including, `last`."""

    report: int
    item: str
    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class When:
    """A period with what is asked of it in every row: its code, its last day, the edition in force."""

    period: Period
    code: str
    end: date
    edition: str | None


class SheetReader:
    """Reads one sheet into a draft; `spans` tells afterwards which observations each row gave."""

    def __init__(self, sheet: Sheet, draft: Draft) -> None:
        self.sheet, self.draft = sheet, draft
        self.layout: Layout = sheet.layout
        self.form = sheet.layout.form
        self.identity = Identity(sheet, alone=False)
        codes = [code for code, _ in self.layout.elements]
        self.columns = array("H", [column for _, column in self.layout.elements])
        self.elements = array("H", map(draft.element, codes))
        self.types = [sheet.context.definitions.elements[code].type for code in codes]
        self.rules = Rules(self.form, codes)
        self.totals = Totals(self.layout, sheet.context.definitions)
        self.item = self.layout.column("item")
        self.spans: list[Span] = []
        self._reports: dict[tuple[str, str], int] = {}
        self._whens: dict[Period, When] = {}
        # A single column would be picked bare, not as a tuple: the first is picked once more and left out
        self._pick = itemgetter(*(column - 1 for column in self.columns), 0)

    def read(self) -> None:
        rows = list(RowClassifier(self.layout, self.identity.known).rows(self.sheet.grid))
        data = [row for row in rows if row.kind == "data"]
        self.identity.alone = len(data) == 1
        for row in rows:
            if row.kind == "data":
                self._read_row(row)
            elif row.kind in ("total", "section"):
                period = self.identity.period(row) if self.identity.when else None
                self.totals.printed(row, period.code if period else "")
            elif row.kind == "after_end":
                self._find(row, "DATA_AFTER_END", "warning")
        if not data:
            self.draft.findings.append(Finding("NO_DATA_ROWS", "error", self.sheet.grid.name))
        self.totals.check(self.draft, self.sheet.grid.name)
        self._say_ignored(data)
        self._say_hidden(data)

    def reject(self, findings: list[Finding]) -> None:
        """Counts every data row's cells as rejected, for a reason that concerns the whole sheet."""
        self.draft.findings += findings
        rows = RowClassifier(self.layout, self.identity.known).rows(self.sheet.grid)
        self.draft.reject(len(self.columns) * sum(row.kind == "data" for row in rows))

    def _read_row(self, row: FormRow) -> None:
        cells = self._pick(row.cells)[:-1]
        when = self._when(row)
        plain = parse_row_fast(cells)
        parsed = [] if plain else self._parse(cells)
        self.totals.data(row, when.code if when and self.identity.when else "", plain or _for_sum(parsed))
        if parsed and self.form.blank == "missing" and all(cell.blank for cell in parsed):
            self.draft.blank(len(cells))
            return
        if (report := self._report(row, when)) is None:
            self.draft.reject(len(cells))
            return
        first = len(self.draft.observations.value)
        if plain:
            self.draft.accept_row(report, row.row, self.elements, self.columns, plain)
            if not self.rules.hold(plain):
                self.rules.judge(self.draft, range(first, first + len(plain)))
        else:
            self.rules.judge(self.draft, self._enter(report, row.row, cells, parsed))
        last = len(self.draft.observations.value)
        item = as_text(row.cells[self.item - 1]) if self.item else ""
        for position in range(first, last) if item else ():
            self.draft.item(position, item)
        self.spans.append(Span(report, item, row.row, first, last))

    def _when(self, row: FormRow) -> When | None:
        period = self.identity.period(row)
        if period is None:
            return None
        if (known := self._whens.get(period)) is None:
            edition = in_force(self.layout, period)
            known = When(period, period.code, period.end, edition.edition if edition else None)
            self._whens[period] = known
        return known

    def _report(self, row: FormRow, when: When | None) -> int | None:
        if when is None:
            self._find(row, "PERIOD_MISSING_IN_ROW", "error")
            return None
        if when.edition is None:
            self._find(row, "EDITION_NOT_IN_FORCE", "error", form=self.form.form, period=when.code)
            return None
        match = self.identity.place(row, when.end)
        if match.code is None:
            self.draft.findings.append(self.identity.fault(row, match, when.code))
            if match.fault == "UNKNOWN_FACILITY" and self.form.row == "facility":
                self.draft.unknown.setdefault(self.identity.unknown(row))
            return None
        # Rows with an item are parts of one report; without one, a second row is a second report
        key = match.code, when.code
        if self.item and key in self._reports:
            return self._reports[key]
        self._reports[key] = report = self._open(match.code, when.edition, when.code)
        if self.form.row == "facility" and not self.sheet.register.expected(self.form, match.code, when.period):
            self._find(row, "UNEXPECTED_REPORT", "warning", facility=match.code, period=when.code)
        return report

    def _open(self, code: str, edition: str, period: str) -> int:
        facility, area = (code, None) if self.form.row == "facility" else (None, code)
        sheet, revision = self.sheet.grid.name, self.sheet.title.revision
        return self.draft.open(Report(self.form.form, edition, facility, area, period, sheet, revision))

    def _parse(self, cells: Sequence[object]) -> list[Parsed]:
        markers = self.form.markers
        return [parse_cell(cell, kind, markers) for cell, kind in zip(cells, self.types, strict=True)]

    def _enter(self, report: int, row: int, cells: Sequence[object], parsed: list[Parsed]) -> list[int | None]:
        """Enters a row cell by cell; returns each element's position, None where the cell is blank."""
        positions: list[int | None] = []
        for cell, found, element, column in zip(cells, parsed, self.elements, self.columns, strict=True):
            text = cell.text if isinstance(cell, Flawed) else as_text(cell)
            if found.fault:
                position = self.draft.hold(report, element, (row, column), text)
                self.draft.at(position, found.fault, "error", found.suggestion)
                positions.append(position)
            elif found.value is not None:
                kept = "" if found.plain else text
                positions.append(self.draft.accept(report, element, (row, column), found.value, kept))
            elif found.blank == "empty" and self.form.blank == "zero":
                positions.append(self.draft.accept(report, element, (row, column), 0))
            else:
                self.draft.blank()
                positions.append(None)
        return positions

    def _say_ignored(self, data: list[FormRow]) -> None:
        """Columns that the form does not know are counted and named: nothing is passed over in silence."""
        used = {*self.columns, *(column for _, column in self.layout.roles)}
        labels = dict(self.layout.ignored)
        for column in range(1, self.sheet.grid.width + 1):
            if column in used:
                continue
            filled = sum(row.cells[column - 1] != "" for row in data)
            self.draft.counts.ignored += filled
            if filled:
                label = labels.get(column, "")
                place = {"sheet": self.sheet.grid.name, "cell": cell_name(self.layout.leaf, column)}
                params: dict[str, str | int] = {"label": label or place["cell"], "cells": filled}
                self.draft.findings.append(Finding("IGNORED_COLUMN", "info", **place, text=label, params=params))

    def _say_hidden(self, data: list[FormRow]) -> None:
        grid = self.sheet.grid
        for row in data if grid.hidden_rows else ():
            if row.row in grid.hidden_rows:
                self._find(row, "HIDDEN_ROW", "info", number=row.row)
        for column in sorted(grid.hidden_columns.intersection(self.columns)):
            cell = cell_name(self.layout.leaf, column)
            self.draft.findings.append(Finding("HIDDEN_COLUMN", "info", grid.name, cell, params={"cell": cell}))

    def _find(self, row: FormRow, code: str, severity: Severity, **params: str | int) -> None:
        column = self.layout.column(f"{self.form.row}.name") or self.layout.column(f"{self.form.row}.code")
        self.draft.findings.append(
            Finding(
                code=code,
                severity=severity,
                sheet=self.sheet.grid.name,
                cell=cell_name(row.row, column or self.columns[0]),
                facility=str(params["facility"]) if "facility" in params else None,
                period=str(params["period"]) if "period" in params else None,
                text=" ".join(filter(None, (row.code, row.name))),
                params=params,
            )
        )


def in_force(layout: Layout, period: Period) -> Edition | None:
    """The edition with this header that is in force when the period begins."""
    return next((edition for edition in layout.editions if edition.in_force(period.start)), None)


def _for_sum(parsed: list[Parsed]) -> list[int | None]:
    return [None if cell.fault else cell.value or 0 for cell in parsed]
