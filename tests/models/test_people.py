"""Visits per person: a year's visits over the people of the place, on one set of boundaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from healthstats.domain.plan import Population
from tests.models.test_geography import AREAS, CHANGES
from tests.models.world import World, definitions, lines, ratio, rows, sent, spells

PER_PERSON = ratio("per_person", "visits", "", unit="visits", over_population=True)
BEDS = ratio("beds_per_10000", "beds", "", unit="beds", over_population=True, at_end=True, factor=10_000)
REGISTER = """
facility area ownership
city     79   public
suburb   74   private
coast    77   public
north    15   public
"""
REPORTS = """
facility period  visits beds
city     2023    900    40
suburb   2023    100    10
coast    2023    50     5
north    2023    30     3
city     2024    990    44
suburb   2024    120    12
coast    2024    .      .
north    2024    33     3
"""
PEOPLE = """
area year people
79   2023 300
74   2023 50
77   2023 20
15   2023 60
79   2024 330
74   2024 60
15   2024 66
"""


def people(text: str, on: str = "2024-12-31") -> tuple[Population, ...]:
    return tuple(
        Population(row["area"], int(row["year"]), int(row["people"]), "", date.fromisoformat(row.get("on") or on))
        for row in lines(text)
    )


def found(folder: Path, populations: str, register: str = REGISTER, **where: Any) -> dict[tuple[str, str], Any]:
    known = definitions(
        spells(register),
        areas=AREAS,
        area_changes=CHANGES,
        indicators={},
        kinds=(PER_PERSON, BEDS),
        populations=people(populations),
    )
    connection = World(known, sent(REPORTS)).build(folder, marts=("growth",))
    asked = {"indicator": "per_person", "period": "2024", "comparison": "prior_year"} | where
    return {(row["area"], str(row["boundaries"])): row for row in rows(connection, "growth", **asked)}


def over(visits: int, inhabitants: int) -> Decimal:
    return (Decimal(visits) / inhabitants).quantize(Decimal("0.00000001"))


def test_visits_per_person_of_each_place_on_each_division(tmp_path: Path) -> None:
    told = found(tmp_path, PEOPLE + "77   2024 25")
    assert {place: (row["base_value"], row["value"]) for place, row in told.items()} == {
        ("79", "2008-08-01"): (over(900, 300), over(990, 330)),
        ("74", "2008-08-01"): (over(100, 50), over(120, 60)),
        ("77", "2008-08-01"): (over(50, 20), None),
        ("15", "2008-08-01"): (over(30, 60), over(33, 66)),
        ("79", "2025-07-01"): (over(1050, 370), over(1110, 415)),
        ("15", "2025-07-01"): (over(30, 60), over(33, 66)),
        ("VN", "2008-08-01"): (over(1080, 430), over(1143, 481)),
        ("VN", "2025-07-01"): (over(1080, 430), over(1143, 481)),
    }
    city = told["79", "2008-08-01"]
    assert (city["change"], city["change_pct"], city["change_pp"], city["matched_value"]) == (0, None, None, None)


def test_people_who_are_not_known_are_not_guessed(tmp_path: Path) -> None:
    told = found(tmp_path, PEOPLE)
    merged, old = told["79", "2025-07-01"], told["77", "2008-08-01"]
    assert (merged["base_value"], merged["value"]) == (over(1050, 370), None), "77's people of 2024 are missing"
    assert (old["value"], told["VN", "2025-07-01"]["value"]) == (None, None)
    stated = found(tmp_path / "stated", PEOPLE + "VN   2024 500")
    assert stated["VN", "2025-07-01"]["value"] == over(1143, 500), "the country as it is stated"


def test_a_department_is_set_against_its_own_people(tmp_path: Path) -> None:
    register = "facility area ownership\ncity 79 public\nsuburb 79 private\ncoast 79 public\nnorth 79 public"
    told = found(tmp_path, PEOPLE + "VN   2023 9999\nVN   2024 9999", register)
    assert told["VN", "2008-08-01"]["value"] == over(990 + 120 + 33, 330)


@pytest.mark.parametrize("where", [{"group_by": "ownership"}, {"period_type": "quarter", "period": "2024-Q1"}])
def test_only_whole_years_of_all_facilities(tmp_path: Path, where: dict[str, str]) -> None:
    assert found(tmp_path, PEOPLE, **where) == {}


def test_beds_per_10000_people_are_those_of_the_years_end(tmp_path: Path) -> None:
    told = found(tmp_path, PEOPLE, indicator="beds_per_10000")
    assert told["79", "2008-08-01"]["value"] == over(44 * 10_000, 330)


def test_without_populations_nothing_is_shown(tmp_path: Path) -> None:
    assert found(tmp_path, "area year people") == {}
    assert found(tmp_path / "other", "area year people\n77 1999 4") == {}
