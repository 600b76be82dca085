"""Records of a long CSV in the sheets of a workbook."""

from __future__ import annotations

import io

import xlsxwriter

from tests.submissions.bieu9 import codes, read

HEADER = ["facility", "period", "element", "value"]
JUNE, JULY = (["79001", month, "outpatient_visits", 100] for month in ("2026-06", "2026-07"))


def book(sheets: dict[str, list[list[object]]], hide: str = "") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if name == hide:
                page.hide()
    return file.getvalue()


def test_records_on_two_sheets_are_refused_and_none_is_lost() -> None:
    reading = read(book({"T6": [HEADER, JUNE], "T7": [HEADER, JULY]}))
    (finding,) = reading.findings
    assert (finding.code, finding.params["sheets"]) == ("LONG_SHEETS", "“T6”, “T7”")
    assert (reading.verdict, reading.counts.found, reading.media) == ("rejected", 0, "xlsx")


def test_of_two_sheets_the_one_with_records_is_read() -> None:
    reading = read(book({"Mẫu": [HEADER], "T7": [HEADER, JULY]}))
    assert [(one.sheet, one.period) for one in reading.reports] == [("T7", "2026-07")]


def test_records_on_a_hidden_sheet_wait_for_a_person() -> None:
    data = book({"Bìa": [["Báo cáo"]], "T7": [HEADER, JULY]}, hide="T7")
    assert codes(read(data)) == ["HIDDEN_SHEET", "UNKNOWN_LAYOUT"]
    assert [one.period for one in read(data, sheet="T7").reports] == ["2026-07"]
