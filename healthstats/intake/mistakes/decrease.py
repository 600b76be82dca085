"""A figure that only ever grows, and has become less."""

from __future__ import annotations

import numpy as np

from healthstats.intake.mistakes.hits import Judged


def judge_decreases(judged: Judged, accumulates: str) -> None:
    """DECREASE_IN_CUMULATIVE of cumulative elements; where the edition accumulates, of its flows too, and where it
    does so by the year, from January on."""
    cube = judged.cube
    ever = np.array([judged.known[code].kind == "cumulative" for code in cube.elements], np.bool_)
    growing = ever | (judged.flows if accumulates != "none" else np.zeros_like(ever))
    by_year = ~ever & (accumulates == "year")
    if not growing.any():
        return
    shape = (cube.values.shape[0], cube.values.shape[2])
    last, at = np.zeros(shape, np.int64), np.full(shape, -1)
    for month in range(cube.values.shape[1]):
        if month % 12 == 0:
            at[:, by_year] = -1
        known, values = cube.known[:, month], cube.values[:, month]
        less = known & growing & (at >= 0) & (values < last)
        for row, element in zip(*np.nonzero(less), strict=True):
            before = int(at[row, element])
            place, other = ((int(row), month), before)
            if not judged.open[row, month, element]:
                place, other = (int(row), before), month
            if judged.open[place][element]:
                said = (
                    ("value", judged.value(place, int(element))),
                    ("other_value", judged.value((place[0], other), int(element))),
                )
                judged.cells("DECREASE_IN_CUMULATIVE", place, [int(element)], other=other, values=said)
        last, at = np.where(known, values, last), np.where(known, month, at)
