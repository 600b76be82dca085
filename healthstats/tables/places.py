"""Where facilities stand and what places are called, on a day."""

from __future__ import annotations

from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.period import Period
from healthstats.tables.mart import Asked, root_area
from healthstats.tables.names import written_day
from healthstats.words import Lang, say


class Places:
    """The register and the division of the country as they stand on `day`."""

    def __init__(self, definitions: Definitions, day: date) -> None:
        self.day = day
        self.root = root_area(definitions)
        self._changes = {(one.effective_from, one.old_area): one.new_area for one in definitions.area_changes}
        self._dates = sorted({effective for effective, _ in self._changes if effective <= day})
        # in force on the day, else the latest known
        rank = sorted(
            definitions.areas,
            key=lambda area: (area.valid_from <= day <= (area.valid_to or date.max), area.valid_from),
        )
        self._names = {area.area: area.name for area in rank}
        self._parents = {area.area: area.parent for area in rank}
        self._spells: dict[str, FacilitySpell] = {}
        for spell in sorted(definitions.facilities, key=lambda spell: spell.valid_from or date.min):
            if spell.facility not in self._spells or (spell.valid_from or date.min) <= day:
                self._spells[spell.facility] = spell

    def spell(self, facility: str) -> FacilitySpell | None:
        """The spell that holds, else the last before it, else the first."""
        return self._spells.get(facility)

    def area(self, spell: FacilitySpell) -> str:
        """The code of the place that the spell's own code named when the spell began."""
        area, begun = spell.area or "", spell.valid_from or date.min
        # one step a date: codes were reused, and a second step on the same day would follow the wrong one
        for effective in self._dates:
            if begun < effective:
                area = self._changes.get((effective, area), area)
        return area

    def name(self, area: str) -> str:
        return self._names.get(area, area)

    def facility_name(self, facility: str) -> str:
        spell = self._spells.get(facility)
        return spell.name if spell else facility

    @property
    def scope(self) -> str:
        """The least place that holds every facility of the register, else the country: a department's page that said
        `Cả nước` would claim the country."""
        return self.name(self.scope_area)

    @property
    def scope_area(self) -> str:
        areas = {self.area(spell) for spell in self._spells.values()}
        first, *others = [self._above(area) for area in sorted(areas)] or [[]]
        return next((area for area in first if area and all(area in other for other in others)), self.root)

    def _above(self, area: str) -> list[str]:
        """The area and what it lies in, from the least."""
        found: list[str] = []
        here: str | None = area
        while here is not None and here not in found:
            found.append(here)
            here = self._parents.get(here)
        return found


def scope_name(definitions: Definitions, period: Period, asked: Asked, lang: Lang) -> str:
    """The place that a table of `growth` is about, with its boundaries where they are not those of the period."""
    area, boundaries = asked.get("area"), asked.get("boundaries")
    newest = max((one.effective_from for one in definitions.area_changes), default=date.min)
    if not area or area == root_area(definitions):
        name = Places(definitions, period.end).scope
    else:
        # the code is of the boundaries asked for: on the period's own day it may name another province
        name = Places(definitions, boundaries or max(newest, period.end)).name(area)
        boundaries = boundaries or (newest if period.end < newest else None)
    if boundaries:
        return say("table.boundaries", lang, area=name, day=written_day(boundaries, lang))
    return name
