"""What area rows tell, for the oracle: each side of a comparison that no facility has told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from healthstats.domain.period import Period
from tests.models.oracle_places import FOREVER, Key, Places
from tests.models.world import World

Figures = tuple[Decimal, Decimal]
"""The sum of an indicator's elements, and of its denominator."""


class Areas:
    """`cells` are those that hold now, by area and period: read as a facility's are, the area's code in its place."""

    def __init__(self, world: World, places: Places, cells: Mapping[tuple[str, Period], Mapping[Key, Any]]) -> None:
        self.definitions, self.places, self.cells = world.definitions, places, cells

    def lay(self, sums: dict[Key, dict[str, Any]], series: tuple[str, str], now: Period, base: Period) -> None:
        """Fills the sides without a facility's figure, and says of every side whose it is."""
        for day in self.places.divisions:
            in_force = [a for a in self.definitions.areas if a.valid_from <= day <= (a.valid_to or FOREVER)]
            for area in {("country", "VN"), *((one.level, one.area) for one in in_force)}:
                for side, period in (("", now), ("base_", base)):
                    found = self.figures((area[1], day), period, series) if self.cells else None
                    key = (day, *area, "all", "all")
                    if found and not (key in sums and sums[key][f"{side}values"]):
                        sums[key][f"{side}value"], sums[key][f"{side}over"] = found
                        sums[key][f"{side}values"] = Decimal(1)
                        sums[key][f"{side}source"] = "history"
        for cell in sums.values():
            for side in ("", "base_"):
                if cell[f"{side}values"] and not cell[f"{side}source"]:
                    cell[f"{side}source"] = "facilities"

    def figures(self, place: Key, period: Period, series: tuple[str, str]) -> Figures | None:
        """Of the months if all are there, else of the period's own row."""
        last = self.definitions.indicators[series[0]].at_end
        months = [self.own(place, month, series) for month in (period.months[-1:] if last else period.months)]
        if None in months:
            return self.own(place, period, series)
        known = [month for month in months if month]
        return sum((one for one, _ in known), Decimal(0)), sum((over for _, over in known), Decimal(0))

    def own(self, place: Key, period: Period, series: tuple[str, str]) -> Figures | None:
        indicator = self.definitions.indicators[series[0]]
        division = self.places.division(period.end)

        def figure(element: str) -> Decimal | None:
            def of(area: str, day: Any) -> Decimal | None:
                return self.cells.get((area, period), {}).get((element, series[1])) if day == division else None

            return self.places.sum_of(*place, of)

        above = [figure(element) for element in indicator.elements]
        below = [figure(element) for element in indicator.denominator]
        if None in (*above, *below):
            return None
        days = (period.end - period.start).days + 1 if indicator.by_days else 1
        one, other = (sum((part for part in parts if part is not None), Decimal(0)) for parts in (above, below))
        return one, other * days


def as_facilities(world: World) -> list[Any]:
    """The area rows alone, so that one rule says which of them hold."""
    return [replace(report, facility=report.area, area=None) for report in world.sent if report.facility is None]
