"""The disease yearbook: a sheet a disease, a row a province, twelve months side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from healthstats.domain.form import Column
from healthstats.domain.period import Period
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from tests.submissions.bands import MONTHS, Page, book_xls, book_xlsx, paths_of
from tests.submissions.bieu9 import codes, context, definitions, read

NAME = "Nien giam 2012.xlsx"
ONCE = [3, 1, *[0, 0] * 11]
"""January: three cases and a death; nothing in the other months."""


def sheet(name: str, *rows: Sequence[object], months: Sequence[str] = MONTHS, **more: object) -> Page:
    paths = paths_of(definitions().forms["disease_yearbook"], month=months)
    return replace(Page(paths, rows, name=name), **more)  # type: ignore[arg-type]


def cells(reading: Reading, element: str) -> dict[tuple[str | None, str, str], int]:
    """(area, period, item) → value, where it is not nought."""
    seen, code = reading.observations, reading.elements.index(element)
    return {
        (reading.reports[seen.report[at]].area, reading.reports[seen.report[at]].period, seen.item[at]): value // 10_000
        for at, value in enumerate(seen.value)
        if seen.element[at] == code and value
    }


@pytest.mark.parametrize("write", [book_xlsx, book_xls])
def test_a_row_is_a_province_a_month_a_report_a_sheet_a_disease(write: object) -> None:
    pages = sheet("SXH", ["Hà Nội", *ONCE], ["TP. H.C.M", *[0] * 22, 7, 2]), sheet("Ta", ["Hà Nội", *[0, 0] * 11, 1, 0])
    reading = read(write(*pages), NAME)  # type: ignore[operator]
    assert reading.verdict == "accepted"
    assert cells(reading, "cases") == {
        ("01", "2012-01", "Sốt xuất huyết"): 3,
        ("79", "2012-12", "Sốt xuất huyết"): 7,
        ("01", "2012-12", "Tả"): 1,
    }
    assert cells(reading, "deaths") == {("01", "2012-01", "Sốt xuất huyết"): 1, ("79", "2012-12", "Sốt xuất huyết"): 2}
    assert (len(reading.reports), reading.counts.found) == (36, 72)
    assert {report.replaces for report in reading.reports} == {"elements"}


def test_merged_or_not_the_months_reach_over_their_columns() -> None:
    one, other = (read(book_xlsx(sheet("SXH", ["Hà Nội", *ONCE], merged=merged)), NAME) for merged in (True, False))
    assert one.observations == other.observations


def test_the_country_s_row_and_the_year_s_columns_are_checked_and_not_stored() -> None:
    page = sheet("SXH", ["Hà Nội", *ONCE], ["Huế", *ONCE], ["Cả nước", *(2 * figure for figure in ONCE)])
    year = [("Cả năm", "Mắc"), ("Cả năm", "Chết")]
    rows = [[*page.rows[0], 3, 1], [*page.rows[1], 4, 1], [*page.rows[2], 6, 2]]
    reading = read(book_xlsx(replace(page, paths=[*page.paths, *year], rows=rows)), NAME)
    assert [(one.code, one.cell, one.text, one.suggestion) for one in reading.findings] == [
        ("ROW_TOTAL_DIFFERS", "Z4", "4", "3")
    ]
    assert (reading.counts.found, reading.counts.accepted, reading.counts.checked) == (48, 48, 30)
    wrong = replace(page, rows=[page.rows[0], ["Cả nước", *ONCE[:-1], 9]])
    assert [(one.code, one.cell) for one in read(book_xlsx(wrong), NAME).findings] == [("TOTAL_DIFFERS", "Y4")]


def test_a_month_in_doubt_leaves_the_year_s_sum_unasked() -> None:
    page = sheet("SXH", ["Hà Nội", "3 phòng", 1, 4, 0, 9, 1], months=["T1", "T2"])
    reading = read(book_xlsx(replace(page, paths=[*page.paths, ("Cả năm", "Mắc"), ("Cả năm", "Chết")])), NAME)
    assert codes(reading) == ["NOT_A_NUMBER"]
    assert reading.counts.checked == 1


def test_months_that_have_not_begun_are_told_once_a_row() -> None:
    march = replace(context(), today=date(2012, 3, 1))
    reading = read_submission(NAME, book_xlsx(sheet("SXH", ["Hà Nội", *ONCE], ["Huế", *ONCE])), march)
    assert [(one.code, one.cell) for one in reading.findings] == [
        ("PERIOD_IN_FUTURE", "A3"),
        ("PERIOD_IN_FUTURE", "A4"),
    ]
    assert (reading.counts.accepted, reading.counts.rejected) == (12, 36)


def test_more_deaths_than_cases_is_a_warning() -> None:
    reading = read(book_xlsx(sheet("SXH", ["Hà Nội", 0, 1, *[0] * 22])), NAME)
    assert [(one.code, one.severity, one.cell) for one in reading.findings] == [
        ("DEATHS_EXCEED_CASES", "warning", "C3")
    ]
    assert reading.verdict == "accepted"


@pytest.mark.parametrize("joint", [" - ", " / ", " "])
def test_a_csv_joins_the_month_and_its_label(joint: str) -> None:
    known = definitions()
    form = replace(known.forms["disease_yearbook"], item="column", items=())
    known = replace(known, forms={"disease_yearbook": form})
    text = f"Tỉnh,Tháng 1{joint}M,Tháng 1{joint}C,T2{joint}Mắc,T2{joint}Tử vong\nHà Nội,3,1,4,0\n"
    reading = read_submission("2012.csv", text.encode(), context(known))
    assert codes(reading) == []
    assert [(one.area, one.period) for one in reading.reports] == [("01", "2012-01"), ("01", "2012-02")]
    assert [value // 10_000 for value in reading.observations.value] == [3, 1, 4, 0]


def test_months_to_come_stand_blank() -> None:
    page = sheet("SXH", ["Hà Nội", 3, 1, *[""] * 22], ["Huế", *[""] * 24])
    reading = read(book_xlsx(page), NAME)
    assert [(one.area, one.period) for one in reading.reports] == [("01", "2012-01")]
    assert (reading.counts.accepted, reading.counts.blank) == (2, 46)
    assert [(one.code, one.cell) for one in reading.findings] == [("REPORT_EMPTY", "A4")]


def test_a_sheet_with_some_months_only() -> None:
    page = sheet("SXH", ["Hà Nội", 1, 0, 2, 0], months=["T1", "T2"])
    assert [one.period for one in read(book_xlsx(page), NAME).reports] == ["2012-01", "2012-02"]


@pytest.mark.parametrize(
    ("name", "title", "hints", "found"),
    [
        ("x.xlsx", ["Năm 2012"], {}, "2012-01"),
        ("Nien giam 2011.xlsx", ["Năm 2012"], {}, "2012-01 PERIOD_NOT_AS_NAMED"),
        ("x.xlsx", [], {"period": Period("year", 2012)}, "2012-01"),
        ("x.xlsx", ["Từ tháng 1 đến tháng 12 năm 2012"], {}, "2012-01"),
        ("x.xlsx", ["Năm 2011"], {"period": Period("year", 2012)}, "PERIOD_CONTRADICTS"),
        ("2011-2012.xlsx", [], {}, "PERIOD_CONTRADICTS"),
        ("x.xlsx", [], {}, "YEAR_MISSING"),
        ("x.xlsx", ["Lũy kế đến tháng 12 năm 2012"], {}, "TITLE_CUMULATIVE"),
        ("x.xlsx", ["Kế hoạch năm 2012"], {}, "PERIOD_UNCLEAR"),
    ],
)
def test_where_the_year_is_looked_for(name: str, title: list[str], hints: dict[str, Period], found: str) -> None:
    reading = read(book_xlsx(sheet("SXH", ["Hà Nội", 1, 0], months=["Tháng 1"], title=title)), name, **hints)
    assert " ".join([*(one.period for one in reading.reports), *codes(reading)]) == found
    assert reading.counts.found == 2


@pytest.mark.parametrize(
    ("tab", "title", "found"),
    [
        ("T.Han", "", "Thương hàn"),
        ("cuma(h5n1)", "", "Cúm A(H5N1)"),
        ("Sheet1", "SỐT XUẤT HUYẾT", "Sốt xuất huyết"),
        ("Sheet1", "Tình hình mắc, chết bệnh dại theo tháng", "Dại"),
        ("SXH", "Số mắc và chết do bệnh sốt xuất huyết Dengue", "Sốt xuất huyết"),
        ("Sheet1", "Tình hình bệnh cúm A(H5N1) năm 2012", "Cúm A(H5N1)"),
        ("SXH", "Tình hình bệnh sởi", "ITEM_CONTRADICTS"),
        ("SXH Dengue 2", "", "UNKNOWN_ITEM"),
    ],
)
def test_which_disease_the_tab_or_the_title_says(tab: str, title: str, found: str) -> None:
    page = sheet(tab, ["Hà Nội", 1, 0], months=["T1"], title=[title] if title else [])
    reading = read(book_xlsx(page), NAME)
    assert (codes(reading) or [*{*reading.observations.item.values()}]) == [found]
    assert reading.counts.found == 2


def test_one_disease_on_two_sheets_is_never_both() -> None:
    pages = (sheet(tab, ["Hà Nội", 1, 0], months=["T1"]) for tab in ("SXH", "SXH (2)"))
    reading = read(book_xlsx(*pages), NAME)
    assert codes(reading) == ["FACILITY_TWICE"] * 2
    # which disease is sent twice is said, for every province sends many
    assert {one.params["facility"] for one in reading.findings} == {"01 · Sốt xuất huyết"}
    assert (reading.counts.accepted, reading.counts.quarantined) == (0, 4)


def test_a_province_that_is_none_is_told_once_for_all_its_months() -> None:
    reading = read(book_xlsx(sheet("SXH", ["Hà Nội", *ONCE], ["Hà Nộm", *ONCE])), NAME)
    assert [(one.code, one.cell) for one in reading.findings] == [("UNKNOWN_FACILITY", "A4")]
    assert (reading.counts.accepted, reading.counts.rejected) == (24, 24)


def test_a_code_that_was_used_again_is_the_province_of_that_day() -> None:
    page = sheet("SXH", ["Bắc Ninh", *ONCE])
    assert {one.area for one in read(book_xlsx(page), "2012.xlsx").reports} == {"27"}
    assert {one.area for one in read(book_xlsx(page), "2026.xlsx").reports} == {"24"}
    merged = read(book_xlsx(page), "2025.xlsx").reports
    assert [one.area for one in merged] == ["27"] * 6 + ["24"] * 6


def test_a_second_table_of_another_year_below_is_not_read_into_the_first() -> None:
    first = sheet("SXH", ["Hà Nội", 1, 0], months=["T1"], title=["Năm 2012"])
    head = first.cells()[1:3]
    below = [[""], ["Năm 2011"], *head, ["Hà Nội", 5, 0]]
    reading = read(book_xlsx(replace(first, below=below)), NAME)
    assert codes(reading) == ["PERIOD_CONTRADICTS_BELOW"]
    assert (reading.counts.accepted, reading.counts.rejected) == (2, 2)


def test_years_as_columns_with_a_preliminary_one() -> None:
    known = definitions()
    form = known.forms["disease_yearbook"]
    columns = (Column("area.name", ("Tỉnh",)), Column("cases", ("{year}",)))
    edition = replace(form.editions[0], columns=columns, frequency="year")
    yearly = replace(form, editions=(edition,), item="column", items=(), labels=(), rules=())
    known = replace(known, forms={"disease_yearbook": yearly})
    page = Page([("Tỉnh",), ("2022",), ("Sơ bộ 2023",)], [["Hà Nội", 5, 6]], title=["Số mắc các năm 2022 và 2023"])
    reading = read_submission("x.xlsx", book_xlsx(page), context(known))
    assert [(one.period, one.status, one.replaces) for one in reading.reports] == [
        ("2022", "", "report"),
        ("2023", "preliminary", "report"),
    ]
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("said", "status"), [("Sơ bộ 2023", "preliminary"), ("Ước 2023", "estimate"), ("Năm 2023", "")]
)
def test_a_row_of_a_year_may_say_that_its_figures_are_not_final(said: str, status: str) -> None:
    known = definitions()
    form = known.forms["disease_yearbook"]
    columns = (Column("area.name", ("Tỉnh",)), Column("period.year", ("Năm",)), Column("cases", ("Số mắc",)))
    edition = replace(form.editions[0], columns=columns, frequency="year")
    yearly = replace(form, editions=(edition,), item="column", items=(), labels=(), rules=())
    known = replace(known, forms={"disease_yearbook": yearly})
    page = Page([("Tỉnh",), ("Năm",), ("Số mắc",)], [["Hà Nội", 2022, 5], ["Hà Nội", said, 6]], title=["Số mắc"])
    reading = read_submission("x.xlsx", book_xlsx(page), context(known))
    assert [(one.period, one.status) for one in reading.reports] == [("2022", ""), ("2023", status)]
