"""The annex as departments lay it out: numbered, against plan and last year, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from healthstats import tables
from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.plan import Plan
from healthstats.domain.table import Table
from healthstats.render.figures import format_cell, shown
from healthstats.words import Lang
from tests.golden.marts import Grown, definitions, open_marts, spell
from tests.golden.world import open_year

YEAR = Period("year", 2023)
HERE = replace(definitions(), facilities=(spell("79001", "Bệnh viện Quận 1"),))
"""A department of one province: its figures are the country's rows, its plans are the province's."""


@pytest.fixture
def year(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    return open_year(tmp_path)


def plan(indicator: str, value: str, area: str | None = "79", **said: object) -> Plan:
    held = {"facility": None, "period": "2023", "source": "QĐ 12/QĐ-SYT", "boundaries": date(2023, 12, 31), **said}
    return Plan(area=area, indicator=indicator, value=Decimal(value), **held)  # type: ignore[arg-type]


def read(table: Table, lang: Lang = "vi") -> list[list[str]]:
    places = shown(table)
    return [[format_cell(row[place], table.columns[place], lang) for place in places] for row in table.rows]


def planned(*plans: Plan) -> Definitions:
    return replace(HERE, plans=plans)


def test_the_columns_are_those_that_departments_use(year: duckdb.DuckDBPyConnection) -> None:
    table = tables.annex(year, HERE, YEAR)
    assert [table.columns[place].label for place in shown(table)] == [
        "TT",
        "Chỉ tiêu",
        "ĐVT",
        "TH năm 2022",
        "KH năm 2023",
        "TH năm 2023",
        "So với KH (%)",
        "So với cùng kỳ (%)",
        "Ghi chú",
    ]
    assert table.columns[-2].group == "Chỉ số (gốc = 100)"


def test_each_row_says_what_it_rests_on(year: duckdb.DuckDBPyConnection) -> None:
    rows = read(tables.annex(year, planned(plan("outpatient_visits", "40000000")), YEAR))
    assert rows[:3] == [
        ["1", "Lượt khám chữa bệnh ngoại trú", "lượt", "37.949.059", "40.000.000", "42.123.456", "105,3", "111*",
         "Báo cáo 35/36; cùng kỳ 36/36"],
        ["1.1", "Lượt khám ngoại trú: BHYT", "lượt", "17.521.453", "…", "20.500.100", "…", "117*",
         "Báo cáo 35/36; cùng kỳ 36/36"],
        ["2", "Lượt điều trị nội trú", "lượt", "2.114.644", "…", "2.201.345", "…", "104,1", ""],
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["1", "1.1", "2", "2.1", *map(str, range(3, 11))]
    assert rows[4][7:] == ["…", "không so sánh được"]


@pytest.mark.parametrize(
    "other",
    [
        plan("outpatient_visits", "1", period="2022"),
        plan("outpatient_visits", "1", area="74"),
        plan("outpatient_visits", "1", area=None, facility="79001"),
        plan("outpatient_visits", "1", boundaries=date(2026, 1, 1)),
        plan("inpatient_stays", "1"),
    ],
)
def test_a_plan_of_another_place_time_or_thing_is_not_this_plan(year: duckdb.DuckDBPyConnection, other: Plan) -> None:
    rows = read(tables.annex(year, planned(other), YEAR, indicators=["outpatient_visits"]))
    assert [row[4] for row in rows] == ["…"]


def test_a_country_of_many_areas_takes_the_country_s_plan(year: duckdb.DuckDBPyConnection) -> None:
    plans = (plan("outpatient_visits", "1"), plan("outpatient_visits", "50000000", area="VN"))
    rows = read(tables.annex(year, replace(definitions(), plans=plans), YEAR, indicators=["outpatient_visits"]))
    assert rows[0][4:7] == ["50.000.000", "42.123.456", "84,2"]


def test_the_plan_of_a_rate_s_numerator_is_no_plan_of_the_rate(tmp_path: Path) -> None:
    connection = open_marts(tmp_path, [Grown("insured_share_visits", "78", "74")])
    rows = read(tables.annex(connection, planned(plan("outpatient_visits_insured", "5000000")), YEAR))
    assert [row[4] for row in rows] == ["…"]
    rows = read(tables.annex(connection, planned(plan("insured_share_visits", "80")), YEAR))
    assert [row[4] for row in rows] == ["80"]


def test_a_year_that_is_not_over_is_set_against_nothing(tmp_path: Path) -> None:
    connection = open_marts(tmp_path, [Grown("mri_scans", "50", "90", "unfinished")])
    rows = read(tables.annex(connection, planned(plan("mri_scans", "100")), YEAR))
    assert rows == [["1", "Lần chụp MRI", "lần", "90", "100", "50", "…", "…", "kỳ chưa kết thúc"]]


def test_a_plan_of_nothing_divides_nothing(year: duckdb.DuckDBPyConnection) -> None:
    rows = read(tables.annex(year, planned(plan("mri_scans", "0")), YEAR, indicators=["mri_scans"]))
    assert rows[0][4:7] == ["0", "7", "…"]


def test_notes_say_whose_plan_it_is(year: duckdb.DuckDBPyConnection) -> None:
    plans = (plan("mri_scans", "5"), plan("ct_scans", "6"), plan("inpatient_days", "7", source="HĐND"))
    notes = tables.annex(year, planned(*plans), YEAR).notes
    assert "KH theo: QĐ 12/QĐ-SYT; HĐND." in notes


def test_months_from_january_without_a_plan_stand_beside_the_year_s(tmp_path: Path) -> None:
    ten = Period("to_date", 2023, 10)
    connection = open_marts(tmp_path, [Grown("mri_scans", "81", "90", period="2023-10M", base_period="2022-10M")])
    table = tables.annex(connection, planned(plan("mri_scans", "100")), ten)
    assert read(table) == [["1", "Lần chụp MRI", "lần", "90", "100", "81", "81", "90", ""]]
    labels = {column.key: column.label for column in table.columns}
    assert (labels["year_plan"], labels["of_year_plan_pct"]) == ("KH năm 2023", "So với KH năm (%)")
    assert any("kế hoạch cả năm" in note for note in table.notes)
    own = tables.annex(connection, planned(plan("mri_scans", "100"), plan("mri_scans", "90", period="2023-10M")), ten)
    assert read(own)[0][4:7] == ["90", "81", "90"]
    assert {column.key for column in own.columns} >= {"plan", "of_plan_pct"}


def test_a_month_or_a_later_quarter_is_no_part_done_of_the_year(tmp_path: Path) -> None:
    third = Grown("mri_scans", "81", "90", period="2023-Q3", base_period="2022-Q3")
    table = tables.annex(open_marts(tmp_path, [third]), planned(plan("mri_scans", "100")), Period("quarter", 2023, 3))
    assert read(table)[0][4:7] == ["…", "81", "…"]
