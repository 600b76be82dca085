"""Names from files are only names: nothing in them runs, colours, turns or spoofs, in any format."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from rich.console import Console

from healthstats import render
from healthstats.domain.page import Page, PageSection
from healthstats.domain.table import Cell, Column, Table
from tests.golden.reading_back import from_html, from_markdown, from_plain

HOSTILE = [
    "<b>x</b>",
    "<script>alert(1)</script>",
    "</style></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "{{7*7}}{% for x in () %}",
    "%s %(name)s {0} {name}",
    "[bold]Bệnh viện[/bold] [link=https://example.org]x[/link]",
    "\x1b[31mđỏ\x1b[0m\x1b]8;;https://example.org\x07x\x1b]8;;\x07",
    "\x9b31m C1",
    "abc\u202egnp.exe",
    "\u2066\u200fRTL\u2069",
    "dòng một\ndòng hai\r\tba",
    "a | b \\| c `code` **đậm** [x](javascript:alert(1)) ~~s~~",
    "bad \udcff surrogate",
    "  khoảng   trắng  ",
]
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠x"]


def table_of(name: str) -> Table:
    columns = (Column("name", name, group=name), Column("value", "Số", "integer"))
    return Table("t", name, columns, ((Cell(name), Cell(5, note=name)), (Cell("x"), Cell(6))), 1, name, (name,))


def page_of(name: str) -> str:
    return render.html_page(Page(name, "vi", name, name, name, (PageSection(name, (name,), (table_of(name),)),)))


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "wbr":
            self.seen.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("name", HOSTILE + FORMULAS)
def test_a_page_holds_no_tag_and_no_attribute_from_a_name(name: str) -> None:
    assert Tags(page_of(name)).seen == Tags(page_of("x")).seen


@pytest.mark.parametrize("name", HOSTILE + FORMULAS)
def test_no_format_lets_a_control_character_or_a_turned_line_through(name: str) -> None:
    console = Console(file=StringIO(), width=80, force_terminal=True, color_system=None)
    render.terminal(table_of(name), "vi", console)
    assert isinstance(console.file, StringIO)
    table = table_of(name)
    texts = [draw(table, "vi") for draw in (render.plain, render.csv, render.json, render.markdown)]
    for text in (*texts, page_of(name), console.file.getvalue()):
        text.encode("utf-8")
        held = set(text.replace("\n", ""))
        assert not held & set(map(chr, (*range(32), *range(127, 160))))
        assert not held & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("name", HOSTILE)
def test_formats_agree_on_what_is_left_of_a_name(name: str) -> None:
    table = table_of(name)
    shown = from_html(page_of(name))[0][0][0]
    assert from_markdown(render.markdown(table, "vi"))[0][0] == shown
    assert from_plain(render.plain(table, "vi"))[0][0] == shown


def test_rich_markup_in_a_name_is_text() -> None:
    console = Console(file=StringIO(), width=120, force_terminal=True, color_system=None)
    render.terminal(table_of("[bold]Bệnh viện[/bold]"), "vi", console)
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue().count("[bold]Bệnh viện[/bold]") == 6


@pytest.mark.parametrize("name", FORMULAS)
def test_a_spreadsheet_runs_no_formula_from_a_name(name: str) -> None:
    rows = list(csv.reader(StringIO(render.csv(table_of(name), "vi"))))
    assert rows[1][0].startswith("'")


@pytest.mark.parametrize("text", ["-5", "+4.5", "-0"])
def test_a_number_as_text_stays_a_number(text: str) -> None:
    assert list(csv.reader(StringIO(render.csv(table_of(text), "vi"))))[1][0] == text


def test_a_negative_figure_is_no_formula() -> None:
    table = Table("t", "t", (Column("change", "", "number", signed=True),), ((Cell(-5),),))
    assert render.csv(table, "vi") == "change\n-5\n"


@pytest.mark.parametrize("name", HOSTILE)
def test_json_stays_json(name: str) -> None:
    assert json.loads(render.json(table_of(name), "vi"))["rows"][1] == {"name": "x", "value": 6}


def test_a_page_fetches_nothing_and_allows_only_its_own_style() -> None:

    text = page_of("x")
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:" in text
    assert not re.search(r"(src|href)=[\"'](?!#)|url\(|@import|<script|<link|style=", text)
