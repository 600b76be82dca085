"""Growth, rule by rule, on worlds a statistician can check by eye."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.models.world import World, areas, changes, definitions, form, sent, spells

OPEN = """
facility ownership
A        public
B        private
"""
ALL = {"indicator": "visits", "group_by": "all", "comparison": "prior_year"}
PARTS = ("matched", "entered", "left", "missing", "missing_base", "reclassified")


def one(world: World, folder: Path, **where: Any) -> dict[str, Any]:
    (row,) = world.growth(folder, **(ALL | where))
    return row


def parts(row: dict[str, Any]) -> dict[str, Decimal]:
    """The parts of the change that are not 0."""
    return {name: row[f"change_{name}"] for name in PARTS if row[f"change_{name}"]}


def test_the_whole_road_in_one_row(tmp_path: Path) -> None:
    world = World(
        definitions(spells(OPEN)),
        sent("""
        facility period  visits
        A        2022-01 100
        B        2022-01 200
        A        2023-01 110
        B        2023-01 220
        """),
    )
    row = one(world, tmp_path, period="2023-01")
    assert row == {
        "indicator": "visits",
        "item": "",
        "area": "VN",
        "boundaries": date(1900, 1, 1),
        "group_by": "all",
        "group_value": "all",
        "period": "2023-01",
        "period_type": "month",
        "comparison": "prior_year",
        "base_period": "2022-01",
        "value": 110 + 220,
        "base_value": 100 + 200,
        "change": 330 - 300,
        "change_pct": Decimal(30) * 100 / 300,
        "change_pp": None,
        "index_pct": Decimal(330) * 100 / 300,
        "status": "ok",
        "expected_reports": 2,
        "reports": 2,
        "base_expected_reports": 2,
        "base_reports": 2,
        "matched_reports": 2,
        "matched_value": 110 + 220,
        "matched_base_value": 100 + 200,
        "matched_change_pct": 10,
        "matched_change_pp": None,
        "change_matched": 330 - 300,
        "change_entered": 0,
        "change_left": 0,
        "change_missing": 0,
        "change_missing_base": 0,
        "change_reclassified": 0,
    }


def test_percentages_are_exact_to_eight_places_and_half_up(tmp_path: Path) -> None:
    world = World(
        definitions(spells("facility\nA")),
        sent("""
        facility period  visits
        A        2022-01 3.2
        A        2023-01 3.2001
        A        2022-02 99999999999999
        A        2023-02 99999999999998
        A        2022-03 10.24
        A        2023-03 10.2399
        A        2022-04 0.0003
        A        2023-04 99999999999999
        """),
    )
    found = {row["period"]: row for row in world.growth(tmp_path, **ALL, period_type="month")}
    assert found["2023-01"]["change_pct"] == Decimal("0.00312500")
    assert found["2023-02"]["change_pct"] == Decimal("0.00000000")
    assert found["2023-03"]["change_pct"] == Decimal("-0.00097656"), "0,0001 / 10,24 = 0,0009765625"
    assert found["2023-04"]["change_pct"] is None, "more than DECIMAL(18,8) holds: not a crash, not a wrong number"
    assert found["2023-04"]["change"] == Decimal("99999999999998.9997")


def test_a_facility_that_opened_entered_and_one_that_closed_left(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility from       to
            stays    .          .
            opens    2023-01-15 .
            closes   .          2022-12-31
            """)
        ),
        sent("""
        facility period  visits
        stays    2022-01 100
        closes   2022-01 40
        stays    2023-01 103
        opens    2023-01 7
        """),
    )
    row = one(world, tmp_path, period="2023-01")
    assert parts(row) == {"matched": 103 - 100, "entered": 7, "left": -40}
    assert (row["expected_reports"], row["base_expected_reports"], row["status"]) == (2, 2, "ok")
    assert (row["matched_reports"], row["matched_value"], row["matched_base_value"]) == (1, 103, 100)


def test_a_month_not_reported_is_missing_now_or_at_the_base(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility
            both
            no_base
            no_now
            neither
            """)
        ),
        sent("""
        facility period  visits
        both     2022-01 100
        no_now   2022-01 20
        both     2023-01 101
        no_base  2023-01 30
        """),
    )
    row = one(world, tmp_path, period="2023-01")
    assert parts(row) == {"matched": 101 - 100, "missing": -20, "missing_base": 30}
    assert (row["reports"], row["expected_reports"], row["base_reports"], row["base_expected_reports"]) == (2, 4, 2, 4)
    assert row["status"] == "partial"


def test_a_quarantined_cell_is_missing_and_its_neighbours_are_not(tmp_path: Path) -> None:
    world = World(
        definitions(spells("facility\nA")),
        sent("""
        facility period  visits stays
        A        2022-01 100    10
        A        2023-01 ?      12
        """),
    )
    rows = {row["indicator"]: row for row in world.growth(tmp_path, period="2023-01", group_by="all")}
    assert (rows["visits"]["value"], rows["visits"]["reports"], rows["visits"]["status"]) == (None, 0, "partial")
    assert rows["visits"]["change"] is rows["visits"]["change_missing"] is None
    assert parts(rows["stays"]) == {"matched": 12 - 10}
    assert (rows["contacts"]["value"], rows["contacts"]["reports"]) == (12, 0), (
        "a sum with a part missing is not complete"
    )
    assert parts(rows["contacts"]) == {"missing": 12 - (100 + 10)}


def test_a_merger_is_one_unit_on_both_sides(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility from       to         successor
            small    .          2022-12-31 large
            large    .          .          .
            """)
        ),
        sent("""
        facility period  visits
        small    2022-01 30
        large    2022-01 100
        large    2023-01 140
        small    2022-02 30
        large    2023-02 140
        """),
    )
    assert parts(one(world, tmp_path / "a", period="2023-01")) == {"matched": 140 - (100 + 30)}
    lacking = one(world, tmp_path / "b", period="2023-02")
    assert parts(lacking) == {"missing_base": 140 - 30}, "a predecessor's month without its partner's is not comparable"


def test_what_changes_group_is_reclassified_there_and_matched_in_all(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility ownership from       to
            keeps    private   .          .
            sold     public    .          2022-12-31
            sold     private   2023-01-01 .
            """)
        ),
        sent("""
        facility period  visits
        keeps    2022-01 100
        sold     2022-01 50
        keeps    2023-01 104
        sold     2023-01 55
        """),
    )
    rows = world.growth(tmp_path, indicator="visits", period="2023-01")
    found = {(row["group_by"], row["group_value"]): row for row in rows}
    assert parts(found["all", "all"]) == {"matched": (104 - 100) + (55 - 50)}
    private, public = found["ownership", "private"], found["ownership", "public"]
    assert parts(private) == {"matched": 104 - 100, "reclassified": 55}
    assert (private["matched_reports"], private["matched_value"]) == (1, 104)
    assert (public["value"], public["change"], public["status"]) == (None, None, "partial")
    assert parts(found["type", ""]) == {"matched": 9}, "no other group is touched"


def test_an_unexpected_report_counts_in_the_value_and_not_in_reports(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility from       to
            open     .          .
            closed   .          2022-06-30
            """)
        ),
        sent("""
        facility period  visits
        open     2022-01 100
        closed   2022-01 20
        open     2023-01 100
        closed   2023-01 5
        unknown  2023-01 3
        """),
    )
    row = one(world, tmp_path, period="2023-01")
    assert (row["value"], row["reports"], row["expected_reports"]) == (100 + 5 + 3, 1, 1)
    assert parts(row) == {"left": 5 - 20, "entered": 3}


def test_expected_follows_the_form_its_types_and_its_editions(tmp_path: Path) -> None:
    register = spells("""
    facility type
    A        hospital
    B        clinic
    """)
    reports = sent("""
    facility period  visits
    A        2022-01 100
    A        2023-01 100
    """)
    hospitals = World(definitions(register, forms={"f": form(applies_to=("hospital",))}), reports)
    assert one(hospitals, tmp_path / "a", period="2023-01")["expected_reports"] == 1
    assert one(World(definitions(register), reports), tmp_path / "b", period="2023-01")["expected_reports"] == 2
    never = World(definitions(register, forms={"f": form(editions=())}), reports)
    assert one(never, tmp_path / "c", period="2023-01")["expected_reports"] == 0


def test_longer_periods_add_the_months_up(tmp_path: Path) -> None:
    months = "".join(f"A {y}-{m:02d} {m if y == 2022 else 2 * m}\n" for y in (2022, 2023) for m in range(1, 13))
    world = World(definitions(spells("facility\nA")), sent(f"facility period visits\n{months}"))
    found = {row["period"]: row for row in world.growth(tmp_path, **ALL) if row["period"].startswith("2023")}
    assert len(found) == 12 + 4 + 2 + 1 + 1
    assert {p: found[p]["base_value"] for p in ("2023-Q2", "2023-H2", "2023-9M", "2023")} == {
        "2023-Q2": 4 + 5 + 6,
        "2023-H2": 7 + 8 + 9 + 10 + 11 + 12,
        "2023-9M": 45,
        "2023": 78,
    }
    assert all(row["change_pct"] == 100 and row["status"] == "ok" for row in found.values())
    assert found["2023"]["matched_reports"] == 12


def test_a_year_collected_in_part_is_never_ok(tmp_path: Path) -> None:
    """Twelve months against the six that were asked for would read as a doubling."""
    months = "".join(f"A {y}-{m:02d} 10\n" for y in (2022, 2023) for m in range(1, 13) if (y, m) > (2022, 6))
    world = World(definitions(spells("facility\nA")), sent(f"facility period visits\n{months}"))
    row = one(world, tmp_path, period="2023")
    assert (row["status"], row["base_reports"], row["base_expected_reports"]) == ("partial", 6, 12)
    assert parts(row) == {"missing_base": 60}


def test_the_base_year_stands_beside_the_prior_year(tmp_path: Path) -> None:
    world = World(
        definitions(spells("facility\nA"), base_year=2020),
        sent("""
        facility period  visits
        A        2020-01 100
        A        2021-01 105
        A        2023-01 106
        """),
    )
    rows = world.growth(tmp_path, indicator="visits", group_by="all", period_type="month")
    found = {(row["period"], row["comparison"]): row for row in rows}
    assert found["2023-01", "base"]["change_pct"] == 6
    assert found["2023-01", "prior_year"]["status"] == "no_base"
    assert found["2021-01", "base"]["change"] == found["2021-01", "prior_year"]["change"] == 5
    assert ("2020-01", "base") not in found


def test_the_first_status_that_holds(tmp_path: Path) -> None:
    world = World(
        definitions(spells("facility from\nA .\nB 2023-01-01"), breaks={"visits": (date(2022, 8, 1),)}),
        sent("""
        facility period  visits stays
        A        2022-01 10     10
        A        2022-02 10     0
        A        2022-03 10     10
        A        2022-05 10     10
        A        2023-01 12     12
        A        2023-02 12     12
        B        2023-02 12     12
        A        2023-03 12     12
        B        2023-03 12     12
        A        2023-04 12     12
        A        2023-05 12     12
        """),
        newest=datetime(2023, 5, 30),
    )
    rows = world.growth(tmp_path, group_by="all", period_type="month")
    found = {(row["indicator"], row["period"]): row for row in rows}
    statuses = {month: found["stays", f"2023-{month}"]["status"] for month in ("01", "02", "03", "04", "05")}
    assert statuses == {"01": "partial", "02": "zero_base", "03": "ok", "04": "no_base", "05": "unfinished"}
    zero, unfinished, broken = found["stays", "2023-02"], found["stays", "2023-05"], found["visits", "2023-03"]
    assert (zero["change"], zero["change_pct"], zero["index_pct"]) == (24, None, None)
    assert (unfinished["value"], unfinished["base_value"], unfinished["change"]) == (12, 10, None)
    assert unfinished["change_matched"] is unfinished["matched_change_pct"] is None
    assert (broken["status"], broken["value"], broken["change"]) == ("not_comparable", 24, None)
    assert found["visits", "2022-03"]["status"] == "no_base", "the definition changed after this month"


PROVINCES = areas("""
area level    parent from       to
VN   country  .      2008-08-01 .
74   province VN     2008-08-01 2025-06-30
79   province VN     2008-08-01 2025-06-30
79   province VN     2025-07-01 .
""")
MERGED = changes("""
old new on
74  79  2025-07-01
79  79  2025-07-01
""")


def test_growth_across_a_merger_of_provinces_is_on_one_set_of_boundaries(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility area from       to         before
            city     79   .          .          .
            suburb   74   .          .          .
            new      79   2026-01-01 .          .
            known    79   2026-01-01 .          74
            """),
            areas=PROVINCES,
            area_changes=MERGED,
        ),
        sent("""
        facility period  visits
        city     2025-01 100
        suburb   2025-01 10
        city     2026-01 110
        suburb   2026-01 12
        new      2026-01 5
        known    2026-01 7
        """),
    )
    rows = world.growth(tmp_path, **ALL, period="2026-01")
    found = {(row["area"], str(row["boundaries"])): (row["base_value"], row["value"]) for row in rows}
    assert found == {
        ("VN", "2008-08-01"): (100 + 10, 110 + 12 + 5 + 7),
        ("79", "2008-08-01"): (100, 110),
        ("74", "2008-08-01"): (10, 12 + 7),
        ("VN", "2025-07-01"): (100 + 10, 110 + 12 + 5 + 7),
        ("79", "2025-07-01"): (100 + 10, 110 + 12 + 5 + 7),
    }


def test_a_whole_period_report_stands_where_the_months_are_not_complete(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility from
            A        .
            B        .
            C        .
            """)
        ),
        sent("""
        facility period  visits
        A        2022-01 10
        A        2022-02 10
        A        2022-03 10
        A        2023-Q1 36
        B        2022-01 5
        B        2022-02 5
        B        2022-03 5
        B        2023-01 6
        B        2023-02 6
        B        2023-03 6
        B        2023-Q1 999
        C        2022-Q1 20
        C        2023-01 9
        C        2023-02 9
        """),
    )
    row = one(world, tmp_path / "a", period="2023-Q1")
    assert row["value"] == 36 + 3 * 6 + (9 + 9), "A's own quarter, B's complete months, the months C has"
    assert row["base_value"] == 3 * 10 + 3 * 5 + 20
    assert parts(row) == {"matched": (36 - 30) + (18 - 15), "missing": 18 - 20}
    assert (row["reports"], row["expected_reports"], row["matched_reports"]) == (3 + 3 + 2, 9, 3 + 3)
    half = one(world, tmp_path / "b", period="2023-H1")
    assert half["value"] == 18 + 18, "a quarter's report matches quarters only"


def test_each_item_is_a_series_of_its_own(tmp_path: Path) -> None:
    world = World(
        definitions(spells("facility\nA")),
        sent("""
        facility period  visits@A90 visits@B05
        A        2022-01 10         4
        A        2023-01 15         .
        """),
    )
    rows = {row["item"]: row for row in world.growth(tmp_path, **ALL, period="2023-01")}
    assert parts(rows["A90"]) == {"matched": 5}
    assert (rows["B05"]["value"], rows["B05"]["reports"], rows["B05"]["status"]) == (None, 0, "partial")
    assert rows.keys() == {"A90", "B05"}
