"""The registers as a reader asks them: who is meant, and was a report expected of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from healthstats.domain.facility import FacilitySpell
from healthstats.domain.form import Form
from healthstats.domain.period import Period
from healthstats.intake.context import Context
from healthstats.intake.names import Match, NameIndex


class Register:
    """Remembers what it was asked: a thousand files name the same facilities."""

    def __init__(self, context: Context) -> None:
        self._definitions = context.definitions
        self._names = context.names
        self._asked: dict[tuple[str, str, str, date | None], Match] = {}
        self._expected: dict[tuple[str, str, Period], bool] = {}

    def match(self, what: str, code: str, name: str, on: date | None) -> Match:
        """`what` is the form's `row`: facility or area."""
        key = (what, code, name, on)
        found = self._asked.get(key)
        if found is None:
            index = self._names if what == "facility" else self._areas
            found = self._asked[key] = index.match(code, name, on)
        return found

    def expected(self, form: Form, facility: str, period: Period) -> bool:
        """Open on the period's last day, and of a type that the form applies to."""
        key = (form.form, facility, period)
        known = self._expected.get(key)
        if known is None:
            spells = (spell for spell in self._spells.get(facility, ()) if spell.open_on(period.end))
            known = self._expected[key] = any(
                not form.applies_to or spell.attributes.get("type") in form.applies_to for spell in spells
            )
        return known

    @cached_property
    def _areas(self) -> NameIndex:
        return NameIndex.of_areas(self._definitions.areas)

    @cached_property
    def _spells(self) -> dict[str, list[FacilitySpell]]:
        spells: dict[str, list[FacilitySpell]] = {}
        for spell in self._definitions.facilities:
            spells.setdefault(spell.facility, []).append(spell)
        return spells
