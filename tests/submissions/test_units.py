"""A scaled unit in the title: taken where the form allows it, exactly, and refused where it does not."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from healthstats.domain.decision import Decision
from healthstats.domain.definitions import Definitions
from healthstats.domain.form import Rule
from healthstats.domain.period import Period
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from healthstats.intake.figures.units import scaled_unit
from healthstats.intake.judging.answers import Decisions
from healthstats.intake.judging.decided import Answers
from tests.submissions.bieu9 import HOSPITALS, TITLE, Sheet, changed, codes, context, definitions, facility, read, xlsx

NAME = HOSPITALS["79001"]
FEW = {"outpatient_visits": "1.201,5", "inpatient_stays": 300, "lab_tests": 1000}


def allowing(*units: str, **factors: int) -> Definitions:
    form = replace(definitions().forms["bieu9"], title_units=units, rules=(), factors=tuple(factors.items()))
    return replace(definitions(), forms={"bieu9": form})


def taken(known: Definitions, said: str, **cells: object) -> Reading:
    sheet = Sheet([["", "Tổng số", *changed(**cells)], facility(1, NAME, changed(**cells))], title=[*TITLE[:2], said])
    return read_submission("bieu9.xlsx", xlsx(sheet), context(known))


def values(reading: Reading, *elements: str) -> list[float]:
    seen = reading.observations
    found = {reading.elements[at]: value / 10_000 for at, value in zip(seen.element, seen.value, strict=True)}
    return [found[element] for element in elements]


def test_what_is_counted_in_the_titles_unit_is_multiplied_and_the_rest_is_not() -> None:
    reading = taken(allowing("nghìn lượt"), "Đơn vị tính: nghìn lượt", **FEW)
    assert values(reading, "outpatient_visits", "inpatient_stays", "lab_tests", "beds_planned") == [
        *(1_201_500, 300_000, 1000, 50),
    ]
    assert (codes(reading), reading.verdict) == (["UNIT_APPLIED"], "accepted")
    assert "1.201,5" in reading.observations.text.values()


def test_a_count_must_stay_whole_after_it() -> None:
    reading = taken(allowing("nghìn lượt"), "ĐVT: 1.000 lượt", outpatient_visits=1.2015)
    assert codes(reading) == ["NOT_AN_INTEGER", "UNIT_APPLIED"]


def test_a_unit_without_a_word_for_what_is_counted_is_everything() -> None:
    reading = taken(allowing("triệu"), "(Đơn vị: triệu)")
    assert values(reading, "facilities", "beds_planned", "outpatient_visits") == [1e6, 50e6, 1_200e6]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (allowing(), "Đơn vị tính: nghìn lượt"),
        (allowing("triệu lượt"), "Đơn vị tính: nghìn lượt"),
        (allowing("nghìn lượt"), "Đơn vị tính: nghìn lượt, giường"),
        (allowing("nghìn lượt"), "Đơn vị tính: tỷ đồng"),
        (allowing("nghìn lượt"), "Đơn vị tính: %"),
        (allowing("nghìn lượt", outpatient_visits=100), "Đơn vị tính: nghìn lượt"),
    ],
)
def test_a_unit_that_the_form_does_not_take_is_never_guessed_at(known: Definitions, said: str) -> None:
    reading = taken(known, said)
    assert [(one.code, one.severity) for one in reading.findings] == [("UNIT_IN_TITLE", "error")]
    assert (reading.verdict, reading.counts.rejected, reading.counts.accepted) == ("quarantined", 21, 0)


def test_a_title_that_repeats_the_forms_own_factor_says_nothing_new() -> None:
    reading = taken(allowing(lab_tests=1000), "Đơn vị tính: nghìn lần", lab_tests=4)
    # the other tests are counted in `lần` too, and the form does not take the unit for them
    assert codes(reading) == ["UNIT_IN_TITLE"]
    every = dict.fromkeys(("lab_tests", "xrays", "ultrasounds", "ct_scans", "mri_scans"), 1000)
    reading = taken(allowing(**every), "Đơn vị tính: nghìn lần", lab_tests=4)
    assert (codes(reading), values(reading, "lab_tests", "xrays")) == ([], [4000, 600_000])


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Số liệu sơ bộ", "preliminary"),
        ("SỐ LIỆU SƠ BỘ tháng 8/2026", "preliminary"),
        ("(So\u031b bộ)", "preliminary"),
        ("Preliminary figures", "preliminary"),
        ("Tổng số bộ xét nghiệm", ""),
        ("Số liệu chính thức", ""),
        ("Các nước thực hiện", ""),
    ],
)
def test_a_title_may_say_that_its_figures_are_not_final(said: str, status: str) -> None:
    reading = taken(definitions(), said)
    assert ([report.status for report in reading.reports], codes(reading)) == ([status], [])


@pytest.mark.parametrize("said", ["Ước thực hiện tháng 8/2026", "Số liệu ước tháng 8/2026", "SƠ BỘ (ƯỚC THÁNG 8)"])
def test_an_estimate_waits_for_a_person_to_say_its_period_and_keeps_its_status(said: str) -> None:
    data = xlsx(Sheet([facility(1, NAME)], title=["Sở Y tế", said]))
    assert codes(read(data)) == ["PERIOD_UNCLEAR"]
    reading = read(data, period=Period("month", 2026, 8))
    assert ([report.status for report in reading.reports], codes(reading)) == (["estimate"], ["FIGURES_ESTIMATED"])


@pytest.mark.parametrize(
    ("cell", "value", "status", "said"),
    [
        ("4.000 (sơ bộ)", 4000, "preliminary", []),
        ("Sơ bộ: 4000", 4000, "preliminary", []),
        ("4000 (Pre.)", 4000, "preliminary", []),
        ("4000 (ước)", 4000, "estimate", []),
        ("4000 (ước TH)", 4000, "estimate", []),
        ("ước 4.000", 4000, "estimate", ["QUALIFIED"]),
        ("khoảng 4.000", 4000, None, ["QUALIFIED"]),
    ],
)
def test_a_cell_may_say_that_its_figure_is_not_final(
    cell: str, value: int, status: str | None, said: list[str]
) -> None:
    reading = taken(definitions(), "Tháng 8/2026", lab_tests=cell)
    assert (values(reading, "lab_tests"), codes(reading)) == ([value], said)
    assert [*reading.observations.status.values()] == ([status] if status else [])
    long = f"facility,period,element,value\n79001,2026-08,lab_tests,{cell}\n".encode()
    assert [*read(long, "a.csv").observations.status.values()] == ([status] if status else [])


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["Đơn vị tính: nghìn lượt"], "nghìn lượt"),
        (["Đơn vị tính", "Triệu đồng"], "Triệu đồng"),
        (["(ĐVT: tỷ đồng)"], "tỷ đồng"),
        (["Unit: thousand visits"], "thousand visits"),
        (["Đơn vị tính: %"], "%"),
        (["Biểu số 9", "Đơn vị: 1000 giường"], "1000 giường"),
        (["Đơn vị tính: lượt"], ""),
        (["Đơn vị tính"], ""),
        (["Đơn vị: Triệu Phong"], ""),
        (["Đơn vị báo cáo", "Tỷ lệ"], ""),
        (["Bệnh viện Quận 1"], ""),
    ],
)
def test_units_that_titles_state(cells: list[str], unit: str) -> None:
    assert scaled_unit(tuple(cells)) == unit


def test_a_figure_that_is_kept_counts_as_its_sheet_does() -> None:
    rule = Rule("PART_EXCEEDS_TOTAL", "at_most", "outpatient_visits_female", ("outpatient_visits",), "error")
    form = replace(definitions().forms["bieu9"], title_units=("nghìn lượt",), rules=(rule,))
    known = replace(definitions(), forms={"bieu9": form})
    cells = {"outpatient_visits": "1,1", "outpatient_visits_female": "1,2"}
    reading = taken(known, "Đơn vị tính: nghìn lượt", **cells)
    (finding,) = [one for one in reading.findings if one.code == rule.code]
    kept = Decision(
        *("", finding.sheet, finding.cell, finding.code, finding.facility, finding.period),
        *("keep", 12_000, "Lan", datetime(2026, 9, 1), "đúng là thế"),
    )
    Answers("", Decisions.of([kept]), known.elements).carry_out(reading)
    assert values(reading, "outpatient_visits_female") == [1200]


@pytest.mark.parametrize(("code", "value"), [("0.0%", 95.5), ("0.000", 0.955)])
def test_a_figure_in_percent_is_what_its_cell_shows(code: str, value: float) -> None:
    share = replace(definitions().elements["referrals_out"], kind="ratio", type="decimal", unit={"vi": "%", "en": "%"})
    known = replace(definitions(), elements={**definitions().elements, "referrals_out": share})
    book = openpyxl.load_workbook(io.BytesIO(xlsx(Sheet([facility(1, NAME, changed(referrals_out=0.955))]))))
    (cell,) = [cell for row in book.active.iter_rows() for cell in row if cell.value == 0.955]
    cell.number_format = code
    book.save(out := io.BytesIO())
    reading = read_submission("bieu9.xlsx", out.getvalue(), context(known))
    assert (codes(reading), values(reading, "referrals_out")) == ([], [value])
