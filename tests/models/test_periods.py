"""Growth over periods: months added up, years, whole-period reports, statuses."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from tests.models.reading import ALL, one, parts
from tests.models.world import World, definitions, edition, form, sent, spells


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
    for editions in (
        (),
        (edition(frequency="quarter"),),
        (edition(valid_to=date(2023, 1, 30)),),
        (edition(valid_from=date(2023, 2, 1)),),
    ):
        world = World(definitions(register, forms={"f": form(editions=editions)}), reports)
        assert one(world, tmp_path / str(len(list(tmp_path.iterdir()))), period="2023-01")["expected_reports"] == 0


def test_months_are_expected_once_they_have_ended(tmp_path: Path) -> None:
    reports = sent("facility period visits\nA 2022-12 10\nA 2023-03 10")
    for day, expected in (("2023-04-20", 3), ("2023-05-01", 4), ("2024-07-01", 12)):
        world = World(definitions(spells("facility\nA")), reports, newest=datetime.fromisoformat(day))
        row = one(world, tmp_path / day, period="2023")
        assert (row["reports"], row["expected_reports"]) == (1, expected)
        assert row["status"] == ("partial" if day > "2024" else "unfinished")


def test_longer_periods_add_the_months_up(tmp_path: Path) -> None:
    months = "".join(f"A {y}-{m:02d} {m if y == 2022 else 2 * m}\n" for y in (2022, 2023) for m in range(1, 13))
    world = World(definitions(spells("facility\nA")), sent(f"facility period visits\n{months}"))
    found = {row["period"]: row for row in world.growth(tmp_path, **ALL) if row["period"].startswith("2023")}
    assert len(found) == 12 + 4 + 2 + 1 + 1 + 7
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
        definitions(
            spells("facility from\nA .\nB 2023-01-01"),
            breaks={"visits": (date(2022, 8, 1),), "contacts": (date(2021, 6, 1),)},
        ),
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
    assert found["contacts", "2023-03"]["status"] == "ok", "and here before both"


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


def test_the_newest_year_has_its_years_to_date_and_older_years_do_not(tmp_path: Path) -> None:
    months = "".join(f"A {y}-{m:02d} {m * (y - 2021)}\n" for y in (2022, 2023, 2024) for m in range(1, 12))
    world = World(definitions(spells("facility\nA"), base_year=2022), sent(f"facility period visits\n{months}"))
    found = {
        (row["period"], row["comparison"]): row
        for row in world.growth(tmp_path, indicator="visits", group_by="all", period_type="to_date")
    }
    assert {period for period, _ in found} == {f"2024-{n}M" for n in (2, 4, 5, 7, 8, 10, 11)}
    eleven, against = found["2024-11M", "prior_year"], found["2024-11M", "base"]
    assert (eleven["value"], eleven["base_value"], eleven["base_period"]) == (66 * 3, 66 * 2, "2023-11M")
    assert (against["base_value"], against["base_period"]) == (66, "2022-11M")
    assert (eleven["status"], eleven["matched_reports"], eleven["expected_reports"]) == ("ok", 11, 11)


def test_a_year_to_date_that_a_facility_reports_counts_in_that_period_alone(tmp_path: Path) -> None:
    reports = """
    facility period   visits
    A        2021-11M 110
    A        2022-11M 121
    A        2023-01  9
    """
    found = {
        row["period"]: row
        for row in World(definitions(spells("facility\nA")), sent(reports)).growth(tmp_path, **ALL)
        if row["value"] is not None
    }
    assert (found["2022-11M"]["value"], found["2022-11M"]["base_value"]) == (121, 110)
    assert "2022" not in found
