"""Mistakes that sums do not catch: what came, judged against what is stored and against what came with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Element
from healthstats.domain.finding import Finding
from healthstats.domain.form import Form
from healthstats.domain.mistake import Thresholds
from healthstats.domain.reading import Reading
from healthstats.intake.mistakes.came import Came, month_code
from healthstats.intake.mistakes.carried import judge_carried
from healthstats.intake.mistakes.copies import judge_copies
from healthstats.intake.mistakes.cube import Cube, cubes
from healthstats.intake.mistakes.decrease import judge_decreases
from healthstats.intake.mistakes.exchange import judge_exchanges
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.items import judge_items
from healthstats.intake.mistakes.level import usual
from healthstats.intake.mistakes.magnitude import judge_cells, judge_reports
from healthstats.intake.mistakes.parts import judge_parts
from healthstats.intake.mistakes.running import judge_running
from healthstats.intake.mistakes.told import told
from healthstats.intake.mistakes.years import judge_years
from healthstats.store.history import Asked, History

__all__ = ["Question", "question"]
_BACK, _AHEAD = 25, 25


@dataclass(frozen=True, slots=True)
class Question:
    """What came, and which stored figures it is to be judged against."""

    came: Came
    definitions: Definitions
    thresholds: Thresholds
    forms: tuple[tuple[Form, tuple[str, ...]], ...]
    asked: Asked

    def answer(self, history: History | None, today: date) -> list[Reading]:
        """The readings with what the rules of `mistakes.toml` find in them: warnings, unless the form raises them."""
        came, elements = self.came, dict(self.definitions.elements)
        found: list[list[Finding]] = [[] for _ in came.readings]
        for cube in cubes(came, self.forms, history, self.asked.facilities):
            judged = _judged(cube, self.thresholds, elements, today)
            for file, finding in told(judged, came, self.definitions.areas):
                found[file].append(finding)
        return [
            replace(reading, findings=(*reading.findings, *new)) if new else reading
            for reading, new in zip(came.readings, found, strict=True)
        ]


def question(readings: Sequence[Reading], definitions: Definitions, judged: Sequence[str]) -> Question | None:
    """None where nobody's month came: `judged` are the submissions in hand."""
    if definitions.mistakes is None:
        return None
    forms = definitions.forms
    came = Came(readings)
    wanted = came.asked(forms)
    if not wanted.any():
        return None
    months = came.months[wanted]
    codes = sorted(set(compress(came.said("form"), wanted)))
    of = tuple((forms[code], _elements(definitions, forms[code].history_of or code)) for code in codes)
    asked = Asked(
        facilities=sorted(set(compress(came.owners, wanted))),
        elements=[element for _, elements in of for element in elements],
        first=month_code(max(int(months.min()) - _BACK, 0)),
        last=month_code(int(months.max()) + _AHEAD),
        judged=judged,
    )
    return Question(came, definitions, definitions.mistakes, of, asked)


def _elements(definitions: Definitions, form: str) -> tuple[str, ...]:
    return tuple(code for code, element in definitions.elements.items() if element.form == form)


def _judged(cube: Cube, thresholds: Thresholds, elements: dict[str, Element], today: date) -> Judged:
    judged = Judged.of(cube, thresholds, elements)
    judge_copies(judged)
    judge_carried(judged)
    judge_years(judged, today.year * 12 + today.month - 2)
    accumulates = max((edition.accumulates for edition in cube.form.editions), key=("none", "year", "ever").index)
    judge_decreases(judged, accumulates)
    if accumulates == "none":
        for first in _years(judged):
            _judge_year(judged, first)
    return judged


def _years(judged: Judged) -> list[int]:
    """The Januaries of the years in which something came."""
    months = judged.cube.values.shape[1]
    return [first for first in range(0, months, 12) if judged.open[:, first : first + 12].any()]


def _judge_year(judged: Judged, first: int) -> None:
    year = usual(judged.cube, first, judged.flows, judged.thresholds)
    if judged.cube.form.row == "area":
        # what an epidemic does to a whole province looks like a running total
        judge_exchanges(judged, year)
        judge_items(judged, year)
        judge_parts(judged, year)
        judge_cells(judged, year)
        return
    running = judge_running(judged, year)
    judge_reports(judged, year)
    judge_exchanges(judged, year)
    judge_items(judged, year)
    judge_parts(judged, year)
    judge_cells(judged, year, running)
