"""What each format draws of one year: the stored pictures, and that they say the same, cell for cell.

To store new pictures after a wanted change: HEALTHSTATS_GOLDEN=update pytest tests/golden, then look at the diff."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from healthstats import render, tables
from healthstats.domain.definitions import Publication, Section
from healthstats.domain.page import Page, PageSection
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.render.figures import format_cell, machine, shown
from healthstats.words import Lang, say
from tests.golden.marts import definitions
from tests.golden.reading_back import from_html, from_markdown, from_plain
from tests.golden.world import open_year

HERE = Path(__file__).parent
YEAR = Period("year", 2023)
ANNUAL = HERE.parents[1] / "pipelines" / "publications" / "annual.toml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Lang], Table]:
    connection, known = open_year(tmp_path_factory.mktemp("marts")), definitions()
    found: dict[tuple[str, Lang], Table] = {}
    for lang in ("vi", "en"):
        found["growth", lang] = tables.growth(connection, known, YEAR, lang)
        found["groups", lang] = tables.growth(connection, known, YEAR, lang, by="ownership")
        found["decomposition", lang] = tables.decomposition(connection, known, YEAR, lang)
        found["coverage", lang] = tables.coverage(connection, known, YEAR, lang)
        found["missing", lang] = tables.missing(connection, known, YEAR, lang)
        found["awaiting", lang] = tables.awaiting(connection, known, YEAR, lang)
    return found


def annual_page(folder: Path, lang: Lang) -> Page:
    raw = tomllib.loads(ANNUAL.read_text(encoding="utf-8"))
    sections = tuple(
        Section(
            one["heading"],
            one["show"],
            tuple(one.get("indicators", ())),
            one.get("group_by", "all"),
            tuple(one.get("charts", ())),
        )
        for one in raw["section"]
    )
    publication = Publication(raw["publication"], raw["title"], sections)
    as_of = say("screen.as_of", lang, run=7, day="09/01/2024")
    return tables.annual(open_year(folder), definitions(), publication, YEAR, as_of, lang)


def same_as_stored(name: str, text: str) -> None:
    stored = HERE / "stored" / name
    if os.environ.get("HEALTHSTATS_GOLDEN") == "update":
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8", newline="")
    assert text == stored.read_text(encoding="utf-8"), f"{name} is drawn otherwise than stored"


FORMATS: dict[str, Callable[[Table, Lang], str]] = {
    "txt": render.plain,
    "csv": render.csv,
    "json": render.json,
    "md": render.markdown,
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_growth_is_drawn_as_stored(made: dict[tuple[str, Lang], Table], suffix: str, lang: Lang) -> None:
    same_as_stored(f"growth.{lang}.{suffix}", FORMATS[suffix](made["growth", lang], lang))


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_terminal_is_drawn_as_stored(made: dict[tuple[str, Lang], Table], width: int) -> None:
    console = Console(file=StringIO(), width=width, force_terminal=True, color_system="standard", legacy_windows=False)
    for name in ("growth", "groups", "decomposition", "coverage", "missing", "awaiting"):
        render.terminal(made[name, "vi"], "vi", console)
        console.print()
    assert isinstance(console.file, StringIO)
    same_as_stored(f"terminal.{width}.ansi", console.file.getvalue())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_annual_page_is_drawn_as_stored(tmp_path: Path, lang: Lang) -> None:
    same_as_stored(f"annual.{lang}.html", render.html_page(annual_page(tmp_path, lang)))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["growth", "groups", "decomposition", "coverage", "missing", "awaiting"])
def test_terminal_markdown_and_page_agree_cell_for_cell(
    made: dict[tuple[str, Lang], Table], name: str, lang: Lang
) -> None:
    table = made[name, lang]
    assert len(table.blocks) == (3 if name in ("growth", "groups") else 1)
    for block in table.blocks:
        agree(block, lang)


def agree(table: Table, lang: Lang) -> None:
    page = Page("t", lang, "a", "p", "s", (PageSection("h", (), (table,)),))
    places = shown(table)
    cells = [[format_cell(row[place], table.columns[place], lang) for place in places] for row in table.rows]
    assert cells
    assert from_plain(render.plain(table, lang)) == cells
    assert from_markdown(render.markdown(table, lang)) == cells
    assert from_html(render.html_page(page)) == [cells]


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_no_width_cuts_a_number_or_runs_over(made: dict[tuple[str, Lang], Table], width: int) -> None:
    for name in ("growth", "groups", "decomposition", "coverage", "missing"):
        text = render.plain(made[name, "vi"], "vi", width)
        words = text.split()
        for table in made[name, "vi"].blocks:
            for row in table.rows:
                for place in shown(table):
                    column = table.columns[place]
                    if column.format != "text" and row[place].value is not None:
                        assert format_cell(row[place], column, "vi") in words
        assert max(map(len, text.split("\n"))) <= width


def test_machines_get_the_same_values_in_csv_and_json(made: dict[tuple[str, Lang], Table]) -> None:
    for name in ("growth", "groups", "decomposition", "coverage", "missing", "awaiting"):
        table = made[name, "vi"].flat
        places = [place for place, column in enumerate(table.columns) if column.only != "screen"]
        read = list(csv.DictReader(StringIO(render.csv(table, "vi"))))
        told = json.loads(render.json(table, "vi"), parse_float=Fraction, parse_int=Fraction)["rows"]
        for row, line, held in zip(table.rows, read, told, strict=True):
            for place in places:
                key = table.columns[place].key
                assert line[key] == machine(row[place].value)
                assert machine(held[key]) == machine(row[place].value)


def test_synthetic_data_say_so_in_every_format(made: dict[tuple[str, Lang], Table], tmp_path: Path) -> None:
    table = made["growth", "vi"]
    console = Console(file=StringIO(), width=80, force_terminal=True)
    render.terminal(table, "vi", console)
    assert isinstance(console.file, StringIO)
    drawn = [draw(table, "vi") for draw in FORMATS.values()]
    for text in (*drawn, console.file.getvalue(), render.html_page(annual_page(tmp_path, "vi"))):
        assert "Dữ liệu mô phỏng" in text


def test_off_a_terminal_there_is_neither_colour_nor_box(made: dict[tuple[str, Lang], Table]) -> None:
    console = Console(file=StringIO(), width=80)
    render.terminal(made["growth", "vi"], "vi", console)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert text == render.plain(made["growth", "vi"], "vi")
    assert not set(text) & set("\x1b─│┃━")


def test_tables_and_figures_are_made_without_pandas(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from tests.golden.marts import definitions
from tests.golden.world import open_year
from healthstats import render, tables
from healthstats.domain.period import Period
connection, year = open_year(Path(sys.argv[1])), Period("year", 2023)
render.plain(tables.growth(connection, definitions(), year), "vi")
tables.awaiting(connection, definitions(), year)
sys.exit("pandas" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env={"PYTHONPATH": str(HERE.parents[1])}, check=False
    )
    assert done.returncode == 0


def test_sentences_too_long_to_stand_side_by_side_are_stacked_whole() -> None:
    sentence = "Không có cơ sở này trong danh mục: thêm vào danh mục hoặc bí danh rồi nhận lại. " * 3
    columns = (Column("place", "Tệp"), Column("finding", "Cần xem"), Column("suggestion", "Gợi ý"))
    table = Table("awaiting", "t", columns, ((Cell("BC T8.xls › F12"), Cell(sentence), Cell("")),))
    lines = render.plain(table, "vi", 60).split("\n")
    assert lines[2] == "BC T8.xls › F12"
    assert lines[3].startswith("  Cần xem: Không có cơ sở này")
    assert " ".join(" ".join(lines[3:]).split()) == "Cần xem: " + sentence.strip()
    assert max(map(len, lines)) <= 60
    assert len(render.plain(table, "vi", 300).split("\n")) == 6
