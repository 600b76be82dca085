"""Periods as people write them, and what they hold."""

from __future__ import annotations

from datetime import date

import pytest

from healthstats.domain.period import Period, parse_period, periods_of_year, years_to_date


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11M", "2026-11M"),
        ("11T/2026", "2026-11M"),
        ("11 tháng năm 2026", "2026-11M"),
        ("11  tháng đầu năm 2026", "2026-11M"),
        ("11 thang dau nam 2026", "2026-11M"),
        ("2026-2M", "2026-2M"),
        ("2026-1M", "2026-01"),
        ("2026-3M", "2026-Q1"),
        ("2026-6M", "2026-H1"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("2026-9M", "2026-9M"),
        ("9T/2026", "2026-9M"),
        ("2026-12M", "2026"),
        ("T11/2026", "2026-11"),
        ("Quý IV/2026", "2026-Q4"),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, code: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert period.code == code
    assert parse_period(code) == period


@pytest.mark.parametrize("text", ["2026-0M", "2026-13M", "2026-011M", "13T/2026", "0T/2026", "1800-11M", "11M"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse_period(text) is None


def test_a_year_to_date_begins_in_january_and_keeps_its_months_in_another_year() -> None:
    eleven = Period("to_date", 2024, 11)
    assert (eleven.start, eleven.end, len(eleven.months)) == (date(2024, 1, 1), date(2024, 11, 30), 11)
    assert eleven.in_year(2023).code == "2023-11M"
    assert Period("to_date", 2024, 2).end == date(2024, 2, 29)


def test_every_number_of_first_months_has_one_name() -> None:
    year = Period("year", 2026)
    named = [year.first_months(months) for months in range(1, 13)]
    assert [period.size for period in named] == list(range(1, 13))
    assert all(period.first_month == 1 for period in named)
    assert {period for period in named if period.kind == "to_date"} == set(years_to_date(2026))
    assert set(named) - set(years_to_date(2026)) < set(periods_of_year(2026))
