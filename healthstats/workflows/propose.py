"""ingest --propose-register: facilities that files name and the register lacks, as rows to review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthstats.definitions.register_file import add_facilities
from healthstats.domain.formula import is_formula
from healthstats.domain.reading import Reading, UnknownFacility
from healthstats.intake.letters.text import fold
from healthstats.workflows.workspace import Workspace


def propose_facilities(workspace: Workspace, readings: Iterable[Reading]) -> list[UnknownFacility]:
    """Adds a register row for each unknown facility and returns them as added.

    A facility without a code gets one of the workspace's own (`new-1`), to be replaced by its real one. What a
    spreadsheet would run when the register is opened for review is left to a person."""
    taken = {spell.facility for spell in workspace.definitions.facilities}
    unknown = (facility for reading in readings for facility in reading.unknown)
    harmless = (one for one in unknown if not any(map(is_formula, (one.code, one.name))))
    proposed = list(_coded(_merged(harmless), taken))
    add_facilities(
        workspace.register,
        [{"facility": new.code, "name": new.name or new.code, **dict(new.attributes)} for new in proposed],
    )
    return proposed


def _merged(unknown: Iterable[UnknownFacility]) -> list[UnknownFacility]:
    """One a facility, by code or else by folded name, with the attributes of all its mentions."""
    merged: dict[str, UnknownFacility] = {}
    for facility in unknown:
        key = facility.code or fold(facility.name)
        first = merged.get(key, facility)
        attributes = {**dict(facility.attributes), **dict(first.attributes)}
        merged[key] = UnknownFacility(first.code, first.name, tuple(attributes.items()))
    return list(merged.values())


def _coded(unknown: Iterable[UnknownFacility], taken: set[str]) -> Iterator[UnknownFacility]:
    number = 0
    for facility in unknown:
        code = facility.code
        while not code or (code in taken and not facility.code):
            number += 1
            code = f"new-{number}" if f"new-{number}" not in taken else ""
        if code not in taken:
            taken.add(code)
            yield UnknownFacility(code, facility.name, facility.attributes)
