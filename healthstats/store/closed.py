"""Files that wait for nobody any more, because a person said so."""

from __future__ import annotations

import json
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
    asked, passed, standing = set[Place](), set[tuple[Place, str]](), set[Place]()
    for run in runs:
        mine = {submission for submission in decided if latest[submission] == run.number}
        if not mine:
            continue
        findings = read_columns(run.tables["findings"], [*PLACE, "severity", "code", "params"])
        for submission, sheet, facility, period, severity, code, params in zip(*findings, strict=True):
            place = (submission, sheet or "", facility, period)
            if submission in mine and severity == "error":
                asked.add(place)
            elif submission in mine and code == "PASSED_OVER":
                said = json.loads(params)
                passed.add((place, f"{said['form']} {said['facility']}" if "form" in said else ""))
        reports = read_columns(run.tables["reports"], [*PLACE, "form", "area", "cells_accepted"])
        for submission, sheet, facility, period, form, area, cells in zip(*reports, strict=True):
            place = (submission, sheet or "", facility, period)
            # older versions do not say of which form a report was passed over
            put_aside = {(place, f"{form} {facility or area}"), (place, "")} & passed
            if submission in mine and (cells or not put_aside):
                # what a file says under another form is still asked about
                standing.add(place)
    settled = {place for place, _ in passed} - standing
    return frozenset(decided - {submission for submission, *_ in asked - settled})
