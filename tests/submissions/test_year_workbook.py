"""A year's workbook: a sheet a month, the year in the title, in the file's name or on the command line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from healthstats.domain.period import Period
from healthstats.domain.reading import Reading
from tests.submissions.bieu9 import FIGURES, Sheet, codes, facility, read, xls, xlsx

NAME = "Bệnh viện Quận 1"


def month(tab: str, *title: str, figures: Sequence[object] = FIGURES) -> Sheet:
    return Sheet([facility(1, NAME, figures)], name=tab, title=title or ("Sở Y tế",), footer=())


def periods(reading: Reading) -> list[tuple[str, str]]:
    return [(report.sheet, report.period) for report in reading.reports]


def year(title: str) -> list[Sheet]:
    return [month(f"T{number}", title.format(number)) for number in range(1, 13)]


TWELVE = [(f"T{number}", f"2026-{number:02d}") for number in range(1, 13)]


@pytest.mark.parametrize("write", [xlsx, xls])
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Báo cáo năm 2026", "x.xlsx"),
        ("Báo cáo tháng {0} năm 2026", "x.xlsx"),
        ("Sở Y tế", "BC năm 2026.xlsx"),
        ("Sở Y tế", "Bieu 9 - 2026 (ca nam).xlsx"),
        ("Báo cáo tháng {0}", "BV Quan 1 2026.xlsx"),
    ],
)
def test_twelve_sheets_are_twelve_months(write: object, title: str, name: str) -> None:
    reading = read(write(*year(title)), name)  # type: ignore[operator]
    assert (reading.verdict, periods(reading)) == ("accepted", TWELVE)
    assert not [finding for finding in reading.findings if finding.code != "WRONG_EXTENSION"]


def test_the_year_from_the_command_line() -> None:
    data = xlsx(*year("Sở Y tế"))
    assert periods(read(data, "x.xlsx", period=Period("year", 2026))) == TWELVE
    assert periods(read(xlsx(*year("Báo cáo năm 2026")), "x.xlsx", period=Period("year", 2026))) == TWELVE
    assert set(codes(read(data, "x.xlsx"))) == {"PERIOD_MISSING"}


def test_a_tab_that_contradicts_its_title_costs_its_own_sheet_only() -> None:
    sheets = [month("T7", "Báo cáo tháng 7 năm 2026"), month("T8", "Báo cáo tháng 7 năm 2026")]
    reading = read(xlsx(*sheets), "x.xlsx")
    assert (periods(reading), codes(reading)) == ([("T7", "2026-07")], ["PERIOD_CONTRADICTS"])
    assert (reading.counts.accepted, reading.counts.rejected) == (21, 21)


def test_a_tab_that_contradicts_a_title_without_a_year() -> None:
    reading = read(xlsx(month("T8", "Báo cáo tháng 7")), "BC 2026.xlsx")
    assert (codes(reading), reading.counts.rejected) == (["PERIOD_CONTRADICTS"], 21)


def test_the_command_line_may_not_contradict_a_sheet() -> None:
    data = xlsx(month("T8", "Báo cáo năm 2026"))
    assert codes(read(data, "x.xlsx", period=Period("month", 2026, 7))) == ["PERIOD_CONTRADICTS"]
    assert codes(read(data, "x.xlsx", period=Period("year", 2025))) == ["PERIOD_CONTRADICTS"]


def test_months_that_are_not_filled_in_yet_are_no_fault() -> None:
    blank = [""] * len(FIGURES)
    sheets = [
        month("T8", "Báo cáo tháng 8 năm 2026"),
        month("T9", "Báo cáo tháng 8 năm 2026", figures=blank),
        month("T10", "Báo cáo tháng 10 năm 2026", figures=blank),
        Sheet([], name="T11", title=("Báo cáo tháng 11 năm 2026",), footer=()),
    ]
    reading = read(xlsx(*sheets), "x.xlsx")
    assert (reading.verdict, periods(reading), reading.counts.blank) == ("accepted", [("T8", "2026-08")], 42)
    assert [(finding.code, finding.severity) for finding in reading.findings] == [("NO_DATA_ROWS", "info")]


def test_the_same_month_on_two_sheets_is_quarantined() -> None:
    sheets = [month("T8", "Báo cáo năm 2026"), month("T8 (2)", "Báo cáo tháng 8 năm 2026")]
    reading = read(xlsx(*sheets), "x.xlsx")
    assert (set(codes(reading)), reading.counts.quarantined) == ({"FACILITY_TWICE"}, 42)
