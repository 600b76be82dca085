"""A district centre's workbook: its own row, its commune stations one by one, or one row that sums them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from healthstats.domain.facility import FacilitySpell
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from tests.submissions.bieu9 import Sheet, changed, codes, context, definitions, facility, xlsx

CENTRES = ("Trung tâm Y tế Quận 1", "Trung tâm Y tế Quận 3")
TWELVE = facility(2, "Trạm y tế", changed(facilities=12))


def register(**stands_for: int | tuple[str, ...]) -> list[FacilitySpell]:
    """Two centres and a row each for their stations."""
    names = {"C1": CENTRES[0], "C3": CENTRES[1]} | {f"T{n}": f"Trạm y tế – Trung tâm Y tế Quận {n}" for n in (1, 3)}
    return [
        FacilitySpell(code, name, None, date(2020, 1, 1), None, None, None, {}, stands_for.get(code, 1))
        for code, name in names.items()
    ]


def taken_in(spells: list[FacilitySpell], *title: str) -> Reading:
    sheet = Sheet([facility(1, CENTRES[0]), TWELVE], title=(*title, "Báo cáo tháng 8 năm 2026"))
    known = replace(definitions(), facilities=tuple(spells))
    return read_submission("x.xlsx", xlsx(sheet), context(known))


def test_the_summed_row_is_the_stations_of_the_unit_in_the_title() -> None:
    for title in ("Đơn vị báo cáo: Trung tâm Y tế Quận 1", "TRUNG TÂM Y TẾ QUẬN 1"):
        reading = taken_in(register(T1=12, T3=9), title)
        assert [report.facility for report in reading.reports] == ["C1", "T1"]
        assert (reading.verdict, codes(reading)) == ("accepted", [])


def test_without_the_unit_nobody_knows_whose_stations_they_are() -> None:
    reading = taken_in(register(T1=12, T3=9), "Sở Y tế")
    assert ([report.facility for report in reading.reports], codes(reading)) == (["C1"], ["UNKNOWN_FACILITY"])


def test_a_number_of_facilities_that_the_register_does_not_have_is_told() -> None:
    reading = taken_in(register(T1=11), "Đơn vị: Trung tâm Y tế Quận 1")
    assert codes(reading) == ["STANDS_FOR_DIFFERS"]
    assert (reading.findings[0].params["count"], reading.findings[0].params["stands_for"]) == (12, 11)
    assert reading.verdict == "accepted"
    assert codes(taken_in(register(), "Đơn vị: Trung tâm Y tế Quận 1")) == ["STANDS_FOR_DIFFERS"]


def test_a_proposed_row_says_of_which_unit_and_how_many() -> None:
    reading = taken_in(register()[:2], "Đơn vị: Trung tâm Y tế Quận 1")
    (proposed,) = reading.unknown
    assert (proposed.code, proposed.name) == ("", "Trạm y tế – Trung tâm Y tế Quận 1")
    assert proposed.attributes == (("stands_for", "12"),)
