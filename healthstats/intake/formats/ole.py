"""The OLE2 container of an .xls or .msg: its streams, and their bytes in order."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_DEEPEST = 32
_SMALL_SECTOR = 64
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""


class Damaged(Exception):
    """A sector that the container names is not there."""


@dataclass(frozen=True, slots=True)
class Stream:
    name: str
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One of the container's folder; `left`, `right` and `child` are numbers of others."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


class Container:
    """Its tables are read once, however many streams are. Every method raises Damaged, or struct.error, where the file
    ends before what it lists."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Damaged
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise Damaged
        self.data, self.width = data, 1 << int(shift)
        self.table = self._table()
        self.entries = self._entries()

    def streams(self) -> list[Stream]:
        """In the order of the container's folder."""
        return [Stream(entry.name, entry.first, entry.size) for entry in self.entries if entry.kind == _STREAM]

    def tree(self) -> dict[tuple[str, ...], Stream]:
        """Every stream by its path of storages."""
        found: dict[tuple[str, ...], Stream] = {}
        waiting: list[tuple[int, tuple[str, ...]]] = [(entry.child, ()) for entry in self.entries[:1]]
        seen: set[int] = set()
        while waiting:
            number, above = waiting.pop()
            if number >= len(self.entries) or number in seen:
                continue
            seen.add(number)
            entry = self.entries[number]
            path = (*above, entry.name)
            waiting += [(entry.left, above), (entry.right, above)]
            if entry.kind == _STORAGE and len(path) < _DEEPEST:
                waiting.append((entry.child, path))
            elif entry.kind == _STREAM:
                found[path] = Stream(entry.name, entry.first, entry.size)
        return found

    def content(self, stream: Stream, most: int | None = None) -> bytes:
        """A stream's bytes, cut to its size, and to `most`."""
        size = stream.size if most is None else min(stream.size, most)
        (cutoff,) = struct.unpack_from("<I", self.data, 56)
        if stream.size >= cutoff:
            return self._joined(stream.first, size)
        mini, table = self._mini
        found: list[bytes] = []
        number = stream.first
        while number < _LAST and len(found) * _SMALL_SECTOR < size:
            if number >= len(table):
                raise Damaged
            found.append(mini[number * _SMALL_SECTOR : (number + 1) * _SMALL_SECTOR])
            number = table[number]
        return _whole(b"".join(found), size)

    @cached_property
    def _mini(self) -> tuple[bytes, list[int]]:
        """The stream in which all small ones lie, and for each of its sectors the one that follows it."""
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        if root is None:
            raise Damaged
        (first,) = struct.unpack_from("<I", self.data, 60)
        return self._joined(root.first, root.size), _numbers(b"".join(map(self._sector, self._chain(first))))

    def _entries(self) -> list[_Entry]:
        (first,) = struct.unpack_from("<I", self.data, 48)
        entries = []
        for number in self._chain(first):
            sector = self._sector(number)
            for place in range(0, len(sector) - 127, 128):
                length, kind = struct.unpack_from("<HB", sector, place + 64)
                left, right, child = struct.unpack_from("<III", sector, place + 68)
                start, size = struct.unpack_from("<II", sector, place + 116)
                name = sector[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                entries.append(_Entry(name, kind, left, right, child, start, size))
        return entries

    def _joined(self, first: int, size: int) -> bytes:
        sectors = map(self._sector, self._chain(first, -(-size // self.width)))
        return _whole(b"".join(sectors), size)

    def _sector(self, number: int) -> bytes:
        found = self.data[(number + 1) * self.width : (number + 2) * self.width]
        # the last sector of a file may be short: some writers do not pad it
        if not found:
            raise Damaged
        return found

    def _chain(self, first: int, most: int | None = None) -> list[int]:
        """The sectors from `first` on, no more than `most`."""
        chain, seen, number = list[int](), set[int](), first
        while number < _LAST and (most is None or len(chain) < most):
            if number in seen or number >= len(self.table):
                raise Damaged
            seen.add(number)
            chain.append(number)
            number = self.table[number]
        return chain

    def _table(self) -> list[int]:
        """The file allocation table: for each sector the one that follows it."""
        sectors = [number for number in struct.unpack_from("<109I", self.data, 76) if number < _LAST]
        (further, count) = struct.unpack_from("<II", self.data, 68)
        for _ in range(min(count, len(self.data) // self.width)):
            if further >= _LAST:
                break
            numbers = _numbers(self._sector(further))
            sectors += [number for number in numbers[:-1] if number < _LAST]
            further = numbers[-1]
        # a table that names one sector again and again would be larger than the file
        if len(sectors) * self.width > len(self.data):
            raise Damaged
        return _numbers(b"".join(map(self._sector, sectors)))


def filepass(book: bytes) -> bool:
    """Whether a BIFF stream is encrypted: FILEPASS stands among its first records."""
    place = 0
    for _ in range(8):
        if place + 4 > len(book):
            return False
        kind, size = struct.unpack_from("<HH", book, place)
        if kind == 0x2F:
            return True
        place += 4 + size
    return False


def book_in(container: Container) -> Stream | None:
    """The stream of a workbook."""
    return next((stream for stream in container.streams() if stream.name in ("Workbook", "Book")), None)


def _whole(found: bytes, size: int) -> bytes:
    if len(found) < size:
        raise Damaged
    return found[:size]


def _numbers(data: bytes) -> list[int]:
    count = len(data) // 4
    return list(struct.unpack_from(f"<{count}I", data))
