"""A submission's bytes, read once from a folder that others write to."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from healthstats.store import platform
from healthstats.words import Lang, say

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is safe to print; `modified` is local wall-clock time."""

    name: str
    data: bytes
    modified: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was left where it is: `refusal.<key>` in the catalogue."""

    key: str
    name: str
    params: dict[str, str | int] = field(default_factory=dict)

    def sentence(self, lang: Lang = "vi") -> str:
        return say(f"refusal.{self.key}", lang, name=self.name, **self.params)


def printable_name(path: Path) -> str:
    """The file's name with control, direction and undecodable characters shown as escapes."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
        for letter in path.name
    )


def read_source(path: Path, limit: int) -> Source | Refusal:
    """The bytes of a regular file of at most `limit` bytes that did not change while it was read."""
    name = printable_name(path)
    try:
        # Opened before it is looked at: a path can change between the two.
        descriptor = os.open(path, platform.READ_SOURCE)
    except OSError as error:
        linked = path.is_symlink()
        return Refusal("not_regular", name) if linked else _unreadable(name, error)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            return Refusal("not_regular", name)
        if before.st_size > limit:
            return Refusal("too_large", name, {"megabytes": -(-before.st_size // 10**6), "limit": limit // 10**6})
        data = _read(descriptor, limit)
        after = os.fstat(descriptor)
    except OSError as error:
        return _unreadable(name, error)
    finally:
        os.close(descriptor)
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not unchanged or len(data) != before.st_size:
        return Refusal("still_copied", name)
    return Source(name, data, datetime.fromtimestamp(before.st_mtime))


def _read(descriptor: int, limit: int) -> bytes:
    parts = []
    size = 0
    # One byte past the limit at most: a file that grows as fast as it is read must not fill the memory.
    while size <= limit and (part := os.read(descriptor, CHUNK)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _unreadable(name: str, error: OSError) -> Refusal:
    return Refusal("unreadable", name, {"reason": error.strerror or type(error).__name__})
