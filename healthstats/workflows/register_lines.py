"""Lines of the facility register as a comparison changes them: what is written, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from healthstats.definitions.register_file import NewLine
from healthstats.domain.facility import FacilitySpell
from healthstats.intake.lists.facilities import ListedFacility

Kind = Literal["new", "closed", "reopened", "renamed", "changed", "filled", "recoded", "absent", "kept"]
DAY = timedelta(days=1)
Rows = list[tuple[int, FacilitySpell]]
"""A facility's lines of the register with their numbers, the earliest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One facility's difference. `values` are (column, before, after); `day` is the first day on which it holds, or
    the last open day of a closed facility; None where no day is needed. `closed` is the last open day of a new one."""

    kind: Kind
    facility: str
    name: str
    day: date | None = None
    values: tuple[tuple[str, str, str], ...] = ()
    closed: date | None = None


@dataclass(slots=True)
class Differences:
    """`edits` are column → text by the register's line, `lines` are to be added; `dated` says that a change holds from
    the day asked for, so that somebody must have said it; `unplaced` are facilities whose area before the last change
    of boundaries nobody told."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    edits: dict[int, dict[str, str]] = field(default_factory=dict)
    lines: list[NewLine] = field(default_factory=list)
    dated: bool = False
    unplaced: list[str] = field(default_factory=list)

    def edit(self, line: int, **values: str) -> None:
        self.edits.setdefault(line, {}).update(values)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the comparison asks of geography, for the day `on` from which the list holds: the area of a spell on that
    day's division; and for a code of that division its code on an earlier day (None: ever), with None, or with the day
    before which it is not known."""

    on: date
    area_now: Callable[[FacilitySpell], str | None]
    area_then: Callable[[str, date | None], tuple[str, date | None]]


def told(item: ListedFacility) -> dict[str, str]:
    return {**(item.groups or {}), **({"name": item.name} if item.name else {})}


def place(
    found: Differences, line: NewLine, areas: tuple[str, str | None], opened: date | None, standing: Standing
) -> None:
    """Adds a line with its area's code as it was on the opening day; two where the area of that day is not known, one
    where the facility had closed before its area is known."""
    area, before = areas
    then, since = standing.area_then(area, opened)
    first, closed = str(opened or ""), line.values.get("valid_to", "")
    if since is None:
        found.lines.append(NewLine({**line.values, "valid_from": first, "area": then}, line.base))
        return
    if not before:
        found.unplaced.append(line.values["facility"])
    # a code of today on a line of yesterday would name another place: codes were reused
    earlier = {**line.values, "valid_from": first, "area": before or ""}
    if closed and date.fromisoformat(closed) < since:
        found.lines.append(NewLine(earlier, line.base))
        return
    found.lines.append(NewLine({**earlier, "valid_to": str(since - DAY), "successor": ""}, line.base))
    found.lines.append(NewLine({**line.values, "valid_from": str(since), "area": then}, line.base))


def set_line(found: Differences, line: int | None, **values: str) -> None:
    """Changes a line of the register, or (None) the line that was added last."""
    if line is not None:
        found.edit(line, **values)
    else:
        added = found.lines.pop()
        found.lines.append(NewLine({**added.values, **values}, added.base))


def note(
    found: Differences, item: ListedFacility, kind: Kind, day: date | None, values: tuple[tuple[str, str, str], ...]
) -> None:
    found.changes.append(Change(kind, item.facility, item.name, day, values))


def fill(found: Differences, item: ListedFacility, line: int, filled: dict[str, str], since: date | None) -> int | None:
    """Fills blanks; an area that is known since the last change of boundaries alone begins a line of its own there."""
    if since is None:
        found.edit(line, **filled)
        return line
    found.edit(line, **{**filled, "area": item.area_before or "", "valid_to": str(since - DAY)})
    found.lines.append(NewLine({**filled, "facility": item.facility, "valid_from": str(since)}, line))
    if not item.area_before:
        found.unplaced.append(item.facility)
    return None


def fill_opened(
    found: Differences, item: ListedFacility, rows: Rows, now: tuple[int, FacilitySpell], standing: Standing
) -> None:
    """A blank opening day is filled where the area's code means the same; one that differs is told and left."""
    start = now
    for row in reversed(rows[: rows.index(now)]):
        if row[1].valid_to and start[1].valid_from and row[1].valid_to + DAY == start[1].valid_from:
            start = row
    if item.opened is None or item.opened == start[1].valid_from:
        return
    line, spell = start
    area = standing.area_now(spell)
    fits = not spell.area or bool(area and standing.area_then(area, item.opened) == (spell.area, None))
    free = start == rows[0] and (spell.valid_to is None or item.opened <= spell.valid_to) and item.opened <= standing.on
    values = (("valid_from", str(spell.valid_from or ""), str(item.opened)),)
    if spell.valid_from is None and fits and free:
        found.edit(line, valid_from=str(item.opened))
        note(found, item, "filled", None, values)
    else:
        note(found, item, "kept", None, values)


def fill_before(found: Differences, item: ListedFacility, rows: Rows, standing: Standing) -> None:
    """The area that a later list tells of the line which ends where the boundaries changed."""
    for line, spell in rows:
        since = standing.area_then(item.area, spell.valid_from)[1] if item.area else None
        if item.area_before and not spell.area and since and spell.valid_to == since - DAY:
            found.edit(line, area=item.area_before)
            note(found, item, "filled", None, (("area_before", "", item.area_before),))
