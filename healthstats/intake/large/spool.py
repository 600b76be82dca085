"""The cells of a large file as they are read: columns on disk, since memory would not hold them."""

from __future__ import annotations

import errno
import mmap
import os
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import numpy.typing as npt

from healthstats.domain.reading import CodedTexts, Observations

KINDS: dict[str, Literal["q", "I", "H", "B"]] = {
    "value": "q",
    "report": "I",
    "row": "I",
    "text": "I",
    "item": "I",
    "element": "H",
    "column": "H",
    "accepted": "B",
}
"""The widest first, so that each column begins where its numbers may."""
WIDTHS = {name: array(kind).itemsize for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Spool:
    """A file with room for `room` cells: written by the process that reads, then mapped by the one that commits."""

    path: Path
    room: int

    def create(self) -> None:
        """OSError where the disk has no room: a mapping of a full disk would kill who writes to it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, max(self.room, 1) * sum(WIDTHS.values()))
        finally:
            os.close(descriptor)

    def map(self) -> mmap.mmap:
        """The file as memory."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        try:
            return mmap.mmap(descriptor, 0)
        finally:
            os.close(descriptor)

    def write(self, first: int, columns: Mapping[str, npt.NDArray[Any]]) -> None:
        """Entries of some columns, from position `first` on. Sent: each page of a mapping costs a fault."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            start = 0
            for name, width in WIDTHS.items():
                if name in columns:
                    entries = np.ascontiguousarray(columns[name], KINDS[name])
                    _send(descriptor, memoryview(entries.data), start + first * width)
                start += width * max(self.room, 1)
        finally:
            os.close(descriptor)

    def columns(self, memory: mmap.mmap, cells: int) -> dict[str, array[int]]:
        """The first `cells` entries of each column."""
        room = max(self.room, 1)
        ends = accumulate(width * room for width in WIDTHS.values())
        view = memoryview(memory)
        return {
            # a memoryview of numbers is used as an array is, but for growing
            name: cast("array[int]", view[end - width * room :][: width * cells].cast(KINDS[name]))
            for (name, width), end in zip(WIDTHS.items(), ends, strict=True)
        }

    def observations(self, memory: mmap.mmap, cells: int, texts: list[str], items: list[str]) -> Observations:
        columns = self.columns(memory, cells)
        text, item = columns.pop("text"), columns.pop("item")
        said, of = CodedTexts(text, texts), CodedTexts(item, items)
        return Observations(**columns, text=said, item=of, qualifier={}, status={}, held={})


def _send(descriptor: int, data: memoryview, at: int) -> None:
    """Every byte, or OSError: a write may take a part, or nothing and say so."""
    data = data.cast("B")
    while data:
        sent = os.pwrite(descriptor, data, at)
        if not sent:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        data, at = data[sent:], at + sent
