"""The rows of a sheet in their usual spelling. A row spelt like many before it is read by one match of one pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from healthstats.intake.formats.plaintexts import Unusual
from healthstats.intake.formats.sheetscan import LAST_COLUMN, LAST_ROW, column_number

ROW_END = b"</row>"
OFTEN = 8
"""Rows of one spelling after which a pattern is made for it: making it costs as much as reading a hundred of them."""
LONGEST = 64 << 10
"""Bytes of a row that is read this way: a thousand are remembered, and a few hundred as patterns."""
EXACT = 15
"""Digits up to which a whole number is the same as an int and as the double that a spreadsheet keeps."""
_HEAD = re.compile(rb'\s*+(?:<row [^<>]*+(?<=/)>\s*+)*+<row r="([1-9][0-9]{0,6})"[^<>]*+(?<!/)>')
_FORMULA = rb"<f(?: [^<>/]*+)?+(?:/>|>[^<>]*+</f>)"
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"(?: s="[0-9]{1,6}+")?+(?: t="([sn])")?+'
    rb"(?:><v>([^<>]++)</v></c>| ?/>|></c>|>" + _FORMULA + rb"<v>([^<>]++)</v></c>)"
)
_GAP_AND_GROUPS = 1 + _CELL.groups
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:E-?[0-9]{1,2})?")
_ADDRESS = re.compile(rb'(<row r="|<c r="[A-Z]+)[0-9]+(?=")')
_VALUE = re.compile(rb"(" + _FORMULA + rb")<v>[^<>]+</v></c>| ?/>|></c>|><v>[^<>]+</v></c>")
_ANY_NUMBER, _ANY_VALUE, _ANY_RESULT = b"<number>", b"<value>", b"<result>"
"""In a skeleton, where no row that is read has such tags."""
_RESULT = rb"<v>([0-9]{1,%d}+)</v></c>" % EXACT
_WHOLE = rb"(?:>" + _RESULT + rb"| ?/>|></c>)"

Cells: TypeAlias = list[object]
"""Numbers, '' where blank; a text is still its number among the shared texts."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cells of a row stand, styled blanks among them: their columns, rising, and which hold texts."""

    columns: tuple[int, ...]
    texts: tuple[int, ...]


class Spelling:
    """All of a row but its number and the values of its cells, each of which may be blank unless a formula gave it;
    `after` it stood, last time, rows of another."""

    def __init__(self, skeleton: bytes, places: Places) -> None:
        self.places = places
        self.after: Spelling | None = None
        self._skeleton = skeleton
        self._seen = 0
        self._pattern: re.Pattern[bytes] | None = None

    def seen(self) -> None:
        self._seen += 1
        if self._seen == OFTEN:
            number, *rest = re.escape(self._skeleton).split(_ANY_NUMBER)
            addressed = number + b"([0-9]{1,7})" + rb"\1".join([b"", *rest])[2:]
            valued = addressed.replace(_ANY_VALUE, _WHOLE).replace(_ANY_RESULT, _RESULT)
            self._pattern = re.compile(valued + ROW_END)

    def rows(self, body: bytes, at: int) -> tuple[list[tuple[int, Cells]], int]:
        """Number and cells of the rows from `at` on, as long as they are spelt so and hold whole numbers and texts
        only; and where they end."""
        rows: list[tuple[int, Cells]] = []
        while match := self._pattern.match(body, at) if self._pattern else None:
            at, values = match.end(), match.groups()
            if None in values:
                rows.append((int(values[0]), [int(value) if value else "" for value in values[1:]]))
            else:
                rows.append((int(values[0]), [*map(int, values[1:])]))
        return rows, at


@lru_cache(maxsize=1024)
def read_row(row: bytes) -> tuple[int, tuple[float | str, ...], Spelling | None]:
    """The number, the cells and the spelling of any row, None for a row without cells. Raises Unusual where a tag is
    not one that is known here. Remembered: the forms of one template have the same headings."""
    if b"hidden" in row:
        raise Unusual
    header = _HEAD.match(row)
    if not header or (number := int(header[1])) > LAST_ROW:
        raise Unusual
    found = _CELL.split(row[header.end() :])
    gaps, letters, rows, kinds, values, results = (found[group::_GAP_AND_GROUPS] for group in range(_GAP_AND_GROUPS))
    # another reader may take what stands between the cells for one, or refuse it
    if rows.count(header[1]) < len(rows) or b"".join(gaps).strip():
        raise Unusual
    if not rows:
        return number, (), None
    cells = tuple(_number(value or result or b"") for value, result in zip(values, results, strict=True))
    return number, cells, _spelling(_skeleton(header[0], row), _places(letters, kinds))


def _skeleton(header: bytes, row: bytes) -> bytes:
    # rows without cells, in the header, are no blank cells
    start, cells = (_ADDRESS.sub(rb"\g<1>" + _ANY_NUMBER, part) for part in (header, row[len(header) :]))
    return start + _VALUE.sub(lambda value: value[1] + _ANY_RESULT if value[1] else _ANY_VALUE, cells)


@lru_cache(maxsize=512)
def _spelling(skeleton: bytes, places: Places) -> Spelling:
    return Spelling(skeleton, places)


def _places(letters: Sequence[bytes], kinds: Sequence[bytes]) -> Places:
    columns = tuple(map(column_number, letters))
    if columns[-1] > LAST_COLUMN or any(left >= right for left, right in pairwise(columns)):
        raise Unusual
    return Places(columns, tuple(at for at, kind in enumerate(kinds) if kind == b"s"))


def _number(value: bytes) -> float | str:
    if value.isdigit() and len(value) <= EXACT:
        return int(value)
    if value and not _NUMBER.fullmatch(value):
        raise Unusual
    return float(value) if value else ""
