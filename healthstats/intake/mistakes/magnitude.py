"""A figure ten, a hundred or a thousand times too large or too small, or one that runs on since January."""

from __future__ import annotations

import numpy as np

from healthstats.domain.mistake import Thresholds
from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import HALF, Flags, Floats, Usual
from healthstats.intake.mistakes.running import Running

_TEN = float(np.log(10))
_POWERS = 3
_THOUSAND = 3
_NEAR = 3
"""Deviations within which an explanation still fits."""
_ONE = 0.75
"""A stock that is usually one is not quite one on the scale of logarithms."""
_SELDOM = 8
"""Of so many months one may be a zero, and another is still asked about."""
_MENDED = 0.06
"""By how much the months of a running total may have been corrected since."""
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


def judge_cells(judged: Judged, year: Usual, running: Running | None = None) -> None:
    """SCALE, CUMULATIVE_CELL or ZERO_WHERE_USUAL, whichever fits best."""
    limits, months = judged.thresholds, slice(year.first, year.first + year.said.shape[1])
    off, spread = np.nan_to_num(year.off), np.nan_to_num(year.spread, nan=np.inf)
    values = judged.cube.values[:, months] / SCALE
    usual = np.exp(np.nan_to_num(year.usual, nan=-1.0)) - HALF
    far = judged.open[:, months] & (np.abs(off) > limits.running_deviations * spread) & (np.abs(off) > _LEAST)
    if judged.cube.form.row == "area":
        far &= _alone(judged, year, off)
    _judge_zeros(judged, year, far & (values == 0), usual)
    # where a zero is usual, a machine was bought
    far &= (values > 0) & (usual >= np.where(judged.flows, limits.smallest_value / 10, _ONE))
    at = np.nonzero(far)
    # of the cells that are far off alone: they are few
    said, usually, swing = values[at], usual[at], spread[at]
    power, scaled, slips = _scaled(said, usually, swing, limits)
    scaled &= np.abs(off[at]) > limits.scale_deviations * swing
    runs: Flags = np.zeros_like(scaled)
    ran: Floats = np.zeros_like(said)
    if running:
        before = running.before[0][at], running.before[1][at]
        runs, ran = _ran(before, said, usually, swing)
        runs &= judged.flows[at[2]]
    for k in np.flatnonzero(scaled | runs):
        place, element = (int(at[0][k]), year.first + int(at[1][k])), int(at[2][k])
        value = judged.value(place, element)
        told = (("value", value), ("usual", round(float(usually[k])) * SCALE))
        if runs[k] and not (scaled[k] and slips[k] > ran[k]):
            judged.cells("CUMULATIVE_CELL", place, [element], values=told)
        elif scaled[k]:
            ten = int(power[k])
            judged.cells("SCALE", place, [element], values=told, suggestion=_rescaled(value, ten), says=_times(ten))


def _alone(judged: Judged, year: Usual, off: Floats) -> Flags:
    """Whether a cell stands apart from the months beside it as well: an epidemic comes and goes over months."""
    said = np.where(judged.cube.known, np.log(judged.cube.values.clip(0) / SCALE + HALF), np.nan)
    here = slice(year.first, year.first + year.said.shape[1])
    beside = np.stack((_shifted(said, 1), _shifted(said, -1)))[:, :, here]
    apart = (year.said - beside) * np.sign(off)
    unknown = np.isnan(apart)
    alone: Flags = ((unknown | (apart > np.abs(off) / 2)).sum(0) == 2) & (unknown.sum(0) < 2)
    return alone


def _shifted(values: Floats, months: int) -> Floats:
    """Each month's place taken by the month so many before it."""
    moved: Floats = np.roll(values, months, axis=1)
    moved[:, 0 if months > 0 else -1] = np.nan
    return moved


def _scaled(values: Floats, usual: Floats, spread: Floats, limits: Thresholds) -> tuple[Floats, Flags, Floats]:
    """The power of ten by which a cell may be off, whether it is near that, and how likely that is (a logarithm)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.log(values / usual)
    distance = np.nan_to_num(distance, posinf=0.0, neginf=0.0)
    power = np.rint(distance / _TEN)
    rest = distance - power * _TEN
    # what stood behind the digits that are left is anything up to the next whole figure
    rest = np.where(power < 0, np.minimum(rest + np.log1p(1 / np.maximum(values, 1)), np.maximum(rest, 0)), rest)
    near = np.maximum(np.log1p(limits.scale_tolerance_pct / 100), _NEAR * spread)
    scaled = (np.abs(power) >= 1) & (np.abs(power) <= _POWERS) & (np.abs(rest) < near)
    # a zero too many shows at the end of the figure; nine other figures in ten do not end so
    ends = (power > 0) & (values % 10 ** np.clip(power, 0, _POWERS) == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        likely = -((rest / spread) ** 2) / 2 - np.log(spread) + np.where(ends, power * _TEN, -_TEN)
    return power, scaled, likely


def _ran(before: tuple[Floats, Floats], values: Floats, usual: Floats, spread: Floats) -> tuple[Flags, Floats]:
    """Whether a cell may be the sum of the year so far, and how likely that is (a logarithm)."""
    low, high = before[0] + usual, before[1] + usual
    with np.errstate(invalid="ignore", divide="ignore"):
        left = np.log(values / np.clip(values, low, high))
        # only this month's part of the sum is uncertain, and what was mended since
        swing = np.hypot(spread * usual / low, _MENDED)
        runs = (np.log(low / usual) > _LEAST) & (np.abs(left) < _NEAR * swing)
        likely = -((left / swing) ** 2) / 2 - np.log(swing)
    return runs, likely


def _judge_zeros(judged: Judged, year: Usual, zero: Flags, usual: Floats) -> None:
    """ZERO_WHERE_USUAL: where there were many and no zero before; a machine that stands still is asked about once. A
    report that counts no facility at all is asked whatever stood there."""
    cube, limits = judged.cube, judged.thresholds
    least = np.where(judged.flows, limits.zero_usual, limits.zero_stock)
    if cube.form.facility_count in cube.elements:
        least[cube.at(cube.form.facility_count)] = _ONE
    for at in zip(*np.nonzero(zero & (usual >= least)), strict=True):
        place, element = (int(at[0]), year.first + int(at[1])), int(at[2])
        told = np.flatnonzero(cube.known[place[0], :, element])
        zeros = told[cube.values[place[0], told, element] == 0]
        beside = np.abs(np.searchsorted(told, zeros) - np.searchsorted(told, place[1])) == 1
        if not beside.any() and len(zeros) * _SELDOM <= len(told) + _SELDOM:
            said = (("usual", round(float(usual[at])) * SCALE),)
            judged.cells("ZERO_WHERE_USUAL", place, [element], values=said)


def _times(power: int) -> tuple[tuple[str, str | int], ...]:
    return (("factor", ("×" if power > 0 else "÷") + str(10 ** abs(power))),)


def _rescaled(value: int, power: int) -> int | None:
    """None where a whole number would not come back: what was lost is not known."""
    whole = int(10 ** abs(power))
    if power < 0:
        return value * whole
    return value // whole if value % (SCALE * whole) == 0 else None
