"""Where a facility stood, on each division of the country: its area carried across the dated changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import Area, FacilitySpell

ROOT = "VN"
UNDIVIDED = date(1900, 1, 1)
"""The boundaries of a workspace whose register holds no areas."""


class Geography:
    """The divisions of an area register and what became of each area from one to the next."""

    def __init__(self, definitions: Definitions) -> None:
        changes = definitions.area_changes
        days = {change.effective_from for change in changes}
        days.add(min((area.valid_from for area in definitions.areas), default=UNDIVIDED))
        self.divisions = tuple(sorted(days))
        self.root = next((area.area for area in definitions.areas if area.level == "country"), ROOT)
        self._areas = {day: _in_force(definitions.areas, day) for day in self.divisions}
        self._became: dict[tuple[date, str], set[str]] = defaultdict(set)
        self._was: dict[tuple[date, str], set[str]] = defaultdict(set)
        for change in changes:
            self._became[change.effective_from, change.old_area].add(change.new_area)
            self._was[change.effective_from, change.new_area].add(change.old_area)
        self._spells: dict[str, list[FacilitySpell]] = defaultdict(list)
        for spell in definitions.facilities:
            self._spells[spell.facility].append(spell)
        for spells in self._spells.values():
            spells.sort(key=lambda spell: spell.valid_from or date.min)

    def places(self, spell: FacilitySpell) -> tuple[tuple[date, str, str], ...]:
        """(boundaries, level, area) for every division: the root, then the spell's area and all above it."""
        return tuple(place for k in range(len(self.divisions)) for place in self._on(k, self.area(spell, k)))

    def area(self, spell: FacilitySpell, k: int) -> str | None:
        """The spell's area on the k-th division, or None where the register cannot tell."""
        own = self._division(spell.valid_from)
        if own <= k:
            area = spell.area
            for step in range(own + 1, k + 1):
                area = self._forward(area, step)
            return area
        earlier = self._before(spell)
        return (self.area(earlier, k) if earlier else None) or self._backward(spell, own, k)

    def division(self, day: date) -> date:
        """The day from which the division in force on `day` holds; the first one's for days before it."""
        return self.divisions[self._division(day)]

    def everywhere(self) -> Iterator[tuple[date, str, str]]:
        """(boundaries, level, area) of the country and of every area, on each division."""
        for day in self.divisions:
            yield day, "country", self.root
            yield from ((day, one.level, code) for code, one in self._areas[day].items() if code != self.root)

    def provinces(self, k: int) -> frozenset[str]:
        """The areas right beneath the country on the k-th division."""
        return frozenset(code for code, area in self._areas[self.divisions[k]].items() if area.parent == self.root)

    def parts(self, k: int, area: str, source: int) -> frozenset[str]:
        """The areas of the `source`-th division that together are just `area` of the k-th; none where they are not."""
        found = self._across(frozenset({area}), k, source)
        return found if self._across(found, source, k) == {area} else frozenset()

    def area_parts(self, places: Iterable[tuple[date, str, str]]) -> Iterator[tuple[date, str, int, date, str]]:
        """(boundaries, area, way, source boundaries, part): each way in which an area is the sum of parts, the best 0.

        The country is that of the facilities, which stand in `places` (boundaries, level, area): a department's figure
        must not be set against the whole nation's."""
        stood = {(day, area) for day, _, area in places}
        order = range(len(self.divisions))
        for k, day in enumerate(self.divisions):
            near = sorted(order, key=lambda j: abs(j - k))
            ways = {code: [(j, self.parts(k, code, j)) for j in near] for code in self._areas[day] if code != self.root}
            for code, sums in (*ways.items(), (self.root, self._of_country(stood))):
                offered = ((j, parts) for j, parts in sums if parts)
                yield from (
                    (day, code, way, self.divisions[j], part)
                    for way, (j, parts) in enumerate(offered)
                    for part in parts
                )

    def _of_country(self, stood: set[tuple[date, str]]) -> list[tuple[int, frozenset[str]]]:
        provinces = [self.provinces(k) for k in range(len(self.divisions))]
        held = [frozenset(c for c in codes if (self.divisions[k], c) in stood) for k, codes in enumerate(provinces)]
        if any(own and own != codes for own, codes in zip(held, provinces, strict=True)):
            return list(enumerate(held))
        return [*((k, frozenset({self.root})) for k in range(len(provinces))), *enumerate(provinces)]

    def _across(self, areas: frozenset[str], k: int, source: int) -> frozenset[str]:
        """What became of `areas` of the k-th division, or what they came from, by the `source`-th."""
        step = 1 if source > k else -1
        changes = self._became if step == 1 else self._was
        for at in range(k, source, step):
            day, known = self.divisions[max(at, at + step)], self._areas[self.divisions[at + step]]
            areas = frozenset(new for old in areas for new in changes.get((day, old)) or {old} & known.keys())
        return areas

    def _division(self, day: date | None) -> int:
        return max((k for k, start in enumerate(self.divisions) if day and start <= day), default=0)

    def _before(self, spell: FacilitySpell) -> FacilitySpell | None:
        spells = self._spells[spell.facility]
        position = next(n for n, other in enumerate(spells) if other is spell)
        return spells[position - 1] if position else None

    def _backward(self, spell: FacilitySpell, own: int, k: int) -> str | None:
        area = spell.area
        for step in range(own, k, -1):
            stated = spell.area_before if step == own else None
            area = stated or self._only(self._was.get((self.divisions[step], area or "")), area, step - 1)
        return area

    def _forward(self, area: str | None, step: int) -> str | None:
        return self._only(self._became.get((self.divisions[step], area or "")), area, step)

    def _only(self, across: set[str] | None, area: str | None, step: int) -> str | None:
        """The one area across the change; the same code where nothing changed and the division still knows it."""
        if across:
            return next(iter(across)) if len(across) == 1 else None
        return area if area in self._areas[self.divisions[step]] else None

    def _on(self, k: int, area: str | None) -> list[tuple[date, str, str]]:
        day, known = self.divisions[k], self._areas[self.divisions[k]]
        found = [(day, "country", self.root)]
        seen = {self.root}
        while area and area in known and area not in seen:
            found.append((day, known[area].level, area))
            seen.add(area)
            area = known[area].parent
        return found


def _in_force(areas: tuple[Area, ...], day: date) -> Mapping[str, Area]:
    return {
        area.area: area for area in areas if area.valid_from <= day and (area.valid_to is None or day <= area.valid_to)
    }
