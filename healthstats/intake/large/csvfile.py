"""The long CSV that memory would not hold: judged as a small one is, a block at once, its cells on disk."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from healthstats.domain.reading import Reading
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.bounds import whole_lines
from healthstats.intake.csvfiles.longcsv import twice
from healthstats.intake.csvfiles.longheader import Header, find_header
from healthstats.intake.csvfiles.records import BrokenCsv, line_breaks, read_records
from healthstats.intake.large.blocks import Block, Plan
from healthstats.intake.large.judge import Judge
from healthstats.intake.large.spool import Spool
from healthstats.intake.letters.text import nfc

BLOCK = 4 << 20
MOST_RECORD = 16 << 20
"""A record of so many bytes is one whose quote was never closed: what follows is not gone through for its end."""
BOM = b"\xef\xbb\xbf"
_BEYOND_LATIN = re.compile(rb"[\xc4-\xe1\xe3-\xf4]|\xe2(?:[^\x80]|\x80[^\x90-\xa6])")
"""In UTF-8 what is above U+00FF, but for the dashes and quotes that old codes have too."""


def read_big_csv(path: Path, context: Context, spool: Spool, block: int = BLOCK) -> Reading | None:
    """None where it is no long CSV in UTF-8 whose first line is its header. The cells of the reading are on the spool.
    Raises BrokenCsv as `read_long_csv` does."""
    with path.open("rb", buffering=0) as file:
        first = file.read(block).removeprefix(BOM)
        line = first[: first.find(b"\n") + 1]
        header = _header(line, context)
        if header is None:
            return None
        if header.twice:
            return twice(header)
        plan = _plan(header)
        judge, letters = Judge(header, context, spool), _Letters(line)
        try:
            for block_read, before in _blocks(letters.seen(_pieces(file, first[len(line) :], block)), plan):
                judge.take(block_read, before + 2)
        except UnicodeDecodeError:
            return None
        except BrokenCsv as broken:
            raise _nul(path) or BrokenCsv(broken.code, broken.line + 1) from None
        return None if letters.doubtful else judge.reading()


class _Letters:
    """Whether a file has letters beyond ASCII, and none that only Unicode has: they may be those of an old code."""

    def __init__(self, line: bytes) -> None:
        self.doubtful = self.proven = False
        self._see(line)

    def seen(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._see(piece)
            yield piece

    def _see(self, piece: bytes) -> None:
        if not self.proven and not piece.isascii():
            self.proven = _BEYOND_LATIN.search(piece) is not None
            self.doubtful = not self.proven


def _header(line: bytes, context: Context) -> Header | None:
    try:
        text = nfc(line.decode())
    except UnicodeDecodeError:
        return None
    # one that goes on in the next line, or stands below, is for the reader of small files
    alone = text.count('"') % 2 == 0 and text.count("\r") == text.count("\r\n") and "\0" not in text
    return find_header(text, context) if alone else None


def _plan(header: Header) -> Plan:
    said = tuple(sorted(column for role, column in header.columns.items() if role != "value"))
    width = len(header.columns) + len(header.other)
    return Plan(header.delimiter, width, said, header.columns["value"])


def _pieces(file: object, rest: bytes, size: int) -> Iterator[bytes]:
    """The bytes, cut where lines end."""
    read = file.read  # type: ignore[attr-defined]
    while more := read(size):
        rest += more
        if end := whole_lines(rest):
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _blocks(pieces: Iterator[bytes], plan: Plan) -> Iterator[tuple[Block, int]]:
    """Each block with the number of lines before it. Plain ones are read side by side, ahead of who takes them."""
    lines, carried = 0, b""
    for piece, plain, is_last in _ahead(pieces, plan):
        block = None if carried else plain.result()
        if block is not None:
            yield block, lines
            lines += block.height
            continue
        carried += piece
        try:
            text = nfc(carried.decode())
            records = list(read_records(text, plan.delimiter, plan.width))
        except BrokenCsv as broken:
            if broken.open_ended and not is_last and len(carried) < MOST_RECORD:
                continue
            raise BrokenCsv(broken.code, broken.line + lines) from None
        for each in records:
            yield plan.of_records(each), lines
        lines += line_breaks(text)
        carried = b""


def _ahead(pieces: Iterator[bytes], plan: Plan) -> Iterator[tuple[bytes, Future[Block | None], bool]]:
    threads = len(os.sched_getaffinity(0))
    waiting: deque[tuple[bytes, Future[Block | None]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for piece in pieces:
            waiting.append((piece, pool.submit(plan.read, piece)))
            if len(waiting) > threads + 1:
                yield (*waiting.popleft(), False)
        while waiting:
            piece, plain = waiting.popleft()
            yield piece, plain, not waiting


def _nul(path: Path) -> BrokenCsv | None:
    """A file with a NUL anywhere is told by that, whatever else is wrong with it."""
    line = 1
    with path.open("rb") as file:
        for each in file:
            if b"\0" in each:
                return BrokenCsv("CSV_NUL", line)
            line += 1
    return None
