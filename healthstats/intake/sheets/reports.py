"""Which report the cells of a row are of: the period, the edition then in force, the facility or the area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from healthstats.domain.finding import Severity
from healthstats.domain.form import Edition
from healthstats.domain.period import Period
from healthstats.domain.reading import Finality, Report
from healthstats.intake.judging.called import called_form
from healthstats.intake.judging.draft import Draft
from healthstats.intake.names import Match
from healthstats.intake.sheets.headlabels import Part
from healthstats.intake.sheets.identity import Identity, Sheet
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.rows import FormRow
from healthstats.intake.sheets.title import within


@dataclass(frozen=True, slots=True)
class When:
    """A period with what is asked of it in every row: its code, its last day, the edition in force; `problem` is the
    code of the finding where no report can be of it, and `params` what the finding says."""

    code: str
    end: date
    edition: str
    problem: str
    params: Mapping[str, str]
    is_whole: bool = False


class Reports:
    """Opens the reports of one sheet, each once; why a row is of none becomes one finding, however many periods stand
    side by side in it."""

    def __init__(self, sheet: Sheet, identity: Identity, draft: Draft) -> None:
        self.sheet, self.identity, self.draft = sheet, identity, draft
        self.form = sheet.layout.form
        self._reports: dict[tuple[str, str], int] = {}
        self._whens: dict[Period, When] = {}
        self._told: set[tuple[int, str]] = set()

    def when(self, row: FormRow, part: Part) -> When | None:
        """The period of some cells of the row, of which the header may name a part; None where nobody says it."""
        period = self.identity.period(row, part)
        return None if period is None else self.when_of(period)

    def when_of(self, period: Period) -> When:
        """What is asked of a period in every row."""
        if (known := self._whens.get(period)) is None:
            known = self._whens[period] = self._when(period)
        return known

    def of(self, row: FormRow, when: When | None, part: Part, count: int | None) -> int | None:
        """The number of the report, opened if need be; None where there can be none, and the finding says why. `count`
        is for how many facilities the row says that it stands."""
        if when is None:
            self.find(row, "PERIOD_MISSING_IN_ROW", "error")
            return None
        if when.problem:
            self.find(row, when.problem, "error", **when.params)
            return None
        match = self.identity.place(row, when.end)
        if match.code is None:
            self._say_unknown(row, match, when, count)
            return None
        # Rows with an item are parts of one report; without one, a second row is a second report
        key = match.code, when.code
        if self.identity.items and key in self._reports:
            return self._reports[key]
        self._say_otherwise(row, match, when)
        self._reports[key] = report = self._open(match.code, when, part, self.identity.status(row))
        if self.form.row == "facility":
            self._ask_register(row, match.code, when, count)
        return report

    def find(self, row: FormRow, code: str, severity: Severity, **params: str | int) -> None:
        """Enters a finding about a row, once."""
        if (row.row, code) not in self._told:
            self._told.add((row.row, code))
            self.draft.findings.append(self.identity.finding(row, code, severity, **params))

    def _when(self, period: Period) -> When:
        edition, hint = in_force(self.sheet.layout, period), self.sheet.context.hints.period
        dated = self.identity.when or self.sheet.layout.blocks
        problem, params = "", {"period": period.code}
        if edition is None:
            problem, params = "EDITION_NOT_IN_FORCE", {**params, **called_form(self.form)}
        elif period.start > self.sheet.context.today:
            problem = "PERIOD_IN_FUTURE"
        elif dated and hint and not within(period, hint):
            problem, params = "PERIOD_CONTRADICTS", {"periods": f"{period.code}, {hint}"}
        if edition is None:
            return When(period.code, period.end, "", problem, params)
        of = edition.covers(period)
        return When(of.code, of.end, edition.edition, problem, params, edition.is_whole(period))

    def _say_unknown(self, row: FormRow, match: Match, when: When, count: int | None) -> None:
        if (row.row, match.fault) not in self._told:
            self._told.add((row.row, match.fault))
            self.draft.findings.append(self.identity.fault(row, match, when.code))
        if match.fault == "UNKNOWN_FACILITY" and self.form.row == "facility":
            unknown = self.identity.unknown(row, count or 1)
            if unknown:
                self.draft.unknown.setdefault(unknown)

    def _say_otherwise(self, row: FormRow, match: Match, when: When) -> None:
        """The row says it otherwise than the register: by a name that is quite another, or by a code of other days."""
        code = str(match.code)
        if match.unlike:
            said = row.name or row.code
            self.find(row, "CODE_NAME_DIFFER", "warning", facility=code, said=said, name=match.unlike)
        if match.followed:
            self.find(row, "SUCCESSION_FOLLOWED", "warning", facility=code, named=match.followed, period=when.code)

    def _ask_register(self, row: FormRow, code: str, when: When, count: int | None) -> None:
        """Was it expected, does another row hold it, does it stand for as many facilities as it says?"""
        register, said = self.sheet.register, {"facility": code, "period": when.code}
        if not register.expected(self.form, code, when.end):
            self.find(row, "UNEXPECTED_REPORT", "warning", **said)
        if when.is_whole:
            self.find(row, "WHOLE_PERIOD", "warning", **said)
        if other := register.summed_by(code, when.end):
            self.find(row, "HELD_BY_A_SUM", "warning", **said, other=other)
        if count and count != (known := register.stands_for(code, when.end)):
            self.find(row, "STANDS_FOR_DIFFERS", "warning", **said, count=count, stands_for=known)

    def _open(self, code: str, when: When, part: Part, status: Finality) -> int:
        kind = self.kind(when, part)
        kind = kind._replace(status=status) if status else kind
        return self.draft.open(
            kind._replace(facility=code) if self.form.row == "facility" else kind._replace(area=code)
        )

    def kind(self, when: When, part: Part) -> Report:
        """A report of that time, without whose it is."""
        # a sheet that is one item of many, or some figures of an old year, says nothing about the others
        whole = self.sheet.layout.whole and self.form.item == "column" and not self.form.history_of
        return Report(
            form=self.form.form,
            edition=when.edition,
            facility=None,
            area=None,
            period=when.code,
            sheet=self.sheet.grid.name,
            declared_revision=self.sheet.title.revision,
            replaces="report" if whole else "elements",
            status=part.status or self.sheet.title.status,
        )


def in_force(layout: Layout, period: Period) -> Edition | None:
    """The edition with this header that is in force when the period begins."""
    return next((edition for edition in layout.editions if edition.in_force(period.start)), None)
