"""Where a register row counts, worked out again: each area carried across the dated changes, for the oracle."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import Area, FacilitySpell

Key = tuple[Any, ...]
EPOCH, FOREVER = date(1, 1, 1), date(9999, 12, 31)


class Places:
    """The cells of every table in which a facility counts, by its register row."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.known: dict[int, set[Key]] = {}
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
