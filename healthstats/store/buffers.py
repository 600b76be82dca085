"""Arrow columns from numpy buffers: pyarrow's friendlier ways import pandas, 0.3 s before the first byte is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from healthstats.domain.reading import cell_name

Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


def numbers(type_: pa.DataType, values: npt.NDArray[np.generic]) -> pa.Array:
    return pa.Array.from_buffers(type_, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def int32(values: Iterable[int]) -> pa.Array:
    return numbers(pa.int32(), np.fromiter(values, np.int32))


def int64(values: Iterable[int]) -> pa.Array:
    return numbers(pa.int64(), np.fromiter(values, np.int64))


def decimals(values: npt.NDArray[np.int64], valid: Flags) -> pa.Array:
    """DECIMAL(18,4) from ten-thousandths, NULL where not valid."""
    halves = np.empty((len(values), 2), np.int64)
    halves[:, 0] = np.where(valid, values, 0)
    halves[:, 1] = halves[:, 0] >> 63
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(values), [_bits(valid), pa.py_buffer(halves)])


def texts(values: Sequence[str]) -> pa.Array:
    return sparse_texts(len(values), dict(enumerate(values)), "")


def sparse_texts(length: int, values: Mapping[int, str], default: str | None) -> pa.Array:
    """A text column holding `values` by position and elsewhere `default`, which is '' or None."""
    places = sorted(values)
    # A name that is no valid UTF-8 keeps its odd bytes as escapes: it must not stop the night's run.
    encoded = [values[place].encode("utf-8", "backslashreplace") for place in places]
    lengths = np.zeros(length, np.int64)
    lengths[places] = [len(text) for text in encoded]
    valid = np.full(length, default is not None)
    valid[places] = True
    offsets = np.zeros(length + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    if offsets[-1] > np.iinfo(np.int32).max:
        raise OverflowError("more than 2 GiB of text in one column of one run")
    buffers = [_bits(valid), pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), length, buffers)


def cell_names(rows: npt.NDArray[np.uint32], columns: npt.NDArray[np.uint16]) -> pa.Array:
    """1-based rows and columns → the addresses a spreadsheet shows."""
    used, codes = np.unique(columns, return_inverse=True)
    letters = texts([cell_name(1, column)[:-1] for column in used.tolist()])
    between = texts([""] * len(rows))
    digits = numbers(pa.uint32(), rows).cast(pa.string())
    return pc.binary_join_element_wise(letters.take(numbers(pa.int64(), codes)), digits, between)


def repeated(lengths: Iterable[int]) -> Codes:
    """[2, 0, 1] → [0, 0, 2]: which group each entry belongs to."""
    counts = np.fromiter(lengths, np.int64)
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


@dataclass(slots=True)
class Dictionary:
    """Distinct texts in order of appearance; columns hold their numbers, −1 (NULL) for none or ''."""

    numbers: dict[str, int] = field(default_factory=dict)

    def code(self, text: str | None) -> int:
        return -1 if not text else self.numbers.setdefault(text, len(self.numbers))

    def codes(self, values: Iterable[str | None]) -> Codes:
        return np.fromiter(map(self.code, values), np.int32)

    def column(self, codes: Codes) -> pa.Array:
        valid = codes >= 0
        filled = pa.py_buffer(np.where(valid, codes, 0).astype(np.int32))
        indices = pa.Array.from_buffers(pa.int32(), len(codes), [_bits(valid), filled])
        return pa.DictionaryArray.from_arrays(indices, texts(list(self.numbers) or [""]))


def dictionary(values: Iterable[str | None]) -> pa.Array:
    words = Dictionary()
    return words.column(words.codes(values))


def _bits(valid: Flags) -> pa.Buffer | None:
    return None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
