"""The files of the zoo, by name of their defect: (the name it was sent under, its bytes)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.submissions import test_layouts, test_other_books, test_zoo
from tests.submissions.bands import book_xlsx
from tests.submissions.bieu9 import FIGURES, Sheet, facility, times, xls, xlsx
from tests.submissions.test_zoo import GOOD, NAME, one

LONG = "facility,period,element,value\n"
OTHER = "Bệnh viện Quận 2"


def titled(*lines: str, name: str = "bieu9.xlsx") -> tuple[str, bytes]:
    """The usual figures under other words."""
    return name, xlsx(Sheet([facility(1, NAME)], title=["Sở Y tế", *lines]))


def rows(*listed: list[object]) -> tuple[str, bytes]:
    return "bieu9.xlsx", xlsx(Sheet(listed))


def long(*records: str) -> tuple[str, bytes]:
    return "dai.csv", (LONG + "".join(f"{record}\n" for record in records)).encode()


# What one cell may hold where a count belongs; lab tests are counted in `lần`
CELLS: Mapping[str, object] = {
    "a-point-groups-thousands": "4.000",
    "a-comma-groups-thousands": "4,000",
    "a-space-groups-thousands": "4 000",
    "a-no-break-space-groups-thousands": "4\u00a0000",
    "millions-in-two-groups": "4.000.000",
    "a-trailing-space": "4000 ",
    "a-leading-zero": "04000",
    "twenty-thousand-noughts": "0" * 20_000 + "7",
    "a-decimal-of-nought": "4000,0",
    "thousands-frozen-as-a-number": 1.401,
    "thousands-frozen-short": 1.42,
    "a-decimal-comma": "12,5",
    "a-number-in-brackets": "(12)",
    "a-word-of-another-unit": "12 ca",
    "its-own-unit": "12 lần",
    "a-thousand-in-words": "12 nghìn",
    "less-than": "<5",
    "at-least": "trên 4.000",
    "at-most": "dưới 5.000",
    "about": "khoảng 4000",
    "nearly": "gần 4.000 lần",
    "a-dash": "-",
    "a-long-dash": "–",
    "two-points": "..",
    "three-points": "…",
    "four-stars": "****",
    "a-cross": "x",
    "a-blank": "",
    "only-spaces": "  ",
    "a-date-cell": date(2026, 8, 1),
    "a-date-as-text": "31/12/2023",
    "not-yet": "chưa có",
    "not-a-number-by-name": "NaN",
    "infinite": "inf",
    "beyond-a-double": "1e309",
    "two-to-the-53-and-one": 2.0**53 + 2,
    "an-underscore": "1_000",
    "a-letter-o": "1O",
    "a-minus-and-a-space": "- 5",
    "a-range": "5 - 7",
}
MADE: Mapping[str, tuple[str, bytes]] = {
    **{f"cell: {name}": ("bieu9.xlsx", one(lab_tests=cell)) for name, cell in CELLS.items()},
    "title: quarter over a monthly form": titled("Quý II/2024"),
    "title: first half-year": titled("6 tháng đầu năm 2023"),
    "title: nine months": titled("9 tháng năm 2024"),
    "title: cumulative": titled("Luỹ kế đến tháng 8 năm 2026"),
    "title: estimate": titled("Ước thực hiện tháng 8 năm 2026"),
    "title: beside the same month of last year": titled("Tháng 8/2026, so với cùng kỳ tháng 8/2025"),
    "title: as of a day": titled("Tính đến 13.12.2024"),
    "title: a day of two figures": titled("Tháng 8/2026", "Đến ngày 5-1"),
    "title: month in short": titled("T8/2026"),
    "title: two months": titled("Tháng 7/2026", "Tháng 8/2026"),
    "title: no period": titled("Báo cáo"),
    "title: the month is in the file's name": titled("Báo cáo", name="BC T8-2026 BV Quan 1 (sua).xlsx"),
    "title: another month in the file's name": titled("Tháng 8/2026", name="BC T7-2026.xlsx"),
    "title: a month to come": titled("Tháng 8 năm 2096"),
    "title: thousands of visits": titled("Tháng 8/2026", "Đơn vị tính: nghìn lượt"),
    "title: plain visits": titled("Tháng 8/2026", "Đơn vị tính: lượt"),
    "row: facility unknown": rows(facility(1, "Bệnh viện Quận 22")),
    "row: facility by its alias": rows(facility(1, "BV Q.1")),
    "row: accents in another order": rows(facility(1, "Bệnh viện Quận 1".replace("ệ", "ê\u0323"))),
    "row: facility twice": rows(facility(1, NAME), facility(2, NAME)),
    "row: total differs": rows(["", "Tổng số", *times(2)], facility(1, NAME)),
    "row: total agrees": rows(["", "Tổng số", *times(2)], facility(1, NAME), facility(2, OTHER)),
    "row: nothing filled in": rows(facility(1, NAME), [2, OTHER, *[""] * len(FIGURES)]),
    "csv: header only": long(),
    "csv: a record too short": long("79001,2026-08,xrays,5", "79001,2026-08,ct_scans"),
    "csv: a quote left open": long('79001,2026-08,xrays,"5'),
    "csv: a figure twice": long("79001,2026-08,xrays,5", "79001,2026-08,xrays,6"),
    "csv: a figure said again": long("79001,2026-08,xrays,5", "79001,2026-08,xrays,5"),
    "csv: an element that is none": long("79001,2026-08,xray,5"),
    "csv: headings twice": ("dai.csv", b"facility,period,element,value,value\n79001,2026-08,xrays,5,5\n"),
    "csv: a NUL": long("79001,2026-08,xrays,\x005"),
    "csv: a column more than a sheet has": ("dai.csv", (LONG.strip() + "," * 16_381 + "\n").encode()),
    "csv: a record of commas": long("79001,2026-08,xrays,5", "," * 20_000),
    "csv: a record of letters": long("79001,2026-08,xrays,5", "x" * (1 << 20) + "x"),
    "csv: a field of letters": long("79001,2026-08,xrays,5", "x" * 140_000),
    "csv: blank lines by the thousand": long("79001,2026-08,xrays,5", *[""] * 9_000, "79001,2026-08,ct_scans,6"),
    "csv: carriage returns by the thousand": long("79001,2026-08,xrays,5", "\r" * 9_000, "79001,2026-08,ct_scans,6"),
    "xls: an old workbook": ("bieu9.xls", xls(Sheet([facility(1, NAME)]))),
    "xls: really a new workbook": ("bieu9.xls", GOOD),
}


FILES = (
    *("empty", "truncated", "truncated-xls", "a-page-of-another-kind", "half-a-sheet", "unknown-encoding", "far-cell"),
    *("same-cell-twice", "no-header", "a-column-missing", "no-data-rows", "only-a-total", "csv-of-another-kind"),
)
HELD = (
    *("negative", "words", "full-width-digits", "hexadecimal", "too-large", "a-truth-value", "error-cell"),
    "formula-never-computed",
)
LAYOUTS = (
    *("header-that-only-looks-merged", "header-of-one-row-with-joined-labels", "header-below-sixty-lines-of-text"),
    *("number-row-with-formulas-as-text", "number-row-in-brackets", "header-again-on-the-second-printed-page"),
    *("used-range-of-two-thousand-blank-rows", "services-before-beds", "name-in-the-last-column"),
)
MISFITS = ("total-of-visits-missing", "label-misspelt", "women-of-visits-twice")
FORMATS = (
    *("web-page.xls", "excel-2003.xml.xls", "open-document.ods", "excel-95-in-tcvn3.xls", "excel-95-in-vni.xls"),
    *("binary-workbook.xlsb", "workbook-named.csv", "old-workbook-named.xlsx"),
)
BOMBS = (
    "open-document-with-a-password",
    *("open-document-that-repeats-a-row-for-ever", "open-document-that-repeats-a-filled-row"),
    "web-page-of-cells-spread-over-one-another",
    *("web-page-cut-within-a-tag", "web-page-cut-within-a-comment"),
    "excel-2003-with-a-document-type",
)


def zoo() -> dict[str, tuple[str, bytes]]:
    """Every file of the table, some of those of other tests among them."""
    found = dict(MADE)
    found |= {f"file: {name}": ("bieu9.xlsx", test_zoo.REFUSED[name][0]) for name in FILES}
    found |= {f"cell: {name}": ("bieu9.xlsx", test_zoo.HELD[name][0]) for name in HELD}
    found |= {f"layout: {name}": ("bieu9.xlsx", book_xlsx(test_layouts.READ[name])) for name in LAYOUTS}
    found |= {f"layout: {name}": ("bieu9.xlsx", book_xlsx(test_layouts.REFUSED[name][0])) for name in MISFITS}
    found |= {f"other: {name}": (name, test_other_books.AS_THEY_COME[name]) for name in FORMATS}
    return found | {f"other: {name}": ("bieu9.xls", test_other_books.REFUSED[name][0]) for name in BOMBS}
