"""What persons decided of findings, over all runs."""

from __future__ import annotations

from collections.abc import Sequence

from healthstats.domain.decision import Decision
from healthstats.domain.reading import SCALE
from healthstats.store.known import read_columns
from healthstats.store.runs import Run
from healthstats.store.schema import OPTIONAL

TABLE = "decisions"
COLUMNS = list(OPTIONAL[TABLE])
NEVER_NULL = ("sheet", "cell", "who", "reason", "form", "item", "text", "against")


def read_decisions(runs: Sequence[Run]) -> list[Decision]:
    """In the order in which they were taken; most runs have none."""
    found = []
    for run in runs:
        if TABLE not in run.tables:
            continue
        for row in zip(*read_columns(run.tables[TABLE], COLUMNS), strict=True):
            said = dict(zip(COLUMNS, row, strict=True))
            value = said["value"]
            blank = {name: said[name] or "" for name in NEVER_NULL}
            found.append(Decision(**{**said, **blank, "value": None if value is None else int(value * SCALE)}))
    return found
