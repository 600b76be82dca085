"""transform: the marts of the runs and definitions as they stand, built when they are not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.errors import StorageFailure, UsageError
from healthstats.store import Run
from healthstats.store.stopping import stoppable
from healthstats.transform import build_marts
from healthstats.workflows.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Told = Callable[[], None]


def transform(workspace: Workspace, told: Told = lambda: None, read: Collection[str] | None = None) -> Path:
    """The folder of the marts for the newest run and today's definitions; `told` is called before they are built, as
    they are anew where the bytes of one of those to `read` (all) have changed."""
    store, definitions = workspace.store, workspace.definitions
    runs = store.runs()
    if not runs:
        raise UsageError("no_runs", path=workspace.inbox)
    found = store.mart(runs[-1], definitions.hash, hashed=read)
    if found:
        return found
    told()
    # what is built now is shown until the next run: a flipped bit would be in every figure
    store.check_hashes()
    with store.new_mart(runs[-1], definitions.hash) as folder:
        _build(runs, definitions, folder)
    built = store.mart(runs[-1], definitions.hash)
    if built is None:
        raise StorageFailure("mart_vanished", run=runs[-1].number)
    return built


@contextmanager
def warehouse(
    workspace: Workspace, told: Told = lambda: None, read: Collection[str] | None = None, *, locked: bool = False
) -> Iterator[DuckDBPyConnection]:
    """A connection to the runs and their marts, which are built first where needed; `locked` for a person's own SQL.
    Of the marts it holds those named in `read`, whose bytes were checked, and no other; all where it is None.

    In a store that cannot be written the marts are built beside it and forgotten after."""
    with TemporaryDirectory(prefix="healthstats-") as elsewhere:
        try:
            folder = transform(workspace, told, read)
        except StorageFailure:
            folder = Path(elsewhere)
            _build(workspace.store.runs(), workspace.definitions, folder)
        connection = workspace.store.warehouse(folder, read, locked=locked)
        try:
            with stoppable(connection):
                yield connection
        finally:
            connection.close()


def _build(runs: Iterable[Run], definitions: Definitions, folder: Path) -> None:
    build_marts({run.number: run.tables for run in runs}, definitions, folder)
