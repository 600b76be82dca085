"""The zoo as one table that a person can read, zoo.md: each file with its verdict, findings and cells.

To write it anew after a wanted change: HEALTHSTATS_GOLDEN=update pytest tests/submissions/test_zoo_table.py, then look
at the diff."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from healthstats.domain.reading import Reading, cell_name
from tests.submissions.bieu9 import codes, read
from tests.submissions.files import zoo

TABLE = Path(__file__).with_name("zoo.md")
HEAD = """# The zoo

Made by tests/submissions/test_zoo_table.py; each line is a file with one defect or oddity, and what it is read as.

`Lab tests` is what the column of tests holds then, where the file has one figure of it; `?` what is suggested.

| File | Verdict | Findings | Lab tests | Accepted | Quarantined | Rejected | Blank |
|---|---|---|---:|---:|---:|---:|---:|
"""


def line(name: str, reading: Reading) -> str:
    found = ", ".join(code if times == 1 else f"{code} × {times}" for code, times in Counter(codes(reading)).items())
    counts = reading.counts
    cells = (counts.accepted, counts.quarantined, counts.rejected, counts.blank)
    return f"| {name} | {reading.verdict} | {found or '–'} | {lab_tests(reading)} | {' | '.join(map(str, cells))} |"


def lab_tests(reading: Reading) -> str:
    """The one figure of laboratory tests: `≥ 4000`; `? 1401` where that is only suggested; else ''."""
    seen = reading.observations
    places = [at for at, element in enumerate(seen.element) if reading.elements[element] == "lab_tests"]
    if len(places) != 1:
        return ""
    (at,) = places
    if seen.accepted[at]:
        return f"{seen.qualifier.get(at, '')} {seen.value[at] // 10_000}".strip()
    cell = cell_name(seen.row[at], seen.column[at])
    return f"? {next((one.suggestion for one in reading.findings if one.cell == cell), '')}".strip()


@cache
def stored() -> dict[str, str]:
    lines = TABLE.read_text("utf-8").splitlines() if TABLE.exists() else []
    return {each.split(" | ")[0].removeprefix("| "): each for each in lines}


@pytest.mark.parametrize("name", zoo())
def test_each_file_is_read_as_the_table_says(name: str) -> None:
    sent, data = zoo_files()[name]
    assert line(name, read(data, sent)) == stored().get(name)


def test_the_table_has_every_file_and_no_other() -> None:
    if os.environ.get("HEALTHSTATS_GOLDEN") == "update":
        lines = [line(name, read(data, sent)) for name, (sent, data) in zoo_files().items()]
        TABLE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
        stored.cache_clear()
    named = [name for name in stored() if ": " in name]
    assert named == [*zoo_files()]
    assert len(named) >= 60


@cache
def zoo_files() -> dict[str, tuple[str, bytes]]:
    return zoo()
