"""The figures of one form as a cube: facility (and item) × month × element, what is stored beneath what came now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.form import Form
from healthstats.intake.mistakes.came import NOWHERE, Came, Ints, numbered
from healthstats.store.history import History

Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Cube:
    """`values` count ten-thousandths where `known`; `cell` and `report` count over all files what came now, NOWHERE
    where it did not; `before` is what was stored where something came now, empty where nothing was. `owner` gives each
    series' facility, `labels` its item."""

    form: Form
    elements: tuple[str, ...]
    facilities: tuple[str, ...]
    first: int
    owner: Ints
    items: bool
    labels: tuple[str, ...]
    values: Ints
    known: Flags
    cell: npt.NDArray[np.int32]
    report: npt.NDArray[np.int32]
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
    of_form = numbered(came.said("form"), lambda form: int(form == axes.form.form)) == 1
    owner = numbered(came.owners, lambda owner: axes.facilities.get(owner, NOWHERE))
    month = np.where(of_form & (owner >= 0), came.current, NOWHERE)
    if not (month >= 0).any():
        return None
    places = {code: place for place, code in enumerate(axes.elements)}
    element = np.array([places.get(code, NOWHERE) for own in came.elements for code in own], np.int32)
    cells = came.cells
    report, element = cells["report"], element[cells["element"]]
    take = np.flatnonzero((cells["accepted"] == 1) & (month[report] >= 0) & (element >= 0))
    if not len(take):
        return None
    declared = numbered(came.said("declared_revision"), int)[report[take]]
    if declared.any():
        # of two revisions that came together the higher one is set last, and stands
        take = take[np.argsort(declared, kind="stable")]
    report = report[take]
    return {
        "owner": owner[report],
        "month": month[report],
        "element": element[take],
        "item": _items(came, axes)[take] if came.items else np.zeros(len(take), np.int32),
        "value": cells["value"][take],
        "report": report,
        "cell": take,
    }


def _items(came: Came, axes: _Axes) -> npt.NDArray[np.int32]:
    item = np.zeros(len(came.cells["value"]), np.int32)
    for cell, text in came.items.items():
        item[cell] = axes.items.setdefault(text, len(axes.items))
    return item


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
    # a table of all that could be, where a sort of the cells would take ten times as long
    wide = len(axes.items)
    now_key = now["owner"].astype(np.int64) * wide + now["item"]
    there = np.zeros(len(axes.facilities) * wide, np.bool_)
    there[now_key] = True
    keys = np.flatnonzero(there)
    series = np.cumsum(there) - 1
    then_key = then["owner"].astype(np.int64) * wide + then["item"]
    take = np.flatnonzero(there[then_key])
    first = int(min(now["month"].min(), then["month"].min(initial=1 << 30)))
    first -= first % 12
    last = int(max(now["month"].max(), then["month"].max(initial=0)))
    shape = (len(keys), last - first + 1, len(axes.elements))
    labels = tuple(axes.items)
    cube = Cube(
        form=axes.form,
        elements=axes.elements,
        facilities=tuple(axes.facilities),
        first=first,
        owner=keys // wide,
        items=bool((keys % wide).any()),
        labels=tuple(labels[item] for item in (keys % wide).tolist()),
        values=np.zeros(shape, np.int64),
        known=np.zeros(shape, np.bool_),
        cell=np.full(shape, NOWHERE, np.int32),
        report=np.full(shape[:2], NOWHERE, np.int32),
    )
    # flat: numpy would reckon the places of three axes for each of the tables
    flat = (series[now_key] * shape[1] + (now["month"] - first)) * shape[2] + now["element"]
    if len(take):
        at = (series[then_key[take]], then["month"][take] - first, then["element"][take])
        cube.values[at], cube.known[at] = then["value"][take], True
        stored = {"values": cube.values.reshape(-1)[flat], "known": cube.known.reshape(-1)[flat]}
        cube.before = {**stored, "at": np.unravel_index(flat, shape)}
    cube.values.reshape(-1)[flat] = now["value"]
    cube.known.reshape(-1)[flat] = True
    cube.cell.reshape(-1)[flat] = now["cell"]
    cube.report.reshape(-1)[flat // shape[2]] = now["report"]
    return cube
