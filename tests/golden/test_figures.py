"""One number, every way it can be written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from healthstats.domain.figure import growth_pct, half_up
from healthstats.domain.table import Cell, Column, Value
from healthstats.render.figures import format_cell, machine

NUMBER = Column("value", "", "number", digits=1)
CHANGE = Column("change", "", "number", digits=1, signed=True)
PERCENT = Column("pct", "", "percent", digits=1, signed=True)
COVERAGE = Column("coverage", "", "coverage")


@pytest.mark.parametrize(
    ("value", "column", "vi", "en"),
    [
        (Decimal("1234567.8"), NUMBER, "1.234.567,8", "1,234,567.8"),
        (Decimal("42123456.0000"), NUMBER, "42.123.456", "42,123,456"),
        (Decimal("0.25"), NUMBER, "0,3", "0.3"),
        (999, NUMBER, "999", "999"),
        (Decimal("4174397"), CHANGE, "+4.174.397", "+4,174,397"),
        (Decimal("-348959"), CHANGE, "−348.959", "−348,959"),
        (0, CHANGE, "0", "0"),
        (Fraction(11), PERCENT, "+11%", "+11%"),
        (Fraction(41, 10), PERCENT, "+4,1%", "+4.1%"),
        (Fraction(109_999, 10_000), PERCENT, "+11%", "+11%"),
        (Fraction(-222, 10), PERCENT, "−22,2%", "−22.2%"),
        (Fraction(-25, 100), PERCENT, "−0,3%", "−0.3%"),
        (Fraction(5, 100), PERCENT, "+0,1%", "+0.1%"),
        (Fraction(499, 10_000), PERCENT, "0%", "0%"),
        (Fraction(-499, 10_000), PERCENT, "0%", "0%"),
        (Fraction(16_706, 10), PERCENT, "+1.670,6%", "+1,670.6%"),
        ((1468, 12480), COVERAGE, "1.468/12.480", "1,468/12,480"),
        (None, NUMBER, "…", "…"),
    ],
)
def test_a_figure_is_written_as_the_language_writes_it(value: Value, column: Column, vi: str, en: str) -> None:
    assert (format_cell(Cell(value), column, "vi"), format_cell(Cell(value), column, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("cell", "vi", "en"),
    [
        (Cell(Fraction(11), "partial"), "+11%*", "+11%*"),
        (Cell(None, "no_base"), "không so sánh được", "not comparable"),
        (Cell(None, "zero_base"), "không so sánh được", "not comparable"),
        (Cell(None, "unfinished"), "kỳ chưa kết thúc", "period not over"),
        (Cell(None, "not_comparable"), "đổi phạm vi", "scope changed"),
        (Cell(None, "partial"), "thiếu báo cáo", "reports missing"),
    ],
)
def test_a_status_is_a_mark_on_a_figure_and_words_in_place_of_one(cell: Cell, vi: str, en: str) -> None:
    assert (format_cell(cell, PERCENT, "vi"), format_cell(cell, PERCENT, "en")) == (vi, en)


def test_a_percentage_is_rounded_once_from_the_unrounded_parts() -> None:
    # 4.05 − ε must not become 4.1: rounding first to two digits (4.05) and then to one would make it so
    pct = growth_pct(Decimal("10404999.9999"), Decimal("10000000"))
    assert pct == Fraction(4_049_999_999, 1_000_000_000)
    assert format_cell(Cell(pct), PERCENT, "vi") == "+4%"
    assert half_up(Fraction(405, 100), 1) == 41


def test_there_is_no_growth_without_a_base() -> None:
    assert growth_pct(Decimal(5), None) is None
    assert growth_pct(Decimal(5), Decimal(0)) is None
    assert growth_pct(None, Decimal(5)) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("42123456.0000"), "42123456"),
        (Decimal("-0.5000"), "-0.5"),
        (Fraction(1, 3), "0.33333333"),
        (Fraction(-2, 3), "-0.66666667"),
        (Fraction(5, 10**9), "0.00000001"),
        (Decimal("90071992547409931234.5678"), "90071992547409931234.5678"),
        (7, "7"),
        (None, ""),
    ],
)
def test_machines_get_every_digit_and_a_point(value: Value, text: str) -> None:
    assert machine(value) == text
