"""One workspace's store: the archive, the runs and the marts under its data folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from healthstats.domain.decision import Decision
from healthstats.domain.reading import Submission
from healthstats.store.archive import archive_copy, archived_path, read_archive, write_archive
from healthstats.store.closed import closed
from healthstats.store.commit import commit_run
from healthstats.store.decisions import read_decisions
from healthstats.store.files import Batches
from healthstats.store.known import KnownSubmission, ReportKey, declared_revisions, known_submissions
from healthstats.store.lock import writer_lock
from healthstats.store.manifest import check_hashes
from healthstats.store.marts import find_mart, new_mart
from healthstats.store.places import Places, check_readable, create, refused, staging_folder
from healthstats.store.runs import Run, check_newest, read_runs, run_name
from healthstats.store.source import Copied, Refusal, copy_source, set_down
from healthstats.store.verify import Problem, verify_store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from healthstats.store.history import Asked, History
    from healthstats.store.replaced import Replaced
    from healthstats.store.rivals import Held


@dataclass(frozen=True, slots=True)
class Store:
    """Open one with Store.open or Store.create; every method may raise the errors of healthstats.errors."""

    places: Places

    @classmethod
    def create(cls, root: Path) -> Store:
        """Makes what is missing under the data folder `root`, then opens it."""
        create(Places(root))
        return cls.open(root)

    @classmethod
    def open(cls, root: Path) -> Store:
        """UsageError("no_store") where there is none; writes nothing."""
        check_readable(Places(root))
        return cls(Places(root))

    def lock(self) -> AbstractContextManager[None]:
        """Held by whoever archives and commits; Busy where another does."""
        return writer_lock(self.places)

    def runs(self) -> tuple[Run, ...]:
        """All runs in order, sizes checked; DamagedStore naming run and file."""
        return read_runs(self.places)

    def check_newest(self) -> Run | None:
        """The newest run, its name synced and every run's hashes checked: before anything is built on them."""
        return check_newest(self.places)

    def check_hashes(self) -> None:
        """Reads every byte of every run: before anything is published from them."""
        for run in self.runs():
            check_hashes(run.committed, run_name(run.number))

    def archive(self, batch: Iterable[tuple[Submission, bytes]]) -> None:
        """Durable on return; the same bytes again change nothing."""
        write_archive(self.places, batch)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder for what is in the making, gone afterwards; StorageFailure where the disk refuses."""
        with ExitStack() as stack:
            try:
                folder = stack.enter_context(staging_folder(self.places))
            except OSError as error:
                raise refused(error, self.places.staging) from error
            yield folder

    def copy(self, path: Path, limit: int, copy: Path) -> Copied | Refusal:
        """A large file copied to `copy` in staging as it is hashed; StorageFailure where the disk refuses."""
        try:
            return copy_source(path, limit, copy)
        except OSError as error:
            raise refused(error, self.places.staging) from error

    def set_down(self, data: bytes, copy: Path) -> None:
        """A large file that is no file yet, written to `copy` in staging; StorageFailure where the disk refuses."""
        try:
            set_down(data, copy)
        except OSError as error:
            raise refused(error, self.places.staging) from error

    def archive_copy(self, submission: Submission, copy: Path) -> None:
        """As archive, for a large file that lies in staging."""
        archive_copy(self.places, submission, copy)

    def archived_path(self, submission: str, media: str) -> Path:
        """Where the bytes as received lie, hash checked."""
        return archived_path(self.places, submission, media)

    def archived(self, submission: str, media: str) -> bytes:
        """The bytes as received, hash checked."""
        return read_archive(self.places, submission, media)

    def commit(self, tables: Mapping[str, Batches]) -> Run:
        """The tables of `run_tables` as the next run, durable on return. Needs the lock."""
        return commit_run(self.places, tables)

    def known_submissions(self) -> dict[str, KnownSubmission]:
        return known_submissions(self.runs())

    def decisions(self) -> list[Decision]:
        return read_decisions(self.runs())

    def closed(self) -> frozenset[str]:
        return closed(self.runs())

    def declared_revisions(self) -> dict[ReportKey, int]:
        return declared_revisions(self.runs())

    def mart(self, run: Run, definitions: str, hashed: Collection[str] | None = ()) -> Path | None:
        return find_mart(self.places, run, definitions, hashed)

    def new_mart(self, run: Run, definitions: str) -> AbstractContextManager[Path]:
        return new_mart(self.places, run, definitions)

    def warehouse(
        self, mart: Path | None, tables: Collection[str] | None = None, *, locked: bool = False
    ) -> DuckDBPyConnection:
        """A connection for our own SQL, or a locked one for a person's; of the mart's tables all, or those named. Close
        it after use."""
        # Imported here: DuckDB takes a tenth of a second that ingest need not wait for.
        from healthstats.store.warehouse import open_locked_warehouse, open_warehouse

        return (open_locked_warehouse if locked else open_warehouse)(self.runs(), mart, tables)

    def history(self, asked: Asked) -> History | None:
        """The current figures that `asked` names; None in a store without runs, which DuckDB is not loaded for."""
        if not self.runs():
            return None
        from healthstats.store.history import read_history
        from healthstats.store.stopping import stoppable

        with self.warehouse(None) as connection, stoppable(connection):
            return read_history(connection, asked)

    def replaced(self, number: int, *, judged_again: bool) -> Replaced | None:
        """What run `number` took away of the figures stored before it; None where it holds no report anew, which DuckDB
        is not loaded for."""
        from healthstats.store.replaced import holds_again, read_replaced

        runs = self.runs()[:number]
        if not (judged_again or holds_again(runs)):
            return None
        from healthstats.store.stopping import stoppable

        with self.warehouse(None) as connection, stoppable(connection):
            return read_replaced(connection, number)

    def rivals(self, held: Iterable[Held], judged: Collection[str]) -> set[str]:
        """The stored submissions but `judged` that hold one of these reports and first came in the same run."""
        from healthstats.store.rivals import read_rivals
        from healthstats.store.stopping import stoppable

        with self.warehouse(None) as connection, stoppable(connection):
            return read_rivals(connection, held, judged)

    def verify(self) -> list[Problem]:
        """Every manifest, size, hash and name, runs and archive; empty where all is well."""
        return verify_store(self.places)
