"""CSV read strictly: every record with the line it begins on, nothing dropped, nothing mended."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

RECORDS_AT_ONCE = 4096


class BrokenCsv(Exception):
    """The file cannot be cut into records: `code` of the finding and the `line` where that shows. `open_ended`: its
    last field is not closed, which more text could mend."""

    def __init__(self, code: str, line: int, open_ended: bool = False) -> None:
        super().__init__(code, line)
        self.code, self.line, self.open_ended = code, line, open_ended


@dataclass(frozen=True, slots=True)
class Records:
    """Some records of the same width as columns, with the line each begins on; `ragged` are those of another
    width, as (line, fields)."""

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]
    ragged: list[tuple[int, int]]


def first_record(text: str, delimiter: str) -> list[str]:
    """The header as `delimiter` would cut it; empty where it cannot."""
    try:
        return next((record for record in csv.reader(_lines(text), delimiter=delimiter, strict=True) if record), [])
    except csv.Error:
        return []


def read_records(text: str, delimiter: str, width: int = 0) -> Iterator[Records]:
    """Everything below the header, or, where the `width` it has is known, everything. Lines with nothing on them are
    no records. Raises BrokenCsv."""
    if "\0" in text:
        raise BrokenCsv("CSV_NUL", text.count("\n", 0, text.index("\0")) + 1)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        while not width:
            width = len(next(reader))
        first = reader.line_num + 1
        while rows := list(islice(reader, RECORDS_AT_ONCE)):
            yield _records(rows, first, reader.line_num, width)
            first = reader.line_num + 1
    except csv.Error as error:
        open_ended = "unexpected end of data" in str(error)
        raise _broken(text, _broken_line(text, delimiter), open_ended) from None


def numbered_records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line it begins on, blank lines left out. Raises BrokenCsv."""
    if "\0" in text:
        raise BrokenCsv("CSV_NUL", text.count("\n", 0, text.index("\0")) + 1)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error:
        raise _broken(text, line) from None


def line_breaks(text: str) -> int:
    """How many lines end in the text, however they do."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _records(rows: list[list[str]], first: int, last: int, width: int) -> Records:
    if not any(rows):
        # millions of blank lines are walked over at the pace at which they are cut
        return Records([], [()] * width, [])
    if last - first + 1 == len(rows) and {*map(len, rows)} == {width}:
        columns = list(zip(*rows, strict=True))
        if all(columns[0]):
            return Records(range(first, last + 1), columns, [])
    whole: list[tuple[int, list[str]]] = []
    ragged: list[tuple[int, int]] = []
    for line, row in _numbered(rows, first):
        if len(row) == width and any(row):
            whole.append((line, row))
        elif any(row):
            ragged.append((line, len(row)))
    lines = [line for line, _ in whole]
    return Records(lines, list(zip(*(row for _, row in whole), strict=True)) or [()] * width, ragged)


def _numbered(rows: list[list[str]], line: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on; one with a line break in a field takes more than one line."""
    for row in rows:
        yield line, row
        line += 1 + sum(map(line_breaks, row))


def _broken(text: str, line: int, open_ended: bool = False) -> BrokenCsv:
    """The record that begins on the line has a quote that is not closed; where it has none, a field is too long."""
    begins = next(islice(_lines(text), line - 1, None), "")
    return BrokenCsv("CSV_QUOTE" if '"' in begins else "CSV_LINE_TOO_LONG", line, open_ended)


def _broken_line(text: str, delimiter: str) -> int:
    """The line on which the record that cannot be cut begins."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    last = 0
    try:
        for _ in reader:
            last = reader.line_num
    except csv.Error:
        pass
    return last + 1
