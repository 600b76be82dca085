"""Decisions carried out: values put in the place of what was read, findings that are not raised again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from healthstats.domain.decision import CHOOSABLE, Decision, Key
from healthstats.domain.element import Type
from healthstats.domain.finding import Finding, Severity
from healthstats.domain.form import Markers
from healthstats.domain.reading import CellCounts, Observations, Reading, cell_name
from healthstats.intake.draft import plain, quarantine
from healthstats.intake.numbers import parse_cell
from healthstats.words import LANGUAGES, say

Decisions = Mapping[Key, Decision]


def carry_out(reading: Reading, decisions: Decisions) -> Reading:
    """The reading with every decided value in its place, before files are judged against each other. Observations and
    counts change in place; a report that was passed over holds no accepted cell."""
    if not decisions:
        return reading
    made = _Made(reading)
    for finding in reading.findings:
        if decision := decisions.get(_key(finding)):
            made.do(finding, decision)
    notes = [made.pass_over(decision) for decision in _passed(decisions)]
    return replace(reading, findings=(*reading.findings, *notes))


def put_aside(reading: Reading, decisions: Decisions) -> frozenset[int]:
    """The numbers of the reports that another file was chosen for: they are nobody's rival any more."""
    passed = {(one.sheet, one.facility, one.period) for one in _passed(decisions)}
    return frozenset(
        number
        for number, report in enumerate(reading.reports)
        if (report.sheet, report.facility, report.period) in passed
    )


def answered(reading: Reading, decisions: Decisions) -> Reading:
    """The findings, each decided one in words of what was decided, by whom and why."""
    if not decisions:
        return reading
    told = (_told(finding, decisions.get(_key(finding))) for finding in reading.findings)
    return replace(reading, findings=tuple(told))


def value_of(text: str, element_type: Type) -> int | None:
    """A decided value in ten-thousandths, written as a number of any common form; None where the type refuses it."""
    found = parse_cell(text, element_type, Markers())
    return None if found.qualifier else found.value


class _Made:
    """One reading's cells by place, as decisions name them."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.seen = reading, reading.observations
        self._places: dict[tuple[str, str], int] = {}
        self._rows: dict[tuple[int, int], list[int]] = {}
        for position, number in enumerate(self.seen.report):
            row, column = self.seen.row[position], self.seen.column[position]
            self._places[reading.reports[number].sheet, cell_name(row, column)] = position
            self._rows.setdefault((number, row), []).append(position)

    def do(self, finding: Finding, decision: Decision) -> None:
        position = self._places.get((finding.sheet, finding.cell))
        if position is None:
            return
        if decision.decision in ("suggestion", "correct") and decision.value is not None:
            self._put(position, decision.value, "corrected")
        elif decision.decision == "keep" and decision.value is not None:
            self._put(position, decision.value, "confirmed")
        elif decision.decision == "return":
            quarantine(self.seen, self.reading.counts, position)
        elif decision.decision == "choose" and finding.code in CHOOSABLE:
            number, row = self.seen.report[position], self.seen.row[position]
            for place in self._rows[number, row]:
                self._release(place)

    def pass_over(self, decision: Decision) -> Finding:
        for position, number in enumerate(self.seen.report):
            report = self.reading.reports[number]
            if (report.sheet, report.facility, report.period) == (decision.sheet, decision.facility, decision.period):
                quarantine(self.seen, self.reading.counts, position)
        return Finding(
            "PASSED_OVER",
            "info",
            decision.sheet,
            facility=decision.facility,
            period=decision.period,
            params=_params(decision),
        )

    def _put(self, position: int, value: int, status: str) -> None:
        accept(self.seen, self.reading.counts, position, value)
        self.seen.status[position] = status
        if status == "corrected":
            self.seen.qualifier.pop(position, None)

    def _release(self, position: int) -> None:
        """A cell that was held for what stands elsewhere; one with a fault of its own stays out."""
        value = self.seen.held.get(position)
        if value is not None and not self.seen.accepted[position]:
            self._put(position, value, "confirmed")


def accept(seen: Observations, counts: CellCounts, position: int, value: int) -> None:
    """Puts a value in a cell, which is accepted from then on; its text as received stays."""
    if not seen.accepted[position]:
        counts.quarantined -= 1
        counts.accepted += 1
    elif value != seen.value[position]:
        seen.text.setdefault(position, plain(seen.value[position]))
    seen.accepted[position] = 1
    seen.value[position] = value


def _told(finding: Finding, decision: Decision | None) -> Finding:
    if decision is None:
        return finding
    code = "RETURNED" if decision.decision == "return" else "DECIDED"
    severity: Severity = "error" if decision.decision == "return" else "info"
    return replace(finding, code=code, severity=severity, suggestion="", params=_params(decision))


def _params(decision: Decision) -> dict[str, str | int]:
    return {
        **{f"decision_{lang}": say(f"decision.{decision.decision}", lang) for lang in LANGUAGES},
        "who": decision.who,
        "day": f"{decision.decided_at:%d/%m/%Y}",
        "reason": decision.reason or "–",
        "code": decision.code,
    }


def _passed(decisions: Decisions) -> list[Decision]:
    """Reports passed over for another file's; of two rows on one sheet only the chosen is released."""
    return [one for one in decisions.values() if one.decision == "passed_over" and one.code == "CONFLICT"]


def _key(finding: Finding) -> Key:
    return (finding.sheet, finding.cell, finding.code, finding.facility, finding.period)


def by_submission(decisions: Iterable[Decision]) -> dict[str, dict[Key, Decision]]:
    """The decisions of each submission, the latest of each finding."""
    of: dict[str, dict[Key, Decision]] = {}
    for decision in decisions:
        of.setdefault(decision.submission, {})[decision.key] = decision
    return of
