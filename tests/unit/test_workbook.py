"""A workbook's bytes → its reading: whose figures, of when, and where every cell went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pytest

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Element
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.finding import Finding
from healthstats.domain.form import Column, Edition, Form, Markers, RowLabels
from healthstats.domain.period import Period
from healthstats.domain.reading import Reading, UnknownFacility
from healthstats.intake import read_submission
from healthstats.words import say
from tests.submissions.bieu9 import (
    FIGURES,
    HEADER,
    Sheet,
    changed,
    codes,
    context,
    definitions,
    facility,
    read,
    times,
    xls,
    xlsx,
)

ONE, TWO, THREE = (
    facility(number, name)
    for number, name in enumerate(("Bệnh viện Quận 1", "Bệnh viện Quận 2", "Bệnh viện Đa khoa Sài Gòn"), start=1)
)


def finding(reading: Reading, code: str) -> Finding:
    (found,) = (finding for finding in reading.findings if finding.code == code)
    return found


def whole(reading: Reading) -> list[int]:
    return [value // 10_000 for value in reading.observations.value]


def test_one_facility() -> None:
    reading = read(xlsx(Sheet([ONE])))
    assert codes(reading) == []
    assert [(r.facility, r.period, r.edition) for r in reading.reports] == [("79001", "2026-08", "23/2025")]
    assert whole(reading) == list(FIGURES)
    assert reading.counts.found == reading.counts.accepted == 21
    assert (reading.observations.row[0], reading.observations.column[0]) == (8, 3)
    assert reading.verdict == "accepted"


def test_an_xls_reads_like_an_xlsx() -> None:
    new, old = read(xlsx(Sheet([ONE, TWO]))), read(xls(Sheet([ONE, TWO])), "bieu9.xls")
    assert new.observations == old.observations
    assert new.reports == old.reports


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet([ONE], title=[]),
        Sheet([ONE], title=["Biểu số 14/BCT: Tình hình bệnh tật", *[""] * 30]),
        Sheet([ONE], left=4),
        Sheet([ONE], merged=False),
        Sheet([ONE], numbers=None),
        Sheet([ONE], numbers=[*range(1, 18), "18=18.1+18.2", 18, 19, 19, 20, 21]),
        Sheet([ONE], numbers=["A", "B", *(f"({number})" for number in range(1, 22))]),
        Sheet([ONE], header=[[str(cell).upper() for cell in row] for row in HEADER]),
        Sheet([ONE], footer=["Ghi chú: số liệu đã kiểm tra", "", "NGƯỜI LẬP BIỂU", "Nguyễn Văn A"]),
    ],
    ids=["no title", "wrong title", "moved", "unmerged", "no numbers", "odd numbers", "letters", "capitals", "notes"],
)
def test_the_form_is_found_by_its_header(sheet: Sheet) -> None:
    reading = read(xlsx(sheet), period=Period("month", 2026, 8))
    assert codes(reading) == []
    assert whole(reading) == list(FIGURES)


# Totals, sections, parts


def test_totals_and_sections_are_checked_and_never_stored() -> None:
    rows = [
        ["", "TỔNG SỐ", *times(3)],
        ["A", "Cơ sở y tế công", *times(2)],
        ["I", "Tuyến tỉnh", *times(1)],
        ONE,
        ["II", "Tuyến huyện", *times(1)],
        TWO,
        ["B", "Cơ sở y tế tư nhân", *[""] * 21],
        THREE,
    ]
    reading = read(xlsx(Sheet(rows)))
    assert codes(reading) == []
    assert [report.facility for report in reading.reports] == ["79001", "79002", "79003"]
    assert (reading.counts.found, reading.counts.checked) == (63, 4 * 21)


def test_a_total_may_come_last_and_a_block_may_have_its_own() -> None:
    rows = [ONE, TWO, ["", "Cộng", *times(2)], THREE, ["", "Cộng", *times(1)], ["", "Tổng cộng", *times(3)]]
    assert codes(read(xlsx(Sheet(rows)))) == []


def test_a_total_that_differs_is_a_warning_with_both_numbers() -> None:
    total = [2 * figure for figure in changed(outpatient_visits=1195)]
    reading = read(xlsx(Sheet([["", "TỔNG SỐ", *total], ONE, TWO])))
    found = finding(reading, "TOTAL_DIFFERS")
    assert (found.cell, found.text, found.suggestion, found.severity) == ("F8", "2390", "2400", "warning")
    assert reading.counts.accepted == 42


def test_a_total_over_a_faulty_cell_is_not_checked() -> None:
    rows = [["", "TỔNG SỐ", *times(2)], ONE, facility(2, "Bệnh viện Quận 2", changed(xrays="sáu trăm"))]
    reading = read(xlsx(Sheet(rows)))
    assert "TOTAL_DIFFERS" not in codes(reading)
    assert reading.counts.checked == 20


def test_parts_of_a_row_are_no_facilities() -> None:
    rows = [ONE, ["", "Trong đó:", *[""] * 21], ["", "- Khoa Nhi", *FIGURES], ["", "- Khoa Sản", *FIGURES], TWO]
    reading = read(xlsx(Sheet(rows)))
    assert [report.facility for report in reading.reports] == ["79001", "79002"]
    assert (reading.counts.found, reading.counts.ignored) == (42, 42)
    parts = [(f.code, f.cell, f.severity, f.params["name"]) for f in reading.findings]
    assert parts == [
        ("OF_WHICH_NOT_READ", "B10", "warning", "- Khoa Nhi"),
        ("OF_WHICH_NOT_READ", "B11", "warning", "- Khoa Sản"),
    ]


def test_an_of_which_row_of_the_form_itself_is_passed_over_quietly() -> None:
    rows = [ONE, ["", "Trong đó:", *FIGURES], ["", "- Khoa Nhi", *[""] * 21]]
    assert codes(read(xlsx(Sheet(rows)))) == []


def test_a_repeated_header_is_no_data() -> None:
    rows = [ONE, *HEADER, [str(number) for number in range(1, 24)], TWO]
    reading = read(xlsx(Sheet(rows)))
    assert codes(reading) == []
    assert reading.counts.found == 42


def test_facilities_numbered_like_sections_are_not_lost() -> None:
    rows = [["I", "Phòng khám Một", *FIGURES], ["II", "Bệnh viện Quận 1", *FIGURES], ["III", "Phòng khám Ba", *FIGURES]]
    reading = read(xlsx(Sheet(rows)))
    assert codes(reading) == ["UNKNOWN_FACILITY"] * 2
    assert (reading.counts.accepted, reading.counts.rejected) == (21, 42)


def test_a_signature_may_stand_under_any_column() -> None:
    signature = [["", "Người lập biểu", *[""] * 10, "Giám đốc"], ["", "", *[""] * 10, "Ngày 05 tháng 9 năm 2026"]]
    reading = read(xlsx(Sheet([ONE, *signature, ["", "Nguyễn Văn A", *[""] * 10, "Trần B"]], footer=[])))
    assert codes(reading) == []
    assert reading.counts.found == 21


def test_figures_below_the_signature_are_pointed_out() -> None:
    sheet = Sheet([ONE, ["", "Ngày 05 tháng 9 năm 2026"], TWO])
    reading = read(xlsx(sheet))
    found = finding(reading, "DATA_AFTER_END")
    assert (found.cell, found.severity) == ("B10", "error")
    assert (reading.counts.found, reading.counts.rejected, reading.verdict) == (42, 21, "quarantined")
    nobody = read(xlsx(Sheet([ONE, ["", "Ngày 05 tháng 9 năm 2026"], ["", "Ghi chú khác", *FIGURES]])))
    assert finding(nobody, "DATA_AFTER_END").severity == "warning"
    assert (nobody.counts.found, nobody.verdict) == (21, "accepted")


LABELLED = (
    "TỔNG CỘNG (I+II)",
    "Tổng số (mọi tuyến):",
    "Tổng số:",
    "TỔNG CỘNG TOÀN TỈNH",
    "Cộng toàn tỉnh (A + B):",
    "II. Tổng cộng",
    "Tổng cộng I+II",
)


@pytest.mark.parametrize("label", LABELLED)
def test_a_total_with_words_behind_it_is_a_total(label: str) -> None:
    reading = read(xlsx(Sheet([ONE, TWO, ["", label, *times(2)]])))
    assert (codes(reading), reading.unknown) == ([], ())
    assert (reading.counts.found, reading.counts.checked) == (42, 21)


def test_names_are_proposed_without_their_bullet_and_labels_never() -> None:
    rows = [facility(1, "- Bệnh viện C"), facility(2, "Tổng số các bệnh viện"), facility(3, "Cộng đồng Xanh")]
    reading = read(xlsx(Sheet(rows)))
    assert reading.unknown == (UnknownFacility("", "Bệnh viện C"),)
    assert codes(reading) == ["UNKNOWN_FACILITY"] * 3


# A second table on the sheet


def below(title: str, **hints: Period) -> Reading:
    rows = [ONE, ["", ""], [title], *HEADER, [str(number) for number in range(1, 24)], TWO, ["", "Cộng", *times(2)]]
    return read(xlsx(Sheet(rows)), **hints)


@pytest.mark.parametrize("title", ["Báo cáo tháng 7 năm 2026", "Lũy kế đến tháng 8 năm 2026"])
def test_a_second_table_of_another_period_is_refused(title: str) -> None:
    reading = below(title)
    assert (codes(reading), finding(reading, "PERIOD_CONTRADICTS_BELOW").severity) == (
        ["PERIOD_CONTRADICTS_BELOW"],
        "error",
    )
    assert [report.facility for report in reading.reports] == ["79001"]
    assert (reading.counts.found, reading.counts.accepted, reading.counts.rejected) == (42, 21, 21)


def test_a_second_table_of_the_same_period_is_read_and_its_title_is_no_row() -> None:
    reading = below("Báo cáo tháng 8 năm 2026")
    assert (codes(reading), reading.counts.found, reading.counts.accepted) == ([], 42, 42)


def test_a_blank_facility_above_a_repeated_header_is_no_title() -> None:
    blank = [facility(2, "Bệnh viện Quận 2", [""] * 21), facility("3.", "Phòng khám lạ", [""] * 21)]
    rows = [ONE, *blank, ["Báo cáo tháng 8 năm 2026"], *HEADER, THREE]
    reading = read(xlsx(Sheet(rows)))
    assert (reading.counts.found, reading.counts.blank) == (84, 42)


# Cells


def test_faulty_cells_are_quarantined_and_the_rest_stands() -> None:
    figures = changed(
        beds_planned=-50, xrays=1.42, ct_scans="12 ca", mri_scans="", referrals_out="-", lab_tests="4.000"
    )
    reading = read(xlsx(Sheet([facility(1, "Bệnh viện Quận 1", figures)])))
    counts = reading.counts
    assert (counts.found, counts.accepted, counts.quarantined, counts.blank) == (21, 17, 3, 1)
    assert codes(reading) == ["NEGATIVE", "NOT_AN_INTEGER", "NOT_A_NUMBER"]
    xrays = finding(reading, "NOT_AN_INTEGER")
    assert (xrays.cell, xrays.element, xrays.facility) == ("S8", "xrays", "79001")
    assert (xrays.period, xrays.text, xrays.suggestion) == ("2026-08", "1.42", "1420")
    seen = reading.observations
    said = {reading.elements[seen.element[at]]: text for at, text in seen.text.items()}
    assert said == {
        "beds_planned": "-50",
        "xrays": "1.42",
        "ct_scans": "12 ca",
        "referrals_out": "-",
        "lab_tests": "4.000",
    }
    assert reading.verdict == "quarantined"


def test_a_formula_without_a_value_is_never_zero_and_never_blank() -> None:
    reading = read(xlsx(Sheet([facility(1, "Bệnh viện Quận 1", changed(xrays="=1+1", ct_scans="=1/0 -> #DIV/0!"))])))
    assert codes(reading) == ["CELL_ERROR", "FORMULA_WITHOUT_VALUE"]
    assert reading.counts.quarantined == 2


def test_a_row_without_figures_is_blank_and_no_report() -> None:
    reading = read(xlsx(Sheet([ONE, facility(2, "Bệnh viện Quận 2", [""] * 21)])))
    assert (reading.counts.found, reading.counts.blank) == (42, 21)
    assert len(reading.reports) == 1
    assert (finding(reading, "REPORT_EMPTY").cell, finding(reading, "REPORT_EMPTY").text) == ("B9", "Bệnh viện Quận 2")


def test_hidden_rows_are_read_and_said() -> None:
    reading = read(xlsx(Sheet([ONE, TWO]), hidden_rows=[9]))
    assert finding(reading, "HIDDEN_ROW").cell == "B9"
    assert reading.counts.accepted == 42


def test_hidden_sheets_are_not_read_and_said() -> None:
    reading = read(xlsx(Sheet([ONE]), Sheet([TWO], name="Cu"), hide=["Cu"]))
    assert finding(reading, "HIDDEN_SHEET").sheet == "Cu"
    assert reading.counts.found == 21


def test_columns_outside_the_form_are_counted_and_named() -> None:
    header = [[*HEADER[0], "Ghi chú"], *HEADER[1:]]
    reading = read(xlsx(Sheet([[*ONE, "đã kiểm tra"], TWO], header=header)))
    found = finding(reading, "IGNORED_COLUMN")
    assert (found.text, found.severity, reading.counts.ignored) == ("Ghi chú", "info", 1)
    assert reading.counts.accepted == 42


# Rules


def test_rules_across_cells_warn_and_keep_the_values() -> None:
    reading = read(
        xlsx(Sheet([facility(1, "Bệnh viện Quận 1", changed(outpatient_visits_female=1201, inpatient_days=299))]))
    )
    assert [(f.code, f.cell, f.severity) for f in reading.findings] == [
        ("PART_EXCEEDS_TOTAL", "G8", "warning"),
        ("DAYS_BELOW_STAYS", "L8", "warning"),
    ]
    assert reading.counts.accepted == 21
    female, days = (say(f"finding.{f.code}", "vi", **f.params) for f in reading.findings)
    assert female.startswith("Lượt khám ngoại trú: nữ (1.201) lớn hơn Lượt khám chữa bệnh ngoại trú (1.200):")
    assert say("finding.PART_EXCEEDS_TOTAL", "en", **reading.findings[0].params) != female
    assert "inpatient" not in days


def test_a_row_with_gaps_keeps_its_places_and_its_rules() -> None:
    figures = changed(facilities="", ct_scans="", outpatient_visits_female=1201)
    reading = read(xlsx(Sheet([facility(1, "Bệnh viện Quận 1", figures)])))
    seen = reading.observations
    assert (reading.counts.found, reading.counts.accepted, reading.counts.blank) == (21, 19, 2)
    assert [(f.code, f.cell) for f in reading.findings] == [("PART_EXCEEDS_TOTAL", "G8")]
    assert whole(reading) == [figure for figure in figures if figure != ""]
    assert list(seen.column) == [column for column, figure in enumerate(figures, start=3) if figure != ""]
    spoken = [reading.elements[element] for element in seen.element]
    assert "facilities" not in spoken
    assert spoken.index("mri_scans") == spoken.index("ultrasounds") + 1


# Facilities


def test_an_unknown_facility_is_rejected_with_suggestions() -> None:
    reading = read(xlsx(Sheet([ONE, facility(2, "Bệnh viện Quận 22")])))
    found = finding(reading, "UNKNOWN_FACILITY")
    assert found.cell == "B9"
    assert found.suggestion.startswith("79002 Bệnh viện Quận 2")
    assert (reading.counts.accepted, reading.counts.rejected) == (21, 21)
    assert reading.unknown == (UnknownFacility("", "Bệnh viện Quận 22"),)


def test_a_facility_is_known_by_code_name_or_alias() -> None:
    rows = [facility(1, "79003 - Bệnh viện Đa khoa Sài Gòn"), facility(2, "BV Q.1"), facility(3, "BENH VIEN QUAN 2")]
    assert [report.facility for report in read(xlsx(Sheet(rows))).reports] == ["79003", "79001", "79002"]


def test_a_code_column_decides() -> None:
    header = [["TT", "Mã CSKCB", *HEADER[0][1:]], *[["", *row] for row in HEADER[1:]]]
    rows = [[1, "79002", *ONE[1:]], [2, 79003, "", *FIGURES]]
    reading = read(xlsx(Sheet(rows, header=header, merged=False, numbers=None)))
    assert codes(reading) == ["FACILITY_CONTRADICTS"]
    assert [report.facility for report in reading.reports] == ["79003"]


def test_a_code_with_quite_another_name_holds_and_is_said() -> None:
    header = [["TT", "Mã CSKCB", *HEADER[0][1:]], *[["", *row] for row in HEADER[1:]]]
    names = {"79001": "Trung tâm Kiểm dịch", "79002": "BV quận 2 (cơ sở chính)", "79003": "BVĐK Sài Gòn", "79004": ""}
    rows = [[number, code, name, *FIGURES] for number, (code, name) in enumerate(names.items(), start=1)]
    reading = read(xlsx(Sheet(rows, header=header, merged=False, numbers=None)))
    found = finding(reading, "CODE_NAME_DIFFER")
    assert (found.severity, found.params["said"], found.params["name"]) == (
        *("warning", "Trung tâm Kiểm dịch", "Bệnh viện Quận 1"),
    )
    assert reading.counts.accepted == 84


@pytest.mark.parametrize(
    "title",
    [
        ["Mã cơ sở: 79002"],
        ["Đơn vị báo cáo:  bệnh viện quận 2"],
        ["Cơ sở y tế", "Tên đơn vị: 79002 - Bệnh viện Quận 2"],
    ],
)
def test_a_lone_nameless_row_is_of_whom_the_title_names(title: list[str]) -> None:
    sheet = Sheet([facility(1, "")], title=[*title, "Tháng 8 năm 2026", ""])
    assert [report.facility for report in read(xlsx(sheet)).reports] == ["79002"]


def test_two_nameless_rows_are_of_nobody() -> None:
    sheet = Sheet([facility(1, ""), facility(2, "")], title=["Mã cơ sở: 79002", "Tháng 8 năm 2026", ""])
    reading = read(xlsx(sheet))
    assert codes(reading) == ["FACILITY_MISSING", "FACILITY_MISSING"]
    assert reading.counts.rejected == 42


def test_the_facility_of_the_command_line() -> None:
    assert read(xlsx(Sheet([facility(1, "")])), facility="79003").reports[0].facility == "79003"
    assert read(xlsx(Sheet([facility(1, "Toàn viện")])), facility="79003").reports[0].facility == "79003"
    contradicted = read(xlsx(Sheet([ONE])), facility="79003")
    assert codes(contradicted) == ["FACILITY_CONTRADICTS"]
    assert contradicted.counts.rejected == 21


def test_a_facility_twice_holds_both_rows() -> None:
    reading = read(xlsx(Sheet([ONE, TWO, facility(3, "BV Q.1", changed(lab_tests=1))])))
    assert [(f.code, f.cell) for f in reading.findings] == [("FACILITY_TWICE", "C8"), ("FACILITY_TWICE", "C10")]
    assert (reading.counts.accepted, reading.counts.quarantined) == (21, 42)


def test_two_sheets_of_one_report_are_never_both_read() -> None:
    reading = read(xlsx(Sheet([ONE, TWO]), Sheet([ONE], name="Ban sao")))
    assert codes(reading) == ["FACILITY_TWICE", "FACILITY_TWICE"]
    assert (reading.counts.accepted, reading.counts.quarantined) == (21, 42)


def test_a_damaged_header_beside_a_sheet_that_was_read_is_a_warning() -> None:
    damaged = Sheet(
        [TWO], name="Phu luc", header=[[str(cell).replace("Xquang", "XQ") for cell in row] for row in HEADER]
    )
    reading = read(xlsx(Sheet([ONE]), damaged))
    found = finding(reading, "MISSING_COLUMN")
    assert (found.severity, found.sheet) == ("warning", "Phu luc")
    assert found.text == "Hoạt động cận lâm sàng › Số lần chụp Xquang"
    assert finding(read(xlsx(damaged)), "MISSING_COLUMN").severity == "error"


def test_a_damaged_table_above_one_that_fits_is_told() -> None:
    """It stood where a title stands, and its figures were lost in silence."""
    header = [[str(cell).replace("Xquang", "XQ") for cell in row] for row in HEADER]
    above = [*header, TWO, [""]]
    reading = read(xlsx(Sheet([ONE], header=[*above, *HEADER], merged=False)))
    found = finding(reading, "MISSING_COLUMN")
    assert (found.severity, found.cell, found.text) == ("warning", "A6", "Hoạt động cận lâm sàng › Số lần chụp Xquang")
    assert (reading.counts.accepted, [report.facility for report in reading.reports]) == (21, ["79001"])
    assert codes(read(xlsx(Sheet([ONE], header=HEADER, merged=False)))) == []


def test_a_closed_facility_counts_and_is_said() -> None:
    known = definitions()
    closed = FacilitySpell("79001", "Bệnh viện Quận 1", None, None, date(2026, 8, 30), None, None, {})
    reading = read_submission("a.xlsx", xlsx(Sheet([ONE])), context(replace(known, facilities=(closed,))))
    assert codes(reading) == ["UNEXPECTED_REPORT"]
    assert reading.counts.accepted == 21


def test_a_form_for_hospitals_is_not_expected_of_others() -> None:
    known = definitions()
    form = replace(known.forms["bieu9"], applies_to=("TYT",))
    reading = read_submission("a.xlsx", xlsx(Sheet([ONE])), context(replace(known, forms={"bieu9": form})))
    assert codes(reading) == ["UNEXPECTED_REPORT"]


# Periods


def period(name: str = "a.xlsx", title: str = "", sheet: str = "Sheet1", hint: Period | None = None) -> str:
    hints = {"period": hint} if hint else {}
    reading = read(xlsx(Sheet([ONE], name=sheet, title=["", title, ""])), name, **hints)
    found = ", ".join(codes(reading))
    return " ".join(filter(None, [reading.reports[0].period if reading.reports else "", found]))


def test_where_the_period_is_looked_for() -> None:
    august = Period("month", 2026, 8)
    assert period(title="Báo cáo tháng 8 năm 2026") == "2026-08"
    assert period(title="Năm 2026", sheet="T8") == "2026-08"
    assert period(sheet="T8-2026") == "2026-08"
    assert period("BC_T8_2026 BV Quan 1 (sua).xlsx") == "2026-08"
    assert period(hint=august) == "2026-08"
    assert period("T7-2026.xlsx", title="Tháng 8/2026") == "2026-08 PERIOD_NOT_AS_NAMED"
    assert period("T7-2026.xlsx", hint=august) == "2026-08 PERIOD_NOT_AS_NAMED"
    assert period("nam 2026.xlsx", title="Tháng 8/2026") == "2026-08"
    assert period("T8-2026.xlsx", title="Năm 2026") == "2026 PERIOD_NOT_AS_NAMED, WHOLE_PERIOD"
    assert period() == "PERIOD_MISSING"
    assert period(title="Tháng 8/2026", sheet="T7") == "PERIOD_CONTRADICTS"
    assert period(title="Tháng 8/2026", hint=Period("month", 2026, 7)) == "PERIOD_CONTRADICTS"
    assert period("T8-2026 T7-2026.xlsx") == "PERIOD_CONTRADICTS"
    assert period(title="Quý I năm 2026") == "2026-Q1 WHOLE_PERIOD"


def test_a_cumulative_title_is_no_month() -> None:
    august, june = Period("month", 2026, 8), Period("half", 2026)
    for title in ("Báo cáo lũy kế đến tháng 8 năm 2026", "cộng dồn từ đầu năm đến hết tháng 3/2026"):
        assert period("T8-2026.xlsx", title=title) == "TITLE_CUMULATIVE"
    for title in ("tháng 7 + 8 năm 2026", "Hai tháng đầu năm 2026", "Kế hoạch năm 2026", "Ước tháng 8 năm 2026"):
        assert period("T8-2026.xlsx", title=title) == "PERIOD_UNCLEAR"
    assert period("Luy ke T8-2026.xlsx") == "TITLE_CUMULATIVE"
    assert period(title="Lũy kế đến tháng 8 năm 2026", hint=august) == "2026-08"
    assert period(title="Lũy kế đến tháng 6 năm 2026", hint=june) == "2026-H1 WHOLE_PERIOD"
    assert period(title="từ tháng 1 đến tháng 8 năm 2026", hint=august) == "2026-08"
    assert period(title="Lũy kế đến tháng 8 năm 2025", hint=august) == "PERIOD_CONTRADICTS"


def test_a_form_that_counts_from_january_takes_a_cumulative_title() -> None:
    known = small("facility", ("facility.name", "Cơ sở"), ("cases", "Mắc"))
    form = known.forms["small"]
    yearly = replace(form, editions=(replace(form.editions[0], accumulates="year"),))
    known = replace(known, forms={"small": yearly})
    rows = [["Bệnh viện Quận 1", 5]]
    assert [r.period for r in plain(known, rows, "Lũy kế đến tháng 6 năm 2026").reports] == ["2026-H1"]
    assert [r.period for r in plain(known, rows, "Lũy kế đến tháng 8 năm 2026").reports] == ["2026-8M"]


def test_a_report_of_a_form_that_counts_from_january_is_never_one_of_its_month_alone() -> None:
    known = small("facility", ("facility.name", "Cơ sở"), ("period", "Kỳ"), ("cases", "Mắc"))
    form = known.forms["small"]
    yearly = replace(form, editions=(replace(form.editions[0], accumulates="year"),))
    known = replace(known, forms={"small": yearly})
    said = {"T1/2026": "2026-01", "T2/2026": "2026-2M", "Quý II/2026": "2026-H1", "T9/2026": "2026-9M", "2026": "2026"}
    reading = plain(known, [["Bệnh viện Quận 1", period, 5] for period in said], "")
    assert [(r.period, r.facility) for r in reading.reports] == [(period, "79001") for period in said.values()]
    csv = "facility,period,element,value\n" + "".join(f"79001,{period},cases,5\n" for period in said)
    assert [r.period for r in read_submission("x.csv", csv.encode(), context(known)).reports] == [*said.values()]


def test_a_sheet_whose_period_is_in_doubt_is_rejected_whole() -> None:
    reading = read(xlsx(Sheet([ONE, TWO], title=["", "Tháng 8/2026 - Tháng 7/2026"])))
    assert (reading.counts.found, reading.counts.rejected) == (42, 42)


def test_the_edition_in_force_reads_the_period() -> None:
    def edition(title: str) -> list[str]:
        reading = read(xlsx(Sheet([ONE], title=["", title, ""])))
        return [report.edition for report in reading.reports] or codes(reading)

    assert edition("Tháng 6 năm 2025") == ["before-23/2025"]
    assert edition("Tháng 7 năm 2025") == ["23/2025"]
    assert edition("Tháng 3 năm 2027") == ["EDITION_NOT_IN_FORCE"]


def test_a_declared_revision() -> None:
    assert read(xlsx(Sheet([ONE], title=["", "Tháng 8/2026 (sửa lần 2)"]))).reports[0].declared_revision == 2
    assert read(xlsx(Sheet([ONE])), "T8-2026 sua lan 1.xlsx").reports[0].declared_revision == 1


def test_a_scaled_unit_in_the_title_is_said() -> None:
    sheet = Sheet([ONE], title=["", "Tháng 8/2026", "Đơn vị tính: nghìn lượt"])
    assert codes(read(xlsx(sheet))) == ["UNIT_IN_TITLE"]


# Another form, by definition alone


def small(row: Literal["facility", "area"], *columns: tuple[str, str], **more: Any) -> Definitions:
    """Definitions of a form with one header row: (role, label) from left to right."""
    bound = tuple(Column(role, (label,)) for role, label in columns)
    edition = Edition("1", date(2020, 1, 1), None, "month", 5, "none", False, "", bound)
    form = Form("small", {}, "", row, (edition,), **more)
    own = [role for role, _ in columns if not role.startswith(("facility", "area", "item", "period"))]
    elements = {code: Element(code, "small", "flow", "count", {}, {}) for code in own}
    return replace(definitions(), forms={"small": form}, elements=elements)


def plain(known: Definitions, rows: Sequence[Sequence[object]], *title: str, **hints: str | Period) -> Reading:
    """The reading of a sheet whose header row has the form's own labels."""
    labels = [column.path[0] for column in known.forms["small"].editions[0].columns]
    sheet = Sheet(rows, title=title, header=[labels], numbers=None, merged=False)
    return read_submission("a.xlsx", xlsx(sheet), context(known, **hints))


def test_rows_may_be_areas() -> None:
    known = small("area", ("area.name", "Tỉnh"), ("cases", "Mắc"))
    reading = plain(known, [["Thành phố Hà Nội", 5], ["THÀNH PHỐ HỒ CHÍ MINH", 7], ["Sài Gòn Mới", 1]], "Tháng 8/2026")
    assert [(report.facility, report.area) for report in reading.reports] == [(None, "01"), (None, "79")]
    assert (reading.counts.accepted, reading.counts.rejected, reading.unknown) == (2, 1, ())
    older = plain(known, [["Tỉnh Bình Dương", 5]], "Tháng 8/2024")
    assert [report.area for report in older.reports] == ["74"]


def test_each_row_may_have_its_own_period() -> None:
    columns = ("facility.name", "Cơ sở"), ("period.year", "Năm"), ("period.month", "Tháng"), ("cases", "Mắc")
    known = small("facility", *columns, rows=RowLabels(total=("Cộng",)))
    rows = [
        ["Bệnh viện Quận 1", 2026, 7, 5],
        ["Bệnh viện Quận 2", 2026, 7, 6],
        ["Cộng", 2026, 7, 11],
        ["Bệnh viện Quận 1", 2026, "Tháng 8", 7],
        ["Cộng", 2026, 8, 8],
        ["Bệnh viện Quận 2", "", 8, 7],
    ]
    reading = plain(known, rows, "Sáu tháng cuối năm")
    assert [(r.facility, r.period) for r in reading.reports] == [
        *[("79001", "2026-07"), ("79002", "2026-07"), ("79001", "2026-08")]
    ]
    assert [(f.code, f.cell) for f in reading.findings] == [("PERIOD_MISSING_IN_ROW", "A8"), ("TOTAL_DIFFERS", "D7")]
    assert (reading.counts.found, reading.counts.rejected, reading.counts.checked) == (4, 1, 2)


def test_a_total_is_of_its_own_period() -> None:
    columns = ("facility.name", "Cơ sở"), ("period", "Kỳ"), ("cases", "Mắc")
    known = small("facility", *columns, rows=RowLabels(total=("Cộng",)))
    rows = [["Cộng", "7/2026", 11], ["BV Q.1", "7/2026", 5], ["BV Q.1", "8/2026", 7], ["Bệnh viện Quận 2", "7/2026", 6]]
    reading = plain(known, rows)
    assert (codes(reading), reading.counts.checked, len(reading.reports)) == ([], 1, 3)
    contradicted = plain(known, rows, period=Period("month", 2026, 7))
    assert [(f.code, f.cell) for f in contradicted.findings] == [("PERIOD_CONTRADICTS", "A4")]
    assert codes(plain(known, rows, period=Period("year", 2026))) == []


@pytest.mark.parametrize(("title", "hints"), [(["Mã cơ sở: 79001"], {}), ([], {"facility": "79001"})])
def test_wards_are_items_of_one_report(title: list[str], hints: dict[str, str]) -> None:
    columns = ("item", "Khoa"), ("beds", "Số giường"), ("days", "Số ngày điều trị")
    markers, total = Markers(not_applicable=("****",)), RowLabels(total=("Tổng số",))
    known = small("facility", *columns, blank="zero", markers=markers, rows=total)
    rows = [["Tổng số", 30, 900], ["Khoa Nội", 10, 300], ["Khoa Nhi", 20, 600], ["Khoa Mắt", "****", ""]]
    reading = plain(known, rows, *title, "Tháng 8/2026", **hints)
    seen = reading.observations
    assert codes(reading) == []
    assert [(seen.item[at], value) for at, value in enumerate(whole(reading))] == [
        *[("Khoa Nội", 10), ("Khoa Nội", 300), ("Khoa Nhi", 20), ("Khoa Nhi", 600), ("Khoa Mắt", 0)]
    ]
    assert [(report.facility, report.period) for report in reading.reports] == [("79001", "2026-08")]
    assert (reading.counts.blank, reading.counts.checked) == (1, 2)


def test_a_ward_twice_is_held_and_the_others_stand() -> None:
    known = small("facility", ("item", "Khoa"), ("beds", "Số giường"))
    reading = plain(known, [["Nội", 1], ["Nhi", 2], ["Nội", 3]], "Mã cơ sở: 79001", "Tháng 8/2026")
    assert codes(reading) == ["FACILITY_TWICE", "FACILITY_TWICE"]
    assert list(reading.observations.accepted) == [0, 1, 0]


def test_a_month_that_the_spreadsheet_took_for_a_date() -> None:
    known = small("facility", ("facility.name", "Cơ sở"), ("period", "Tháng"), ("cases", "Mắc"))
    reading = plain(known, [["Bệnh viện Quận 1", date(2026, 8, 1), 7]])
    assert [report.period for report in reading.reports] == ["2026-08"]
