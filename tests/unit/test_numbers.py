"""The number grammar: what is accepted, what is blank, what is a fault, and what was probably meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthstats.domain.form import Markers
from healthstats.intake.figures.numbers import NOT_A_NUMBER, Flawed, Parsed, parse_cell, parse_row_fast

MARKERS = Markers(zero=("-",), missing=("..", "…", "..."), not_applicable=("****", "x"))
BOTH = ("count", "decimal")


def count(value: object) -> Parsed:
    return parse_cell(value, "count", MARKERS)


def decimal(value: object) -> Parsed:
    return parse_cell(value, "decimal", MARKERS)


@pytest.mark.parametrize(
    ("value", "number", "plain"),
    [
        (1234, 1234, True),
        (1234.0, 1234, True),
        (0.0, 0, True),
        ("1234", 1234, True),
        (" 1234 ", 1234, True),
        (" 1.234 ", 1234, False),
        ("1.234.567", 1234567, False),
        ("1,234", 1234, False),
        ("1,234,567", 1234567, False),
        ("1 234", 1234, False),
        ("1\u00a0234\u202f567", 1234567, False),
        ("05", 5, False),
        ("1234.0", 1234, False),
        (1234.0000000000002, 1234, False),
        ("-", 0, False),
        ("–", 0, False),
        (10**14 - 1, 10**14 - 1, True),
    ],
)
def test_counts_are_read(value: object, number: int, plain: bool) -> None:
    assert count(value) == Parsed(number * 10_000, plain)


@pytest.mark.parametrize(
    ("value", "fault", "suggestion"),
    [
        (1.401, "NOT_AN_INTEGER", "1401"),
        (1.42, "NOT_AN_INTEGER", "1420"),
        ("1.42", "NOT_AN_INTEGER", ""),
        ("48,5", "NOT_AN_INTEGER", ""),
        (48.5, "NOT_AN_INTEGER", "48500"),
        ("48,00", "NOT_AN_INTEGER", "48"),
        ("12,5", "NOT_AN_INTEGER", ""),
        (1234.5, "NOT_AN_INTEGER", ""),
        (0.5, "NOT_AN_INTEGER", ""),
        ("1.234,00", "NOT_AN_INTEGER", "1234"),
        ("1.234,567", "NOT_AN_INTEGER", ""),
        (-5, "NEGATIVE", ""),
        ("-5", "NEGATIVE", ""),
        ("−1.234", "NEGATIVE", ""),
        ("- 5", "NEGATIVE", ""),
        ("--5", "NOT_A_NUMBER", ""),
        ("-" * 5000, "NOT_A_NUMBER", ""),
        ("9" * 5000, "TOO_LARGE", ""),
        ("1.23.456", "NOT_A_NUMBER", ""),
        ("1.2345.678", "NOT_A_NUMBER", ""),
        ("1,234.567", "NOT_AN_INTEGER", ""),
        ("１２", "NOT_A_NUMBER", "12"),
        ("1_000", "NOT_A_NUMBER", ""),
        ("0x10", "NOT_A_NUMBER", ""),
        ("1e5", "NOT_A_NUMBER", ""),
        ("1e309", "NOT_A_NUMBER", ""),
        (".5", "NOT_A_NUMBER", ""),
        ("(12)", "IN_BRACKETS", "12"),
        ("(1.234)", "IN_BRACKETS", "1234"),
        ("(chưa có)", "NOT_A_NUMBER", ""),
        ("≥", "NOT_A_NUMBER", ""),
        ("trên 1,42", "NOT_AN_INTEGER", ""),
        ("dưới -5", "NOT_A_NUMBER", ""),
        ("trên năm", "NOT_A_NUMBER", ""),
        ("5+", "NOT_A_NUMBER", ""),
        ("+5", "NOT_A_NUMBER", ""),
        ("12 ca", "NOT_A_NUMBER", "12"),
        ("12 nghìn", "NOT_A_NUMBER", "12000"),
        ("1,6 tỷ đồng", "NOT_A_NUMBER", "1600000000"),
        ("1.234 nghìn", "NOT_A_NUMBER", ""),
        ("5 đến 7", "NOT_A_NUMBER", ""),
        ("12 ca 3", "NOT_A_NUMBER", ""),
        ("12 %", "NOT_A_NUMBER", "12"),
        ("1O", "NOT_A_NUMBER", ""),
        ("1-2", "NOT_A_NUMBER", ""),
        ("nan", "NOT_A_NUMBER", ""),
        ("chưa có", "NOT_A_NUMBER", ""),
        (float("nan"), "NOT_A_NUMBER", ""),
        (float("inf"), "NOT_A_NUMBER", ""),
        (True, "NOT_A_NUMBER", ""),
        (date(2026, 8, 1), "DATE_CELL", ""),
        (datetime(2026, 8, 1), "DATE_CELL", ""),
        (time(12), "DATE_CELL", ""),
        (timedelta(hours=30), "DATE_CELL", ""),
        ("31/12/2023", "DATE_CELL", ""),
        ("13.12.2024", "DATE_CELL", ""),
        ("2024-12-13", "DATE_CELL", ""),
        ("8/2024", "DATE_CELL", ""),
        (2.0**53, "TOO_LARGE", ""),
        (10**14, "TOO_LARGE", ""),
        ("100000000000000", "TOO_LARGE", ""),
        ("100.000.000.000.000", "TOO_LARGE", ""),
        ("#DIV/0!", "CELL_ERROR", ""),
        (Flawed("FORMULA_WITHOUT_VALUE", ""), "FORMULA_WITHOUT_VALUE", ""),
        (Flawed("CELL_ERROR", "#REF!"), "CELL_ERROR", ""),
    ],
)
def test_what_is_no_count_is_a_fault_and_never_a_number(value: object, fault: str, suggestion: str) -> None:
    assert count(value) == Parsed(fault=fault, suggestion=suggestion)


@pytest.mark.parametrize(
    ("text", "qualifier", "number"),
    [
        ("<5", "≤", 5),
        ("≤ 5", "≤", 5),
        ("dưới 1.000", "≤", 1000),
        ("chưa đến 200", "≤", 200),
        (">80", "≥", 80),
        ("Trên 1.401", "≥", 1401),
        ("tre\u0302n 1 234", "≥", 1234),
        ("hơn\u00a050", "≥", 50),
        ("ít nhất 3", "≥", 3),
        ("gần 1.234.567", "≈", 1234567),
        ("khoảng 50", "≈", 50),
        ("~50", "≈", 50),
        ("trên dưới 50", "≈", 50),
    ],
)
def test_a_bound_is_read_with_what_qualifies_it(text: str, qualifier: str, number: int) -> None:
    assert count(text) == Parsed(number * 10_000, plain=False, qualifier=qualifier)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ước 50", Parsed(500_000, plain=False, qualifier="≈", status="estimate")),
        ("1.234 (ước)", Parsed(12_340_000, plain=False, status="estimate")),
        ("1.234 (sơ bộ)", Parsed(12_340_000, plain=False, status="preliminary")),
        ("1.234 (mới)", NOT_A_NUMBER),
        ("(ước)", NOT_A_NUMBER),
        ("nước 50", NOT_A_NUMBER),
    ],
)
def test_a_number_that_is_not_final_is_read_with_what_it_says(text: str, expected: Parsed) -> None:
    assert replace(count(text), suggestion="") == expected


def test_a_form_may_say_that_a_bound_hides_the_number() -> None:
    assert parse_cell("<5", "count", Markers(missing=("<5",))).blank == "missing"


@pytest.mark.parametrize("text", ["12 ca", "12ca", "12 CA", "12 cases", "12\u00a0ca"])
def test_a_unit_is_passed_over_where_it_is_the_elements_own(text: str) -> None:
    assert parse_cell(text, "count", MARKERS, ("ca", "cases")) == Parsed(120_000, plain=False)
    assert parse_cell(text, "count", MARKERS, ("lượt", "visits")).value is None


def test_a_bound_may_have_a_unit_too() -> None:
    assert parse_cell("gần 1.200 lượt", "count", MARKERS, ("lượt",)) == Parsed(12_000_000, False, qualifier="≈")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("(12,5)", "-12.5"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (-12.25, "-12.25"),
        (1.234, "1.234"),
        (0.0001, "0.0001"),
        ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"),
        ("1 234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("9.1", "9.1"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1.234,500", "1234.5"),
        ("1.234.567", "1234567"),
        ("1234.567", "1234.567"),
        ("-4,4", "-4.4"),
    ],
)
def test_decimals_are_read(value: object, number: str) -> None:
    assert decimal(value).value == Decimal(number) * 10_000


@pytest.mark.parametrize(
    ("value", "fault", "suggestion"),
    [
        ("1.234", "AMBIGUOUS_NUMBER", "1234"),
        ("1,234", "AMBIGUOUS_NUMBER", "1234"),
        ("-1.234", "AMBIGUOUS_NUMBER", "-1234"),
        (100 / 3, "TOO_FINE", ""),
        (1e-7, "TOO_FINE", ""),
        ("1,23456", "TOO_FINE", ""),
        ("1.234.5", "NOT_A_NUMBER", ""),
        ("0.123.456", "NOT_A_NUMBER", ""),
        ("1,2,3", "NOT_A_NUMBER", ""),
        ("-", "", ""),
    ],
)
def test_doubtful_decimals_are_faults(value: object, fault: str, suggestion: str) -> None:
    assert (decimal(value).fault, decimal(value).suggestion) == (fault, suggestion)


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        (None, "empty"),
        ("", "empty"),
        (" \u00a0", "empty"),
        ("…", "missing"),
        ("..", "missing"),
        ("X", "not_applicable"),
    ],
)
def test_blanks_say_why(value: object, blank: str) -> None:
    assert [parse_cell(value, "count", MARKERS).blank, decimal(value).blank] == [blank, blank]


def test_a_marker_counts_only_where_the_form_has_it() -> None:
    assert parse_cell("-", "count", Markers()).fault == "NOT_A_NUMBER"


@pytest.mark.parametrize(
    "cells",
    [
        [1, True],
        [1, "2"],
        [1, ""],
        [1, None],
        [1.5],
        [-1],
        [float("nan")],
        [float("inf")],
        [10**14],
        [date(2026, 8, 1)],
    ],
)
def test_a_row_with_anything_but_plain_numbers_goes_cell_by_cell(cells: list[object]) -> None:
    assert parse_row_fast(cells) is None


@given(st.lists(st.one_of(st.integers(-5, 10**15), st.floats(), st.booleans(), st.sampled_from(["", "7", "x"]))))
def test_the_fast_way_says_what_the_slow_way_says(cells: list[object]) -> None:
    fast = parse_row_fast(cells)
    if fast is not None:
        assert [Parsed(value) for value in fast] == [count(cell) for cell in cells]


@given(st.text(alphabet="0123456789.,- \u00a0x_+e１"))
def test_no_text_is_read_as_a_number_it_does_not_spell(text: str) -> None:
    found = count(text)
    if found.value is not None and text.strip() != "-":
        body = text.strip()
        digits = "".join(mark for mark in body if mark in "0123456789")
        whole = digits[:-1] if body[-2:] in (".0", ",0") else digits
        assert found.value == int(whole) * 10_000
    assert (found.value is not None) + bool(found.blank) + bool(found.fault) == 1
