"""registers/*.csv → dated facilities, aliases and areas: the workspace's alone."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

from healthstats.definitions.faults import Faults
from healthstats.definitions.sources import Line, delimiter_of, lines_of, read_lines
from healthstats.domain.facility import Alias, Area, AreaAlias, AreaChange, FacilitySpell

FACILITY = ("facility", "name", "area", "valid_from", "valid_to", "successor", "area_before", "stands_for")
_GROUP = re.compile(r"[a-z][a-z0-9_]*")


def read_facilities(
    path: Path, shown: str, areas: Iterable[Area], faults: Faults
) -> tuple[tuple[FacilitySpell, ...], tuple[str, ...]]:
    """The spells in file order, and the group columns: every column of the register that is not its own."""
    lines = read_lines(path, shown, ("facility", "name"), faults)
    groups = tuple(name for name in _heading(path) if name not in FACILITY)
    for name in groups:
        if not _GROUP.fullmatch(name) or name == "all":
            faults.add("group_name", shown, "1", column=name)
    codes = {area.area for area in areas}
    known = {line.values["facility"] for line in lines}
    spells = [_spell(line, groups, codes, known) for line in lines]
    _check_spells(list(zip(lines, spells, strict=True)))
    return tuple(spells), groups


def _heading(path: Path) -> list[str]:
    if not path.exists():
        return []
    text = path.read_bytes().decode("utf-8-sig", "replace")
    first = next(csv.reader(lines_of(text), delimiter=delimiter_of(text)), [])
    return [name.strip() for name in first]


def _spell(line: Line, groups: tuple[str, ...], areas: set[str], known: set[str]) -> FacilitySpell:
    for column in ("area", "area_before"):
        area = line.maybe(column)
        if area and area not in areas:
            line.fault("unknown_area", area=area)
    spell = FacilitySpell(
        facility=line.text("facility"),
        name=line.text("name"),
        area=line.maybe("area"),
        valid_from=line.day("valid_from"),
        valid_to=line.day("valid_to"),
        successor=line.maybe("successor"),
        area_before=line.maybe("area_before"),
        attributes={name: line.values[name] for name in groups},
        stands_for=_stands_for(line, known),
    )
    if spell.valid_from and spell.valid_to and spell.valid_to < spell.valid_from:
        line.fault("ends_before_start")
    return spell


def _stands_for(line: Line, known: set[str]) -> int | tuple[str, ...]:
    """A number of facilities, or the codes of some; a text that is a facility's code is a code. `1` is always a
    number: a list that fills the column says it of everybody, though some facility may be called 1."""
    text = line.maybe("stands_for")
    if text is None or text.strip() == "1":
        return 1
    words = tuple(dict.fromkeys(re.split(r"[\s,;|]+", text.strip())))
    if len(words) == 1 and words[0] not in known and re.fullmatch(r"[1-9][0-9]{0,4}", words[0]):
        return int(words[0])
    if unknown := [word for word in words if word not in known]:
        line.fault("stands_for", text=", ".join(unknown))
        return 1
    return words


def _check_spells(rows: list[tuple[Line, FacilitySpell]]) -> None:
    of_facility: dict[str, list[tuple[Line, FacilitySpell]]] = defaultdict(list)
    for line, spell in rows:
        of_facility[spell.facility].append((line, spell))
    for line, spell in rows:
        if spell.successor and spell.successor not in of_facility:
            line.fault("unknown_successor", facility=spell.successor)
    _check_sums(rows)
    for spells in (spells for spells in of_facility.values() if len(spells) > 1):
        spells.sort(key=lambda row: row[1].valid_from or date.min)
        for (_, before), (line, after) in pairwise(spells):
            if before.valid_to is None or (after.valid_from or date.min) <= before.valid_to:
                line.fault("spells_overlap", facility=after.facility)


def _check_sums(rows: list[tuple[Line, FacilitySpell]]) -> None:
    """A facility within two sums, or a sum within a sum, would be counted twice."""
    sums = [(line, spell) for line, spell in rows if spell.summed]
    summing = {spell.facility for _, spell in sums}
    held: dict[str, str] = {}
    for line, spell in sums:
        for code in spell.summed:
            if code in summing or held.setdefault(code, spell.facility) != spell.facility:
                line.fault("summed_twice", facility=code)


def read_aliases(path: Path, shown: str, known: set[str], faults: Faults) -> tuple[Alias, ...]:
    lines = read_lines(path, shown, ("facility", "alias"), faults)
    for line in lines:
        if line.values["facility"] not in known:
            line.fault("unknown_facility", facility=line.values["facility"])
    return tuple(Alias(line.text("facility"), line.text("alias")) for line in lines)


def read_areas(path: Path, shown: str, faults: Faults) -> tuple[Area, ...]:
    areas = []
    for line in read_lines(path, shown, ("area", "name", "level", "parent", "valid_from", "valid_to"), faults):
        valid_from = line.day("valid_from")
        if valid_from is None:
            line.fault("blank", column="valid_from")
        areas.append(
            Area(
                area=line.text("area"),
                name=line.text("name"),
                level=line.text("level"),
                parent=line.maybe("parent"),
                valid_from=valid_from or date.min,
                valid_to=line.day("valid_to"),
            )
        )
    roots = [area for area in areas if area.level == "country"]
    if areas and len({root.area for root in roots}) != 1:
        faults.add("one_root", shown, "")
    return tuple(areas)


def read_area_aliases(path: Path, shown: str, areas: Iterable[Area], faults: Faults) -> tuple[AreaAlias, ...]:
    """A workspace made before there was such a register has none."""
    if not path.exists():
        return ()
    names = {area.name for area in areas}
    lines = read_lines(path, shown, ("name", "alias"), faults)
    for line in lines:
        if line.values["name"] not in names:
            line.fault("unknown_area", area=line.values["name"])
    return tuple(AreaAlias(line.text("name"), line.text("alias")) for line in lines)


def read_area_changes(path: Path, shown: str, areas: Iterable[Area], faults: Faults) -> tuple[AreaChange, ...]:
    codes = {area.area for area in areas}
    changes = []
    for line in read_lines(path, shown, ("old_area", "new_area", "effective_from"), faults):
        day = line.day("effective_from")
        if day is None:
            line.fault("blank", column="effective_from")
        change = AreaChange(line.text("old_area"), line.text("new_area"), day or date.min)
        for area in (change.old_area, change.new_area):
            if area not in codes:
                line.fault("unknown_area", area=area)
        changes.append(change)
    return tuple(changes)
