"""Files that wait for nobody any more, because a person said so."""

from __future__ import annotations

from collections.abc import Sequence

from healthstats.domain.decision import ASIDE
from healthstats.store.decisions import read_decisions
from healthstats.store.known import latest_runs, read_columns
from healthstats.store.runs import Run

PLACE = ["submission", "sheet", "facility", "period"]
Place = tuple[str, str, str | None, str | None]


def closed(runs: Sequence[Run]) -> frozenset[str]:
    """The submissions closed, or passed over for another, whose latest judgement asks nothing else."""
    decided = {one.submission for one in read_decisions(runs) if one.decision in ASIDE}
    latest = latest_runs(runs) if decided else {}
    asked, passed, counted = set[Place](), set[Place](), set[Place]()
    for run in runs:
        mine = {submission for submission in decided if latest[submission] == run.number}
        if not mine:
            continue
        findings = read_columns(run.tables["findings"], [*PLACE, "severity", "code"])
        for submission, sheet, facility, period, severity, code in zip(*findings, strict=True):
            if submission in mine and severity == "error":
                asked.add((submission, sheet or "", facility, period))
            elif submission in mine and code == "PASSED_OVER":
                passed.add((submission, sheet or "", facility, period))
        reports = read_columns(run.tables["reports"], [*PLACE, "cells_accepted"])
        for submission, sheet, facility, period, cells in zip(*reports, strict=True):
            if submission in mine and cells:
                # what a file says under another form counts, and is still asked about
                counted.add((submission, sheet or "", facility, period))
    return frozenset(decided - {submission for submission, *_ in asked - (passed - counted)})
