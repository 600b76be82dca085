"""What the rules said of a cube, before it is told in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.element import Element
from healthstats.domain.mistake import Thresholds
from healthstats.intake.mistakes.came import NOWHERE
from healthstats.intake.mistakes.cube import Cube

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hit:
    """`series`, `month` and `element` are places in the cube; without an element the whole report is meant. Values
    among `params` are ten-thousandths."""

    code: str
    series: int
    month: int
    element: int = NOWHERE
    suggestion: int | None = None
    elements: tuple[str, ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    other: int = NOWHERE
    says: tuple[tuple[str, str | int], ...] = ()


@dataclass(slots=True)
class Judged:
    """A cube with its hits. What is explained by one mistake is not asked for another."""

    cube: Cube
    thresholds: Thresholds
    known: dict[str, Element]
    flows: Flags
    open: Flags
    hits: list[Hit] = field(default_factory=list)

    @classmethod
    def of(cls, cube: Cube, thresholds: Thresholds, known: dict[str, Element]) -> Judged:
        flows = np.array([known[code].kind == "flow" for code in cube.elements], np.bool_)
        return cls(cube, thresholds, known, flows, cube.cell >= 0)

    def report(self, code: str, place: tuple[int, int], **said: Any) -> None:
        """A mistake of a whole report: no cell of it is asked for another."""
        self.hits.append(Hit(code, *place, **said))
        series = np.flatnonzero(self.cube.owner == self.cube.owner[place[0]]) if self.cube.items else place[0]
        self.open[series, place[1]] = False

    def cells(self, code: str, place: tuple[int, int], at: Iterable[int], **said: Any) -> None:
        """A mistake in the cells `at` of one report, told at the first of them."""
        at = list(at)
        self.hits.append(Hit(code, *place, at[0], **said))
        self.open[place[0], place[1], at] = False

    def value(self, place: tuple[int, int], element: int) -> int:
        return int(self.cube.values[place[0], place[1], element])
