"""Two columns under one heading, the figures of each in the other."""

from __future__ import annotations

import numpy as np

from healthstats.intake.mistakes.came import Ints
from healthstats.intake.mistakes.cube import Cube
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Flags, Floats, Usual
from healthstats.intake.mistakes.relations import siblings

_FAR_LIKELIER = 10
"""In a busy month both are far from usual either way: then so many times less far must they be once exchanged."""
_STOCKS, _STAYS = 3, 3
"""So many times nearer to the other's last figure than to their own two stocks must stand, and what stays so for more
than so many months is how it is."""


def judge_exchanges(judged: Judged, year: Usual) -> None:
    """SIBLINGS_EXCHANGED: the two are far likelier the other way round, and usual once exchanged."""
    cube, limits = judged.cube, judged.thresholds
    months = slice(year.first, year.first + year.said.shape[1])
    odd = judged.open[:, months] & (np.abs(year.off) > limits.exchange_deviations * year.spread)
    found: list[tuple[float, int, int, int, int]] = []
    for one, other in _pairs(cube):
        if not (judged.flows[one] or judged.flows[other]):
            _judge_stocks(judged, year, one, other)
            continue
        rows, at = np.nonzero(odd[:, :, one] & odd[:, :, other])
        if not len(rows):
            continue
        said, usual, spread = (table[rows, at] for table in (year.said, year.usual, year.spread))
        both = ((one, other), (other, one))
        as_said = np.stack([_unlikely(said[:, here] - usual[:, here], spread[:, here]) for here, _ in both])
        exchanged = np.stack([_unlikely(said[:, there] - usual[:, here], spread[:, here]) for here, there in both])
        gain, left = as_said.sum(0) - exchanged.sum(0), exchanged.sum(0)
        usual_then = (left < limits.exchange_left) | (exchanged * _FAR_LIKELIER < as_said).all(0)
        wanted = np.flatnonzero((gain > limits.exchange_gain) & usual_then)
        found += [(float(gain[k]), int(rows[k]), int(at[k]), one, other) for k in wanted]
    for _, row, month, one, other in sorted(found, reverse=True):
        _exchanged(judged, (row, year.first + month), one, other)


def _judge_stocks(judged: Judged, year: Usual, one: int, other: int) -> None:
    """SIBLINGS_EXCHANGED of what stands still: each is now what the other was when last told."""
    cube = judged.cube
    now = cube.values[:, :, [one, other]]
    known: Flags = cube.known[:, :, one] & cube.known[:, :, other]
    # the last three that were the right way round; an exchange is no standard for the month that puts it right
    past, seen = np.zeros((3, len(now), 2), np.int64), np.zeros(len(now), np.int64)
    since = np.zeros(len(now), np.int64)
    for month in range(min(year.first + year.said.shape[1], now.shape[1])):
        here = now[:, month]
        swapped = _other_way_round(here, past[0]) & (seen > 0)
        swapped |= _other_way_round(here, np.sort(past, 0)[1]) & (seen > 2)
        swapped &= known[:, month]
        if month >= year.first:
            for row in np.flatnonzero(swapped):
                _exchanged(judged, (int(row), month), one, other)
        since = np.where(known[:, month], np.where(swapped, since + 1, 0), since)
        stands, stays = known[:, month] & ~swapped, since > _STAYS
        past[:, stands] = np.stack((here, past[0], past[1]))[:, stands]
        past[:, stays] = here[stays]
        seen += stands


def _other_way_round(here: Ints, before: Ints) -> Flags:
    apart = _apart(here, before)
    wrong: Flags = (apart > 0) & (_apart(here, before[:, ::-1]) * _STOCKS <= apart)
    return wrong


def _apart(one: Ints, other: Ints) -> Floats:
    """How far two pairs of figures stand from each other: 0 where they are the same, at most 2."""
    apart: Floats = (np.abs(one - other) / np.maximum(np.maximum(one, other), 1)).sum(1)
    return apart


def _exchanged(judged: Judged, place: tuple[int, int], one: int, other: int) -> None:
    if judged.open[place][[one, other]].all():
        # told at both: a suggestion taken at one alone would say the same figure twice
        for here, there in ((one, other), (other, one)):
            judged.cells(
                "SIBLINGS_EXCHANGED", place, (here,),
                elements=(judged.cube.elements[here], judged.cube.elements[there]),
                values=(("value", judged.value(place, here)), ("other_value", judged.value(place, there))),
                suggestion=judged.value(place, there),
            )  # fmt: skip


def _pairs(cube: Cube) -> list[tuple[int, int]]:
    return [(cube.at(one), cube.at(other)) for one, other in siblings(cube.form, cube.elements)]


def _unlikely(off: Floats, spread: Floats) -> Floats:
    square: Floats = (off / spread) ** 2
    return square
