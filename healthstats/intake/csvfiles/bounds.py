"""How long and how wide a line of a CSV may be, asked before anything cuts it: every comma of one costs a field."""

from __future__ import annotations

from healthstats.intake.csvfiles.longheader import DELIMITERS
from healthstats.intake.csvfiles.records import BrokenCsv, line_breaks

MOST_COLUMNS = 16_384
"""As many as a sheet has."""
MOST_LINE = 1 << 20


def refuse_wide(text: str, before: int = 0) -> None:
    """Raises BrokenCsv where a line has more columns than a sheet, by any separator, or more than 2**20 letters;
    `before` lines stand above the text."""
    for start, end in long_lines(text, MOST_COLUMNS - 1):
        wide = any(text.count(delimiter, start, end) >= MOST_COLUMNS for delimiter in DELIMITERS)
        if wide or end - start > MOST_LINE:
            raise BrokenCsv("CSV_TOO_WIDE" if wide else "CSV_LINE_TOO_LONG", before + line_breaks(text[:start]) + 1)


def long_lines(text: str, most: int) -> list[tuple[int, int]]:
    """Where lines of more than `most` letters begin and end, found in strides of that length."""
    found: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > most:
        last = max(text.rfind("\n", start, start + most + 1), text.rfind("\r", start, start + most + 1))
        if last < 0:
            last = _end(text, start + most)
            found.append((start, last))
        start = last + 1
    return found


def short_lines(data: bytes, most: int) -> bool:
    """Whether a newline surely ends every line before it has more than `most` bytes."""
    start = 0
    while len(data) - start > most:
        start = data.rfind(b"\n", start, start + most + 1) + 1
        if not start:
            return False
    return True


def whole_lines(data: bytes) -> int:
    """Up to where the bytes are lines, whatever ends them; a carriage return at the very end may be half an end."""
    return data.rfind(b"\n") + 1 or data.rfind(b"\r", 0, -1) + 1


def _end(text: str, start: int) -> int:
    """Where the line ends that goes on at `start`."""
    newline = text.find("\n", start)
    newline = len(text) if newline < 0 else newline
    carriage = text.find("\r", start, newline)
    return newline if carriage < 0 else carriage
