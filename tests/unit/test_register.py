"""The register as a reader asks it: what it remembers must not outlive the day that was asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from healthstats.domain.facility import FacilitySpell
from healthstats.intake.register import Register
from tests.submissions.bieu9 import context, definitions

EARLY, LATE = date(2023, 8, 31), date(2026, 8, 31)


def spell(code: str, name: str, first: date | None, last: date | None) -> FacilitySpell:
    return FacilitySpell(code, name, None, first, last, None, None, {})


def register() -> Register:
    spells = (
        spell("79010", "Trạm y tế Tân Phú", None, date(2024, 12, 31)),
        spell("79011", "Trạm y tế Tân Phú", date(2025, 1, 1), None),
        spell("79020", "Phòng khám Mới", None, None),
    )
    return Register(context(replace(definitions(), facilities=spells, aliases=())))


def test_a_name_that_changes_hands_is_asked_for_each_day() -> None:
    asked = register()
    for _ in range(2):
        assert asked.match("facility", "", "Trạm y tế Tân Phú", None).fault == "AMBIGUOUS_FACILITY"
        assert asked.match("facility", "", "Trạm y tế Tân Phú", EARLY).code == "79010"
        assert asked.match("facility", "", "Trạm y tế Tân Phú", LATE).code == "79011"


def test_a_name_of_one_bearer_is_theirs_on_every_day() -> None:
    asked = register()
    for day in (None, EARLY, LATE):
        assert asked.match("facility", "", "Phòng khám Mới", day).code == "79020"
        assert asked.match("facility", "79010", "Phòng khám Mới", day).fault == "FACILITY_CONTRADICTS"
