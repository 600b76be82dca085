"""Where a register row counts, worked out again: each area carried across the dated changes, for the oracle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import Area, FacilitySpell

Key = tuple[Any, ...]
Figure = Callable[[str, date], Decimal | None]
EPOCH, FOREVER = date(1, 1, 1), date(9999, 12, 31)


class Places:
    """The cells of every table in which a facility counts, by its register row."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.known: dict[int, set[Key]] = {}
        self.turned: dict[tuple[date, date], set[tuple[str, str]]] = {}
        self.spells: dict[str, list[FacilitySpell]] = defaultdict(list)
        for spell in sorted(definitions.facilities, key=lambda s: s.valid_from or EPOCH):
            self.spells[spell.facility].append(spell)
        oldest = min((a.valid_from for a in definitions.areas), default=date(1900, 1, 1))
        self.divisions = sorted({oldest} | {c.effective_from for c in definitions.area_changes})

    def spell(self, facility: str, day: date) -> FacilitySpell | None:
        """The row that holds the day; else the last earlier one, else the first later one."""
        held = self.spells[facility]
        earlier = [s for s in held if (s.valid_to or FOREVER) < day]
        later = [s for s in held if (s.valid_from or EPOCH) > day]
        return next((s for s in held if s.open_on(day)), None) or [*earlier[-1:], *later[:1], None][0]

    def keys(self, spell: FacilitySpell | None) -> set[Key]:
        """(boundaries, level, area, group_by, group_value) of every cell where the row counts."""
        if id(spell) not in self.known:
            self.known[id(spell)] = self._keys(spell)
        return self.known[id(spell)]

    def division(self, day: date) -> date:
        return max([d for d in self.divisions if d <= day] or self.divisions[:1])

    def sum_of(self, area: str, day: date, figure: Figure) -> Decimal | None:
        """An area's own figure; else the sum of the areas that make it up on another division, all of them known."""
        for parts in self._country() if area == "VN" else self._made_of(area, day):
            figures = [figure(*part) for part in parts]
            if figures and None not in figures:
                return sum((one for one in figures if one is not None), Decimal(0))
        return None

    def _country(self) -> list[list[tuple[str, date]]]:
        """The whole one; where facilities stand in some provinces only, those."""
        sums, provinces = [], {}
        for day in self.divisions:
            in_force = [a for a in self.definitions.areas if a.valid_from <= day <= (a.valid_to or FOREVER)]
            provinces[day] = {a.area for a in in_force if a.parent == "VN"}
        keys = {key for held in self.spells.values() for spell in held for key in self.keys(spell)}
        held = {day: provinces[day] & {key[2] for key in keys if key[0] == day} for day in self.divisions}
        if any(held[day] not in (set(), provinces[day]) for day in self.divisions):
            provinces = held
        else:
            sums = [[("VN", day)] for day in self.divisions]
        return [*sums, *([(code, day) for code in provinces[day]] for day in self.divisions)]

    def _made_of(self, area: str, day: date) -> list[list[tuple[str, date]]]:
        """The area; then, on the nearest divisions first, those that turned into it and into nothing else."""
        found = []
        for other in sorted(self.divisions, key=lambda d: abs(self.divisions.index(d) - self.divisions.index(day))):
            if (day, other) not in self.turned:
                self.turned[day, other] = self._related(day, other)
            pairs = self.turned[day, other]
            parts = {new for old, new in pairs if old == area}
            if {old for old, new in pairs if new in parts} == {area}:
                found.append([(part, other) for part in parts])
        return found

    def _related(self, day: date, other: date) -> set[tuple[str, str]]:
        """(area on `day`, area on `other`) wherever the one became, or came from, the other."""
        if other < day:
            return {(new, old) for old, new in self._related(other, day)}
        known = {
            d: {a.area for a in self.definitions.areas if a.valid_from <= d <= (a.valid_to or FOREVER)}
            for d in self.divisions
        }
        pairs = {(code, code) for code in known[day]}
        for step in [d for d in self.divisions if day < d <= other]:
            moved = self._changes(step)
            moved += [(code, code) for code in known[step] if code not in {o for o, _ in moved}]
            pairs = {(first, new) for first, last in pairs for old, new in moved if old == last}
        return pairs

    def _keys(self, spell: FacilitySpell | None) -> set[Key]:
        groups = [("all", "all")]
        groups += [(g, spell.attributes[g] if spell else "") for g in self.definitions.groups]
        found: set[Key] = set()
        for day in self.divisions:
            chain = [("country", "VN")]
            code = self._area(spell, day) if spell else None
            while code and code != "VN" and (area := self._find(code, day)):
                chain.append((area.level, code))
                code = area.parent
            found |= {(day, level, place, *group) for level, place in chain for group in groups}
        return found

    def _area(self, spell: FacilitySpell, day: date) -> str | None:
        """The row's area within the boundaries of `day`: changes applied forward; back by history or the one origin."""
        own = max([d for d in self.divisions if spell.valid_from and d <= spell.valid_from] or self.divisions[:1])
        area = spell.area
        if own <= day:
            for step in [d for d in self.divisions if own < d <= day]:
                area = self._step(area, {n for o, n in self._changes(step) if o == area}, step)
            return area
        before = [s for s in self.spells[spell.facility] if (s.valid_from or EPOCH) < (spell.valid_from or EPOCH)]
        if before and (found := self._area(before[-1], day)):
            return found
        for step in reversed([d for d in self.divisions if day < d <= own]):
            if step == own and spell.area_before:
                area = spell.area_before
            else:
                earlier = self.divisions[self.divisions.index(step) - 1]
                area = self._step(area, {o for o, n in self._changes(step) if n == area}, earlier)
        return area

    def _changes(self, step: date) -> list[tuple[str, str]]:
        return [(c.old_area, c.new_area) for c in self.definitions.area_changes if c.effective_from == step]

    def _step(self, area: str | None, across: set[str], day: date) -> str | None:
        if across:
            return across.pop() if len(across) == 1 else None
        return area if area and self._find(area, day) else None

    def _find(self, code: str, day: date) -> Area | None:
        held = [a for a in self.definitions.areas if a.valid_from <= day <= (a.valid_to or FOREVER)]
        return next((a for a in held if a.area == code), None)
