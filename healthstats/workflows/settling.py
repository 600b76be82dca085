"""What came in a run, judged together: against what was decided, each other and what is stored; then committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property

from healthstats.domain.definitions import Definitions
from healthstats.domain.reading import Reading
from healthstats.intake import settle
from healthstats.intake.judging.answers import Decisions
from healthstats.intake.judging.decided import Answers
from healthstats.store import KnownSubmission, Store
from healthstats.words.mistakes import OVER_HISTORY, OVER_STORED
from healthstats.workflows.again import Judged, beside_rivals
from healthstats.workflows.arrivals import Arrival, today
from healthstats.workflows.news import Request


@dataclass(frozen=True)
class Settling:
    """`known` are the submissions of the runs before."""

    store: Store
    request: Request
    definitions: Definitions
    known: Mapping[str, KnownSubmission]

    def beside_rivals(self, judged: Judged, read: Callable[[Iterator[Arrival]], Judged]) -> Judged:
        """With every stored file that has to be judged with these."""
        return beside_rivals(
            judged, self.store, self.known, lambda code, reading: self._answers(code).put_aside(reading), read
        )

    def commit(self, judged: Judged) -> tuple[int | None, list[Reading]]:
        """The number of the run, and the readings as it holds them; without a run where nothing was judged, or all is
        only tried."""
        answers = {file.submission: self._answers(file.submission) for file, _ in judged}
        settled = self._settled(judged, answers)
        run = None
        with ThreadPoolExecutor(1) as beside:
            asked = beside.submit(self._questioned, settled, answers)
            # what history says seldom changes a figure: they are written meanwhile
            if self._may_change(settled, answers):
                wait([asked])
            if settled and not self.request.dry_run:
                run = self._commit(settled, answers, asked)
            return run, asked.result()

    @cached_property
    def _decisions(self) -> Decisions:
        return Decisions.of([*self.store.decisions(), *self.request.decisions])

    def _answers(self, submission: str) -> Answers:
        return Answers(submission, self._decisions, self.definitions.elements)

    def _settled(self, judged: Judged, answers: dict[str, Answers]) -> Judged:
        """What was judged, settled against each other and what is stored, with the decisions on it carried out."""
        codes = [file.submission for file, _ in judged]
        for code, (_, reading) in zip(codes, judged, strict=True):
            answers[code].carry_out(reading)
        again = {place: self.known[code].first_run for place, code in enumerate(codes) if code in self.known}
        aside = {place: answers[code].put_aside(judged[place][1]) for place, code in enumerate(codes)}
        named = [(file.name, reading) for file, reading in judged]
        settled = settle(named, self.store.declared_revisions(), again, aside)
        return [(file, reading) for (file, _), reading in zip(judged, settled, strict=True)]

    def _may_change(self, settled: Judged, answers: dict[str, Answers]) -> bool:
        """Whether a figure may still change by what history says of it: by a decision, or where a form raises a rule
        that can speak already."""
        said = (each for form in self.definitions.forms.values() for each in form.severities)
        raised = {code for code, severity in said if severity == "error" and code in OVER_HISTORY}
        return bool(raised if self.known else raised.difference(OVER_STORED)) or any(
            answers[file.submission].may_change(reading) for file, reading in settled
        )

    def _questioned(self, settled: Judged, answers: dict[str, Answers]) -> list[Reading]:
        """The readings judged against what is stored as well, every decision carried out; a night without a
        facility's month loads no history."""
        codes, before = [file.submission for file, _ in settled], [reading for _, reading in settled]
        if not settled:
            return before
        # imported here: it brings numpy, which is loaded while the workers read
        from healthstats.intake.mistakes import question

        asked = question(before, self.definitions, codes)
        readings = asked.answer(self.store.history(asked.asked), today()) if asked else before
        for code, one, reading in zip(codes, before, readings, strict=True):
            answers[code].carry_out(reading, since=len(one.findings))
            answers[code].hold(reading, since=len(one.findings))
        return [answers[code].told(reading) for code, reading in zip(codes, readings, strict=True)]

    def _commit(self, settled: Judged, answers: dict[str, Answers], asked: Future[list[Reading]]) -> int:
        """The number of the run; its findings are waited for when all else is written."""
        # imported here: it brings numpy and pyarrow, which are loaded while the workers read
        from healthstats.store import decisions_table, run_tables

        judgement = self.definitions.judgement
        tables = run_tables(settled, judgement, lambda: [reading.findings for reading in asked.result()])
        complete = [answers[one.submission].complete(one) for one in self.request.decisions]
        made = {"decisions": decisions_table(complete)} if complete else {}
        return self.store.commit({**tables, **made}).number
