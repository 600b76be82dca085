"""A form's columns are found by the labels above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from healthstats.domain.form import Column, Edition, Form
from healthstats.domain.period import Period
from healthstats.intake.formats.grid import Grid, Merge
from healthstats.intake.sheets.band import observed_paths
from healthstats.intake.sheets.finder import Finder
from healthstats.intake.sheets.headlabels import Part
from healthstats.intake.sheets.layout import Layout, Misfit


def grid(*lines: str, merged: Sequence[Merge] = ()) -> Grid:
    """Lines of cells parted by |."""
    rows: list[list[object]] = [[cell.strip() for cell in line.split("|")] for line in lines]
    return Grid("S", rows, tuple(merged))


def form(*columns: tuple[str, ...], code: str = "f", optional: tuple[tuple[str, ...], ...] = ()) -> Form:
    bound = (*(Column(role, tuple(path)) for role, *path in columns),)
    bound += (*(Column(role, tuple(path), required=False) for role, *path in optional),)
    return Form(code, {}, "", "facility", (Edition("1", date(2020, 1, 1), None, "month", 5, "none", False, "", bound),))


VISITS = form(
    ("facility.name", "Cơ sở"),
    ("visits", "Khám", "Tổng số"),
    ("visits_women", "Khám", "Trong đó", "Nữ"),
    ("stays", "Nội trú", "Tổng số"),
    ("stays_women", "Nội trú", "Trong đó", "Nữ"),
)
TREE = (
    "Cơ sở | Khám    |          | Nội trú | ",
    "      | Tổng số | Trong đó | Tổng số | Trong đó",
    "      |         | Nữ       |         | Nữ",
)


def columns(found: list[Layout] | Misfit | None) -> dict[str, int]:
    assert isinstance(found, list)
    return dict(found[0].elements)


def test_labels_reach_over_merged_cells() -> None:
    merged = [(1, 1, 3, 1), (1, 2, 1, 3), (2, 2, 3, 2), (1, 4, 1, 5), (2, 4, 3, 4)]
    assert observed_paths(grid(*TREE, merged=merged), 1, 3) == {
        1: ("co so",),
        2: ("kham", "tong so"),
        3: ("kham", "trong do", "nu"),
        4: ("noi tru", "tong so"),
        5: ("noi tru", "trong do", "nu"),
    }


def test_without_merges_labels_reach_as_far_as_the_row_above_allows() -> None:
    assert observed_paths(grid(*TREE), 1, 3) == observed_paths(
        grid(*TREE, merged=[(1, 1, 3, 1), (1, 2, 1, 3), (2, 2, 3, 2), (1, 4, 1, 5), (2, 4, 3, 4)]), 1, 3
    )
    assert observed_paths(grid("A | | B", "x | | ", "p | q | r"), 1, 3) == {
        1: ("a", "x", "p"),
        2: ("a", "x", "q"),
        3: ("b", "r"),
    }
    assert observed_paths(grid("A | | B | ", "x | y | | "), 1, 2) == {1: ("a", "x"), 2: ("a", "y"), 3: ("b",)}


def test_a_header_is_found_anywhere_and_in_any_order() -> None:
    expected = {"visits": 2, "visits_women": 3, "stays": 4, "stays_women": 5}
    assert columns(Finder([VISITS]).find(grid(*TREE))) == expected
    found = Finder([VISITS]).find(grid("Sở Y tế | Mẫu 1 | | |", " | | | | ", *TREE))
    assert columns(found) == expected
    assert isinstance(found, list)
    assert (found[0].top, found[0].leaf) == (3, 5)
    swapped = (
        "Nội trú |          | Khám    |          | Cơ sở",
        "Tổng số | Trong đó | Tổng số | Trong đó | ",
        "        | Nữ       |         | Nữ       | ",
    )
    assert columns(Finder([VISITS]).find(grid(*swapped))) == {
        "visits": 3,
        "visits_women": 4,
        "stays": 1,
        "stays_women": 2,
    }


def test_a_label_too_many_between_does_not_hide_a_column() -> None:
    between = ("Cơ sở | Khám | ", " | Quý này | ", " | Tổng số | Nữ")
    wanted = form(("facility.name", "Cơ sở"), ("a", "Khám", "Tổng số"), ("b", "Khám", "Nữ"))
    assert columns(Finder([wanted]).find(grid(*between))) == {"a": 2, "b": 3}


def test_the_longer_path_claims_its_column_first() -> None:
    wanted = form(("a", "Tổng số"), ("b", "Khám", "Tổng số"))
    assert columns(Finder([wanted]).find(grid("Khám | Khác", "Tổng số | Tổng số"))) == {"b": 1, "a": 2}


def test_a_header_with_a_column_missing_is_named_with_what_it_lacks() -> None:
    found = Finder([VISITS]).find(grid("Cơ sở | Khám | | Nội trú", " | Tổng số | Trong đó | Tổng số", " | | Nữ | "))
    assert isinstance(found, Misfit)
    assert (found.missing, found.leaf) == (("Nội trú › Trong đó › Nữ",), 3)


def test_a_column_that_stands_twice_is_not_guessed() -> None:
    found = Finder([form(("a", "Số ca"), ("b", "Số chết"))]).find(grid("Số ca | Số chết | Số ca"))
    assert isinstance(found, Misfit)
    assert found.twice == ("Số ca",)


def test_another_table_is_no_misfit() -> None:
    assert Finder([VISITS]).find(grid("Cơ sở | Địa chỉ | Điện thoại")) is None


def test_an_optional_column_may_be_absent() -> None:
    wanted = form(("a", "Số ca"), optional=(("facility.code", "Mã"), ("facility.code", "Mã cơ sở")))
    assert Finder([wanted]).find(grid("Số ca"))
    found = Finder([wanted]).find(grid("Mã cơ sở | Số ca"))
    assert isinstance(found, list)
    assert found[0].column("facility.code") == 1


def test_the_fuller_of_two_forms_is_meant() -> None:
    small, large = form(("a", "Số ca"), code="small"), form(("a", "Số ca"), ("b", "Số chết"), code="large")
    found = Finder([small, large]).find(grid("Số ca | Số chết"))
    assert isinstance(found, list)
    assert [layout.form.form for layout in found] == ["large", "small"]


def test_what_was_read_before_does_not_decide_what_is_read_now() -> None:
    plain, first = form(("a", "Số ca"), code="plain"), form(("a", "Số ca"), ("b", "Số chết"), code="both")
    finder = Finder([plain, first])
    finder.find(grid("Số ca | ", "5 | "))
    two = grid("Số ca | Số chết", "Số ca | ")
    assert columns(finder.find(two)) == columns(Finder([plain, first]).find(two)) == {"a": 1, "b": 2}


def test_a_header_seen_before_is_known_again_lower_down() -> None:
    finder = Finder([VISITS])
    finder.find(grid(*TREE))
    found = finder.find(grid("Báo cáo | | | | ", *TREE))
    assert isinstance(found, list)
    assert (found[0].top, found[0].leaf, columns(found)["stays"]) == (2, 4, 4)


CASES = form(("area.name", "Tỉnh"), ("cases", "{month}", "Mắc"), ("deaths", "{month}", "Chết"))
CASES = replace(CASES, labels=(("Mắc", ("M",)), ("Chết", ("C", "Tử vong"))))


def blocks(found: list[Layout] | Misfit | None) -> list[tuple[object, dict[str, int]]]:
    assert isinstance(found, list)
    return [(block.part, dict(block.elements)) for block in found[0].blocks]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Tháng 1", "Tháng 2"), ("T1", "T2"), ("1", "02"), ("I", "II"), ("Th.1", "Th.2"), ("January", "Feb")],
)
def test_months_stand_side_by_side_over_the_same_labels(first: str, second: str) -> None:
    found = Finder([CASES]).find(grid(f"Tỉnh | {first} | | {second} | ", " | M | C | Mắc | Tử vong"))
    assert blocks(found) == [
        (Part(month=1), {"cases": 2, "deaths": 3}),
        (Part(month=2), {"cases": 4, "deaths": 5}),
    ]
    assert isinstance(found, list)
    narrow = found[0].by_period()
    assert [(one.part, one.elements, one.blocks) for one in narrow] == [
        (Part(month=1), (("cases", 2), ("deaths", 3)), ()),
        (Part(month=2), (("cases", 4), ("deaths", 5)), ()),
    ]


def test_a_month_that_lacks_a_column_or_stands_twice_is_named() -> None:
    lacking = Finder([CASES]).find(grid("Tỉnh | Tháng 1 | | Tháng 2", " | M | C | M"))
    assert isinstance(lacking, Misfit)
    assert lacking.missing == ("2 › Chết",)
    double = Finder([CASES]).find(grid("Tỉnh | Tháng 1 | | Tháng 1 | ", " | M | C | M | C"))
    assert isinstance(double, Misfit)
    assert set(double.twice) == {"1 › Mắc", "1 › Chết"}


def test_a_middle_label_may_be_left_out_where_one_column_can_be_meant() -> None:
    short = grid("Cơ sở | Khám | | Nội trú | ", " | Tổng số | Nữ | Tổng số | Nữ")
    assert columns(Finder([VISITS]).find(short)) == {"visits": 2, "visits_women": 3, "stays": 4, "stays_women": 5}
    bare = Finder([VISITS]).find(grid("Cơ sở | Khám | | Nội trú", " | Tổng số | Nữ | Tổng số"))
    assert isinstance(bare, Misfit)
    assert bare.missing == ("Nội trú › Trong đó › Nữ",)
    lone = form(("x", "Khám", "Trong đó", "Nữ"), ("y", "Số ca"), ("z", "Số chết"))
    assert isinstance(Finder([lone]).find(grid("Nữ | Số ca | Số chết")), Misfit)
    rivals = form(
        ("v", "Số khoa"), ("w", "Khám", "Nữ", "Ca"), ("x", "Khám", "Nam", "Ca"), ("y", "Số ca"), ("z", "Chết")
    )
    assert isinstance(Finder([rivals]).find(grid("Số khoa | Khám | Số ca | Chết", " | Ca | | ")), Misfit)
    twins = grid("Khám | | Số ca | Số chết", "Nữ | Nữ | | ")
    assert isinstance(Finder([lone]).find(twins), Misfit)
    nested = form(("area.name", "Tỉnh"), ("cases", "{month}", "Trong đó", "Mắc"))
    assert Finder([nested]).find(grid("Tỉnh | T1 | T2", " | Mắc | Mắc")) is None


def test_years_are_columns_and_say_when_they_are_not_final() -> None:
    beds = form(("area.name", "Tỉnh"), ("beds", "{year}"))
    head = [["Tỉnh", 2021.0, "Năm 2022", "Sơ bộ 2023", "Prel. 2024", "Ghi chú"]]
    found = Finder([beds]).find(Grid("S", [*head, ["Hà Nội", 1.0, 2.0, 3.0, 4.0, ""]]))
    assert blocks(found) == [
        (Part(year=2021), {"beds": 2}),
        (Part(year=2022), {"beds": 3}),
        (Part(year=2023, status="preliminary"), {"beds": 4}),
        (Part(year=2024, status="preliminary"), {"beds": 5}),
    ]
    assert isinstance(found, list)
    assert found[0].ignored == ((6, "Ghi chú"),)


def test_a_word_for_a_period_may_stand_within_a_label_or_over_another() -> None:
    one_line = form(("area.name", "Tỉnh"), ("beds", "{year} Total"), ("wards", "{year} Hospital"))
    found = Finder([one_line]).find(grid("Tỉnh | 2002 Total | 2002 Hospital | 2003 Total | 2003 Hospital"))
    assert blocks(found) == [
        (Part(year=2002), {"beds": 2, "wards": 3}),
        (Part(year=2003), {"beds": 4, "wards": 5}),
    ]
    nested = form(("area.name", "Tỉnh"), ("cases", "{year}", "{month}"))
    found = Finder([nested]).find(grid("Tỉnh | 2022 | 2023 | ", " | Tháng 12 | Tháng 1 | Tháng 2"))
    assert [part for part, _ in blocks(found)] == [Part(2022, 12), Part(2023, 1), Part(2023, 2)]


def test_a_printed_sum_over_the_months_is_no_month() -> None:
    totals = form(("area.name", "Tỉnh"), ("cases", "{month}", "Mắc"), optional=(("total.cases", "Cả năm", "Mắc"),))
    found = Finder([totals]).find(grid("Tỉnh | T1 | T2 | Cả năm", " | Mắc | Mắc | Mắc"))
    assert isinstance(found, list)
    assert (len(found[0].blocks), found[0].column("total.cases")) == (2, 4)


def test_what_a_part_means_in_a_year() -> None:
    assert Part(month=3).period(2023, 1) == Period("month", 2023, 3)
    assert Part(month=3).period(2023, 4) == Period("month", 2024, 3)
    assert Part(month=3).period(None, 1) is None
    assert Part(year=2022).period(2023, 1) == Period("year", 2022)
    assert Part(quarter=4).period(2023, 1) == Period("quarter", 2023, 4)
    assert Part(2022, 12).period(2023, 1) == Period("month", 2022, 12)
