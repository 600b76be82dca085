"""Who is meant: a code or a name to one facility, or to nobody with suggestions."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from healthstats.domain.facility import Alias, Area, AreaAlias, FacilitySpell
from healthstats.intake.names import NameIndex


def spell(code: str, name: str, first: date | None = None, last: date | None = None) -> FacilitySpell:
    return FacilitySpell(code, name, "79", first, last, None, None, {})


REGISTER = NameIndex.of(
    [
        spell("79001", "Bệnh viện Quận 1"),
        spell("79002", "Bệnh viện Từ Dũ"),
        spell("01C51", "Trạm y tế Hoà Bình"),
        spell("79010", "Trạm y tế Tân Phú", last=date(2024, 12, 31)),
        spell("79011", "Trạm y tế Tân Phú", first=date(2024, 1, 1)),
        spell("79020", "Phòng khám Cũ", last=date(2023, 12, 31)),
        spell("79020", "Phòng khám Mới", first=date(2024, 1, 1)),
    ],
    [Alias("79001", "BV Q.1"), Alias("79002", "99999"), Alias("00000", "Không có ai")],
)
DAY = date(2023, 8, 31)


@pytest.mark.parametrize(
    ("code", "name", "facility"),
    [
        ("79001", "", "79001"),
        (" 79001 ", "Bệnh viện Quận 1 (cơ sở 2)", "79001"),
        ("", "BỆNH VIỆN  QUẬN 1", "79001"),
        ("", "Trạm y tế Hòa Bình", "01C51"),
        ("", "BV Q1", "79001"),
        ("", "BV Q 1", "79001"),
        ("", "79001 - Bệnh viện Quận 1", "79001"),
        ("79001 - Bệnh viện Quận 1", "", "79001"),
        ("", "79001", "79001"),
        ("99999", "", "79002"),
        ("", "Phòng khám Cũ", "79020"),
        ("", "Phòng khám Mới", "79020"),
    ],
)
def test_one_facility_is_found(code: str, name: str, facility: str) -> None:
    assert REGISTER.match(code, name, DAY).code == facility


@pytest.mark.parametrize(
    ("code", "name", "fault"),
    [
        ("79001", "Bệnh viện Từ Dũ", "FACILITY_CONTRADICTS"),
        ("", "79001 - Bệnh viện Từ Dũ", "FACILITY_CONTRADICTS"),
        ("79999", "Bệnh viện Từ Dũ", "UNKNOWN_FACILITY"),
        ("", "Bệnh viện Quận 11", "UNKNOWN_FACILITY"),
        ("", "Không có ai", "UNKNOWN_FACILITY"),
        ("", "", "UNKNOWN_FACILITY"),
    ],
)
def test_nobody_is_found_and_the_reason_is_said(code: str, name: str, fault: str) -> None:
    match = REGISTER.match(code, name, DAY)
    assert (match.code, match.fault) == (None, fault)


def test_a_name_of_two_is_that_of_the_one_open_then_or_of_nobody() -> None:
    def match(on: date | None) -> tuple[str | None, str]:
        found = REGISTER.match("", "Trạm y tế Tân Phú", on)
        return found.code, found.fault

    assert match(date(2023, 8, 31)) == ("79010", "")
    assert match(date(2025, 8, 31)) == ("79011", "")
    assert match(date(2024, 8, 31)) == (None, "AMBIGUOUS_FACILITY")
    assert match(None) == (None, "AMBIGUOUS_FACILITY")
    assert {near.code for near in REGISTER.match("", "Trạm y tế Tân Phú", None).suggestions} == {"79010", "79011"}


def test_suggestions_are_at_most_three_with_the_nearest_first() -> None:
    near = REGISTER.match("", "Benh vien Quan 11", DAY).suggestions
    assert 1 <= len(near) <= 3
    assert (near[0].code, near[0].name) == ("79001", "Bệnh viện Quận 1")
    assert 0 < near[-1].score <= near[0].score < 100


def test_a_code_that_lost_its_leading_zero_is_suggested_and_not_taken() -> None:
    register = NameIndex.of([spell("01001", "Bệnh viện A")], [])
    match = register.match("1001", "", DAY)
    assert (match.code, [near.code for near in match.suggestions]) == (None, ["01001"])


SHORTENED = NameIndex.of(
    [
        spell("79001", "Bệnh viện Quận 1"),
        spell("01C51", "Trạm y tế phường Bến Nghé"),
        spell("79003", "Phòng khám đa khoa TP.HCM"),
        spell("79004", "Trung tâm y tế huyện Củ Chi"),
    ],
    [],
)


@pytest.mark.parametrize(
    ("code", "name", "nearest"),
    [
        ("", "BV Q.1", "79001"),
        ("", "bv q1", "79001"),
        ("", "TYT P. Bến Nghé", "01C51"),
        ("", "PKĐK Thành phố Hồ Chí Minh", "79003"),
        ("", "TTYT H.Củ Chi", "79004"),
        ("1C51", "", "01C51"),
        ("1c51", "", "01C51"),
        ("", "1C51", "01C51"),
        ("", "01c51", "01C51"),
    ],
)
def test_a_shortened_name_or_code_is_suggested_and_not_taken(code: str, name: str, nearest: str) -> None:
    match = SHORTENED.match(code, name, DAY)
    assert (match.code, match.suggestions[0].code) == (None, nearest)
    assert match.suggestions[0].score >= 90


def test_what_is_like_nobody_is_suggested_nobody() -> None:
    assert SHORTENED.match("C51", "", DAY).suggestions == ()
    assert SHORTENED.match("", "Nhà thuốc", DAY).suggestions == ()


AREAS = [
    Area("24", "Tỉnh Bắc Giang", "province", "VN", date(2008, 8, 1), date(2025, 6, 30)),
    Area("27", "Tỉnh Bắc Ninh", "province", "VN", date(2008, 8, 1), date(2025, 6, 30)),
    Area("79", "Thành phố Hồ Chí Minh", "province", "VN", date(2008, 8, 1), None),
    Area("46", "Tỉnh Thừa Thiên Huế", "province", "VN", date(2008, 8, 1), date(2025, 6, 30)),
    Area("24", "Tỉnh Bắc Ninh", "province", "VN", date(2025, 7, 1), None),
    Area("46", "Thành phố Huế", "province", "VN", date(2025, 7, 1), None),
]
WRITTEN = [AreaAlias("Thành phố Hồ Chí Minh", "HCM"), AreaAlias("Tỉnh Thừa Thiên Huế", "TT Huế")]
OLD, NEW = date(2024, 12, 31), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("written", "on", "area"),
    [
        ("Tỉnh Bắc Ninh", OLD, "27"),
        ("Tỉnh Bắc Ninh", NEW, "24"),
        ("Bắc Ninh", OLD, "27"),
        ("T. Bắc Ninh", NEW, "24"),
        ("Bắc Giang", OLD, "24"),
        ("Bắc Giang", NEW, None),
        ("27", OLD, "27"),
        ("27", NEW, None),
        ("TP. H.C.M", OLD, "79"),
        ("TP Hồ Chí Minh", NEW, "79"),
        ("TT - Huế", OLD, "46"),
        ("TT - Huế", NEW, None),
        ("Huế", NEW, "46"),
    ],
)
def test_an_area_is_found_among_those_of_the_day(written: str, on: date, area: str | None) -> None:
    assert NameIndex.of_areas(AREAS, WRITTEN, on).match("", written, on).code == area


def test_a_code_that_went_to_another_area_contradicts_the_old_name() -> None:
    match = NameIndex.of_areas(AREAS, WRITTEN, NEW).match("24", "Tỉnh Bắc Giang", NEW)
    assert (match.code, match.fault) == (None, "FACILITY_CONTRADICTS")


def test_a_city_named_like_its_province_is_nobody_without_its_kind() -> None:
    capital = Area("256", "Thành phố Bắc Ninh", "district", "27", date(2008, 8, 1), date(2025, 6, 30))
    areas = NameIndex.of_areas([*AREAS, capital], [], OLD)
    assert areas.match("", "Thành phố Bắc Ninh", OLD).code == "256"
    assert areas.match("", "Tỉnh Bắc Ninh", OLD).code == "27"
    assert areas.match("", "Bắc Ninh", OLD).fault == "AMBIGUOUS_FACILITY"


def test_it_travels_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(REGISTER)) == REGISTER


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("79001_T8_2026.xlsx", "79001"),
        ("BC T8 bv quan 1 (sua).xls", "79001"),
        ("BC Bệnh viện Quận 1 và Bệnh viện Quận 2.xlsx", ""),
        ("79001 79002.xlsx", ""),
        ("79001 Bệnh viện Quận 2.xlsx", "79001"),
        ("BC Saigon T8.xlsx", ""),
        ("BC T8.xlsx", ""),
    ],
)
def test_whom_a_file_s_name_names(file: str, code: str) -> None:
    names = {"79001": "BV Quận 1", "79002": "Bệnh viện Quận 2", "79003": "Saigon"}
    spells = [FacilitySpell(one, name, None, None, None, None, None, {}) for one, name in names.items()]
    index = NameIndex.of(spells, [Alias("79001", "Bệnh viện Quận 1")])
    assert index.named_in(file) == code
