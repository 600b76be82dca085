"""Growth in sentences, as a report prints it: `tăng`/`giảm` and the size, never a minus sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import growth_pct, half_up, percent, written
from healthstats.tables.growth import Line
from healthstats.tables.mart import COMPARISONS, Compared
from healthstats.tables.names import capital, named_period
from healthstats.words import Lang, say

Sum = Decimal | None
TINY = 10
"""Below this base a change is told in counts (`tăng 01 ca`): a default of ours, no source states the bound."""


def headlines(definitions: Definitions, lines: Sequence[Line], lang: Lang) -> tuple[str, ...]:
    """A paragraph an indicator of level 0, its parts in the sentences after it."""
    paragraphs: list[list[str]] = []
    for line in lines:
        if line.level == 0 or not paragraphs:
            paragraphs.append([])
        paragraphs[-1] += _sentences(definitions, line, lang)
    return tuple(" ".join(sentences) for sentences in paragraphs)


def _sentences(definitions: Definitions, line: Line, lang: Lang) -> Iterator[str]:
    rows = [line.by[kind] for kind in COMPARISONS if kind in line.by]
    name, unit = _name(definitions, line, lang), definitions.indicators[line.indicator].unit[lang]
    if any(row.status == "unfinished" for row in rows):
        value = written(half_up(Fraction(line.now.value or 0), 0), 0, lang)
        yield say("headline.unfinished", lang, name=name, value=value, unit=unit)
        return
    key = "headline.sentence_part" if line.level else "headline.sentence"
    moves = [_move(row, row.value, row.base_value, unit, lang, against=True) for row in rows]
    matched = _matched(rows, unit, lang) if any(row.status == "partial" for row in rows) else ""
    yield say(key, lang, name=name, moves=say("headline.and", lang).join(moves), matched=matched)


def _matched(rows: Sequence[Compared], unit: str, lang: Lang) -> str:
    """The same moves on the facilities that reported in both periods, where reports are missing."""
    if all(growth_pct(row.matched_value, row.matched_base_value) is None for row in rows if row.is_compared):
        return ""
    moves = [_move(row, row.matched_value, row.matched_base_value, unit, lang) for row in rows]
    return say("headline.matched", lang, moves=say("headline.and", lang).join(moves))


def _move(row: Compared, now: Sum, base: Sum, unit: str, lang: Lang, *, against: bool = False) -> str:
    pct = growth_pct(now, base) if row.is_compared else None
    size = ""
    if pct is None or now is None or base is None:
        kind = "no_base"
    elif abs(base) < TINY and now != base and now - base == int(now - base):
        kind, size = (
            ("up" if now > base else "down"),
            say("headline.count", lang, count=int(abs(now - base)), unit=unit),
        )
    elif half_up(pct, 1) == 0:
        kind = "level"
    else:
        kind, size = ("up" if pct > 0 else "down"), percent(abs(pct), lang)
    key = f"headline.{kind}_against" if against else f"headline.{kind}"
    return say(key, lang, size=size, period=named_period(row.base_period, lang))


def _name(definitions: Definitions, line: Line, lang: Lang) -> str:
    """`Số lượt khám chữa bệnh ngoại trú`; of a part, after its total, the words after the colon."""
    indicator = definitions.indicators[line.indicator]
    whole, _, part = line.label.partition(": ")
    if line.level:
        return part or whole
    if lang == "vi" and whole.lower().startswith(f"{indicator.unit['vi']} "):
        whole = say("headline.name", lang, name=whole[:1].lower() + whole[1:])
    return say("headline.qualified", lang, whole=capital(whole), part=part) if part else capital(whole)
