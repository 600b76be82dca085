"""The files that a command is given, read once each: what is new, what is known, what cannot be taken."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Literal

from healthstats.errors import UsageError
from healthstats.store import Refusal, printable_name, read_source

Received = date | Literal["mtime"] | None
NOT_SUBMISSIONS = ("~$", ".", "Thumbs.db", "desktop.ini")
# deadlines are days in Vietnam: the server's own zone would make a report late, or not, by where cron runs
VIETNAM = timezone(timedelta(hours=7))
CSV_SUFFIXES = (".csv", ".tsv", ".txt")
WORKBOOK_BYTES, CSV_BYTES = 100 * 10**6, 2 * 2**30


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file's bytes under the name people know it by."""

    name: str
    data: bytes
    submission: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A file whose bytes were not taken, and why."""

    name: str
    why: Refusal


def arrivals(paths: Iterable[Path], received: Received) -> Iterator[Arrival | Refused]:
    """Every file below `paths` in the order of their names, read once; folders are walked, links are not."""
    for root in paths:
        if not root.exists() and not root.is_symlink():
            raise UsageError("no_such_path", path=root)
        for path in _files(root):
            name = "/".join(printable_name(Path(part)) for part in path.relative_to(_base(root)).parts)
            source = read_source(path, CSV_BYTES if path.suffix.lower() in CSV_SUFFIXES else WORKBOOK_BYTES)
            if isinstance(source, Refusal):
                yield Refused(name, source)
                continue
            yield Arrival(
                name=name,
                data=source.data,
                submission=hashlib.sha256(source.data).hexdigest(),
                received_at=_received_at(received, source.modified),
            )


def _base(root: Path) -> Path:
    return root if root.is_dir() and not root.is_symlink() else root.parent


def today() -> date:
    return datetime.now(VIETNAM).date()


def _files(root: Path) -> Iterator[Path]:
    if root.is_symlink() or not root.is_dir():
        yield root
        return
    for entry in sorted(os.scandir(root), key=lambda entry: os.fsencode(entry.name)):
        if entry.name.startswith(NOT_SUBMISSIONS):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield Path(entry.path)


def _received_at(received: Received, modified: datetime) -> datetime:
    if isinstance(received, date):
        return datetime.combine(received, time())
    moment = modified.astimezone() if received == "mtime" else datetime.now(VIETNAM)
    return moment.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)
