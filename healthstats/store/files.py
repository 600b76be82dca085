"""Files written once: hashed as they are sent, synced and closed with every answer heard, read back."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from healthstats.errors import StorageFailure
from healthstats.store import platform
from healthstats.store.manifest import StoredFile, sha256_of

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 1 << 20
PENDING = 1 << 20


def write_all(descriptor: int, data: bytes) -> None:
    """Every byte, or OSError: a write may take a part, or nothing and say so."""
    view = memoryview(data)
    while view:
        sent = os.write(descriptor, view)
        if not sent:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        view = view[sent:]


class Batches(Protocol):
    """What a table file is written from, more than once if the disk refuses: a pyarrow Table or Dataset."""

    @property
    def schema(self) -> pa.Schema: ...

    def to_batches(self) -> Iterable[pa.RecordBatch]: ...


class HashingFile:
    """A new file, open for writing, that knows the sha256 of what it was sent; OSError where the disk refuses."""

    def __init__(self, path: Path, mode: int = 0o640) -> None:
        self._descriptor = os.open(path, platform.CREATE, mode)
        self._digest = hashlib.sha256()
        self._pending = bytearray()
        self.size = 0
        self.closed = False

    def write(self, data: bytes | pa.Buffer) -> int:
        self._digest.update(data)
        self._pending += memoryview(data)
        length = len(memoryview(data))
        self.size += length
        if len(self._pending) >= PENDING:
            self._send()
        return length

    def _send(self) -> None:
        pending = bytes(self._pending)
        self._pending.clear()
        write_all(self._descriptor, pending)

    def finish(self) -> str:
        """Syncs, closes, and returns the sha256 of all that was written."""
        try:
            self._send()
            # A second fsync after a failed one reports success and has lost the bytes: ask once.
            platform.sync_file(self._descriptor)
        finally:
            self.close()
        return self._digest.hexdigest()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            os.close(self._descriptor)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None: ...

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


class _Stream:
    """The part of a HashingFile that a Parquet writer may use: closing stays with us, it ignores the answer."""

    closed = False

    def __init__(self, file: HashingFile) -> None:
        self.write, self.tell, self.flush = file.write, file.tell, file.flush
        self.readable, self.writable, self.seekable = file.readable, file.writable, file.seekable

    def close(self) -> None:
        self.closed = True


def write_file(path: Path, data: bytes, mode: int = 0o640) -> StoredFile:
    file = HashingFile(path, mode)
    try:
        file.write(data)
        sha256 = file.finish()
    finally:
        file.close()
    return StoredFile(path.name, file.size, sha256)


def write_table(path: Path, table: Batches) -> StoredFile:
    """One Parquet file, its rows in the order given."""
    import pyarrow.parquet as pq

    file = HashingFile(path)
    rows = 0
    try:
        with pq.ParquetWriter(
            _Stream(file), table.schema, compression="zstd", store_decimal_as_integer=True, store_schema=False
        ) as writer:
            for batch in table.to_batches():
                writer.write_batch(batch, row_group_size=ROW_GROUP)
                rows += batch.num_rows
        sha256 = file.finish()
    finally:
        file.close()
    return StoredFile(path.name, file.size, sha256, rows)


def read_back(folder: Path, files: Iterable[StoredFile]) -> None:
    """StorageFailure where the disk does not hold what it was sent."""
    for file in files:
        path = folder / file.path
        if path.stat().st_size != file.size or sha256_of(path) != file.sha256:
            raise StorageFailure("not_as_written", path=path)
