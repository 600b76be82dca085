"""A large CSV gone through once before it is read: how many records it may hold, and whether a line is too wide."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from healthstats.intake.csvfiles.bounds import MOST_COLUMNS, MOST_LINE, refuse_wide, short_lines, whole_lines
from healthstats.intake.csvfiles.longheader import DELIMITERS
from healthstats.intake.csvfiles.records import BrokenCsv, numbered_records

CHUNK = 1 << 20
SHORT = 16
"""Bytes of a line: where lines are shorter, blank ones are told apart, or a file of them would fill the disk."""


def most_records(path: Path) -> int:
    """As many as there are lines, whatever ends them, without the blank ones where they are many. Raises BrokenCsv as
    `refuse_wide` does."""
    found = lines = 0
    rest = b""
    with path.open("rb", buffering=0) as file:
        while part := file.read(CHUNK):
            data = rest + part
            if not short_lines(data, MOST_COLUMNS - 1):
                # each byte a letter: separators and line ends are the same in every code that a CSV may have
                refuse_wide(data.decode("latin-1"), lines)
            end = whole_lines(data)
            ended = data.count(b"\n", 0, end)
            if b"\r" in data:
                ended += data.count(b"\r", 0, end) - data.count(b"\r\n", 0, end)
            lines += ended
            found += _filled(data[:end]) if ended * SHORT > end else ended
            rest = data[end:]
    return found + 1


def refuse_open_header(path: Path) -> None:
    """Raises BrokenCsv where no separator cuts a large file's first record out."""
    with path.open("rb") as file:
        head = file.read(2 * MOST_LINE).decode("utf-8", "replace").replace("\0", "")
    broken: list[BrokenCsv] = []
    for delimiter in DELIMITERS:
        try:
            next(numbered_records(head, delimiter), None)
        except BrokenCsv as problem:
            broken.append(problem)
    if len(broken) == len(DELIMITERS):
        raise broken[0]


def _filled(data: bytes) -> int:
    """Lines with anything on them."""
    letters = np.frombuffer(data, np.uint8)
    ends = (letters == 10) | (letters == 13)
    return int(np.count_nonzero(ends[1:] > ends[:-1]))
