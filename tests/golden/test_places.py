"""Which place a page is headed by: the least that holds every facility of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import Area, AreaChange, FacilitySpell
from healthstats.tables.places import Places
from tests.golden.marts import definitions as world

BEFORE, AFTER = date(2023, 12, 31), date(2026, 1, 1)
CHANGED = date(2025, 7, 1)


def register(*areas: str | None) -> Definitions:
    """Two districts of 79, which became 79 itself; a facility in each of `areas`."""
    districts = tuple(
        Area(code, f"Quận {code}", "district", "79", date(2008, 8, 1), date(2025, 6, 30)) for code in "AB"
    )
    facilities = tuple(
        FacilitySpell(f"790{n:02d}", f"Cơ sở {n}", area, date(2010, 1, 1), None, None, None, {})
        for n, area in enumerate(areas)
    )
    known = world()
    return replace(
        known,
        areas=(*known.areas, *districts),
        area_changes=(*known.area_changes, *(AreaChange(code, "79", CHANGED) for code in "AB")),
        facilities=facilities,
    )


@pytest.mark.parametrize(
    ("areas", "day", "scope"),
    [
        (("A", "B"), BEFORE, "Thành phố Hồ Chí Minh"),
        (("A", "79"), BEFORE, "Thành phố Hồ Chí Minh"),
        (("A", "A"), BEFORE, "Quận A"),
        (("A", "B"), AFTER, "Thành phố Hồ Chí Minh"),
        (("A", "74"), BEFORE, "Cả nước"),
        (("A", "74"), AFTER, "Thành phố Hồ Chí Minh"),
        (("A", None), BEFORE, "Cả nước"),
        ((), BEFORE, "Cả nước"),
    ],
)
def test_the_least_place_that_holds_all(areas: tuple[str | None, ...], day: date, scope: str) -> None:
    assert Places(register(*areas), day).scope == scope
