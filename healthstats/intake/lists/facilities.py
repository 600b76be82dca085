"""The rows of a facility list → facilities as the register would say them; what is doubtful becomes a finding."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.finding import Finding
from healthstats.intake.letters.text import fold
from healthstats.intake.lists.cells import AreaNames, Doubt, check_cells, code_of, code_width, day_of
from healthstats.intake.lists.lists import ListedRow, Listing
from healthstats.intake.names import name_key

PROPOSED = "new-"
"""Begins the codes that `ingest --propose-register` makes up, to be replaced by the real ones."""
_NOT_GROUPS = frozenset({"number", "facility", "name", "licence", "area", "area_before"}) | frozenset(
    {"valid_from", "valid_to", "successor"}
)


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """A facility as a list has it, '' and None where it says nothing. `area` is a code of the division of the day from
    which the list holds, `area_before` of the one before; `was` is the code that the register has it under."""

    facility: str
    name: str
    area: str | None = None
    area_before: str | None = None
    opened: date | None = None
    closed: date | None = None
    successor: str = ""
    groups: Mapping[str, str] | None = None
    was: str = ""
    place: tuple[str, int] = ("", 0)


class Names:
    """Who bears a name: on that day, else ever. Nearness counts for nothing here."""

    def __init__(self, definitions: Definitions, on: date) -> None:
        named: dict[str, list[FacilitySpell]] = {}
        of: dict[str, list[FacilitySpell]] = {}
        for spell in definitions.facilities:
            named.setdefault(name_key(spell.name), []).append(spell)
            of.setdefault(spell.facility, []).append(spell)
        for alias in definitions.aliases:
            named.setdefault(name_key(alias.alias), []).extend(of.get(alias.facility, []))
        self._codes = {
            key: {spell.facility for spell in spells if spell.open_on(on)} or {spell.facility for spell in spells}
            for key, spells in named.items()
        }

    def of(self, name: str) -> set[str]:
        return self._codes.get(name_key(name), set()) if name else set()


class FacilityList:
    """Reads rows against the register as it stands on the day `on` from which the list is to hold."""

    def __init__(self, definitions: Definitions, on: date, pad: bool) -> None:
        spells = definitions.facilities
        self.on, self.pad = on, pad
        self.names = Names(definitions, on)
        self.aliased = {alias.facility for alias in definitions.aliases}
        self.known = {spell.facility.casefold(): spell.facility for spell in spells}
        self.codes = set(self.known.values())
        self.width = code_width(self.codes)
        self.areas = AreaNames(definitions.areas, on, pad)
        starts = [change.effective_from for change in definitions.area_changes if change.effective_from <= on]
        before = max(starts) - timedelta(days=1) if starts else None
        self.areas_before = AreaNames(definitions.areas if before else (), before or on, pad)
        self.spelling = {
            (group, fold(text)): text for spell in spells for group, text in spell.attributes.items() if text
        }

    def read(self, listing: Listing) -> tuple[list[ListedFacility], list[Finding]]:
        """The facilities that can be compared, in the order of the list, and a finding for each row that cannot."""
        found: list[tuple[ListedRow, ListedFacility]] = []
        findings: list[Finding] = []
        for row in listing.rows:
            try:
                found.append((row, self._facility(row)))
            except Doubt as doubt:
                findings.append(doubt.finding)
        times = Counter(facility.facility for _, facility in found)
        known = self.known | {code.casefold(): code for code in times}
        whole = []
        for row, facility in found:
            if times[facility.facility] > 1:
                findings.append(row.finding("LIST_TWICE", "facility", facility.facility))
                continue
            try:
                whole.append(replace(facility, successor=self._successor(row, known)))
            except Doubt as doubt:
                findings.append(doubt.finding)
        return whole, findings

    def _facility(self, row: ListedRow) -> ListedFacility:
        check_cells(row)
        name = unicodedata.normalize("NFC", row.text("name"))
        code, was = self._code(row, name)
        if not name and code not in self.codes:
            raise Doubt(row.finding("LIST_NO_NAME", "name", code))
        opened, closed = day_of(row, "valid_from"), day_of(row, "valid_to")
        if opened and closed and closed < opened:
            raise Doubt(row.finding("LIST_CLOSED_FIRST", "valid_to"))
        groups = {role: self._spelled(role, row.text(role)) for role in row.cells if role not in _NOT_GROUPS}
        return ListedFacility(
            facility=code,
            name=name,
            area=self.areas.of(row, "area"),
            area_before=self.areas_before.of(row, "area_before"),
            opened=opened,
            closed=closed,
            groups={role: text for role, text in groups.items() if text},
            was=was,
            place=(row.sheet, row.row),
        )

    def _code(self, row: ListedRow, name: str) -> tuple[str, str]:
        """The code, and the one that the register has the facility under where that is another."""
        code = code_of(row, "facility", self.known, self.width, self.pad)
        licence = self.known.get(row.text("licence").casefold(), row.text("licence"))
        if code in self.codes:
            return code, ""
        if code and licence in self.codes:
            return code, licence
        if code or licence:
            return code or licence, self._proposed(row, name)
        found = self.names.of(name)
        if len(found) != 1:
            raise Doubt(row.finding("LIST_NAME_TWICE" if found else "LIST_NO_CODE", "name"))
        return min(found), ""

    def _proposed(self, row: ListedRow, name: str) -> str:
        """The made-up code under which `ingest --propose-register` put this facility into the register, or ''."""
        found = self.names.of(name)
        made_up = min(found) if len(found) == 1 else ""
        if not made_up.startswith(PROPOSED):
            return ""
        if made_up in self.aliased:
            raise Doubt(row.finding("LIST_ALIASED", "facility", made_up))
        return made_up

    def _successor(self, row: ListedRow, known: Mapping[str, str]) -> str:
        text = row.text("successor")
        if not text or text.casefold() in known:
            return known.get(text.casefold(), "")
        found = self.names.of(text)
        if len(found) != 1:
            raise Doubt(row.finding("LIST_SUCCESSOR", "successor"))
        return min(found)

    def _spelled(self, group: str, text: str) -> str:
        """As the register spells it: `Công lập` and `công lập` are one group."""
        return self.spelling.get((group, fold(text)), text)
