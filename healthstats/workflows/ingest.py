"""ingest: submissions in, one run committed whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from itertools import count, groupby
from pathlib import Path

from healthstats.domain.definitions import Definitions
from healthstats.domain.reading import Reading, Submission
from healthstats.errors import HealthstatsError, StorageFailure, UsageError
from healthstats.intake import Context, NameIndex, read_all, settle
from healthstats.intake.formats.media import sniff
from healthstats.intake.judging.answers import Decisions
from healthstats.intake.judging.decided import Answers
from healthstats.store import Copied, KnownSubmission, Refusal, Store
from healthstats.words.mistakes import OVER_HISTORY, OVER_STORED
from healthstats.workflows.again import Judged, beside_rivals, from_archive
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
from healthstats.workflows.propose import propose_facilities
from healthstats.workflows.workspace import Workspace

ARCHIVE_BATCH, ARCHIVE_BYTES = 256, 256 << 20
Progress = Callable[[int, str], None]


def ingest(workspace: Workspace, request: Request, progress: Progress = lambda done, name: None) -> Outcome:
    """Reads, judges, archives and commits; with `dry_run` judges and compares only."""
    definitions, outcome = workspace.definitions, Outcome()
    if request.retry and not request.paths and request.hints != NO_HINTS:
        raise UsageError("hints_need_paths")
    # a fresh clone is a workspace whose store is not made yet
    store = Store.create(workspace.data)
    facilities = NameIndex.of(definitions.facilities, definitions.aliases)
    context = Context(definitions, facilities, request.hints, today=today())
    with nullcontext() if request.dry_run else store.lock(), store.staging() as staging:
        if not request.dry_run:
            store.check_newest()
        news = News(store.known_submissions(), definitions.judgement, request, outcome, store.closed())
        reader = _Reader(store, request, progress, staging)
        judged = reader.read(news.of(_asked_for(workspace, request, news, reader.copy)), context)
        inside = [
            arrival
            for mail, reading in judged
            for arrival in attached(mail, reading.attachments, request.received, reader.set_down)
        ]
        judged = [_opened(mail, reading, request.received) for mail, reading in judged if news.is_to_record(mail)]
        judged += reader.read(news.of(cleared(inside)), replace(context, attached=True))
        decisions = Decisions.of([*store.decisions(), *request.decisions])
        answers_of = partial(Answers, decisions=decisions, elements=definitions.elements)
        judged = beside_rivals(
            judged,
            store,
            news.known,
            lambda code, reading: answers_of(code).put_aside(reading),
            lambda files: reader.read(files, context),
        )
        news.judged_again(file.submission for file, _ in judged)
        answers = {file.submission: answers_of(file.submission) for file, _ in judged}
        settled = _settled(judged, answers, news.known, store)
        with ThreadPoolExecutor(1) as beside:
            asked = beside.submit(_questioned, settled, answers, store, definitions)
            # what history says seldom changes a figure: they are written meanwhile
            if _may_change(settled, answers, definitions, bool(news.known)):
                wait([asked])
            if settled and not request.dry_run:
                outcome.run = _commit(store, request, definitions, (settled, answers, asked))
            readings = asked.result()
        outcome.judged = [(submission, reading) for (submission, _), reading in zip(judged, readings, strict=True)]
        if request.dry_run:
            # imported here: it brings DuckDB, which takes a tenth of a second, and which ingest does not need
            from healthstats.workflows.compare import compare

            outcome.comparison = compare(workspace, outcome.judged, staging)
    _count_replaced(outcome, store, news.known)
    if request.propose_register and not request.dry_run:
        outcome.proposed = propose_facilities(workspace, readings)
    return outcome


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


def _settled(judged: Judged, answers: dict[str, Answers], known: dict[str, KnownSubmission], store: Store) -> Judged:
    """What was judged, settled against each other and what is stored, with the decisions on it carried out."""
    codes = [file.submission for file, _ in judged]
    for code, (_, reading) in zip(codes, judged, strict=True):
        answers[code].carry_out(reading)
    again = {place: known[code].first_run for place, code in enumerate(codes) if code in known}
    aside = {place: answers[code].put_aside(judged[place][1]) for place, code in enumerate(codes)}
    settled = settle([(file.name, reading) for file, reading in judged], store.declared_revisions(), again, aside)
    return [(file, reading) for (file, _), reading in zip(judged, settled, strict=True)]


def _may_change(settled: Judged, answers: dict[str, Answers], definitions: Definitions, is_stored: bool) -> bool:
    """Whether a figure may still change by what history says of it: by a decision, or where a form raises a rule that
    can speak already."""
    said = (each for form in definitions.forms.values() for each in form.severities)
    raised = {code for code, severity in said if severity == "error" and code in OVER_HISTORY}
    return bool(raised if is_stored else raised.difference(OVER_STORED)) or any(
        answers[file.submission].may_change(reading) for file, reading in settled
    )


def _questioned(settled: Judged, answers: dict[str, Answers], store: Store, definitions: Definitions) -> list[Reading]:
    """The readings judged against what is stored as well, every decision carried out; a night without a facility's
    month loads no history."""
    codes, before = [file.submission for file, _ in settled], [reading for _, reading in settled]
    if not settled:
        return before
    # imported here: a night on which nothing new came in must not wait for the rules
    from healthstats.intake.mistakes import question

    asked = question(before, definitions, codes)
    readings = asked.answer(store.history(asked.asked), today()) if asked else before
    for code, one, reading in zip(codes, before, readings, strict=True):
        answers[code].carry_out(reading, since=len(one.findings))
        answers[code].hold(reading, since=len(one.findings))
    return [answers[code].told(reading) for code, reading in zip(codes, readings, strict=True)]


def _commit(
    store: Store,
    request: Request,
    definitions: Definitions,
    found: tuple[Judged, dict[str, Answers], Future[list[Reading]]],
) -> int:
    """The number of the run; its findings are waited for when all else is written."""
    # imported here: it brings numpy and pyarrow, which a night of nothing new must not wait for
    from healthstats.store import decisions_table, run_tables

    settled, answers, asked = found
    tables = run_tables(settled, definitions.judgement, lambda: [reading.findings for reading in asked.result()])
    complete = [answers[one.submission].complete(one) for one in request.decisions]
    made = {"decisions": decisions_table(complete)} if complete else {}
    return store.commit({**tables, **made}).number


@dataclass(slots=True)
class _Reader:
    """Archives files and has them read."""

    store: Store
    request: Request
    progress: Progress
    staging: Path
    done: int = 0
    copies: Iterator[int] = field(default_factory=count)

    def read(self, fresh: Iterator[Arrival], context: Context) -> list[tuple[Submission, Reading]]:
        """The judgement of each file, in order; all are archived by then, unless nothing is to be kept."""
        submissions: list[Submission] = []
        judged: list[tuple[Submission, Reading]] = []
        for (hints, is_large), files in groupby(fresh, key=lambda arrival: (arrival.hints, arrival.large is not None)):
            read = self._read_large if is_large else self._read_small
            for reading in read(files, submissions, replace(context, hints=hints)):
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
