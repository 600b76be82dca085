"""Names, cells, codes and file names that attack: in no screen and no file of ours does any of them come to life."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from healthstats.domain.formula import is_formula
from tests.faults import hostile
from tests.faults.tally import Tally
from tests.faults.test_network import no_network

MOVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What moves a cursor, turns a line around or ends it; a line feed ends our own lines."""
THEIRS = ("marked/", "written into the register")
"""Where a sender's own texts stay as he wrote them."""


def moving(content: bytes) -> list[str]:
    text = content.decode("utf-8")
    return [repr(text[max(found.start() - 30, 0) : found.end() + 10]) for found in MOVING.finditer(text)]


def running_csv(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return [cell for row in rows for cell in row if is_formula(cell)]


def broken_json(content: bytes) -> list[str]:
    return [] if isinstance(json.loads(content), dict) else ["no object"]


def live_markdown(content: bytes) -> list[str]:
    return re.findall(r"(?<!\\)<(?!br>)[a-z/!]|(?<!\\)\]\(", content.decode("utf-8"))


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in ("img", "iframe", "object", "embed", "base", "form", "link"):
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src", "xlink:href") and not (value or "").startswith("#")):
                self.wrong.append(f"{tag} {name}={value}")


def live_html(content: bytes) -> list[str]:
    page = Page(content.decode("utf-8"))
    return page.wrong + (["a script of theirs"] if page.scripts != 1 else [])


def running_xlsx(content: bytes) -> list[str]:
    """Formulas, links that lead out, names of charts that are formulas, macros."""
    wrong = []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for part in book.namelist():
            text = book.read(part).decode("utf-8") if part.endswith((".xml", ".rels")) else ""
            if part.startswith("xl/worksheets/"):
                wrong += re.findall(r"<(?:\w+:)?f[ >/].{0,40}|<hyperlink [^>]*r:id[^>]*", text)
            if part.startswith("xl/charts/"):
                wrong += [found for found in re.findall(r"<c:f>(.*?)</c:f>", text) if not re.search(r"!\$[A-Z]", found)]
            if part.endswith(".rels"):
                wrong += re.findall(r'TargetMode="External"', text)
            if part.startswith(("xl/externalLinks", "xl/vba", "xl/macrosheets", "xl/embeddings")):
                wrong.append(part)
    return wrong


def moving_in_xlsx(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = [book.read(part).replace(b"\r\n", b"\n") for part in book.namelist() if part.endswith(".xml")]
    escaped = [found for text in texts for found in re.findall(rb"_x00(?:0[0-8BCEF]|1[0-9A-F]|7F)_", text)]
    return [found for text in texts for found in moving(text)] + list(map(repr, escaped))


JUDGES: dict[str, Callable[[bytes], list[str]]] = {
    "csv": running_csv,
    "json": broken_json,
    "md": live_markdown,
    "html": live_html,
    "xlsx": running_xlsx,
}


def alive(name: str, content: bytes) -> list[str]:
    """What of an output acts instead of being read."""
    kind = name.rpartition(".")[2]
    judged = JUDGES[kind](content) if kind in JUDGES else []
    if not name.startswith(THEIRS):
        judged += moving_in_xlsx(content) if kind == "xlsx" else moving(content)
    return judged + (["Traceback"] if b"Traceback" in content else [])


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs for a few attacks, made where nobody can be reached."""
    base = tmp_path_factory.mktemp("hostile") / "workspace"
    hostile.spoilt(base, hostile.FEW)
    with no_network():
        return hostile.outputs(base, base / "out", hostile.FEW, 2)


KINDS = ("txt", *JUDGES)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_theirs_comes_to_life(kind: str, few: dict[str, bytes]) -> None:
    found = {name: alive(name, content) for name, content in few.items() if name.endswith(f".{kind}")}
    assert found
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_what_was_to_be_made_was_made(few: dict[str, bytes]) -> None:
    assert {
        "annual-2023.html",
        "annual-2023.xlsx",
        "findings as a file.xlsx",
    } <= few.keys()
    assert sum(name.startswith("marked/") for name in few) > 2
    assert sum(name.startswith("template") and name.endswith("xlsx") for name in few) == 3 + len(hostile.CODES)
    assert all(b"=1+1" in few[name] for name in ("ingest.txt", "findings.txt", "growth by type.txt", "mark.txt"))
    assert [name for name, content in few.items() if name.startswith("refused") and not content] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"\x1b[31m"),
        ("a.csv", b"a,=1+1\n"),
        ("a.csv", "\u202e\n".encode()),
        ("a.json", b"[]"),
        ("a.md", b"<script>"),
        ("a.html", b"<script></script><img src=x onerror=alert(1)>"),
        ("a.html", b'<script></script><a href="javascript:x">'),
        ("a.txt", b"Traceback"),
    ],
)
def test_the_judge_finds(name: str, content: bytes) -> None:
    assert alive(name, content) != []


def test_the_judge_finds_a_formula_in_a_workbook() -> None:
    import xlsxwriter

    for text in ("=1+1", "http://example.org"):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            book.add_worksheet().write(0, 0, text)
        assert alive("a.xlsx", out.getvalue()) != []


@pytest.mark.campaign
def test_hostile_outputs(tmp_path: Path, tally: Tally) -> None:
    base = tmp_path / "workspace"
    hostile.spoilt(base, hostile.NAMES)
    tally.right = "inert"
    for name, content in hostile.outputs(base, base / "out", hostile.NAMES, len(hostile.TABLES)).items():
        wrong = alive(name, content)
        tally.add(name, not wrong, wrong)
