"""What came in a run, end to end: its reports and cells as columns over all files."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.reading import Reading, Report, ReportColumns

Ints = npt.NDArray[np.int64]
NOWHERE = -1
COLUMNS = {
    "report": np.uint32,
    "element": np.uint16,
    "value": np.int64,
    "accepted": np.uint8,
}
_OUTRANKED = "OUTRANKED"


def month_number(period: str) -> int:
    """`2023-01` → months since year 0; NOWHERE for what is no month."""
    if len(period) != 7 or not (period[:4] + period[5:]).isdigit():
        return NOWHERE
    return int(period[:4]) * 12 + int(period[5:]) - 1


def month_code(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@dataclass(frozen=True)
class Came:
    """The readings of a run end to end. A large file has no report and no cell here: its years would not stand in
    memory."""

    readings: Sequence[Reading]

    @cached_property
    def reports(self) -> list[tuple[Report, ...]]:
        """Of each file."""
        return [() if isinstance(one.reports, ReportColumns) else one.reports for one in self.readings]

    @cached_property
    def first_report(self) -> Ints:
        """Of each file, and of none beyond the last."""
        return _ends(map(len, self.reports))

    @cached_property
    def first_cell(self) -> Ints:
        return _ends(len(one.observations) if own else 0 for one, own in zip(self.readings, self.reports, strict=True))

    def said(self, name: str) -> list[Any]:
        """A field of every report."""
        return [*map(attrgetter(name), chain.from_iterable(self.reports))]

    @cached_property
    def owners(self) -> list[str]:
        """The facility, or the area, whose figures each report holds."""
        return [one.facility or one.area or "" for one in chain.from_iterable(self.reports)]

    def asked(self, forms: Container[str]) -> npt.NDArray[np.bool_]:
        """Which reports are somebody's month of one of the forms, in a file with an accepted cell."""
        taken = [one.counts.accepted > 0 for one in self.readings]
        of_forms = numbered(self.said("form"), lambda form: form in forms) & numbered(self.owners, bool)
        asked: npt.NDArray[np.bool_] = np.repeat(np.array(taken, np.bool_), np.diff(self.first_report))
        return asked & (of_forms > 0) & (self.months >= 0)

    @cached_property
    def months(self) -> npt.NDArray[np.int32]:
        """Of every report, since year 0; NOWHERE for what is no month."""
        return numbered(self.said("period"), month_number)

    @cached_property
    def current(self) -> npt.NDArray[np.int32]:
        """As `months`, but NOWHERE for what a stored revision outranks: that is nobody's current figure."""
        month = self.months.copy()
        for file, reading in enumerate(self.readings):
            aside = {(one.params.get("facility"), one.period) for one in reading.findings if one.code == _OUTRANKED}
            if aside:
                first = int(self.first_report[file])
                for number, one in enumerate(self.reports[file], start=first):
                    month[number] = NOWHERE if (self.owners[number], one.period) in aside else month[number]
        return month

    @cached_property
    def cells(self) -> dict[str, npt.NDArray[Any]]:
        """The columns of every cell; `report` counts over all files, `element` is a place in `elements`."""
        columns = {
            name: np.concatenate([np.empty(0, kind), *(np.frombuffer(column, kind) for column in self._of_files(name))])
            for name, kind in COLUMNS.items()
        }
        cells = np.diff(self.first_cell)
        codes = {elements: number for number, elements in enumerate(self.elements)}
        first = _ends(map(len, self.elements))
        places = np.array([first[codes[one.elements]] for one in self.readings], np.int32)
        return {
            **columns,
            # int32: each of these is as long as all that came
            "report": columns["report"].astype(np.int32) + np.repeat(self.first_report[:-1].astype(np.int32), cells),
            "element": columns["element"] + np.repeat(places, cells),
        }

    @cached_property
    def elements(self) -> list[tuple[str, ...]]:
        """The elements that files have, each list of them once."""
        return [*dict.fromkeys(one.elements for one in self.readings)]

    @cached_property
    def items(self) -> dict[int, str]:
        """The item of each cell that has one."""
        return {
            int(first) + position: text
            for first, own, reading in zip(self.first_cell, self.reports, self.readings, strict=False)
            if own
            for position, text in reading.observations.item.items()
        }

    def _of_files(self, name: str) -> Iterable[Any]:
        return (getattr(one.observations, name) for one, own in zip(self.readings, self.reports, strict=True) if own)


def numbered(said: Sequence[Any], number: Callable[[Any], int]) -> npt.NDArray[np.int32]:
    """What reports say as numbers; `number` is asked once for each value."""
    numbers = {value: number(value) for value in set(said)}
    return np.fromiter(map(numbers.__getitem__, said), np.int32, len(said))


def _ends(lengths: Iterable[int]) -> Ints:
    return np.array([0, *accumulate(lengths)], np.int64)
