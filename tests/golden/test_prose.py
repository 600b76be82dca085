"""Growth in sentences, as domain.md §6 says it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from healthstats.domain.period import Period
from healthstats.tables.lines import lines_asked
from healthstats.tables.mart import Asked
from healthstats.tables.prose import headlines
from healthstats.words import Lang
from tests.golden.marts import Grown, against_base, definitions, open_marts
from tests.golden.world import VISITS, open_year

YEAR = Period("year", 2023)


def said(folder: Path, *rows: Grown, lang: Lang = "vi", period: Period = YEAR) -> tuple[str, ...]:
    folder.mkdir(exist_ok=True)
    connection, known = open_marts(folder, rows), definitions()
    return headlines(known, lines_asked(connection, known, period, lang, {}), lang)


def test_the_published_sentence(tmp_path: Path) -> None:
    visits = Grown("outpatient_visits", "1110", "1000")
    insured = Grown("outpatient_visits_insured", "585", "500")
    rows = (visits, against_base(visits, "1047"), insured, against_base(insured, "547"))
    assert said(tmp_path, *rows) == (
        "Số lượt khám chữa bệnh ngoại trú tăng 11% so với năm 2022 và tăng 6% so với năm 2020. "
        "Trong đó, BHYT tăng 17% so với năm 2022 và tăng 6,9% so với năm 2020.",
    )
    assert said(tmp_path, *rows, lang="en") == (
        "Outpatient visits: up 11% on 2022 and up 6% on 2020. Of which insured: up 17% on 2022 and up 6.9% on 2020.",
    )


@pytest.mark.parametrize(
    ("value", "base", "status", "sentence"),
    [
        ("1041", "1000", "ok", "Số ngày điều trị nội trú tăng 4,1% so với năm 2022."),
        ("959", "1000", "ok", "Số ngày điều trị nội trú giảm 4,1% so với năm 2022."),
        ("10004", "10000", "ok", "Số ngày điều trị nội trú tương đương cùng kỳ năm 2022."),
        ("9996", "10000", "ok", "Số ngày điều trị nội trú tương đương cùng kỳ năm 2022."),
        ("5", "4", "ok", "Số ngày điều trị nội trú tăng 01 ngày so với năm 2022."),
        ("0", "9", "ok", "Số ngày điều trị nội trú giảm 09 ngày so với năm 2022."),
        ("5", None, "no_base", "Số ngày điều trị nội trú không so sánh được với năm 2022."),
        ("5", "0", "zero_base", "Số ngày điều trị nội trú không so sánh được với năm 2022."),
        (
            "1234567",
            "5",
            "unfinished",
            "Số ngày điều trị nội trú: 1.234.567 ngày tính đến nay; kỳ chưa kết thúc nên chưa so sánh.",
        ),
    ],
)
def test_a_change_is_a_word_and_a_size_never_a_sign(
    tmp_path: Path, value: str, base: str | None, status: str, sentence: str
) -> None:
    assert said(tmp_path, Grown("inpatient_days", value, base, status)) == (sentence,)


def test_where_reports_are_missing_the_same_facilities_are_told_too(tmp_path: Path) -> None:
    rows = (VISITS, against_base(VISITS, "39739109", "partial"))
    assert said(tmp_path, *rows) == (
        "Số lượt khám chữa bệnh ngoại trú tăng 11% so với năm 2022 và tăng 6% so với năm 2020 "
        "(tính trên cùng cơ sở: tăng 10,5% và tăng 6%).",
    )


def test_the_same_months_are_set_against_the_same_months(tmp_path: Path) -> None:
    nine = Grown("inpatient_days", "1041", "1000", period="2023-9M", base_period="2022-9M")
    assert said(tmp_path, nine, period=Period("nine_months", 2023)) == (
        "Số ngày điều trị nội trú tăng 4,1% so với 9 tháng năm 2022.",
    )


def test_a_part_told_alone_carries_its_whole_name(tmp_path: Path) -> None:
    connection, known = open_year(tmp_path), definitions()
    asked: Asked = {"indicators": ("inpatient_stays_insured",)}
    lines = lines_asked(connection, known, YEAR, "vi", asked)
    assert headlines(known, lines, "vi") == (
        "Số lượt điều trị nội trú BHYT tăng 9,1% so với năm 2022 và không so sánh được với năm 2020.",
    )


@pytest.mark.parametrize(
    ("indicator", "value", "base", "sentence"),
    [
        (
            "bed_occupancy_actual",
            "124.45",
            "123.25",
            "Công suất sử dụng giường thực tế là 124,5%, tăng 1,2 điểm phần trăm so với năm 2022.",
        ),
        ("insured_share_visits", "48", "51", "Tỷ lệ lượt khám có BHYT là 48%, giảm 3 điểm phần trăm so với năm 2022."),
        (
            "insured_share_visits",
            "0.5",
            "0.54",
            "Tỷ lệ lượt khám có BHYT là 0,5%, tương đương cùng kỳ năm 2022.",
        ),
        (
            "average_stay",
            "6.5",
            "6.76",
            "Số ngày điều trị trung bình là 6,5 ngày, giảm 0,3 ngày so với năm 2022.",
        ),
    ],
)
def test_a_rate_changes_in_points_and_days_in_days(
    tmp_path: Path, indicator: str, value: str, base: str, sentence: str
) -> None:
    assert said(tmp_path, Grown(indicator, value, base, ratio=True)) == (sentence,)


def test_figures_are_told_in_the_decimals_in_which_they_are_tabled(tmp_path: Path) -> None:
    known = definitions()
    money = replace(known.indicators["inpatient_days"], unit={"vi": "tỷ đồng", "en": "billion đồng"})
    fine = replace(known.indicators["average_stay"], digits=2)
    spent = replace(known.elements["inpatient_days"], type="decimal")
    known = replace(
        known,
        elements={**known.elements, "inpatient_days": spent},
        indicators={**known.indicators, "inpatient_days": money, "average_stay": fine},
    )
    told = {
        "Số ngày điều trị trung bình là 0,45 ngày, tăng 0,04 ngày so với năm 2022.": Grown(
            "average_stay", "0.4481", "0.4069", ratio=True
        ),
        "Số ngày điều trị trung bình là 0,45 ngày, tương đương cùng kỳ năm 2022.": Grown(
            "average_stay", "0.4481", "0.4480", ratio=True
        ),
        "Ngày điều trị nội trú: 1,6 tỷ đồng tính đến nay; kỳ chưa kết thúc nên chưa so sánh.": Grown(
            "inpatient_days", "1.5849", "5", "unfinished"
        ),
        "Ngày điều trị nội trú: 0,4 tỷ đồng tính đến nay; kỳ chưa kết thúc nên chưa so sánh.": Grown(
            "inpatient_days", "0.4", "5", "unfinished"
        ),
    }
    for at, (sentence, row) in enumerate(told.items()):
        (folder := tmp_path / str(at)).mkdir()
        lines = lines_asked(open_marts(folder, [row]), known, YEAR, "vi", {})
        assert headlines(known, lines, "vi") == (sentence,)


def test_a_rate_told_like_for_like_and_in_english(tmp_path: Path) -> None:
    rate = Grown("insured_share_visits", "48", "46.8", "partial", matched=("47", "46.5"), ratio=True)
    assert said(tmp_path, rate) == (
        "Tỷ lệ lượt khám có BHYT là 48%, tăng 1,2 điểm phần trăm so với năm 2022 "
        "(tính trên cùng cơ sở: tăng 0,5 điểm phần trăm).",
    )
    assert said(tmp_path / "en", rate, lang="en") == (
        "Insured share of outpatient visits: 48%, up 1.2 percentage points on 2022 "
        "(like-for-like: up 0.5 percentage points).",
    )


def test_a_rate_without_a_base_or_an_end(tmp_path: Path) -> None:
    no_base = Grown("insured_share_visits", "48", None, "no_base", ratio=True)
    assert said(tmp_path, no_base) == ("Tỷ lệ lượt khám có BHYT là 48%, không so sánh được với năm 2022.",)
    unfinished = Grown("insured_share_visits", "48", "46", "unfinished", ratio=True)
    assert said(tmp_path / "u", unfinished) == (
        "Tỷ lệ lượt khám có BHYT: 48% tính đến nay; kỳ chưa kết thúc nên chưa so sánh.",
    )


def test_a_small_stock_is_told_in_counts(tmp_path: Path) -> None:
    assert said(tmp_path, Grown("beds_actual", "9", "5")) == ("Số giường thực tế tăng 04 giường so với năm 2022.",)
