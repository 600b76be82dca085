"""Two columns under one heading, the figures of each in the other."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from healthstats.domain.form import Form
from healthstats.intake.mistakes.cube import Cube
from healthstats.intake.mistakes.hits import Judged
from healthstats.intake.mistakes.level import Floats, Usual


def siblings(form: Form, elements: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every two elements whose columns stand under the same heading in an edition."""
    pairs: dict[tuple[str, str], None] = {}
    for edition in form.editions:
        under: dict[tuple[str, ...], list[str]] = {}
        for column in edition.columns:
            if column.role in elements and len(column.path) > 1:
                under.setdefault(column.path[:-1], []).append(column.role)
        for group in under.values():
            pairs.update(dict.fromkeys(combinations(group, 2)))
    return list(pairs)


def judge_exchanges(judged: Judged, year: Usual) -> None:
    """SIBLINGS_EXCHANGED: the two are far likelier the other way round, and usual once exchanged."""
    cube, limits = judged.cube, judged.thresholds
    months = slice(year.first, year.first + year.said.shape[1])
    odd = judged.open[:, months] & (np.abs(year.off) > limits.exchange_deviations * year.spread)
    found: list[tuple[float, int, int, int, int]] = []
    for one, other in _pairs(cube):
        rows, at = np.nonzero(odd[:, :, one] & odd[:, :, other])
        if not len(rows):
            continue
        said, usual, spread = (table[rows, at] for table in (year.said, year.usual, year.spread))
        as_said = _unlikely(said[:, one] - usual[:, one], spread[:, one])
        as_said += _unlikely(said[:, other] - usual[:, other], spread[:, other])
        exchanged = _unlikely(said[:, other] - usual[:, one], spread[:, one])
        exchanged += _unlikely(said[:, one] - usual[:, other], spread[:, other])
        gain = as_said - exchanged
        wanted = np.flatnonzero((gain > limits.exchange_gain) & (exchanged < limits.exchange_left))
        found += [(float(gain[k]), int(rows[k]), int(at[k]), one, other) for k in wanted]
    for _, row, month, one, other in sorted(found, reverse=True):
        place = (row, year.first + month)
        if judged.open[place][[one, other]].all():
            judged.cells(
                "SIBLINGS_EXCHANGED", place, (one, other),
                elements=(cube.elements[one], cube.elements[other]),
                values=(("value", judged.value(place, one)), ("other_value", judged.value(place, other))),
                suggestion=judged.value(place, other),
            )  # fmt: skip


def _pairs(cube: Cube) -> list[tuple[int, int]]:
    return [(cube.at(one), cube.at(other)) for one, other in siblings(cube.form, cube.elements)]


def _unlikely(off: Floats, spread: Floats) -> Floats:
    square: Floats = (off / spread) ** 2
    return square
