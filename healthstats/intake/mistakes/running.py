"""A running total of the year where a month's own figures belong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from healthstats.domain.mistake import Thresholds
from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Floats, Usual, median

_MOST, _NEARLY = 0.75, 0.9
"""Of the telling cells of a running total so many are no less than so much of the sum so far: a month may have been
mended since."""
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Running:
    """The months before, summed: those known, and as if the others had been like them; by series × month of the year ×
    element, NaN where none is known."""

    before: Floats


def judge_running(judged: Judged, year: Usual) -> Running:
    """CUMULATIVE_IN_MONTHLY of whole reports; returns what a single cell that runs on would say."""
    cube, limits = judged.cube, judged.thresholds
    months = year.said.shape[1]
    values = cube.values[:, year.first : year.first + months] / SCALE
    known = cube.known[:, year.first : year.first + months]
    # a cell that is wrong by itself must not hide, or make, a running total of the months after it
    odd = np.abs(year.off) > limits.running_deviations * year.spread
    clean = np.where(odd, np.exp(year.usual), values)
    level = np.exp(year.level)
    telling = judged.flows & (level > limits.smallest_value / 3)
    total, seen = np.zeros(level.shape), np.zeros(level.shape)
    before = np.full((2, *values.shape), np.nan)
    for month in range(months):
        if month:
            # the months that were not reported are in it, or are not
            before[0, :, month] = np.where(seen > 0, total, np.nan)
            before[1, :, month] = np.where(seen > 0, total * month / np.maximum(seen, 1), np.nan)
            above = np.log1p(before[:, :, month] / np.maximum(level, 0.5))
            runs = _runs(year, (telling & known[:, month], values[:, month], total), above[0], month)
            runs &= _fits(year, above, telling, month, limits)
            for row in np.flatnonzero(runs & judged.open[:, year.first + month].any(1)):
                judged.report("CUMULATIVE_IN_MONTHLY", (int(row), year.first + month))
        else:
            runs = np.zeros(len(level), np.bool_)
        total = np.where(runs[:, None], values[:, month], total + np.where(known[:, month], clean[:, month], 0))
        seen = np.where(runs[:, None], month + 1, seen + known[:, month])
    return Running(before)


def _runs(
    year: Usual, cells: tuple[npt.NDArray[np.bool_], Floats, Floats], above: Floats, month: int
) -> npt.NDArray[np.bool_]:
    """Whether nearly all that is told is no less than the sum so far."""
    telling, values, total = cells
    told = (telling & ~np.isnan(above)).sum(1)
    least = (telling & (values >= total * _NEARLY)).sum(1)
    runs: npt.NDArray[np.bool_] = (told >= _TELLING) & (least >= _MOST * told) & ~np.isnan(year.busy[:, month])
    return runs


def _fits(
    year: Usual, above: Floats, telling: npt.NDArray[np.bool_], month: int, limits: Thresholds
) -> npt.NDArray[np.bool_]:
    """Whether the month's activity is far likelier that of a running total than a month's own."""
    own = year.season[month]
    expected = np.log(np.expm1(median(np.where(telling, above, np.nan), 2)) + np.exp(own))
    busy = year.busy[:, month]
    with np.errstate(invalid="ignore"):
        left = np.abs(busy - expected).min(0)
        # of the sum only this month's part is uncertain
        swing = np.maximum(
            np.log1p(limits.running_tolerance_pct / 100), 2 * year.busy_spread * np.exp(own - expected).max(0)
        )
        far = (busy - own) ** 2 - left**2 > limits.running_gain * year.busy_spread**2
        fits: npt.NDArray[np.bool_] = (left < swing) & (busy > own) & far
    return fits
