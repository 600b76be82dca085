"""What stands at the start of a month is what stood at the end of the month before."""

from __future__ import annotations

import numpy as np

from healthstats.intake.mistakes.came import month_code
from healthstats.intake.mistakes.hits import Judged


def judge_carried(judged: Judged) -> None:
    """START_NOT_LAST_END, for each end and start that the form says are carried over; told of whichever came now."""
    cube = judged.cube
    for end, start in ((cube.at(one), cube.at(other)) for one, other in cube.form.carried):
        ended, started = cube.values[:, :-1, end], cube.values[:, 1:, start]
        differ = cube.known[:, :-1, end] & cube.known[:, 1:, start] & (ended != started)
        differ &= judged.open[:, :-1, end] | judged.open[:, 1:, start]
        for row, before in zip(*np.nonzero(differ), strict=True):
            series, last, month = int(row), int(before), int(before) + 1
            came = bool(judged.open[series, month, start])
            place, at = ((series, month), start) if came else ((series, last), end)
            said = (("value", int(started[row, before])), ("other_value", int(ended[row, before])))
            months = (("month", month_code(cube.first + month)), ("last", month_code(cube.first + last)))
            suggestion = int(ended[row, before]) if at == start else None
            judged.cells("START_NOT_LAST_END", place, [at], values=said, says=months, suggestion=suggestion)
