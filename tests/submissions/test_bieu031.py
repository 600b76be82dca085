"""Biểu 03.1-ĐT: a hospital's wards are the items of one report."""

from __future__ import annotations

import pytest

from healthstats.domain.reading import Reading
from tests.submissions.bands import Page, book_xls, book_xlsx, paths_of
from tests.submissions.bieu9 import codes, definitions, read

FORM = "bieu031"
TITLE = ("SỞ Y TẾ", "Đơn vị: Bệnh viện Quận 1", "HOẠT ĐỘNG ĐIỀU TRỊ NỘI TRÚ", "Tháng 8 năm 2026", "")
# beds, start, admitted and its four parts, days, died and its four parts, insured, end
MEDICINE = [30, 25, 100, 10, "", "", 20, 600, 2, "", "", "", 1, 90, 28]
CHILDREN = [20, 10, 80, "", 30, 80, 5, 300, 1, "", 1, 1, "", 70, 12]
FEMALE = ["****", 17, 90, 5, 12, 40, 12, 450, 1, "", "", "", "", 80, 20]


def total(*wards: list[object]) -> list[object]:
    return [sum(int(figure or 0) for figure in column) or "" for column in zip(*wards, strict=True)]


def ward_book(*rows: list[object], title: tuple[str, ...] = TITLE) -> Page:
    paths = paths_of(definitions().forms[FORM])
    numbers = ["", *range(1, 16)]
    printed = [numbers, ["Tổng số", *total(MEDICINE, CHILDREN)], ["Trong đó nữ", *FEMALE], *rows]
    below = [["Ngày 05 tháng 9 năm 2026"], ["NGƯỜI LẬP BIỂU", "", "TRƯỞNG PHÒNG KHTH", "", "GIÁM ĐỐC"]]
    return Page(paths, printed, title=title, below=below)


BOTH = (["Khoa Nội", *MEDICINE], ["Khoa Nhi", *CHILDREN])


def value(reading: Reading, item: str, element: str) -> int:
    seen = reading.observations
    code = reading.elements.index(element)
    (at,) = (at for at in range(len(seen)) if seen.item.get(at) == item and seen.element[at] == code)
    return seen.value[at] // 10_000


@pytest.mark.parametrize("write", [book_xlsx, book_xls])
def test_each_ward_is_an_item_of_one_report(write: object) -> None:
    reading = read(write(ward_book(*BOTH)), "x.xlsx")  # type: ignore[operator]
    assert [(one.form, one.facility, one.period) for one in reading.reports] == [(FORM, "79001", "2026-08")]
    assert set(reading.observations.item.values()) == {"Khoa Nội", "Khoa Nhi"}
    assert (reading.verdict, reading.counts.found, reading.counts.checked) == ("accepted", 30, 15)
    assert value(reading, "Khoa Nội", "ward_admissions") == 100
    assert value(reading, "Khoa Nhi", "ward_deaths_under5") == 1
    assert not [code for code in codes(reading) if code != "WRONG_EXTENSION"]


def test_an_empty_cell_is_a_zero_that_was_not_printed() -> None:
    reading = read(book_xlsx(ward_book(*BOTH)))
    assert value(reading, "Khoa Nội", "ward_deaths_under1") == 0
    assert reading.counts.blank == 0


def test_the_row_of_women_is_no_ward_and_the_total_is_checked() -> None:
    wrong = ["Khoa Nhi", *CHILDREN[:7], 999, *CHILDREN[8:]]
    reading = read(book_xlsx(ward_book(BOTH[0], wrong)))
    assert [(one.code, one.element, one.suggestion) for one in reading.findings] == [
        ("TOTAL_DIFFERS", "ward_days", "1599")
    ]
    assert reading.counts.ignored == len([figure for figure in FEMALE if figure != ""])


def test_a_part_above_its_total_within_a_ward() -> None:
    wrong = ["Khoa Nội", 30, 25, 100, 101, *MEDICINE[4:]]
    reading = read(book_xlsx(ward_book(wrong, BOTH[1])))
    assert "PART_EXCEEDS_TOTAL" in codes(reading)


def test_whose_it_is_the_title_says_or_the_command_line() -> None:
    nobody = ("HOẠT ĐỘNG ĐIỀU TRỊ NỘI TRÚ", "Tháng 8 năm 2026")
    assert read(book_xlsx(ward_book(*BOTH, title=nobody)), facility="79002").reports[0].facility == "79002"
    assert codes(read(book_xlsx(ward_book(*BOTH, title=nobody)))) == ["FACILITY_MISSING"] * 2
    line = ("SỞ Y TẾ", "BỆNH VIỆN QUẬN 2", "Tháng 8 năm 2026")
    assert read(book_xlsx(ward_book(*BOTH, title=line))).reports[0].facility == "79002"


@pytest.mark.parametrize("name", ["79003_T8_2026.xlsx", "BC T8 Benh vien Da khoa Sai Gon.xlsx", "bv q.1 thang 8.xlsx"])
def test_or_the_file_s_name(name: str) -> None:
    nobody = ("HOẠT ĐỘNG ĐIỀU TRỊ NỘI TRÚ", "Tháng 8 năm 2026")
    reading = read(book_xlsx(ward_book(*BOTH, title=nobody)), name)
    wanted = "79001" if "q.1" in name else "79003"
    assert {report.facility for report in reading.reports} == {wanted}


def test_no_more_can_be_left_than_were_there_and_came() -> None:
    most = [*MEDICINE[:-1], 25 + 100 - 2]
    kept, broken = ["Khoa Nội", *most], ["Khoa Nội", *most[:-1], 124]
    assert "MORE_STAY_THAN_CAME" not in codes(read(book_xlsx(ward_book(kept, BOTH[1]))))
    reading = read(book_xlsx(ward_book(broken, BOTH[1])))
    (found,) = (one for one in reading.findings if one.code == "MORE_STAY_THAN_CAME")
    assert (found.element, found.params["right_value_vi"]) == ("ward_patients_end", "123")


def test_a_nameless_row_of_rising_figures_is_no_row_of_numbers() -> None:
    rising = ["", *range(10, 160, 10)]
    reading = read(book_xlsx(ward_book(BOTH[0], rising)))
    assert reading.counts.found == 30
    assert 150 in [value // 10_000 for value in reading.observations.value]
