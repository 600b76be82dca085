"""The long CSV: every record is accepted, quarantined, rejected or blank, and none is dropped in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthstats.definitions import load
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.period import Period
from healthstats.domain.reading import Reading
from healthstats.intake.context import Context, Hints
from healthstats.intake.csvfiles import longtally, records
from healthstats.intake.csvfiles.longcsv import read_long_csv
from healthstats.intake.names import NameIndex
from healthstats.words import say

ROOT = Path(__file__).parents[2]
HEADER = "facility,period,element,value\n"
SPELLS = tuple(
    FacilitySpell(code, name, "79", first, last, None, None, {})
    for code, name, first, last in (
        ("79001", "Bệnh viện Quận 1", None, None),
        ("01C51", "Trạm y tế Hòa Bình", None, None),
        ("79020", "Phòng khám Cũ", None, date(2020, 12, 31)),
    )
)


@cache
def definitions() -> Definitions:
    return replace(load(ROOT), facilities=SPELLS)


def context(name: str = "BC.csv", **hints: str | Period) -> Context:
    return Context(definitions(), NameIndex.of(SPELLS, ()), Hints(**hints), name)  # type: ignore[arg-type]


def read(text: str, name: str = "BC.csv", **hints: str | Period) -> Reading:
    reading = read_long_csv(text, context(name, **hints))
    assert reading is not None
    counts = reading.counts
    assert counts.found == counts.accepted + counts.quarantined + counts.rejected + counts.blank
    assert counts.accepted == sum(reading.observations.accepted)
    assert counts.accepted + counts.quarantined == len(reading.observations)
    for finding in reading.findings:
        for lang in ("vi", "en"):
            assert "{" not in say(f"finding.{finding.code}", lang, **finding.params)
            assert say(f"title.{finding.code}", lang)
    return reading


def cells(reading: Reading) -> list[tuple[str, str, int, float | None]]:
    seen = reading.observations
    return [
        (
            str(reading.reports[seen.report[at]].facility),
            reading.elements[seen.element[at]],
            seen.row[at],
            seen.value[at] / 10_000 if seen.accepted[at] else None,
        )
        for at in range(len(seen))
    ]


def counts(reading: Reading) -> tuple[int, int, int, int]:
    found = reading.counts
    return found.accepted, found.quarantined, found.rejected, found.blank


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in reading.findings]


def test_records_become_reports_in_order_of_appearance() -> None:
    reading = read(
        HEADER + "01C51,2026-08,outpatient_visits,120\n"
        "79001,2026-08,outpatient_visits,340\n"
        "01C51,2026-08,outpatient_visits_female,70\n"
        "01C51,2026-07,outpatient_visits,110\n"
    )
    assert [(r.form, r.edition, r.facility, r.period, r.replaces) for r in reading.reports] == [
        ("bieu9", "23/2025", "01C51", "2026-08", "elements"),
        ("bieu9", "23/2025", "79001", "2026-08", "elements"),
        ("bieu9", "23/2025", "01C51", "2026-07", "elements"),
    ]
    assert cells(reading) == [
        ("01C51", "outpatient_visits", 2, 120),
        ("79001", "outpatient_visits", 3, 340),
        ("01C51", "outpatient_visits_female", 4, 70),
        ("01C51", "outpatient_visits", 5, 110),
    ]
    assert set(reading.observations.column) == {4}
    assert (told(reading), reading.verdict) == ([], "accepted")


@pytest.mark.parametrize(
    "text",
    [
        "facility,period,element,value\n79001,2026-08,outpatient_visits,1234\n",
        "Cơ sở;Kỳ;Chỉ tiêu;Giá trị\r\nBệnh viện Quận 1;T8/2026;Lượt khám chữa bệnh ngoại trú;1.234\r\n",
        "GIÁ TRỊ\tCHỈ TIÊU\tTHÁNG\tMÃ CSKCB\n1234\toutpatient_visits\tTháng 8 năm 2026\t79001\n",
        "value|element|period|facility\r1234|Outpatient visits|2026-08|BENH VIEN QUAN 1\r",
        '\n\n"facility","period","element","value"\n\n"79001","2026-08","outpatient_visits","1234"\n\n',
        "Mã CSKCB,Tên cơ sở,Kỳ,Chỉ tiêu,Giá trị\n79001,Bệnh viện Quận 1,2026-08,outpatient_visits,1234\n",
        "form,facility,period,element,value\nbieu9,79001,2026-08,outpatient_visits,1234\n",
    ],
)
def test_headings_in_any_order_language_and_delimiter(text: str) -> None:
    reading = read(text)
    assert [cell[:2] + cell[3:] for cell in cells(reading)] == [("79001", "outpatient_visits", 1234)]
    assert [report.period for report in reading.reports] == ["2026-08"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "a,b,c,d\n1,2,3,4\n", "facility,period,outpatient_visits\n79001,2026-08,5\n"]
)
def test_another_header_is_not_a_long_one(text: str) -> None:
    assert read_long_csv(text, context()) is None


def test_what_the_file_does_not_say_the_command_line_may() -> None:
    text = "element,value\noutpatient_visits,5\n"
    assert read_long_csv(text, context()) is None
    reading = read(text, facility="79001", period=Period("month", 2026, 8))
    assert [(report.facility, report.period) for report in reading.reports] == [("79001", "2026-08")]


def test_what_contradicts_the_command_line_is_rejected() -> None:
    text = HEADER + "79001,2026-08,outpatient_visits,5\n01C51,2026-07,outpatient_visits,5\n"
    assert told(read(text, period=Period("month", 2026, 8))) == [("PERIOD_CONTRADICTS", "B3")]
    assert told(read(text, facility="79001")) == [("FACILITY_CONTRADICTS", "A3")]
    assert told(read(text, form="other")) == [("UNKNOWN_ELEMENT", "C2")]


def test_the_declared_revision_is_that_of_the_file_name() -> None:
    reading = read(HEADER + "79001,2026-08,outpatient_visits,5\n", name="BC_T8 sửa lần 2.csv")
    assert [report.declared_revision for report in reading.reports] == [2]


@pytest.mark.parametrize(
    ("record", "code", "cell"),
    [
        ("79999,2026-08,outpatient_visits,5", "UNKNOWN_FACILITY", "A3"),
        ("79001 - Trạm y tế Hòa Bình,2026-08,outpatient_visits,5", "FACILITY_CONTRADICTS", "A3"),
        (",2026-08,outpatient_visits,5", "FACILITY_MISSING", "A3"),
        ("79001,hôm qua,outpatient_visits,5", "PERIOD_MISSING_IN_ROW", "B3"),
        ("79001,,outpatient_visits,5", "PERIOD_MISSING_IN_ROW", "B3"),
        ("79001,2001-08,outpatient_visits,5", "EDITION_NOT_IN_FORCE", "B3"),
        ("79001,2026-08,outpatient_visitz,5", "UNKNOWN_ELEMENT", "C3"),
        ("79001,2026-08,,5", "UNKNOWN_ELEMENT", "C3"),
        ("79001,2026-08,outpatient_visits", "RAGGED_RECORD", "A3"),
        ("79001,2026-08,outpatient_visits,1,234", "RAGGED_RECORD", "A3"),
    ],
)
def test_a_record_that_no_report_can_hold_is_rejected_alone(record: str, code: str, cell: str) -> None:
    good = "79001,2026-08,xrays,5\n"
    reading = read(HEADER + good + record + "\n" + good.replace("xrays", "ct_scans"))
    assert counts(reading) == (2, 0, 1, 0)
    assert told(reading) == [(code, cell)]
    assert [place for *_, place, _ in cells(reading)] == [2, 4]


def test_one_unknown_name_is_one_finding_with_its_records_counted() -> None:
    reading = read(HEADER + "Bệnh viện Quận 11,2026-08,xrays,5\n" + "Bệnh viện Quận 11,2026-08,ct_scans,5\n")
    (finding,) = reading.findings
    assert (finding.code, finding.cell, finding.params["records"]) == ("UNKNOWN_FACILITY", "A2", 2)
    assert finding.suggestion.startswith("79001 Bệnh viện Quận 1 (")
    assert [(who.code, who.name) for who in reading.unknown] == [("", "Bệnh viện Quận 11")]
    assert (reading.counts.rejected, reading.verdict) == (2, "quarantined")


def test_an_unknown_element_gets_suggestions() -> None:
    (finding,) = read(HEADER + "79001,2026-08,outpatient visit,5\n").findings
    assert "outpatient_visits" in finding.suggestion


def test_a_bound_counts_and_says_so() -> None:
    reading = read(HEADER + "79001,2026-08,xrays,<5\n79001,2026-08,ct_scans,7 lần\n")
    assert cells(reading) == [("79001", "xrays", 2, 5), ("79001", "ct_scans", 3, 7)]
    assert reading.observations.qualifier == {0: "≤"}
    assert [(one.code, one.cell, one.text) for one in reading.findings] == [("QUALIFIED", "D2", "<5")]


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("-5", "NEGATIVE", ""),
        ("1.42", "NOT_AN_INTEGER", ""),
        ("１２", "NOT_A_NUMBER", "12"),
        ("(5)", "IN_BRACKETS", "5"),
    ],
)
def test_a_cells_own_fault_quarantines_it_and_its_report_stays(value: str, code: str, suggestion: str) -> None:
    reading = read(HEADER + f"79001,2026-08,xrays,{value}\n79001,2026-08,ct_scans,7\n")
    assert cells(reading) == [("79001", "xrays", 2, None), ("79001", "ct_scans", 3, 7)]
    (finding,) = reading.findings
    assert (finding.code, finding.cell, finding.text, finding.suggestion) == (code, "D2", value, suggestion)
    assert (finding.facility, finding.period, finding.element) == ("79001", "2026-08", "xrays")
    assert reading.verdict == "quarantined"


@pytest.mark.parametrize("value", ["", "..", "****"])
def test_a_blank_value_is_blank_and_never_zero(value: str) -> None:
    assert counts(read(HEADER + f"79001,2026-08,xrays,{value}\n79001,2026-08,ct_scans,0\n")) == (1, 0, 0, 1)


def test_text_is_kept_only_where_it_differs_from_the_value() -> None:
    reading = read(HEADER + "79001,2026-08,xrays,1.234\n79001,2026-08,ct_scans,1234\n")
    assert reading.observations.text == {0: "1.234"}


def test_two_values_for_one_figure_are_both_quarantined() -> None:
    rows = ["79001,2026-08,xrays,5", "79001,2026-08,ct_scans,7", "Bệnh viện Quận 1,T8/2026,Lần chụp X quang,6"]
    reading = read(HEADER + "\n".join(rows))
    assert counts(reading) == (1, 2, 0, 0)
    assert told(reading) == [("RECORD_TWICE", "D2"), ("RECORD_TWICE", "D4")]
    assert reading.observations.text == {0: "5", 2: "6"}


def test_rivals_are_found_however_far_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "RECORDS_AT_ONCE", 2)
    lines = [f"79001,2026-{month:02d},xrays,5\n" for month in (1, 2, 3, 4, 5)]
    reading = read(HEADER + "".join(lines) + "79001,2026-01,xrays,6\n79001,2026-06,xrays,6\n")
    assert (counts(reading), told(reading)) == ((5, 2, 0, 0), [("RECORD_TWICE", "D2"), ("RECORD_TWICE", "D7")])


def test_the_same_figure_said_twice_counts_once() -> None:
    reading = read(HEADER + "79001,2026-08,xrays,5\n" * 2 + "79001,2026-08,xrays,5.0\n")
    assert counts(reading) == (1, 0, 0, 2)
    assert told(reading) == [("RECORD_REPEATED", "D2")] * 2


def test_a_third_record_that_repeats_one_of_two_rivals_changes_nothing() -> None:
    for third in ("5", "6"):
        reading = read(HEADER + "79001,2026-08,xrays,5\n79001,2026-08,xrays,6\n" + f"79001,2026-08,xrays,{third}\n")
        assert reading.counts.accepted == 0


def test_records_of_different_items_are_different_figures() -> None:
    reading = read("facility,period,item,element,value\n79001,2026-08,A,xrays,5\n79001,2026-08,B,xrays,6\n")
    assert (counts(reading), len(reading.reports)) == ((2, 0, 0, 0), 1)
    assert reading.observations.item == {0: "A", 1: "B"}


def test_rules_are_asked_across_records_wherever_they_stand() -> None:
    reading = read(
        HEADER + "79001,2026-08,outpatient_visits_female,90\n"
        "01C51,2026-08,outpatient_visits,50\n"
        "79001,2026-08,outpatient_visits,80\n"
    )
    assert told(reading) == [("PART_EXCEEDS_TOTAL", "D2")]
    assert counts(reading) == (3, 0, 0, 0)


def test_a_report_of_a_closed_facility_counts_and_is_told() -> None:
    reading = read(HEADER + "79020,2026-08,xrays,5\n79020,2026-08,ct_scans,5\n")
    assert (counts(reading), [code for code, _ in told(reading)]) == ((2, 0, 0, 0), ["UNEXPECTED_REPORT"])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEADER + '79001,2026-08,xrays,5\n79001,2026-08,"ct_scans,7\n79001,2026-08,mri_scans,7\n', "CSV_QUOTE", 3),
        (HEADER + '79001,2026-08,xrays,5\n79001,"2026-08"x,ct_scans,7\n', "CSV_QUOTE", 3),
        (HEADER + "79001,2026-08,xrays,5\n79001,2026-08,ct_scans,7\0\n", "CSV_NUL", 3),
        (HEADER, "CSV_NO_RECORDS", 1),
        (HEADER + "\n\n", "CSV_NO_RECORDS", 1),
        ("facility,period,element,value,value\n79001,2026-08,xrays,5,6\n", "CSV_HEADING_TWICE", 1),
        ("facility,period,tháng,element,value\n79001,2026-08,,xrays,5\n", "CSV_HEADING_TWICE", 1),
        ("facility,period,element,value,ghi chú,Ghi Chú\n79001,2026-08,xrays,5,,\n", "CSV_HEADING_TWICE", 1),
    ],
)
def test_what_is_no_csv_is_refused_whole_with_the_line(text: str, code: str, line: int) -> None:
    reading = read(text)
    assert (reading.counts.found, told(reading)) == (0, [(code, f"A{line}")])


def test_other_columns_are_counted_and_named() -> None:
    reading = read("facility,period,element,value,Ghi chú\n79001,2026-08,xrays,5,ước\n79001,2026-08,ct_scans,5,\n")
    assert (reading.counts.ignored, told(reading)) == (1, [("IGNORED_COLUMN", "E1")])


def test_line_numbers_hold_across_breaks_within_fields_and_empty_lines() -> None:
    reading = read(HEADER + '79001,2026-08,"xrays\n",5\r\n\r\n,,,\n79001,2026-08,ct_scans,?\n')
    assert [place for *_, place, _ in cells(reading)] == [2, 6]


def test_many_ragged_records_are_told_in_number() -> None:
    reading = read(HEADER + "79001,2026-08,xrays\n" * (longtally.MOST_RAGGED + 5))
    assert reading.counts.rejected == longtally.MOST_RAGGED + 5
    assert len(reading.findings) == longtally.MOST_RAGGED + 1
    assert reading.findings[-1].params == {"records": longtally.MOST_RAGGED + 5}


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["79001", "01C51", "Bệnh viện Quận 1", "79999", ""]),
        st.sampled_from(["2026-08", "T8/2026", "2026-07", "?"]),
        st.sampled_from(["xrays", "Lần chụp X quang", "ct_scans", "none"]),
        st.sampled_from(["5", "6", "7", "1.234", "", "x", "-1", "5,0"]),
    ),
    max_size=12,
)


@given(RECORDS)
def test_quick_and_slow_ways_agree_and_conserve(written: list[tuple[str, str, str, str]]) -> None:
    """A record that cannot be read sends its neighbours the slow way: it must change nothing about them."""

    def judged(extra: str) -> Mapping[tuple[str, str, int], float | None]:
        lines = [";".join(record) for record in written]
        reading = read("facility;period;element;value\n" + "\n".join([*lines, extra]))
        assert reading.counts.found == len(written) + 1
        return {cell[:3]: cell[3] for cell in cells(reading) if cell[2] <= len(written) + 1}

    assert judged("79001;2026-01;xrays;5") == judged("79999;2026-01;xrays;5")


def test_a_file_without_one_figure_says_so() -> None:
    reading = read(HEADER + "79001,2026-08,xrays,\n79001,2026-08,ct_scans,\n", name="BC trống.csv")
    assert (counts(reading), told(reading)) == ((0, 0, 0, 2), [("REPORT_EMPTY", "A1")])


def test_a_code_with_quite_another_name_holds_and_is_said_once() -> None:
    reading = read(HEADER + "79001 - Kho thuốc,2026-08,xrays,5\n79001 - Kho thuốc,2026-07,xrays,6\n")
    assert (counts(reading), told(reading)) == ((2, 0, 0, 0), [("CODE_NAME_DIFFER", "")])


def test_an_unknown_facility_near_nobody() -> None:
    reading = read(HEADER + "- Xyz,2026-08,xrays,5\nTổng cộng,2026-08,xrays,5\n")
    assert [finding.params["suggestions"] for finding in reading.findings] == ["–", "–"]
    assert [unknown.name for unknown in reading.unknown] == ["Xyz"]


def test_a_cumulative_period_in_a_record_is_no_month() -> None:
    reading = read(HEADER + "79001,lũy kế đến tháng 8 năm 2026,xrays,5\n")
    assert told(reading) == [("PERIOD_MISSING_IN_ROW", "B2")]
