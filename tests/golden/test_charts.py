"""Charts as values and as pictures: what is drawn is what the cells say, and it can be told apart without colour."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from healthstats.domain.chart import Chart
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.render.figures import format_cell
from healthstats.render.scale import tick_labels, ticks
from healthstats.render.svg import svg
from healthstats.tables.charts import contributions, months
from healthstats.tables.mart import compared
from tests.golden.marts import Grown, definitions, open_marts
from tests.golden.test_formats import annual_page
from tests.golden.world import MONTHS, open_year

YEAR_2023 = Period("year", 2023)


@pytest.fixture
def lines(tmp_path: Path) -> Chart:
    chart = months(open_year(tmp_path), definitions(), "outpatient_visits", YEAR_2023)
    assert chart
    return chart


def steps(*sizes: int, status: str = "") -> Chart:
    """A change and its parts, the last with a status."""
    rows = [(Cell("Tăng, giảm"), Cell(sum(sizes))), *((Cell("phần", level=1), Cell(size, level=1)) for size in sizes)]
    rows[-1] = (rows[-1][0], Cell(sizes[-1], status, level=1))
    columns = (Column("part", "Phần"), Column("change", "Tăng, giảm", "number", signed=True))
    return Chart("parts", Table("parts", "t", columns, tuple(rows)))


def test_two_years_stand_month_beside_month(lines: Chart) -> None:
    assert [column.label for column in lines.table.columns] == ["Tháng", "Năm 2023", "Năm 2022"]
    assert [row[0].value for row in lines.table.rows] == [f"T{number}" for number in range(1, 13)]
    known = {number: (row[1].value, row[2].value) for number, row in enumerate(lines.table.rows, 1)}
    assert known == {number: MONTHS.get(number, (None, None)) for number in range(1, 13)}


def test_missing_reports_mark_the_month_of_the_year_they_are_missing_in(lines: Chart) -> None:
    marked = [(n, at) for n, row in enumerate(lines.table.rows, 1) for at in (1, 2) if row[at].status]
    assert marked == [(2, 1), (4, 2)]
    assert lines.table.notes == ("* Điểm rỗng: còn thiếu báo cáo của tháng ấy.",)
    assert len(re.findall("hollow", svg(lines, "vi"))) == 2


def test_a_gap_is_not_bridged(lines: Chart) -> None:
    drawn = svg(lines, "vi")
    counts = [len(points.split()) for points in re.findall(r'points="(.*?)"', drawn)]
    assert counts == [5, 6, 5, 6]


def test_years_differ_in_shape(lines: Chart) -> None:
    drawn = svg(lines, "vi")
    assert (drawn.count("<circle"), len(re.findall(r'<rect class="s1', drawn))) == (11, 11)
    assert set(re.findall("(?:fill|stroke|style)=", drawn)) == set()


def test_every_figure_of_a_chart_can_be_read_off_it(lines: Chart) -> None:
    drawn = svg(lines, "vi")
    for row in lines.table.rows:
        for place in (1, 2):
            if row[place].value is not None:
                assert format_cell(row[place], lines.table.columns[place], "vi") in drawn


def test_heights_are_in_proportion_from_zero(lines: Chart) -> None:
    drawn = svg(lines, "vi")
    zero, *_ = [float(y) for y in re.findall(r'class="zero" x1="[\d.]+" y1="([\d.]+)"', drawn)]
    heights = [zero - float(y) for y in re.findall(r'<circle class="s0[^>]* cy="([\d.]+)"', drawn)]
    values = [now for now, _ in MONTHS.values()]
    for height, value in zip(heights, values, strict=True):
        assert height / heights[0] == pytest.approx(value / values[0], abs=0.002)


def test_too_few_months_are_not_drawn(tmp_path: Path) -> None:
    connection = open_year(tmp_path)
    assert months(connection, definitions(), "outpatient_visits", Period("month", 2023, 2)) is None
    assert months(connection, definitions(), "mri_scans", YEAR_2023) is None
    nine = months(connection, definitions(), "outpatient_visits", Period("nine_months", 2023))
    assert nine
    assert len(nine.table.rows) == 9


def test_a_month_that_is_not_over_is_not_drawn_as_a_fall(tmp_path: Path) -> None:
    statuses = {1: "ok", 2: "ok", 3: "ok", 4: "unfinished"}
    grown = [Grown("mri_scans", "9", "8", status, f"2023-{n:02d}", f"2022-{n:02d}") for n, status in statuses.items()]
    chart = months(open_marts(tmp_path, grown), definitions(), "mri_scans", YEAR_2023)
    assert chart
    assert [row[1].value for row in chart.table.rows[:5]] == [9, 9, 9, None, None]
    assert chart.table.rows[3][2].value == 8


def test_the_parts_are_those_of_the_table_and_add_up(tmp_path: Path) -> None:
    connection, known = open_year(tmp_path), definitions()
    row, *_ = compared(connection, known, YEAR_2023, {"indicators": ["outpatient_visits"]})
    chart = contributions(known, row)
    assert chart
    total, *parts = chart.table.rows
    assert total[1].value == row.change
    assert sum(Fraction(part[1].value) for part in parts) == row.change
    assert [(part[0].value, part[1].status) for part in parts] == [
        ("Cùng cơ sở", ""),
        ("Cơ sở mới", ""),
        ("Cơ sở ngừng", ""),
        ("Thiếu kỳ này", "partial"),
    ]


def bars(chart: Chart) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="(\w+)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg(chart, "vi"))
    return [(kind, float(x), float(x) + float(width)) for kind, x, width in found]


def test_each_part_begins_where_the_last_one_ended() -> None:
    total, up, down, last = bars(steps(300, -100, 50, status="partial"))
    assert [kind for kind, *_ in (total, up, down, last)] == ["total", "up", "down", "hatched"]
    assert total[1] == up[1]
    assert down[2] == pytest.approx(up[2], abs=0.11)
    assert last[1] == pytest.approx(down[1], abs=0.11)
    assert last[2] == pytest.approx(total[2], abs=0.11)


def test_a_fall_hangs_on_the_left_of_zero() -> None:
    total, *_ = bars(steps(-300, 100))
    zero = float(re.findall(r'class="zero" x1="([\d.]+)"', svg(steps(-300, 100), "vi"))[0])
    assert total[2] == pytest.approx(zero, abs=0.11)


def test_hatching_stays_within_its_bar() -> None:
    for size in (1, 7, 300):
        chart = steps(300, size, status="partial")
        _, start, end = bars(chart)[-1]
        hatches = re.findall(r'<line class="hatch" x1="([\d.]+)" y1="[\d.]+" x2="([\d.]+)"', svg(chart, "vi"))
        assert len(hatches) >= 3
        for x1, x2 in hatches:
            assert start - 0.06 <= float(x1) <= float(x2) <= end + 0.06


def test_labels_never_cover_each_other() -> None:
    columns = (Column("m", "Tháng"), Column("a", "Năm 2023", "number"), Column("b", "Năm 2022", "number"))
    for now, base in ((100, 100), (0, 0), (100, 99), (1, 100)):
        chart = Chart("lines", Table("t", "t", columns, ((Cell("T1"), Cell(now), Cell(base)),) * 3))
        ys = sorted(float(y) for y in re.findall(r'class="name s\d" x="[\d.]+" y="([\d.]+)"', svg(chart, "vi")))
        assert ys[1] - ys[0] >= 28
        assert ys[1] + 14 <= 300


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([376991, 266230], "0 100.000 200.000 300.000 400.000"),
        ([9], "0 2 4 6 8 10"),
        ([100], "0 20 40 60 80 100"),
        ([0], "0 1"),
        ([-30, 50], "−40 −20 0 20 40 60"),
        ([Fraction(9, 10)], "0,0 0,2 0,4 0,6 0,8 1,0"),
    ],
)
def test_ticks_are_round_and_hold_zero(values: list[int], labels: str) -> None:
    assert " ".join(tick_labels(ticks(map(Fraction, values)), "vi")) == labels


def test_names_of_a_chart_are_only_names() -> None:
    name = '"><script>alert(1)</script>\u202e'
    columns = (Column("m", name), Column("a", name, "number"))
    chart = Chart("lines", Table(name, name, columns, ((Cell(name), Cell(1)),) * 3))
    drawn = svg(chart, "vi")
    assert "<script" not in drawn
    assert "\u202e" not in drawn


def test_the_page_shows_charts_where_the_publication_asks(tmp_path: Path) -> None:
    page = annual_page(tmp_path, "vi")
    assert [len(section.charts) for section in page.sections] == [2, 1, 1, 0, 0, 0, 0, 0, 0]


def test_an_english_chart_speaks_english(tmp_path: Path) -> None:
    chart = months(open_year(tmp_path), definitions(), "outpatient_visits", YEAR_2023, "en")
    assert chart
    assert chart.table.title == "Outpatient visits by month (visits)"
    assert "3,640,000" in svg(chart, "en")
