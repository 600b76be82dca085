"""Which decision answers a finding: one on its own file, else one on the same figure in another file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from healthstats.domain.decision import FOLLOWING, Decision, Key, Question, report_asked
from healthstats.domain.finding import Finding
from healthstats.domain.reading import Reading, ReportColumns

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
Own = Mapping[Key, Decision]
_Start = tuple[str, str, str]
"""code, facility, period: enough to tell that most findings were never decided on."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided, the latest of each finding and of each question."""

    own: Mapping[str, Own]
    standing: Mapping[Question, Decision]
    starts: frozenset[_Start]
    places: frozenset[tuple[str, str]]
    """The starts without their codes."""

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decisions:
        """`decisions` in the order in which they were taken."""
        own: dict[str, dict[Key, Decision]] = {}
        standing: dict[Question, Decision] = {}
        for decision in decisions:
            own.setdefault(decision.submission, {})[decision.key] = decision
            if question := decision.question:
                standing[question] = decision
        standing = {asked: one for asked, one in standing.items() if one.decision in FOLLOWING}
        starts = frozenset((asked[0], asked[2], asked[4]) for asked in standing)
        return cls(own, standing, starts, frozenset((facility, period) for _, facility, period in starts))

    def on(self, submission: str) -> Own:
        """Those on one submission."""
        return self.own.get(submission, {})

    def answer(self, submission: str, finding: Finding) -> Decision | None:
        """What was decided of this very finding."""
        own = self.on(submission)
        if not own:
            return None
        key = key_of(finding)
        # those of older versions do not say of which form
        return own.get(key) or own.get((*key[:6], "", None))

    def answer_of_all(self, submission: str, code: str, element: str | None) -> Decision | None:
        """What was decided of every cell of an element with one fault."""
        return self.on(submission).get(("", "", code, None, None, element, "", None)) if element else None

    def may_concern(self, submission: str, reading: Reading) -> bool:
        """False where no rule can find anything in the file that was decided already. Of a large file they ask
        nothing."""
        if submission in self.own:
            return True
        if not self.starts or isinstance(reading.reports, ReportColumns):
            return False
        return any((report.facility or "", report.period) in self.places for report in reading.reports)

    def may_follow(self, finding: Finding) -> bool:
        """False for nearly every finding: then nobody has to look at what it asks."""
        return (finding.code, finding.facility or "", finding.period or "") in self.starts


@dataclass(slots=True)
class Cells:
    """The cells of a reading that some findings are about, by place."""

    reading: Reading
    rows: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, findings: Iterable[Finding]) -> Cells:
        rows: dict[tuple[str, int], list[int]] = {}
        wanted = {row for finding in findings for row, _ in _place(finding.cell)}
        if wanted:
            seen = reading.observations
            for position, row in enumerate(seen.row):
                if row in wanted:
                    rows.setdefault((reading.reports[seen.report[position]].sheet, row), []).append(position)
        return cls(reading, rows)

    def at(self, finding: Finding) -> int | None:
        """The position of the cell that a finding is about; None where it is about no figure's cell."""
        seen = self.reading.observations
        for row, column in _place(finding.cell):
            for position in self.rows.get((finding.sheet, row), ()):
                if seen.column[position] == column:
                    return position
        return None

    def beside(self, position: int) -> list[int]:
        """The positions of the same row of the same report."""
        seen = self.reading.observations
        number = seen.report[position]
        row = self.rows[self.reading.reports[number].sheet, seen.row[position]]
        return [other for other in row if seen.report[other] == number]

    def question(self, finding: Finding) -> Question | None:
        """What a finding asks, whichever file asks it; None where it is about no report's figures."""
        reading, seen = self.reading, self.reading.observations
        position = self.at(finding)
        number = report_of(reading, finding) if position is None else seen.report[position]
        if number is None:
            return None
        report = reading.reports[number]
        if position is None:
            element, item, text = "", "", _figures(reading, number)
        else:
            element, item = reading.elements[seen.element[position]], seen.item.get(position, "")
            # 12,5 in a sheet of thousands is not the 12,5 of a plain one
            factor = reading.factors.get((finding.sheet, element), 1)
            text = finding.text if factor == 1 else f"{finding.text} × {factor}"
        place = (report.form, report.facility or "", report.area or "", report.period, element, item)
        return (finding.code, *place, text, str(finding.params.get("right_value_vi", "")))


def key_of(finding: Finding) -> Key:
    """By which a decision names a finding of its submission."""
    element = None if finding.cell else finding.element
    place = (finding.sheet, finding.cell, finding.code, finding.facility, finding.period, element)
    return (*place, *report_asked(finding.code, finding.facility, finding.params))


def _place(cell: str) -> Iterator[tuple[int, int]]:
    """`F12` → (12, 6), once; nothing where there is no cell."""
    if match := _ADDRESS.fullmatch(cell):
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        yield int(match[2]), column


def report_of(reading: Reading, finding: Finding) -> int | None:
    """The one report that a finding without a cell is about."""
    if finding.cell or not finding.facility:
        return None
    about = (finding.sheet, finding.facility, finding.period)
    for number, report in enumerate(reading.reports):
        # a long CSV may hold several forms of one month
        of_form = finding.params.get("form", report.form) == report.form
        if of_form and (report.sheet, report.facility, report.period) == about:
            return number
    return None


def _figures(reading: Reading, number: int) -> str:
    """The digest of all that a report says: of another figure nothing was decided."""
    seen = reading.observations
    told = sorted(
        (reading.elements[seen.element[at]], seen.item.get(at, ""), seen.value[at] if seen.accepted[at] else -1)
        for at, of in enumerate(seen.report)
        if of == number
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()
