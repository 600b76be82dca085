"""What the growth and decomposition tables hold, before anyone draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from healthstats import render, tables
from healthstats.domain.facility import Area
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Table
from healthstats.errors import UsageError
from tests.golden.marts import NEWEST, OLDEST, Grown, against_base, definitions, open_marts
from tests.golden.world import INSURED, VISITS, YEAR, open_year

YEAR_2023 = Period("year", 2023)


def column(table: Table, key: str) -> list[Cell]:
    place = [one.key for one in table.columns].index(key)
    return [row[place] for row in table.rows]


def values(table: Table, key: str) -> list[object]:
    return [cell.value for cell in column(table, key)]


def growth_of(folder: Path, rows: Sequence[Grown], period: Period = YEAR_2023) -> Table:
    return tables.growth(open_marts(folder, rows), definitions(), period, "vi")


def test_totals_with_parts_come_first_each_over_its_parts(tmp_path: Path) -> None:
    table = tables.growth(open_year(tmp_path), definitions(), YEAR_2023)
    assert [
        (cell.level, code) for cell, code in zip(column(table, "name"), values(table, "indicator"), strict=True)
    ] == [
        (0, "outpatient_visits"),
        (1, "outpatient_visits_insured"),
        (0, "inpatient_stays"),
        (1, "inpatient_stays_insured"),
        (0, "preventive_visits"),
        (0, "inpatient_days"),
        (0, "ct_scans"),
        (0, "mri_scans"),
    ]


def test_a_part_asked_for_without_its_total_stands_by_itself(tmp_path: Path) -> None:
    table = tables.growth(open_year(tmp_path), definitions(), YEAR_2023, indicators=["outpatient_visits_insured"])
    assert [cell.level for cell in column(table, "name")] == [0]


def test_percentages_are_fractions_of_the_unrounded_sums(tmp_path: Path) -> None:
    table = growth_of(tmp_path, [Grown("ct_scans", "1.3333", "1", matched=("4", "3"))])
    assert values(table, "change_pct_prior_year") == [Fraction("33.33")]
    assert values(table, "matched_change_pct_prior_year") == [Fraction(100, 3)]


def test_prior_year_and_base_year_stand_side_by_side(tmp_path: Path) -> None:
    table = growth_of(tmp_path, [VISITS, against_base(VISITS, "39739109")])
    assert values(table, "base_value_prior_year") == [Decimal("37949059")]
    assert values(table, "base_value_base") == [Decimal("39739109")]
    assert [one.label for one in table.columns if one.key.startswith("base_value")] == ["Năm 2022", "Năm 2020"]


def test_a_base_year_that_is_the_prior_year_stands_once(tmp_path: Path) -> None:
    figure = Grown("ct_scans", "5", "4")
    table = growth_of(tmp_path, [figure, replace(figure, comparison="base")])
    assert [one.group for one in table.columns if one.key.startswith("change_pct")] == ["So với năm 2022"]


@pytest.mark.parametrize("status", ["unfinished", "not_comparable", "no_base", "zero_base"])
def test_what_cannot_be_compared_shows_its_status_and_no_percentage(tmp_path: Path, status: str) -> None:
    base = {"no_base": None, "zero_base": "0"}.get(status, "4")
    table = growth_of(tmp_path, [Grown("ct_scans", "5", base, status, matched=("5", "4"))])
    (cell,) = column(table, "change_pct_prior_year")
    assert (cell.value, cell.status) == (None, status)
    assert values(table, "matched_change_pct_prior_year") == [None]
    explained = {"unfinished": "kỳ chưa kết thúc:", "not_comparable": "đổi phạm vi:"}
    assert any(note.startswith(explained.get(status, "không so sánh được:")) for note in table.notes)


def test_a_partial_figure_is_marked_and_the_note_counts_the_reports(tmp_path: Path) -> None:
    table = growth_of(tmp_path, [VISITS, INSURED])
    (visits, _) = column(table, "change_pct_prior_year")
    assert visits.status == "partial"
    assert visits.note == "Báo cáo tháng đã nhận/phải nhận: năm 2023 35/36, năm 2022 36/36."
    assert table.notes[0].endswith(visits.note)
    assert values(table, "coverage") == [(35, 36), (35, 36)]
    assert values(table, "base_coverage_prior_year") == [(36, 36), (36, 36)]


def test_where_coverage_differs_the_note_points_to_its_columns(tmp_path: Path) -> None:
    table = growth_of(tmp_path, [VISITS, Grown("ct_scans", "5", "4", "partial", reports=(1, 36))])
    assert table.notes[0].endswith("Số báo cáo đã nhận/phải nhận ở các cột cuối.")


def test_groups_stand_beneath_the_total(tmp_path: Path) -> None:
    table = tables.growth(
        open_year(tmp_path), definitions(), YEAR_2023, by="ownership", indicators=["outpatient_visits"]
    )
    assert [(cell.level, cell.value) for cell in column(table, "name")] == [
        (0, "Lượt khám chữa bệnh ngoại trú"),
        (1, "Bộ, ngành"),
        (1, "Công lập"),
        (1, "Tư nhân"),
    ]
    assert table.subtitle == "Cả nước · theo loại hình sở hữu"


def test_an_area_is_read_within_the_boundaries_asked_for(tmp_path: Path) -> None:
    rows = [
        Grown("ct_scans", "5", "4", area="79"),
        Grown("ct_scans", "3", "2", area="79", boundaries=OLDEST),
        Grown("ct_scans", "9", "8"),
    ]
    connection, known = open_marts(tmp_path, rows), definitions()
    newest = tables.growth(connection, known, YEAR_2023, area="79")
    older = tables.growth(connection, known, YEAR_2023, area="79", boundaries=OLDEST)
    assert (values(newest, "value"), values(older, "value")) == ([Decimal(5)], [Decimal(3)])
    assert newest.subtitle == "Thành phố Hồ Chí Minh · địa giới từ 01/07/2025"
    assert older.subtitle == "Thành phố Hồ Chí Minh · địa giới từ 01/08/2008"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period("quarter", 2023, 4), "Quý IV/2023"),
        (Period("half", 2023, 1), "6 tháng đầu năm 2023"),
        (Period("nine_months", 2023), "9 tháng năm 2023"),
        (Period("month", 2023, 8), "Tháng 8/2023"),
    ],
)
def test_columns_name_their_period(tmp_path: Path, period: Period, said: str) -> None:
    rows = [Grown("ct_scans", "5", "4", period=period.code, base_period=period.in_year(2022).code)]
    table = growth_of(tmp_path, rows, period)
    assert next(one.label for one in table.columns if one.key == "value") == said
    assert next(one.label for one in table.columns if one.key == "base_value_prior_year") == said.replace(
        "2023", "2022"
    )


def test_nothing_to_show_says_where_and_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        tables.growth(open_year(tmp_path), definitions(), Period("year", 1999))
    assert "năm 1999" in raised.value.sentence("vi")
    assert "healthstats show growth" in raised.value.sentence("vi")


def test_the_parts_of_a_change_add_up_to_it(tmp_path: Path) -> None:
    table = tables.decomposition(open_year(tmp_path), definitions(), YEAR_2023)
    keys = [one.key for one in table.columns if one.group]
    assert len(keys) == 6
    compared = [
        row for row in zip(*(values(table, key) for key in ("change", *keys)), strict=True) if row[0] is not None
    ]
    assert compared
    for change, *parts in compared:
        # a base that area rows told has no parts
        assert change == sum(parts) if None not in parts else {*parts} == {None}
    assert sum(None in parts for _, *parts in compared) == 1
    assert compared[0] == (4174397, 3901903, 1121453, -348959, -500000, 0, 0)


def test_a_register_of_one_province_is_not_called_the_country(tmp_path: Path) -> None:
    known = definitions(facilities=tuple(one for one in definitions().facilities if one.area == "79"))
    connection = open_marts(tmp_path, YEAR)
    assert tables.growth(connection, known, YEAR_2023).subtitle == "Thành phố Hồ Chí Minh"
    assert tables.growth(connection, definitions(), YEAR_2023).subtitle == "Cả nước"


def test_old_provinces_are_named_after_the_new_one_once_joined(tmp_path: Path) -> None:
    rows = [Grown("ct_scans", "5", "4", period="2026", base_period="2025")]
    table = tables.growth(open_marts(tmp_path, rows), definitions(), Period("year", 2026))
    assert table.subtitle == "Thành phố Hồ Chí Minh"


def test_a_reused_code_names_the_province_of_the_boundaries_asked_for(tmp_path: Path) -> None:
    areas = (
        Area("15", "Tỉnh Yên Bái", "province", "VN", OLDEST, date(2025, 6, 30)),
        Area("15", "Tỉnh Lào Cai", "province", "VN", NEWEST, None),
    )
    known = replace(definitions(), areas=(*definitions().areas, *areas))
    rows = [Grown("ct_scans", "5", "4", area="15"), Grown("ct_scans", "3", "2", area="15", boundaries=OLDEST)]
    connection = open_marts(tmp_path, rows)
    newest = tables.growth(connection, known, YEAR_2023, area="15")
    older = tables.growth(connection, known, YEAR_2023, area="15", boundaries=OLDEST)
    assert newest.subtitle == "Tỉnh Lào Cai · địa giới từ 01/07/2025"
    assert older.subtitle == "Tỉnh Yên Bái · địa giới từ 01/08/2008"


def test_stocks_and_ratios_stand_in_blocks_of_their_own(tmp_path: Path) -> None:
    table = tables.growth(open_year(tmp_path), definitions(), YEAR_2023)
    assert [values(block, "indicator") for block in table.blocks[1:]] == [
        ["beds_actual"],
        ["average_stay", "bed_occupancy_actual", "insured_share_visits"],
    ]
    assert [block.title for block in table.blocks] == [
        "Tăng, giảm so với cùng kỳ: năm 2023",
        "Số cuối kỳ: tháng 12/2023",
        "Tỷ lệ và bình quân: năm 2023",
    ]
    assert len(table.flat.rows) == sum(len(block.rows) for block in table.blocks)
    assert {one.key for one in table.columns} <= {one.key for one in table.flat.columns}


def test_rates_change_in_points_and_have_no_percentage(tmp_path: Path) -> None:
    *_, rates = tables.growth(open_year(tmp_path), definitions(), YEAR_2023).blocks
    assert values(rates, "change_prior_year") == [Decimal("-0.26632498"), Decimal("1.2027"), Decimal("2.49573")]
    assert values(rates, "matched_change_prior_year") == [Decimal("-0.25"), Decimal("1.2027"), Decimal("2.55")]
    assert [cell.status for cell in column(rates, "change_prior_year")] == ["", "partial", ""]
    assert [cell.status for cell in column(rates, "change_base")] == ["", "", "zero_base"]
    assert not [one for one in rates.columns if "pct" in one.key or one.format == "percent"]
    assert {one.label for one in rates.columns if one.key.startswith("change")} == {"Tăng, giảm (ngày, điểm %)"}


def test_a_rate_has_no_decomposition(tmp_path: Path) -> None:
    connection, known = open_year(tmp_path), definitions()
    assert "average_stay" not in values(tables.decomposition(connection, known, YEAR_2023), "indicator")
    with pytest.raises(UsageError) as raised:
        tables.decomposition(connection, known, YEAR_2023, indicators=["average_stay"])
    assert raised.value.sentence("vi").endswith("healthstats show growth 2023")


def test_what_is_told_by_item_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    rows = [VISITS, Grown("ct_scans", "2", "1", item="A90"), Grown("ct_scans", "3", "1", item="B05")]
    connection = open_marts(tmp_path, rows)
    plain = tables.growth(connection, definitions(), YEAR_2023)
    assert values(plain, "indicator") == ["outpatient_visits"]
    assert any("--indicator: ct_scans." in note for note in plain.notes)
    asked = tables.growth(connection, definitions(), YEAR_2023, indicators=["ct_scans"])
    assert values(asked, "name") == ["Lần chụp CT · A90", "Lần chụp CT · B05"]
    assert not any("--indicator" in note for note in asked.notes)


def test_where_all_is_told_by_item_it_says_what_to_ask_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        growth_of(tmp_path, [Grown("ct_scans", "2", "1", item="A90")])
    assert "--indicator ct_scans" in refused.value.sentence("vi")


def test_a_rate_is_written_in_its_own_decimals_on_every_output(tmp_path: Path) -> None:
    known = definitions()
    fine = {code: replace(one, digits=2) if code == "average_stay" else one for code, one in known.indicators.items()}
    rows = [Grown("average_stay", "0.4481", "0.4069", ratio=True)]
    table = tables.growth(open_marts(tmp_path, rows), replace(known, indicators=fine), YEAR_2023)
    assert "0,45 0,41 +0,04" in " ".join(render.plain(table, "vi").split())
    assert "| 0,45 | 0,41 | +0,04 |" in render.markdown(table, "vi")
