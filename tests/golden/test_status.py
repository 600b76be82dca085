"""Status: the year of an invented city, and its workspace, as a screen shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from healthstats import render, tables
from healthstats.domain.definitions import Definitions
from healthstats.domain.form import Edition
from healthstats.domain.period import Period
from healthstats.errors import UsageError
from healthstats.tables.overview import bar, megabytes
from healthstats.words import Lang
from tests.golden.marts import definitions, open_marts, reported, spell
from tests.golden.test_lists import drawn
from tests.golden.world import FINDINGS

MARCH = Period("month", 2023, 3)
FACILITIES = (
    *(spell(f"7900{n}", f"Bệnh viện số {n}") for n in range(1, 6)),
    spell("79006", "Phòng khám Bến Thành", "Phòng khám"),
    spell("74001", "Bệnh viện Dĩ An", area="74"),
)
REPORTS = [
    reported("79001", 3),
    reported("79002", 3, late=True),
    {**reported("79003", 3, reported=False), "verdict": "quarantined", "submission": "held", "media": "xlsx"},
    {**reported("79004", 3, reported=False), "verdict": "rejected", "submission": "torn", "media": "zip"},
    {**reported("79005", 3, reported=False), "verdict": "quarantined", "submission": "photo", "media": "image"},
    reported("79006", 3, reported=False),
    reported("74001", 3),
    {**reported("74002", 3), "expected": False},
    reported("79006", 2, reported=False),
    reported("74001", 2, reported=False),
    reported("79001", 2),
]
SUBMISSIONS = [
    {"submission": name, "verdict": verdict, "media": media, "run": run, "size": 1_250_000}
    | {"received_at": datetime(2023, 4, day)}
    for name, verdict, media, run, day in (
        ("one", "rejected", "xlsx", 1, 2),
        ("one", "accepted", "xlsx", 2, 2),
        ("held", "quarantined", "xlsx", 2, 3),
        ("torn", "rejected", "zip", 1, 4),
        ("photo", "quarantined", "image", 2, 4),
        ("lost", "rejected", "xls", 2, 4),
        ("scan", "quarantined", "pdf", 1, 4),
        ("mail", "accepted", "eml", 2, 6),
    )
]
WAITING = [
    {**FINDINGS[0], "code": "NOT_A_NUMBER", "period": "2023-03", "submission": "held"},
    {**FINDINGS[0], "code": "NOT_A_NUMBER", "period": "2023-03", "submission": "held"},
    {**FINDINGS[0], "code": "NOT_A_NUMBER", "period": "2022-12", "submission": "older"},
    {**FINDINGS[0], "code": "FILE_TRUNCATED", "period": None, "submission": "lost"},
]


def known() -> Definitions:
    edition = Edition("1", date(2020, 1, 1), None, "month", 5, "none", True, "", ())
    held = definitions(facilities=FACILITIES)
    return replace(held, forms={"bieu9": replace(held.forms["bieu9"], editions=(edition,))})


@pytest.fixture
def city(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    return open_marts(tmp_path, (), REPORTS, WAITING, SUBMISSIONS)


MARCH_SCREEN = """\
Dữ liệu mô phỏng
Tình hình báo cáo: tháng 3/2023
Cả nước · Số liệu đến lần nhận 2, ngày 06/04/2023

                               Đã nhận                  Còn thiếu
                               -----------------------  -----------------------------
                                                                     Chờ  Không   Chờ
                         Phải  Tổng         Đúng        Tổng  Chưa   xác    đọc  nhập
Địa bàn, loại cơ sở      nhận    số      %   hạn  Muộn    số   gửi  minh   được   tay
-----------------------  ----  ----  -----  ----  ----  ----  ----  ----  -----  ----
Tổng số                     7     3  42,9%     2     1     4     1     1      1     1
  Thành phố Hồ Chí Minh     6     2  33,3%     1     1     4     1     1      1     1
    Bệnh viện               5     2    40%     1     1     3     0     1      1     1
    Phòng khám              1     0     0%     0     0     1     1     0      0     0
  Tỉnh Bình Dương           1     1   100%     1     0     0     0     0      0     0
    Bệnh viện               1     1   100%     1     0     0     0     0      0     0

Đơn vị tính: báo cáo tháng của cơ sở. Đã nhận = đúng hạn + muộn. \
Còn thiếu = chưa gửi + chờ xác minh + không đọc được + chờ nhập tay.
Hạn nhận: 05/04/2023.
Ngoài số phải nhận còn 1 báo cáo của cơ sở không phải gửi.
Chưa rõ của cơ sở, kỳ nào: 1 tệp không đọc được, 1 tệp chờ nhập tay (ảnh, PDF).

                  Số   Số
Chờ người xử lý  chỗ  tệp
---------------  ---  ---
Không phải số      2    1
Tệp bị cắt cụt     1    1

Gồm cả tệp chưa rõ kỳ: 1 chỗ.

Cơ sở còn thiếu báo cáo
Mã CSKCB  Cơ sở                 Loại        Địa bàn
--------  --------------------  ----------  ---------------------
79003     Bệnh viện số 3        Bệnh viện   Thành phố Hồ Chí Minh
79004     Bệnh viện số 4        Bệnh viện   Thành phố Hồ Chí Minh
79005     Bệnh viện số 5        Bệnh viện   Thành phố Hồ Chí Minh
79006     Phòng khám Bến Thành  Phòng khám  Thành phố Hồ Chí Minh

Gõ tiếp: healthstats show awaiting 2023-03 · healthstats show missing 2023-03
"""


def test_a_month_on_the_screen(city: duckdb.DuckDBPyConnection) -> None:
    assert render.plain_page(tables.status(city, known(), MARCH, 2)) == MARCH_SCREEN


def test_every_report_due_stands_in_one_column(city: duckdb.DuckDBPyConnection) -> None:
    table = tables.status(city, known(), Period("year", 2023), 2).sections[0].tables[0]
    places = {column.key: place for place, column in enumerate(table.columns)}
    for row in table.rows:
        figure = {key: row[place].value for key, place in places.items()}
        parts = ("on_time", "late", "not_sent", "awaiting", "unreadable", "by_hand")
        assert figure["expected"] == sum(int(str(figure[key])) for key in parts)
    covered = drawn(tables.coverage(city, known(), Period("year", 2023)))
    assert [row[1:3] for row in drawn(table)] == [row[1:3] for row in covered]
    assert [row[6] for row in drawn(table)] == [row[5] for row in covered]


def test_those_who_owe_the_newest_month_are_chased_first(city: duckdb.DuckDBPyConnection) -> None:
    chase = tables.status(city, known(), Period("quarter", 2023, 1), 2).sections[2].tables[0]
    assert [(row[0], row[-2]) for row in drawn(chase)] == [
        ("79006", "2–3"),
        ("79003", "3"),
        ("79004", "3"),
        ("79005", "3"),
        ("74001", "2"),
    ]


def test_a_long_list_is_cut_and_says_how_to_see_it_whole(tmp_path: Path) -> None:
    owing = [reported(f"79{n:03d}", 3, reported=False) for n in range(18)]
    page = tables.status(open_marts(tmp_path, (), owing, (), SUBMISSIONS), known(), MARCH, 1)
    chase = page.sections[2].tables[0]
    assert len(chase.rows) == 15
    assert chase.notes == ("… và 3 cơ sở nữa. Xem đủ: healthstats show missing 2023-03",)


@pytest.mark.parametrize(
    ("newest", "said"),
    [
        (datetime(2023, 3, 30, 12), "Kỳ chưa kết thúc vào ngày nhận tệp mới nhất (30/03/2023)."),
        (datetime(2023, 4, 5, 23), "Chưa hết hạn nhận (05/04/2023) vào ngày nhận tệp mới nhất (05/04/2023)."),
        (datetime(2023, 4, 6), "Hạn nhận: 05/04/2023."),
    ],
)
def test_nobody_is_blamed_before_the_deadline(tmp_path: Path, newest: datetime, said: str) -> None:
    files = [{**SUBMISSIONS[1], "received_at": newest}]
    page = tables.status(open_marts(tmp_path, (), REPORTS, (), files), known(), MARCH, 1)
    assert page.sections[0].tables[0].notes[1] == said


def test_a_period_of_which_nothing_is_known_is_said_in_words(city: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError) as error:
        tables.status(city, known(), Period("month", 2026, 1), 2)
    assert "healthstats status" in error.value.sentence("vi")


WORKSPACE_SCREEN = """\
Dữ liệu mô phỏng
Tình hình số liệu

Thư mục làm việc: /srv/so-y-te · 7 cơ sở trong danh mục
Lần nhận mới nhất: 2, ghi lúc 08:05 06/04/2023 · kho lưu 7 tệp, 8,8 MB
Số liệu: tháng 2/2023 – tháng 3/2023 · bảng tổng hợp đúng với lần nhận 2

                             Chờ  Không   Chờ  Thư,
                Tổng         xác    đọc  nhập   tệp
Tệp nhận          số  Nhận  minh   được   tay   nén
--------------  ----  ----  ----  -----  ----  ----
Tất cả các lần     7     1     1      2     2     1
Lần nhận 2         5     1     1      1     1     1

                      Đã                                  Chỗ chờ
               nhận/phải                     Nhận    Còn      xác
Báo cáo tháng       nhận  Tỷ lệ nhận      %  muộn  thiếu     minh
-------------  ---------  ----------  -----  ----  -----  -------
Tháng 2/2023         1/3  ███░░░░░░░  33,3%     0      2        0
Tháng 3/2023         3/7  ████░░░░░░  42,9%     1      4        2

                  Số   Số
Chờ người xử lý  chỗ  tệp
---------------  ---  ---
Không phải số      3    2
Tệp bị cắt cụt     1    1

Gõ tiếp: healthstats status 2023-03 · healthstats show awaiting 2023 · healthstats show awaiting 2022
"""
STORED = tables.Stored("/srv/so-y-te", 2, datetime(2023, 4, 6, 8, 5), rebuilt=False)


def test_the_workspace_on_the_screen(city: duckdb.DuckDBPyConnection) -> None:
    assert render.plain_page(tables.overview(city, known(), STORED)) == WORKSPACE_SCREEN


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_terminal(city: duckdb.DuckDBPyConnection, lang: Lang, width: int) -> None:
    for page in (
        tables.status(city, known(), MARCH, 2, lang),
        tables.overview(city, known(), STORED, lang),
    ):
        assert max(map(len, render.plain_page(page, width).splitlines())) <= width


def test_the_months_are_the_last_twelve_and_programs_can_read_them(tmp_path: Path) -> None:
    reports = [{**reported("79001", 6), "period": period} for period in ("2022-05", "2022-06", "2023-05", "2023-06")]
    months = tables.months_table(open_marts(tmp_path, (), reports, (), SUBMISSIONS), known())
    assert render.csv(months, "vi").splitlines() == [
        "period,expected,received,received_pct,late,missing,places,synthetic",
        "2023-05,1,1,100,0,0,0,Dữ liệu mô phỏng",
        "2023-06,1,1,100,0,0,0,Dữ liệu mô phỏng",
    ]


def test_a_workspace_without_a_run_says_what_to_type(tmp_path: Path) -> None:
    text = render.plain_page(tables.unused(known(), "/srv/so-y-te", "data/raw/inbox", 3))
    assert "Chưa có lần nhận nào. Trong data/raw/inbox: 3 tệp." in text
    assert text.endswith("Gõ tiếp: healthstats ingest\n")
    empty = tables.unused(replace(known(), facilities=()), "/srv", "inbox", 0, "en")
    assert render.plain_page(empty).endswith("Type next: healthstats ingest --propose-register\n")


@pytest.mark.parametrize(
    ("received", "expected", "drawing"),
    [(0, 40, "░" * 10), (1, 4000, "█" + "░" * 9), (39, 40, "█" * 9 + "░"), (40, 40, "█" * 10), (0, 0, "░" * 10)],
)
def test_a_bar_is_full_only_where_all_was_received(received: int, expected: int, drawing: str) -> None:
    assert bar(received, expected) == drawing


def test_sizes_are_written_as_the_reader_writes_numbers() -> None:
    assert (megabytes(8_750_000, "vi"), megabytes(1_234_567_890, "en")) == ("8,8 MB", "1,234.6 MB")
