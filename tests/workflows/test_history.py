"""Years of which only an area's figures are left: taken in as a history, and a base that says so."""

from __future__ import annotations

import csv
import io
import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from healthstats import render
from healthstats.domain.period import parse_period
from healthstats.intake import Hints
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.show import Wanted, show
from healthstats.workflows.workspace import Workspace

from .conftest import MakeWorkspace

HERE = Path(__file__).parent
REAL = HERE.parents[2] / "shared" / "data" / "real"
NATIONAL = REAL / "Number of patient beds.csv"
PROVINCIAL = REAL / "Number of patient beds under provincial departments of health by province.csv"
REGISTER = "facility,name,area,ownership,type,level,valid_from,valid_to\n{rows}"
HISTORY = Hints(form="history_bieu9")
needs_real = pytest.mark.skipif(not NATIONAL.exists(), reason="the real files lie in ../shared, which is not here")


def take_in(workspace: Workspace, name: str, text: str | bytes, hints: Hints = HISTORY) -> Outcome:
    path = workspace.inbox / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return ingest(Workspace(workspace.root), Request(paths=(path,), hints=hints, workers=1))


def grown(workspace: Workspace, columns: str, where: str) -> dict[Any, tuple[Any, ...]]:
    """First column → the others, of the growth on the newest boundaries against the prior year."""
    told = query(
        Workspace(workspace.root),
        f"select {columns} from growth where comparison = 'prior_year' and group_by = 'all' and {where}",
    )
    return {row[0].value: tuple(cell.value for cell in row[1:]) for row in told.rows}


@pytest.fixture
def city(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER.format(rows="79001,Bệnh viện A,79,,,,,\n79002,Bệnh viện B,79,,,,,\n"))


YEAR_2023 = "facility,period,element,value\n79001,2023,outpatient_visits,700\n79002,2023,outpatient_visits,400\n"
NEWEST = "boundaries = (select max(boundaries) from growth)"


def test_a_base_year_from_the_province_says_so_and_has_no_like_for_like(city: Workspace) -> None:
    take_in(city, "2023.csv", YEAR_2023, Hints())
    taken = take_in(city, "ls.csv", "Địa bàn;Kỳ;Chỉ tiêu;Giá trị\nTP. Hồ Chí Minh;2022;outpatient_visits;1000\n")
    assert (taken.counts.accepted, [reading.verdict for _, reading in taken.judged]) == (1, ["accepted"])
    found = grown(
        city,
        "area, value, base_value, change, change_pct, index_pct, matched_value, matched_change_pct, change_matched,"
        " value_source, base_source",
        f"indicator = 'outpatient_visits' and period = '2023' and {NEWEST.replace('max', 'min')}",
    )
    told = (1100, 1000, 100, 10, 110, None, None, None, "facilities", "history")
    assert found == {"79": told, "VN": told}, "the country of a department is its one province"
    table = show(Workspace(city.root), Wanted("growth", indicators=("outpatient_visits",)), "vi")
    assert any("không tính được tăng, giảm cùng cơ sở" in note for note in table.notes)
    at = [column.key for column in table.columns].index("base_value_prior_year")
    assert (table.rows[0][at].value, table.rows[0][at].status) == (1000, "history")


def test_what_facilities_reported_is_never_mixed_with_the_provinces_figure(city: Workspace) -> None:
    take_in(city, "2023.csv", YEAR_2023 + "79001,2022,outpatient_visits,600\n", Hints())
    take_in(city, "ls.csv", "area,period,element,value\n79,2022,outpatient_visits,1000\n79,2022,inpatient_stays,50\n")
    where = f"area = '79' and period = '2022' and {NEWEST.replace('max', 'min')}"
    found = grown(city, "indicator, value, value_source", where)
    assert found["outpatient_visits"] == (600, "facilities")
    assert found["inpatient_stays"] == (50, "history")
    aside = query(
        Workspace(city.root),
        "select indicator, value, history_value, difference from history_set_aside where area = '79'"
        " and boundaries = (select min(boundaries) from growth)",
    )
    assert [tuple(cell.value for cell in row) for row in aside.rows] == [("outpatient_visits", 600, 1000, -400)]


@pytest.mark.parametrize("name", ["growth", "annex"])
def test_a_figure_of_the_area_that_gives_way_is_told_beside_what_counts(city: Workspace, name: str) -> None:
    """Of 2022 the two hospitals sent 600 visits and 40 stays; the province's book says 1000, and 40 as well."""
    sent = "79001,2022,outpatient_visits,600\n79002,2022,inpatient_stays,40\n"
    take_in(city, "2023.csv", YEAR_2023 + sent, Hints())
    asked = Wanted(name, parse_period("2023"))
    assert not any("set_aside" in note for note in show(Workspace(city.root), asked, "vi").notes)
    book = "area,period,element,value\n79,2022,outpatient_visits,1000\n79,2022,inpatient_stays,40\n79,2019,xrays,3\n"
    take_in(city, "ls.csv", book)
    (told,) = [note for note in show(Workspace(city.root), asked, "vi").notes if "set_aside" in note]
    assert told == (
        "Có 1 số lịch sử của cả địa bàn khác tổng báo cáo của các cơ sở: tổng ấy được lấy. Lệch nhất: Lượt khám chữa "
        "bệnh ngoại trú, năm 2022: cơ sở 600, lịch sử 1.000. Xem hết: "
        'healthstats query "select * from history_set_aside"'
    )
    elsewhere = Wanted(name, parse_period("2023"), indicators=("inpatient_stays",))
    assert not any("set_aside" in note for note in show(Workspace(city.root), elsewhere, "vi").notes)


def test_a_history_is_expected_of_nobody(city: Workspace) -> None:
    take_in(city, "ls.csv", "area,period,element,value\n79,2021,xrays,5\n79,2022,xrays,6\n")
    assert query(Workspace(city.root), "select * from coverage").rows == ()
    where = f"area = '79' and period = '2022' and {NEWEST.replace('max', 'min')}"
    assert grown(city, "indicator, value, base_value, expected_reports, status", where)["xrays"] == (6, 5, 0, "ok")
    table = show(Workspace(city.root), Wanted("growth"), "vi")
    assert "năm 2022" in table.title


def test_a_workbook_of_areas_and_years_and_one_of_other_elements_beside_it(city: Workspace) -> None:
    rows = "Địa bàn,Năm,{}\nThành phố Hồ Chí Minh,2021,{}\nThành phố Hồ Chí Minh,2022,{}\n"
    take_in(city, "giuong.csv", rows.format("Giường thực tế", 30, 33))
    take_in(city, "luot.csv", rows.format("Lượt khám chữa bệnh ngoại trú,Số cơ sở", "900,9", "990,8"))
    where = f"area = '79' and period = '2022' and {NEWEST.replace('max', 'min')}"
    found = grown(city, "indicator, value, base_value", where)
    assert {code: figures for code, figures in found.items() if figures[0] is not None} == {
        "beds_actual": (33, 30),
        "outpatient_visits": (990, 900),
        "facilities": (8, 9),
    }, "the second file put nothing of the first aside"


def test_without_the_word_of_a_person_no_file_is_a_history(city: Workspace) -> None:
    taken = take_in(city, "ls.csv", "Địa bàn,Năm,Giường thực tế\nThành phố Hồ Chí Minh,2021,30\n", Hints())
    assert taken.counts.accepted == 0
    again = take_in(city, "ls.csv", "Địa bàn,Năm,Giường thực tế\nThành phố Hồ Chí Minh,2021,30\n")
    assert again.counts.accepted == 1


def test_provinces_that_merged_add_up_only_if_all_are_there(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    head = "area,period,element,value\n"
    parts = "74,{0},outpatient_visits,{1}\n77,{0},outpatient_visits,{2}\n"
    take_in(workspace, "a.csv", head + parts.format(2022, 10, 20) + "79,2022,outpatient_visits,100\n")
    take_in(workspace, "b.csv", head + parts.format(2023, 12, 18) + "VN,2023,outpatient_visits,9000\n")
    where = f"indicator = 'outpatient_visits' and period = '2023' and {NEWEST}"
    found = grown(workspace, "area, value, base_value, status", where)
    assert found == {"79": (None, 130, "partial"), "VN": (9000, None, "no_base")}


def test_an_area_of_a_day_before_the_registers_divisions_is_not_taken_for_todays(city: Workspace) -> None:
    said = "Địa bàn,Năm,Giường thực tế\nHà Nội,2007,4448\nCả nước,2007,210800\nHà Nội,2008,9270\n"
    (taken,) = take_in(city, "giuong.csv", said).judged
    assert [finding.code for finding in taken[1].findings] == ["AREA_NOT_THEN"]
    long = take_in(city, "dai.csv", "area,period,element,value\n01,2007,beds_actual,4448\n01,2009,beds_actual,10066\n")
    assert [finding.code for finding in long.judged[0][1].findings] == ["AREA_NOT_THEN"]
    assert (taken[1].counts.accepted, long.counts.accepted) == (2, 1)


def test_a_history_may_be_headed_as_the_form_heads_its_columns(city: Workspace) -> None:
    heading = "Địa bàn;Năm;Giường KH;Số lượt khám bệnh / Tổng số;Số lượt điều trị nội trú / Trong đó / Nữ"
    (taken,) = take_in(city, "ls.csv", f"{heading}\nHà Nội;2023;7;8;9\n").judged
    assert [finding.code for finding in taken[1].findings] == []
    stored = query(Workspace(city.root), "select element, value from observations order by value")
    assert [(row[0].value, int(Decimal(str(row[1].value)))) for row in stored.rows] == [
        ("beds_planned", 7),
        ("outpatient_visits", 8),
        ("inpatient_stays_female", 9),
    ]
    labels = dict(city.definitions.forms["history_bieu9"].labels)
    assert not any("Nữ" in said for said in labels.values()), "of visits or of stays: nobody could say which"


@needs_real
def test_the_country_grows_as_the_official_index_says(make_workspace: MakeWorkspace) -> None:
    """Thousands of beds, 1995 to 2016, and the published “Previous year = 100”."""
    workspace = make_workspace()
    lines = list(csv.reader(io.StringIO(NATIONAL.read_text("utf-8-sig")), delimiter=";"))
    years = next(line[2:] for line in lines if line[:1] == ["Items"])
    beds, index = (next(line[2:] for line in lines if line[:2] == [item, "TOTAL"]) for item in ITEMS)
    said = [f"VN,{year},beds_actual,{int(Decimal(value) * 1000)}" for year, value in zip(years, beds, strict=True)]
    take_in(workspace, "giuong.csv", "\n".join(["area,period,element,value", *said]))
    found = grown(workspace, "period, index_pct", f"indicator = 'beds_actual' and area = 'VN' and {NEWEST}")
    computed = {year: rounded(Decimal(str(found[year][0]))) for year in years[1:]}
    official = {year: rounded(Decimal(value)) for year, value in zip(years[1:], index[1:], strict=True)}
    differ = {year: (computed[year], one) for year, one in official.items() if computed[year] != one}
    # 192,6 / 192,5 thousand: the levels are printed rounded, the index was not computed from them
    assert differ == {"2002": (Decimal("100.1"), Decimal("100.0"))}
    assert (computed["2015"], computed["2016"]) == (Decimal("103.5"), Decimal("99.9"))


ITEMS = ("Number (Thous. Beds)", "Index (Previous year = 100) (%)")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


@needs_real
def test_ha_noi_with_ha_tay_grew_by_2_9_percent_on_one_boundary(make_workspace: MakeWorkspace) -> None:
    """The real file, years side by side, by a definition alone; the register is given the division before 2008."""
    workspace = make_workspace()
    shutil.copytree(HERE / "beds" / "pipelines", workspace.root / "pipelines", dirs_exist_ok=True)
    registers = workspace.root / "pipelines" / "registers"
    older(registers)
    taken = take_in(workspace, PROVINCIAL.name, PROVINCIAL.read_bytes(), Hints())
    assert [reading.verdict for _, reading in taken.judged] == ["accepted"]
    on = "boundaries = date '2008-08-01' and indicator = 'provincial_beds' and period = '2008'"
    found = grown(workspace, "area, value, base_value, round(change_pct, 1), status", on)
    assert found["01"] == (9270, 4448 + 4560, Decimal("2.9"), "ok")
    before = grown(workspace, "area, value, status", on.replace("2008-08-01", "2002-01-01"))
    assert before["01"] == (None, "partial"), "the new Hà Nội is not the old one: nobody could say +108%"


def older(registers: Path) -> None:
    """The division before 2008-08-01 as of 2007: what the file needs and the shipped register does not hold."""
    areas = list(csv.reader((registers / "areas.csv").read_text("utf-8").splitlines()))
    old = [
        [*area[:4], "2002-01-01", "2008-07-31"] for area in areas if area[4] == "2008-08-01" and area[2] == "province"
    ]
    old.append(["HT", "Tỉnh Hà Tây", "province", "VN", "2002-01-01", "2008-07-31"])
    write(registers / "areas.csv", old)
    write(registers / "area_changes.csv", [[a[0], "01" if a[0] == "HT" else a[0], "2008-08-01"] for a in old])
    write(registers / "area_aliases.csv", [["Cả nước", "Whole country"]])


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize(("reported", "warned"), [(30, True), (900, False)])
def test_a_few_facilities_against_the_whole_province_are_no_fall_of_97_percent(
    city: Workspace, reported: int, warned: bool
) -> None:
    take_in(city, "2023.csv", f"facility,period,element,value\n79001,2023,outpatient_visits,{reported}\n", Hints())
    take_in(city, "ls.csv", "area,period,element,value\n79,2022,outpatient_visits,1000\n")
    asked = Wanted("growth", indicators=("outpatient_visits",))
    table = show(Workspace(city.root), asked, "vi")
    at = [column.key for column in table.columns].index("change_pct_prior_year")
    assert (table.rows[0][at].status == "lopsided") is warned
    assert table.notes[0].startswith("(!) CHƯA NÊN DÙNG") is warned
    assert ("(!)" in render.plain(table, "vi")) is warned
    annex = show(Workspace(city.root), Wanted("annex", parse_period("2023")), "vi")
    assert any("(!)" in str(cell.value) for row in annex.rows for cell in row) is warned
    assert any(note.startswith("(!)") for note in annex.notes) is warned


def test_a_year_without_one_of_an_areas_months_says_why_it_is_empty(city: Workspace) -> None:
    months = "".join(f"79,{year}-{month:02d},xrays,5\n" for year in (2021, 2022) for month in range(1, 13))
    take_in(city, "ls.csv", "area,period,element,value\n" + months.replace("79,2021-03,xrays,5\n", ""))
    table = show(Workspace(city.root), Wanted("growth", parse_period("2022"), indicators=("xrays",)), "vi")
    assert "không so sánh được" in render.plain(table, "vi")
    assert any("thiếu một tháng là thiếu cả kỳ" in note for note in table.notes)
