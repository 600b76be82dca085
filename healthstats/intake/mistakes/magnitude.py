"""A figure ten, a hundred or a thousand times too large or too small, or one that runs on since January."""

from __future__ import annotations

import numpy as np

from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Usual
from healthstats.intake.mistakes.running import Running

_TEN = float(np.log(10))
_POWERS = 3
_THOUSAND = 3


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
    """SCALE, or CUMULATIVE_IN_MONTHLY of one cell, whichever fits better."""
    limits, months = judged.thresholds, slice(year.first, year.first + year.said.shape[1])
    off = np.nan_to_num(year.off)
    far = judged.open[:, months] & (np.abs(off) > limits.scale_deviations * np.nan_to_num(year.spread, nan=np.inf))
    far &= judged.cube.values[:, months] > 0
    for row, month, element in zip(*np.nonzero(far & (np.abs(off) > np.log(1.8))), strict=True):
        at, place = (row, month, element), (int(row), year.first + int(month))
        distance = float(off[at])
        power = round(distance / _TEN)
        scaled = abs(distance - power * _TEN) if 1 <= abs(power) <= _POWERS else np.inf
        runs = abs(distance - running.above[at]) if judged.flows[element] and running.above[at] > 0.6 else np.inf
        value = judged.value(place, int(element))
        usual = round(float(np.exp(year.usual[at])))
        if runs < min(scaled, np.log1p(limits.running_tolerance_pct / 100)):
            judged.cells("CUMULATIVE_CELL", place, [int(element)], values=(("value", value), ("usual", usual * 10_000)))
        elif scaled < np.log1p(limits.scale_tolerance_pct / 100):
            judged.cells(
                "SCALE", place, [int(element)],
                values=(("value", value), ("usual", usual * 10_000)),
                suggestion=_rescaled(value, power), says=_times(power),
            )  # fmt: skip


def _times(power: int) -> tuple[tuple[str, str | int], ...]:
    return (("factor", ("×" if power > 0 else "÷") + str(10 ** abs(power))),)


def _rescaled(value: int, power: int) -> int | None:
    """None where a whole number would not come back: what was lost is not known."""
    whole = int(10 ** abs(power))
    if power < 0:
        return value * whole
    return value // whole if value % (10_000 * whole) == 0 else None
