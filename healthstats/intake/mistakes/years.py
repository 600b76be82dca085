"""A wrong year in the title: another year's report is there already, and the year that was meant is missing."""

from __future__ import annotations

import numpy as np

from healthstats.intake.mistakes.came import Ints
from healthstats.intake.mistakes.cube import Flags
from healthstats.intake.mistakes.hits import Judged

_MEANT = (12, 24, -12)
"""How many months from the month named the month meant may lie, the likeliest first."""
_NEAR = 3
_ALIKE = 20
"""Within a twentieth of each other two figures are near."""


def judge_years(judged: Judged, newest: int) -> None:
    """YEAR_IN_TITLE; `newest` is the last month that may have been reported, since year 0."""
    cube, before = judged.cube, judged.cube.before
    if cube.items or not before or not before["known"].any():
        return
    series, months, elements = before["at"]
    now, then = cube.values[before["at"]], before["values"]
    asked = before["known"] & judged.flows[elements] & ((now > 0) | (then > 0))
    compared, differ, far = (
        _counted(cube.report.shape, series[some], months[some])
        for some in (asked, asked & (now != then), asked & (np.abs(now - then) * _ALIKE > np.maximum(now, then)))
    )
    limits = judged.thresholds
    wrong = (compared >= limits.copied_cells) & (differ * 100 >= compared * limits.year_changed_pct)
    wrong &= far * 100 >= compared * limits.year_far_pct
    there: Flags = np.any(cube.known, axis=2)
    for row, month in zip(*np.nonzero(wrong), strict=True):
        meant = next(
            (m for apart in _MEANT if _missing(there[row], m := int(month) + apart, newest - cube.first)), None
        )
        if meant is not None and judged.open[row, month].any():
            judged.report("YEAR_IN_TITLE", (int(row), int(month)), other=meant)


def _counted(shape: tuple[int, ...], series: Ints, months: Ints) -> Ints:
    counts = np.zeros(shape, np.int64)
    np.add.at(counts, (series, months), 1)
    return counts


def _missing(there: Flags, month: int, newest: int) -> bool:
    """Not reported though a month shortly before or after is, and over by now."""
    if not 0 <= month <= newest or (month < len(there) and there[month]):
        return False
    return bool(there[max(month - _NEAR, 0) : month + _NEAR + 1].any())
