"""Two rows, or two sheets, of one report, the figures of each in the other."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np

from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import HALF, Usual

_Cell = tuple[int, int, int]
_TWICE = float(np.log(2))
"""What is less than twice the usual is nobody's exchange of two rows."""


def judge_items(judged: Judged, year: Usual) -> None:
    """ITEMS_EXCHANGED: of one element in one month two items that are both odd, and both usual once exchanged."""
    cube, limits = judged.cube, judged.thresholds
    if not cube.items:
        return
    months = slice(year.first, year.first + year.said.shape[1])
    off, usual = np.nan_to_num(year.off), np.exp(np.nan_to_num(year.usual, nan=-1.0)) - HALF
    odd = judged.open[:, months] & (np.abs(off) > limits.scale_deviations * year.spread) & (np.abs(off) > _TWICE)
    odd &= np.maximum(cube.values[:, months] / SCALE, usual) >= limits.smallest_value
    together: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row, month, element in zip(*np.nonzero(odd), strict=True):
        together[int(cube.owner[row]), int(month), int(element)].append(int(row))
    for (_, month, element), rows in together.items():
        for one, other in combinations(rows, 2):
            if _fits(year, (one, month, element), (other, month, element), limits.items_deviations):
                _tell(judged, (one, other), (year.first + month, element))


def _fits(year: Usual, one: _Cell, other: _Cell, deviations: int) -> bool:
    """Whether each figure is usual in the place of the other."""
    pairs = ((one, other), (other, one))
    return all(abs(year.said[there] - year.usual[here]) < deviations * year.spread[here] for here, there in pairs)


def _tell(judged: Judged, rows: tuple[int, int], at: tuple[int, int]) -> None:
    one, other = rows
    month, element = at
    if not (judged.open[one, month, element] and judged.open[other, month, element]):
        return
    # told at both: a suggestion taken at one alone would say the same figure twice
    for here, there in ((one, other), (other, one)):
        value, other_value = (judged.value((row, month), element) for row in (here, there))
        judged.cells(
            "ITEMS_EXCHANGED", (here, month), [element],
            values=(("value", value), ("other_value", other_value)),
            says=(("item", judged.cube.labels[here]), ("other_item", judged.cube.labels[there])),
            suggestion=other_value,
        )  # fmt: skip
