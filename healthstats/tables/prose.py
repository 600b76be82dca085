"""Growth in sentences, as a report prints it: `tăng`/`giảm` and the size, never a minus sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.figure import growth_pct, half_up, percent, points
from healthstats.tables.lines import Line
from healthstats.tables.mart import COMPARISONS, Compared, Estimated
from healthstats.tables.names import capital, named_period
from healthstats.tables.rates import difference
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
    indicator, name = definitions.indicators[line.indicator], _name(definitions, line, lang)
    if any(row.status == "unfinished" for row in rows):
        yield say("headline.unfinished", lang, name=name, amount=_amount(definitions, indicator, line.now.value, lang))
        return
    key = "headline.sentence_part" if line.level else "headline.sentence"
    if isinstance(line.now, Estimated):
        key = "headline.estimate_part" if line.level else "headline.estimate"
    elif indicator.kind == "ratio" and line.now.value is not None:
        key = "headline.ratio"
    moves = [_move(row, row.value, row.base_value, indicator, lang, against=True) for row in rows]
    matched = _matched(rows, indicator, lang) if any(row.status == "partial" for row in rows) else ""
    said = {"name": name, "moves": say("headline.and", lang).join(moves), "matched": matched}
    amount, period = _amount(definitions, indicator, line.now.value, lang), named_period(line.now.period, lang)
    yield say(key, lang, **said, amount=amount, period=period)


def _matched(rows: Sequence[Compared], indicator: Indicator, lang: Lang) -> str:
    """The same moves on the facilities that reported in both periods, where reports are missing."""
    pairs = [(row.matched_value, row.matched_base_value) for row in rows if row.is_compared]
    if all(_growth(indicator, now, base) is None for now, base in pairs):
        return ""
    moves = [_move(row, row.matched_value, row.matched_base_value, indicator, lang) for row in rows]
    key = "headline.estimate_matched" if isinstance(rows[0], Estimated) else "headline.matched"
    return say(key, lang, moves=say("headline.and", lang).join(moves))


def _move(row: Compared, now: Sum, base: Sum, indicator: Indicator, lang: Lang, *, against: bool = False) -> str:
    # a change of the register, not of the work, is no sentence of a report
    grown = _growth(indicator, now, base) if row.is_compared and not row.is_lopsided else None
    size = ""
    if grown is None or now is None or base is None:
        kind = "no_base"
    elif indicator.kind != "ratio" and abs(base) < TINY and now != base and now - base == int(now - base):
        kind, size = (
            ("up" if now > base else "down"),
            say("headline.count", lang, count=int(abs(now - base)), unit=indicator.unit[lang]),
        )
    elif half_up(grown, indicator.digits if indicator.kind == "ratio" else 1) == 0:
        kind = "level"
    else:
        kind, size = ("up" if grown > 0 else "down"), _size(indicator, abs(grown), lang)
    key = f"headline.{kind}_against" if against else f"headline.{kind}"
    return say(key, lang, size=size, period=named_period(row.base_period, lang))


def _growth(indicator: Indicator, now: Sum, base: Sum) -> Fraction | None:
    """In percent; of a ratio in points, or in its unit."""
    if indicator.kind != "ratio":
        return growth_pct(now, base)
    change = difference(now, base)
    return None if change is None else Fraction(change)


def _size(indicator: Indicator, grown: Fraction, lang: Lang) -> str:
    if indicator.kind != "ratio":
        return percent(grown, lang)
    unit = say("unit.points", lang) if indicator.in_points else indicator.unit[lang]
    return f"{points(grown, lang, digits=indicator.digits)} {unit}"


def _amount(definitions: Definitions, indicator: Indicator, value: Sum, lang: Lang) -> str:
    """`1.234.567 lượt`, an estimated count too; `1,6 tỷ đồng`, `87,3%`, `6,4 ngày` in the indicator's decimals."""
    types = {one.type for code, one in definitions.elements.items() if code in indicator.elements}
    measured = indicator.kind == "ratio" or "decimal" in types
    figure = points(Fraction(value or 0), lang, digits=indicator.digits if measured else 0)
    return f"{figure}%" if indicator.in_points else f"{figure} {indicator.unit[lang]}"


def _name(definitions: Definitions, line: Line, lang: Lang) -> str:
    """`Số lượt khám chữa bệnh ngoại trú`; of a part, after its total, the words after the colon."""
    indicator = definitions.indicators[line.indicator]
    whole, _, part = line.label.partition(": ")
    if line.level:
        return part or whole
    if lang == "vi" and whole.lower().startswith(f"{indicator.unit['vi']} "):
        whole = say("headline.name", lang, name=whole[:1].lower() + whole[1:])
    return say("headline.qualified", lang, whole=capital(whole), part=part) if part else capital(whole)
