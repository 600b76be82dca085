"""Growth, rule by rule, on worlds a statistician can check by eye."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.models.reading import ALL, one, parts
from tests.models.world import World, definitions, sent, spells

OPEN = """
facility ownership
A        public
B        private
"""


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
        "value_source": "facilities",
        "base_source": "facilities",
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
        A        2022-05 41344.1927
        A        2023-05 47823133.6668
        A        2022-06 1843.3095
        A        2023-06 65656214.8062
        """),
    )
    found = {row["period"]: row for row in world.growth(tmp_path, **ALL, period_type="month")}
    assert found["2023-01"]["change_pct"] == Decimal("0.00312500")
    assert found["2023-02"]["change_pct"] == Decimal("0.00000000")
    assert found["2023-03"]["change_pct"] == Decimal("-0.00097656"), "0,0001 / 10,24 = 0,0009765625"
    assert found["2023-05"]["change_pct"] == Decimal("115570.74005728"), "a DOUBLE says …729"
    assert found["2023-05"]["matched_change_pct"] == Decimal("115570.74005728")
    assert found["2023-06"]["index_pct"] == Decimal("3561866.02446306"), "a DOUBLE says …307"
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
        facility period  visits stays
        small    2022-01 30     .
        large    2022-01 100    .
        large    2023-01 140    .
        small    2022-02 30     .
        large    2023-02 140    .
        small    2022-03 30     .
        large    2022-03 100    .
        large    2023-03 140    .
        small    2023-03 ?      1
        """),
    )
    assert parts(one(world, tmp_path / "a", period="2023-01")) == {"matched": 140 - (100 + 30)}
    lacking = one(world, tmp_path / "b", period="2023-02")
    assert parts(lacking) == {"missing_base": 140 - 30}, "a predecessor's month without its partner's is not comparable"
    after = one(world, tmp_path / "c", period="2023-03")
    assert parts(after) == {"matched": 140 - (100 + 30)}, "nobody waits for what a closed facility still sends"


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


def test_the_example_of_the_decision_record(tmp_path: Path) -> None:
    """docs/decisions/0002-growth.md prints these figures."""
    world = World(
        definitions(
            spells("""
            facility from       to         successor
            A        .          2022-12-31 B
            B        .          .          .
            C        2023-01-15 .          .
            D        .          2022-12-31 .
            E        .          .          .
            F        .          .          .
            """)
        ),
        sent("""
        facility period  visits
        A        2022-01 30
        B        2022-01 100
        D        2022-01 40
        E        2022-01 20
        B        2023-01 140
        C        2023-01 7
        F        2023-01 30
        """),
    )
    row = one(world, tmp_path, period="2023-01")
    assert (row["value"], row["base_value"], row["change"], row["status"]) == (177, 190, -13, "partial")
    assert parts(row) == {"matched": 140 - 130, "entered": 7, "left": -40, "missing": -20, "missing_base": 30}
    assert (row["matched_value"], row["matched_base_value"]) == (140, 130)
    assert (row["reports"], row["expected_reports"], row["base_reports"], row["base_expected_reports"]) == (3, 4, 4, 5)
