"""Every submission's bytes, written once under their own sha256 and never changed."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from healthstats.domain.reading import Submission
from healthstats.errors import DamagedStore, StorageFailure
from healthstats.store import platform
from healthstats.store.files import write_all
from healthstats.store.manifest import sha256_of
from healthstats.store.places import Places, refused, staging_folder

MEDIA = re.compile(r"[a-z0-9]{1,8}")
READ_ONLY = 0o440
Files = dict[str, tuple[str, bytes]]
"""Path in the archive → (sha256, bytes)."""


def archive_path(places: Places, submission: str, media: str) -> Path:
    return places.archive / _name(submission, media)


def _name(submission: str, media: str) -> str:
    """No part of a sender's name becomes a path: only the sha256 and a known short kind."""
    extension = media if MEDIA.fullmatch(media) else "bin"
    return os.path.join(submission[:2], f"{submission}.{extension}")


def write_archive(places: Places, batch: Iterable[tuple[Submission, bytes]]) -> None:
    """Returns once every file of the batch would survive a power cut under its final name.

    StorageFailure where the disk refuses, DamagedStore where a name holds other bytes than it says."""
    archive = str(places.archive)
    # names as text: a path object for each step of each file took longer than the writing
    files = {os.path.join(archive, _name(each.submission, each.media)): (each.submission, data) for each, data in batch}
    if not files:
        return
    try:
        with staging_folder(places) as folder:
            temporary = dict(_write_new(files, str(folder)))
            platform.sync_all([*map(Path, temporary.values())])
            _check(files, temporary)
            for path, written in temporary.items():
                _link(written, path)
        platform.sync_all([*map(Path, sorted(set(map(os.path.dirname, files)))), places.archive])
    except OSError as error:
        raise refused(error, places.archive) from error


def archive_copy(places: Places, submission: Submission, copy: Path) -> None:
    """As write_archive, for a file that lies in staging as copy_source left it."""
    path = archive_path(places, submission.submission, submission.media)
    try:
        path.parent.mkdir(mode=0o750, exist_ok=True)
        if path.exists():
            _compare(path, submission.submission)
        else:
            copy.chmod(READ_ONLY)
            platform.sync_all([copy])
            if sha256_of(copy) != submission.submission:
                raise StorageFailure("not_as_written", path=copy)
            _link(copy, path)
        platform.sync_all([path.parent, places.archive])
    except OSError as error:
        raise refused(error, places.archive) from error


def archived_path(places: Places, submission: str, media: str) -> Path:
    """Where a large file lies, its bytes checked; DamagedStore where they are gone or changed."""
    path = archive_path(places, submission, media)
    try:
        _compare(path, submission)
    except FileNotFoundError as error:
        raise DamagedStore("archive_missing", path=path) from error
    except OSError as error:
        raise refused(error, path) from error
    return path


def read_archive(places: Places, submission: str, media: str) -> bytes:
    """The bytes as received; DamagedStore where they are gone or changed."""
    path = archive_path(places, submission, media)
    try:
        descriptor = os.open(path, platform.READ_SOURCE)
        with open(descriptor, "rb") as stream:
            data = stream.read()
    except FileNotFoundError as error:
        raise DamagedStore("archive_missing", path=path) from error
    except OSError as error:
        raise refused(error, path) from error
    if hashlib.sha256(data).hexdigest() != submission:
        raise DamagedStore("archive_damaged", path=path)
    return data


def _write_new(files: Files, folder: str) -> Iterator[tuple[str, str]]:
    for parent in sorted(set(map(os.path.dirname, files))):
        Path(parent).mkdir(mode=0o750, exist_ok=True)
    for number, (path, (submission, data)) in enumerate(files.items()):
        if os.path.exists(path):
            _compare(Path(path), submission)
            continue
        written = os.path.join(folder, str(number))
        _write(written, data)
        yield path, written


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, platform.CREATE, READ_ONLY)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _check(files: Files, temporary: dict[str, str]) -> None:
    for path, written in temporary.items():
        if sha256_of(written) != files[path][0]:
            raise StorageFailure("not_as_written", path=Path(written))


def _link(written: str | Path, path: str | Path) -> None:
    try:
        os.link(written, path)
    except FileExistsError:
        _compare(Path(path), Path(path).stem)


def _compare(path: Path, submission: str) -> None:
    """A name must never outlive its bytes: what is there is kept only if it is what the name says."""
    if path.is_symlink() or sha256_of(path) != submission:
        raise DamagedStore("archive_damaged", path=path)
