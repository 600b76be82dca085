"""What the texts of a long CSV mean: whose figure, of when, of which element. Asked once a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from healthstats.domain.element import Element
from healthstats.domain.finding import Finding
from healthstats.domain.form import Form
from healthstats.domain.period import Period, parse_period
from healthstats.domain.reading import Report, UnknownFacility
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longproblems import Problems
from healthstats.intake.judging.called import called_form
from healthstats.intake.judging.draft import Draft
from healthstats.intake.letters.text import fold
from healthstats.intake.register import Register
from healthstats.intake.sheets.labels import Labels, without_bullet
from healthstats.intake.sheets.phrases import declared_revision, no_one_period, periods_in

MOST_SUGGESTIONS = 3


class ElementKeys(dict[tuple[str, str], int]):
    """(form, element) as written → the element's number in the draft, or a problem's."""

    def __init__(self, context: Context, draft: Draft, problems: Problems) -> None:
        super().__init__()
        self.forms = context.definitions.forms
        self.hint = context.hints.form
        self.draft, self.problems = draft, problems
        self.elements = context.definitions.elements
        self.named: dict[str, list[Element]] = {}
        for element in self.elements.values():
            for name in {fold(element.element), *map(fold, element.name.values())}:
                self.named.setdefault(name, []).append(element)
        self.found: list[Element] = []

    def __missing__(self, said: tuple[str, str]) -> int:
        form, text = self._form(said[0]), said[1].strip()
        exact = self.elements.get(text)
        fitting = [exact] if exact else self.named.get(fold(text), [])
        collects = self.forms[form].collects if form and form in self.forms else form
        fitting = [element for element in fitting if collects in (None, element.form)]
        number = self._number(fitting[0], form) if len(fitting) == 1 else -1
        if number < 0:
            nearest = "; ".join(element.element for element in fitting[:MOST_SUGGESTIONS]) or self._nearest(text)
            params = {"said": text, "suggestions": nearest}
            finding = Finding("UNKNOWN_ELEMENT", "error", text=text, suggestion=nearest, params=params)
            number = self.problems.enter("element", finding)
        self[said] = number
        return number

    def _number(self, element: Element, form: str | None) -> int:
        """The element's number, as one of `form`: of a history its rows are areas. -1 where the file has it as another
        form's too."""
        own = replace(element, form=form or element.form)
        number = self.draft.element(element.element)
        if number == len(self.found):
            self.found.append(own)
        return number if self.found[number].form == own.form else -1

    def _form(self, text: str) -> str | None:
        """A form's code or name; what is no form's leaves no element to fit."""
        if not text.strip():
            return self.hint
        wanted = fold(text)
        names = {code: {fold(code), *map(fold, form.name.values())} for code, form in self.forms.items()}
        return next((code for code, folded in names.items() if wanted in folded), text.strip())

    def _nearest(self, text: str) -> str:
        # imported here: rapidfuzz is needed only where a file names something unknown
        from rapidfuzz import fuzz, process

        near = process.extract(fold(text), self.named.keys(), scorer=fuzz.WRatio, limit=6, score_cutoff=60)
        codes = dict.fromkeys(element.element for name, _, _ in near for element in self.named[name])
        return "; ".join(list(codes)[:MOST_SUGGESTIONS])


Group = tuple[str, str, str, str, str]
"""Facility code and name, period, and item as written, and the form's code."""


@dataclass(frozen=True, slots=True)
class Time:
    """A period with what is asked of it for every report: its code, its last day, the edition in force."""

    period: Period
    code: str
    end: date
    edition: str


class Owners:
    """Who and when, as a file says it, to a facility or area and a period, or to a problem's number; `findings` is
    what is odd about names that are understood."""

    def __init__(self, context: Context, draft: Draft, problems: Problems) -> None:
        self.context, self.draft, self.problems = context, draft, problems
        self.register = Register(context)
        self.findings: list[Finding] = []
        self._times: dict[tuple[str, str], Time | int] = {}
        self._unlike: set[tuple[str, str]] = set()
        self._followed: set[tuple[str, str]] = set()

    def time(self, when: str, form: Form) -> Time | int:
        """The period with the edition then in force, or a problem."""
        key = (when, form.form)
        if key not in self._times:
            self._times[key] = self._time(when, form)
        return self._times[key]

    def _time(self, when: str, form: Form) -> Time | int:
        """The period with the edition then in force, or a problem."""
        hint = self.context.hints.period
        named = () if no_one_period(when) else periods_in(when)
        period = hint if not when else parse_period(when) or (named[0] if len(named) == 1 else None)
        if period is None:
            return self._problem("period", "PERIOD_MISSING_IN_ROW", text=when)
        if hint and hint != period:
            return self._problem("period", "PERIOD_CONTRADICTS", text=when, periods=f"{period}; --period {hint}")
        if period.start > self.context.today:
            return self._problem("period", "PERIOD_IN_FUTURE", text=when, period=period.code)
        edition = next((edition for edition in form.editions if edition.in_force(period.start)), None)
        if edition is None:
            return self._problem("period", "EDITION_NOT_IN_FORCE", text=when, period=period.code, **called_form(form))
        of = edition.covers(period)
        return Time(of, of.code, of.end, edition.edition)

    def who(self, code: str, name: str, form: Form, time: Time) -> str | int:
        """The facility or area meant at that time, or a problem."""
        hint = self.context.hints.facility if form.row == "facility" else None
        if not (code or name):
            code = hint or ""
        if not (code or name):
            return self._problem("facility", "FACILITY_MISSING")
        match = self.register.match(form.row, code, name, time.end)
        said = " ".join(filter(None, (code, name)))
        nearest = "; ".join(f"{near.code} {near.name} ({near.score})" for near in match.suggestions)
        if match.code is None:
            proposed = match.fault == "UNKNOWN_FACILITY" and form.row == "facility"
            if proposed and not Labels(form.rows).begin(name):
                self.draft.unknown.setdefault(_unknown(code, without_bullet(name)))
            return self._problem("facility", match.fault, text=said, said=said, suggestions=nearest or "–")
        if match.unlike and (code, name) not in self._unlike:
            self._unlike.add((code, name))
            told = {"facility": match.code, "said": name or code, "name": match.unlike}
            finding = Finding("CODE_NAME_DIFFER", "warning", facility=match.code, text=said, params=told)
            self.findings.append(finding)
        if match.followed and (match.followed, time.code) not in self._followed:
            self._followed.add((match.followed, time.code))
            told = {"facility": match.code, "named": match.followed, "period": time.code}
            self.findings.append(
                Finding("SUCCESSION_FOLLOWED", "warning", facility=match.code, period=time.code, text=said, params=told)
            )
        if hint and hint not in (match.code, match.followed):
            said = f"{said}; --facility {hint}"
            return self._problem("facility", "FACILITY_CONTRADICTS", text=said, said=said, suggestions=match.code)
        return match.code

    def _problem(self, role: str, code: str, text: str = "", **params: str) -> int:
        suggestion = params.get("suggestions", "").strip("–")
        return self.problems.enter(role, Finding(code, "error", text=text, suggestion=suggestion, params=params))


class GroupKeys(dict[Group, int]):
    """Whose and when and which item → a number in `groups`, or a problem's. Opens the reports; `findings` is what is
    odd about them."""

    def __init__(self, context: Context, draft: Draft, problems: Problems) -> None:
        super().__init__()
        self.context, self.draft = context, draft
        self.owners = Owners(context, draft, problems)
        self.revision = declared_revision(context.name)
        self.findings: list[Finding] = []
        self.groups: list[tuple[int, str]] = []
        self._reports: dict[tuple[str, str, str], int] = {}
        self._numbers: dict[tuple[int, str], int] = {}

    def __missing__(self, said: Group) -> int:
        code, name, when, item, form_code = said
        if not form_code:
            # the element is the problem, and is told as such
            return -1
        report = self._report(code.strip(), name.strip(), when.strip(), self.context.definitions.forms[form_code])
        if report >= 0:
            group = (report, item.strip())
            number = self._numbers.setdefault(group, len(self.groups))
            if number == len(self.groups):
                self.groups.append(group)
        else:
            number = report
        self[said] = number
        return number

    def _report(self, code: str, name: str, when: str, form: Form) -> int:
        time = self.owners.time(when, form)
        if isinstance(time, int):
            return time
        who = self.owners.who(code, name, form, time)
        if isinstance(who, int):
            return who
        report = self._reports.setdefault((form.form, who, time.code), len(self.draft.reports))
        if report == len(self.draft.reports):
            self._open(form, who, time)
        return report

    def _open(self, form: Form, who: str, time: Time) -> None:
        facility, area = (who, None) if form.row == "facility" else (None, who)
        self.draft.open(Report(form.form, time.edition, facility, area, time.code, "", self.revision, "elements"))
        if facility:
            self.findings += oddities(self.owners.register, form, facility, time.period)


def oddities(register: Register, form: Form, facility: str, period: Period) -> list[Finding]:
    """What a report of that facility and period has to be asked about."""
    params = {"facility": facility, "period": period.code}
    told = [] if register.expected(form, facility, period.end) else [("UNEXPECTED_REPORT", params)]
    if is_whole(form, period):
        told.append(("WHOLE_PERIOD", params))
    if other := register.summed_by(facility, period.end):
        told.append(("HELD_BY_A_SUM", {**params, "other": other}))
    return [Finding(code, "warning", facility=facility, period=period.code, params=named) for code, named in told]


def is_whole(form: Form, period: Period) -> bool:
    """Whether a report of the period takes several of the form's own together."""
    return any(edition.in_force(period.start) and edition.is_whole(period) for edition in form.editions)


def _unknown(code: str, name: str) -> UnknownFacility:
    """A lone word with a digit in it, where a file does not say which it is, is a code and no name."""
    if not code and " " not in name and any(map(str.isdigit, name)):
        return UnknownFacility(name, "")
    return UnknownFacility(code, name)
