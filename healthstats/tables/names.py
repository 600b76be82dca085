"""Codes in words: periods, indicators in the order shown, groups, forms."""

from __future__ import annotations

from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period, parse_period
from healthstats.words import CATALOGUE, Lang, say

PART_OF = "PART_EXCEEDS_TOTAL"


def period_name(period: Period, lang: Lang) -> str:
    """As it stands within a sentence: `năm 2023`, `quý I/2023`, `tháng 8/2023`."""
    key = f"period.{period.kind}" if period.kind in ("year", "to_date") else f"period.{period.kind}.{period.index}"
    return say(key, lang, year=period.year, months=period.size)


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
    flows = {code: one for code, one in definitions.indicators.items() if one.kind == "flow"}
    single = {one.elements[0]: code for code, one in flows.items() if len(one.elements) == 1}
    return {single[part]: single[total] for part, total in total_of.items() if part in single and total in single}


def in_order(definitions: Definitions) -> list[str]:
    """Flows: those with parts first, each followed by its parts, then the others; then stocks, then ratios."""
    total_of = parts(definitions)
    flows = [code for code, indicator in definitions.indicators.items() if indicator.kind == "flow"]
    whole = [code for code in flows if code not in total_of]
    headed = [code for code in whole if code in total_of.values()]
    ordered = [
        inner
        for code in [*headed, *(code for code in whole if code not in headed)]
        for inner in (code, *(part for part in flows if total_of.get(part) == code))
    ]
    kinds = {code: indicator.kind for code, indicator in definitions.indicators.items()}
    return [*ordered, *(code for kind in ("stock", "ratio") for code in kinds if kinds[code] == kind)]


def written_day(day: date, lang: Lang) -> str:
    return f"{day:%d/%m/%Y}" if lang == "vi" else day.isoformat()


def group_name(group: str, lang: Lang) -> str:
    """A register column in words where the catalogue has them, else its own heading."""
    return say(f"group.{group}", lang) if f"group.{group}" in CATALOGUE else group


def form_name(definitions: Definitions, code: str, lang: Lang) -> str:
    return definitions.forms[code].name[lang] if code in definitions.forms else code
