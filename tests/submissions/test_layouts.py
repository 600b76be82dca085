"""Layouts as they come, each file named by what is odd about it: read all the same, or refused with the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from healthstats.domain.period import Period
from healthstats.intake import read_submission
from tests.submissions.bands import Page, band, book_xls, book_xlsx, paths_of
from tests.submissions.bieu9 import FIGURES, Sheet, codes, context, definitions, facility, read, xls, xlsx
from tests.submissions.otherbooks import html, ods, spreadsheetml
from tests.submissions.test_bieu14 import CHOLERA
from tests.submissions.xlsb import xlsb

ONE, TWO = facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 2")
FORM = definitions().forms["bieu9"]
PATHS = paths_of(FORM)
TITLE = ("Sở Y tế", "Báo cáo tháng 8 năm 2026", "")
NUMBERS = [*range(1, 24)]


def page(*rows: Sequence[object], **more: object) -> Page:
    return replace(Page(PATHS, [NUMBERS, *(rows or (ONE,))], title=TITLE), **more)  # type: ignore[arg-type]


def relabelled(change: dict[str, str]) -> list[tuple[str, ...]]:
    return [tuple(change.get(label, label) for label in path) for path in PATHS]


def without(column: int) -> Page:
    return page(
        [cell for at, cell in enumerate(ONE) if at != column],
        paths=[path for at, path in enumerate(PATHS) if at != column],
        rows=[[cell for at, cell in enumerate(row) if at != column] for row in (NUMBERS, ONE)],
    )


def moved(*order: int) -> Page:
    """The columns of the table in another order."""
    return page(paths=[PATHS[at] for at in order], rows=[[row[at] for at in order] for row in (NUMBERS, ONE)])


def inserted(at: int, path: tuple[str, ...], cell: object) -> Page:
    rows = [[*row[:at], extra, *row[at:]] for row, extra in ((NUMBERS, ""), (ONE, cell))]
    return page(paths=[*PATHS[:at], path, *PATHS[at:]], rows=rows)


SERVICES, REST = [17, 18, 19, 20, 21], [*range(17), 22]
BANNER = [("PHẦN A", *path) for path in PATHS]
AGAIN = [*band(PATHS)[0], NUMBERS]

READ = {
    "header-below-sixty-lines-of-text": page(title=(*(f"Dòng {line}" for line in range(60)), *TITLE)),
    "header-of-four-rows-under-a-banner": page(paths=BANNER),
    "header-of-five-rows-under-two-banners": page(paths=[("MẪU SỐ LIỆU", *path) for path in BANNER]),
    "header-of-one-row-with-joined-labels": page(paths=[(" - ".join(path),) for path in PATHS]),
    "header-that-only-looks-merged": page(merged=False),
    "header-without-the-level-trong-do": page(
        paths=[tuple(label for label in path if label != "Trong đó") for path in PATHS]
    ),
    "labels-with-column-numbers-behind-them": page(
        paths=[(*path[:-1], f"{path[-1]} ({at})") for at, path in enumerate(PATHS, start=1)]
    ),
    "labels-with-a-note-mark": page(paths=relabelled({"BHYT": "BHYT (*)", "Giường KH": "Giường KH [1]"})),
    "labels-broken-over-lines": page(
        paths=relabelled({"Tổng số lượt khám dự phòng": "Tổng số lượt\nkhám  dự\nphòng", "Nữ": " Nữ\n"})
    ),
    "labels-in-capitals-without-accents": page(
        paths=relabelled({"Giường bệnh": "GIUONG BENH", "Cơ sở y tế": "CO SO Y TE"})
    ),
    "labels-as-an-older-blank-has-them": page(
        paths=relabelled({"TT": "STT", "Cơ sở y tế": "Tên cơ sở y tế", "Giường KH": "Giường kế hoạch"})
    ),
    "services-before-beds": moved(*REST[:3], *SERVICES, *REST[3:]),
    "name-in-the-last-column": moved(0, *range(2, 23), 1),
    "number-row-twice": page(NUMBERS, ONE),
    "number-row-with-a-number-repeated": page(rows=[[*range(1, 18), 17, *range(18, 23)], ONE]),
    "number-row-with-formulas-as-text": page(rows=[[*range(1, 18), "18=18.1+18.2+18.3", *range(18, 23)], ONE]),
    "number-row-from-a-to-w": page(rows=[["A", "B", *range(1, 22)], ONE]),
    "number-row-in-brackets": page(rows=[[f"({number})" for number in NUMBERS], ONE]),
    "header-again-on-the-second-printed-page": page(rows=[NUMBERS, ONE, *AGAIN]),
    "blank-rows-between-header-and-data": page(rows=[NUMBERS, [""] * 23, [""] * 23, ONE]),
    "used-range-of-two-thousand-blank-rows": page(below=[[" "]] * 2000),
    "a-stray-word-far-to-the-right": page(below=[[""] * 200 + ["x"]]),
}


@pytest.mark.parametrize("oddity", READ)
def test_read_as_if_it_were_the_blank_itself(oddity: str) -> None:
    reading = read(book_xlsx(READ[oddity]))
    assert codes(reading) == []
    assert [(report.facility, report.period) for report in reading.reports] == [("79001", "2026-08")]
    said = dict(
        zip((reading.elements[at] for at in reading.observations.element), reading.observations.value, strict=True)
    )
    own = [code for code, element in definitions().elements.items() if element.form == "bieu9"]
    assert [said[code] // 10_000 for code in own] == list(FIGURES)


@pytest.mark.parametrize("oddity", ["header-that-only-looks-merged", "services-before-beds", "number-row-in-brackets"])
def test_an_xls_is_no_different(oddity: str) -> None:
    assert read(book_xls(READ[oddity]), "x.xls").observations == read(book_xlsx(READ[oddity])).observations


REFUSED = {
    "total-of-visits-missing": (without(5), "MISSING_COLUMN", "Số lượt khám bệnh › Tổng số"),
    "women-of-stays-missing": (without(12), "MISSING_COLUMN", "Số lượt điều trị nội trú › Trong đó › Nữ"),
    "days-missing": (without(16), "MISSING_COLUMN", "Tổng số ngày điều trị nội trú"),
    "label-misspelt": (
        page(paths=relabelled({"Số lần siêu âm": "Số lần siêu ân"})),
        "MISSING_COLUMN",
        "Hoạt động cận lâm sàng › Số lần siêu âm",
    ),
    "women-of-visits-twice": (
        inserted(7, ("Số lượt khám bệnh", "Trong đó", "Nữ"), 700),
        "COLUMN_TWICE",
        "Số lượt khám bệnh › Trong đó › Nữ",
    ),
}


@pytest.mark.parametrize("defect", REFUSED)
def test_refused_with_the_label(defect: str) -> None:
    file, code, label = REFUSED[defect]
    reading = read(book_xlsx(file))
    assert [(one.code, one.text) for one in reading.findings] == [(code, label)]
    assert (reading.verdict, reading.counts.found) == ("rejected", 0)


@pytest.mark.parametrize("at", [0, 5, 9, 23])
def test_a_column_more_is_told_and_no_fault(at: int) -> None:
    reading = read(book_xlsx(inserted(at, ("Ghi chú",), "đã kiểm tra")))
    assert [(one.code, one.text, one.severity) for one in reading.findings] == [("IGNORED_COLUMN", "Ghi chú", "info")]
    assert (reading.verdict, reading.counts.accepted, reading.counts.ignored) == ("accepted", 21, 1)


def test_a_column_more_within_a_group_is_told_and_no_fault() -> None:
    reading = read(book_xlsx(inserted(8, ("Số lượt khám bệnh", "Trong đó", "Người nước ngoài"), 3)))
    assert [(one.code, one.text) for one in reading.findings] == [("IGNORED_COLUMN", "Người nước ngoài")]


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    hidden = page(hidden_columns=[6])
    aside = page(name="An", hidden=True)
    reading = read(book_xlsx(hidden, aside))
    assert [(one.code, one.sheet, one.cell) for one in reading.findings] == [
        ("HIDDEN_COLUMN", "Sheet1", "F6"),
        ("HIDDEN_SHEET", "An", ""),
    ]
    assert reading.counts.accepted == 21
    assert codes(read(xlsx(Sheet([ONE, TWO]), hide=()))) == []
    assert [(one.code, one.cell) for one in read(xlsx(Sheet([ONE, TWO]), hidden_rows=[9])).findings] == [
        ("HIDDEN_ROW", "B9")
    ]


BOTH_SHEETS = Sheet([ONE]), Sheet([TWO], name="Số liệu")


def hidden_among(kind: str) -> bytes:
    """A workbook of two sheets, of which the second is hidden."""
    seen, aside = BOTH_SHEETS
    if kind == "xlsx":
        return xlsx(seen, aside, hide=["Số liệu"])
    if kind == "xls":
        return xls(seen, aside, hide=["Số liệu"])
    if kind == "xlsb":
        return xlsb(aside, hidden=True)
    if kind == "ods":
        return ods(aside, ('table:display="true"', 'table:display="false"'))
    return spreadsheetml(aside, visible="SheetHidden")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "xml"])
def test_a_hidden_sheet_is_read_where_a_person_names_it_and_no_other_is(kind: str) -> None:
    data = hidden_among(kind)
    assert "HIDDEN_SHEET" in codes(read(data, "a"))
    reading = read(data, "a", sheet="so lieu")
    assert (codes(reading), [report.sheet for report in reading.reports]) == (["HIDDEN_SHEET_READ"], ["Số liệu"])


def test_a_sheet_that_is_named_and_not_there_is_refused_with_those_that_are() -> None:
    (finding,) = read(xlsx(*BOTH_SHEETS), sheet="Biểu 10").findings
    assert (finding.code, finding.severity) == ("NO_SUCH_SHEET", "error")
    assert finding.params == {"sheet": "Biểu 10", "sheets": "“Bieu 9”, “Số liệu”"}
    alike = xlsx(Sheet([ONE], name="A 1"), Sheet([TWO], name="A-1"))
    assert codes(read(alike, sheet="a.1")) == ["NO_SUCH_SHEET"]
    assert [report.facility for report in read(alike, sheet="A-1").reports] == ["79002"]


def test_a_sheet_that_a_person_names_is_read_though_the_form_names_another() -> None:
    known = definitions()
    named = replace(known, forms={"bieu9": replace(known.forms["bieu9"], sheets=("Bieu 9",))})
    data = xlsx(*BOTH_SHEETS)
    assert [one.facility for one in read_submission("a.xlsx", data, context(named)).reports] == ["79001"]
    asked = context(named, sheet="Số liệu")
    assert [one.facility for one in read_submission("a.xlsx", data, asked).reports] == ["79002"]


def test_files_without_sheets_are_read_whichever_sheet_is_named() -> None:
    assert codes(read(html(Sheet([ONE])), "a.htm", sheet="Số liệu")) == []


def test_a_hidden_sheet_is_read_where_the_form_names_it() -> None:
    named = replace(definitions(), forms={"bieu9": replace(FORM, sheets=("Số liệu",))})
    aside, data = page(name="Bìa"), page(name="So lieu", hidden=True)
    reading = read_submission("x.xlsx", book_xlsx(aside, data), context(named))
    assert [(one.code, one.sheet) for one in reading.findings] == [
        ("SHEET_NOT_READ", "Bìa"),
        ("HIDDEN_SHEET_READ", "So lieu"),
    ]
    assert ({one.sheet for one in reading.reports}, reading.counts.accepted) == ({"So lieu"}, 21)
    other = replace(definitions().forms["bieu14"], sheets=("Số liệu",))
    both = replace(definitions(), forms={"bieu9": FORM, "bieu14": other})
    hidden = read_submission("x.xlsx", book_xlsx(Page([("Ghi chú",)], [["–"]], name="Bìa"), data), context(both))
    assert (codes(hidden), hidden.counts.found) == (["HIDDEN_SHEET", "UNKNOWN_LAYOUT"], 0)
    another = read_submission("x.xlsx", book_xlsx(aside, page(name="Khác", hidden=True)), context(named))
    assert "HIDDEN_SHEET" in codes(another)
    assert another.counts.found == 0


# Two tables under each other


def disease_rows() -> tuple[list[list[object]], list[list[object]]]:
    paths = paths_of(definitions().forms["bieu14"])
    return [*map(list, band(paths)[0])], [[*range(1, 21)], CHOLERA]


def test_another_form_below_is_read_by_its_own_header() -> None:
    header, rows = disease_rows()
    below = [["Người lập biểu"], [""], ["Đơn vị: Bệnh viện Quận 2"], *header, *rows]
    reading = read(book_xlsx(page(below=below)))
    assert [(one.form, one.facility, one.period) for one in reading.reports] == [
        ("bieu9", "79001", "2026-08"),
        ("bieu14", "79002", "2026-08"),
    ]
    assert (codes(reading), reading.counts.found) == ([], 21 + 17)


def test_another_form_below_may_have_a_period_of_its_own() -> None:
    header, rows = disease_rows()
    below = [[""], ["Đơn vị: Bệnh viện Quận 2"], ["Tháng 7 năm 2026"], *header, *rows]
    assert [one.period for one in read(book_xlsx(page(below=below))).reports] == ["2026-08", "2026-07"]


def test_the_same_form_below_with_its_columns_moved() -> None:
    other = moved(*REST[:3], *SERVICES, *REST[3:])
    head, row = band(other.paths)[0], [TWO[at] for at in (*REST[:3], *SERVICES, *REST[3:])]
    reading = read(book_xlsx(page(below=[[""], ["II. Cơ sở tư nhân"], *head, row])))
    assert [one.facility for one in reading.reports] == ["79001", "79002"]
    assert [value // 10_000 for value in reading.observations.value[21:24]] == list(FIGURES[:3])


def test_the_first_table_is_read_if_the_second_is_not() -> None:
    below = [[""], ["Bảng 2"], ["TT", "Tên thuốc", "Số lượng"], [1, "Paracetamol", 500]]
    reading = read(book_xlsx(page(below=below)))
    assert reading.counts.accepted == 21
    assert reading.verdict == "quarantined"
    assert "UNKNOWN_FACILITY" in codes(reading)


def test_no_period_needs_a_word_from_a_person() -> None:
    bare = page(title=())
    assert codes(read(book_xlsx(bare), "x.xlsx")) == ["PERIOD_MISSING"]
    assert codes(read(book_xlsx(bare), "x.xlsx", period=Period("month", 2026, 8))) == []
