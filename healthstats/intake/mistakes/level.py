"""What is usual: a facility's level of each element, its activity of each month, and how far both swing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.mistake import Thresholds
from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.cube import Cube
from healthstats.intake.mistakes.relations import wholes

Floats = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
HALF = 0.5
"""Added to a count before its logarithm, so that a zero has one."""
STEADY = 1.4826
"""A median absolute deviation × this is a standard deviation where the errors are normal."""
FINE = np.float32
"""Of logarithms: a millionth of a figure, where a twentieth is what counts; half the memory that ten tables of all
figures would take."""
_LEAST_ELEMENTS = 3
_ODD = 3
"""Deviations beyond which a total is no measure of its parts."""
_PEERS = 20
"""Of fewer facilities a month's season would be chance."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Of the months `first` to `first + months` of a cube, on the scale of logarithms: `usual` is what a cell is
    expected to be, `off` how far it stands from that, `spread` the standard deviation of that distance; NaN where too
    little is known. `share` tells for a part of a total how far its share of it stands from the usual, and
    `share_spread` that distance's deviation. `busy` is the month's activity beside the facility's own level,
    `busy_spread` its deviation; `season` is that activity of most facilities."""

    first: int
    said: Floats
    usual: Floats
    off: Floats
    spread: Floats
    share: Floats
    share_spread: Floats
    level: Floats
    busy: Floats
    busy_spread: Floats
    season: Floats


def usual(cube: Cube, first: int, flows: Flags, thresholds: Thresholds) -> Usual:
    """Of the calendar year that begins at month `first` of the cube, learnt from it and the year before."""
    start, stop = max(first - 12, 0), min(first + 12, cube.values.shape[1])
    known = cube.known[:, start:stop]
    said = np.where(known, np.log((cube.values[:, start:stop].clip(0) / SCALE + HALF).astype(FINE)), FINE(np.nan))
    months = known.sum(1)
    level = median(said, 1)
    # what a cell itself says is no witness of what it should say
    apart = said - of_the_others(said)
    telling = flows & (level > np.log(thresholds.smallest_value / 3))
    busy = median(np.where(telling[:, None, :], apart, np.nan), 2)
    few = (telling[:, None, :] & known).sum(2) < _LEAST_ELEMENTS
    busy[few & (known.sum(2) > 0)] = 0.0
    off = apart - np.where(flows, busy[:, :, None], 0.0)
    chance = np.where(flows, 1 / np.exp(np.nan_to_num(said - off)), 0.0)
    least = np.where(flows, thresholds.least_spread_pct, thresholds.least_stock_spread_pct) / 100
    spread = swing(off, chance, least, (months, thresholds))
    share, share_spread = _shares(cube, said, (months, thresholds))
    # a share of next to nothing is none
    follows = telling[:, None, :] & (np.abs(off) < np.inf) & (share_spread < spread)
    for whole, parts in wholes(cube.form).items():
        if whole in cube.elements:
            at = cube.at(whole)
            # of a total that is wrong itself its parts are no wrong share
            follows[:, :, [cube.at(part) for part in parts if part in cube.elements]] &= (np.abs(off) < _ODD * spread)[
                :, :, at, None
            ]
    off, spread = np.where(follows, share, off), np.where(follows, share_spread, spread)
    level[months < thresholds.months_known] = np.nan
    now = slice(first - start, None)
    season = _season(busy)
    steady = STEADY * median(np.abs(busy - season - median(busy - season, 1)[:, None]), 1)
    busy_spread = np.sqrt(steady**2 + (thresholds.least_spread_pct / 100) ** 2)
    return Usual(
        first,
        said=said[:, now],
        usual=(said - off)[:, now],
        off=off[:, now],
        spread=spread[:, now],
        share=share[:, now],
        share_spread=share_spread[:, now],
        level=level,
        busy=busy[:, now],
        busy_spread=busy_spread,
        season=season[now],
    )


def _season(busy: Floats) -> Floats:
    """What most facilities have in common in each month; 0 where few came."""
    season = median(busy, 0)
    season[(~np.isnan(busy)).sum(0) < _PEERS] = 0.0
    return season


def _shares(cube: Cube, said: Floats, known: tuple[npt.NDArray[np.int64], Thresholds]) -> tuple[Floats, Floats]:
    """How far each part's share of its total stands from the usual share, and that distance's deviation."""
    share, spread = np.full_like(said, np.nan), np.full_like(said, np.nan)
    months, thresholds = known
    for whole, parts in wholes(cube.form).items():
        if whole not in cube.elements:
            continue
        at = [cube.at(part) for part in parts if part in cube.elements]
        total = said[:, :, [cube.at(whole)]]
        shares = said[:, :, at] - total
        share[:, :, at] = shares - of_the_others(shares)
        chance = np.maximum(np.exp(-said[:, :, at]) - np.exp(-total), 0.0)
        least = np.full(len(at), thresholds.least_share_spread_pct / 100)
        spread[:, :, at] = swing(share[:, :, at], chance, least, (months[:, at], thresholds))
    return share, spread


def swing(off: Floats, chance: Floats, least: Floats, known: tuple[npt.NDArray[np.int64], Thresholds]) -> Floats:
    """The standard deviation of each `off`: the robust one of its series, but no less than `chance` (a variance) and
    `least` allow."""
    months, thresholds = known
    # of a few months one that is wrong is a large part of the swing
    few = months < thresholds.months_known
    steady = np.where(few, thresholds.few_spread_pct / 100, STEADY * median(np.abs(off), 1))
    spread: Floats = np.sqrt(np.maximum(steady[:, None, :] ** 2, chance) + (least**2).astype(off.dtype))
    return spread


def median(values: npt.NDArray[Any], axis: int) -> Floats:
    """The median of what is not NaN; much faster than numpy's own, which goes line by line."""
    ordered = np.sort(values, axis=axis)
    count = (~np.isnan(values)).sum(axis=axis, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis)
    high = np.take_along_axis(ordered, np.minimum(count // 2, values.shape[axis] - 1), axis)
    middle: Floats = np.squeeze((low + high) / 2, axis)
    return middle


def of_the_others(values: Floats) -> Floats:
    """For each place along the second axis the median of the other places that are not NaN: of two at least, for of
    two figures alone nobody knows which is wrong."""
    ordered = np.sort(values, axis=1)
    count = (~np.isnan(values)).sum(axis=1, keepdims=True)
    last = values.shape[1] - 1
    below, middle, above = (
        np.take_along_axis(ordered, np.clip((count - 1) // 2 + step, 0, last), 1) for step in (-1, 0, 1)
    )
    even = np.where(values <= middle, above, middle)
    odd = (np.where(values > middle, below, above) + np.where(values == middle, below, middle)) / 2
    return np.where(count > 2, np.where(count % 2 == 0, even, odd), np.nan)
