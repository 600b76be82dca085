"""ingest --dry-run: how the figures judged now differ from those stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from healthstats.domain.reading import SCALE, Reading, Submission
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
    """Accepted cells that are new, that say what is stored, and that change it: (key, stored, now)."""

    new: int = 0
    same: int = 0
    changed: list[tuple[Key, Decimal, Decimal]] = field(default_factory=list)


def compare(workspace: Workspace, judged: Iterable[tuple[Submission, Reading]]) -> Comparison:
    """Every accepted cell of `judged` against the stored figure of the same key."""
    now = {key: value for _, reading in judged for key, value in _accepted(reading)}
    stored: dict[Key, Decimal] = {}
    if workspace.store.runs():
        with warehouse(workspace) as connection:
            rows = connection.execute(STORED, [sorted({key[2] for key in now})]).fetchall()
            stored = {(place, form, period, element, item): value for place, form, period, element, item, value in rows}
    comparison = Comparison()
    for key, value in sorted(now.items()):
        before = stored.get(key)
        if before is None:
            comparison.new += 1
        elif before == value:
            comparison.same += 1
        else:
            comparison.changed.append((key, before, value))
    return comparison


def _accepted(reading: Reading) -> Iterable[tuple[Key, Decimal]]:
    cells = reading.observations
    for place, accepted in enumerate(cells.accepted):
        if accepted:
            report = reading.reports[cells.report[place]]
            owner, element = report.facility or report.area or "", reading.elements[cells.element[place]]
            key = (owner, report.form, report.period, element, cells.item.get(place, ""))
            yield key, Decimal(cells.value[place]) / SCALE
