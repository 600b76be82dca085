"""The folders of a store, and STORE.json that says who may read and write it."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from healthstats.errors import DamagedStore, NewerStore, StorageFailure, UnsafePlace, UsageError
from healthstats.store import platform
from healthstats.store.files import write_file
from healthstats.store.manifest import FORMAT


@dataclass(frozen=True, slots=True)
class Places:
    """`root` is the workspace's data folder."""

    root: Path

    @property
    def archive(self) -> Path:
        return self.root / "raw" / "archive"

    @property
    def processed(self) -> Path:
        return self.root / "processed"

    @property
    def header(self) -> Path:
        return self.processed / "STORE.json"

    @property
    def lock(self) -> Path:
        return self.processed / "LOCK"

    @property
    def staging(self) -> Path:
        return self.processed / "staging"

    @property
    def runs(self) -> Path:
        return self.processed / "runs"

    @property
    def marts(self) -> Path:
        return self.processed / "marts"

    @property
    def folders(self) -> tuple[Path, ...]:
        """From the top down."""
        raw = self.archive.parent
        return (self.root, raw, self.archive, self.processed, self.staging, self.runs, self.marts)


def create(places: Places) -> None:
    """Makes what is missing of an empty store; does nothing to one that is there."""
    try:
        for folder in places.folders:
            folder.mkdir(mode=0o750, exist_ok=True)
        if places.header.exists():
            return
        if any(places.runs.iterdir()):
            raise DamagedStore("no_header", path=places.header)
        with staging_folder(places) as folder:
            header = {"format": FORMAT, "min_reader": FORMAT, "min_writer": FORMAT, "store": str(uuid.uuid4())}
            write_file(folder / "STORE.json", (json.dumps(header, sort_keys=True) + "\n").encode())
            # Two first runs at once: one header stands, and the other is thrown away.
            with suppress(FileExistsError):
                os.link(folder / "STORE.json", places.header)
    except OSError as error:
        raise refused(error, places.root) from error


def check_readable(places: Places) -> None:
    """UsageError where there is no store, NewerStore, DamagedStore or UnsafePlace where it must not be touched."""
    for folder in (places.processed, places.runs, places.staging, places.marts):
        if folder.is_symlink():
            raise UnsafePlace("unsafe_link", path=folder)
    header = _header(places)
    if header["min_reader"] > FORMAT:
        raise NewerStore("newer_store", path=places.header, format=header["min_reader"], ours=FORMAT)
    if not places.runs.is_dir():
        raise DamagedStore("runs_missing", path=places.runs)


def check_writable(places: Places) -> None:
    """As check_readable, for one who means to write."""
    header = _header(places)
    if header["min_writer"] > FORMAT:
        raise NewerStore("newer_store", path=places.header, format=header["min_writer"], ours=FORMAT)
    try:
        for folder in places.folders:
            folder.mkdir(mode=0o750, exist_ok=True)
        # A rename between devices is a copy, and a copy can be cut in half.
        if places.staging.stat().st_dev != places.runs.stat().st_dev:
            raise UnsafePlace("unsafe_device", path=places.staging, other=places.runs)
        # Whoever made them may have died before they were durable, and runs are to hang on them.
        for folder in (places.processed, places.root / "raw", places.root, places.root.parent):
            platform.sync_folder(folder)
    except OSError as error:
        raise refused(error, places.processed) from error


def _header(places: Places) -> dict[str, int]:
    try:
        fields = json.loads(places.header.read_bytes())
        return {key: int(fields[key]) for key in ("format", "min_reader", "min_writer")}
    except (FileNotFoundError, NotADirectoryError) as error:
        if places.runs.is_dir() and any(places.runs.iterdir()):
            raise DamagedStore("no_header", path=places.header) from error
        raise UsageError("no_store", path=places.root) from error
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedStore("no_header", path=places.header) from error


def refused(error: OSError, path: Path) -> StorageFailure:
    """What the operating system said, as an error for a person."""
    return StorageFailure("storage_refused", path=error.filename or path, reason=error.strerror or str(error))


@contextmanager
def staging_folder(places: Places) -> Iterator[Path]:
    """A new folder that is gone afterwards unless it was renamed; its lock says that its maker lives."""
    folder, descriptor = _locked_folder(places)
    # DuckDB gives its files what the process allows, which others on the machine could read
    umask = os.umask(0o027)
    try:
        yield folder
    finally:
        os.umask(umask)
        platform.unlock(descriptor)
        shutil.rmtree(folder, ignore_errors=True)


def _locked_folder(places: Places) -> tuple[Path, int]:
    while True:
        folder = places.staging / str(uuid.uuid4())
        folder.mkdir(mode=0o750)
        # who sweeps may be quicker than our lock: then another folder
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY)
            if platform.try_lock(descriptor) and folder.exists():
                return folder, descriptor
            platform.unlock(descriptor)


def sweep(places: Places) -> None:
    """Removes what killed processes left in staging, and nothing that a living one holds."""
    for folder in places.staging.iterdir():
        if folder.is_symlink() or not folder.is_dir():
            continue
        # another who sweeps may be quicker
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                if platform.try_lock(descriptor):
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                platform.unlock(descriptor)
