"""The OLE2 container of an .xls: its streams, and the workbook's bytes in order."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_DEEPEST = 32
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""


class Damaged(Exception):
    """A sector that the container names is not there."""


@dataclass(frozen=True, slots=True)
class Stream:
    name: str
    first: int
    size: int


def streams(data: bytes) -> list[Stream]:
    """The entries of the container's folder; Damaged if the file ends before what it lists."""
    return [Stream(entry.name, entry.first, entry.size) for entry in _entries(data) if entry.kind == _STREAM]


def tree(data: bytes) -> dict[tuple[str, ...], Stream]:
    """Every stream by its path of storages; Damaged if the file ends before what it lists."""
    entries = _entries(data)
    found: dict[tuple[str, ...], Stream] = {}
    waiting: list[tuple[int, tuple[str, ...]]] = [(entry.child, ()) for entry in entries[:1]]
    seen: set[int] = set()
    while waiting:
        number, above = waiting.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        path = (*above, entry.name)
        waiting += [(entry.left, above), (entry.right, above)]
        if entry.kind == _STORAGE and len(path) < _DEEPEST:
            waiting.append((entry.child, path))
        elif entry.kind == _STREAM:
            found[path] = Stream(entry.name, entry.first, entry.size)
    return found


def content(data: bytes, stream: Stream) -> bytes:
    """A stream's bytes, cut to its size."""
    (cutoff,) = struct.unpack_from("<I", data, 56)
    if stream.size >= cutoff:
        return _joined(data, stream.first, stream.size)
    root = next((entry for entry in _entries(data) if entry.kind == _ROOT), None)
    if root is None:
        raise Damaged
    mini = _joined(data, root.first, root.size)
    (first,) = struct.unpack_from("<I", data, 60)
    table = _numbers(b"".join(_sector(data, number) for number in _chain(data, first)))
    found: list[bytes] = []
    number = stream.first
    while number < _LAST and len(found) * 64 < stream.size:
        if number >= len(table):
            raise Damaged
        found.append(mini[number * 64 : number * 64 + 64])
        number = table[number]
    return _whole(b"".join(found), stream.size)


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


def _entries(data: bytes) -> list[_Entry]:
    if len(data) < 512:
        raise Damaged
    (first,) = struct.unpack_from("<I", data, 48)
    entries = []
    for number in _chain(data, first):
        sector = _sector(data, number)
        for place in range(0, len(sector) - 127, 128):
            length, kind = struct.unpack_from("<HB", sector, place + 64)
            left, right, child = struct.unpack_from("<III", sector, place + 68)
            start, size = struct.unpack_from("<II", sector, place + 116)
            name = sector[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, kind, left, right, child, start, size))
    return entries


def _joined(data: bytes, first: int, size: int) -> bytes:
    return _whole(b"".join(_sector(data, number) for number in _chain(data, first)), size)


def _whole(found: bytes, size: int) -> bytes:
    if len(found) < size:
        raise Damaged
    return found[:size]


def _width(data: bytes) -> int:
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise Damaged
    return 1 << int(shift)


def _sector(data: bytes, number: int) -> bytes:
    width = _width(data)
    found = data[(number + 1) * width : (number + 2) * width]
    # the last sector of a file may be short: some writers do not pad it
    if not found:
        raise Damaged
    return found


def _chain(data: bytes, first: int) -> list[int]:
    table = _table(data)
    chain, seen, number = [], set[int](), first
    while number < _LAST:
        if number in seen or number >= len(table):
            raise Damaged
        seen.add(number)
        chain.append(number)
        number = table[number]
    return chain


def _table(data: bytes) -> list[int]:
    """The file allocation table: for each sector the one that follows it."""
    width = _width(data)
    sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _LAST]
    (further, count) = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // width)):
        if further >= _LAST:
            break
        numbers = _numbers(_sector(data, further))
        sectors += [number for number in numbers[:-1] if number < _LAST]
        further = numbers[-1]
    return _numbers(b"".join(_sector(data, number) for number in sectors))


def _numbers(data: bytes) -> list[int]:
    count = len(data) // 4
    return list(struct.unpack_from(f"<{count}I", data))
