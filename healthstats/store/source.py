"""A submission's bytes, read once from a folder that others write to."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from healthstats.store import platform
from healthstats.store.files import write_all
from healthstats.words import Lang, say

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is safe to print; `modified` is local wall-clock time."""

    name: str
    data: bytes
    modified: datetime


@dataclass(frozen=True, slots=True)
class Copied:
    """A large file as it lies at `path`, our own copy, byte for byte as it was read and hashed."""

    name: str
    path: Path
    size: int
    sha256: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was left where it is: `refusal.<key>` in the catalogue."""

    key: str
    name: str
    params: dict[str, str | int] = field(default_factory=dict)

    def sentence(self, lang: Lang = "vi") -> str:
        return say(f"refusal.{self.key}", lang, name=self.name, **self.params)


def printable(name: str) -> str:
    """A file's name with control, direction and undecodable characters shown as escapes."""
    if name.isprintable():
        return name
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
        for letter in name
    )


def read_source(path: Path, limit: int) -> Source | Refusal:
    """The bytes of a regular file of at most `limit` bytes that did not change while it was read."""
    parts: list[bytes] = []
    found = _taken(path, limit, parts.append)
    return found if isinstance(found, Refusal) else Source(printable(path.name), b"".join(parts), found)


def copy_source(path: Path, limit: int, copy: Path) -> Copied | Refusal:
    """As read_source, for a file that memory would not hold. OSError where the copy cannot be written."""
    digest, size = hashlib.sha256(), 0
    with copy.open("xb", buffering=0) as written:

        def keep(part: bytes) -> None:
            nonlocal size
            digest.update(part)
            size += len(part)
            write_all(written.fileno(), part)

        found = _taken(path, limit, keep)
    if isinstance(found, Refusal):
        copy.unlink()
        return found
    return Copied(printable(path.name), copy, size, digest.hexdigest(), found)


def set_down(data: bytes, copy: Path) -> None:
    """Writes a new file. OSError where it cannot be written, or stands there already."""
    with copy.open("xb", buffering=0) as written:
        write_all(written.fileno(), data)


def _taken(path: Path, limit: int, keep: Callable[[bytes], None]) -> datetime | Refusal:
    """Gives each part of the file to `keep`; returns when the file was changed last."""
    name = printable(path.name)
    try:
        # Opened before it is looked at: a path can change between the two.
        descriptor = os.open(path, platform.READ_SOURCE)
    except OSError as error:
        linked = path.is_symlink()
        return Refusal("not_regular", name) if linked else _unreadable(name, error)
    size = 0
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            return Refusal("not_regular", name)
        if before.st_size > limit:
            return Refusal("too_large", name, {"megabytes": -(-before.st_size // 10**6), "limit": limit // 10**6})
        for part in _parts(descriptor, limit, name):
            if isinstance(part, Refusal):
                return part
            size += len(part)
            keep(part)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return (
        datetime.fromtimestamp(before.st_mtime)
        if unchanged and size == before.st_size
        else Refusal("still_copied", name)
    )


def _parts(descriptor: int, limit: int, name: str) -> Iterator[bytes | Refusal]:
    size = 0
    # One part past the limit at most: a file that grows as fast as it is read must not fill the memory.
    while size <= limit:
        try:
            part = os.read(descriptor, CHUNK)
        except OSError as error:
            yield _unreadable(name, error)
            return
        if not part:
            return
        yield part
        size += len(part)


def _unreadable(name: str, error: OSError) -> Refusal:
    return Refusal("unreadable", name, {"reason": error.strerror or type(error).__name__})
