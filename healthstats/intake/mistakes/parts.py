"""A total that somebody built by adding up parts that overlap."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from healthstats.domain.form import Form
from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Usual


def wholes(form: Form) -> dict[str, list[str]]:
    """Each total that a form's rules know with its parts: no sum of them is the total but by chance."""
    found: dict[str, list[str]] = {}
    summed = {rule.left for rule in form.rules if rule.kind == "sum"}
    for rule in form.rules:
        if rule.kind == "at_most" and len(rule.right) == 1 and not rule.less and rule.right[0] not in summed:
            found.setdefault(rule.right[0], []).append(rule.left)
    return {whole: parts for whole, parts in found.items() if len(parts) > 1}


def judge_parts(judged: Judged, year: Usual) -> None:
    """TOTAL_OF_DISJOINT_PARTS: exactly the sum of two parts or more, and unusual."""
    cube, limits = judged.cube, judged.thresholds
    months = slice(year.first, year.first + year.said.shape[1])
    values, known = cube.values[:, months], cube.known[:, months] & (cube.values[:, months] > 0)
    for whole, parts in wholes(cube.form).items():
        if whole not in cube.elements:
            continue
        at = cube.at(whole)
        total = values[:, :, at]
        asked = judged.open[:, months, at] & (total >= limits.smallest_value * SCALE)
        unusual = np.abs(year.off[:, :, at]) > limits.parts_deviations * year.spread[:, :, at]
        unknown = np.isnan(year.off[:, :, at])
        places = [cube.at(part) for part in parts if part in cube.elements]
        for size in range(len(places), 1, -1):
            for some in combinations(places, size):
                equal = known[:, :, some].all(2) & (values[:, :, some].sum(2) == total)
                equal &= asked & (unusual | (unknown & (size >= limits.parts_unknown)))
                for row, month in zip(*np.nonzero(equal), strict=True):
                    place = (int(row), year.first + int(month))
                    if judged.open[place][at]:
                        names = tuple(cube.elements[part] for part in some)
                        judged.cells(
                            "TOTAL_OF_DISJOINT_PARTS",
                            place,
                            [at],
                            elements=names,
                            values=(("value", judged.value(place, at)),),
                        )
