"""The OLE2 container that .xls and .msg files are: sectors of 512 bytes, small streams in sectors of 64. [MS-CFB]"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union

Storage = Mapping[str, Union["Storage", bytes]]
"""Name → a stream's bytes, or a storage within."""

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_HEADER_NUMBERS = 109


@dataclass(slots=True)
class _Entry:
    """One of the container's folder; `left`, `right` and `child` are numbers of others."""

    name: str
    kind: int
    data: bytes = b""
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    first: int = _END
    size: int = 0

    def packed(self) -> bytes:
        text = self.name.encode("utf-16-le")
        first = 0 if self.kind == _STORAGE else self.first
        head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, self.kind, 1)
        return head + struct.pack("<III36xIQ", self.left, self.right, self.child, first, self.size)


class _Sectors:
    """Sectors of one width with the table that says which follows which."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.data = bytearray()
        self.table: list[int] = []

    def add(self, data: bytes) -> int:
        """The first sector of the chain that holds `data`; none for no bytes."""
        if not data:
            return _END
        first, count = len(self.table), -(-len(data) // self.width)
        self.data += data.ljust(count * self.width, b"\0")
        self.table += [*range(first + 1, first + count), _END]
        return first


def compound(root: Storage) -> bytes:
    """The container's bytes, up to 7 MB: the same for the same storage."""
    entries = [_Entry("Root Entry", _ROOT)]
    _list(root, entries, entries[0])
    large, small = _Sectors(_SECTOR), _Sectors(_SMALL)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            entry.first = (large if entry.size >= _CUTOFF else small).add(entry.data)
    entries[0].first, entries[0].size = large.add(bytes(small.data)), len(small.data)
    small_table = large.add(_numbers(small.table, _SECTOR // 4))
    small_count = -(-len(small.table) * 4 // _SECTOR)
    folder = large.add(b"".join(entry.packed() for entry in entries))
    count = 1
    while count * _SECTOR // 4 < len(large.table) + count:
        count += 1
    if count > _HEADER_NUMBERS:
        raise ValueError("an OLE container above 7 MB needs a table of tables")
    places = [*range(len(large.table), len(large.table) + count)]
    large.data += _numbers([*large.table, *[_TABLE] * count], _SECTOR // 4)
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, count, folder, 0, _CUTOFF, small_table, small_count, _END, 0)
    return header + _numbers(places, _HEADER_NUMBERS) + bytes(large.data)


def _list(storage: Storage, entries: list[_Entry], parent: _Entry) -> None:
    """Enters what the storage holds and, below, what the storages in it hold."""
    own: list[int] = []
    # readers look a name up in a tree ordered by length, then by capitals
    for name in sorted(storage, key=lambda name: (len(name.encode("utf-16-le")), name.upper())):
        content = storage[name]
        own.append(len(entries))
        entry = _Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _STORAGE)
        entries.append(entry)
        if not isinstance(content, bytes):
            _list(content, entries, entry)
    parent.child = _tree(own, entries)


def _tree(numbers: list[int], entries: list[_Entry]) -> int:
    if not numbers:
        return _FREE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.left, entry.right = _tree(numbers[:middle], entries), _tree(numbers[middle + 1 :], entries)
    return numbers[middle]


def _numbers(numbers: list[int], multiple: int) -> bytes:
    padded = numbers + [_FREE] * (-len(numbers) % multiple)
    return struct.pack(f"<{len(padded)}I", *padded)
