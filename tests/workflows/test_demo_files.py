"""The demo: what was planted in its files is what ingest finds in them, and nothing else."""

from __future__ import annotations

import csv
import struct
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

import healthstats
from healthstats.domain.form import Column, header_cells
from healthstats.synthetic import Planted, write_demo
from healthstats.synthetic.faults import FILES, SAID
from healthstats.synthetic.figures import shares
from healthstats.synthetic.workbook import Formula, Row, Sheet
from healthstats.synthetic.xls import xls
from healthstats.synthetic.xlsx import xlsx
from healthstats.workflows.ingest import ingest
from healthstats.workflows.init import init
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.workspace import Workspace

PUBLISHED = {
    ("outpatient_visits", "2022"): "11.0",
    ("outpatient_visits", "2020"): "6.0",
    ("outpatient_visits_insured", "2022"): "17.0",
    ("outpatient_visits_insured", "2020"): "7.0",
    ("inpatient_stays", "2022"): "4.1",
    ("inpatient_stays_insured", "2022"): "9.1",
}
CHANCE = frozenset({"TOTAL_OF_DISJOINT_PARTS"})
"""Some true total is always just the sum of two of its parts: asked about in at most one report in a hundred."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted, Outcome]:
    """The demo's last year, taken in."""
    return taken_in(tmp_path_factory.mktemp("small"), [2023])


@pytest.fixture(scope="module")
def workspace(small: tuple[Path, Planted, Outcome]) -> Path:
    return small[0]


@pytest.fixture(scope="module")
def register(workspace: Path) -> list[dict[str, str]]:
    with (workspace / "pipelines/registers/facilities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def taken_in(root: Path, years: list[int]) -> tuple[Path, Planted, Outcome]:
    planted = write_demo(root, years)
    init(root, "vi")
    return root, planted, ingest(Workspace(root), Request(received="mtime"))


def inbox(workspace: Path) -> Iterator[Path]:
    return (path for path in sorted((workspace / "data/raw/inbox").rglob("*")) if path.is_file())


def check(root: Path, planted: Planted, outcome: Outcome) -> None:
    """Every finding was planted, every planted one found, and every other cell holds the value it was given."""
    found = {one.name: frozenset(finding.code for finding in reading.findings) for one, reading in outcome.judged}
    twins = {name for name, _ in outcome.twins}
    said = {name: codes for name, codes in planted.said.items() if name not in twins}
    # a part planted above its total is twice its usual: of a lone year's February that is a running total too
    alike = {name for name, codes in said.items() if "PART_EXCEEDS_TOTAL" in codes}
    assert {
        name: codes - CHANCE - ({"CUMULATIVE_CELL"} if name in alike else set()) for name, codes in found.items()
    } == said
    by_chance = sum(bool(codes & CHANCE) for codes in found.values())
    assert by_chance * 100 <= sum(len(reading.reports) for _, reading in outcome.judged)
    for one, reading in outcome.judged:
        counts = reading.counts
        assert counts.found == counts.accepted + counts.quarantined + counts.rejected + counts.blank, one.name
        severe = any(finding.severity == "error" for finding in reading.findings)
        assert (reading.verdict == "accepted") == (not severe), one.name
    cells = healthstats.open(root).query(
        "select facility, period, element, value from current_observations where value is not null"
    )
    accepted = {tuple(row[:3]): int(row[3]) for row in cells.itertuples(index=False)}
    assert len(cells) == len(accepted)
    assert accepted == planted.accepted


def test_four_years_hold_what_was_planted_and_the_published_growth(tmp_path: Path) -> None:
    root, planted, outcome = taken_in(tmp_path, [2020, 2021, 2022, 2023])
    check(root, planted, outcome)
    rows = healthstats.open(root).query(
        "select indicator, base_period, change_pct, matched_change_pct, status from growth where area = 'VN' and "
        "boundaries = '2025-07-01' and group_by = 'all' and period = '2023' and item = ''"
    )
    growth = {(row.indicator, row.base_period): row for row in rows.itertuples(index=False)}
    for key, published in PUBLISHED.items():
        assert growth[key].change_pct.quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal(published), key
        assert growth[key].status == "partial"
    like_for_like = growth["outpatient_visits", "2022"]
    assert abs(like_for_like.change_pct - like_for_like.matched_change_pct) > Decimal("0.5")


def test_a_year_holds_what_was_planted(small: tuple[Path, Planted, Outcome]) -> None:
    check(*small)
    said = Counter(code for codes in small[1].said.values() for code in codes)
    assert set(SAID.values()) - {"PERIOD_NOT_AS_NAMED"} <= said.keys()
    rare = {"CONTAINER_OPENED", "CLUTTER_LEFT_OUT"}
    assert sum(count for code, count in said.items() if code not in rare) < len(small[1].said) / 8


def test_every_kind_of_file_comes_every_year(small: tuple[Path, Planted, Outcome], workspace: Path) -> None:
    media = Counter(one.media for one, _ in small[2].judged)
    assert {"xlsx", "xls", "csv", "zip", "eml", "msg", "pdf", "image", "archive", "empty"} == media.keys()
    depths = Counter(one.name.count(" › ") for one, _ in small[2].judged)
    assert depths[2] > 20
    encodings = {path.read_bytes()[:2] for path in inbox(workspace) if path.suffix == ".csv"}
    assert b"\xff\xfe" in encodings
    windows = next(path for path in inbox(workspace) if path.name.startswith("BC_T08_2023 Chuỗi phòng khám Mô phỏng C"))
    with pytest.raises(UnicodeDecodeError):
        windows.read_bytes().decode("utf-8")
    years = [name for name in small[1].said if "BC năm 2023" in name]
    assert len(years) == 1
    passed_over = {path.name for path in inbox(workspace)} - {one.name.rpartition("/")[2] for one, _ in small[2].judged}
    assert {"Thumbs.db", "~$BC_T12_2023 - Dữ liệu mô phỏng.xlsx"} <= passed_over


def test_make_demo_tells_the_one_photo_of_august(workspace: Path, register: list[dict[str, str]]) -> None:
    (line,) = [line for line in Path("Makefile").read_text("utf-8").splitlines() if "--facility" in line]
    facility, pattern = line.split("--facility ")[1].split()[0], line.split("demo/data/raw/inbox/")[1].split()[0]
    (photo,) = (workspace / "data/raw/inbox").glob(pattern)
    (name,) = {line["name"] for line in register if line["facility"] == facility}
    assert name in photo.name


def test_the_month_looks_like_a_departments_month(workspace: Path) -> None:
    reports = healthstats.open(workspace).query(
        "select expected, reported, late, verdict, stands_for from coverage where period = '2023-08' and expected"
    )
    due = reports.stands_for.sum()
    assert 155 <= due <= 165
    assert 0.02 < reports[reports.reported & reports.late].stands_for.sum() / due < 0.25
    assert 0.02 < 1 - reports[reports.reported].stands_for.sum() / due < 0.10
    assert (reports[~reports.reported].verdict == "quarantined").sum() == 2


def test_the_same_bytes_and_times_in_another_time_zone(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    write_demo(tmp_path, [2023])
    monkeypatch.undo()
    time.tzset()
    one, two = (
        {path.relative_to(root): path for path in (*inbox(root), *(root / "pipelines").rglob("*.csv"))}
        for root in (workspace, tmp_path)
    )
    # `init` adds the registers that the demo leaves as they are shipped
    assert two.keys() <= one.keys()
    for name, path in two.items():
        assert path.read_bytes() == one[name].read_bytes(), name
    assert [path.stat().st_mtime for path in inbox(workspace)] == [path.stat().st_mtime for path in inbox(tmp_path)]


def test_no_file_depends_on_this_machines_zlib(workspace: Path) -> None:
    for path in inbox(workspace):
        if path.name.startswith("BC_T01") and path.suffix in (".xlsx", ".zip"):
            with ZipFile(path) as book:
                assert {member.compress_type for member in book.infolist()} == {ZIP_STORED}
                assert {member.date_time[0] for member in book.infolist()} == {1980}


def test_a_hundred_and_fifty_facilities_and_their_events(register: list[dict[str, str]]) -> None:
    assert len({line["facility"] for line in register}) == 150
    assert {line["ownership"] for line in register} == {"công lập", "tư nhân", "bộ ngành"}
    assert len({line["area"] for line in register}) == 6
    spells = {
        code: [
            (line["valid_from"], line["valid_to"], line["successor"]) for line in register if line["facility"] == code
        ]
        for code in ("79012", "79034", "79117", "79128", "79150")
    }
    assert spells == {
        "79012": [("2010-01-01", "2022-06-30", "79011")],
        "79034": [("2023-04-01", "", "")],
        "79117": [("2022-09-01", "", "")],
        "79128": [("2010-01-01", "2021-06-30", ""), ("2022-03-01", "", "")],
        "79150": [("2010-01-01", "2022-12-31", "")],
    }
    assert [line["ownership"] for line in register if line["facility"] == "79022"] == ["bộ ngành", "công lập"]
    assert [line["name"] for line in register if line["facility"] == "79018"] == [
        "Bệnh viện Mô phỏng 18",
        "Bệnh viện Đa khoa Mô phỏng 18",
    ]
    assert [line["facility"] for line in register if line["stands_for"] == "12"] == ["79106"]


def test_every_file_and_name_says_that_it_is_made_up(workspace: Path, register: list[dict[str, str]]) -> None:
    assert "Dữ liệu mô phỏng" in (workspace / "healthstats.toml").read_text("utf-8")
    assert all("Mô phỏng" in line["name"] for line in register)
    for name in ("populations", "plans"):
        lines = (workspace / f"pipelines/registers/{name}.csv").read_text("utf-8").splitlines()[1:]
        assert all("mô phỏng" in line for line in lines)
        assert lines
    for path in inbox(workspace):
        assert "Dữ liệu mô phỏng" in path.name or path.name == "Thumbs.db"
        if path.suffix == ".xlsx" and path.read_bytes()[:2] == b"PK":
            assert "Dữ liệu mô phỏng: không phải số liệu" in path.read_bytes().decode("utf-8", "ignore")


def test_beds_are_used_as_beds_are(small: tuple[Path, Planted, Outcome]) -> None:
    cells = small[1].accepted
    for facility in {f for f, _, e in cells if e == "beds_actual"}:
        beds = sum(cells.get((facility, f"2023-{m:02d}", "beds_actual"), 0) for m in range(1, 13))
        days = sum(cells.get((facility, f"2023-{m:02d}", "inpatient_days"), 0) for m in range(1, 13))
        assert beds == days == 0 or Decimal("0.5") < Decimal(days) / (beds * 30) < Decimal("1.3"), facility


def test_corrections_come_later_and_hold(small: tuple[Path, Planted, Outcome]) -> None:
    sent = {one.name: one.received_at for one, _ in small[2].judged}
    corrections = [name for name in sent if "(Bản sửa lần 1) " in name]
    assert len(corrections) == sum(fault.kind == "corrected" and month > "2023" for (_, month), fault in FILES.items())
    assert all(sent[name] > sent[name.replace("(Bản sửa lần 1) ", "")] for name in corrections)
    cells = small[1].accepted
    assert cells["79001", "2023-09", "outpatient_visits"] != cells["79001", "2023-08", "outpatient_visits"]


def test_files_arrive_after_their_month_and_some_too_late(small: tuple[Path, Planted, Outcome]) -> None:
    days = []
    for one, _ in small[2].judged:
        own = one.name.rpartition("/")[2].rpartition(" › ")[2]
        if own.startswith("BC_T"):
            month, year = int(own[4:6]), int(own[7:11])
            following = date(year + month // 12, month % 12 + 1, 1)
            assert following < one.received_at.date() < following + timedelta(days=28)
            days.append(one.received_at.day)
    assert 0.02 < sum(day > 5 for day in days) / len(days) < 0.10


def test_a_mail_counts_from_its_own_date(workspace: Path, small: tuple[Path, Planted, Outcome]) -> None:
    saved = {path.name: path.stat().st_mtime for path in inbox(workspace)}
    mails = [one for one, _ in small[2].judged if one.media in ("eml", "msg")]
    assert len(mails) > 30
    for mail in mails:
        assert datetime.fromtimestamp(saved[mail.name.rpartition("/")[2]], UTC).day == 25
        assert mail.received_at.day < 25


def test_shares_are_whole_and_add_up() -> None:
    thirds = {("a", "1"): 1, ("b", "1"): 1, ("c", "1"): 1}
    assert shares(10, thirds) == {("a", "1"): 4, ("b", "1"): 3, ("c", "1"): 3}
    assert shares(7, {("a", "1"): 3, ("b", "1"): 1, ("c", "1"): 0}) == {("a", "1"): 5, ("b", "1"): 2, ("c", "1"): 0}


COLUMNS = (
    Column("number", ("TT",)),
    Column("beds_planned", ("Giường bệnh", "Giường KH")),
    Column("beds_actual", ("Giường bệnh", "Giường thực tế")),
    Column("xrays", ("Khác", "Trong đó", "Xquang")),
)


def test_the_header_is_drawn_from_the_columns_paths() -> None:
    assert sorted(header_cells(COLUMNS)) == [
        (0, 0, 2, 0, "TT"),
        (0, 1, 0, 2, "Giường bệnh"),
        (0, 3, 0, 3, "Khác"),
        (1, 1, 2, 1, "Giường KH"),
        (1, 2, 2, 2, "Giường thực tế"),
        (1, 3, 1, 3, "Trong đó"),
        (2, 3, 2, 3, "Xquang"),
    ]


def test_a_blank_sheet_has_its_header_and_empty_cells() -> None:
    columns = (Column("facility.name", ("Cơ sở y tế",)), Column("xrays", ("Xquang",)))
    book = xlsx([Sheet("Biểu", ("Tên",), columns, (Row({"facility.name": "=A1"}),))])
    rows = list(openpyxl.load_workbook(BytesIO(book)).worksheets[0].iter_rows(values_only=True))
    assert rows == [("Tên", None), (None, None), ("Cơ sở y tế", "Xquang"), (1, 2), ("=A1", None)]


def test_an_xls_says_what_the_xlsx_says() -> None:
    rows = (
        Row({"number": 1, "beds_planned": 1.407, "beds_actual": "63 ca", "xrays": 10**9}),
        Row({"number": "Ệ ‘&<’", "xrays": Formula("#REF!", "#REF!")}, hidden=True),
    )
    one = Sheet("Biểu ữ", ("Dữ liệu mô phỏng",), COLUMNS, rows, ("Người lập biểu",))
    sheets = [one, Sheet("T2", (), COLUMNS, ())]
    old, new = (CalamineWorkbook.from_filelike(BytesIO(write(sheets))) for write in (xls, xlsx))
    assert old.sheet_names == new.sheet_names == ["Biểu ữ", "T2"]
    for place in range(2):
        assert old.get_sheet_by_index(place).to_python() == new.get_sheet_by_index(place).to_python()
        assert old.get_sheet_by_index(place).merged_cell_ranges == new.get_sheet_by_index(place).merged_cell_ranges
    assert struct.unpack_from("<H", xls(sheets), 30) == (9,)
