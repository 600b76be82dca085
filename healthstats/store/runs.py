"""The committed runs, in order, as their manifests tell: the only list of files that readers may use."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from healthstats.errors import UnsafePlace
from healthstats.store import platform
from healthstats.store.manifest import MANIFEST, Committed, Manifest, check_hashes, damaged, read_committed
from healthstats.store.places import Places, refused
from healthstats.store.schema import COLUMNS

NO_RUN = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest, committed whole; numbers start at 1 and leave no gap."""

    number: int
    committed: Committed

    @property
    def manifest(self) -> Manifest:
        return self.committed.manifest

    @property
    def tables(self) -> dict[str, Path]:
        """Table name → its Parquet file."""
        return {file.path.removesuffix(".parquet"): self.committed.path(file.path) for file in self.manifest.files}


def run_name(number: int) -> str:
    return f"{number:09d}"


def run_numbers(places: Places) -> list[int]:
    """The numbers found in runs/, sorted, whatever lies behind them."""
    if places.runs.is_symlink():
        raise UnsafePlace("unsafe_link", path=places.runs)
    names = [name for name in os.listdir(places.runs) if name.isascii() and name.isdigit()]
    return sorted(int(name) for name in names)


def read_run(places: Places, number: int) -> Run:
    """Sizes checked; DamagedStore naming run and file where something is not as its manifest says."""
    name = run_name(number)
    run = Run(number, read_committed(places.runs / name, name))
    absent = [f"{table}.parquet" for table in COLUMNS if table not in run.tables]
    if absent:
        raise damaged(name, absent[0])
    return run


def read_runs(places: Places) -> tuple[Run, ...]:
    """Every run; DamagedStore for a gap, a damaged run, or one that does not follow the run before it."""
    runs: list[Run] = []
    for expected, number in enumerate(run_numbers(places), start=1):
        if number != expected:
            raise damaged(run_name(expected), run_name(expected))
        run = read_run(places, number)
        if not follows(run, runs[-1] if runs else None):
            raise damaged(run_name(number), MANIFEST)
        runs.append(run)
    return tuple(runs)


def follows(run: Run, before: Run | None) -> bool:
    """Whether the run was written on top of that one and no other."""
    uuid, sha256 = (before.manifest.uuid, before.committed.sha256) if before else (NO_RUN, NO_RUN)
    return (run.manifest.predecessor, run.manifest.predecessor_sha256) == (uuid, sha256)


def check_newest(places: Places) -> Run | None:
    """The newest run, its name synced, and every run's bytes read: nobody may build on what could still vanish, or
    on what has changed since it was written."""
    try:
        platform.sync_folder(places.runs)
        runs = read_runs(places)
        for run in runs:
            check_hashes(run.committed, run_name(run.number))
        return runs[-1] if runs else None
    except OSError as error:
        raise refused(error, places.runs) from error
