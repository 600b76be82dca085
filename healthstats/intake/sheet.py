"""One sheet of a form, from its header down: every data row becomes a report or a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.form import Edition
from healthstats.domain.period import Period
from healthstats.domain.reading import SCALE, Report, cell_name
from healthstats.intake.called import called_form
from healthstats.intake.cells import Cells, Typed
from healthstats.intake.draft import Draft
from healthstats.intake.identity import Identity, Sheet
from healthstats.intake.layout import Layout
from healthstats.intake.phrases import no_one_period, periods_in
from healthstats.intake.rows import FormRow, RowClassifier
from healthstats.intake.title import within
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
        self.cells = Cells(self.layout, sheet.context.definitions, draft)
        self.totals = Totals(self.layout, sheet.context.definitions)
        self.item = self.layout.column("item")
        codes = [code for code, _ in self.layout.elements]
        self.count = codes.index(self.form.facility_count) if self.form.facility_count in codes else None
        self.spans: list[Span] = []
        self._reports: dict[tuple[str, str], int] = {}
        self._whens: dict[Period, When] = {}

    def read(self) -> None:
        rows = RowClassifier(self.layout, self.identity.known).rows(self.sheet.grid)
        data = [row for row in rows if row.kind == "data"]
        self.identity.alone = len(data) == 1
        aside = False
        for row in rows:
            if row.kind == "title":
                aside = self._is_of_another_period(row)
            elif row.kind == "after_end":
                self._read_after_end(row)
            elif row.kind in ("of_which", "part"):
                self._pass_over(row)
            elif aside:
                self.draft.reject(len(self.cells) * (row.kind == "data"))
            elif row.kind == "data":
                self._read_row(row)
            else:
                period = self.identity.period(row) if self.identity.when else None
                self.totals.printed(row, period.code if period else "")
        if not data:
            self.draft.findings.append(Finding("NO_DATA_ROWS", "error", self.sheet.grid.name))
        self.totals.check(self.draft, self.sheet.grid.name)
        self._say_ignored(data)
        self._say_hidden(data)

    def reject(self, findings: list[Finding]) -> None:
        """Counts every data row's cells as rejected, for a reason that concerns the whole sheet; a form that nobody
        has filled in has nothing to reject."""
        rows = RowClassifier(self.layout, self.identity.known).rows(self.sheet.grid)
        data = [row for row in rows if row.kind == "data"]
        if data and self.form.blank == "missing" and all(self.cells.read(row.cells).empty for row in data):
            self.draft.blank(len(self.cells) * len(data))
        else:
            self.draft.findings += findings
            self.draft.reject(len(self.cells) * len(data))

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
        self.draft.reject(len(self.cells))

    def _pass_over(self, row: FormRow) -> None:
        """A part of the row above: a name with figures may still be a facility that the register lacks."""
        filled = sum(cell != "" for cell in self.cells.of(row.cells))
        self.draft.counts.ignored += filled
        if row.kind == "part" and filled:
            self._find(row, "OF_WHICH_NOT_READ", "warning", name=row.name)

    def _read_row(self, row: FormRow) -> None:
        typed, when = self.cells.read(row.cells), self._when(row)
        self.totals.data(row, when.code if when and self.identity.when else "", typed.terms)
        if typed.empty and self.form.blank == "missing":
            self.draft.blank(len(self.cells))
            self._find(row, "REPORT_EMPTY", "warning", name=row.name or row.code)
            return
        count = self._facilities_of(typed)
        if (report := self._report(row, when, count)) is None:
            self.draft.reject(len(self.cells))
            return
        first = len(self.draft.observations.value)
        self.cells.enter(report, row.row, typed)
        last = len(self.draft.observations.value)
        item = self.identity.item(row)
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

    def _facilities_of(self, typed: Typed) -> int | None:
        """For how many facilities a row says that it stands; None where it does not say."""
        value = typed.terms[self.count] if self.count is not None else None
        return value // SCALE if value else None

    def _report(self, row: FormRow, when: When | None, count: int | None) -> int | None:
        if when is None:
            self._find(row, "PERIOD_MISSING_IN_ROW", "error")
            return None
        if when.edition is None:
            self._find(row, "EDITION_NOT_IN_FORCE", "error", period=when.code, **called_form(self.form))
            return None
        if when.period.start > self.sheet.context.today:
            self._find(row, "PERIOD_IN_FUTURE", "error", period=when.code)
            return None
        hint = self.sheet.context.hints.period
        if self.identity.when and hint and not within(when.period, hint):
            self._find(row, "PERIOD_CONTRADICTS", "error", periods=f"{when.code}, {hint}")
            return None
        match = self.identity.place(row, when.end)
        if match.code is None:
            self.draft.findings.append(self.identity.fault(row, match, when.code))
            if match.fault == "UNKNOWN_FACILITY" and self.form.row == "facility":
                unknown = self.identity.unknown(row, count or 1)
                if unknown:
                    self.draft.unknown.setdefault(unknown)
            return None
        # Rows with an item are parts of one report; without one, a second row is a second report
        key = match.code, when.code
        if self.item and key in self._reports:
            return self._reports[key]
        if match.unlike:
            self._find(
                row, "CODE_NAME_DIFFER", "warning", facility=match.code, said=row.name or row.code, name=match.unlike
            )
        if match.followed:
            self._find(
                row, "SUCCESSION_FOLLOWED", "warning", facility=match.code, named=match.followed, period=when.code
            )
        self._reports[key] = report = self._open(match.code, when.edition, when.code)
        if self.form.row == "facility":
            self._ask_register(row, match.code, when, count)
        return report

    def _ask_register(self, row: FormRow, code: str, when: When, count: int | None) -> None:
        """Was it expected, does another row hold it, does it stand for as many facilities as it says?"""
        register, said = self.sheet.register, {"facility": code, "period": when.code}
        if not register.expected(self.form, code, when.period):
            self._find(row, "UNEXPECTED_REPORT", "warning", **said)
        if other := register.summed_by(code, when.end):
            self._find(row, "HELD_BY_A_SUM", "warning", **said, other=other)
        if count and count != (known := register.stands_for(code, when.end)):
            self._find(row, "STANDS_FOR_DIFFERS", "warning", **said, count=count, stands_for=known)

    def _open(self, code: str, edition: str, period: str) -> int:
        facility, area = (code, None) if self.form.row == "facility" else (None, code)
        sheet, revision = self.sheet.grid.name, self.sheet.title.revision
        replaces: Literal["report", "elements"] = "report" if self.layout.whole else "elements"
        return self.draft.open(Report(self.form.form, edition, facility, area, period, sheet, revision, replaces))

    def _say_ignored(self, data: list[FormRow]) -> None:
        """Columns that the form does not know are counted and named: nothing is passed over in silence."""
        used = {*self.cells.columns, *(column for _, column in self.layout.roles)}
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
        for column in sorted(grid.hidden_columns.intersection(self.cells.columns)):
            cell = cell_name(self.layout.leaf, column)
            self.draft.findings.append(Finding("HIDDEN_COLUMN", "info", grid.name, cell, params={"cell": cell}))

    def _find(self, row: FormRow, code: str, severity: Severity, **params: str | int) -> None:
        column = self.layout.column(f"{self.form.row}.name") or self.layout.column(f"{self.form.row}.code")
        self.draft.findings.append(
            Finding(
                code=code,
                severity=severity,
                sheet=self.sheet.grid.name,
                cell=cell_name(row.row, column or self.cells.columns[0]),
                facility=str(params["facility"]) if "facility" in params else None,
                period=str(params["period"]) if "period" in params else None,
                text=" ".join(filter(None, (row.code, row.name))),
                params=params,
            )
        )


def in_force(layout: Layout, period: Period) -> Edition | None:
    """The edition with this header that is in force when the period begins."""
    return next((edition for edition in layout.editions if edition.in_force(period.start)), None)
