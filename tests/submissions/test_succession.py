"""A form of another year: under the code or the name of then or of today, its figures go to who was open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from healthstats.domain.facility import FacilitySpell
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from tests.submissions.bieu9 import FIGURES, Sheet, codes, context, definitions, facility, xlsx


def spell(
    code: str, name: str, first: date | None = None, last: date | None = None, successor: str | None = None
) -> FacilitySpell:
    return FacilitySpell(code, name, "79", first, last, successor, None, {})


END, START = date(2024, 12, 31), date(2025, 1, 1)
REGISTER = (
    spell("79001", "Bệnh viện Cũ", last=END, successor="79002"),
    spell("79002", "Bệnh viện Mới", first=START),
    # two stations that became one
    spell("79011", "Trạm Một", last=END, successor="79013"),
    spell("79012", "Trạm Hai", last=END, successor="79013"),
    spell("79013", "Trạm Chung", first=START),
    # a chain: A until 2022, B until 2024, C since
    spell("79021", "Nhà A", last=date(2022, 12, 31), successor="79022"),
    spell("79022", "Nhà B", first=date(2023, 1, 1), last=END, successor="79023"),
    spell("79023", "Nhà C", first=START),
    # closed, and nobody took over
    spell("79031", "Phòng khám đã đóng", last=END),
)


def taken(reading: Reading) -> list[str | None]:
    return [report.facility for report in reading.reports]


def read(data: bytes, name: str = "a.xlsx") -> Reading:
    return read_submission(name, data, context(replace(definitions(), facilities=REGISTER, aliases=())))


@pytest.mark.parametrize(
    ("title", "name", "facility_code", "found"),
    [
        ("tháng 8 năm 2025", "Bệnh viện Cũ", "79002", ["SUCCESSION_FOLLOWED"]),
        ("tháng 8 năm 2025", "79001", "79002", ["SUCCESSION_FOLLOWED"]),
        ("tháng 8 năm 2024", "Bệnh viện Mới", "79001", ["SUCCESSION_FOLLOWED"]),
        ("tháng 8 năm 2024", "Bệnh viện Cũ", "79001", []),
        ("tháng 8 năm 2025", "Trạm Một", "79013", ["SUCCESSION_FOLLOWED"]),
        ("tháng 8 năm 2025", "Nhà A", "79023", ["SUCCESSION_FOLLOWED"]),
        ("tháng 8 năm 2023", "Nhà A", "79022", ["SUCCESSION_FOLLOWED"]),
        ("tháng 8 năm 2021", "Nhà C", "79021", ["SUCCESSION_FOLLOWED"]),
        # which of the two that became one cannot be told
        ("tháng 8 năm 2024", "Trạm Chung", "79013", ["UNEXPECTED_REPORT"]),
        ("tháng 8 năm 2025", "Phòng khám đã đóng", "79031", ["UNEXPECTED_REPORT"]),
    ],
)
def test_the_figures_go_to_the_one_of_the_line_that_was_open(
    title: str, name: str, facility_code: str, found: list[str]
) -> None:
    sheet = Sheet([facility(1, name, FIGURES)], title=("BỘ Y TẾ", f"Báo cáo {title}", ""))
    reading = read(xlsx(sheet))
    assert (taken(reading), codes(reading)) == ([facility_code], found)


def test_two_that_became_one_and_report_apart_are_both_held() -> None:
    rows = [facility(1, "Trạm Một", FIGURES), facility(2, "Trạm Hai", FIGURES)]
    reading = read(xlsx(Sheet(rows, title=("BỘ Y TẾ", "Báo cáo tháng 8 năm 2025", ""))))
    assert taken(reading) == ["79013", "79013"]
    assert codes(reading).count("FACILITY_TWICE") == 2
    assert reading.counts.accepted == 0


def test_a_long_csv_follows_too_and_says_it_once_a_month() -> None:
    text = "facility,period,element,value\n" + "".join(
        f"79001,2025-0{month},{element},5\n" for month in (1, 2) for element in ("lab_tests", "xrays")
    )
    reading = read(text.encode(), "a.csv")
    assert set(taken(reading)) == {"79002"}
    assert codes(reading) == ["SUCCESSION_FOLLOWED"] * 2
