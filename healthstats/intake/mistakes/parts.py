"""A total that somebody built by adding up parts that overlap."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Floats, Usual
from healthstats.intake.mistakes.relations import wholes

_ROOT = float(np.sqrt(2 * np.pi))
_FAR = 6


def judge_parts(judged: Judged, year: Usual) -> None:
    """TOTAL_OF_DISJOINT_PARTS: exactly the sum of two parts or more, where so exact a chance is rare."""
    cube, limits = judged.cube, judged.thresholds
    months = slice(year.first, year.first + year.said.shape[1])
    values, known = cube.values[:, months], cube.known[:, months] & (cube.values[:, months] > 0)
    for whole, parts in wholes(cube.form).items():
        places = [cube.at(part) for part in parts if part in cube.elements]
        if whole not in cube.elements or len(places) < 2:
            continue
        at = cube.at(whole)
        total = values[:, :, at]
        asked = judged.open[:, months, at] & (total >= limits.smallest_value * SCALE)
        chance = _chance(year, places, total / SCALE)
        rare = chance * 10_000 < limits.parts_chance_10000
        unknown = np.isnan(chance)
        for size in range(len(places), 1, -1):
            for some in combinations(places, size):
                equal = known[:, :, some].all(2) & (values[:, :, some].sum(2) == total)
                equal &= asked & (rare | (unknown & (size >= limits.parts_unknown)))
                for row, month in zip(*np.nonzero(equal), strict=True):
                    place = (int(row), year.first + int(month))
                    if judged.open[place][at]:
                        names = tuple(cube.elements[part] for part in some)
                        value = (("value", judged.value(place, at)),)
                        judged.cells("TOTAL_OF_DISJOINT_PARTS", place, [at], elements=names, values=value)


def _chance(year: Usual, parts: list[int], total: Floats) -> Floats:
    """How likely a true total is to be just this figure, by the shares that its parts usually have of it."""
    share, spread = year.share[:, :, parts], year.share_spread[:, :, parts]
    weight = np.nan_to_num(1 / spread**2)
    weight[np.isnan(share)] = 0.0
    told = weight.sum(2)
    told[told == 0] = np.nan
    far = np.clip(np.nan_to_num(share), -_FAR * spread, _FAR * spread)
    off = (np.nan_to_num(far) * weight).sum(2) / np.sqrt(told)
    chance: Floats = np.exp(-(off**2) / 2) * np.sqrt(told) / (_ROOT * np.maximum(total, 1))
    return chance
