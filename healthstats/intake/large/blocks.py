"""A large CSV read block by block: a plain block at once, as numbers and the few texts that they stand for; a block
with anything else in it record by record, as a small file is."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as arrow

from healthstats.intake.csvfiles.bounds import short_lines
from healthstats.intake.csvfiles.records import Records
from healthstats.intake.figures.numbers import MOST_DIGITS
from healthstats.intake.large.sieve import Sieved, sieve

Codes = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]
_CODED, _TEXT = pa.dictionary(pa.int32(), pa.string()), pa.string()
MOST_SKIPPED = 256
"""Lines of another width that a block may have before all are looked at at once: each that pyarrow asks about costs
as much as a hundred records."""
_SEMICOLON_IN_NFC = b"\xcd\xbe"
"""The Greek question mark, which normalization makes a separator."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as distinct `texts`, in order of appearance, and the number of one a record."""

    texts: Sequence[str]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Block:
    """Some records: the line of each, counted from 0 in the block, which is `height` lines; the columns that have a
    role, by their 1-based number. `numbers` holds the value where it is a plain whole number and −1 where it is not:
    `odd` has one code for each −1. `filled` counts the cells of other columns, `ragged` is (line, fields) of the
    records of another width, of which there are `more`."""

    height: int
    lines: Whole
    columns: dict[int, Coded]
    numbers: Whole
    odd: Coded
    filled: dict[int, int]
    ragged: list[tuple[int, int]]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What the header says of every record: the separator, how many columns, those with a role but for the value."""

    delimiter: str
    width: int
    said: tuple[int, ...]
    value: int

    def read(self, data: bytes) -> Block | None:
        """None where the block has to be read record by record: it is no plain one."""
        if not _is_plain(data, self.delimiter):
            return None
        if block := self._read(data):
            return block
        sieved = sieve(data, self.delimiter, self.width)
        none = Records([], [()] * self.width, [])
        block = self._read(sieved.data) if sieved.data else self.of_records(none)
        return _within(block, sieved) if block and _is_text(data) else None

    def _read(self, data: bytes) -> Block | None:
        skipped: list[tuple[int, int, bool]] = []

        def skip(row: Any) -> str:
            fields = next(csv.reader([row.text], delimiter=self.delimiter), ())
            skipped.append((row.number - 1, row.actual_columns, any(fields)))
            return "skip" if len(skipped) <= MOST_SKIPPED else "error"

        quote = '"' if b'"' in data else False
        names = [str(column) for column in range(1, self.width + 1)]
        types = {name: _CODED if int(name) in self.said else _TEXT for name in names}
        try:
            table = arrow.read_csv(
                pa.BufferReader(data),
                arrow.ReadOptions(use_threads=False, column_names=names, block_size=len(data) + 1),
                arrow.ParseOptions(
                    delimiter=self.delimiter, quote_char=quote, ignore_empty_lines=False, invalid_row_handler=skip
                ),
                arrow.ConvertOptions(column_types=types, null_values=[], strings_can_be_null=False),
            )
        except pa.ArrowInvalid:
            return None
        if skipped and not _is_text(data):
            # pyarrow looks for broken text only in what it takes
            return None
        return self._of_table(table, skipped)

    def _of_table(self, table: pa.Table, skipped: list[tuple[int, int, bool]]) -> Block:
        height = table.num_rows + len(skipped)
        column = {number: table.column(number - 1).combine_chunks() for number in range(1, self.width + 1)}
        lengths = {number: _lengths(each) for number, each in column.items() if number not in self.said}
        numbers, odd = _numbers(column[self.value], lengths.pop(self.value))
        block = Block(
            height=height,
            lines=np.delete(np.arange(height), [line for line, *_ in skipped]),
            columns={number: _coded(column[number]) for number in self.said},
            numbers=numbers,
            odd=odd,
            filled={number: int(np.count_nonzero(length)) for number, length in lengths.items()},
            ragged=[(line, fields) for line, fields, filled in skipped if filled],
        )
        return _without_empty(block, sum(lengths.values(), np.zeros(len(numbers), np.int32)))

    def of_records(self, records: Records) -> Block:
        """The same of records as the csv module cut them."""
        values = records.columns[self.value - 1]
        numbers = np.fromiter((int(text) if _is_number(text) else -1 for text in values), np.int64, len(values))
        return Block(
            height=0,
            lines=np.fromiter(records.lines, np.int64, len(values)) - 1,
            columns={number: code(records.columns[number - 1]) for number in self.said},
            numbers=numbers,
            odd=code([text for text in values if not _is_number(text)]),
            filled={
                number: sum(map(bool, records.columns[number - 1]))
                for number in range(1, self.width + 1)
                if number not in (*self.said, self.value)
            },
            ragged=[(line - 1, fields) for line, fields in records.ragged],
        )


def _within(block: Block, sieved: Sieved) -> Block:
    """The block of the lines left, among all that there were."""
    return replace(
        block,
        height=sieved.height,
        lines=sieved.kept[block.lines],
        ragged=[*sieved.ragged, *((int(sieved.kept[line]), fields) for line, fields in block.ragged)],
        more=sieved.more,
    )


def code(column: Sequence[str]) -> Coded:
    texts = list(dict.fromkeys(column))
    place = {text: number for number, text in enumerate(texts)}
    return Coded(texts, np.fromiter(map(place.__getitem__, column), np.int32, len(column)))


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_plain(data: bytes, delimiter: str) -> bool:
    """Whether every line is a record and nothing could be read in two ways."""
    if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return False
    if delimiter == ";" and _SEMICOLON_IN_NFC in data:
        return False
    # a longer field is refused by the csv module, and taken by pyarrow
    if not short_lines(data, csv.field_size_limit()):
        return False
    return b'"' not in data or _well_quoted(delimiter).fullmatch(data) is not None


@lru_cache
def _well_quoted(delimiter: str) -> re.Pattern[bytes]:
    """Each field bare or quoted whole, on one line: pyarrow mends what is not, the csv module refuses it."""
    mark = re.escape(delimiter).encode()
    field = rb'(?:"(?:[^"\r\n]|"")*+"|[^"\r\n' + mark + rb"]*+)"
    return re.compile(
        rb"(?:" + field + rb"(?:" + mark + field + rb")*+\r?\n)*+" + field + rb"(?:" + mark + field + rb")*+"
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and (text[0] != "0" or len(text) == 1)


def _coded(column: pa.DictionaryArray) -> Coded:
    return Coded(column.dictionary.to_pylist(), np.frombuffer(column.indices.buffers()[1], np.int32, len(column)))


def _offsets(column: pa.Array) -> Codes:
    return np.frombuffer(column.buffers()[1], np.int32, len(column) + 1)


def _lengths(column: pa.Array) -> Codes:
    return np.diff(_offsets(column))


def _numbers(column: pa.Array, lengths: Codes) -> tuple[Whole, Coded]:
    """Plain whole numbers, and the texts that are none."""
    offsets = _offsets(column)
    letters = np.frombuffer(column.buffers()[2] or b"", np.uint8, offsets[-1])
    plain = (lengths > 0) & (lengths <= MOST_DIGITS)
    plain[plain] = (letters[offsets[:-1][plain]] != ord("0")) | (lengths[plain] == 1)
    strange = np.flatnonzero((letters < ord("0")) | (letters > ord("9")))
    plain[np.searchsorted(offsets, strange, "right") - 1] = False
    if plain.all():
        return _whole(column), Coded([], np.empty(0, np.int32))
    numbers = np.full(len(column), -1, np.int64)
    numbers[plain] = _whole(column.take(_array(np.flatnonzero(plain))))
    return numbers, _coded(column.take(_array(np.flatnonzero(~plain))).dictionary_encode())


def _whole(column: pa.Array) -> Whole:
    found = column.cast(pa.int64())
    return np.frombuffer(found.buffers()[1], np.int64, len(found)) if len(found) else np.empty(0, np.int64)


def _array(places: npt.NDArray[np.int64]) -> pa.Array:
    return pa.Array.from_buffers(pa.int64(), len(places), [None, pa.py_buffer(places)])


def _without_empty(block: Block, other: Codes) -> Block:
    """Leaves out lines with nothing on them, which are no records; `other` is how much the other columns hold."""
    said = list(block.columns.values())
    if "" not in block.odd.texts or any("" not in coded.texts for coded in said):
        return block
    blank = other == 0
    for coded in said:
        blank &= coded.codes == coded.texts.index("")
    at = np.flatnonzero(block.numbers < 0)
    empty = np.zeros(len(at), bool)
    empty[:] = block.odd.codes == block.odd.texts.index("")
    blank[at] &= empty
    blank[block.numbers >= 0] = False
    return replace(
        block,
        lines=block.lines[~blank],
        columns={number: replace(coded, codes=coded.codes[~blank]) for number, coded in block.columns.items()},
        numbers=block.numbers[~blank],
        odd=replace(block.odd, codes=block.odd.codes[~blank[at]]),
    )
