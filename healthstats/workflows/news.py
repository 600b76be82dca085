"""What an ingest was asked, what of it is news, and what became of every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from healthstats.domain.decision import Decision
from healthstats.domain.reading import CellCounts, Reading, Submission, UnknownFacility
from healthstats.intake import Hints
from healthstats.intake.formats.media import BOOKS, CONTAINERS
from healthstats.store import KnownSubmission
from healthstats.workflows.arrivals import NO_HINTS, Arrival, Received, Refused

if TYPE_CHECKING:
    from healthstats.errors import HealthstatsError
    from healthstats.store.replaced import Replaced
    from healthstats.workflows.compare import Comparison

READ = (*BOOKS, "csv")


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for; no paths means the inbox, or with `retry` or `decisions` the archive."""

    paths: tuple[Path, ...] = ()
    hints: Hints = NO_HINTS
    received: Received = None
    dry_run: bool = False
    retry: bool = False
    propose_register: bool = False
    propose_form: bool = False
    workers: int | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def decided(self) -> frozenset[str]:
        """The submissions that new decisions are about: they are judged again, whatever their verdict."""
        return frozenset(decision.submission for decision in self.decisions)


@dataclass(slots=True)
class Outcome:
    """What became of every file: judged in `run` (None: nothing committed), known from an earlier run, the same as
    another of this run (name, that one's name), or refused. `replaced` is what the run took away of the figures stored
    before it; `uncounted`, why that could not be counted."""

    run: int | None = None
    judged: list[tuple[Submission, Reading]] = field(default_factory=list)
    repeated: list[tuple[str, KnownSubmission]] = field(default_factory=list)
    twins: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    proposed: list[UnknownFacility] = field(default_factory=list)
    comparison: Comparison | None = None
    replaced: Replaced | None = None
    uncounted: HealthstatsError | None = None

    @property
    def counts(self) -> CellCounts:
        total = CellCounts()
        for _, reading in self.judged:
            total.add(reading.counts)
        return total


@dataclass(slots=True)
class News:
    """Tells what has to be judged: bytes never seen, and bytes not accepted that are to be judged again."""

    known: dict[str, KnownSubmission]
    judgement: str
    request: Request
    outcome: Outcome
    closed: frozenset[str] = frozenset()
    taken: dict[str, str] = field(default_factory=dict)

    def of(self, files: Iterable[Arrival | Refused]) -> Iterator[Arrival]:
        """The files to judge, each with what was ever said of it; the others are entered in the outcome."""
        for arrival in files:
            if isinstance(arrival, Refused):
                self.outcome.refused.append(arrival)
                continue
            if arrival.submission in self.taken:
                self.outcome.twins.append((arrival.name, self.taken[arrival.submission]))
                continue
            before = self.known.get(arrival.submission)
            if (
                before
                and arrival.submission not in self.request.decided
                and not self._again(arrival.submission, before)
            ):
                self.outcome.repeated.append((arrival.name, before))
                continue
            self.taken[arrival.submission] = arrival.name
            yield replace(arrival, hints=self._hints(before))

    def judged_again(self, submissions: Iterable[str]) -> None:
        """Files that were known, and are judged all the same beside a rival: of them it is not told that nothing was
        done."""
        again = {id(self.known[submission]) for submission in submissions if submission in self.known}
        self.outcome.repeated = [one for one in self.outcome.repeated if id(one[1]) not in again]

    def is_to_record(self, submission: Submission) -> bool:
        """A container that was opened before is opened again for what in it waits, and is not news itself."""
        before = self.known.get(submission.submission)
        decided = submission.submission in self.request.decided
        return before is None or before.verdict != "accepted" or decided

    def wanted(self) -> Iterator[tuple[str, KnownSubmission]]:
        """What of the archive is judged again: what new decisions are about, else what still waits."""
        for submission, before in self.known.items():
            waits = before.verdict != "accepted" and submission not in self.closed
            if submission in self.request.decided if self.request.decisions else waits:
                yield submission, before

    def _again(self, submission: str, before: KnownSubmission) -> bool:
        # read after all, by a changed form, its figures would count that a person put aside
        if submission in self.closed and not self.request.paths:
            return False
        waiting = before.verdict != "accepted" or before.media in CONTAINERS
        # a photo stays a photo: judged anew at each change of a register, it would end every night with exit 11
        could_change = before.media in (*READ, *CONTAINERS)
        told_more = bool(self.request.paths) and self.request.hints not in (NO_HINTS, Hints.from_text(before.hints))
        changed = before.definitions != self.judgement and could_change
        return waiting and (self.request.retry or self.request.propose_form or told_more or changed)

    def _hints(self, before: KnownSubmission | None) -> Hints:
        """What the command says of the file, else what was said when it came: a judgement must not forget it."""
        if before is None or self.request.hints != NO_HINTS:
            return self.request.hints
        return Hints.from_text(before.hints)
