"""Published tables: rows to be chosen by a column's text, figures counted in thousands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from healthstats.domain.definitions import Definitions
from healthstats.domain.form import Column, RowLabels
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from healthstats.intake.figures.scaled import as_counted, in_units
from healthstats.intake.judging.counted import as_sheets_count
from tests.submissions.bands import Page, book_xlsx
from tests.submissions.bieu9 import codes, context, definitions


@pytest.fixture
def known() -> Definitions:
    """A table of an area's cases by year, in thousands, of which the rows `Số ca` alone are read."""
    form = definitions().forms["disease_yearbook"]
    columns = (Column("only.kind", ("Loại",)), Column("area.name", ("Tỉnh",)), Column("cases", ("{year}",)))
    edition = replace(form.editions[0], columns=columns, frequency="year")
    form = replace(
        form,
        editions=(edition,),
        item="column",
        items=(),
        labels=(),
        rules=(),
        rows=RowLabels(total=("Cả nước",)),
        only=(("kind", ("Số ca", "Cases")),),
        factors=(("cases", 1000),),
    )
    return replace(definitions(), forms={"disease_yearbook": form})


def taken(known: Definitions, *rows: list[object]) -> Reading:
    page = Page([("Loại",), ("Tỉnh",), ("2022",), ("2023",)], rows)
    return read_submission("x.xlsx", book_xlsx(page), context(known))


def test_only_the_rows_named_are_read_and_their_figures_are_multiplied(known: Definitions) -> None:
    reading = taken(
        known,
        ["Số ca", "Hà Nội", 192.3, "196,5"],
        ["CASES", "Huế", 2, 0.001],
        ["Chỉ số (%)", "Hà Nội", 100.6, 102.2],
        ["Số ca", "Cả nước", 194.3, 196.501],
        ["Chỉ số (%)", "Cả nước", 101, 102],
    )
    assert codes(reading) == []
    assert [(one.area, one.period) for one in reading.reports] == [
        *[("01", "2022"), ("01", "2023"), ("46", "2022"), ("46", "2023")]
    ]
    assert [value // 10_000 for value in reading.observations.value] == [192_300, 196_500, 2_000, 1]
    assert (reading.counts.found, reading.counts.checked, reading.counts.ignored) == (4, 2, 4)
    assert reading.observations.text[0] == "192.3"


def test_a_total_in_thousands_is_checked_in_thousands(known: Definitions) -> None:
    reading = taken(known, ["Số ca", "Hà Nội", 192.3, 1], ["Số ca", "Cả nước", 192.4, 1])
    said = [(one.code, one.text, one.suggestion) for one in as_sheets_count(reading).findings]
    assert said == [("TOTAL_DIFFERS", "192.4", "192.3")]


@pytest.mark.parametrize(
    ("cell", "code"), [(192.3004, "NOT_AN_INTEGER"), (10**12, "TOO_LARGE"), (-1, "NEGATIVE"), ("nhiều", "NOT_A_NUMBER")]
)
def test_a_count_in_thousands_is_a_count_all_the_same(known: Definitions, cell: object, code: str) -> None:
    reading = taken(known, ["Số ca", "Hà Nội", cell, 1])
    assert (codes(reading), reading.counts.quarantined, reading.counts.accepted) == ([code], 1, 1)


@pytest.mark.parametrize(
    ("cell", "suggestion", "typed"),
    [
        ("1.234", "", ""),
        ("192,301 ca", "", ""),
        ("12,5 ca", "12500", "12.5"),
        ("12 người", "12000", "12"),
        ("12 ca", "12000", "12"),
        ("1,6 tỷ", "1600000000", "1600000"),
        ("nhiều", "", ""),
    ],
)
def test_what_is_suggested_for_a_cell_in_thousands_is_what_is_typed_there(
    known: Definitions, cell: str, suggestion: str, typed: str
) -> None:
    reading = taken(known, ["Số ca", "Hà Nội", cell, 1])
    (finding,) = reading.findings
    assert finding.suggestion == suggestion
    (finding,) = as_sheets_count(reading).findings
    assert (finding.suggestion, finding.params["factor_of_sheet"]) == (typed, 1000)


@pytest.mark.parametrize(
    ("number", "factor", "counted"),
    [("192300", 1000, "192.3"), ("192301", 1000, "192.3010"), ("1234567", 10**6, "1.234567"), ("1", 7, "")],
)
def test_a_number_of_units_is_written_as_the_sheet_counts_and_back(number: str, factor: int, counted: str) -> None:
    assert as_counted(number, factor) == counted
    assert not counted or in_units(counted, factor) == number
