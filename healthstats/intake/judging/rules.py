"""Rules across the cells of one report: part ≤ total, days ≥ stays, a total and its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, gt
from typing import Any

from healthstats.domain.element import Element
from healthstats.domain.form import Form, Rule
from healthstats.intake.judging.called import called_elements, called_value
from healthstats.intake.judging.draft import Draft


@dataclass(frozen=True, slots=True)
class Breach:
    """`part` indexes the element at fault; `left` and `right` are the two sides, in ten-thousandths."""

    rule: Rule
    part: int
    left: int
    right: int


def elements_asked(form: Form) -> set[str]:
    """The elements that any rule of the form looks at."""
    return {code for rule in form.rules for code in (rule.left, *rule.right, *rule.less)}


class Rules:
    """A form's rules for one order of elements; a rule with an element outside that order is not asked."""

    def __init__(self, form: Form, elements: Sequence[str]) -> None:
        place = {code: index for index, code in enumerate(elements)}
        asked = [rule for rule in form.rules if {rule.left, *rule.right, *rule.less} <= place.keys()]
        plain = [rule for rule in asked if rule.kind == "at_most" and len(rule.right) == 1 and not rule.less]
        self._pairs = [(place[r.left], place[r.right[0]], r) for r in plain]
        self._bounds = [
            (place[r.left], [place[code] for code in r.right], [place[code] for code in r.less], r)
            for r in asked
            if r.kind == "at_most" and r not in plain
        ]
        self._sums = [(place[r.left], [place[code] for code in r.right], r) for r in asked if r.kind == "sum"]
        self._limits = [(left, right) for left, right, _ in self._pairs]

    def hold(self, values: Sequence[int]) -> bool:
        """Whether a row without a gap keeps every rule: what nearly every row does, asked fast."""
        return all(values[left] <= values[right] for left, right in self._limits) and self._hold_sums(values)

    def hold_all(self, columns: Sequence[Sequence[int]]) -> bool:
        """The same of many rows, given as the columns of their elements."""
        if any(any(map(gt, columns[left], columns[right])) for left, right in self._limits):
            return False
        return not (self._bounds or self._sums) or all(map(self._hold_sums, zip(*columns, strict=True)))

    def _hold_sums(self, values: Sequence[int]) -> bool:
        for left, added, taken, _ in self._bounds:
            if values[left] > sum(values[at] for at in added) - sum(values[at] for at in taken):
                return False
        return all(values[left] == sum(values[part] for part in parts) for left, parts, _ in self._sums)

    def breaches(self, values: Sequence[int | None]) -> Iterator[Breach]:
        """What a row breaks; a rule with a missing or quarantined side (None) says nothing."""
        for left, right, rule in self._pairs:
            part, whole = values[left], values[right]
            if part is not None and whole is not None and part > whole:
                yield Breach(rule, left, part, whole)
        for left, added, taken, rule in self._bounds:
            part, sides = values[left], (_total(values, added), _total(values, taken))
            if part is not None and None not in sides and part > (bound := (sides[0] or 0) - (sides[1] or 0)):
                yield Breach(rule, left, part, bound)
        for left, parts, rule in self._sums:
            total, terms = values[left], [values[part] for part in parts]
            known = [term for term in terms if term is not None]
            if total is not None and len(known) == len(terms) and total != sum(known):
                yield Breach(rule, left, total, sum(known))

    def may_break(self, values: Sequence[Any], known: Sequence[Any]) -> Any:
        """As `breaches`, of many rows at once: numpy columns of values and of flags, and so is the answer."""
        broken: Any = False
        for left, right, _ in self._pairs:
            broken = broken | (known[left] & known[right] & (values[left] > values[right]))
        for left, added, taken, _ in self._bounds:
            whole = reduce(and_, (known[part] for part in (left, *added, *taken)))
            bound = sum(values[at] for at in added) - sum(values[at] for at in taken)
            broken = broken | (whole & (values[left] > bound))
        for left, parts, _ in self._sums:
            whole = reduce(and_, (known[part] for part in (left, *parts)))
            broken = broken | (whole & (values[left] != sum(values[part] for part in parts)))
        return broken

    def judge(self, draft: Draft, positions: Sequence[int | None], known: Mapping[str, Element]) -> None:
        """Enters a finding for each breach of a row given as observation positions (None: no cell); a rule of
        severity error quarantines the part's cell, after every rule has been asked. `known` says what elements are
        called."""
        seen = draft.observations
        values = [seen.value[at] if at is not None and seen.accepted[at] else None for at in positions]
        at_fault = []
        for breach in self.breaches(values):
            at = positions[breach.part]
            assert at is not None  # a breach has both its sides
            draft.at(
                at,
                breach.rule.code,
                breach.rule.severity,
                **called_value("left_value", breach.left),
                **called_value("right_value", breach.right),
                **called_elements("left", [breach.rule.left], known),
                **called_elements("right", breach.rule.right, known),
                **(called_elements("less", breach.rule.less, known) if breach.rule.less else {}),
            )
            if breach.rule.severity == "error":
                at_fault.append(at)
        for at in at_fault:
            draft.quarantine(at)


def _total(values: Sequence[int | None], places: list[int]) -> int | None:
    """None where a term is missing or quarantined."""
    terms = [value for at in places if (value := values[at]) is not None]
    return sum(terms) if len(terms) == len(places) else None
