"""What is mutated: one sound file of each kind that facilities send, small enough to be read in milliseconds."""

from __future__ import annotations

from tests.submissions.bands import book_xls, book_xlsx
from tests.submissions.bieu9 import FIGURES, Sheet, facility, times, xls, xlsx
from tests.submissions.biff5 import biff5
from tests.submissions.otherbooks import html, ods, spreadsheetml
from tests.submissions.packing import eml, msg, zipped
from tests.submissions.test_bieu031 import BOTH, ward_book
from tests.submissions.test_disease_yearbook import ONCE, sheet
from tests.submissions.test_other_books import in_bytes, in_tcvn3
from tests.submissions.test_wide_csv import HEADERS, lines
from tests.submissions.test_year_workbook import year
from tests.submissions.xlsb import xlsb

NAME = "Bệnh viện Quận 1"
BOOK = Sheet([["", "TỔNG SỐ", *times(2)], facility(1, NAME), facility(2, "Bệnh viện Quận 2")])
LONG = "facility,period,element,value\n" + "".join(
    f"7900{number},2026-0{month},{element},{value}\n"
    for number in (1, 2, 3)
    for month in (7, 8)
    for element, value in (("outpatient_visits", 1200), ("inpatient_stays", 300), ("inpatient_days", '"1.500"'))
)
DISEASES = (
    sheet("SXH", ["Hà Nội", *ONCE], ["TP. H.C.M", *[0] * 22, 7, 2]),
    sheet("Ta", ["Hà Nội", *[0, 0] * 11, 1, 0]),
)

SOUND: dict[str, tuple[str, bytes]] = {
    "xlsx": ("BC T8-2026.xlsx", xlsx(BOOK)),
    "xls": ("BC T8-2026.xls", xls(BOOK)),
    "xls of 1995": ("BC T8-2026.xls", biff5(in_bytes(BOOK, in_tcvn3), fonts=".VnTime")),
    "xlsb": ("BC T8-2026.xlsb", xlsb(BOOK)),
    "ods": ("BC T8-2026.ods", ods(BOOK)),
    "html": ("BC T8-2026.xls", html(BOOK)),
    "xml": ("BC T8-2026.xls", spreadsheetml(BOOK)),
    "year": ("Bieu 9 - 2026.xlsx", xlsx(*year("Tháng {} năm 2026")[:3])),
    "wards": ("BC T8-2026.xlsx", book_xlsx(ward_book(*BOTH))),
    "diseases": ("Nien giam 2012.xls", book_xls(*DISEASES)),
    "long csv": ("BC T8-2026.csv", LONG.encode()),
    "wide csv": ("BC T8-2026.csv", lines(HEADERS["joined by a slash"], [NAME, *FIGURES], delimiter=";")),
    "form as csv": ("BC T8-2026.csv", lines(*BOOK.cells())),
    "zip": ("gui So.zip", zipped({"BC T8.xlsx": xlsx(BOOK), "BC T8.csv": LONG.encode()})),
    "eml": ("thu.eml", eml({"BC T8.csv": LONG.encode()})),
    "msg": ("thu.msg", msg({"BC T8.csv": LONG.encode()})),
}
"""Kind → the file's name and its bytes."""
