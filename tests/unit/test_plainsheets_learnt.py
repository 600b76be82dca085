"""Sheets one after another in one process: what is remembered of the rows of one must not tell of another's."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest

from healthstats.domain.finding import Finding
from healthstats.intake.formats import guard as guard_module
from healthstats.intake.formats.grid import UnreadableWorkbook, open_sheets
from healthstats.intake.formats.guard import Guard, SheetScan, scan_xlsx
from healthstats.intake.formats.plaintexts import PlainBook, Unusual

from .test_guard import sheet_of

SHEETS = int(os.environ.get("PLAIN_SHEETS", "300"))
Read = tuple[Finding | None, Mapping[str, SheetScan], list[list[list[object]]] | str]

LOOKS = ("", ' s="0"', ' s="5"')
BLANKS = ("/>", " />", "></c>")
FORMULAS = ('<f t="shared" si="0"/>', "<f>X$1</f>", '<f t="shared" ref="A1:A9" si="0">Y$1*2</f>', "<f/>")
WHOLE = ("0", "3", "7", "12", "123456789012345")
ODD_VALUES = ("1.5", "-4", "-0", "007", "1E5", "1.2E-7", "1234567890123456", "99999999999999999999", " 5", "x", "")
ODD_CELLS = (
    *("<c><v>1</v></c>", '<c r="B{0}"><v>9</v></c>', '<c r="A9"><v>9</v></c>', '<c s="0" r="Z{0}"><v>9</v></c>'),
    *('<c r="Z{0}" t="b"><v>1</v></c>', '<c r="Z{0}" t="e"><v>#REF!</v></c>', '<c r="Z{0}" t="str"><v>a</v></c>'),
    *('<c r="Z0{0}"><v>1</v></c>', '<c r="Z{0}"><v>1</v><v>2</v></c>', '<c r="Z{0}"><f>A1</f></c>', '<f:c r="Z{0}"/>'),
    *("<foo/>", "<f/>", "</c>", "<!---->", " />", "/>", ">", "chữ", "&amp;", "\0", "\1", '<c r="ZZZZ{0}"/>', "\n"),
)
ODD_ROWS = (
    *('<row r="{0}"/>', '<row ht="15"/>', '<row ht="15" r="2"/>', "<row />", "<row/>", '<row r="{0}"></row>', "\n"),
    *('<row r="{0}" hidden="1"/>', "chữ", "<!---->", "<foo/>", '<row r="3"></row>', "<row><c><v>1</v></c></row>"),
)
ODD_HEADS = ('<row r="0{0}">', '<row ht="15" r="{0}">', '<row r="{0}" hidden="1">', '<row r="1{0}">', '<row r="{0}" >')


def template(chance: Random) -> list[tuple[str, str, str]]:
    """(column, attributes, formula or 't' for a text or '' for a number) of each cell of a row."""
    columns = sorted(chance.sample("ABCDEFGH", chance.randrange(1, 6)))
    kinds = ("", "", "t", chance.choice(FORMULAS))
    return [(column, chance.choice(LOOKS), chance.choice(kinds)) for column in columns]


def cell(column: str, look: str, kind: str, number: int, chance: Random, odd: float) -> str:
    strange = chance.random() < odd
    start = f'<c r="{column}{number}"{look}' + (' t="s"' if kind == "t" else "")
    if chance.random() < (odd if kind else 0.2):
        return start + (f">{kind}</c>" if kind.startswith("<f") and strange else chance.choice(BLANKS))
    value = chance.choice(ODD_VALUES if strange else ("0", "1", "2") if kind == "t" else WHOLE)
    return f"{start}>{kind if kind != 't' else ''}<v>{value}</v></c>"


def sheet(templates: list[list[tuple[str, str, str]]], chance: Random, odd: float) -> str:
    """Forty rows of some templates; of each thing in them `odd` is the share that is strange."""
    rows, number = [], 0
    look = chance.choice(("", ' spans="1:9"', ' ht="15" customHeight="1"'))
    for _ in range(chance.randrange(1, 40)):
        number += (
            chance.choice((1, 1, 1, 2, 7)) if chance.random() > odd else chance.choice((0, -1, 1_048_575, 1_100_000))
        )
        cells = [cell(*each, max(number, 0), chance, odd) for each in chance.choice(templates)]
        if chance.random() < odd:
            cells.insert(chance.randrange(len(cells) + 1), chance.choice(ODD_CELLS).format(number))
        if chance.random() < odd:
            chance.shuffle(cells)
        if chance.random() < odd:
            rows.append(chance.choice(ODD_ROWS).format(number))
        head = chance.choice(ODD_HEADS).format(number) if chance.random() < odd else f'<row r="{number}"{look}>'
        rows.append(head + "".join(cells) + "</row>")
    return "".join(rows)


def sheets(count: int, seed: int) -> list[str]:
    """Of few templates, so that they come again; a habit of one file, as an empty row before each, in all its rows."""
    chance, found = Random(seed), list[str]()
    templates = [template(chance) for _ in range(6)]
    for _ in range(count):
        body = sheet(chance.sample(templates, 3), chance, chance.choice((0, 0, 0.005, 0.03)))
        habit = chance.choice((*ODD_ROWS, *ODD_CELLS))
        match chance.randrange(8):
            case 0:
                body = body.replace("<row ", habit.format(1) + "<row ")
            case 1:
                body = body.replace("<c ", habit.format(1) + "<c ")
        found.append(body)
        if chance.random() < 0.1:
            templates[chance.randrange(6)] = template(chance)
    return found


def read(data: bytes) -> tuple[bool, Read]:
    guard = scan_xlsx(data)
    if guard.refusal:
        return False, (guard.refusal, {}, [])
    try:
        grids = open_sheets(data, Guard(sheets=guard.sheets, plain=guard.plain))
    except UnreadableWorkbook as refusal:
        return False, (None, guard.sheets, str(refusal))
    return bool(guard.plain), (None, guard.sheets, [grid.rows for grid in grids])


def strictly(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Read:
    """By the strict parser and the workbook reader alone."""

    def unusual(xml: bytes, book: PlainBook) -> None:
        raise Unusual

    with monkeypatch.context() as patch:
        patch.setattr(guard_module, "read_plain", unusual)
        return read(data)[1]


def test_what_was_learnt_of_other_sheets_tells_nothing_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, bad = Counter[bool](), []
    for number, body in enumerate(sheets(SHEETS, int(os.environ.get("PLAIN_SEED", "1")))):
        data = sheet_of(body)
        is_plain, plainly = read(data)
        seen[is_plain] += 1
        if is_plain and plainly != (expected := strictly(data, monkeypatch)):
            bad.append((number, body, plainly, expected))
    assert bad[:1] == []
    assert min(seen[True], seen[False]) > SHEETS / 10
