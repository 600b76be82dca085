"""Mistakes that sums do not catch, each in a world of one facility whose months a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from healthstats.domain.period import Period
from healthstats.domain.reading import Reading, Report
from healthstats.intake.judging.draft import Draft
from healthstats.intake.mistakes import question
from healthstats.intake.mistakes.cube import NOWHERE
from healthstats.store.history import History
from healthstats.words import LANGUAGES, say
from tests.submissions.bieu9 import FIGURES, definitions

CODES = [code for code, element in definitions().elements.items() if element.form == "bieu9"]
USUAL = dict(zip(CODES, FIGURES, strict=True))
SWING = (98, 91, 103, 99, 104, 101, 97, 102, 105, 100, 96, 107)
"""Each month's activity, in percent."""
STOCKS = ("facilities", "beds_planned", "beds_actual")
Figures = Mapping[str, int]


def month(number: int, **changed: int) -> dict[str, int]:
    """The usual figures of the month, a little different each month and each column, and growing by 6% a year."""
    wobble = {code: SWING[(number * 5 + place * 7) % 12] - 100 for place, code in enumerate(CODES)}
    figures = {
        code: usual
        if code in STOCKS
        else usual * SWING[number % 12] * (100 + wobble[code] // 3) * (200 + number) // 2_000_000
        for code, usual in USUAL.items()
    }
    return figures | changed


def period(number: int) -> str:
    """January of 2022 is 0."""
    return Period("month", 2022 + number // 12, number % 12 + 1).code


def reading(months: Mapping[int, Figures], facility: str = "79001") -> Reading:
    """One file with a row a month, its cells B to V."""
    draft = Draft("xlsx")
    for row, (number, figures) in enumerate(months.items(), start=1):
        report = draft.open(Report("bieu9", "23/2025", facility, None, period(number), "S"))
        for column, (code, value) in enumerate(figures.items(), start=2):
            draft.accept(report, draft.element(code), (row, column), value * 10_000)
    return draft.reading()


def found(*readings: Reading) -> list[tuple[str, str | None, str]]:
    """(code, period, cell) of each finding; every one is a warning that both languages can tell."""
    asked = question(readings, definitions(), [])
    assert asked is not None
    findings = [finding for one in asked.answer(None, date(2026, 8, 1)) for finding in one.findings]
    assert {finding.severity for finding in findings} <= {"warning"}
    for lang in LANGUAGES:
        assert all(say(f"finding.{finding.code}", lang, **finding.params) for finding in findings)
    return [(finding.code, finding.period, finding.cell) for finding in findings]


def year(**changed: Figures) -> dict[int, Figures]:
    """Two years, with some months (`m14=…`) as said."""
    return {number: changed.get(f"m{number}", month(number)) for number in range(24)}


def cell(number: int, element: str) -> str:
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[CODES.index(element) + 1]}{number + 1}"


def test_two_ordinary_years_say_nothing() -> None:
    assert found(reading(year())) == []


def test_the_same_figures_as_last_month() -> None:
    assert found(reading(year(m14=month(13)))) == [("SAME_AS_LAST_MONTH", "2023-03", "")]


@pytest.mark.parametrize("other", [2, 6, 11])
def test_one_month_pasted_into_another(other: int) -> None:
    assert found(reading(year(m14=month(14 - other)))) == [("MONTH_COPIED", "2023-03", "")]


def test_a_copy_with_a_mended_cell_is_a_copy() -> None:
    assert found(reading(year(m14=month(13) | {"lab_tests": 4011}))) == [("SAME_AS_LAST_MONTH", "2023-03", "")]


def test_small_counts_are_alike_by_chance() -> None:
    small = dict.fromkeys(CODES, 3)
    assert found(reading({0: small, 1: small})) == []


@pytest.mark.parametrize(
    ("element", "factor", "suggestion"),
    [("outpatient_visits", 10, True), ("lab_tests", 100, True), ("inpatient_days", 1000, True)],
)
def test_a_figure_times_ten_a_hundred_a_thousand(element: str, factor: int, suggestion: bool) -> None:
    wrong = reading(year(m15=month(15) | {element: month(15)[element] * factor}))
    assert found(wrong) == [("SCALE", "2023-04", cell(15, element))]
    asked = question([wrong], definitions(), [])
    assert asked is not None
    (finding,) = asked.answer(None, date(2026, 8, 1))[0].findings
    assert finding.suggestion == str(month(15)[element])


@pytest.mark.parametrize(("element", "divisor"), [("outpatient_visits", 10), ("lab_tests", 100), ("lab_tests", 1000)])
def test_a_digit_dropped(element: str, divisor: int) -> None:
    wrong = year(m15=month(15) | {element: month(15)[element] // divisor})
    assert found(reading(wrong)) == [("SCALE", "2023-04", cell(15, element))]


def test_a_thousand_counted_as_one() -> None:
    """1,425 in thousands is 1: what stood behind it is anything below 2,000."""
    assert month(15)["inpatient_days"] > 1000
    thousands = month(15)["inpatient_days"] // 1000
    assert found(reading(year(m15=month(15) | {"inpatient_days": thousands}))) == [
        ("SCALE", "2023-04", cell(15, "inpatient_days"))
    ]


def test_a_stock_needs_no_size_to_be_known() -> None:
    """One facility is one facility, month after month: ten of them are a slip of the hand."""
    assert found(reading(year(m15=month(15) | {"facilities": 10}))) == [("SCALE", "2023-04", cell(15, "facilities"))]


def test_two_months_that_agree_are_enough_for_a_digit_too_many() -> None:
    wrong = month(2) | {"lab_tests": month(2)["lab_tests"] * 10}
    assert found(reading({0: month(0), 1: month(1), 2: wrong})) == [("SCALE", "2022-03", cell(2, "lab_tests"))]


@pytest.mark.parametrize("element", ["outpatient_visits_insured", "beds_actual", "facilities"])
def test_a_zero_where_there_always_were_many(element: str) -> None:
    assert found(reading(year(m15=month(15) | {element: 0}))) == [("ZERO_WHERE_USUAL", "2023-04", cell(15, element))]


def test_a_machine_that_stands_still_is_asked_about_once() -> None:
    """Month by month, as it came: the second month without an X-ray needs no answer again."""
    still = {number: month(number) | {"xrays": 0} for number in (15, 16)}
    first = {number: still.get(number, month(number)) for number in range(16)}
    assert found(reading(first)) == [("ZERO_WHERE_USUAL", "2023-04", cell(15, "xrays"))]
    assert found(reading(first | {16: still[16]})) == []


def test_a_zero_among_small_counts_is_chance() -> None:
    small = {number: month(number) | {"mri_scans": 4} for number in range(24)}
    assert found(reading(small | {15: small[15] | {"mri_scans": 0}})) == []


def test_twice_the_usual_is_no_slip_of_a_digit() -> None:
    assert found(reading(year(m15=month(15) | {"lab_tests": month(15)["lab_tests"] * 2}))) == []


def test_a_month_in_which_everything_fell_is_told_by_nobody() -> None:
    """A facility that closed for three weeks is no mistake."""
    fell = {code: value // 4 for code, value in month(15).items() if code not in STOCKS}
    assert found(reading(year(m15=month(15) | fell))) == []


def test_a_whole_report_in_thousands_of_the_unit() -> None:
    large = {code: value if value < 60 else value * 100 for code, value in month(15).items()}
    assert ("SCALE_OF_REPORT", "2023-04", "") in found(reading(year(m15=large)))


def test_two_siblings_exchanged() -> None:
    right = month(15)
    wrong = right | {"xrays": right["ct_scans"], "ct_scans": right["xrays"]}
    assert found(reading(year(m15=wrong))) == exchanged("xrays", "ct_scans")


def exchanged(*elements: str) -> list[tuple[str, str, str]]:
    """Told at both cells, in April of the second year."""
    return [("SIBLINGS_EXCHANGED", "2023-04", cell(15, element)) for element in elements]


def test_parts_that_are_nearly_the_whole_are_known_by_their_shares() -> None:
    """Seven in ten are insured and six in ten women, every month: the other way round is told however busy it was."""
    shares = {n: month(n) | {f"outpatient_visits_{name}": month(n)["outpatient_visits"] * pct // 100
              for name, pct in (("female", 60), ("insured", 70))} for n in range(24)}  # fmt: skip
    one, other = "outpatient_visits_female", "outpatient_visits_insured"
    wrong = shares[15] | {one: shares[15][other], other: shares[15][one]}
    assert found(reading(shares)) == []
    assert found(reading(shares | {15: wrong})) == exchanged(one, other)


def shared(total: int, female: int, insured: int) -> dict[str, int]:
    """Of so many visits, so many percent by women and of insured people."""
    parts = {
        f"outpatient_visits_{name}": total * pct // 100 for name, pct in (("female", female), ("insured", insured))
    }
    return {"outpatient_visits": total, **parts}


def test_a_busy_month_hides_no_exchange_of_parts() -> None:
    """A fifth more visits than usual beside the other columns: by their counts each of the two is as likely there."""
    right = {n: month(n) | shared(month(n)["outpatient_visits"], 60, 70) for n in range(24)}
    busy = right[15]["outpatient_visits"] * 6 // 5
    assert found(reading(right | {15: month(15) | shared(busy, 60, 70)})) == []
    wrong = month(15) | shared(busy, 70, 60)
    assert found(reading(right | {15: wrong})) == exchanged("outpatient_visits_female", "outpatient_visits_insured")


def test_the_parts_of_a_busy_total_are_no_slip_of_a_digit() -> None:
    """Visits that swing fourfold from month to month, and once seven times the usual: of them 66% and 70% as ever."""
    right = {n: month(n) | shared(10_000 * (1, 2, 4)[n % 3], 66, 70) for n in range(24)}
    assert found(reading(right | {15: month(15) | shared(140_000, 66, 70)})) == []


def test_beds_that_stand_still_are_told_by_one_bed() -> None:
    """Planned 5, there 6; then planned 6, there 5; and the month that puts it right is no mistake."""
    right = {n: month(n) | {"beds_planned": 5, "beds_actual": 6} for n in range(24)}
    wrong = right[15] | {"beds_planned": 6, "beds_actual": 5}
    assert found(reading(right | {15: wrong})) == exchanged("beds_planned", "beds_actual")
    assert found(reading(right | {n: right[n] | {"beds_actual": 7} for n in range(15, 24)})) == []
    stays = found(reading(right | {n: right[n] | {"beds_planned": 6, "beds_actual": 5} for n in range(15, 24)}))
    assert [period for _, period, _ in stays[::2]] == ["2023-04", "2023-05", "2023-06", "2023-07"]


@pytest.mark.parametrize("number", [14, 17, 21])
def test_a_running_total_in_a_monthly_form(number: int) -> None:
    flows = [code for code in CODES if definitions().elements[code].kind == "flow"]
    total = {code: sum(month(n)[code] for n in range(12, number + 1)) for code in flows}
    assert found(reading(year(**{f"m{number}": month(number) | total}))) == [
        ("CUMULATIVE_IN_MONTHLY", period(number), "")
    ]


def test_running_totals_all_year_are_told_each_month_but_in_january() -> None:
    flows = [code for code in CODES if definitions().elements[code].kind == "flow"]
    wrong = {
        f"m{number}": month(number) | {code: sum(month(n)[code] for n in range(12, number + 1)) for code in flows}
        for number in range(12, 18)
    }
    months = {n: one for n, one in year(**wrong).items() if n < 18}
    assert [(code, period) for code, period, _ in found(reading(months))] == [
        ("CUMULATIVE_IN_MONTHLY", period(number)) for number in range(13, 18)
    ]


def test_a_total_built_from_overlapping_parts() -> None:
    right = month(15)
    parts = ("outpatient_visits_female", "outpatient_visits_insured", "outpatient_visits_under15")
    wrong = right | {"outpatient_visits": sum(right[part] for part in parts)}
    expected = [("TOTAL_OF_DISJOINT_PARTS", "2023-04", cell(15, "outpatient_visits"))]
    assert found(reading(year(m15=wrong))) == expected
    assert [code for code, _, _ in found(reading({15: wrong}))] == ["TOTAL_OF_DISJOINT_PARTS"]


def test_a_sum_of_parts_that_a_small_total_often_is_says_nothing() -> None:
    """Of thirty-odd visits every tenth is some sum of its parts."""
    small = {n: month(n) | {"outpatient_visits": 34 + n % 3, "outpatient_visits_female": 18 + n % 2,
             "outpatient_visits_insured": 15, "outpatient_visits_traditional": 2, "outpatient_visits_under15": 6}
             for n in range(24)}  # fmt: skip
    assert found(reading(small)) == []


def test_without_a_past_nothing_but_copies_and_sums_is_asked() -> None:
    assert found(reading({0: month(0), 1: month(1) | {"lab_tests": 40_000}})) == []


def test_files_of_one_run_are_judged_against_each_other() -> None:
    """Twelve files taken in at once, one facility of two wrong in one of them."""
    files: Sequence[Reading] = [
        *(reading({n: month(n)}, "79001") for n in range(12)),
        *(reading({n: month(3) if n == 4 else month(n)}, "79002") for n in range(12)),
    ]
    assert found(*files) == [("SAME_AS_LAST_MONTH", "2022-05", "")]


def test_two_forms_of_a_facility_have_each_their_own_past() -> None:
    """History is asked of both at once: a figure of one is no past of the other."""
    wards = ("ward_beds", "ward_admissions")
    draft = Draft("xlsx")
    report = draft.open(Report("bieu031", "03.1-ĐT", "79001", None, period(6), "S"))
    for column, code in enumerate(wards, start=1):
        draft.item(draft.accept(report, draft.element(code), (1, column), 300_000), "Khoa Nội")
    asked = question([reading({6: month(6)}), draft.reading()], definitions(), [])
    assert asked is not None
    place = {code: number for number, code in enumerate(asked.asked.elements)}
    past = [(n, place[code], 0, value) for n in range(6) for code, value in month(n).items()]
    past += [(n, place[code], 1, 30 * 10) for n in range(6) for code in wards]
    months, elements, items, values = (np.array(column, np.int64) for column in zip(*past, strict=True))
    owner = np.zeros(len(past), np.int64)
    columns = {
        "owner": owner,
        "month": months + 2022 * 12,
        "element": elements,
        "item": items,
        "value": values * 10_000,
    }
    told = asked.answer(History(columns, ("", "Khoa Nội")), date(2026, 8, 1))
    assert [[finding.code for finding in one.findings] for one in told] == [[], ["SCALE", "SCALE"]]


@pytest.mark.parametrize(("start", "codes"), [(34, []), (31, ["START_NOT_LAST_END"])])
def test_a_ward_starts_with_whom_it_ended(start: int, codes: list[str]) -> None:
    draft = Draft("xlsx")
    for row, (number, first, last) in enumerate([(0, 30, 34), (1, start, 36)], start=1):
        report = draft.open(Report("bieu031", "03.1-ĐT", "79001", None, period(number), "S"))
        for column, (code, value) in enumerate((("ward_patients_start", first), ("ward_patients_end", last)), start=1):
            place = draft.accept(report, draft.element(code), (row, column), value * 10_000)
            draft.item(place, "Khoa Nội")
    assert found(draft.reading()) == [(code, "2022-02", "A2") for code in codes]


DISEASES: Mapping[str, Sequence[int]] = {
    "Cúm": (1060, 1112, 1003, 1119, 1012, 1090, 1178, 1293, 1071, 1110, 981, 1044),
    "Tiêu chảy": (431, 402, 455, 470, 498, 512, 466, 430, 447, 425, 418, 440),
    "Lỵ trực trùng": (71, 66, 80, 75, 82, 90, 77, 85, 79, 73, 70, 68),
    "Rubella": (0, 0, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    "Sốt xuất huyết": (4, 5, 4, 6, 9, 40, 160, 410, 380, 90, 22, 8),
}
"""Cases of a province in twelve months: four diseases as always, and an epidemic that comes and goes."""


def province(**changed: tuple[int, int]) -> Reading:
    """A sheet a disease, its months in columns; `Cúm=(4, 101)` says 101 in May."""
    draft = Draft("xls")
    for disease, months in DISEASES.items():
        at, value = changed.get(disease.replace(" ", "_"), (NOWHERE, 0))
        for number, cases in enumerate(months):
            report = draft.open(Report("disease_yearbook", "months-cases-deaths", None, "38", period(number), disease))
            said = value if number == at else cases
            draft.item(draft.accept(report, draft.element("cases"), (3, 2 + number), said * 10_000), disease)
    return draft.reading()


def test_an_epidemic_of_a_province_is_no_mistake() -> None:
    assert found(province()) == []


def cases(*months: int) -> Reading:
    """One disease of one province."""
    draft = Draft("xls")
    for number, told in enumerate(months):
        report = draft.open(Report("disease_yearbook", "months-cases-deaths", None, "38", period(number), "Cúm"))
        draft.item(draft.accept(report, draft.element("cases"), (3, 2 + number), told * 10_000), "Cúm")
    return draft.reading()


def test_an_epidemic_of_ten_times_the_usual_is_no_slip_of_a_digit() -> None:
    """It comes and goes over months; one month by itself is asked about."""
    steady = 1060, 1112, 1003, 1119, 1012, 1090, 1178, 1093
    assert found(cases(*steady, 4200, 10_300, 5100, 1044)) == []
    assert found(cases(*steady, 1071, 10_300, 981, 1044)) == [("SCALE", "2022-10", "K3")]


@pytest.mark.parametrize("least", [None, 0])
def test_a_series_that_never_changes_says_nothing_until_it_does(least: int | None) -> None:
    """Nothing swings, and where a workspace trusts that (`least`), a deviation is divided by none."""
    assert found(cases(*[100] * 12)) == found(cases(*[0] * 12)) == found(cases(*[0] * 11, 100)) == []
    assert found(cases(*[100] * 8, 1000, 100, 100, 100)) == [("SCALE", "2022-09", "J3")]
    trusted = definitions()
    if least is not None and trusted.mistakes:
        trusted = replace(trusted, mistakes=replace(trusted.mistakes, least_spread_pct=0, least_stock_spread_pct=0))
    constant = {n: month(n) | {"beds_actual": 50, "lab_tests": 4000} for n in range(24)}
    for element, wrong in (("", []), ("beds_actual", ["SCALE"]), ("lab_tests", ["SCALE"])):
        changed = {element: 10 * constant[15][element]} if element else {}
        asked = question([reading(constant | {15: constant[15] | changed})], trusted, [])
        assert asked is not None
        told = asked.answer(None, date(2026, 8, 1))[0].findings
        assert [(one.code, one.cell) for one in told] == [(code, cell(15, element)) for code in wrong]


def test_a_digit_dropped_in_a_province() -> None:
    wrong = province(Cúm=(4, 101))
    assert found(wrong) == [("SCALE", "2022-05", "F3")]
    asked = question([wrong], definitions(), [])
    assert asked is not None
    (finding,) = asked.answer(None, date(2026, 8, 1))[0].findings
    assert (finding.sheet, finding.facility, finding.params["facility"]) == ("Cúm", None, "Tỉnh Thanh Hóa")


def test_a_figure_on_the_sheet_beside() -> None:
    """Influenza 0 and rubella 1,139, where it is the other way round in every other month: told at both."""
    wrong = province(Cúm=(6, 0), Rubella=(6, 1139))
    assert [code for code, _, _ in found(wrong)] == ["ITEMS_EXCHANGED"] * 2
    asked = question([wrong], definitions(), [])
    assert asked is not None
    one, other = asked.answer(None, date(2026, 8, 1))[0].findings
    assert (one.sheet, one.text, one.suggestion) == ("Cúm", "0", "1139")
    assert (other.sheet, other.text, other.suggestion) == ("Rubella", "1139", "0")
    assert (one.params["item"], one.params["other_item"]) == ("Cúm", "Rubella")


def test_a_province_that_sends_last_month_again() -> None:
    again = {disease.replace(" ", "_"): (7, months[6]) for disease, months in DISEASES.items()}
    assert found(province(**again)) == [("SAME_AS_LAST_MONTH", "2022-08", "")]
