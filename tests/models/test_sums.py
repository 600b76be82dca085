"""A row that stands for several facilities: it satisfies their reports, and its figures are counted once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tests.models.world import World, definitions, rows, sent, spells

NUMBERED = spells("""
facility stands_for
A        .
TYT      12
""")
NAMED = spells("""
facility stands_for from       to
CENTRE   S1+S2      2022-01-01 .
S1       .          .          .
S2       .          .          2022-06-30
""")
JANUARY = datetime(2023, 2, 1)


def country(folder: Path, register: Any, reports: str, period: str) -> dict[str, Any]:
    world = World(definitions(register, indicators={"visits": ("visits",)}), sent(reports), newest=JANUARY)
    (row,) = world.growth(folder, period=period, group_by="all", comparison="prior_year")
    return row


def coverage(folder: Path, register: Any, reports: str, period: str) -> dict[str, tuple[Any, ...]]:
    world = World(definitions(register, indicators={"visits": ("visits",)}), sent(reports), newest=JANUARY)
    found = rows(world.build(folder, marts=("coverage",)), "coverage", period=period)
    return {row["facility"]: (row["expected"], row["stands_for"], row["reported"]) for row in found}


def test_a_row_that_stands_for_twelve_counts_as_twelve_reports(tmp_path: Path) -> None:
    reports = """
    facility period  visits
    A        2022-01 10
    TYT      2022-01 120
    TYT      2023-01 144
    """
    row = country(tmp_path / "growth", NUMBERED, reports, "2023-01")
    assert (row["reports"], row["expected_reports"]) == (12, 13)
    assert (row["base_reports"], row["base_expected_reports"]) == (13, 13)
    assert (row["matched_reports"], row["change_matched"], row["change_missing"]) == (12, 24, -10)
    assert coverage(tmp_path / "coverage", NUMBERED, reports, "2023-01") == {
        "A": (True, 1, False),
        "TYT": (True, 12, True),
    }


def test_a_sum_satisfies_the_reports_of_those_it_names_that_are_open(tmp_path: Path) -> None:
    assert coverage(tmp_path, NAMED, "facility period visits\nCENTRE 2022-01 9\nCENTRE 2022-07 9", "2022-07") == {
        "CENTRE": (True, 1, True)
    }


def test_without_the_sum_each_of_them_is_expected_and_the_sum_is_not(tmp_path: Path) -> None:
    assert coverage(tmp_path, NAMED, "facility period visits\nS1 2022-01 4", "2022-01") == {
        "S1": (True, 1, True),
        "S2": (True, 1, False),
    }


def test_what_the_sum_holds_is_not_counted_again(tmp_path: Path) -> None:
    reports = "facility period visits\nCENTRE 2022-01 9\nS1 2022-01 4"
    row = country(tmp_path / "growth", NAMED, reports, "2022-01")
    assert (row["value"], row["reports"], row["expected_reports"]) == (9, 2, 2)
    world = World(definitions(NAMED), sent(reports))
    current = rows(world.build(tmp_path / "current", marts=("current_observations",)), "current_observations")
    assert [cell["facility"] for cell in current] == ["CENTRE"]


def test_a_year_of_two_reports_is_set_against_a_year_of_one(tmp_path: Path) -> None:
    register = spells("facility stands_for from\nCENTRE S1+S2 2023-01-01\nS1 . .\nS2 . .")
    reports = """
    facility period  visits
    S1       2022-01 4
    S2       2022-01 5
    CENTRE   2023-01 12
    """
    row = country(tmp_path, register, reports, "2023-01")
    assert (row["status"], row["matched_reports"], row["change_matched"]) == ("ok", 2, 3)


def test_an_item_that_only_a_summed_facility_sent_is_no_series(tmp_path: Path) -> None:
    reports = """
    facility period  visits visits@A20
    CENTRE   2023-01 40     .
    S1       2023-01 15     3
    """
    world = World(definitions(NAMED, indicators={"visits": ("visits",)}), sent(reports), newest=JANUARY)
    assert {row["item"] for row in world.growth(tmp_path)} == {""}
