"""The estimate of a year that is not over, rule by rule, with figures written as arithmetic."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from healthstats.errors import UsageError
from tests.models.world import World, definitions, ratio, rows, sent, spells, stock

COUNTS = ("own_growth", "own_mean", "all_growth", "carried", "not_estimated")
NEWEST = datetime(2026, 12, 10)


def world(register: str, reports: str, **said: Any) -> World:
    newest = said.pop("newest", NEWEST)
    return World(definitions(spells(register), **said), sent(reports), newest=newest)


def year(facility: str, year: int, first: int, last: int, visits: int) -> str:
    """The same number each month."""
    return "".join(f"{facility} {year}-{month:02d} {visits}\n" for month in range(first, last + 1))


def estimates(world: World, folder: Path, **where: Any) -> list[dict[str, Any]]:
    connection = world.build(folder, marts=("growth", "estimate"))
    return rows(connection, "estimate", **({"indicator": "visits", "group_by": "all"} | where))


def one(world: World, folder: Path, **where: Any) -> dict[str, Any]:
    (row,) = estimates(world, folder, **where)
    return row


def counted(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[f"{name}_reports"] for name in COUNTS if row[f"{name}_reports"]}


def test_a_missing_month_is_last_years_times_the_facilitys_own_growth(tmp_path: Path) -> None:
    reports = (
        "facility period visits\n"
        + year("A", 2025, 1, 11, 100)
        + "A 2025-12 200\n"
        + year("A", 2026, 1, 11, 110)
        + year("B", 2025, 1, 12, 10)
        + year("B", 2026, 1, 10, 5)
    )
    row = one(world("facility\nA\nB", reports), tmp_path)
    done = 11 * 110 + 10 * 5
    december_of_a, two_of_b = Decimal(200) * (11 * 110) / (11 * 100), 2 * Decimal(10) * (10 * 5) / (10 * 10)
    assert (row["done_value"], row["months"]) == (done, 11)
    assert row["estimated_value"] == december_of_a + two_of_b == 220 + 10
    assert row["value"] == done + 230
    assert row["base_value"] == 11 * 100 + 200 + 12 * 10
    assert row["change"] == row["value"] - row["base_value"]
    assert (row["status"], counted(row)) == ("ok", {"own_growth": 1 + 2})
    assert (row["reports"], row["expected_reports"]) == (21, 22), "of the eleven months done"
    assert (row["matched_value"], row["matched_base_value"]) == (done, 11 * 100 + 10 * 10), "like-for-like: as received"


def test_done_so_far_holds_nothing_estimated_and_agrees_with_growth(tmp_path: Path) -> None:
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 110)
    reports += "B 2025-05 7\nB 2026-04 8\n"
    connection = world("facility\nA\nB", reports).build(tmp_path, marts=("growth", "estimate"))
    (row,) = rows(connection, "estimate", indicator="visits", group_by="all")
    (grown,) = rows(connection, "growth", indicator="visits", group_by="all", period="2026")
    assert (row["done_value"], grown["status"]) == (grown["value"], "unfinished")
    (eleven,) = rows(connection, "growth", indicator="visits", group_by="all", period="2026-11M")
    assert (eleven["value"], eleven["reports"], eleven["expected_reports"]) == (
        row["done_value"],
        row["reports"],
        row["expected_reports"],
    )
    assert (eleven["matched_value"], eleven["matched_base_value"]) == (row["matched_value"], row["matched_base_value"])


@pytest.mark.parametrize(
    ("reports", "estimated", "counts"),
    [
        pytest.param("B 2026-10 30\nB 2026-11 50\n", (30 + 50) / 2, {"own_mean": 1}, id="no last year"),
        pytest.param(
            "B 2025-10 0\nB 2025-11 0\nB 2025-12 9\nB 2026-10 30\nB 2026-11 50\n",
            40,
            {"own_mean": 1},
            id="zero last year",
        ),
        pytest.param("B 2025-12 70\nB 2026-10 30\nB 2026-11 50\n", 40, {"own_mean": 1}, id="no month in both years"),
        pytest.param("B 2025-12 70\n", 70 * 1.1, {"all_growth": 1, "not_estimated": 2}, id="no month this year"),
        pytest.param("B 2025-09 70\n", 0, {"not_estimated": 3}, id="no month to go by"),
        pytest.param(
            "B 2025-10 0\nB 2025-11 0\nB 2025-12 0\nB 2026-10 0\nB 2026-11 0\n", 0, {"own_growth": 1}, id="never any"
        ),
    ],
)
def test_where_own_growth_is_not_known(tmp_path: Path, reports: str, estimated: float, counts: dict[str, int]) -> None:
    """B owes October to December; A has sent them all, 10% more than a year before."""
    others = year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 12, 110)
    register = (
        "facility from\nA .\nB 2026-10-01"
        if "2025" not in reports
        else "facility from to\nA . .\nB . 2025-12-31\nB 2026-10-01 ."
    )
    row = one(world(register, f"facility period visits\n{others}{reports}"), tmp_path)
    assert (row["estimated_value"], counted(row)) == (Decimal(str(estimated)), counts)
    assert row["value"] == row["done_value"] + row["estimated_value"]


def test_a_closed_facility_is_not_estimated_and_a_coming_opening_is_not_guessed(tmp_path: Path) -> None:
    register = """
    facility from       to
    A        .          .
    closed   .          2026-06-30
    coming   2026-12-01 .
    """
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 100)
    reports += year("closed", 2025, 1, 12, 50) + year("closed", 2026, 1, 6, 60)
    row = one(world(register, reports), tmp_path)
    assert (row["done_value"], row["estimated_value"]) == (1100 + 360, 100)
    assert (counted(row), row["status"]) == ({"own_growth": 1, "not_estimated": 1}, "partial")


def test_a_successor_goes_on_from_all_of_its_unit(tmp_path: Path) -> None:
    register = """
    facility from       to         successor
    small    .          2026-06-30 large
    large    .          .          .
    """
    reports = "facility period visits\n" + year("small", 2025, 1, 12, 30) + year("large", 2025, 1, 12, 100)
    reports += year("small", 2026, 1, 6, 30) + year("large", 2026, 1, 6, 100) + year("large", 2026, 7, 11, 156)
    row = one(world(register, reports), tmp_path)
    growth = Decimal(6 * 130 + 5 * 156) / (11 * 130)
    assert row["estimated_value"] == (30 * growth).quantize(Decimal("0.0001"), ROUND_HALF_UP) + (100 * growth).quantize(
        Decimal("0.0001"), ROUND_HALF_UP
    )
    assert counted(row) == {"own_growth": 1}


def test_a_report_of_december_before_the_year_is_over_is_no_estimate(tmp_path: Path) -> None:
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 12, 110)
    reports += year("B", 2025, 1, 12, 10) + year("B", 2026, 1, 11, 20)
    row = one(world("facility\nA\nB", reports, newest=datetime(2026, 12, 20)), tmp_path)
    assert (row["months"], row["done_value"], row["estimated_value"]) == (12, 12 * 110 + 11 * 20, 20)
    assert (row["reports"], row["expected_reports"], counted(row)) == (23, 24, {"own_growth": 1})


def test_a_year_that_is_over_has_no_estimate(tmp_path: Path) -> None:
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 110)
    built = world("facility\nA", reports)
    built.newest = datetime(2027, 1, 5)
    assert estimates(built, tmp_path) == []


def test_groups_and_areas_add_up_to_the_whole_and_an_estimate_stands_where_the_facility_does_now(
    tmp_path: Path,
) -> None:
    register = """
    facility ownership from       to
    A        public    .          2026-03-31
    A        private   2026-04-01 .
    B        public    .          .
    """
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 110)
    reports += year("B", 2025, 1, 12, 10) + year("B", 2026, 1, 11, 20)
    connection = world(register, reports).build(tmp_path, marts=("growth", "estimate"))
    found = {row["group_value"]: row for row in rows(connection, "estimate", indicator="visits")
             if row["group_by"] in ("all", "ownership")}  # fmt: skip
    assert {name: row["estimated_value"] for name, row in found.items()} == {"all": 130, "private": 110, "public": 20}
    assert found["all"]["value"] == found["private"]["value"] + found["public"]["value"]
    assert found["private"]["status"] == "no_base"


def test_the_base_year_stands_beside_the_prior_year(tmp_path: Path) -> None:
    reports = "facility period visits\n" + year("A", 2023, 1, 12, 80)
    reports += year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 110)
    found = {row["comparison"]: row for row in estimates(world("facility\nA", reports, base_year=2023), tmp_path)}
    assert {name: (row["value"], row["base_value"], row["base_period"]) for name, row in found.items()} == {
        "prior_year": (12 * 110, 1200, "2025"),
        "base": (12 * 110, 960, "2023"),
    }


def test_a_definition_that_changed_is_estimated_and_not_compared(tmp_path: Path) -> None:
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 110)
    row = one(world("facility\nA", reports, breaks={"visits": (date(2026, 2, 1),)}), tmp_path)
    assert (row["status"], row["value"], row["change"]) == ("not_comparable", 1320, None)


# ---- kinds
def test_a_stock_is_the_last_month_known(tmp_path: Path) -> None:
    reports = """
    facility period  beds
    A        2025-12 50
    A        2026-11 66
    B        2025-12 10
    B        2026-08 12
    C        2025-12 7
    closed   2025-12 5
    closed   2026-05 5
    """
    register = "facility to\nA .\nB .\nC .\nnew .\nclosed 2026-06-30"
    row = one(world(register, reports, indicators={}, kinds=(stock("beds"),)), tmp_path, indicator="beds")
    assert (row["done_value"], row["reports"], row["expected_reports"]) == (66, 1, 4), "November's, as received"
    assert (row["value"], row["base_value"], row["estimated_value"]) == (66 + 12 + 7, 72, None)
    assert counted(row) == {"carried": 3, "not_estimated": 1}


def test_a_ratio_is_recomputed_from_its_estimated_parts(tmp_path: Path) -> None:
    reports = """
    facility period  days stays beds
    A        2025-11 300  100   10
    A        2025-12 310  100   10
    A        2026-11 360  90    12
    B        2025-11 30   10    1
    B        2025-12 30   10    1
    B        2026-11 33   11    2
    """
    kinds = (ratio("stay", "days", "stays", unit="days"), ratio("occupancy", "days", "beds", by_days=True))
    built = world("facility from\nA 2025-11-01\nB 2025-11-01", reports, indicators={}, kinds=kinds)
    connection = built.build(tmp_path, marts=("growth", "estimate"))
    found = {row["indicator"]: row for row in rows(connection, "estimate", group_by="all")}
    days, stays = {"A": 310 * Decimal(360) / 300, "B": Decimal(33)}, {"A": Decimal(90), "B": Decimal(11)}
    # ten months that both owe and nobody sent: the mean of the one month of each
    months_of_days = 10 * (360 + 33) + 360 + 33 + sum(days.values())
    months_of_stays = 10 * (90 + 11) + 90 + 11 + sum(stays.values())
    assert found["stay"]["value"] == (months_of_days / months_of_stays).quantize(Decimal("0.00000001"), ROUND_HALF_UP)
    assert found["stay"]["done_value"] == (Decimal(393) / 101).quantize(Decimal("0.00000001"), ROUND_HALF_UP)
    assert found["stay"]["estimated_value"] is None
    beds = (12 + 2) * 365
    wanted = (months_of_days * 100 / beds).quantize(Decimal("0.00000001"), ROUND_HALF_UP)
    assert found["occupancy"]["value"] == wanted, "the beds last known, on the days of each month"


def test_a_sum_that_waits_for_a_part_is_not_counted_twice(tmp_path: Path) -> None:
    """Visits of November are held, its stays are not: the month is estimated whole, less the visits."""
    reports = "facility period visits stays\n"
    reports += "".join(f"A 2025-{month:02d} 100 10\n" for month in range(1, 13))
    reports += "".join(f"A 2026-{month:02d} 100 10\n" for month in range(1, 11)) + "A 2026-11 105 .\n"
    row = one(world("facility\nA", reports), tmp_path, indicator="contacts")
    assert (row["done_value"], row["reports"]) == (10 * 110 + 105, 10)
    assert (row["estimated_value"], counted(row)) == ((110 - 105) + 110, {"own_growth": 2})


def test_an_estimate_never_takes_away_what_was_received(tmp_path: Path) -> None:
    """November's visits alone are more than the whole month is estimated at."""
    reports = "facility period visits stays\n"
    reports += "".join(f"A 2025-{month:02d} 100 10\n" for month in range(1, 13))
    reports += "".join(f"A 2026-{month:02d} 100 10\n" for month in range(1, 11)) + "A 2026-11 500 .\n"
    row = one(world("facility\nA", reports), tmp_path, indicator="contacts")
    assert (row["done_value"], row["estimated_value"]) == (10 * 110 + 500, 0 + 110)


def test_an_item_is_not_estimated(tmp_path: Path) -> None:
    reports = """
    facility period  visits visits@A20
    A        2025-12 100    9
    A        2026-11 110    .
    """
    found = estimates(world("facility\nA", reports), tmp_path)
    assert [row["item"] for row in found] == [""]


def test_an_estimate_that_does_not_add_up_stops_the_build(tmp_path: Path) -> None:
    reports = "facility period visits\n" + year("A", 2025, 1, 12, 100) + year("A", 2026, 1, 11, 110)
    built = world("facility\nA", reports)
    broken = tmp_path / "estimate.sql"
    sound = built.definitions.models["estimate"].read_text("utf-8")
    broken.write_text(
        sound.replace("then done.value end as done_value", "then done.value + 1 end as done_value"), "utf-8"
    )
    assert broken.read_text("utf-8") != sound
    models = {**built.definitions.models, "estimate": broken}
    bad = World(definitions(spells("facility\nA"), models=models), built.sent, newest=NEWEST)
    with pytest.raises(UsageError) as caught:
        bad.build(tmp_path / "bad", marts=("growth", "estimate"))
    assert caught.value.key == "error.check_failed"


def test_what_all_units_report_together_may_be_beyond_eighteen_digits(tmp_path: Path) -> None:
    """Money in đồng: a department's year is some 10^14. B has sent nothing this year and is taken with all others."""
    much, others = 10**12, [f"A{number}" for number in range(12)]
    reports = "facility period visits\nB 2025-12 70\n"
    reports += "".join(year(one, 2025, 1, 12, much) + year(one, 2026, 1, 12, much) for one in others)
    row = one(
        world("facility from to\n" + "\n".join(f"{one} . ." for one in others) + "\nB 2025-12-01 .", reports), tmp_path
    )
    assert row["base_value"] == 12 * 12 * much + 70
    assert row["estimated_value"] == 70
