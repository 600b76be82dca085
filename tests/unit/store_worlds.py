"""Submissions and readings small enough to check by eye, for the tests of the store."""

from __future__ import annotations

import hashlib
from datetime import datetime

from healthstats.domain.finding import Finding
from healthstats.domain.reading import CellCounts, Observations, Reading, Report, Submission

DEFINITIONS = "d" * 16


def submission(text: str, name: str = "a.csv", received: datetime = datetime(2024, 1, 5, 8, 30)) -> Submission:
    data = text.encode()
    return Submission(hashlib.sha256(data).hexdigest(), name, len(data), received, "csv")


def reading(
    values: dict[str, list[int | None]],
    *,
    revision: int = 0,
    rejected: int = 0,
    findings: tuple[Finding, ...] = (),
) -> Reading:
    """One report of 2023-01 a facility, on the rows from 1; its values under outpatient_visits, inpatient_stays;
    None is a quarantined cell that held `?`."""
    cells = Observations()
    for report, row in enumerate(values.values()):
        for element, value in enumerate(row):
            cells.report.append(report)
            cells.element.append(element)
            cells.value.append(0 if value is None else value * 10_000)
            cells.accepted.append(value is not None)
            cells.row.append(report + 1)
            cells.column.append(element + 3)
            if value is None:
                cells.text[len(cells) - 1] = "?"
    accepted = sum(cells.accepted)
    return Reading(
        media="csv",
        reports=tuple(Report("bieu9", "2023", code, None, "2023-01", "T1", revision) for code in values),
        elements=("outpatient_visits", "inpatient_stays"),
        observations=cells,
        findings=findings,
        counts=CellCounts(len(cells) + rejected, accepted, len(cells) - accepted, rejected),
    )
