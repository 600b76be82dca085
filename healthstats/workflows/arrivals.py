"""The files that a command is given, read once each: what is new, what is known, what cannot be taken."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal, TypeVar

from healthstats.domain.period import VIETNAM
from healthstats.domain.reading import Attachment, Submission
from healthstats.errors import UsageError
from healthstats.intake import Hints, is_clutter
from healthstats.intake.formats.media import sniff
from healthstats.store import Copied, Refusal, Source, printable, read_source

NO_HINTS = Hints()
Received = date | Literal["mtime"] | None
CSV_SUFFIXES = (".csv", ".tsv", ".txt")
WORKBOOK_BYTES, CSV_BYTES = 100 * 10**6, 2 * 2**30
LARGE = 32 << 20
"""A CSV of more bytes is read from a copy on disk, never from memory."""
HEAD = 1 << 16
Copy = Callable[[Path, int], Copied | Refusal]
SetDown = Callable[[bytes], Path]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file's bytes under the name people know it by, and what was said of it that it does not say. A large CSV is
    no bytes but its copy at `large`."""

    name: str
    data: bytes
    submission: str
    received_at: datetime
    hints: Hints = NO_HINTS
    large: Path | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file whose bytes were not taken, and why."""

    name: str
    why: Refusal


def arrivals(paths: Iterable[Path], received: Received, copy: Copy) -> Iterator[Arrival | Refused]:
    """Every file below `paths` in the order of their names, read once; folders are walked, links are not. `copy` takes
    a large one."""
    for root in paths:
        if not root.exists() and not root.is_symlink():
            raise UsageError("no_such_path", path=root)
        for path, name in _files(root):
            source = _taken(path, copy)
            if isinstance(source, Refusal):
                yield Refused(name, source)
                continue
            yield Arrival(
                name=name,
                data=b"" if isinstance(source, Copied) else source.data,
                submission=source.sha256 if isinstance(source, Copied) else hashlib.sha256(source.data).hexdigest(),
                received_at=_received_at(received, source.modified),
                large=source.path if isinstance(source, Copied) else None,
            )


Found = TypeVar("Found", Arrival, Arrival | Refused)


def cleared(files: Iterable[Found]) -> Iterator[Found]:
    """The files, each large one's copy gone once the next is asked for."""
    for file in files:
        yield file
        if isinstance(file, Arrival) and file.large:
            # read and archived by now, or known: a night's known files must not lie here side by side
            file.large.unlink(missing_ok=True)


def _taken(path: Path, copy: Copy) -> Source | Copied | Refusal:
    """A CSV above the limit is copied, and what only calls itself one is read as the workbook or archive it is."""
    is_csv = path.suffix.lower() in CSV_SUFFIXES
    if not is_csv or _size(path) <= LARGE:
        return read_source(path, CSV_BYTES if is_csv else WORKBOOK_BYTES)
    copied = copy(path, CSV_BYTES)
    if isinstance(copied, Refusal):
        return copied
    with copied.path.open("rb") as file:
        media = sniff(file.read(HEAD))
    if media.kind == "csv":
        return copied
    copied.path.unlink()
    return read_source(path, WORKBOOK_BYTES)


def _size(path: Path) -> int:
    """0 where it cannot be told: opening it will say why."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def today() -> date:
    return datetime.now(VIETNAM).date()


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Each with its printable name, below `root` where that is a folder."""
    if root.is_symlink() or not root.is_dir():
        yield root, printable(root.name)
    else:
        yield from _below(root, "")


def _below(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name)):
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_clutter(f"{entry.name}/" if is_folder else entry.name) or entry.name.startswith("."):
            continue
        name = prefix + printable(entry.name)
        if is_folder:
            yield from _below(Path(entry.path), f"{name}/")
        else:
            yield Path(entry.path), name


def attached(
    container: Submission, inside: Iterable[Attachment], received: Received, set_down: SetDown
) -> Iterator[Arrival]:
    """The files found in a container, each under its own sha256. `set_down` writes a large CSV where the arrival then
    says that it lies."""
    for one in inside:
        is_large = len(one.data) > LARGE and sniff(one.data[:HEAD]).kind == "csv"
        yield Arrival(
            name=_shown(one.name),
            data=b"" if is_large else one.data,
            submission=hashlib.sha256(one.data).hexdigest(),
            received_at=mailed_at(container.received_at, one.sent_at, received),
            large=set_down(one.data) if is_large else None,
        )


def mailed_at(received_at: datetime, sent_at: datetime | None, received: Received) -> datetime:
    """When a mail says it was sent, unless a person said when it was received. Never later than the file was here:
    a sender's wrong clock would make an unfinished year a finished one."""
    if sent_at is None or isinstance(received, date):
        return received_at
    return min(sent_at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0), received_at)


def _shown(name: str) -> str:
    return "/".join(map(printable, name.split("/")))


def _received_at(received: Received, modified: datetime) -> datetime:
    if isinstance(received, date):
        return datetime.combine(received, time())
    moment = modified.astimezone() if received == "mtime" else datetime.now(VIETNAM)
    return moment.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)
