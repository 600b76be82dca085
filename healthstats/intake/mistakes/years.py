"""A wrong year in the title: another year's report is there already, and the year that was meant is missing."""

from __future__ import annotations

import numpy as np

from healthstats.intake.mistakes.cube import Flags
from healthstats.intake.mistakes.hits import Judged

_MEANT = (12, 24, -12)
"""How many months from the month named the month meant may lie, the likeliest first."""
_ALIKE = 20
"""A cell within a twentieth of what it was is a correction, not another year's figure."""


def judge_years(judged: Judged, newest: int) -> None:
    """YEAR_IN_TITLE; `newest` is the last month that may have been reported, since year 0."""
    cube, before = judged.cube, judged.cube.before
    if cube.items or not before["known"].any():
        return
    series, months, elements = before["at"]
    now, then = cube.values[before["at"]], before["values"]
    asked = before["known"] & judged.flows[elements] & ((now > 0) | (then > 0))
    other = asked & (np.abs(now - then) * _ALIKE > np.maximum(now, then))
    shape = cube.report.shape
    compared, differ = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    np.add.at(compared, (series[asked], months[asked]), 1)
    np.add.at(differ, (series[other], months[other]), 1)
    thresholds = judged.thresholds
    wrong = (compared >= thresholds.copied_cells) & (differ * 100 >= compared * thresholds.year_changed_pct)
    there: Flags = np.any(cube.known, axis=2)
    for row, month in zip(*np.nonzero(wrong), strict=True):
        meant = next(
            (m for apart in _MEANT if _missing(there[row], m := int(month) + apart, newest - cube.first)), None
        )
        if meant is not None and judged.open[row, month].any():
            judged.report("YEAR_IN_TITLE", (int(row), int(month)), other=meant)


def _missing(there: Flags, month: int, newest: int) -> bool:
    """Not reported though a neighbour is, and over by now."""
    if not 0 <= month <= newest or (month < len(there) and there[month]):
        return False
    return bool(there[max(month - 1, 0) : month + 2].any())
