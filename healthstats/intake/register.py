"""The registers as a reader asks them: who is meant, and was a report expected of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from healthstats.domain.facility import FacilitySpell
from healthstats.domain.form import Form
from healthstats.intake.context import Context
from healthstats.intake.names import Match, NameIndex


class Register:
    """Remembers what it was asked: a thousand files name the same facilities."""

    def __init__(self, context: Context) -> None:
        self._definitions = context.definitions
        self._names = context.names
        self._known: dict[tuple[str, str, str], bool] = {}
        self._usual: dict[tuple[str, str, str], list[FacilitySpell]] = {}
        self._always: dict[tuple[str, str, str], Match] = {}
        self._standing: dict[tuple[str, date], str] = {}
        self._divisions: dict[date | None, NameIndex] = {}
        self._dated: dict[tuple[str, str, str, date | None], Match] = {}

    def knows(self, what: str, code: str, name: str) -> bool:
        """Whether `match` finds one on some day."""
        found = self._known.get((what, code, name))
        if found is None:
            index = self._names if what == "facility" else self._areas(None)
            meant = index.known(code, name)
            found = self._known[what, code, name] = meant.code is not None
            if found and what == "facility" and not index.changes_hands(code, name):
                self._always[what, code, name] = meant
        return found

    def match(self, what: str, code: str, name: str, on: date | None) -> Match:
        """`what` is the form's `row`: facility or area."""
        found = self._always.get((what, code, name)) or self._dated.get((what, code, name, on))
        if found is None:
            index = self._names if what == "facility" else self._areas(on)
            found = index.match(code, name, on)
            if what == "area" or index.changes_hands(code, name):
                self._dated[what, code, name, on] = found
            else:
                self._always[what, code, name] = found
        if not (found.code and on):
            return found
        return self._open_then(found, on) if what == "facility" else self._in_force_then(found, on)

    def _in_force_then(self, found: Match, on: date) -> Match:
        """An area that no division of that day holds: today's Hà Nội is twice the one of 2007."""
        areas = (area for area in self._definitions.areas if area.area == found.code)
        known = any(area.level == "country" or area.in_force(on) for area in areas)
        return found if known else Match(None, "AREA_NOT_THEN")

    def named_in(self, text: str) -> str:
        """The code of the one facility that a file's name holds, as a code or else as a name; '' where none or several
        do."""
        return self._names.named_in(text)

    def _open_then(self, found: Match, on: date) -> Match:
        """The facility itself where it was open, else the one of its line that was: a form of another year may name
        it by the code or the name of today, or of then."""
        named = str(found.code)
        standing = self._standing.get((named, on))
        if standing is None:
            line = [] if self._is_open(named, on) else [*self._line(named, on)]
            standing = self._standing[named, on] = line[0] if len(line) == 1 else named
        return found if standing == named else replace(found, code=standing, followed=named)

    def _line(self, code: str, on: date) -> set[str]:
        """The successors of a facility that closed before the day, the predecessors of one that opened after it: of
        each way the first that were open."""
        closed = any(spell.valid_to and spell.valid_to < on for spell in self._spells.get(code, ()))
        after = self._successors if closed else self._predecessors
        seen, front, found = {code}, {code}, set[str]()
        while front:
            front = {following for one in front for following in after.get(one, ())} - seen
            seen |= front
            open_now = {one for one in front if self._is_open(one, on)}
            found |= open_now
            front -= open_now
        return found

    def _is_open(self, code: str, on: date) -> bool:
        return any(spell.open_on(on) for spell in self._spells.get(code, ()))

    def lasts(self, what: str, code: str, name: str) -> bool:
        """Whether `match` finds the same on every day."""
        if what == "area" or self._names.changes_hands(code, name):
            return False
        found = self.match(what, code, name, None).code
        return found not in self._successors and found not in self._predecessors

    def usual(self, form: Form, code: str, name: str, on: date) -> FacilitySpell | None:
        """The register row of the facility that is meant, where nothing more is to be asked: it is the same on every
        day, no sum holds it, the form applies to it; None where all must be asked."""
        spells = self._usual.get((form.form, code, name))
        if spells is None:
            spells = self._usual[form.form, code, name] = self._without_question(form, code, name)
        for spell in spells:
            if spell.open_on(on):
                return spell
        return None

    def _without_question(self, form: Form, code: str, name: str) -> list[FacilitySpell]:
        found = self.match("facility", code, name, None)
        if ("facility", code, name) not in self._always:
            return []
        spells = self._spells.get(found.code or "", [])
        types = {spell.attributes.get("type") for spell in spells}
        applies = not form.applies_to or types <= {*form.applies_to}
        return spells if applies and not found.unlike and not self.is_summed(found.code or "") else []

    def expected(self, form: Form, facility: str, on: date) -> bool:
        """Open on that day, the period's last, and of a type that the form applies to."""
        types = form.applies_to
        for spell in self._spells.get(facility, ()):
            if spell.open_on(on) and (not types or spell.attributes.get("type") in types):
                return True
        return False

    def spells(self, facility: str) -> list[FacilitySpell]:
        """Its register rows."""
        return self._spells.get(facility, [])

    def is_summed(self, facility: str) -> bool:
        """Whether a row of the register ever sums it."""
        return facility in self._sums

    def stands_for(self, facility: str, on: date) -> int:
        """How many facilities its register row of that day stands for."""
        spell = next((spell for spell in self._spells.get(facility, ()) if spell.open_on(on)), None)
        return len(spell.summed) or int(str(spell.stands_for)) if spell else 1

    def summed_by(self, facility: str, on: date) -> str:
        """The facility whose register row of that day sums this one; '' where none does."""
        return next((spell.facility for spell in self._sums.get(facility, ()) if spell.open_on(on)), "")

    @cached_property
    def _sums(self) -> dict[str, list[FacilitySpell]]:
        sums: dict[str, list[FacilitySpell]] = {}
        for spell in self._definitions.facilities:
            for member in spell.summed:
                sums.setdefault(member, []).append(spell)
        return sums

    def _areas(self, on: date | None) -> NameIndex:
        if on not in self._divisions:
            definitions = self._definitions
            self._divisions[on] = NameIndex.of_areas(definitions.areas, definitions.area_aliases, on)
        return self._divisions[on]

    @cached_property
    def _successors(self) -> dict[str, set[str]]:
        ways: dict[str, set[str]] = {}
        for spell in self._definitions.facilities:
            if spell.successor:
                ways.setdefault(spell.facility, set()).add(spell.successor)
        return ways

    @cached_property
    def _predecessors(self) -> dict[str, set[str]]:
        ways: dict[str, set[str]] = {}
        for code, successors in self._successors.items():
            for successor in successors:
                ways.setdefault(successor, set()).add(code)
        return ways

    @cached_property
    def _spells(self) -> dict[str, list[FacilitySpell]]:
        spells: dict[str, list[FacilitySpell]] = {}
        for spell in self._definitions.facilities:
            spells.setdefault(spell.facility, []).append(spell)
        return spells
