"""What is usual: a facility's level of each element, its activity of each month, and how far both swing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.mistake import Thresholds
from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.cube import Cube

Floats = npt.NDArray[np.float64]
HALF = 0.5
"""Added to a count before its logarithm, so that a zero has one."""
STEADY = 1.4826
"""A median absolute deviation × this is a standard deviation where the errors are normal."""
_LEAST_ELEMENTS = 3


@dataclass(frozen=True, slots=True)
class Usual:
    """Of the months `first` to `first + months` of a cube, on the scale of logarithms: `usual` is what a cell is
    expected to be, `off` how far it stands from that, `spread` the standard deviation of that distance; NaN where too
    little is known. `busy` is the month's activity beside the facility's own level, `busy_spread` its deviation."""

    first: int
    said: Floats
    usual: Floats
    off: Floats
    spread: Floats
    level: Floats
    busy: Floats
    busy_spread: Floats


def usual(cube: Cube, first: int, flows: npt.NDArray[np.bool_], thresholds: Thresholds) -> Usual:
    """Of the calendar year that begins at month `first` of the cube, learnt from it and the year before."""
    start, stop = max(first - 12, 0), min(first + 12, cube.values.shape[1])
    known = cube.known[:, start:stop]
    said = np.where(known, np.log(cube.values[:, start:stop].clip(0) / SCALE + HALF), np.nan)
    level = median(said, 1)
    level[known.sum(1) < thresholds.months_known] = np.nan
    apart = said - level[:, None, :]
    telling = flows & (level > np.log(thresholds.smallest_value / 3))
    busy = median(np.where(telling[:, None, :], apart, np.nan), 2)
    few = (telling[:, None, :] & known).sum(2) < _LEAST_ELEMENTS
    busy[few] = np.where(np.isnan(busy[few]), np.nan, 0.0)
    off = apart - np.where(flows, busy[:, :, None], 0.0)
    steady = STEADY * median(np.abs(off), 1)
    least = np.where(flows, thresholds.least_spread_pct, thresholds.least_stock_spread_pct) / 100
    now = slice(first - start, None)
    expected = (said - off)[:, now]
    chance = np.where(flows, 1 / (np.exp(np.nan_to_num(expected, nan=0.0)) + HALF), 0.0)
    spread = np.sqrt(np.maximum(steady[:, None, :] ** 2, chance) + least**2)
    centre = median(busy, 1)
    busy_spread = np.sqrt(
        (STEADY * median(np.abs(busy - centre[:, None]), 1)) ** 2 + (thresholds.least_spread_pct / 100) ** 2
    )
    return Usual(first, said[:, now], expected, off[:, now], spread, level, busy[:, now], busy_spread)


def median(values: npt.NDArray[Any], axis: int) -> Floats:
    """The median of what is not NaN; much faster than numpy's own, which goes line by line."""
    ordered = np.sort(values, axis=axis)
    count = (~np.isnan(values)).sum(axis=axis, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis)
    high = np.take_along_axis(ordered, np.minimum(count // 2, values.shape[axis] - 1), axis)
    middle: Floats = np.squeeze((low + high) / 2, axis)
    return middle
