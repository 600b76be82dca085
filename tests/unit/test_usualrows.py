"""Rows that are entered many at once read as if each were entered alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from healthstats.domain.definitions import Definitions
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from healthstats.intake.sheets.usualrows import UsualRows
from tests.submissions.bieu9 import Sheet, changed, context, definitions, facility, times, xlsx

ONE, TWO, THREE = (
    facility(number, name)
    for number, name in enumerate(("Bệnh viện Quận 1", "Bệnh viện Quận 2", "Bệnh viện Đa khoa Sài Gòn"), start=1)
)
AT_FAULT = facility(2, "Bệnh viện Quận 2", changed(outpatient_visits="12 triệu"))
BREAKS_A_RULE = facility(2, "Bệnh viện Quận 2", changed(outpatient_visits_female=5_000))
STANDS_FOR_THREE = facility(2, "Bệnh viện Quận 2", changed(facilities=3))
UNKNOWN = facility(2, "Phòng khám Không Tên")
BLANK = facility(2, "Bệnh viện Quận 2", [""] * 21)
TOTAL = facility("", "TỔNG SỐ", times(2))


def with_spells(**spell: object) -> Definitions:
    """Quận 2 has another spell than the others; the form is one of hospitals."""
    known = definitions()
    own = tuple(
        replace(one, **spell) if one.facility == "79002" else one  # type: ignore[arg-type]
        for one in known.facilities
    )
    forms = {**known.forms, "bieu9": replace(known.forms["bieu9"], applies_to=("BV",))}
    return replace(known, facilities=own, forms=forms)


def read(sheet: Sheet, known: Definitions) -> Reading:
    return read_submission("bieu9.xlsx", xlsx(sheet), context(known))


@pytest.mark.parametrize(
    "rows",
    [
        [ONE, TWO, THREE],
        [ONE, AT_FAULT, THREE],
        [ONE, BREAKS_A_RULE, THREE],
        [ONE, STANDS_FOR_THREE, THREE],
        [ONE, UNKNOWN, THREE],
        [ONE, BLANK, THREE],
        [ONE, TWO, ONE, THREE],
        [TOTAL, ONE, TWO],
        [ONE, TOTAL, TWO],
    ],
    ids=["usual", "fault", "rule", "stands for", "unknown", "blank", "twice", "total above", "total between"],
)
@pytest.mark.parametrize(
    "known",
    [
        definitions(),
        with_spells(valid_to=date(2020, 12, 31)),
        with_spells(valid_to=date(2020, 12, 31), successor="79004"),
        with_spells(attributes={"type": "nhà thuốc"}),
        with_spells(stands_for=3),
        with_spells(stands_for=("79003",)),
    ],
    ids=["open", "closed", "succeeded", "of another type", "three", "a sum"],
)
def test_entered_at_once_as_if_one_by_one(
    rows: list[list[object]], known: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = read(Sheet(rows), known)
    monkeypatch.setattr(UsualRows, "take", lambda *_: False)
    assert read(Sheet(rows), known) == at_once


def test_only_what_asks_nothing_is_entered_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    take = UsualRows.take

    def watched(self: UsualRows, row: object, typed: object) -> bool:
        taken.append(take(self, row, typed))  # type: ignore[arg-type]
        return taken[-1]

    monkeypatch.setattr(UsualRows, "take", watched)
    read(Sheet([ONE, AT_FAULT, TWO, BREAKS_A_RULE, UNKNOWN, STANDS_FOR_THREE, THREE]), definitions())
    assert taken == [True, False, True, False, False, False, True]
