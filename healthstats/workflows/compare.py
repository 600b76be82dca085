"""ingest --dry-run: how the figures judged now differ from those stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from healthstats.domain.reading import SCALE, Reading, Report, Submission
from healthstats.workflows.marts import warehouse
from healthstats.workflows.workspace import Workspace

Key = tuple[str, str, str, str, str]
STORED = """
select coalesce(facility, area), form, period, element, item, value
from current_observations
where value is not null and period in (select unnest(?))
"""


@dataclass(slots=True)
class Comparison:
    """Accepted cells that are new, that say what is stored, that change it (key, stored, now), and stored ones that a
    whole report no longer holds. A report whose declared revision is below the stored one changes nothing."""

    new: int = 0
    same: int = 0
    changed: list[tuple[Key, Decimal, Decimal]] = field(default_factory=list)
    lost: list[tuple[Key, Decimal]] = field(default_factory=list)


def compare(workspace: Workspace, judged: Iterable[tuple[Submission, Reading]]) -> Comparison:
    """Every accepted cell of `judged` against the stored figure of the same key."""
    declared = workspace.store.declared_revisions()
    now: dict[Key, Decimal] = {}
    whole: set[Key] = set()
    for _, reading in judged:
        for report, key, value in _accepted(reading):
            if report.declared_revision >= declared.get((report.form, report.facility, report.area, report.period), 0):
                now[key] = value
                if report.replaces == "report":
                    whole.add((*key[:3], "", ""))
    stored = _stored(workspace, sorted({key[2] for key in now}))
    comparison = Comparison()
    for key, value in sorted(now.items()):
        before = stored.get(key)
        if before is None:
            comparison.new += 1
        elif before == value:
            comparison.same += 1
        else:
            comparison.changed.append((key, before, value))
    comparison.lost = sorted(
        (key, value) for key, value in stored.items() if (*key[:3], "", "") in whole and key not in now
    )
    return comparison


def _stored(workspace: Workspace, periods: list[str]) -> dict[Key, Decimal]:
    if not workspace.store.runs():
        return {}
    with warehouse(workspace, read=("current_observations",)) as connection:
        rows = connection.execute(STORED, [periods]).fetchall()
    return {(place, form, period, element, item): value for place, form, period, element, item, value in rows}


def _accepted(reading: Reading) -> Iterable[tuple[Report, Key, Decimal]]:
    cells = reading.observations
    for place, accepted in enumerate(cells.accepted):
        if accepted:
            report = reading.reports[cells.report[place]]
            owner, element = report.facility or report.area or "", reading.elements[cells.element[place]]
            key = (owner, report.form, report.period, element, cells.item.get(place, ""))
            yield report, key, Decimal(cells.value[place]) / SCALE
