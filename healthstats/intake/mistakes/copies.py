"""A month that says what another month said: sent again, or pasted."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.reading import SCALE
from healthstats.intake.mistakes.hits import Judged

Counts = npt.NDArray[np.int64]


def judge_copies(judged: Judged) -> None:
    """SAME_AS_LAST_MONTH, or MONTH_COPIED from one of the months before; of two that came together the later one is
    meant, and one that came before a stored month is set against that too."""
    cube = judged.cube
    # element × month × series: what is summed over elements lies side by side
    flows = np.ascontiguousarray(cube.values.transpose(2, 1, 0)[judged.flows])
    for apart in range(1, min(judged.thresholds.copied_months + 1, cube.values.shape[1])):
        for series, earlier in _alike(judged, apart, _likely(judged, apart, flows)):
            later = earlier + apart
            month, other = (later, earlier) if cube.report[series, later] >= 0 else (earlier, later)
            if not judged.open[series, month].any():
                continue
            code = "SAME_AS_LAST_MONTH" if apart == 1 and month == later else "MONTH_COPIED"
            judged.report(code, (series, month), other=other)


def _likely(judged: Judged, apart: int, flows: Counts) -> Counts:
    """The series of facilities with enough equal figures in some month: of most there is no more to ask."""
    one, two = flows[:, :-apart], flows[:, apart:]
    # a figure that is not known is 0 in the cube
    equal = ((one == two) & (one > 0)).view(np.uint8).sum(0, dtype=np.int32)
    if judged.cube.items:
        equal = _by_facility(equal.T, judged.cube.owner).T
    return np.flatnonzero((equal >= judged.thresholds.copied_cells).any(0))


def _alike(judged: Judged, apart: int, series: Counts) -> list[tuple[int, int]]:
    """(series, earlier month) of each of those `series` whose facility says the same `apart` months later."""
    cube, thresholds = judged.cube, judged.thresholds
    owner, values, known = cube.owner[series], cube.values[series], cube.known[series]
    values, known = values[:, :, judged.flows], known[:, :, judged.flows]
    one, two = values[:, :-apart], values[:, apart:]
    both = known[:, :-apart] & known[:, apart:]
    same = both & (one == two) & (one > 0)
    either = both & ((one > 0) | (two > 0))
    equal, told = _by_facility(same.sum(2), owner), _by_facility(either.sum(2), owner)
    enough = (equal >= thresholds.copied_cells) & (equal * 100 >= told * thresholds.copied_pct)
    fresh = cube.fresh[series, :-apart] | cube.fresh[series, apart:]
    rows, months = np.nonzero(enough & fresh)
    if not len(rows):
        return []
    digits = np.where(same, np.floor(np.log10(np.maximum(one / SCALE, 1))), 0).sum(2).astype(np.int64)
    telling = _by_facility(digits, owner) >= thresholds.copied_digits
    return [(int(series[row]), int(month)) for row, month in zip(rows, months, strict=True) if telling[row, month]]


def _by_facility(counts: npt.NDArray[np.integer[Any]], owner: Counts) -> Counts:
    """Each series' count over all series of its facility: a report is copied whole, ward by ward."""
    if not len(owner):
        return counts.astype(np.int64)
    _, first, of = np.unique(owner, return_index=True, return_inverse=True)
    summed: Counts = np.add.reduceat(counts, first, axis=0)[of]
    return summed
