"""A figure ten, a hundred or a thousand times too large or too small, or one that runs on since January."""

from __future__ import annotations

import numpy as np

from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Usual
from healthstats.intake.mistakes.running import Running

_TEN = float(np.log(10))
_POWERS = 3
_THOUSAND = 3
_LEAST = 0.6
"""What is less than twice the usual, or more than half of it, is nobody's slip (on the scale of logarithms)."""


def judge_reports(judged: Judged, year: Usual) -> None:
    """SCALE_OF_REPORT: every flow of a report in another unit. A facility that all but closed is no mistake: downwards
    only a report in thousands is asked for."""
    limits = judged.thresholds
    size = np.nan_to_num(year.busy)
    power = np.rint(size / _TEN).astype(int)
    near = np.abs(size - power * _TEN) < np.log1p(limits.scale_tolerance_pct / 100)
    far = np.abs(size) > limits.scale_deviations * year.busy_spread[:, None]
    wanted = near & far & (((power >= 1) & (power <= _POWERS)) | (power == -_THOUSAND))
    for row, month in zip(*np.nonzero(wanted), strict=True):
        place = (int(row), year.first + int(month))
        if judged.open[place].any():
            judged.report("SCALE_OF_REPORT", place, says=_times(int(power[row, month])))


def judge_cells(judged: Judged, year: Usual, running: Running) -> None:
    """SCALE, or CUMULATIVE_CELL, whichever fits."""
    limits, months = judged.thresholds, slice(year.first, year.first + year.said.shape[1])
    off, values = np.nan_to_num(year.off), judged.cube.values[:, months]
    far = judged.open[:, months] & (np.abs(off) > limits.scale_deviations * np.nan_to_num(year.spread, nan=np.inf))
    far &= (values > 0) & (np.abs(off) > _LEAST)
    usual = np.exp(np.nan_to_num(year.usual, nan=0.0))
    # where a zero is usual, a machine was bought
    far &= (np.maximum(values / SCALE, usual) >= limits.smallest_value) & (usual >= limits.smallest_value / 10)
    with np.errstate(invalid="ignore"):
        runs_to = np.where(judged.flows, np.log1p(running.before / usual), np.nan)
    for at in zip(*np.nonzero(far), strict=True):
        place, element = (int(at[0]), year.first + int(at[1])), int(at[2])
        distance, value = float(off[at]), judged.value((int(at[0]), year.first + int(at[1])), element)
        power = round(distance / _TEN)
        scaled = 1 <= abs(power) <= _POWERS and abs(distance - power * _TEN) < np.log1p(
            limits.scale_tolerance_pct / 100
        )
        runs = runs_to[at] > _LEAST and abs(distance - runs_to[at]) < np.log1p(limits.running_tolerance_pct / 100)
        said = (("value", value), ("usual", round(float(usual[at])) * SCALE))
        # a zero too many shows at the end of the figure
        if runs and not (scaled and value % (SCALE * 10) == 0):
            judged.cells("CUMULATIVE_CELL", place, [element], values=said)
        elif scaled:
            times = _times(power)
            judged.cells("SCALE", place, [element], values=said, suggestion=_rescaled(value, power), says=times)


def _times(power: int) -> tuple[tuple[str, str | int], ...]:
    return (("factor", ("×" if power > 0 else "÷") + str(10 ** abs(power))),)


def _rescaled(value: int, power: int) -> int | None:
    """None where a whole number would not come back: what was lost is not known."""
    whole = int(10 ** abs(power))
    if power < 0:
        return value * whole
    return value // whole if value % (SCALE * whole) == 0 else None
