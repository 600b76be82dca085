"""The recipe by which a folder appears whole or not at all, and stays."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from healthstats.errors import HealthstatsError, OutcomeUnknown, StorageFailure
from healthstats.store import platform
from healthstats.store.files import Batches, read_back, write_file, write_table
from healthstats.store.manifest import FORMAT, MANIFEST, Committed, Manifest, StoredFile, read_committed
from healthstats.store.places import Places, refused, staging_folder, sweep
from healthstats.store.runs import NO_RUN, Run, check_newest, run_name
from healthstats.store.schema import CELLS
from healthstats.version import VERSION


def commit_run(places: Places, tables: Mapping[str, Batches]) -> Run:
    """Writes the tables as the next run. StorageFailure: nothing was committed, after a second try in a new folder.
    OutcomeUnknown: it may or may not have been. Interrupted by a signal: it was if, and only if, the run is there."""
    try:
        return _commit_once(places, tables)
    except StorageFailure:
        return _commit_once(places, tables)


def _commit_once(places: Places, tables: Mapping[str, Batches]) -> Run:
    newest = check_newest(places)
    number = newest.number + 1 if newest else 1
    target = places.runs / run_name(number)
    try:
        sweep(places)
        with staging_folder(places) as folder:
            files = [write_table(folder / f"{name}.parquet", table) for name, table in tables.items()]
            manifest = _manifest(newest, files, tables["submissions"])
            sha256 = seal(folder, manifest)
            with platform.uninterrupted():
                publish(folder, target, manifest.uuid)
    except OSError as error:
        raise refused(error, places.staging) from error
    return Run(number, Committed(target, manifest, sha256))


def _manifest(newest: Run | None, files: Iterable[StoredFile], submissions: Batches) -> Manifest:
    # imported here, as wherever pyarrow is: a command that only looks must not wait for it
    import pyarrow as pa

    table = pa.Table.from_batches(submissions.to_batches(), submissions.schema)
    received = table.column("received_at").to_pylist()
    return new_manifest(
        newest,
        files,
        received_at=max(received).isoformat() if received else "",
        counts={kind: sum(table.column(f"cells_{kind}").to_pylist()) for kind in CELLS},
    )


def new_manifest(
    newest: Run | None, files: Iterable[StoredFile], *, received_at: str = "", counts: dict[str, int] | None = None
) -> Manifest:
    return Manifest(
        uuid=str(uuid.uuid4()),
        format=FORMAT,
        tool=f"healthstats {VERSION}",
        predecessor=newest.manifest.uuid if newest else NO_RUN,
        predecessor_sha256=newest.committed.sha256 if newest else NO_RUN,
        committed_at=datetime.now(UTC).isoformat(timespec="seconds"),
        received_at=received_at,
        counts=counts or {},
        files=tuple(files),
    )


def seal(folder: Path, manifest: Manifest) -> str:
    """Reads the files back, writes the manifest last, and makes the folder durable; returns the manifest's sha256."""
    read_back(folder, manifest.files)
    written = write_file(folder / MANIFEST, manifest.to_bytes())
    read_back(folder, [written])
    platform.sync_folder(folder)
    platform.sync_folder(folder.parent)
    return written.sha256


def publish(folder: Path, target: Path, identity: str) -> None:
    """Renames a sealed folder to its name and returns once the name is durable. StorageFailure("name_taken"):
    another has it; OSError: nothing was renamed; OutcomeUnknown: it may have been."""
    try:
        platform.rename_exclusively(folder, target)
    except OSError as error:
        if not _arrived(folder, target, identity):
            if isinstance(error, FileExistsError):
                raise StorageFailure("name_taken", path=target) from error
            raise
    try:
        platform.sync_folder(target.parent)
        platform.sync_folder(folder.parent)
    except OSError as error:
        raise OutcomeUnknown("outcome_unknown", path=target) from error


def _arrived(folder: Path, target: Path, identity: str) -> bool:
    """A failed rename may have happened all the same: look at both ends before saying so."""
    try:
        if folder.is_dir():
            return False
        return read_committed(target, target.name).manifest.uuid == identity
    except (OSError, HealthstatsError) as error:
        raise OutcomeUnknown("outcome_unknown", path=target) from error
