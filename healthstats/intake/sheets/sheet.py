"""One sheet of a form, from its header down: every data row becomes a report or a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.reading import SCALE, cell_name
from healthstats.intake.judging.draft import Draft
from healthstats.intake.sheets.cells import Cells, Typed
from healthstats.intake.sheets.headlabels import NO_PART, Part
from healthstats.intake.sheets.identity import Identity, Sheet
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.phrases import no_one_period, periods_in
from healthstats.intake.sheets.repeats import Span
from healthstats.intake.sheets.reports import Reports, When
from healthstats.intake.sheets.rows import FormRow, RowClassifier
from healthstats.intake.sheets.sums import RowSums
from healthstats.intake.sheets.title import within
from healthstats.intake.sheets.totals import Totals
from healthstats.intake.sheets.usualrows import UsualRows


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one period among those that stand side by side, or all there are."""

    part: Part
    cells: Cells
    totals: Totals


class SheetReader:
    """Reads one sheet into a draft; `spans` tells afterwards which observations each row gave."""

    def __init__(self, sheet: Sheet, draft: Draft) -> None:
        self.sheet, self.draft = sheet, draft
        self.layout: Layout = sheet.layout
        self.form, definitions = sheet.layout.form, sheet.context.definitions
        self.identity = Identity(sheet, alone=False)
        self.reports = Reports(sheet, self.identity, draft)
        self.columns = [
            Columns(layout.part, Cells(layout, definitions, draft), Totals(layout, definitions))
            for layout in self.layout.by_period()
        ]
        self.width = len(self.layout.elements)
        self.sums = RowSums(self.layout, definitions)
        codes = [code for code, _ in self.layout.elements]
        self.count = codes.index(self.form.facility_count) if self.form.facility_count in codes else None
        self.usual: UsualRows | None = None
        if self._is_plain():
            self.usual = UsualRows(self.reports, self.columns[0].cells, self.columns[0].totals, self.count)
        self.spans: list[Span] = []

    def _is_plain(self) -> bool:
        """Whether the sheet has the columns of one period only, and no sums within its rows."""
        return len(self.columns) == 1 and self.columns[0].part == NO_PART and not self.sums.sums

    def read(self) -> None:
        rows = RowClassifier(self.layout, self.identity.known).rows(self.sheet.grid)
        data = [row for row in rows if row.kind == "data"]
        typed = zip(*self._typed(data), strict=True)
        self.identity.alone = len(data) == 1
        if self.identity.alone:
            self.usual = None
        aside = False
        for row in rows:
            if row.kind == "data" and not aside:
                cells = next(typed)
                if not (self.usual and self.usual.take(row, cells[0])):
                    self._enter_usual()
                    self._read_row(row, cells)
                continue
            self._enter_usual()
            if row.kind == "title":
                aside = self._is_of_another_period(row)
            elif row.kind == "after_end":
                self._read_after_end(row)
            elif row.kind in ("of_which", "part", "aside"):
                self._pass_over(row)
            elif row.kind == "data":
                next(typed)
                self.draft.reject(self.width)
            elif not aside:
                period = self.identity.period(row) if self.identity.when else None
                for columns in self.columns:
                    columns.totals.printed(row, self.reports.when_of(period).code if period else "")
                self.sums.check(self.draft, self.sheet.grid.name, row)
        self._enter_usual()
        if not data:
            self.draft.findings.append(Finding("NO_DATA_ROWS", "error", self.sheet.grid.name))
        for columns in self.columns:
            columns.totals.check(self.draft, self.sheet.grid.name)
        self._say_ignored(data)
        self._say_hidden(data)

    def reject(self, findings: list[Finding]) -> None:
        """Counts every data row's cells as rejected, for a reason that concerns the whole sheet; a form that nobody
        has filled in has nothing to reject."""
        rows = RowClassifier(self.layout, self.identity.known).rows(self.sheet.grid)
        data = [row for row in rows if row.kind == "data"]
        blank = self.form.blank == "missing" and all(cells.empty for column in self._typed(data) for cells in column)
        if data and blank:
            self.draft.blank(self.width * len(data))
        else:
            self.draft.findings += findings
            self.draft.reject(self.width * len(data))

    def _typed(self, data: list[FormRow]) -> list[list[Typed]]:
        """The cells of each period's columns, row by row."""
        rows = [row.cells for row in data]
        return [columns.cells.read_all(rows) for columns in self.columns]

    def _is_of_another_period(self, title: FormRow) -> bool:
        """Whether the text above a second table says another period than the sheet's, or none that holds."""
        period, said = self.sheet.period, periods_in(title.name)
        unclear = no_one_period(title.name) and not self.sheet.context.hints.period
        if period is None or not (unclear or any(not within(period, one) for one in said)):
            return False
        periods = ", ".join(map(str, dict.fromkeys([period, *said])))
        self._find(title, "PERIOD_CONTRADICTS_BELOW", "error", periods=periods, said=title.name.replace("\n", " "))
        return True

    def _read_after_end(self, row: FormRow) -> None:
        if not self.identity.known(row.code, row.name):
            self._find(row, "DATA_AFTER_END", "warning")
            return
        self._find(row, "DATA_AFTER_END", "error")
        self.draft.reject(self.width)

    def _pass_over(self, row: FormRow) -> None:
        """A part of the row above: a name with figures may still be a facility that the register lacks."""
        filled = sum(cell != "" for columns in self.columns for cell in columns.cells.of(row.cells))
        self.draft.counts.ignored += filled
        if row.kind == "part" and filled:
            self._find(row, "OF_WHICH_NOT_READ", "warning", name=row.name)

    def _enter_usual(self) -> None:
        if self.usual:
            self.spans += self.usual.enter()

    def _read_row(self, row: FormRow, typed: Sequence[Typed]) -> None:
        whens = [self.reports.when(row, columns.part) for columns in self.columns]
        for columns, cells, when in zip(self.columns, typed, whens, strict=True):
            columns.totals.data(row, when.code if when and self.identity.when else "", cells.terms)
        self.sums.check(self.draft, self.sheet.grid.name, row)
        if self.form.blank == "missing" and all(cells.empty for cells in typed):
            self.draft.blank(self.width)
            self._find(row, "REPORT_EMPTY", "warning", name=row.name or row.code)
            return
        for columns, cells, when in zip(self.columns, typed, whens, strict=True):
            # a month that has not come yet stands blank beside those that have
            if self.form.blank == "missing" and cells.empty:
                self.draft.blank(len(columns.cells))
            else:
                self._read_cells(row, columns, cells, when)

    def _read_cells(self, row: FormRow, columns: Columns, typed: Typed, when: When | None) -> None:
        report = self.reports.of(row, when, columns.part, self._facilities_of(typed))
        if report is None:
            self.draft.reject(len(columns.cells))
            return
        first = len(self.draft.observations.value)
        columns.cells.enter(report, row.row, typed)
        last = len(self.draft.observations.value)
        item = self.identity.item(row)
        for position in range(first, last) if item else ():
            self.draft.item(position, item)
        self.spans.append(Span(report, item, row.row, first, last, self.sheet.item))

    def _facilities_of(self, typed: Typed) -> int | None:
        """For how many facilities a row says that it stands; None where it does not say."""
        value = typed.terms[self.count] if self.count is not None else None
        return value // SCALE if value else None

    def _say_ignored(self, data: list[FormRow]) -> None:
        """Columns that the form does not know are counted and named: nothing is passed over in silence."""
        used = {column for _, column in (*self.layout.elements, *self.layout.roles)}
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
        for column in sorted(grid.hidden_columns.intersection(column for _, column in self.layout.elements)):
            cell = cell_name(self.layout.leaf, column)
            self.draft.findings.append(Finding("HIDDEN_COLUMN", "info", grid.name, cell, params={"cell": cell}))

    def _find(self, row: FormRow, code: str, severity: Severity, **params: str | int) -> None:
        self.draft.findings.append(self.identity.finding(row, code, severity, **params))
