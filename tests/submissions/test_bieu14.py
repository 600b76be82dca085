"""Biểu 14: diseases by ICD-10 under a header of four rows whose sub-headings stand again and again."""

from __future__ import annotations

from tests.submissions.bands import Page, book_xlsx, paths_of
from tests.submissions.bieu9 import codes, definitions, read

TITLE = ("Đơn vị báo cáo: Bệnh viện Quận 1", "Báo cáo tháng 8 năm 2026", "")
CHOLERA = [1, "Tả", "A00", 10, 4, 3, 0, 0, 0, 6, 2, 1, 0, 1, 0, 2, 1, 0, 0, 1]
TYPHOID = [2, "Thương hàn", "A01", 20, 9, 5, 1, 0, 0, 8, 3, 0, 0, 0, 0, 4, 2, 0, 0, 0]
TOTAL = ["", "Tổng số", "", *(one + other for one, other in zip(CHOLERA[3:], TYPHOID[3:], strict=True))]  # type: ignore[operator]


def page(*rows: list[object], merged: bool = True) -> Page:
    return Page(paths_of(definitions().forms["bieu14"]), [[*range(1, 21)], *rows], title=TITLE, merged=merged)


def test_diseases_are_items_by_their_icd_code() -> None:
    reading = read(book_xlsx(page(TOTAL, CHOLERA, TYPHOID)))
    assert codes(reading) == []
    assert [(one.facility, one.period, one.edition) for one in reading.reports] == [("79001", "2026-08", "23/2025")]
    seen = reading.observations
    stays = reading.elements.index("disease_stays")
    assert [(seen.item[at], seen.value[at] // 10_000) for at in range(len(seen)) if seen.element[at] == stays] == [
        ("A00", 6),
        ("A01", 8),
    ]
    assert (reading.counts.found, reading.counts.checked) == (34, 17)


def test_a_header_that_only_looks_merged_is_read_the_same() -> None:
    merged, apart = read(book_xlsx(page(CHOLERA))), read(book_xlsx(page(CHOLERA, merged=False)))
    assert merged.observations == apart.observations


def test_a_disease_without_a_code_goes_by_its_name() -> None:
    reading = read(book_xlsx(page([*CHOLERA[:2], "", *CHOLERA[3:]])))
    assert set(reading.observations.item.values()) == {"Tả"}
