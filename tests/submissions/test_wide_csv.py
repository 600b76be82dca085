"""Wide CSV: a form's table as text, whatever its header looks like, and the year's workbook beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from healthstats.domain.period import Period
from healthstats.domain.reading import Reading
from healthstats.intake.csvfiles import widecsv
from tests.submissions.bieu9 import FIGURES, HEADER, Sheet, codes, definitions, facility, read

PATHS = [column.path for column in definitions().forms["bieu9"].editions[0].columns if column.required]
ELEMENTS = [column.role for column in definitions().forms["bieu9"].editions[0].columns if column.required][1:]


def lines(*rows: Sequence[object], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def values(reading: Reading) -> list[int]:
    return [value // 10_000 for value in reading.observations.value]


ONE = ["Bệnh viện Quận 1", *FIGURES]
HEADERS = {
    "joined by a slash": [" / ".join(path) for path in PATHS],
    "joined by a dash": [" - ".join(path) for path in PATHS],
    "flattened": [" ".join(path) for path in PATHS],
    "in capitals without accents": ["_".join(path).upper() for path in PATHS],
    "without what the group says": [
        " - ".join((*path[:1], *path[-1:])) if len(path) > 1 else path[0] for path in PATHS
    ],
    "element codes": ["Mã CSKCB", *ELEMENTS],
    "names of elements": ["facility", *(definitions().elements[code].name["vi"] for code in ELEMENTS)],
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_of_one_line(header: str, delimiter: str) -> None:
    row = ["79001", *FIGURES] if header == "element codes" else ONE
    reading = read(lines(HEADERS[header], row, delimiter=delimiter), "BC T8-2026.csv")
    assert (reading.verdict, codes(reading), values(reading)) == ("accepted", [], list(FIGURES))
    (report,) = reading.reports
    assert (report.facility, report.period, report.sheet, report.replaces) == ("79001", "2026-08", "", "report")
    assert (reading.observations.row[0], reading.observations.column[0]) == (2, 2)


def test_a_form_saved_as_csv_with_its_title_and_all_its_header_lines() -> None:
    rows = Sheet([["", "TỔNG SỐ", *FIGURES], facility(1, "Bệnh viện Quận 1")]).cells()
    width = len(HEADER[0])
    reading = read(lines(*([*row, *[""] * (width - len(row))] for row in rows)), "x.csv")
    assert (reading.verdict, codes(reading), values(reading)) == ("accepted", [], list(FIGURES))
    assert (reading.reports[0].period, reading.counts.checked) == ("2026-08", 21)


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        (["Kỳ"], ["T8/2026"]),
        (["period"], ["2026-08"]),
        (["Năm", "Tháng"], ["2026", "8"]),
    ],
)
def test_the_period_from_columns(columns: list[str], cells: list[str]) -> None:
    reading = read(lines([*columns, "Cơ sở y tế", "lab_tests"], [*cells, "BV Q.1", "4.000"]), "x.csv")
    assert [(report.facility, report.period) for report in reading.reports] == [("79001", "2026-08")]
    assert values(reading) == [4000]


def test_the_period_from_the_command_line_and_a_missing_one() -> None:
    data = lines(["Cơ sở y tế", "lab_tests"], ["BV Q.1", "4"])
    assert read(data, "x.csv", period=Period("month", 2026, 8)).reports[0].period == "2026-08"
    assert (codes(read(data, "x.csv")), read(data, "x.csv").counts.rejected) == (["PERIOD_MISSING"], 1)


def test_the_facility_from_the_command_line_and_a_missing_one() -> None:
    data = lines(["lab_tests", "xrays"], ["4", "5"])
    assert codes(read(data, "T8-2026.csv")) == ["UNKNOWN_CSV"]
    reading = read(data, "T8-2026.csv", facility="79001")
    assert ([report.facility for report in reading.reports], values(reading)) == (["79001"], [4, 5])


def test_some_columns_only_revise_only_those() -> None:
    reading = read(lines(["Cơ sở y tế", "lab_tests", "Ghi chú"], ["Bệnh viện Quận 1", "4", "gấp"]), "T8-2026.csv")
    assert [report.replaces for report in reading.reports] == ["elements"]
    assert (codes(reading), reading.counts.ignored) == (["IGNORED_COLUMN"], 1)


def test_several_months_of_one_facility_and_the_same_month_twice() -> None:
    header = ["facility", "period", "lab_tests"]
    rows = [["79001", "2026-07", "1"], ["79001", "2026-08", "2"], ["79001", "2026-08", "3"]]
    reading = read(lines(header, *rows), "x.csv")
    assert (reading.counts.accepted, reading.counts.quarantined) == (1, 2)
    assert codes(reading) == ["FACILITY_TWICE", "FACILITY_TWICE"]


def test_a_record_of_another_width_is_rejected_with_its_line_and_the_others_are_read() -> None:
    data = lines(
        ["facility", "period", "lab_tests"], ["79001", "2026-08", "1"], ["79002", "2026-08", "1", "000"], ["79003"]
    )
    reading = read(data, "x.csv")
    assert (reading.counts.found, reading.counts.accepted, reading.counts.rejected) == (3, 1, 2)
    assert [finding.cell for finding in reading.findings] == ["A3", "A4"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            lines(["facility", "period", "lab_tests", "Số lần xét nghiệm"], ["79001", "2026-08", "1", "2"]),
            "UNKNOWN_CSV",
        ),
        (lines(["Cơ sở y tế", "Nữ"], ["BV Q.1", "1"]), "UNKNOWN_CSV"),
        (b'facility,period,lab_tests\n79001,2026-08,"1\n', "CSV_QUOTE"),
        (b'facility,period,lab_tests\n79001,2026-08,"1; 2\n79002,2026-08,3\n', "CSV_QUOTE"),
        # well cut by its own separator, and no form's: a comma in the title is no open quote
        (b'"Beds, by items"\n"Items";"2015"\n"Hospital";"1,5"\n"Total";"2,5"\n', "UNKNOWN_CSV"),
        (b"facility,period,lab_tests\n79001,2026-08,\x001\n", "CSV_NUL"),
        (lines(["facility", "period", "lab_tests"]), "NO_DATA_ROWS"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    reading = read(data, "x.csv")
    assert (reading.verdict, codes(reading)) == ("rejected", [code])


def test_a_table_longer_than_a_sheet_is_refused_with_its_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widecsv, "MOST_LINES", 300)
    header, row = "Mã CSKCB,Kỳ,lab_tests\n", "79001,2026-08,5\n"
    assert read((header + "\n" * 200 + row).encode(), "x.csv").counts.accepted == 1
    (finding,) = read((header + "\n" * 300 + row).encode(), "x.csv").findings
    assert (finding.code, finding.params["line"]) == ("CSV_TOO_LONG", 302)
