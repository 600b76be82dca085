"""Codes in words: periods, indicators in the order shown, areas, facilities."""

from __future__ import annotations

from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.period import Period, parse_period
from healthstats.tables.mart import root_area
from healthstats.words import CATALOGUE, Lang, say

PART_OF = "PART_EXCEEDS_TOTAL"


def period_name(period: Period, lang: Lang) -> str:
    """As it stands within a sentence: `năm 2023`, `quý I/2023`, `tháng 8/2023`."""
    key = "period.year" if period.kind == "year" else f"period.{period.kind}.{period.index}"
    return say(key, lang, year=period.year)


def named_period(code: str, lang: Lang) -> str:
    period = parse_period(code)
    return period_name(period, lang) if period else code


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def parts(definitions: Definitions) -> dict[str, str]:
    """Indicator → the indicator it is a part of, as the forms' rules say (insured visits → visits)."""
    total_of = {
        rule.left: rule.right[0]
        for form in definitions.forms.values()
        for rule in form.rules
        if rule.kind == "at_most" and rule.code == PART_OF
    }
    single = {one.elements[0]: code for code, one in definitions.indicators.items() if len(one.elements) == 1}
    return {single[part]: single[total] for part, total in total_of.items() if part in single and total in single}


def in_order(definitions: Definitions) -> list[str]:
    """Every flow indicator: those with parts first, each followed by its parts, then the others."""
    total_of = parts(definitions)
    flows = [code for code, indicator in definitions.indicators.items() if indicator.kind == "flow"]
    whole = [code for code in flows if code not in total_of]
    headed = [code for code in whole if code in total_of.values()]
    return [
        inner
        for code in [*headed, *(code for code in whole if code not in headed)]
        for inner in (code, *(part for part in flows if total_of.get(part) == code))
    ]


def spell_on(spells: list[FacilitySpell], day: date) -> FacilitySpell:
    """The spell that holds on `day`, else the last before it, else the first."""
    begun = [spell for spell in spells if spell.valid_from is None or spell.valid_from <= day]
    return begun[-1] if begun else spells[0]


def spells_by_facility(definitions: Definitions) -> dict[str, list[FacilitySpell]]:
    found: dict[str, list[FacilitySpell]] = {}
    for spell in sorted(definitions.facilities, key=lambda spell: spell.valid_from or date.min):
        found.setdefault(spell.facility, []).append(spell)
    return found


def area_on(definitions: Definitions, spell: FacilitySpell, day: date) -> str:
    """The code, on `day`, of the place that the spell's own code named when the spell began."""
    area, begun = spell.area or "", spell.valid_from or date.min
    changes = {(change.effective_from, change.old_area): change.new_area for change in definitions.area_changes}
    # one step a date: codes were reused, and a second step on the same day would follow the wrong one
    for effective in sorted({effective for effective, _ in changes if begun < effective <= day}):
        area = changes.get((effective, area), area)
    return area


def area_name(definitions: Definitions, code: str, day: date) -> str:
    """The name in force on `day`, else the latest known, else the code."""
    named = [area for area in definitions.areas if area.area == code]
    held = [area for area in named if area.valid_from <= day and (area.valid_to is None or day <= area.valid_to)]
    return (held or sorted(named, key=lambda area: area.valid_from))[-1].name if named else code


def scope_name(definitions: Definitions, code: str | None, day: date) -> str:
    """The area's name; for the whole register the one area that holds all its facilities, where there is one:
    a department's page that said `Cả nước` would claim the country."""
    root = root_area(definitions)
    if code and code != root:
        return area_name(definitions, code, day)
    areas = {area_on(definitions, spell, day) for spell in definitions.facilities}
    return area_name(definitions, areas.pop() if len(areas) == 1 and "" not in areas else root, day)


def group_name(group: str, lang: Lang) -> str:
    """A register column in words where the catalogue has them, else its own heading."""
    return say(f"group.{group}", lang) if f"group.{group}" in CATALOGUE else group


def form_name(definitions: Definitions, code: str, lang: Lang) -> str:
    return definitions.forms[code].name[lang] if code in definitions.forms else code
