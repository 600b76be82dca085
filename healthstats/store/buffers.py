"""Arrow columns from numpy buffers: pyarrow's friendlier ways import pandas, 0.3 s before the first byte is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

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
    encoded = [_utf8(text) for text in values]
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return _text_array(lengths, encoded, np.True_)


def sparse_texts(length: int, values: Mapping[int, str], default: str | None) -> pa.Array:
    """A text column holding `values` by position and elsewhere `default`, which is '' or None."""
    places = sorted(values)
    encoded = [_utf8(values[place]) for place in places]
    lengths = np.zeros(length, np.int64)
    lengths[places] = [len(text) for text in encoded]
    valid = np.full(length, default is not None)
    valid[places] = True
    return _text_array(lengths, encoded, valid)


def _utf8(text: str) -> bytes:
    """A name that is no valid UTF-8 keeps its odd bytes as escapes: it must not stop the night's run."""
    return text.encode("utf-8", "backslashreplace")


def _text_array(lengths: npt.NDArray[np.int64], encoded: Iterable[bytes], valid: Flags | np.bool_) -> pa.Array:
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    if offsets[-1] > np.iinfo(np.int32).max:
        raise OverflowError("more than 2 GiB of text in one column of one run")
    parts = [_bits(valid), pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(lengths), parts)


def cell_names(rows: npt.NDArray[np.uint32], columns: npt.NDArray[np.uint16]) -> pa.Array:
    """1-based rows and columns → the addresses a spreadsheet shows."""
    # imported here: it defines hundreds of functions, a third of the time that an ingest of nothing new takes
    import pyarrow.compute as pc

    last = int(columns.max(initial=0))
    letters = texts(["", *(cell_name(1, column)[:-1] for column in range(1, last + 1))])
    digits = numbers(pa.uint32(), rows).cast(pa.string())
    between = sparse_texts(len(rows), {}, "")
    return pc.binary_join_element_wise(letters.take(numbers(pa.uint16(), columns)), digits, between)


def few_cell_names(rows: npt.NDArray[np.uint32], columns: npt.NDArray[np.uint16]) -> pa.Array:
    """As cell_names, each address written once, for many sheets that have the same."""
    wide = int(columns.max(initial=0)) + 1
    places = rows.astype(np.int64) * wide + columns
    there = np.zeros(int(places.max(initial=0)) + 1, np.bool_)
    there[places] = True
    codes = np.cumsum(there, dtype=np.int32) - 1
    names = texts([cell_name(*divmod(place, wide)) for place in np.flatnonzero(there).tolist()])
    return pa.DictionaryArray.from_arrays(numbers(pa.int32(), codes[places]), names)


@dataclass(slots=True)
class Dictionary:
    """Distinct texts in order of appearance; columns hold their numbers, −1 (NULL) for none or ''."""

    numbers: dict[str, int] = field(default_factory=dict)
    _texts: pa.Array | None = field(default=None, repr=False, compare=False)

    def codes(self, values: Iterable[str | None]) -> Codes:
        texts = list(values)
        for text in dict.fromkeys(texts):
            if text:
                self.numbers.setdefault(text, len(self.numbers))
        numbers: dict[str | None, int] = {"": -1, None: -1}
        numbers.update(self.numbers)
        return np.fromiter(map(numbers.__getitem__, texts), np.int32, len(texts))

    def column(self, codes: Codes) -> pa.Array:
        valid = codes >= 0
        filled = codes if valid.all() else np.where(valid, codes, 0)
        filled = pa.py_buffer(np.ascontiguousarray(filled, np.int32))
        indices = pa.Array.from_buffers(pa.int32(), len(codes), [_bits(valid), filled])
        if self._texts is None or len(self._texts) < len(self.numbers):
            self._texts = texts(list(self.numbers) or [""])
        return pa.DictionaryArray.from_arrays(indices, self._texts)


def dictionary(values: Iterable[str | None]) -> pa.Array:
    words = Dictionary()
    return words.column(words.codes(values))


def _bits(valid: Flags | np.bool_) -> pa.Buffer | None:
    return None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
