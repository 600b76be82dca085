"""The estimate as each format draws it: stored pictures, one set of figures, and the mark on every one of them."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from healthstats import render, tables
from healthstats.domain.definitions import Publication, Section
from healthstats.domain.page import Page
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.errors import UsageError
from healthstats.render.figures import format_cell, shown
from healthstats.words import Lang, say
from tests.golden.estimate_world import open_estimate
from tests.golden.marts import definitions
from tests.golden.reading_back import shown_by_a_spreadsheet
from tests.golden.test_formats import FORMATS, agree, same_as_stored

YEAR = Period("year", 2023)
VISITS, ALL = ("outpatient_visits", "outpatient_visits_insured"), {"vi": "Tất cả", "en": "All"}
PUBLICATION = Publication(
    "annual",
    {"vi": "Kết quả khám bệnh {period}", "en": "Medical activity, {period}"},
    (
        Section({"vi": "Ngoại trú", "en": "Outpatients"}, "growth", VISITS, charts=("outpatient_visits",)),
        Section({"vi": "Theo sở hữu", "en": "By ownership"}, "groups", ("outpatient_visits",), "ownership"),
        Section({"vi": "Chưa có", "en": "Not there"}, "growth", ("mri_scans",)),
        Section(ALL, "annex"),
    ),
)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return tables.estimate(open_estimate(tmp_path), definitions(), YEAR)


def page(folder: Path, lang: Lang) -> Page:
    as_of = say("screen.as_of", lang, run=7, day="11/12/2023")
    return tables.estimated_annual(open_estimate(folder), definitions(), PUBLICATION, YEAR, as_of, lang)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_estimate_is_drawn_as_stored(tmp_path: Path, suffix: str, lang: Lang) -> None:
    drawn = tables.estimate(open_estimate(tmp_path), definitions(), YEAR, lang)
    same_as_stored(f"estimate.{lang}.{suffix}", FORMATS[suffix](drawn, lang))


def test_a_terminal_draws_the_estimate_as_stored(table: Table) -> None:
    console = Console(file=StringIO(), width=100, force_terminal=True, color_system="standard", legacy_windows=False)
    render.terminal(table, "vi", console)
    assert isinstance(console.file, StringIO)
    same_as_stored("estimate.100.ansi", console.file.getvalue())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_of_an_unfinished_year_is_drawn_as_stored(tmp_path: Path, lang: Lang) -> None:
    same_as_stored(f"estimate.{lang}.html", render.html_page(page(tmp_path, lang)))


def test_the_formats_agree_cell_for_cell(table: Table) -> None:
    assert len(table.blocks) == 3
    for block in table.blocks:
        agree(block, "vi")


def test_the_workbook_holds_the_same_figures_and_says_estimate_on_every_sheet(tmp_path: Path) -> None:
    made = page(tmp_path, "vi")
    book = openpyxl.load_workbook(BytesIO(render.page_book(made)))
    drawn = [(section, one) for section in made.sections for one in section.tables if one.name in ("estimate", "annex")]
    sheets = [sheet for sheet in book.worksheets if "Ước" in sheet.title or "Phụ lục" in sheet.title]
    assert len(sheets) == len(drawn) == 3
    for sheet, (_, one) in zip(sheets, drawn, strict=True):
        texts = [
            [shown_by_a_spreadsheet(cell.value, cell.number_format, "vi") for cell in cells]
            for cells in sheet.iter_rows()
        ]
        said = [text for row in texts for text in row]
        assert any("Ước" in text for text in said)
        for cells in one.rows:
            wanted = [format_cell(cells[place], one.columns[place], "vi") for place in shown(one)]
            assert wanted in [row[: len(wanted)] for row in texts]


def test_every_row_for_programs_is_marked(table: Table) -> None:
    rows = list(csv.DictReader(StringIO(render.csv(table, "vi"))))
    assert {row["estimate"] for row in rows} == {"ước"}
    assert {row["estimate"] for row in json.loads(render.json(table, "en"))["rows"]} == {"ước"}
    visits = rows[0]
    assert (visits["done_value"], visits["estimated_value"]) == ("38600120", "3512345.6789")
    assert visits["value"] == "42112465.6789", "not rounded for programs"


def test_each_figure_stands_in_a_column_that_says_what_it_is(table: Table) -> None:
    labels = {column.key: f"{column.group} {column.label}" for column in table.columns}
    assert labels["done_value"].strip() == "TH 11 tháng"
    for key in ("estimated_value", "value", "change_pct_prior_year", "change_pct_base"):
        assert "Ước" in labels[key]
    assert "TH cùng cơ sở" in labels["matched_change_pct_prior_year"]


def test_the_method_and_its_exceptions_are_told_with_their_numbers(table: Table) -> None:
    notes = " ".join(table.notes)
    assert say("note.estimate", "vi") in notes
    assert "0–3 theo mức tăng của chính cơ sở" in notes
    assert "0–1 theo bình quân các tháng năm nay" in notes
    assert "0–3 không ước được" in notes
    stock = " ".join(table.blocks[1].notes)
    assert say("note.estimate", "vi") not in stock, "beds do not grow by months"
    assert "3 theo tháng gần nhất đã báo cáo" in stock


def test_the_page_says_estimate_in_title_prose_and_annex(tmp_path: Path) -> None:
    made = page(tmp_path, "vi")
    assert made.title == "Kết quả khám bệnh ước năm 2023"
    (prose,) = made.sections[0].prose
    assert prose.startswith(
        "Số lượt khám chữa bệnh ngoại trú ước năm 2023 là 42.112.466 lượt, tăng 11% so với năm 2022 và "
        "tăng 6% so với năm 2020."
    )
    assert "Trong đó, BHYT ước 20.500.000 lượt, tăng 17% so với năm 2022" in prose
    names = [one.title for one in made.sections[0].tables]
    assert names == ["Ước thực hiện năm 2023", "Tăng, giảm do đâu: 11 tháng năm 2023"]
    annex = made.sections[-1].tables[0]
    assert annex.title == "Ước kết quả thực hiện các chỉ tiêu năm 2023"
    value = next(place for place, column in enumerate(annex.columns) if column.key == "value")
    assert annex.columns[value].label == "Ước TH năm 2023"
    assert format_cell(annex.rows[0][value], annex.columns[value], "vi") == "42.112.466"
    assert say("note.estimate", "vi") in annex.notes
    assert made.sections[2].tables == ()


@pytest.mark.parametrize(
    ("period", "key"),
    [
        (Period("year", 2022), "error.nothing_to_estimate"),
        (Period("to_date", 2023, 11), "error.estimate_of_a_year"),
        (Period("month", 2023, 11), "error.estimate_of_a_year"),
        (Period("year", 2031), "error.nothing_to_show"),
    ],
)
def test_what_cannot_be_estimated_is_refused_in_one_line(tmp_path: Path, period: Period, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        tables.estimate(open_estimate(tmp_path), definitions(), period)
    assert caught.value.key == key
    assert "\n" not in caught.value.sentence("vi")


def test_an_old_year_to_date_says_what_there_is_instead(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        tables.growth(open_estimate(tmp_path), definitions(), Period("to_date", 2019, 11))
    assert caught.value.key == "error.to_date_of_newest_year"
