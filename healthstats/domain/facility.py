"""Facilities and areas, dated: who exists when, where, under which name, and who follows whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FacilitySpell:
    """One register row: a facility open from `valid_from` to `valid_to` (both inclusive; None is without end),
    with what holds then. `area` is a code of the division in force at `valid_from`, or None. A row that sums several
    facilities says in `stands_for` how many, or, where they have rows of their own, their codes."""

    facility: str
    name: str
    area: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    area_before: str | None
    attributes: Mapping[str, str]
    stands_for: int | tuple[str, ...] = 1

    @property
    def summed(self) -> tuple[str, ...]:
        """The codes of the facilities that the row sums; empty where it says only how many."""
        return self.stands_for if isinstance(self.stands_for, tuple) else ()

    def open_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that a facility's files use."""

    facility: str
    alias: str


@dataclass(frozen=True, slots=True)
class Area:
    """A place within the boundaries that came into force on `valid_from`."""

    area: str
    name: str
    level: str
    parent: str | None
    valid_from: date
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AreaAlias:
    """Another way in which files write an area's name: it holds for whatever area bears the name, when it does."""

    name: str
    alias: str


@dataclass(frozen=True, slots=True)
class AreaChange:
    """On `effective_from` the area `old_area` became, or became part of, `new_area`."""

    old_area: str
    new_area: str
    effective_from: date


def units(spells: Iterable[FacilitySpell]) -> dict[str, str]:
    """Facility → its unit, named after the least code: a facility with all its successors and predecessors, and with
    those that it sums, so that a year of twelve reports can be set against a year of one."""
    root: dict[str, str] = {}

    def find(code: str) -> str:
        while root.setdefault(code, code) != code:
            code = root[code]
        return code

    for spell in spells:
        find(spell.facility)
        for joined in (*filter(None, (spell.successor,)), *spell.summed):
            one, other = find(spell.facility), find(joined)
            root[max(one, other)] = min(one, other)
    return {code: find(code) for code in sorted(root)}
