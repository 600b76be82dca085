"""What a person typed → a code: forms, facilities, indicators, areas and groups, by code or by name, accents or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from healthstats.domain.definitions import Definitions
from healthstats.errors import UsageError
from healthstats.intake import Hints, NameIndex
from healthstats.intake.letters.text import fold
from healthstats.intake.names import Match
from healthstats.workflows.arrivals import Received
from healthstats.workflows.lookup import find_day, find_period, newest_boundaries
from healthstats.workflows.workspace import Workspace


def find_received(text: str) -> Received:
    """'' → now, `mtime` → the file's own time, else a day."""
    return ("mtime" if text else None) if text in ("", "mtime") else find_day(text)


def find_hints(workspace: Workspace, form: str, period: str, facility: str, sheet: str = "") -> Hints:
    """What the command line says that a file does not, as codes."""
    return Hints(
        form=_found("form", form, {code: code for code in workspace.definitions.forms}) if form else None,
        period=find_period(period) if period else None,
        facility=find_facility(workspace.definitions, facility) if facility else None,
        sheet=sheet or None,
    )


def find_facility(definitions: Definitions, text: str) -> str:
    """The code of the one facility that is called so; UsageError with the nearest where there is none, or more."""
    found = NameIndex.of(definitions.facilities, definitions.aliases).match("", text, None)
    if found.code is None:
        of_two = found.fault == "AMBIGUOUS_FACILITY"
        raise UsageError("facility_of_two" if of_two else "no_facility", text=text, close=_close(found))
    return found.code


def find_indicator(definitions: Definitions, text: str) -> str:
    names = {
        name: code
        for code, indicator in definitions.indicators.items()
        for name in (code, *(fold(name) for name in indicator.name.values()))
    }
    return _found("indicator", text, names)


def find_area(definitions: Definitions, text: str, boundaries: date | None) -> str:
    """An area's code within `boundaries` (newest where None)."""
    day = boundaries or newest_boundaries(definitions)
    found = NameIndex.of_areas(definitions.areas, definitions.area_aliases, day).match("", text, day)
    if found.code is None:
        raise UsageError("no_area", text=text, close=_close(found))
    return found.code


def find_area_name(definitions: Definitions, text: str) -> str:
    """The one name, of whatever day, that an area is meant by: its whole name, its name without its kind, its code."""
    named = sorted({area.name for area in definitions.areas if text in (area.area, area.name)}) or sorted(
        {area.name for area in definitions.areas if fold(text) in (fold(area.name), _bare(area.name))}
    )
    if len(named) != 1:
        raise UsageError("no_area", text=text, close="; ".join(named) or "–")
    return named[0]


def find_group(definitions: Definitions, text: str) -> str:
    return _found("group", text, {name: name for name in ("all", *definitions.groups)})


def _bare(name: str) -> str:
    """`Thành phố Hồ Chí Minh` → `ho chi minh`, as people type it."""
    return fold(name).removeprefix("thanh pho ").removeprefix("tinh ")


def _close(found: Match) -> str:
    return "; ".join(f"{near.code} {near.name}" for near in found.suggestions) or "–"


def _found(what: str, text: str, names: Mapping[str, str]) -> str:
    if text in names or fold(text) in names:
        return names.get(text) or names[fold(text)]
    close = get_close_matches(fold(text), names, n=3, cutoff=0.5)
    raise UsageError(f"no_{what}", text=text, close=", ".join(dict.fromkeys(names[name] for name in close)) or "–")
