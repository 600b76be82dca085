"""Decisions carried out: values put in the place of what was read, findings that are not raised again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from healthstats.domain.decision import CHOOSABLE, CONFLICT, Decision, Key
from healthstats.domain.element import Element
from healthstats.domain.finding import Finding
from healthstats.domain.form import Markers
from healthstats.domain.reading import CellCounts, Observations, Reading
from healthstats.intake.figures.numbers import parse_cell
from healthstats.intake.judging.answers import Cells, Decisions, key_of, report_of
from healthstats.intake.judging.conflicts import positions_of
from healthstats.intake.judging.counted import COUNTED, as_sheets_count, value_of
from healthstats.intake.judging.draft import plain, quarantine
from healthstats.words import LANGUAGES, say

STATUS = {"keep": "confirmed", "choose": "confirmed", "suggestion": "corrected", "correct": "corrected"}
"""What a cell is called whose value stands by a decision."""
ALIKE = "MORE_ALIKE"


@dataclass(slots=True)
class Answers:
    """What was decided that one file's findings ask: of the file itself, or of the same figures in another file."""

    submission: str
    decisions: Decisions
    elements: Mapping[str, Element]
    given: dict[Key, Decision] = field(default_factory=dict)
    left: dict[tuple[str, str], int] = field(default_factory=dict)

    def carry_out(self, reading: Reading, since: int = 0) -> None:
        """Puts every decided value in its place, of the findings from number `since` on. Observations and counts change
        in place; a report that was passed over holds no accepted cell, one that was chosen is confirmed."""
        found = reading.findings[since:]
        asked = [finding for finding in found if self._own(finding) or self.decisions.may_follow(finding)]
        cells = Cells.of(reading, asked)
        for finding in asked:
            question = cells.question(finding)
            decision = self._own(finding) or (self.decisions.standing.get(question) if question else None)
            if decision and self._do(cells, finding, decision):
                self.given[key_of(finding)] = decision.asked(question) if question else decision
        if since == 0:
            for decision in self._own_decisions():
                if decision.is_of_all:
                    self._do_all(reading, decision)
                elif decision.puts_aside:
                    _pass_over(reading, decision)
                elif decision.chooses:
                    _confirm(reading, decision)

    def hold(self, reading: Reading, since: int) -> None:
        """Keeps out what a form calls an error among the findings from number `since` on, unless it was decided."""
        asked = [one for one in reading.findings[since:] if one.severity == "error" and key_of(one) not in self.given]
        cells = Cells.of(reading, asked)
        for finding in asked:
            position = cells.at(finding)
            if position is None:
                _hold_report(reading, finding)
            else:
                quarantine(reading.observations, reading.counts, position)

    def may_change(self, reading: Reading) -> bool:
        """Whether a finding still to come may be one that was decided."""
        return self.decisions.may_concern(self.submission, reading)

    def put_aside(self, reading: Reading) -> frozenset[int]:
        """The numbers of the reports that another file was chosen for: they are nobody's rival any more."""
        passed = [one for one in self._own_decisions() if one.puts_aside]
        return frozenset(at for one in passed for at in _reports_of(reading, one))

    def told(self, reading: Reading) -> Reading:
        """The findings, as their sheets count, each decided one in words of what was decided, by whom and why."""
        reading = as_sheets_count(reading)
        if not (self.given or self._own_decisions()):
            return reading
        passed = [_passed_over(decision) for decision in self._own_decisions() if decision.puts_aside]
        return replace(reading, findings=(*(told for one in reading.findings for told in self._told(one)), *passed))

    def complete(self, decision: Decision) -> Decision:
        """The decision with what its finding asked, by which it answers other files."""
        return self.given.get(decision.key, decision)

    def _own_decisions(self) -> list[Decision]:
        return [*self.decisions.on(self.submission).values()]

    def _own(self, finding: Finding) -> Decision | None:
        one = self.decisions.answer(self.submission, finding)
        return one or self.decisions.answer_of_all(self.submission, finding.code, finding.element)

    def _do(self, cells: Cells, finding: Finding, decision: Decision) -> bool:
        """Whether the decision is one that this finding can be answered by."""
        seen, counts = cells.reading.observations, cells.reading.counts
        value, position = decision.value, cells.at(finding)
        if decision.is_of_all and decision.decision == "suggestion":
            value = value_of(finding.suggestion, self.elements[finding.element or ""])
            if value is None:
                return False
        if position is None:
            if decision.decision == "return":
                _hold_report(cells.reading, finding)
            return True
        if decision.decision == "keep" and value is not None:
            # the text does not say in which unit its sheet counts
            value = seen.held.get(position, value)
        if decision.decision in STATUS and value is not None:
            _put(seen, counts, position, value, STATUS[decision.decision])
        elif decision.decision == "return":
            quarantine(seen, counts, position)
        elif decision.decision == "choose" and finding.code in CHOOSABLE:
            for place in cells.beside(position):
                _release(seen, counts, place)
        return True

    def _do_all(self, reading: Reading, decision: Decision) -> None:
        """The cells alike that no finding tells one by one."""
        seen, counts = reading.observations, reading.counts
        place = (decision.code, decision.element or "")
        element = self.elements[place[1]]
        for position in reading.alike.get(place, ()):
            if decision.decision == "return":
                quarantine(seen, counts, position)
            elif decision.decision == "suggestion":
                parsed = parse_cell(seen.text.get(position, ""), element.type, Markers(), element.unit.values())
                value = value_of(parsed.suggestion, element)
                if value is None:
                    self.left[place] = self.left.get(place, 0) + 1
                else:
                    _put(seen, counts, position, value, STATUS[decision.decision])

    def _told(self, finding: Finding) -> list[Finding]:
        place = (str(finding.params.get("code", "")), finding.element or "")
        if finding.code == ALIKE:
            decision = self.decisions.answer_of_all(self.submission, *place)
            left = self.left.get(place, 0)
            remain = [replace(finding, params={**finding.params, "cells": left, "shown": 0})] if left else []
            return [_answered(finding, decision), *remain] if decision else [finding]
        decision = self.given.get(key_of(finding)) or self.decisions.answer(self.submission, finding)
        # a conflict with a file that came to be understood after the choice: nobody chose between these
        if decision is None or decision.chooses:
            return [finding]
        told = _answered(finding, decision)
        return [told if decision.submission == self.submission else replace(told, code="DECIDED_BEFORE")]


def accept(seen: Observations, counts: CellCounts, position: int, value: int) -> None:
    """Puts a value in a cell, which is accepted from then on; its text as received stays."""
    if not seen.accepted[position]:
        counts.quarantined -= 1
        counts.accepted += 1
    elif value != seen.value[position]:
        seen.text.setdefault(position, plain(seen.value[position]))
    seen.accepted[position] = 1
    seen.value[position] = value


def _put(seen: Observations, counts: CellCounts, position: int, value: int, status: str) -> None:
    accept(seen, counts, position, value)
    seen.status[position] = status
    if status == "corrected":
        seen.qualifier.pop(position, None)


def _release(seen: Observations, counts: CellCounts, position: int) -> None:
    """A cell that was held for what stands elsewhere; one with a fault of its own stays out."""
    value = seen.held.get(position)
    if value is not None and not seen.accepted[position]:
        _put(seen, counts, position, value, STATUS["choose"])


def _hold_report(reading: Reading, finding: Finding) -> None:
    """A whole report kept out: none of its figures counts."""
    number = report_of(reading, finding)
    for position, of in enumerate(reading.observations.report if number is not None else ()):
        if of == number:
            quarantine(reading.observations, reading.counts, position)


def _reports_of(reading: Reading, decision: Decision) -> list[int]:
    """The numbers of the reports that a choice between files is of; older versions do not say of which form."""
    about = (decision.sheet, decision.facility, decision.area, decision.period)
    return [
        number
        for number, report in enumerate(reading.reports)
        if (report.sheet, report.facility, report.area, report.period) == about and decision.form in ("", report.form)
    ]


def _pass_over(reading: Reading, decision: Decision) -> None:
    for position in positions_of(reading, frozenset(_reports_of(reading, decision))):
        quarantine(reading.observations, reading.counts, position)


def _confirm(reading: Reading, decision: Decision) -> None:
    """The figures of the chosen report; what the file itself says of one, or a person corrected, stays said."""
    numbers, seen = _reports_of(reading, decision), reading.observations
    final = frozenset(number for number in numbers if not reading.reports[number].status)
    if not decision.form and len(numbers) > 1:
        return
    for position in positions_of(reading, final):
        seen.status.setdefault(position, STATUS["choose"])


def _passed_over(decision: Decision) -> Finding:
    return Finding(
        "PASSED_OVER",
        "info",
        decision.sheet,
        facility=decision.facility,
        period=decision.period,
        params=_params(decision),
    )


def _answered(finding: Finding, decision: Decision) -> Finding:
    if decision.decision != "return":
        return replace(finding, code="DECIDED", severity="info", suggestion="", params=_params(decision))
    # as it was: a person may think better of it
    counted = {name: finding.params[name] for name in COUNTED if name in finding.params}
    params = {**_params(decision), **counted, "severity": finding.severity}
    return replace(finding, code="RETURNED", severity="error", params=params)


def _params(decision: Decision) -> dict[str, str | int]:
    of_report = decision.code == CONFLICT and decision.form
    return {
        **{f"decision_{lang}": say(f"decision.{decision.decision}", lang) for lang in LANGUAGES},
        "who": decision.who,
        "day": f"{decision.decided_at:%d/%m/%Y}",
        "reason": decision.reason or "–",
        "code": decision.code,
        **({"form": decision.form, "facility": decision.facility or decision.area or ""} if of_report else {}),
    }
