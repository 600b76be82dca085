"""verify: is what lies on disk what was committed?"""

from __future__ import annotations

from dataclasses import dataclass

from healthstats.store import Problem
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


def verify(workspace: Workspace) -> Checked:
    """Reads every byte of the store; the runs are counted only where they can be read. UnsafePlace or NewerStore where
    nothing but that is wrong."""
    problems = tuple(workspace.store.verify())
    harmful = {problem.what for problem in problems if not problem.harmless}
    if harmful - {"run_unreadable"}:
        return Checked(0, 0, problems)
    return Checked(len(workspace.store.runs()), len(workspace.store.known_submissions()), problems)
