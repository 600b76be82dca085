"""Files of the fault matrix that no other test holds: docs/faults.md names them."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
import xlwt

from tests.submissions.bieu9 import Sheet, codes, facility, read, xlsx

HEAD = ("facility", "period", "element", "value")


def periods(data: bytes, name: str) -> list[str]:
    return [report.period for report in read(data, name=name).reports]


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_date_is_the_same_month_whatever_year_the_workbook_counts_from(since_1904: bool) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": since_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ("79001", "", "outpatient_visits", 5))
        sheet.write_datetime(1, 1, date(2023, 3, 1), book.add_format({"num_format": "mm/yyyy"}))
    assert periods(out.getvalue(), "a.xlsx") == ["2023-03"]


def test_line_ends_may_be_mixed() -> None:
    records = "".join(f"79001,2023-0{n},outpatient_visits,5{end}" for n, end in ((1, "\n"), (2, "\r"), (3, "\r\n")))
    assert periods(f"{','.join(HEAD)}\r\n{records}".encode(), "a.csv") == ["2023-01", "2023-02", "2023-03"]


def test_a_million_columns_are_refused() -> None:
    wide = ",".join([*HEAD, *(f"c{number}" for number in range(10**6))])
    assert codes(read(f"{wide}\n".encode(), name="a.csv")) == ["CSV_TOO_WIDE"]


def test_a_renamed_sheet_is_known_by_its_header() -> None:
    found = read(xlsx(Sheet([facility(1, "Bệnh viện Quận 1")], name="Tờ của tôi")))
    assert (len(found.reports), codes(found)) == (1, [])


def test_a_sheet_of_exactly_65_536_rows_may_be_cut_off() -> None:
    """Rows between the first and the last are blank."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("x")
    for row, cells in ((0, HEAD), (1, ("79001", "2023-01", "outpatient_visits", 5))):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    for column, cell in enumerate(("79001", "2023-02", "outpatient_visits", 6)):
        sheet.write(65_535, column, cell)
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), name="a.xls")
    assert (len(found.reports), codes(found)) == (2, ["SHEET_FULL"])
