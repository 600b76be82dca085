"""Periods, months, years and revisions as titles and file names say them."""

from __future__ import annotations

import pytest

from healthstats.domain.period import Period
from healthstats.intake.sheets.phrases import (
    calendar_month,
    declared_revision,
    month_in,
    no_one_period,
    periods_in,
    year_in,
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Báo cáo tháng 8 năm 2026", "2026-08"),
        ("BÁO CÁO THÁNG TÁM NĂM 2026", "2026-08"),
        ("BAO CAO THANG 8 NAM 2026", "2026-08"),
        ("Tháng 08/2026", "2026-08"),
        ("T8/2026", "2026-08"),
        ("T8.2026", "2026-08"),
        ("01/2026", "2026-01"),
        ("April 2013", "2013-04"),
        ("Tháng 8\nNăm 2026", "2026-08"),
        ("Năm: 2026 - Quý: III", "2026-Q3"),
        ("Quý II năm 2024", "2024-Q2"),
        ("Quý I/2023", "2023-Q1"),
        ("Quý II/2024", "2024-Q2"),
        ("T8/2024", "2024-08"),
        ("9 tháng đầu năm 2024", "2024-9M"),
        ("6 tháng đầu năm 2023", "2023-H1"),
        ("6 tháng cuối năm 2023", "2023-H2"),
        ("Sáu tháng đầu năm 2026", "2026-H1"),
        ("9 tháng năm 2024", "2024-9M"),
        ("12 tháng năm 2023", "2023"),
        ("Từ tháng 1 đến tháng 6 năm 2023", "2023-H1"),
        ("Tháng 1-3 năm 2024", "2024-Q1"),
        ("tháng năm năm 2023", "2023-05"),
        ("năm 2023", "2023"),
        ("2023", "2023"),
        ("BC_T8_2026 BV Quan 1 (sua).xlsx", "2026-08"),
        ("Bieu9_2026-08.xlsx", "2026-08"),
        ("2023-H1", "2023-H1"),
        ("Biểu số 9, tháng 8 năm 2026", "2026-08"),
        ("tháng 8 năm 2026 so với cùng kỳ tháng 8 năm 2025", "2026-08"),
        ("Thông tư 12/2025/TT-BYT, tháng 7/2025", "2025-07"),
        ("Tháng 7 năm 2026; tháng 8 năm 2026", "2026-07 2026-08"),
    ],
)
def test_periods_are_found(text: str, codes: str) -> None:
    assert " ".join(period.code for period in periods_in(text)) == codes


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 05 tháng 9 năm 2026",
        "Hà Nội, ngày … tháng 9 năm 2026",
        "05/09/2026",
        "tính đến 13.12.2024",
        "31/12/2023",
        "ngày 5-1",
        "ngày 5-1-2024",
        "2026-08-05",
        "Thông tư 12/2025/TT-BYT",
        "Tháng … năm 2026",
        "Quý ..... năm 2024",
        "tháng 13 năm 2023",
        "11 tháng năm 2024",
        "so với cùng kỳ năm 2025",
        "Bệnh viện Quận 1",
        "",
    ],
)
def test_days_laws_and_templates_are_no_periods(text: str) -> None:
    assert periods_in(text) == ()


def test_a_page_of_dots_does_not_hold_up_the_reader() -> None:
    assert periods_in("Tháng 8 năm 2026 ngày" + "." * 200_000) == (Period("month", 2026, 8),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Báo cáo lũy kế đến tháng 8 năm 2026", "TITLE_CUMULATIVE"),
        ("cộng dồn từ đầu năm đến hết tháng 3/2026", "TITLE_CUMULATIVE"),
        ("Luỹ kế 6 tháng đầu năm 2026", "TITLE_CUMULATIVE"),
        ("luỹ kế từ đầu năm 2024", "TITLE_CUMULATIVE"),
        ("Tính đến hết tháng 8/2026", "TITLE_CUMULATIVE"),
        ("tháng 7 + 8 năm 2026", "PERIOD_UNCLEAR"),
        ("tháng 7, 8, 9 năm 2026", "PERIOD_UNCLEAR"),
        ("tháng 7/8 năm 2026", "PERIOD_UNCLEAR"),
        ("Tháng 7 và tháng 8 năm 2026", "PERIOD_UNCLEAR"),
        ("Báo cáo (tháng 7 & 8)", "PERIOD_UNCLEAR"),
        ("từ tháng 1 đến tháng 8 năm 2026", "PERIOD_UNCLEAR"),
        ("Quý I và quý II năm 2026", "PERIOD_UNCLEAR"),
        ("Hai tháng đầu năm 2026", "PERIOD_UNCLEAR"),
        ("BC_8 thang_2026.xlsx", "PERIOD_UNCLEAR"),
        ("Kế hoạch năm 2026", "PERIOD_UNCLEAR"),
        ("Ước thực hiện tháng 8 năm 2026", "PERIOD_UNCLEAR"),
        ("Ước tháng 8 năm 2026", "PERIOD_UNCLEAR"),
    ],
)
def test_words_that_no_one_period_holds(text: str, code: str) -> None:
    assert no_one_period(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo tháng 8 năm 2026",
        "Tháng 8/2026, 25 bệnh viện",
        "Tháng 8, năm 2026",
        "Tháng 8 - 2026",
        "Tháng 1-3 năm 2024",
        "Từ tháng 1 đến tháng 6 năm 2023",
        "Sáu tháng đầu năm 2026",
        "9 tháng năm 2024",
        "Phòng Kế hoạch tổng hợp",
        "Báo cáo thực hiện kế hoạch tháng 8 năm 2026",
        "tháng 8 năm 2026 so với kế hoạch năm 2026",
        "Số liệu trong tháng, không cộng dồn",
        "Bệnh viện Bình Phước, tỉnh Bình Phước",
        "Hà Nội, ngày 05 tháng 9 năm 2026",
        "Tháng năm năm 2023",
        "T8/2026",
        "Tăng 11% so với cùng kỳ năm 2023",
        "",
    ],
)
def test_words_that_one_period_holds(text: str) -> None:
    assert no_one_period(text) == ""


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("4", 4),
        ("Tháng 4", 4),
        ("T4", 4),
        ("tháng tư", 4),
        ("APRIL", 4),
        ("Apr", 4),
        ("13", None),
        ("T", None),
        ("", None),
    ],
)
def test_a_cell_that_names_a_month(text: str, month: int | None) -> None:
    assert month_in(text) == month


@pytest.mark.parametrize(
    ("text", "year"),
    [("2013", 2013), ("2013-14", 2013), ("2013/2014", 2013), ("1999-00", 1999), ("2013-15", None), ("13", None)],
)
def test_a_cell_that_names_a_year(text: str, year: int | None) -> None:
    assert year_in(text) == year


def test_a_financial_year_runs_into_the_next() -> None:
    assert calendar_month(2013, 4, 4) == Period("month", 2013, 4)
    assert calendar_month(2013, 3, 4) == Period("month", 2014, 3)
    assert calendar_month(2013, 1, 1) == Period("month", 2013, 1)


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("Bản sửa lần 2", 2),
        ("Sửa đổi lần 1", 1),
        ("điều chỉnh lần 3", 3),
        ("BC_T8 (sua lan 1).xlsx", 1),
        ("Sửa lần 1, sửa lần 2", 2),
        ("BC T8 (sua).xls", 0),
        ("Báo cáo lần 2", 0),
        ("", 0),
    ],
)
def test_a_declared_revision(text: str, revision: int) -> None:
    assert declared_revision(text) == revision
