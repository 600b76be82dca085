"""Marts: built from the runs, committed like them, and thrown away without regret."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from healthstats.errors import HealthstatsError, StorageFailure
from healthstats.store import platform
from healthstats.store.commit import new_manifest, publish, seal
from healthstats.store.manifest import StoredFile, check_hashes, read_committed, sha256_of
from healthstats.store.places import Places, refused, staging_folder, sweep
from healthstats.store.runs import Run, run_name

NAME = re.compile(r"\d{9}-[0-9a-f]{1,64}")
KEPT = 2


def mart_folder(places: Places, run: Run, definitions: str) -> Path:
    return places.marts / f"{run_name(run.number)}-{definitions}"


def find_mart(places: Places, run: Run, definitions: str, hashed: Collection[str] | None = ()) -> Path | None:
    """The mart built from the runs up to `run` with those definitions; None where it is absent or not whole: sizes are
    checked, and the hashes of the tables `hashed`, or of all where it is None."""
    folder = mart_folder(places, run, definitions)
    try:
        committed = read_committed(folder, folder.name)
        check_hashes(committed, folder.name, hashed)
    except (HealthstatsError, OSError):
        return None
    return folder if committed.manifest.predecessor_sha256 == run.committed.sha256 else None


@contextmanager
def new_mart(places: Places, run: Run, definitions: str) -> Iterator[Path]:
    """A folder to write mart files into, committed on leaving without an error; StorageFailure where it cannot be."""
    target = mart_folder(places, run, definitions)
    try:
        places.marts.mkdir(mode=0o750, exist_ok=True)
        sweep(places)
        with staging_folder(places) as folder:
            yield folder
            files = [_settled(path) for path in sorted(folder.iterdir())]
            manifest = new_manifest(run, files)
            seal(folder, manifest)
            _make_way(places, target, run, definitions)
            try:
                publish(folder, target, manifest.uuid)
            except StorageFailure:
                # Another reader built the same mart first; theirs is as good.
                if find_mart(places, run, definitions) is None:
                    raise
        _prune(places, keep=target)
    except OSError as error:
        raise refused(error, target) from error


def _settled(path: Path) -> StoredFile:
    """DuckDB's COPY does not tell of a failing close: sync and hash what it left, whatever it said."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fchmod(descriptor, 0o640)
        platform.sync_file(descriptor)
    finally:
        os.close(descriptor)
    return StoredFile(path.name, path.stat().st_size, sha256_of(path))


def _make_way(places: Places, target: Path, run: Run, definitions: str) -> None:
    if os.path.lexists(target) and find_mart(places, run, definitions, hashed=None) is None:
        _discard(places, target)


def _prune(places: Places, keep: Path) -> None:
    others = sorted(name for name in os.listdir(places.marts) if NAME.fullmatch(name) and name != keep.name)
    # A reader may still be in the mart before this one.
    for name in others[: -KEPT + 1]:
        _discard(places, places.marts / name)


def _discard(places: Places, mart: Path) -> None:
    """Moved out of sight first: a half-deleted mart must not be found under its name."""
    with staging_folder(places) as folder:
        os.rename(mart, folder / mart.name)
