"""The observations of a run as batches: a large file's never stand in memory together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from healthstats.domain.reading import CodedTexts, Observations, Reading, Submission
from healthstats.store import buffers
from healthstats.store.buffers import Codes, Dictionary
from healthstats.store.files import ROW_GROUP
from healthstats.store.schema import COLUMNS

Judged = Sequence[tuple[Submission, Reading]]
Coded = Mapping[str, tuple[Dictionary, Codes]]
"""Each text column of the run's reports, as a dictionary and one code a report."""
Part = tuple[int, Observations, slice]
"""A reading's number, its cells, and which of them."""
OF_OBSERVATION = ("submission", "form", "facility", "area", "period", "sheet")
STATUSES = ("accepted", "quarantined", "preliminary", "estimate", "corrected", "confirmed")
QUALIFIERS = ("=", "≥", "≤", "≈")
FEW_ADDRESSES = 8
"""Where each address stands at least so often, it is written once and pointed at."""
KINDS = {
    "report": np.uint32,
    "element": np.uint16,
    "value": np.int64,
    "accepted": np.uint8,
    "row": np.uint32,
    "column": np.uint16,
}


class Observed:
    """The observations of readings, in order: a table file is written from it. `said` has a number of
    STATUSES for each report."""

    def __init__(self, judged: Judged, coded: Coded, said: npt.NDArray[np.int32], rows: int = ROW_GROUP) -> None:
        self.coded, self.said, self.rows = coded, said, rows
        self.cells = [reading.observations for _, reading in judged]
        self.ends = [*accumulate(map(len, self.cells))]
        self.first_reports = [0, *accumulate(len(reading.reports) for _, reading in judged)]
        self.words = Dictionary()
        known: dict[tuple[str, ...], Codes] = {}
        for _, reading in judged:
            if reading.elements not in known:
                known[reading.elements] = self.words.codes(reading.elements)
        self.elements = [known[reading.elements] for _, reading in judged]
        self.has_items = any(isinstance(cells.item, CodedTexts) or cells.item for cells in self.cells)
        self.cell_names = _cell_names(self.cells)

    @property
    def schema(self) -> pa.Schema:
        return self._batch([]).schema

    @property
    def num_rows(self) -> int:
        return self.ends[-1] if self.ends else 0

    def to_batches(self) -> Iterator[pa.RecordBatch]:
        """The next is made while whoever asked writes the one before."""
        with ThreadPoolExecutor(1) as maker:
            ready: Future[pa.RecordBatch] | None = None
            for start in range(0, self.num_rows, self.rows):
                parts = [*self._parts(start, min(start + self.rows, self.num_rows))]
                following = maker.submit(self._batch, parts)
                if ready:
                    yield ready.result()
                ready = following
            if ready:
                yield ready.result()

    def cells_of_reports(self) -> tuple[Codes, Codes]:
        """How many cells of each report are accepted, and how many are not."""
        taken, waiting = (np.zeros(self.first_reports[-1], np.int32) for _ in range(2))
        for start in range(0, self.num_rows, self.rows):
            parts = [*self._parts(start, min(start + self.rows, self.num_rows))]
            report, accepted = self._reports(parts), _joined(parts, "accepted") > 0
            found = np.bincount(report)
            taken[: len(found)] += found
            if not accepted.all():
                held = np.bincount(report[~accepted])
                taken[: len(held)] -= held
                waiting[: len(held)] += held
        return taken, waiting

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        for number, (cells, last) in enumerate(zip(self.cells, self.ends, strict=True)):
            first = last - len(cells)
            if first < end and last > start:
                yield number, cells, slice(max(start - first, 0), min(end, last) - first)

    def _reports(self, parts: Sequence[Part]) -> Codes:
        """The position within the run of each observation's report."""
        own = [
            np.frombuffer(cells.report, np.uint32)[which].astype(np.int32) + np.int32(self.first_reports[number])
            for number, cells, which in parts
        ]
        return _together(own, np.int32)

    def _batch(self, parts: Sequence[Part]) -> pa.RecordBatch:
        report, accepted = self._reports(parts), _joined(parts, "accepted") > 0
        status = np.where(accepted, self.said[report], STATUSES.index("quarantined")).astype(np.int32)
        for place, of_cell in _at_places(parts, "status").items():
            if accepted[place]:
                status[place] = STATUSES.index(of_cell)
        elements = [
            self.elements[number][np.frombuffer(cells.element, np.uint16)[which]] for number, cells, which in parts
        ]
        columns = {name: words.column(codes[report]) for name, (words, codes) in self.coded.items()} | {
            "report": buffers.numbers(pa.int32(), report),
            "element": self.words.column(_together(elements, np.int32)),
            "item": _texts(parts, "item", "") if self.has_items else _no_item(len(report)),
            "value": buffers.decimals(_joined(parts, "value").astype(np.int64, copy=False), accepted),
            "qualifier": Dictionary({name: k for k, name in enumerate(QUALIFIERS)}).column(_qualifiers(parts)),
            "status": Dictionary({name: k for k, name in enumerate(STATUSES)}).column(status),
            "cell": self.cell_names(
                _joined(parts, "row").astype(np.uint32), _joined(parts, "column").astype(np.uint16)
            ),
            "text": _texts(parts, "text", None),
        }
        names = list(COLUMNS["observations"])
        return pa.RecordBatch.from_arrays([columns[name] for name in names], names=names)


def _cell_names(cells: Sequence[Observations]) -> Callable[..., pa.Array]:
    """One way for all batches of a run: they are one file's, which has one schema."""
    last_row, last_column = (
        max((int(_column(each, name).max()) for each in cells if len(each)), default=0) for name in ("row", "column")
    )
    few = last_row * last_column * FEW_ADDRESSES < sum(map(len, cells))
    return buffers.few_cell_names if few else buffers.cell_names


def _no_item(rows: int) -> pa.Array:
    return Dictionary({"": 0}).column(np.zeros(rows, np.int32))


def _column(cells: Observations, name: str) -> npt.NDArray[Any]:
    return np.frombuffer(getattr(cells, name), KINDS[name])


def _joined(parts: Sequence[Part], name: str) -> npt.NDArray[Any]:
    own = [_column(cells, name)[which] for _, cells, which in parts]
    return _together(own, KINDS[name])


def _together(parts: list[npt.NDArray[Any]], kind: Any) -> npt.NDArray[Any]:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, kind), *parts])


def _qualifiers(parts: Sequence[Part]) -> Codes:
    codes = np.zeros(sum(which.stop - which.start for _, _, which in parts), np.int32)
    for place, qualifier in _at_places(parts, "qualifier").items():
        codes[place] = QUALIFIERS.index(qualifier)
    return codes


def _texts(parts: Sequence[Part], name: str, default: str | None) -> pa.Array:
    cells = sum(which.stop - which.start for _, _, which in parts)
    return buffers.sparse_texts(cells, _at_places(parts, name), default)


def _at_places(parts: Sequence[Part], name: str) -> dict[int, str]:
    values: dict[int, str] = {}
    before = 0
    for _, cells, which in parts:
        texts = getattr(cells, name)
        # a large file's are not counted: it would take seconds
        if isinstance(texts, CodedTexts) or texts:
            values.update((before + place - which.start, text) for place, text in _within(texts, which))
        before += which.stop - which.start
    return values


def _within(texts: Mapping[int, str], which: slice) -> Iterator[tuple[int, str]]:
    if isinstance(texts, CodedTexts) and not texts.texts:
        return
    if isinstance(texts, CodedTexts):
        codes = np.frombuffer(texts.codes, np.uint32)[which]
        told = np.flatnonzero(codes)
        numbers = (codes[told] - 1).tolist()
        yield from zip((told + which.start).tolist(), map(texts.texts.__getitem__, numbers), strict=True)
    else:
        yield from ((place, text) for place, text in texts.items() if which.start <= place < which.stop)
