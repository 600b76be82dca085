"""Stocks and ratios beside flows, rule by rule, with figures written as arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from tests.models.reading import one, parts
from tests.models.world import World, definitions, ratio, rows, sent, spells, stock

OCCUPANCY = ratio("occupancy", "days", "beds", by_days=True)
SHARE = ratio("share", "insured", "visits")
STAY = ratio("stay", "days", "stays", unit="days")
KINDS = {"indicators": {}, "kinds": (stock("beds"), OCCUPANCY, SHARE, STAY)}


def exact(text: float | Decimal) -> Decimal:
    return Decimal(text).quantize(Decimal("0.00000001"), ROUND_HALF_UP)


def over(above: int, below: int) -> Decimal:
    return exact(Decimal(above) / below)


def world(register: str, reports: str, **said: Any) -> World:
    return World(definitions(spells(register), **(KINDS | said)), sent(reports))


# ---- stocks
BEDS = """
facility period  beds
A        2022-06 50
A        2022-12 60
B        2022-12 10
C        2022-12 7
E        2022-11 30
A        2023-06 70
A        2023-12 66
B        2023-11 12
D        2023-12 5
E        2023-12 31
"""
BEDS_REGISTER = """
facility from       to
A        .          .
B        .          .
C        .          2023-12-30
D        2023-02-01 .
E        .          .
"""


def test_a_stock_is_that_of_the_last_month_and_nothing_is_carried_forward(tmp_path: Path) -> None:
    row = one(world(BEDS_REGISTER, BEDS), tmp_path, indicator="beds", period="2023")
    assert (row["value"], row["base_value"]) == (66 + 5 + 31, 60 + 10 + 7), "B's November and E's are not December's"
    assert parts(row) == {"matched": 66 - 60, "entered": 5, "left": -7, "missing": -10, "missing_base": 31}
    assert row["change"] == 102 - 77 == sum(parts(row).values())
    assert (row["matched_value"], row["matched_base_value"], row["matched_reports"]) == (66, 60, 1)
    assert row["matched_change_pct"] == exact(Decimal(66 - 60) * 100 / 60)
    assert (row["reports"], row["expected_reports"]) == (3, 4), "the reports of December alone"
    assert (row["base_reports"], row["base_expected_reports"]) == (3, 4)
    assert (row["status"], row["change_pp"]) == ("partial", None)


def test_each_period_of_a_stock_ends_with_its_own_month(tmp_path: Path) -> None:
    connection = world(BEDS_REGISTER, BEDS).build(tmp_path, marts=("growth",))
    found = rows(connection, "growth", indicator="beds", group_by="all", comparison="prior_year")
    values = {row["period"]: row["value"] for row in found}
    assert [values[f"2023-{kind}"] for kind in ("06", "Q2", "H1")] == [70, 70, 70]
    assert [values[f"2023-{kind}"] for kind in ("Q4", "H2")] == [66 + 5 + 31] * 2
    assert values["2023-9M"] is None, "nobody sent September"


def test_a_whole_period_report_of_a_stock_stands_where_the_last_month_does_not(tmp_path: Path) -> None:
    reports = """
    facility period  beds
    A        2022-03 20
    B        2022-03 8
    A        2023-01 24
    A        2023-Q1 25
    B        2023-03 9
    B        2023-Q1 99
    """
    row = one(world("facility\nA\nB", reports), tmp_path, indicator="beds", period="2023-Q1")
    assert (row["value"], parts(row)) == (25 + 9, {"matched": (25 - 20) + (9 - 8)})
    assert (row["reports"], row["expected_reports"], row["status"]) == (2, 2, "ok")


def test_beds_of_a_merger_and_of_a_moved_facility_add_up(tmp_path: Path) -> None:
    register = """
    facility ownership from       to         successor
    small    public    .          2023-06-30 large
    large    public    .          .          .
    sold     public    .          2022-12-31 .
    sold     private   2023-01-01 .          .
    """
    reports = """
    facility period  beds
    small    2022-12 30
    large    2022-12 100
    sold     2022-12 40
    large    2023-12 135
    sold     2023-12 44
    """
    connection = world(register, reports).build(tmp_path, marts=("growth",))
    found = rows(connection, "growth", indicator="beds", period="2023", comparison="prior_year")
    by = {row["group_value"]: row for row in found if row["group_by"] in ("all", "ownership")}
    assert parts(by["all"]) == {"matched": (135 - (30 + 100)) + (44 - 40)}
    assert parts(by["public"]) == {"matched": 135 - 130, "reclassified": -40}
    assert (by["private"]["value"], by["private"]["base_value"], by["private"]["status"]) == (44, None, "no_base")


# ---- ratios
def test_occupancy_is_days_over_beds_times_the_days_of_each_month_leap_years_too(tmp_path: Path) -> None:
    reports = """
    facility period  days beds
    A        2023-01 300  10
    A        2023-02 280  10
    A        2024-01 400  12
    A        2024-02 435  12
    """
    built = world("facility\nA", reports)
    february = one(built, tmp_path / "a", indicator="occupancy", period="2024-02")
    assert february["value"] == exact(Decimal(435 * 100) / (12 * 29)) == 125, "above 100% is real"
    assert february["base_value"] == 100 * 280 // (10 * 28) == 100
    assert (february["change"], february["change_pp"]) == (25, 25)
    quarter = one(built, tmp_path / "b", indicator="occupancy", period="2024-Q1")
    assert quarter["value"] == over((400 + 435) * 100, 12 * 31 + 12 * 29)
    assert quarter["base_value"] == over((300 + 280) * 100, 10 * 31 + 10 * 28)
    assert quarter["change_pct"] is quarter["index_pct"] is quarter["matched_change_pct"] is None
    assert [quarter[f"change_{part}"] for part in ("matched", "entered", "left", "missing")] == [None] * 4


def test_a_whole_period_report_has_the_days_of_its_period(tmp_path: Path) -> None:
    reports = """
    facility period  days beds
    A        2023-H1 1810 10
    A        2024-H1 1820 10
    """
    row = one(world("facility\nA", reports), tmp_path, indicator="occupancy", period="2024-H1")
    assert (row["value"], row["base_value"]) == (over(182_000, 10 * 182), over(181_000, 10 * 181)) == (100, 100)


def test_a_rate_is_recomputed_from_its_parts_and_never_averaged(tmp_path: Path) -> None:
    register = "facility ownership\nA public\nB public\nC private"
    reports = """
    facility period  visits insured
    A        2022-01 1000   900
    B        2022-01 10     1
    C        2022-01 90     9
    A        2023-01 1000   950
    A        2023-02 500    100
    B        2023-01 20     1
    C        2023-01 80     60
    """
    connection = world(register, reports).build(tmp_path, marts=("growth",))
    found = rows(connection, "growth", indicator="share", comparison="prior_year")
    by = {(row["period"], row["group_value"]): row for row in found}
    assert by["2023-01", "all"]["value"] == over((950 + 1 + 60) * 100, 1000 + 20 + 80)
    assert by["2023-01", "public"]["value"] == over((950 + 1) * 100, 1000 + 20)
    assert by["2023-01", "public"]["base_value"] == over((900 + 1) * 100, 1000 + 10)
    assert by["2023-Q1", "public"]["value"] == over((950 + 100 + 1) * 100, 1000 + 500 + 20)
    assert by["2023-Q1", "public"]["matched_value"] == by["2023-01", "public"]["value"], "A's February has no base"


def test_a_month_without_one_part_counts_in_neither(tmp_path: Path) -> None:
    reports = """
    facility period  days stays
    A        2022-01 60   10
    B        2022-01 40   8
    A        2023-01 70   10
    B        2023-01 99   .
    C        2023-01 50   ?
    """
    row = one(world("facility\nA\nB\nC", reports), tmp_path, indicator="stay", period="2023-01")
    assert (row["value"], row["base_value"]) == (7, over(60 + 40, 10 + 8))
    assert (row["reports"], row["expected_reports"], row["status"]) == (1, 3, "partial")
    assert (row["matched_value"], row["matched_base_value"], row["matched_reports"]) == (7, 6, 1)
    assert (row["change"], row["change_pp"], row["matched_change_pp"]) == (7 - over(100, 18), None, None)


def test_like_for_like_points_are_of_the_matched_alone(tmp_path: Path) -> None:
    register = """
    facility ownership from       to
    A        public    .          .
    new      public    2022-06-01 .
    sold     public    .          2022-12-31
    sold     private   2023-01-01 .
    """
    reports = """
    facility period  visits insured
    A        2022-01 100    50
    sold     2022-01 100    90
    A        2023-01 200    120
    sold     2023-01 100    80
    new      2023-01 500    500
    """
    connection = world(register, reports).build(tmp_path, marts=("growth",))
    found = rows(connection, "growth", indicator="share", period="2023-01", comparison="prior_year")
    by = {row["group_value"]: row for row in found if row["group_by"] in ("all", "ownership")}
    everyone = by["all"]
    assert everyone["change_pp"] == over((120 + 80 + 500) * 100, 800) - 70
    assert everyone["matched_change_pp"] == over((120 + 80) * 100, 300) - over((50 + 90) * 100, 200)
    assert by["public"]["matched_change_pp"] == 60 - 50, "the sold one has left the group"


def test_the_status_of_a_ratio(tmp_path: Path) -> None:
    reports = """
    facility period  visits insured
    A        2022-01 0      0
    A        2022-02 10     0
    A        2022-03 10     5
    A        2022-05 10     5
    A        2023-01 10     5
    A        2023-02 10     3
    A        2023-03 0      0
    A        2023-04 10     5
    A        2023-05 10     6
    """
    broken = ratio("broken", "insured", "visits", breaks=(date(2022, 8, 1),))
    connection = world("facility\nA", reports, kinds=(SHARE, broken)).build(tmp_path, marts=("growth",))
    found = rows(connection, "growth", group_by="all", period_type="month")
    by = {(row["indicator"], row["period"]): row for row in found}
    told = {month: by["share", f"2023-{month}"] for month in ("01", "02", "03", "04", "05")}
    assert {month: row["status"] for month, row in told.items()} == {
        "01": "zero_base",
        "02": "ok",
        "03": "partial",
        "04": "no_base",
        "05": "ok",
    }
    assert (told["01"]["value"], told["01"]["base_value"], told["01"]["change_pp"]) == (50, None, None)
    assert (told["02"]["base_value"], told["02"]["change_pp"]) == (0, 30), "a rate of 0% is a base"
    assert (told["03"]["value"], told["03"]["change"]) == (None, None)
    changed = by["broken", "2023-05"]
    assert (changed["status"], changed["change_pp"], changed["matched_change_pp"]) == ("not_comparable", None, None)
    assert changed["matched_value"] == 60, "known, and not compared"


def test_the_eighth_decimal_is_rounded_half_up(tmp_path: Path) -> None:
    """29 / 200.000.000 = 0,000000145: in DOUBLE a hair below the half."""
    reports = """
    facility period  days stays
    A        2022-01 2    3
    A        2023-01 29   200000000
    """
    row = one(world("facility\nA", reports), tmp_path, indicator="stay", period="2023-01")
    assert (row["value"], row["base_value"]) == (Decimal("0.00000015"), Decimal("0.66666667"))


def test_a_part_may_stand_above_and_below(tmp_path: Path) -> None:
    said = ratio("inpatient_share", "stays", "visits+stays")
    reports = "facility period visits stays\nA 2022-01 3 1\nA 2023-01 1 1"
    row = one(world("facility\nA", reports, kinds=(said,)), tmp_path, indicator="inpatient_share", period="2023-01")
    assert (row["value"], row["base_value"], row["change_pp"]) == (50, 25, 25)


def test_a_ratio_of_two_stocks_is_of_the_last_month(tmp_path: Path) -> None:
    said = ratio("staffing", "staff", "beds", unit="", at_end=True)
    reports = "facility period staff beds\nA 2023-11 90 10\nA 2023-12 15 10"
    row = one(world("facility\nA", reports, kinds=(said,)), tmp_path, indicator="staffing", period="2023")
    assert (row["value"], row["expected_reports"]) == (Decimal("1.5"), 1)


def test_each_item_has_a_ratio_of_its_own(tmp_path: Path) -> None:
    reports = "facility period visits@A90 insured@A90 visits@B05 insured@B05\nA 2023-01 10 4 8 8"
    connection = world("facility\nA", reports).build(tmp_path, marts=("growth",))
    found = rows(connection, "growth", indicator="share", group_by="all", period="2023-01")
    assert {row["item"]: row["value"] for row in found} == {"A90": 40, "B05": 100}


def test_a_clinic_without_beds_has_sent_its_report_whole(tmp_path: Path) -> None:
    said = {"indicators": {"visits": ("visits",)}, "kinds": (stock("beds"), OCCUPANCY)}
    connection = world("facility\nA", "facility period visits\nA 2023-01 10", **said).build(tmp_path)
    assert [row["complete"] for row in rows(connection, "coverage", period="2023-01")] == [True]
