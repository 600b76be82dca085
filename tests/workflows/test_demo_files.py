"""The demo's files, read by a second reader: the growth, the facilities and the planted faults are all in them."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest

from healthstats.domain.form import Column
from healthstats.synthetic import write_demo
from healthstats.synthetic.figures import shares
from healthstats.synthetic.workbook import Row, Sheet, header_cells, workbook
from tests.workflows.demo_reader import ELEMENTS, DemoReading, read_demo


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder


@pytest.fixture(scope="module")
def reading(workspace: Path) -> DemoReading:
    return read_demo(workspace)


@pytest.fixture(scope="module")
def register(workspace: Path) -> list[dict[str, str]]:
    with (workspace / "pipelines/registers/facilities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def inbox(workspace: Path) -> Iterator[Path]:
    return (path for path in sorted((workspace / "data/raw/inbox").rglob("*")) if path.is_file())


def arrived(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


@pytest.mark.parametrize(
    ("element", "base", "published"),
    [
        ("outpatient_visits", 2022, "11.0"),
        ("outpatient_visits", 2020, "6.0"),
        ("outpatient_visits_insured", 2022, "17.0"),
        ("outpatient_visits_insured", 2020, "7.0"),
        ("inpatient_stays", 2022, "4.1"),
        ("inpatient_stays_insured", 2022, "9.1"),
    ],
)
def test_the_published_growth_is_in_the_files(reading: DemoReading, element: str, base: int, published: str) -> None:
    now, then = reading.year(element, 2023), reading.year(element, base)
    change = Decimal(100 * (now - then)) / Decimal(then)
    assert change.quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal(published)


def test_like_for_like_growth_is_visibly_another(reading: DemoReading, register: list[dict[str, str]]) -> None:
    merged = {line["facility"]: line["successor"] for line in register if line["successor"]}
    months: dict[tuple[str, str], dict[int, int]] = {}
    for (facility, month, element), value in reading.accepted.items():
        if element == "outpatient_visits":
            sums = months.setdefault((merged.get(facility, facility), month[5:]), {})
            sums[int(month[:4])] = sums.get(int(month[:4]), 0) + value
    both = [sums for sums in months.values() if {2022, 2023} <= sums.keys()]
    now, then = sum(sums[2023] for sums in both), sum(sums[2022] for sums in both)
    assert abs(100 * (now - then) / then - 11.0) > 0.5


def test_the_same_bytes_and_times_in_another_time_zone(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    write_demo(tmp_path)
    monkeypatch.undo()
    time.tzset()
    one = {path.relative_to(workspace): path for path in workspace.rglob("*") if path.is_file()}
    two = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    assert one.keys() == two.keys()
    for name, path in one.items():
        assert path.read_bytes() == two[name].read_bytes(), name
    assert [path.stat().st_mtime for path in inbox(workspace)] == [path.stat().st_mtime for path in inbox(tmp_path)]


def test_no_member_depends_on_this_machines_zlib(workspace: Path) -> None:
    for path in inbox(workspace):
        if path.name.startswith("BC_T01") and path.suffix == ".xlsx":
            with ZipFile(path) as book:
                assert {member.compress_type for member in book.infolist()} == {ZIP_STORED}
                assert {member.date_time[0] for member in book.infolist()} == {1980}


def test_forty_facilities_of_three_owners_and_their_events(register: list[dict[str, str]]) -> None:
    assert len({line["facility"] for line in register}) == 40
    assert {line["ownership"] for line in register} == {"công lập", "tư nhân", "bộ ngành"}
    first = {line["facility"]: line["valid_from"] for line in reversed(register)}
    opened = [facility for facility, day in first.items() if day > "2020"]
    closed = [(line["facility"], line["valid_to"], line["successor"]) for line in register if line["valid_to"]]
    assert opened == ["79020"]
    assert closed == [
        ("79012", "2022-06-30", "79011"),
        ("79015", "2022-12-31", ""),
        ("79040", "2022-12-31", ""),
    ]
    assert [line["ownership"] for line in register if line["facility"] == "79015"] == ["bộ ngành", "công lập"]


def test_a_facility_reports_only_while_it_is_open(reading: DemoReading, register: list[dict[str, str]]) -> None:
    open_from = {line["facility"]: line["valid_from"] for line in reversed(register)}
    open_to = {line["facility"]: line["valid_to"] or "9999" for line in register}
    for facility, month, _ in reading.accepted:
        assert open_from[facility] < f"{month}-31"
        assert f"{month}-28" <= open_to[facility]


def test_every_file_and_name_says_that_it_is_made_up(workspace: Path, register: list[dict[str, str]]) -> None:
    assert "Dữ liệu mô phỏng" in (workspace / "healthstats.toml").read_text("utf-8")
    assert all("Mô phỏng" in line["name"] for line in register)
    for path in inbox(workspace):
        assert "Dữ liệu mô phỏng" in path.name
        if path.suffix == ".xlsx" and path.stat().st_size:
            assert "Dữ liệu mô phỏng: không phải số liệu" in path.read_bytes().decode("utf-8", "ignore")


def test_the_rules_of_the_form_hold_but_where_planted(reading: DemoReading) -> None:
    broken = []
    for (facility, month), report in reading.reports().items():
        for whole in ("outpatient_visits", "inpatient_stays"):
            parts = [e for e in ELEMENTS if e.startswith(f"{whole}_") and e in report and whole in report]
            broken += [(facility, month, part) for part in parts if report[part] > report[whole]]
        if report["inpatient_days"] < report["inpatient_stays"]:
            broken.append((facility, month, "inpatient_days"))
    assert broken == [("79008", "2023-02", "outpatient_visits_female")]


def test_beds_are_used_as_beds_are(reading: DemoReading) -> None:
    for facility in {f for f, _, e in reading.accepted if e == "beds_actual"}:
        beds = sum(reading.accepted.get((facility, f"2023-{m:02d}", "beds_actual"), 0) for m in range(1, 13))
        days = sum(reading.accepted.get((facility, f"2023-{m:02d}", "inpatient_days"), 0) for m in range(1, 13))
        assert beds == days == 0 or Decimal("0.6") < Decimal(days) / (beds * 30) < Decimal("1.3"), facility


def test_cells_that_are_no_count(reading: DemoReading) -> None:
    assert {cell: str(value) for cell, value in reading.odd.items()} == {
        ("79006", "2023-04", "inpatient_stays_insured"): "-942",
        ("79007", "2023-09", "outpatient_visits_insured"): "=#REF!",
        ("79024", "2023-06", "referrals_out"): "63 ca",
        ("79025", "2023-05", "outpatient_visits"): "1.407",
        ("79034", "2023-07", "lab_tests"): "436 ca",
    }


def test_rows_and_files_that_are_not_taken(reading: DemoReading) -> None:
    assert reading.twice == {("79030", "2023-10")}
    assert reading.unknown == {("? TYT Mô phỏng 4", "2023-11")}
    assert reading.refused == {
        "BC_T05_2023 Bệnh viện Mô phỏng 02 - Dữ liệu mô phỏng.xlsx": "unreadable",
        "BC_T08_2023 Bệnh viện Mô phỏng 03 - Dữ liệu mô phỏng.xlsx": "unreadable",
        "Bệnh viện Mô phỏng 02 báo cáo - Dữ liệu mô phỏng.xlsx": "no period",
        "Công văn gửi kèm T06_2023 - Dữ liệu mô phỏng.pdf": "unreadable",
    }


def test_missing_months(reading: DemoReading, register: list[dict[str, str]]) -> None:
    reported = reading.reports().keys()
    missing = {
        (line["facility"], f"{year}-{month:02d}")
        for line in register
        for year in (2020, 2022, 2023)
        for month in range(1, 13)
        if line["valid_from"] <= f"{year}-{month:02d}-28" and f"{year}-{month:02d}-28" <= (line["valid_to"] or "9999")
    } - reported
    assert {month[:4]: sum(m[:4] == month[:4] for _, m in missing) for _, month in sorted(missing)} == {
        "2020": 1,
        "2022": 6,
        "2023": 7,
    }


def test_total_rows_add_up_but_one(reading: DemoReading) -> None:
    assert reading.wrong_totals == [
        ("BC_T07_2023 Phòng Nghiệp vụ Y Mô phỏng - Dữ liệu mô phỏng.xlsx", "outpatient_visits", 1000)
    ]


def test_corrections_hold_and_differ(reading: DemoReading, workspace: Path) -> None:
    corrected = {key for key, revision in reading.revision.items() if revision}
    assert {("79001", "2023-09"), ("79003", "2022-11"), ("79022", "2023-03"), ("79032", "2023-03")} <= corrected
    reports = reading.reports()
    assert reports["79001", "2023-09"] != reports["79001", "2023-08"]
    sent = {path.name: arrived(path) for path in inbox(workspace)}
    corrections = [name for name in sent if "(Bản sửa lần 1) " in name]
    assert len(corrections) == 3
    assert all(sent[name] > sent[name.replace("(Bản sửa lần 1) ", "")] for name in corrections)


def test_files_arrive_after_their_month_and_some_too_late(workspace: Path) -> None:
    late = []
    for path in inbox(workspace):
        if "BC_T" in path.name:
            month, year = int(path.name[4:6]), int(path.name[7:11])
            following = date(year + month // 12, month % 12 + 1, 1)
            assert following < arrived(path) < following + timedelta(days=28)
            if arrived(path).day > 5 and "(" not in path.name:
                late.append((path.name[3:11], arrived(path).day))
    assert late == [
        ("T09_2022", 16),
        ("T01_2023", 23),
        ("T02_2023", 19),
        ("T04_2023", 8),
        ("T06_2023", 9),
        ("T11_2023", 12),
    ]


def test_shares_are_whole_and_add_up() -> None:
    thirds = {("a", "1"): 1, ("b", "1"): 1, ("c", "1"): 1}
    assert shares(10, thirds) == {("a", "1"): 4, ("b", "1"): 3, ("c", "1"): 3}
    assert shares(7, {("a", "1"): 3, ("b", "1"): 1, ("c", "1"): 0}) == {("a", "1"): 5, ("b", "1"): 2, ("c", "1"): 0}


def test_the_header_is_drawn_from_the_columns_paths() -> None:
    columns = (
        Column("number", ("TT",)),
        Column("beds_planned", ("Giường bệnh", "Giường KH")),
        Column("beds_actual", ("Giường bệnh", "Giường thực tế")),
        Column("xrays", ("Khác", "Trong đó", "Xquang")),
    )
    assert sorted(header_cells(columns)) == [
        (0, 0, 2, 0, "TT"),
        (0, 1, 0, 2, "Giường bệnh"),
        (0, 3, 0, 3, "Khác"),
        (1, 1, 2, 1, "Giường KH"),
        (1, 2, 2, 2, "Giường thực tế"),
        (1, 3, 1, 3, "Trong đó"),
        (2, 3, 2, 3, "Xquang"),
    ]


def test_a_blank_sheet_has_its_header_and_empty_cells(tmp_path: Path) -> None:
    columns = (Column("facility.name", ("Cơ sở y tế",)), Column("xrays", ("Xquang",)))
    path = tmp_path / "blank.xlsx"
    path.write_bytes(workbook(Sheet("Biểu", ("Tên",), columns, (Row({"facility.name": "=A1"}),))))
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert rows == [("Tên", None), (None, None), ("Cơ sở y tế", "Xquang"), (1, 2), ("=A1", None)]
