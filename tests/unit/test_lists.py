"""An analyst's list: which columns are what, which rows are entries, and what only a person can settle."""

from __future__ import annotations

import io
import os
import re
import signal
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt

from healthstats.definitions import load, shipped_pipelines
from healthstats.definitions.headings import Headings, read_headings
from healthstats.domain.definitions import Definitions
from healthstats.domain.finding import Finding
from healthstats.intake.copies import sheets_of
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.grid import Grid
from healthstats.intake.lists import lists
from healthstats.intake.lists.facilities import FacilityList, ListedFacility
from healthstats.intake.lists.header import Wanted
from healthstats.intake.lists.lists import Listing, find_list, read_grids
from healthstats.intake.lists.targets import TargetList
from healthstats.words import CATALOGUE
from healthstats.workflows.init import init
from tests.submissions.xlsb import Share, xlsb

Rows = Sequence[Sequence[object]]
ON = date(2026, 1, 1)
HEADING = ("STT", "Mã CSKCB", "Tên cơ sở", "Tỉnh/TP", "Hình thức sở hữu")
REGISTER = (
    "facility,name,area,ownership,valid_from\n"
    "79001,Bệnh viện Quận 1,79,công lập,2025-07-01\n"
    "01C51,Trạm y tế Hoà Bình,01,công lập,\n"
    "new-1,Phòng khám Ánh Dương,,,\n"
    "012/GPHĐ,Phòng khám Sao Mai,,,\n"
)
NO_COLUMNS = Wanted({})


@pytest.fixture(scope="module")
def headings(tmp_path_factory: pytest.TempPathFactory) -> Headings:
    return read_headings(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    root = tmp_path_factory.mktemp("workspace")
    init(root, "vi")
    (root / "pipelines" / "registers" / "facilities.csv").write_text(REGISTER, "utf-8")
    return load(root)


def padded(rows: Rows) -> list[list[object]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def found(headings: Headings, rows: Rows, wanted: Wanted = NO_COLUMNS) -> Listing:
    listing = find_list([Grid("Trang 1", padded(rows))], headings, wanted)
    assert isinstance(listing, Listing), listing
    return listing


def read(
    definitions: Definitions, headings: Headings, rows: Rows, pad: bool = False
) -> tuple[list[ListedFacility], list[Finding]]:
    return FacilityList(definitions, ON, pad).read(found(headings, rows))


def facility(definitions: Definitions, headings: Headings, *row: object) -> ListedFacility:
    (one,), doubts = read(definitions, headings, [HEADING, row])
    assert doubts == []
    return one


def doubt(definitions: Definitions, headings: Headings, *row: object) -> Finding:
    none, (finding,) = read(definitions, headings, [HEADING, row])
    assert none == []
    return finding


# Files


def xlsx(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("DS")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [xlsx, xls, lambda rows: "\n".join(";".join(map(str, row)) for row in rows).encode()])
def test_a_list_is_read_from_xlsx_xls_and_csv(data: object, headings: Headings) -> None:
    rows = [("Mã CSKCB", "Tên cơ sở"), ("01C51", "Trạm y tế Hòa Bình"), ("79002", "Bệnh viện B")]
    grids = read_grids("ds", data(rows))  # type: ignore[operator]
    assert isinstance(grids, list)
    listing = find_list(grids, headings, NO_COLUMNS)
    assert isinstance(listing, Listing)
    assert [row.text("facility") for row in listing.rows] == ["01C51", "79002"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"%PDF-1.7\n", "FILE_PDF"),
        (xlsx([HEADING])[:900], "FILE_TRUNCATED"),
        ("Mã CSKCB,Tên cơ sở\n79001,A\n79002,B,C\n".encode(), "RAGGED_RECORD"),
        ("Mã CSKCB;Tên cơ sở\n".encode() + b"\xff\xfe\n", "UNREADABLE_TEXT"),
    ],
)
def test_a_file_that_is_no_list_says_why(data: bytes, code: str) -> None:
    finding = read_grids("ds", data)
    assert isinstance(finding, Finding)
    assert finding.code == code


def shown(sheet: object, row: int, column: int, number: object, code: str) -> None:
    """One cell with its number format, in either library."""
    if isinstance(sheet, xlwt.Worksheet):
        sheet.write(row, column, number, xlwt.easyxf(num_format_str=code))
    else:
        cell = sheet.cell(row + 1, column + 1, number)  # type: ignore[attr-defined]
        cell.number_format = code


def formatted(kind: str, cells: Sequence[tuple[object, str]]) -> bytes:
    """A list of one row a cell, the number beneath and its format."""
    book = openpyxl.Workbook() if kind == "xlsx" else xlwt.Workbook()
    sheet = book.active if kind == "xlsx" else book.add_sheet("KH")
    for column, label in enumerate(("Mã CSKCB", "Chỉ tiêu", "KH năm 2026")):
        shown(sheet, 0, column, label, "General")
    for row, (number, code) in enumerate(cells, start=1):
        shown(sheet, row, 0, f"7900{row}", "General")
        shown(sheet, row, 1, "insured_share_visits", "General")
        shown(sheet, row, 2, number, code)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_number_shown_as_percents_is_what_is_shown(kind: str) -> None:
    cells = [(0.95, "0%"), (0.29, "0.00%"), (1, "0%"), (0.01234, "#,##0.0%;-0.0%"), (95, '0"%"'), (0.95, "General")]
    grids = read_grids(f"kh.{kind}", formatted(kind, cells), percents=True)
    assert isinstance(grids, list)
    assert [row[2] for row in grids[0].rows[1:]] == ["95%", "29%", "100%", "1.2340%", 95, 0.95]


def test_a_copy_that_is_sent_back_says_its_percents() -> None:
    (copy,) = sheets_of("xls", formatted("xls", [(0.95, "0%"), (95, "0")]))  # type: ignore[misc]
    assert [row[2] for row in copy.rows[1:]] == ["95%", 95]


def test_percents_side_by_side_in_an_old_workbook_are_all_seen() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("KH")
    for column, number in enumerate((0.5, 0.25, 7)):
        sheet.write(0, column, number, xlwt.easyxf(num_format_str="0%" if number < 1 else "0"))
    # neighbours of one row are one record of an .xls
    out = io.BytesIO()
    book.save(out)
    (grid,) = read_grids("kh.xls", out.getvalue(), percents=True)  # type: ignore[misc]
    assert grid.rows[0][:3] == ["50%", "25%", 7]


def test_percents_of_a_binary_workbook_are_seen() -> None:
    rows = (["KH", Share(0.95)], ["KH", 0.95])
    (grid,) = read_grids("kh.xlsb", xlsb(_Page(rows)), percents=True)  # type: ignore[misc,arg-type]
    assert [row[1] for row in grid.rows] == ["95%", 0.95]


def test_percents_of_an_opendocument_sheet_are_seen() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="{kind}" office:value="0.95"/>' for kind in ("percentage", "float")
    )
    content = f'<table:table table:name="KH"><table:table-row>{cells}</table:table-row></table:table>'
    (grid,) = read_grids("kh.ods", _ods(content), percents=True)  # type: ignore[misc]
    assert grid.rows == [["95%", 0.95]]


def _ods(tables: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{space}{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    return out.getvalue()


@dataclass
class _Page:
    rows: Sequence[list[object]]
    name: str = "KH"
    title: tuple[str, ...] = ()
    merged: bool = False

    def cells(self) -> Sequence[list[object]]:
        return self.rows


def test_a_file_that_kills_its_reader_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_grids", _die)
    finding = read_grids("ds.xlsx", b"")
    assert isinstance(finding, Finding)
    assert finding.code == "READER_DIED"


def _die(name: str, data: bytes, percents: bool) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# Columns and rows


def test_titles_numbers_sections_and_signatures_are_no_entries(headings: Headings) -> None:
    rows = [
        ("SỞ Y TẾ",),
        ("DANH SÁCH CƠ SỞ NĂM 2026",),
        (),
        HEADING,
        (1, 2, 3, 4, 5),
        ("", "A. CÔNG LẬP"),
        (1, "79001", "Bệnh viện Quận 1", "TP. Hồ Chí Minh", "Công lập"),
        (),
        ("", "", "", "", "NGƯỜI LẬP BIỂU"),
    ]
    listing = found(headings, rows)
    assert [(row.row, row.text("name")) for row in listing.rows] == [(7, "Bệnh viện Quận 1")]
    assert listing.passed == 2


def test_a_heading_of_two_rows_is_read_top_to_bottom(headings: Headings) -> None:
    rows = [
        ["Mã CSKCB", "Tên cơ sở", "Giấy phép hoạt động", ""],
        ["", "", "Số", "Ngày cấp"],
        ["", "Phòng khám", "012/GPHĐ", "2020"],
    ]
    for merged in ((), ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4))):
        listing = find_list([Grid("Trang 1", rows, merged)], headings, NO_COLUMNS)
        assert isinstance(listing, Listing)
        assert [row.text("licence") for row in listing.rows] == ["012/GPHĐ"]
        assert listing.headings["licence"] == "Giấy phép hoạt động / Số"


def test_unknown_columns_are_named_and_addresses_are_not(headings: Headings) -> None:
    rows = [(*HEADING, "Địa chỉ", "Vùng kinh tế"), (1, "79001", "A", "", "", "12 Lê Lợi", "Đông")]
    assert found(headings, rows).unused == ("Vùng kinh tế",)
    kept = found(headings, rows, Wanted({"vung kinh te": "vung_kinh_te"}))
    assert (kept.unused, kept.rows[0].text("vung_kinh_te")) == ((), "Đông")


def test_two_columns_of_one_meaning_are_refused_until_one_is_passed_over(headings: Headings) -> None:
    rows = [("Mã CSKCB", "Tên cơ sở", "Tên đơn vị"), ("79001", "A", "B")]
    finding = find_list([Grid("Trang 1", padded(rows))], headings, NO_COLUMNS)
    assert isinstance(finding, Finding)
    assert (finding.code, finding.cell, finding.text) == ("LIST_COLUMN_TWICE", "C1", "Tên cơ sở; Tên đơn vị")
    assert found(headings, rows, Wanted({}, ignore=("Tên đơn vị",))).rows[0].text("name") == "A"


def test_a_sheet_of_another_kind_is_chosen_or_refused(headings: Headings) -> None:
    grids = [
        Grid("Cơ sở", [["Mã CSKCB", "Tên cơ sở"], ["79001", "A"]]),
        Grid("Dân số", [["Tỉnh", "Năm", "Dân số"], ["79", 2024.0, 9.0]]),
    ]
    assert getattr(find_list(grids, headings, NO_COLUMNS), "code", "") == "LIST_OF_SEVERAL"
    chosen = find_list(grids, headings, Wanted({}, sheets=("dân số",)))
    assert isinstance(chosen, Listing)
    assert chosen.register == "populations"
    assert getattr(find_list([Grid("x", [["a", "b"]])], headings, NO_COLUMNS), "code", "") == "LIST_UNKNOWN"


# Codes, names, areas, days


def test_a_known_code_is_spelled_as_the_register_spells_it(definitions: Definitions, headings: Headings) -> None:
    one = facility(definitions, headings, 1, " 01c51 ", "Trạm y tế  Hòa Bình", "Hà Nội", "CÔNG LẬP")
    assert (one.facility, one.area, one.groups) == ("01C51", "01", {"ownership": "công lập"})


def test_a_short_number_asks_and_is_never_padded_in_silence(definitions: Definitions, headings: Headings) -> None:
    row = (1, 1001.0, "Bệnh viện B", "01", "")
    finding = doubt(definitions, headings, *row)
    assert (finding.code, finding.cell, finding.text) == ("LIST_CODE_SHORT", "B2", "1001")
    (one,), _ = read(definitions, headings, [HEADING, row], pad=True)
    assert one.facility == "01001"


@pytest.mark.parametrize(
    ("cell", "code"), [(79001.5, "LIST_CODE"), (Flawed("CELL_ERROR", "#REF!"), "CELL_ERROR")], ids=["fraction", "error"]
)
def test_a_cell_that_is_no_code(definitions: Definitions, headings: Headings, cell: object, code: str) -> None:
    assert doubt(definitions, headings, 1, cell, "Bệnh viện B", "", "").code == code


def test_a_clinic_without_a_code_takes_its_licence(definitions: Definitions, headings: Headings) -> None:
    heading = ("Mã CSKCB", "Tên cơ sở", "Giấy phép hoạt động")
    rows = [
        heading,
        ("", "Phòng khám Mới", "099/GPHĐ"),
        ("79777", "Phòng khám Sao Mai", "012/GPHĐ"),
        ("79888", "Phòng khám Ánh Dương", ""),
    ]
    listed, doubts = read(definitions, headings, rows)
    assert doubts == []
    assert [(one.facility, one.was) for one in listed] == [("099/GPHĐ", ""), ("79777", "012/GPHĐ"), ("79888", "new-1")]


def test_a_name_alone_finds_the_one_facility_that_bears_it(definitions: Definitions, headings: Headings) -> None:
    assert facility(definitions, headings, 1, "", "BỆNH VIỆN QUẬN 1", "", "").facility == "79001"
    assert doubt(definitions, headings, 1, "", "Bệnh viện Lạ", "", "").code == "LIST_NO_CODE"


@pytest.mark.parametrize(
    ("area", "code"),
    [("79", "79"), (79.0, "79"), ("TP. Hồ Chí Minh", "79"), ("hồ chí minh", "79"), ("TP.HCM", "79"), ("", None)],
)
def test_an_area_by_code_or_name(definitions: Definitions, headings: Headings, area: object, code: str | None) -> None:
    assert facility(definitions, headings, 1, "79002", "B", area, "").area == code


def test_an_area_that_is_no_more_on_that_day_is_doubtful(definitions: Definitions, headings: Headings) -> None:
    assert doubt(definitions, headings, 1, "79002", "B", "Bình Dương", "").code == "LIST_AREA"
    rows = [(*HEADING, "Tỉnh cũ"), (1, "79002", "B", "79", "", "Bình Dương")]
    (one,), _ = read(definitions, headings, rows)
    assert one.area_before == "74"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2020, 5, 1), date(2020, 5, 1)),
        ("01/05/2020", date(2020, 5, 1)),
        ("1.5.2020", date(2020, 5, 1)),
        ("2020-05-01", date(2020, 5, 1)),
        ("", None),
    ],
)
def test_days(definitions: Definitions, headings: Headings, cell: object, day: date | None) -> None:
    rows = [("Mã CSKCB", "Tên cơ sở", "Ngày hoạt động"), ("79002", "B", cell)]
    (one,), _ = read(definitions, headings, rows)
    assert one.opened == day


@pytest.mark.parametrize("cell", [2020.0, "2020", "05/2020", "31/02/2020", "20200501x"])
def test_a_year_is_no_day(definitions: Definitions, headings: Headings, cell: object) -> None:
    none, (finding,) = read(definitions, headings, [("Mã CSKCB", "Tên cơ sở", "Ngày mở"), ("79002", "B", cell)])
    assert (none, finding.code, finding.cell) == ([], "LIST_DAY", "C2")


def test_a_facility_twice_is_written_from_neither_row(definitions: Definitions, headings: Headings) -> None:
    rows = [HEADING, (1, "79002", "B", "", ""), (2, "79003", "C", "", ""), (3, "79002", "B2", "", "")]
    listed, doubts = read(definitions, headings, rows)
    assert [one.facility for one in listed] == ["79003"]
    assert [(one.code, one.cell) for one in doubts] == [("LIST_TWICE", "B2"), ("LIST_TWICE", "B4")]


def test_a_successor_by_code_or_name(definitions: Definitions, headings: Headings) -> None:
    heading = ("Mã CSKCB", "Tên cơ sở", "Ngày đóng", "Sáp nhập vào")
    rows = [heading, ("79001", "", "31/12/2025", "79002"), ("79002", "B", "", ""), ("01C51", "", "", "BV Quận Lạ")]
    listed, (finding,) = read(definitions, headings, rows)
    assert [(one.facility, one.successor) for one in listed] == [("79001", "79002"), ("79002", "")]
    assert (finding.code, finding.cell) == ("LIST_SUCCESSOR", "D4")


# Populations and plans


def lines(definitions: Definitions, headings: Headings, rows: Rows) -> tuple[list[dict[str, str]], list[Finding]]:
    return TargetList(definitions, False, "ds.xlsx").read(found(headings, rows))


def test_populations_a_row_a_year_or_a_column_a_year(definitions: Definitions, headings: Headings) -> None:
    long = [("Tỉnh/TP", "Năm", "Dân số"), ("TP. Hồ Chí Minh", 2024.0, "9.456.700"), ("79", 2025.0, 14002600.0)]
    wide = [("Tỉnh/TP", "Dân số 2024", "Dân số năm 2025"), ("Hồ Chí Minh", 9456700.0, 14002600.0)]
    told = [("79", "2024", "9456700"), ("79", "2025", "14002600")]
    for rows in (long, wide):
        read_lines, doubts = lines(definitions, headings, rows)
        assert doubts == []
        assert [(line["area"], line["year"], line["population"]) for line in read_lines] == told
        assert read_lines[0]["source"] == "ds.xlsx"


@pytest.mark.parametrize("people", ["khoảng 9.000.000", "trên 9 triệu", "nhiều"])
def test_about_so_many_people_is_no_population(definitions: Definitions, headings: Headings, people: str) -> None:
    read_lines, doubts = lines(definitions, headings, [("Tỉnh", "Năm", "Dân số"), ("79", 2024.0, people)])
    assert (read_lines, [finding.code for finding in doubts]) == ([], ["LIST_NUMBER"])


def test_thousands_of_persons_are_refused(headings: Headings) -> None:
    rows = [("Đơn vị tính: nghìn người",), ("Tỉnh", "Năm", "Dân số"), ("79", 2024.0, 9456.7)]
    finding = find_list([Grid("DS", padded(rows))], headings, NO_COLUMNS)
    assert isinstance(finding, Finding)
    assert finding.code == "LIST_SCALED"


def test_plans_of_a_facility_and_of_an_area(definitions: Definitions, headings: Headings) -> None:
    rows = [
        ("Mã CSKCB", "Địa bàn", "Chỉ tiêu", "ĐVT", "KH năm 2026"),
        ("79001", "", "Lượt khám chữa bệnh ngoại trú", "lượt", 1200000.0),
        ("", "79", "beds_planned", "giường", "45,5"),
        ("", "", "beds_planned", "giường", 1.0),
        ("79001", "", "Chỉ tiêu lạ", "", 1.0),
    ]
    read_lines, doubts = lines(definitions, headings, rows)
    assert [tuple(line.values())[:5] for line in read_lines] == [
        ("79001", "", "outpatient_visits", "2026", "1200000"),
        ("", "79", "beds_planned", "2026", "45.5"),
    ]
    assert [finding.code for finding in doubts] == ["LIST_NO_PLACE", "LIST_INDICATOR"]


# Words


def test_every_doubt_has_a_sentence_and_a_title() -> None:
    folder = Path(lists.__file__).parent
    codes = {code for path in folder.glob("*.py") for code in re.findall(r'"(LIST_[A-Z_]+)"', path.read_text())}
    assert len(codes) > 15
    assert {code for code in codes if f"finding.{code}" not in CATALOGUE or f"title.{code}" not in CATALOGUE} == set()


def every_label() -> Iterator[tuple[str, str, str]]:
    for register, roles in read_headings(shipped_pipelines()).items():
        yield from ((register, role, label) for role, labels in roles.items() for label in labels)


def test_no_label_means_two_things_within_a_list() -> None:
    from healthstats.intake.letters.text import fold

    meant: dict[tuple[str, str], str] = {}
    for register, role, label in every_label():
        assert meant.setdefault((register, fold(label)), role) == role, label
