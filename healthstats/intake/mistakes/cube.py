"""The figures of one form as a cube: facility (and item) × month × element, what is stored beneath what came now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.form import Form
from healthstats.domain.reading import Reading, Report, ReportColumns
from healthstats.store.history import History

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NOWHERE = -1


@cache
def month_number(period: str) -> int:
    """`2023-01` → months since year 0; NOWHERE for what is no month."""
    if len(period) != 7 or not (period[:4] + period[5:]).isdigit():
        return NOWHERE
    return int(period[:4]) * 12 + int(period[5:]) - 1


def month_code(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def whose(report: Report) -> str:
    """The facility, or the area, whose figures they are."""
    return report.facility or report.area or ""


@dataclass(frozen=True, slots=True)
class Came:
    """The readings of a run end to end: `first_report` and `first_cell` say where each file's begin."""

    readings: Sequence[Reading]
    first_report: list[int]
    first_cell: list[int]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Came:
        reports, cells = [0], [0]
        for reading in readings:
            reports.append(reports[-1] + len(reading.reports))
            cells.append(cells[-1] + len(reading.observations))
        return cls(readings, reports, cells)

    def report(self, number: int) -> tuple[int, int]:
        """(file, its report) of a report counted over all files."""
        file = bisect_right(self.first_report, number) - 1
        return file, number - self.first_report[file]

    def cell(self, number: int) -> tuple[int, int]:
        """(file, position) of a cell counted over all files."""
        file = bisect_right(self.first_cell, number) - 1
        return file, number - self.first_cell[file]


@dataclass(slots=True)
class Cube:
    """`values` count ten-thousandths where `known`; `cell` and `report` count over all files what came now, NOWHERE
    where it did not; `before` is what was stored where something came now. `owner` gives each series' facility,
    `labels` its item."""

    form: Form
    elements: tuple[str, ...]
    facilities: tuple[str, ...]
    first: int
    owner: Ints
    items: bool
    labels: tuple[str, ...]
    values: Ints
    known: Flags
    cell: Ints
    report: Ints
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def fresh(self) -> Flags:
        """Which series × month came now."""
        return self.report >= 0

    def at(self, element: str) -> int:
        return self.elements.index(element)


@dataclass(slots=True)
class _Axes:
    form: Form
    elements: tuple[str, ...]
    facilities: dict[str, int]
    items: dict[str, int]


def cubes(
    came: Came, forms: Sequence[tuple[Form, tuple[str, ...]]], history: History | None, asked: Sequence[str]
) -> list[Cube]:
    """A cube for each form whose months came from facilities; `asked` are the facilities that history is of."""
    made, first = [], 0
    for form, elements in forms:
        axes = _Axes(form, elements, {code: place for place, code in enumerate(asked)}, {"": 0})
        now = _now(came, axes)
        if now is not None:
            made.append(_cube(axes, now, _then(history, axes, first)))
        first += len(elements)
    return made


_Columns = dict[str, Any]


def _now(came: Came, axes: _Axes) -> _Columns | None:
    """The accepted cells of a form's months, end to end."""
    parts: list[_Columns] = []
    for file, reading in enumerate(came.readings):
        if isinstance(reading.reports, ReportColumns):
            # the years of a large file would not stand in memory
            continue
        # what a stored revision outranks is nobody's current figure
        aside = {(one.params.get("facility"), one.period) for one in reading.findings if one.code == "OUTRANKED"}
        wanted = [
            month_number(one.period)
            if one.form == axes.form.form and whose(one) in axes.facilities and (whose(one), one.period) not in aside
            else NOWHERE
            for one in reading.reports
        ]
        if not len(reading.observations) or max(wanted, default=NOWHERE) < 0:
            continue
        parts.append(_of_file(reading, wanted, axes, (came.first_report[file], came.first_cell[file])))
    if not any(len(part["cell"]) for part in parts):
        return None
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if columns["declared"].any():
        # of two revisions that came together the higher one is set last, and stands
        order = np.argsort(columns["declared"], kind="stable")
        columns = {name: column[order] for name, column in columns.items()}
    return columns


def _of_file(reading: Reading, months: list[int], axes: _Axes, first: tuple[int, int]) -> _Columns:
    seen = reading.observations
    places = {code: place for place, code in enumerate(axes.elements)}
    element = np.array([places.get(code, NOWHERE) for code in reading.elements], np.int32)[_array(seen.element)]
    report = _array(seen.report)
    month = np.array(months, np.int32)[report]
    owner = np.array([axes.facilities.get(whose(one), NOWHERE) for one in reading.reports], np.int32)[report]
    declared = np.array([one.declared_revision for one in reading.reports], np.int32)[report]
    item = np.zeros(len(report), np.int32)
    for position, text in seen.item.items():
        item[position] = axes.items.setdefault(text, len(axes.items))
    take = np.flatnonzero((_array(seen.accepted) == 1) & (month >= 0) & (element >= 0))
    return {
        "owner": owner[take],
        "month": month[take],
        "element": element[take],
        "item": item[take],
        "declared": declared[take],
        "value": _array(seen.value)[take],
        "report": report[take].astype(np.int64) + first[0],
        "cell": take + first[1],
    }


def _array(column: Any) -> npt.NDArray[Any]:
    return np.frombuffer(column, np.dtype(column.typecode))


def _then(history: History | None, axes: _Axes, first: int) -> _Columns:
    """The stored cells of the form whose elements were asked from place `first` on."""
    if history is None:
        return {name: np.zeros(0, np.int64) for name in ("owner", "month", "element", "item", "value")}
    place = np.array([axes.items.setdefault(item, len(axes.items)) for item in history.items], np.int32)
    asked = history.columns["element"]
    take = np.flatnonzero((asked >= first) & (asked < first + len(axes.elements)))
    own = {name: column[take] for name, column in history.columns.items()}
    return {**own, "element": own["element"] - first, "item": place[own["item"]]}


def _cube(axes: _Axes, now: _Columns, then: _Columns) -> Cube:
    keys_now = now["owner"].astype(np.int64) * len(axes.items) + now["item"]
    keys_then = then["owner"].astype(np.int64) * len(axes.items) + then["item"]
    keys = np.unique(keys_now)
    series = np.searchsorted(keys, keys_now)
    first = int(min(now["month"].min(), then["month"].min(initial=1 << 30)))
    first -= first % 12
    last = int(max(now["month"].max(), then["month"].max(initial=0)))
    shape = (len(keys), last - first + 1, len(axes.elements))
    place = np.searchsorted(keys, keys_then)
    place[place == len(keys)] = 0
    take = np.flatnonzero(keys[place] == keys_then) if len(keys) else np.zeros(0, np.int64)
    labels = tuple(axes.items)
    cube = Cube(
        form=axes.form,
        elements=axes.elements,
        facilities=tuple(axes.facilities),
        first=first,
        owner=keys // len(axes.items),
        items=bool((keys % len(axes.items)).any()),
        labels=tuple(labels[item] for item in keys % len(axes.items)),
        values=np.zeros(shape, np.int64),
        known=np.zeros(shape, np.bool_),
        cell=np.full(shape, NOWHERE, np.int64),
        report=np.full(shape[:2], NOWHERE, np.int64),
    )
    at = (place[take], then["month"][take] - first, then["element"][take])
    cube.values[at], cube.known[at] = then["value"][take], True
    at_now = (series, now["month"] - first, now["element"])
    cube.before = {"values": cube.values[at_now], "known": cube.known[at_now], "at": at_now}
    cube.values[at_now], cube.known[at_now], cube.cell[at_now] = now["value"], True, now["cell"]
    cube.report[at_now[:2]] = now["report"]
    return cube
