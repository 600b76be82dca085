"""What a list says against the register: new, closed, reopened, renamed, changed, each with its day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from healthstats.definitions.register_file import NewLine
from healthstats.domain.facility import FacilitySpell
from healthstats.intake.lists.facilities import PROPOSED, ListedFacility
from healthstats.intake.names import name_key
from healthstats.workflows.register_lines import (
    DAY,
    Change,
    Differences,
    Rows,
    Standing,
    fill,
    fill_before,
    fill_opened,
    note,
    place,
    set_line,
    told,
)


def differences(
    spells: Sequence[FacilitySpell], listed: Iterable[ListedFacility], standing: Standing, complete: bool
) -> Differences:
    """The register's lines (`spells`, in its order) against a list. With `complete` the list is all there is: who is
    open and not on it closed on the day before `on`; else they are told and left as they are."""
    found, of = Differences(), _by_facility(spells)
    seen = set()
    for item in listed:
        before = len(found.changes)
        seen |= {item.facility, item.was}
        rows = of.get(item.was or item.facility, [])
        if item.was.startswith(PROPOSED):
            _recode(found, item, rows)
            _compare(found, item, rows, standing)
        elif item.was:
            _take_over(found, item, rows, standing)
        elif not rows:
            _open(found, item, standing, empty=not spells)
        else:
            _compare(found, item, rows, standing)
        found.same += len(found.changes) == before
    for facility, rows in of.items():
        now = next(((line, spell) for line, spell in rows if spell.open_on(standing.on)), None)
        if now and facility not in seen:
            _absent(found, now, standing.on, complete)
    return found


def _by_facility(spells: Sequence[FacilitySpell]) -> dict[str, Rows]:
    of: dict[str, Rows] = {}
    for line, spell in enumerate(spells):
        of.setdefault(spell.facility, []).append((line, spell))
    for rows in of.values():
        rows.sort(key=lambda row: row[1].valid_from or date.min)
    return of


def _recode(found: Differences, item: ListedFacility, rows: Rows) -> None:
    """A made-up code gives way to the real one on every line of the facility."""
    for line, _ in rows:
        found.edit(line, facility=item.facility)
    note(found, item, "recoded", None, (("facility", item.was, item.facility),))


def _take_over(found: Differences, item: ListedFacility, rows: Rows, standing: Standing) -> None:
    """A facility known by its licence got a code: what it sent under the licence stays, as its predecessor's."""
    line, last = rows[-1]
    if last.successor or not last.open_on(standing.on) or last.valid_from == standing.on:
        note(found, item, "kept", None, (("facility", item.was, item.facility),))
        return
    values = {**told(item), "facility": item.facility, "valid_from": str(standing.on), "successor": item.successor}
    found.edit(line, valid_to=str(standing.on - DAY), successor=item.facility)
    found.lines.append(NewLine({**values, "area": item.area or standing.area_now(last) or ""}, base=line))
    note(found, item, "recoded", standing.on, (("facility", item.was, item.facility),))
    found.dated = True


def _open(found: Differences, item: ListedFacility, standing: Standing, empty: bool) -> None:
    """A first list tells who has always been there; a later one who came on its day, where it does not say itself."""
    opened = item.opened or (None if empty else standing.on)
    if item.closed and opened and item.closed < opened:
        opened = None
    found.dated |= opened is not None and item.opened is None
    said = {**told(item), "facility": item.facility, "successor": item.successor}
    closed = str(item.closed or "")
    if item.area is None:
        found.lines.append(NewLine({**said, "valid_from": str(opened or ""), "valid_to": closed}))
    else:
        place(found, NewLine({**said, "valid_to": closed}), (item.area, item.area_before), opened, standing)
    found.changes.append(Change("new", item.facility, item.name, opened or item.opened, closed=item.closed))


def _compare(found: Differences, item: ListedFacility, rows: Rows, standing: Standing) -> None:
    on = standing.on
    now = next(((line, spell) for line, spell in rows if spell.open_on(on)), None)
    last = rows[-1]
    if item.closed and item.closed < on:
        _close(found, item, next((row for row in rows if row[1].open_on(item.closed)), None), rows)
    elif now is not None:
        line = _update(found, item, now, standing)
        if item.closed and now[1].valid_to != item.closed:
            note(found, item, "closed", item.closed, ())
            set_line(found, line, valid_to=str(item.closed))
        fill_opened(found, item, rows, now, standing)
        fill_before(found, item, rows, standing)
    elif last[1].valid_to and last[1].valid_to < on:
        _reopen(found, item, last, standing)
    else:
        note(found, item, "kept", last[1].valid_from, (("valid_from", str(last[1].valid_from or ""), str(on)),))
    if item.successor and not any(spell.successor == item.successor for _, spell in rows):
        note(found, item, "filled", None, (("successor", last[1].successor or "", item.successor),))
        found.edit(last[0], successor=item.successor)


def _close(found: Differences, item: ListedFacility, then: tuple[int, FacilitySpell] | None, rows: Rows) -> None:
    """Closes the line open on the list's closing day; a register that says another day, or a later line, holds."""
    closed, last = item.closed, rows[-1]
    if last[1].valid_to == closed or closed is None:
        return
    if then is None or then[0] != last[0] or last[1].valid_to is not None:
        note(found, item, "kept", None, (("valid_to", str(last[1].valid_to or ""), str(closed)),))
        return
    found.edit(then[0], valid_to=str(closed))
    note(found, item, "closed", closed, ())


def _update(found: Differences, item: ListedFacility, now: tuple[int, FacilitySpell], standing: Standing) -> int | None:
    """What differs from now on goes to a new line, and the old one ends the day before; blanks are filled in place.
    Returns the line that holds from now on, None for one that was added."""
    line: int | None = now[0]
    spell, groups = now[1], item.groups or {}
    moved = {group: text for group, text in groups.items() if spell.attributes.get(group) not in (text, "", None)}
    filled = {group: text for group, text in groups.items() if not spell.attributes.get(group)}
    if item.name and name_key(item.name) != name_key(spell.name):
        moved["name"] = item.name
    area, since = standing.area_now(spell), None
    if item.area and not spell.area:
        filled["area"], since = standing.area_then(item.area, spell.valid_from)
        area = item.area
    elif item.area and item.area != area:
        moved["area"] = item.area
    before = {**spell.attributes, "name": spell.name, "area": area or ""}
    if filled:
        note(found, item, "filled", since, tuple((column, "", text) for column, text in filled.items()))
        line = fill(found, item, now[0], filled, since)
    if not moved:
        return line
    values = tuple((column, before.get(column, ""), text) for column, text in moved.items())
    note(found, item, "renamed" if "name" in moved else "changed", standing.on, values)
    found.dated = True
    if standing.on in (spell.valid_from, since):
        set_line(found, line, **moved)
        return line
    # the new line says what held before too: the area's code has to be one of its own day
    carried = {**filled, "facility": item.facility, "area": area or "", "area_before": "", **moved}
    set_line(found, line, valid_to=str(standing.on - DAY))
    found.lines.append(NewLine({**carried, "valid_from": str(standing.on)}, now[0]))
    return None


def _reopen(found: Differences, item: ListedFacility, last: tuple[int, FacilitySpell], standing: Standing) -> None:
    line, spell = last
    closed = spell.valid_to or date.min
    opened = item.opened if item.opened and item.opened > closed else standing.on
    found.dated |= opened != item.opened
    said = {**told(item), "facility": item.facility, "valid_to": str(item.closed or "")}
    said |= {"successor": item.successor, "area_before": ""}
    area = item.area or standing.area_now(spell) or ""
    new = NewLine(said, line)
    if area:
        place(found, new, (area, item.area_before), opened, standing)
    else:
        found.lines.append(NewLine({**said, "valid_from": str(opened), "area": ""}, line))
    note(found, item, "reopened", opened, (("valid_to", str(closed), ""),))


def _absent(found: Differences, now: tuple[int, FacilitySpell], on: date, complete: bool) -> None:
    line, spell = now
    last = on - DAY
    if not complete or (spell.valid_from and spell.valid_from > last):
        found.changes.append(Change("absent", spell.facility, spell.name))
        return
    found.edit(line, valid_to=str(last))
    found.changes.append(Change("closed", spell.facility, spell.name, last))
    found.dated = True
