"""verify: is what lies on disk what was committed?"""

from __future__ import annotations

from dataclasses import dataclass

from healthstats.store.verify import Problem, verify_store
from healthstats.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and what was found; leftovers of a killed run are told and harmless."""

    runs: int
    submissions: int
    problems: tuple[Problem, ...]

    @property
    def damaged(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.harmless)
