"""Who reported, who owes reports, and what awaits a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthstats import tables
from healthstats.domain.definitions import Publication, Section
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.render.figures import format_cell, shown
from healthstats.tables import pages
from healthstats.words import findings, say
from tests.golden.marts import definitions, open_marts, reported, spell
from tests.golden.test_formats import annual_page
from tests.golden.world import FINDINGS, YEAR, open_year

YEAR_2023 = Period("year", 2023)


def drawn(table: Table) -> list[list[str]]:
    return [[format_cell(row[at], table.columns[at], "vi") for at in shown(table)] for row in table.rows]


def test_coverage_adds_up_by_area_and_type(tmp_path: Path) -> None:
    assert drawn(tables.coverage(open_year(tmp_path), definitions(), YEAR_2023)) == [
        ["Tổng số", "36", "32", "88,9%", "1", "4"],
        ["Thành phố Hồ Chí Minh", "24", "21", "87,5%", "1", "3"],
        ["Bệnh viện", "12", "12", "100%", "0", "0"],
        ["Phòng khám", "12", "9", "75%", "1", "3"],
        ["Tỉnh Bình Dương", "12", "11", "91,7%", "0", "1"],
        ["Bệnh viện", "12", "11", "91,7%", "0", "1"],
    ]


def test_coverage_counts_only_the_months_of_the_period(tmp_path: Path) -> None:
    table = tables.coverage(open_year(tmp_path), definitions(), Period("quarter", 2023, 2))
    assert drawn(table)[0] == ["Tổng số", "9", "7", "77,8%", "0", "2"]


def test_a_report_that_nobody_expected_fills_no_gap(tmp_path: Path) -> None:
    rows = [reported("79001", 1), {**reported("79001", 2), "expected": False}, reported("79002", 1, reported=False)]
    assert drawn(tables.coverage(open_marts(tmp_path, (), rows), definitions(), YEAR_2023))[0] == [
        *("Tổng số", "2", "1", "50%", "0", "1")
    ]


def test_a_register_without_areas_or_types_still_shows_the_total(tmp_path: Path) -> None:
    known = definitions(facilities=(spell("A", "Nơi A", kind="", area=None),))
    connection = open_marts(tmp_path, (), [reported("A", 1)])
    assert drawn(tables.coverage(connection, known, YEAR_2023)) == [["Tổng số", "1", "1", "100%", "0", "0"]]


def test_the_list_to_chase_names_the_months(tmp_path: Path) -> None:
    assert drawn(tables.missing(open_year(tmp_path), definitions(), YEAR_2023)) == [
        ["79002", "Phòng khám đa khoa Bến Thành", "Phòng khám", "Thành phố Hồ Chí Minh", "2, 5–6", "3"],
        ["74001", "Bệnh viện Dĩ An", "Bệnh viện", "Tỉnh Bình Dương", "11", "1"],
    ]


def test_of_several_forms_each_line_of_the_list_to_chase_names_its_own(tmp_path: Path) -> None:
    rows = [reported("79002", 5, reported=False), {**reported("79002", 5, reported=False), "form": "bieu14"}]
    table = tables.missing(open_marts(tmp_path, (), rows), definitions(), YEAR_2023)
    forms = [column.key for column in table.columns].index("form_shown")
    assert [row[forms].value for row in table.rows] == ["bieu14", definitions().forms["bieu9"].name["vi"]]
    assert (table.columns[forms].label, table.columns[forms].only) == ("Biểu mẫu", "screen")


def test_nobody_to_chase_is_said_in_words(tmp_path: Path) -> None:
    table = tables.missing(open_marts(tmp_path), definitions(), YEAR_2023)
    assert (table.rows, table.notes) == ((), (say("note.none_missing", "vi"),))


def test_awaiting_shows_the_cell_of_the_periods_findings(tmp_path: Path) -> None:
    table = tables.awaiting(open_year(tmp_path), definitions(), YEAR_2023)
    assert [row[0] for row in drawn(table)] == [
        "BC T8 BV Quan 1 (sua).xls › Biểu 9 › F12",
        "PK_DK_Ben_Thanh_T02_2023_lan_2.xlsx › T2",
    ]
    assert drawn(table)[0][1:] == [
        "Bệnh viện Quận 1",
        "Tháng 8/2023",
        "Số đếm phải là số nguyên: kiểm tra lại rồi gửi lại. · trong tệp: “1.401”",
        "1401",
    ]


def test_awaiting_keeps_what_has_no_period(tmp_path: Path) -> None:
    lost = [FINDINGS[0] | {"period": period} for period in (None, "2023-Q1", "2024")]
    connection = open_marts(tmp_path, (), (), lost)
    table = tables.awaiting(connection, definitions(), YEAR_2023)
    assert (len(table.rows), table.notes) == (2, ("Gồm cả tệp chưa rõ kỳ: 1 chỗ.",))
    # of every period nothing is said of it: they all belong there
    assert (
        len(tables.awaiting(connection, definitions(), None).rows),
        tables.awaiting(connection, definitions(), None).notes,
    ) == (3, ())


def test_a_finding_is_told_in_the_readers_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(say.__globals__["CATALOGUE"], "finding.TEST", ("{n} dòng thừa", "{n} rows too many"))
    told = [{**FINDINGS[0], "code": "TEST", "params": '{"n": 3}'}, {**FINDINGS[0], "code": "TEST", "params": "{}"}]
    table = tables.awaiting(open_marts(tmp_path, (), (), told), definitions(), YEAR_2023, "en")
    place = [column.key for column in table.columns].index("finding")
    assert {row[place].value for row in table.rows} == {"3 rows too many", FINDINGS[0]["message"]}
    assert findings.SENTENCES.get("finding.TEST") is None


def test_a_page_cuts_a_long_list_and_says_how_to_see_it_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LONGEST_LIST", 1)
    chase = annual_page(tmp_path, "vi").sections[6]
    assert chase.prose == ("2 cơ sở còn thiếu báo cáo.",)
    assert len(chase.tables[0].rows) == 1
    assert chase.tables[0].notes[-1] == "… và 1 dòng nữa. Xem đủ: healthstats show missing 2023"


def test_a_section_without_figures_says_so(tmp_path: Path) -> None:
    heading = {"vi": "Theo tuyến", "en": "By level"}
    publication = Publication("p", {"vi": "Năm {period}", "en": ""}, (Section(heading, "groups", (), "level"),))
    page = tables.annual(open_marts(tmp_path, YEAR), definitions(), publication, YEAR_2023, "", "vi")
    assert page.sections[0].prose == ("Chưa có số liệu cho Theo tuyến.",)
    assert page.sections[0].tables == ()
