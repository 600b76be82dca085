"""ingest: submissions in, one run committed whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from itertools import count, groupby
from pathlib import Path

from healthstats.domain.reading import Reading, Submission
from healthstats.errors import HealthstatsError, StorageFailure, UsageError
from healthstats.intake import Context, NameIndex, read_all
from healthstats.store import Copied, KnownSubmission, Refusal, Store
from healthstats.workflows.again import from_archive
from healthstats.workflows.arrivals import (
    NO_HINTS,
    Arrival,
    Copy,
    Received,
    Refused,
    arrivals,
    attached,
    cleared,
    mailed_at,
    today,
)
from healthstats.workflows.news import News, Outcome, Request
from healthstats.workflows.workspace import Workspace

ARCHIVE_BATCH, ARCHIVE_BYTES = 256, 256 << 20
Progress = Callable[[int, str], None]


def ingest(workspace: Workspace, request: Request, progress: Progress = lambda done, name: None) -> Outcome:
    """Reads, judges, archives and commits; with `dry_run` judges and compares only."""
    outcome = Outcome()
    if request.retry and not request.paths and request.hints != NO_HINTS:
        raise UsageError("hints_need_paths")
    # a fresh clone is a workspace whose store is not made yet
    store = Store.create(workspace.data)
    # a night of nothing new must not wait for the registers
    context = cache(partial(_context, workspace, request))
    with nullcontext() if request.dry_run else store.lock(), store.staging() as staging:
        if not request.dry_run:
            store.check_newest()
        news = News(store.known_submissions(), workspace.judgement, request, outcome, store.closed())
        if all(before.definitions != news.judgement for before in news.known.values()):
            # what was changed is found wrong at once, not on the night when something comes
            context()
        reader = _Reader(store, request, progress, staging)
        judged = reader.read(news.of(_asked_for(workspace, request, news, reader.copy)), context)
        inside = [
            arrival
            for mail, reading in judged
            for arrival in attached(mail, reading.attachments, request.received, reader.set_down)
        ]
        judged = [_opened(mail, reading, request.received) for mail, reading in judged if news.is_to_record(mail)]
        judged += reader.read(news.of(cleared(inside)), lambda: replace(context(), attached=True))
        if not (judged or request.dry_run):
            return outcome
        # imported here: a night of nothing new settles nothing
        from healthstats.workflows.settling import Settling

        settling = Settling(store, request, workspace.definitions, news.known)
        judged = settling.beside_rivals(judged, lambda files: reader.read(files, context))
        news.judged_again(file.submission for file, _ in judged)
        outcome.run, readings = settling.commit(judged)
        outcome.judged = [(submission, reading) for (submission, _), reading in zip(judged, readings, strict=True)]
        if request.dry_run:
            # imported here: it brings DuckDB, which takes a tenth of a second, and which ingest does not need
            from healthstats.workflows.compare import compare

            outcome.comparison = compare(workspace, outcome.judged, staging)
    _count_replaced(outcome, store, news.known)
    if request.propose_register and not request.dry_run:
        # imported here: it is seldom asked for
        from healthstats.workflows.propose import propose_facilities

        outcome.proposed = propose_facilities(workspace, readings)
    return outcome


def _context(workspace: Workspace, request: Request) -> Context:
    definitions = workspace.definitions
    facilities = NameIndex.of(definitions.facilities, definitions.aliases)
    return Context(definitions, facilities, request.hints, today=today())


def _count_replaced(outcome: Outcome, store: Store, known: dict[str, KnownSubmission]) -> None:
    """The run is committed by now: that it cannot be compared is told, and undoes nothing."""
    if not outcome.run or not known:
        return
    judged_again = any(file.submission in known for file, _ in outcome.judged)
    try:
        outcome.replaced = store.replaced(outcome.run, judged_again=judged_again)
    except HealthstatsError as error:
        outcome.uncounted = error


def newest_run(workspace: Workspace) -> int:
    """The number of the newest run, 0 where there is none yet."""
    return max((run.number for run in Store.create(workspace.data).runs()), default=0)


@dataclass(slots=True)
class _Reader:
    """Archives files and has them read."""

    store: Store
    request: Request
    progress: Progress
    staging: Path
    done: int = 0
    copies: Iterator[int] = field(default_factory=count)

    def read(self, fresh: Iterator[Arrival], context: Callable[[], Context]) -> list[tuple[Submission, Reading]]:
        """The judgement of each file, in order; all are archived by then, unless nothing is to be kept."""
        submissions: list[Submission] = []
        judged: list[tuple[Submission, Reading]] = []
        for (hints, is_large), files in groupby(fresh, key=lambda arrival: (arrival.hints, arrival.large is not None)):
            read = self._read_large if is_large else self._read_small
            for reading in read(files, submissions, replace(context(), hints=hints)):
                judged.append((submissions[len(judged)], reading))
                self.done += 1
                self.progress(self.done, judged[-1][0].name)
        return judged

    def copy(self, path: Path, limit: int) -> Copied | Refusal:
        """A large file, copied to staging."""
        return self.store.copy(path, limit, self.staging / str(next(self.copies)))

    def set_down(self, data: bytes) -> Path:
        """A large file out of a container, written to staging."""
        path = self.staging / str(next(self.copies))
        self.store.set_down(data, path)
        return path

    def _read_small(
        self, files: Iterable[Arrival], submissions: list[Submission], context: Context
    ) -> Iterator[Reading]:
        sent = _archived(self.store, files, submissions, keep=not self.request.dry_run)
        return read_all(sent, context, self.request.workers)

    def _read_large(
        self, files: Iterable[Arrival], submissions: list[Submission], context: Context
    ) -> Iterator[Reading]:
        """Each is archived while it is read: our copy becomes the archive's."""
        # imported here: it brings what reads columns, and there is seldom a large file
        from healthstats.intake.large.reading import read_large

        for arrival in files:
            assert arrival.large is not None
            submission = _submission(arrival, arrival.large.stat().st_size, "csv")
            submissions.append(submission)
            keep = partial(self.store.archive_copy, submission, arrival.large)
            meanwhile = (lambda: None) if self.request.dry_run else keep
            try:
                reading = read_large(submission.name, arrival.large, context, self.staging, meanwhile)
            except OSError as error:
                reason = error.strerror or str(error)
                raise StorageFailure("storage_refused", path=self.staging, reason=reason) from error
            yield reading


def _opened(mail: Submission, reading: Reading, received: Received) -> tuple[Submission, Reading]:
    """A container as it is recorded, once what it holds is taken out; any other file as it is."""
    if not (reading.attachments or reading.sent_at):
        return mail, reading
    received_at = mailed_at(mail.received_at, reading.sent_at, received)
    return replace(mail, received_at=received_at), replace(reading, attachments=())


def _asked_for(workspace: Workspace, request: Request, news: News, copy: Copy) -> Iterator[Arrival | Refused]:
    if request.paths or not (request.retry or request.decisions):
        yield from cleared(arrivals(request.paths or (workspace.inbox,), request.received, copy))
        return
    for submission, before in news.wanted():
        yield from_archive(workspace.store, submission, before)


def _archived(
    store: Store, fresh: Iterable[Arrival], submissions: list[Submission], *, keep: bool
) -> Iterator[tuple[str, bytes]]:
    """Hands the bytes on at once, and archives them in batches while the workers read: before anything is committed
    all of them are safe."""
    # imported here: a night of nothing new looks into no file
    from healthstats.intake.formats.media import sniff

    batch: list[tuple[Submission, bytes]] = []
    size = 0
    with ThreadPoolExecutor(1) as beside:
        kept: Future[None] | None = None
        for arrival in fresh:
            submission = _submission(arrival, len(arrival.data), sniff(arrival.data).kind)
            submissions.append(submission)
            if keep:
                batch.append((submission, arrival.data))
                size += len(arrival.data)
            yield submission.name, arrival.data
            if len(batch) == ARCHIVE_BATCH or size > ARCHIVE_BYTES:
                # one batch at a time waits for the disk: what is on its way there is held in memory
                if kept:
                    kept.result()
                kept = beside.submit(store.archive, batch)
                batch, size = [], 0
                # while the workers read: what a run is written with would else be waited for when they are done
                import_module("healthstats.store.columns")
                import_module("healthstats.intake.mistakes")
        if kept:
            kept.result()
        store.archive(batch)


def _submission(arrival: Arrival, size: int, media: str) -> Submission:
    return Submission(
        submission=arrival.submission,
        name=arrival.name,
        size=size,
        received_at=arrival.received_at,
        media=media,
        hints=arrival.hints.to_text(),
    )
