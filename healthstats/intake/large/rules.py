"""The forms' rules asked of all reports of a large file at once; one that breaks a rule is judged by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from healthstats.domain.form import Form
from healthstats.domain.reading import ReportColumns
from healthstats.intake.csvfiles.longkeys import ElementKeys
from healthstats.intake.judging.draft import Draft
from healthstats.intake.judging.rules import Rules, elements_asked
from healthstats.intake.large.cells import Entered

AT_ONCE = 1 << 18


def ask_rules(draft: Draft, entered: Entered, elements: ElementKeys, forms: Mapping[str, Form]) -> None:
    """As the reader of small files asks them: report by report, item by item, in order."""
    if not entered.count:
        return
    codes = [element.element for element in elements.found]
    rules: dict[str, tuple[Rules, list[int]]] = {}
    for code in dict.fromkeys(element.form for element in elements.found):
        asked = elements_asked(forms[code])
        own = [index for index, each in enumerate(codes) if each in asked]
        rules[code] = (Rules(forms[code], [codes[index] for index in own]), own)
    for start in range(0, len(entered.groups), AT_ONCE):
        for group, form in sorted(_suspects(draft, entered, rules, start)):
            rule, own = rules[form]
            positions = entered.places.cells[group, own] - 1
            rule.judge(draft, [at if at >= 0 else None for at in positions.tolist()], elements.elements)


def _suspects(
    draft: Draft, entered: Entered, rules: Mapping[str, tuple[Rules, list[int]]], start: int
) -> Iterator[tuple[int, str]]:
    """(group, form) of those that may break a rule."""
    reports = draft.reports
    assert isinstance(reports, ReportColumns)
    report = entered.groups[start : start + AT_ONCE]
    kind = np.frombuffer(reports.kind, np.uint32)[report]
    value, accepted = np.asarray(draft.observations.value), np.asarray(draft.observations.accepted)
    for code, (rule, own) in rules.items():
        of_form = np.array([each.form == code for each in reports.kinds], bool)[kind]
        place = [entered.places.cells[start : start + len(report), element] - 1 for element in own]
        known = [(at >= 0) & (accepted[at] > 0) for at in place]
        for group in np.flatnonzero(rule.may_break([value[at] for at in place], known) & of_form).tolist():
            yield start + group, code
