"""ingest: submissions in, one run committed whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from healthstats.domain.reading import CellCounts, Reading, Submission, UnknownFacility
from healthstats.intake import Context, Hints, NameIndex, read_all, settle
from healthstats.intake.media import CONTAINERS, sniff
from healthstats.store import KnownSubmission, Store, run_tables
from healthstats.workflows.arrivals import Arrival, Received, Refused, arrivals, attached, mailed_at
from healthstats.workflows.propose import propose_facilities
from healthstats.workflows.workspace import Workspace

if TYPE_CHECKING:
    from healthstats.workflows.compare import Comparison

ARCHIVE_BATCH, ARCHIVE_BYTES = 256, 256 << 20
NO_HINTS = Hints()
Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for; no paths means the inbox, or with `retry` the archive."""

    paths: tuple[Path, ...] = ()
    hints: Hints = NO_HINTS
    received: Received = None
    dry_run: bool = False
    retry: bool = False
    propose_register: bool = False
    workers: int | None = None


@dataclass(slots=True)
class Outcome:
    """What became of every file: judged in `run` (None: nothing committed), known from an earlier run, or refused."""

    run: int | None = None
    judged: list[tuple[Submission, Reading]] = field(default_factory=list)
    repeated: list[tuple[str, KnownSubmission]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    proposed: list[UnknownFacility] = field(default_factory=list)
    comparison: Comparison | None = None

    @property
    def counts(self) -> CellCounts:
        total = CellCounts()
        for _, reading in self.judged:
            total.add(reading.counts)
        return total


def ingest(workspace: Workspace, request: Request, progress: Progress = lambda done, name: None) -> Outcome:
    """Reads, judges, archives and commits; with `dry_run` judges and compares only."""
    definitions, outcome = workspace.definitions, Outcome()
    # a fresh clone is a workspace whose store is not made yet
    store = Store.create(workspace.data)
    context = Context(definitions, NameIndex.of(definitions.facilities, definitions.aliases), request.hints)
    with nullcontext() if request.dry_run else store.lock():
        if not request.dry_run:
            store.check_newest()
        news = _News(store.known_submissions(), definitions.judgement, request, outcome)
        reader = _Reader(store, request, progress)
        judged = reader.read(news.of(_asked_for(workspace, request, news.known)), context)
        inside = [
            arrival for mail, reading in judged for arrival in attached(mail, reading.attachments, request.received)
        ]
        judged = [_opened(mail, reading, request.received) for mail, reading in judged if news.is_to_record(mail)]
        judged += reader.read(news.of(inside), replace(context, attached=True))
        readings = settle([(submission.name, reading) for submission, reading in judged], store.declared_revisions())
        outcome.judged = [(submission, reading) for (submission, _), reading in zip(judged, readings, strict=True)]
        if request.dry_run:
            # imported here: it brings DuckDB, which takes a tenth of a second, and which ingest does not need
            from healthstats.workflows.compare import compare

            outcome.comparison = compare(workspace, outcome.judged)
        elif outcome.judged:
            outcome.run = store.commit(run_tables(outcome.judged, definitions.judgement)).number
    if request.propose_register and not request.dry_run:
        outcome.proposed = propose_facilities(workspace, readings)
    return outcome


@dataclass(slots=True)
class _News:
    """Tells what has to be judged: bytes never seen, and bytes not accepted that are to be judged again."""

    known: dict[str, KnownSubmission]
    judgement: str
    request: Request
    outcome: Outcome
    taken: set[str] = field(default_factory=set)

    def of(self, files: Iterable[Arrival | Refused]) -> Iterator[Arrival]:
        """The files to judge; the others are entered in the outcome."""
        for arrival in files:
            if isinstance(arrival, Refused):
                self.outcome.refused.append(arrival)
                continue
            if arrival.submission in self.taken:
                continue
            before = self.known.get(arrival.submission)
            if before and not self._again(before):
                self.outcome.repeated.append((arrival.name, before))
                continue
            self.taken.add(arrival.submission)
            yield arrival

    def is_to_record(self, submission: Submission) -> bool:
        """A container that was opened before is opened again for what in it waits, and is not news itself."""
        before = self.known.get(submission.submission)
        return before is None or before.verdict != "accepted"

    def _again(self, before: KnownSubmission) -> bool:
        waiting = before.verdict != "accepted" or before.media in CONTAINERS
        return waiting and (self.request.retry or before.definitions != self.judgement)


@dataclass(slots=True)
class _Reader:
    """Archives files and has them read."""

    store: Store
    request: Request
    progress: Progress
    done: int = 0

    def read(self, fresh: Iterator[Arrival], context: Context) -> list[tuple[Submission, Reading]]:
        """The judgement of each file, in order; all are archived by then, unless nothing is to be kept."""
        submissions: list[Submission] = []
        judged: list[tuple[Submission, Reading]] = []
        files = _archived(self.store, fresh, submissions, keep=not self.request.dry_run)
        for reading in read_all(files, context, self.request.workers):
            judged.append((submissions[len(judged)], reading))
            self.done += 1
            self.progress(self.done, judged[-1][0].name)
        return judged


def _opened(mail: Submission, reading: Reading, received: Received) -> tuple[Submission, Reading]:
    """A container as it is recorded, once what it holds is taken out; any other file as it is."""
    if not (reading.attachments or reading.sent_at):
        return mail, reading
    received_at = mailed_at(mail.received_at, reading.sent_at, received)
    return replace(mail, received_at=received_at), replace(reading, attachments=())


def _asked_for(
    workspace: Workspace, request: Request, known: dict[str, KnownSubmission]
) -> Iterator[Arrival | Refused]:
    if request.paths or not request.retry:
        yield from arrivals(request.paths or (workspace.inbox,), request.received)
        return
    for submission, before in known.items():
        if before.verdict != "accepted":
            data = workspace.store.archived(submission, before.media)
            yield Arrival(before.name, data, submission, before.received_at)


def _archived(
    store: Store, fresh: Iterator[Arrival], submissions: list[Submission], *, keep: bool
) -> Iterator[tuple[str, bytes]]:
    """Hands the bytes on at once, and archives them in batches while the workers read: before anything is committed
    all of them are safe."""
    batch: list[tuple[Submission, bytes]] = []
    size = 0
    for arrival in fresh:
        submission = Submission(
            submission=arrival.submission,
            name=arrival.name,
            size=len(arrival.data),
            received_at=arrival.received_at,
            media=sniff(arrival.data).kind,
        )
        submissions.append(submission)
        if keep:
            batch.append((submission, arrival.data))
            size += len(arrival.data)
        yield submission.name, arrival.data
        if len(batch) == ARCHIVE_BATCH or size > ARCHIVE_BYTES:
            store.archive(batch)
            batch, size = [], 0
    store.archive(batch)
