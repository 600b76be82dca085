"""ingest: submissions in, one run committed whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from healthstats.domain.reading import CellCounts, Reading, Submission, UnknownFacility
from healthstats.intake import Context, Hints, NameIndex, read_all, settle
from healthstats.intake.media import sniff
from healthstats.store import KnownSubmission, Store, run_tables
from healthstats.workflows.arrivals import Arrival, Received, Refused, arrivals, today
from healthstats.workflows.compare import Comparison, compare
from healthstats.workflows.propose import propose_facilities
from healthstats.workflows.workspace import Workspace

ARCHIVE_BATCH = 256
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
    """What became of every file: judged in `run` (None: nothing committed), known from an earlier run, the same as
    another of this run (name, that one's name), or refused."""

    run: int | None = None
    judged: list[tuple[Submission, Reading]] = field(default_factory=list)
    repeated: list[tuple[str, KnownSubmission]] = field(default_factory=list)
    twins: list[tuple[str, str]] = field(default_factory=list)
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
    facilities = NameIndex.of(definitions.facilities, definitions.aliases)
    context = Context(definitions, facilities, request.hints, today=today())
    with nullcontext() if request.dry_run else store.lock():
        if not request.dry_run:
            store.check_newest()
            store.check_hashes()
        fresh = _fresh(workspace, request, outcome)
        submissions: list[Submission] = []
        readings: list[Reading] = []
        files = _archived(store, fresh, submissions, keep=not request.dry_run)
        for reading in read_all(files, context, request.workers):
            progress(len(readings) + 1, submissions[len(readings)].name)
            readings.append(reading)
        names = [submission.name for submission in submissions]
        readings = settle(list(zip(names, readings, strict=True)), store.declared_revisions())
        outcome.judged = list(zip(submissions, readings, strict=True))
        if request.dry_run:
            outcome.comparison = compare(workspace, outcome.judged)
        elif outcome.judged:
            outcome.run = store.commit(run_tables(outcome.judged, definitions.judgement)).number
    if request.propose_register and not request.dry_run:
        outcome.proposed = propose_facilities(workspace, readings)
    return outcome


def newest_run(workspace: Workspace) -> int:
    """The number of the newest run, 0 where there is none yet."""
    return max((run.number for run in Store.create(workspace.data).runs()), default=0)


def _fresh(workspace: Workspace, request: Request, outcome: Outcome) -> Iterator[Arrival]:
    """What has to be judged: bytes never seen, and bytes not accepted that are to be judged again."""
    known, judgement = workspace.store.known_submissions(), workspace.definitions.judgement
    taken: dict[str, str] = {}
    for arrival in _asked_for(workspace, request, known):
        if isinstance(arrival, Refused):
            outcome.refused.append(arrival)
            continue
        before = known.get(arrival.submission)
        again = before is not None and before.verdict != "accepted"
        if arrival.submission in taken:
            outcome.twins.append((arrival.name, taken[arrival.submission]))
            continue
        if before and not (again and (request.retry or before.definitions != judgement)):
            outcome.repeated.append((arrival.name, before))
            continue
        taken[arrival.submission] = arrival.name
        yield arrival


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
    """Hands the bytes on once they are safe in the archive, a batch at a time."""
    batch: list[tuple[Submission, bytes]] = []

    def flush() -> Iterator[tuple[str, bytes]]:
        if keep:
            store.archive(batch)
        yield from ((submission.name, data) for submission, data in batch)
        batch.clear()

    for arrival in fresh:
        submissions.append(
            Submission(
                submission=arrival.submission,
                name=arrival.name,
                size=len(arrival.data),
                received_at=arrival.received_at,
                media=sniff(arrival.data).kind,
            )
        )
        batch.append((submissions[-1], arrival.data))
        if len(batch) == ARCHIVE_BATCH:
            yield from flush()
    yield from flush()
