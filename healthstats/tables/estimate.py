"""The year that is not over: done so far, the estimate of what is not reported, and the estimated year's growth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Unpack

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.figure import growth_pct, half_up, written
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Format, Table
from healthstats.errors import UsageError
from healthstats.tables.history import history_note, lopsided_note, set_aside_note
from healthstats.tables.lines import Line, lines_asked, subtitle
from healthstats.tables.mart import COMPARISONS, Asked, Compared, Estimated, fetch, sourced
from healthstats.tables.names import capital, named_period, period_name
from healthstats.tables.rates import difference, finely, of_people, units
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

METHODS = ("own_growth", "own_mean", "all_growth", "carried")
COUNTED = (*(f"{method}_reports" for method in METHODS), "not_estimated_reports")


def estimate(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    period: Period,
    lang: Lang = "vi",
    **asked: Unpack[Asked],
) -> Table:
    """Every indicator (or those asked for), in its unit: flows, then in blocks of their own stocks and ratios.
    Estimates are unrounded; the data columns count the reports estimated by each method.

    UsageError where the period is no year, is over, or has no figures."""
    lines = estimated_lines(connection, definitions, period, lang, asked)
    where = subtitle(definitions, period, lang, asked)
    first, *rest = (
        replace(_block(definitions, period, list(block), lang), subtitle=where)
        for _, block in groupby(lines, key=lambda line: definitions.indicators[line.indicator].kind)
    )
    rows = [row for line in lines for row in line.by.values()]
    notes = (*first.notes, *set_aside_note(connection, definitions, rows, asked, lang))
    return replace(first, notes=notes, then=tuple(rest))


def estimated_lines(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang, asked: Asked
) -> list[Line]:
    """As `lines_asked`, of the estimate."""
    if period.kind != "year":
        raise UsageError("estimate_of_a_year", period=capital(period_name(period, lang)), year=period.year)
    (row,) = fetch(connection, _OVER, [period.code, period.code])
    if row["over"]:
        raise UsageError("nothing_to_estimate", period=capital(period_name(period, lang)))
    return lines_asked(connection, definitions, period, lang, {**asked, "estimate": True})


_OVER = """
select
  not exists (select 1 from estimate where period = ?)
  and exists (select 1 from growth where period = ? and status <> 'unfinished') as over
"""


def done_period(lines: Sequence[Line], year: Period) -> Period:
    """The year's months of which reports are due, as one period; of several forms, the longest."""
    return year.first_months(max(_row(line).months for line in lines))


def _block(definitions: Definitions, period: Period, lines: Sequence[Line], lang: Lang) -> Table:
    """The lines of one kind, with the columns that are due to it."""
    shown = [definitions.indicators[line.indicator] for line in lines]
    kind = shown[0].kind
    against = {row.comparison: row.base_period for line in lines for row in line.by.values()}
    bases = {one: named_period(against[one], lang) for one in COMPARISONS if one in against}
    counted = period.months[-1] if kind == "stock" else period
    return Table(
        name="estimate",
        title=say(f"table.estimate.{kind}", lang, period=period_name(counted, lang)),
        columns=_columns(definitions, done_period(lines, period), bases, shown, lang),
        rows=tuple(finely(_cells(line, definitions, list(bases), lang), definitions) for line in lines),
        stub=3,
        notes=(*_notes(lines, list(bases), kind, lang), *of_people(shown, definitions, lang)),
        synthetic=definitions.synthetic,
    )


def _columns(
    definitions: Definitions, done: Period, bases: Mapping[str, str], shown: Sequence[Indicator], lang: Lang
) -> tuple[Column, ...]:
    kind, year = shown[0].kind, period_name(Period("year", done.year), lang)
    figure: Format = "integer" if all(_is_count(one, definitions) for one in shown) else "number"
    so_far = say("estimate.done", lang, months=done.size)
    reports = say("estimate.reports", lang)
    label = so_far if kind != "stock" else say("estimate.done_at", lang, period=period_name(done.months[-1], lang))
    return (
        Column("indicator", say("column.indicator", lang), only="data"),
        Column("group_value", say("column.indicator", lang), only="data"),
        Column("name", say("column.indicator", lang)),
        Column("unit", say("column.unit", lang)),
        Column("done_value", label, "number", digits=1),
        *([Column("estimated_value", say("estimate.rest", lang), figure, 1)] if kind == "flow" else []),
        Column("value", say("estimate.year", lang, period=year), figure, 1),
        *(column for one, base in bases.items() for column in _against(one, base, year, shown, lang)),
        Column("coverage", so_far, "coverage", group=reports, only="screen"),
        Column("estimated_reports", say("estimate.estimated_reports", lang), "integer", group=reports),
        *(Column(f"base_coverage_{one}", capital(base), "coverage", 0, group=reports, only="screen")
          for one, base in bases.items()),
        *(Column(key, reports, "integer", only="data") for key in ("reports", "expected_reports", *COUNTED)),
        *(
            Column(f"{key}_{one}", reports, "integer" if key != "status" else "text", only="data")
            for one in bases
            for key in ("base_reports", "base_expected_reports", "status")
        ),
        Column("estimate", say("estimate.mark", lang), only="data"),
    )  # fmt: skip


def _against(kind: str, base: str, year: str, shown: Sequence[Indicator], lang: Lang) -> Iterator[Column]:
    group = say("estimate.against", lang, year=year, period=base)
    yield Column(f"base_value_{kind}", capital(base), "number", 1, group=group)
    if shown[0].kind == "ratio":
        change, matched = (
            say(key, lang, units=units(shown, lang)) for key in ("column.change_in", "estimate.matched_in")
        )
        yield Column(f"change_{kind}", change, "points", 1, signed=True, group=group)
        yield Column(f"matched_change_{kind}", matched, "points", 1, signed=True, group=group)
        return
    yield Column(f"change_{kind}", say("column.change", lang), "number", 1, signed=True, group=group, only="data")
    yield Column(f"change_pct_{kind}", say("column.change_pct", lang), "percent", 1, signed=True, group=group)
    yield Column(f"matched_change_pct_{kind}", say("estimate.matched", lang), "percent", 1, signed=True, group=group)


def _is_count(indicator: Indicator, definitions: Definitions) -> bool:
    return indicator.kind == "flow" and all(definitions.elements[one].type == "count" for one in indicator.elements)


def _row(line: Line) -> Estimated:
    assert isinstance(line.now, Estimated)
    return line.now


def _cells(line: Line, definitions: Definitions, kinds: Sequence[str], lang: Lang) -> Iterator[Cell]:
    now, rows = _row(line), [line.by.get(kind) for kind in kinds]
    indicator = definitions.indicators[line.indicator]
    yield from (Cell(line.indicator), Cell(line.group_value), Cell(line.label, level=line.level))
    yield from (Cell(indicator.unit[lang]), Cell(now.done_value))
    if indicator.kind == "flow":
        yield Cell(now.estimated_value)
    yield Cell(now.value)
    for row in rows:
        yield from _compared(row, indicator)
    yield Cell((now.reports, now.expected_reports))
    yield Cell(sum(getattr(now, f"{method}_reports") for method in METHODS))
    for row in rows:
        yield Cell(row.base_coverage if row else None)
    yield from (Cell(getattr(now, key)) for key in ("reports", "expected_reports", *COUNTED))
    for row in rows:
        yield Cell(row.base_reports if row else None)
        yield Cell(row.base_expected_reports if row else None)
        yield Cell(row.status if row else "")
    yield Cell(say("estimate.mark", lang))


def _compared(row: Compared | None, indicator: Indicator) -> Iterator[Cell]:
    if row is None:
        yield from (Cell(None),) * (3 if indicator.kind == "ratio" else 4)
        return
    yield sourced(row.base_value, row.base_source)
    if indicator.kind == "ratio":
        yield Cell(row.change if row.is_compared else None, row.mark)
        yield Cell(difference(row.matched_value, row.matched_base_value) if row.is_compared else None)
        return
    yield Cell(row.change)
    yield Cell(growth_pct(row.value, row.base_value) if row.is_compared else None, row.mark)
    yield Cell(growth_pct(row.matched_value, row.matched_base_value) if row.is_compared else None)


def _notes(lines: Sequence[Line], kinds: Sequence[str], kind: str, lang: Lang) -> Iterator[str]:
    rows = [row for line in lines for one in kinds if (row := line.by.get(one))]
    held = {row.status for row in rows}
    yield from lopsided_note(rows, lang)
    if kind != "stock":
        yield say("note.estimate", lang)
    yield say(f"note.estimate.{kind}", lang, months=max(_row(line).months for line in lines))
    yield from estimated_in_words(lines, lang)
    if "partial" in held:
        yield say("note.estimate_partial", lang)
    if "not_comparable" in held:
        yield say("note.not_comparable", lang)
    if held & {"no_base", "zero_base"}:
        yield say("note.no_base", lang)
    yield say("note.matched", lang)
    if any(row.value is None or row.base_value is None for row in rows) or any(
        _row(line).done_value is None for line in lines
    ):
        yield say("note.nothing", lang)
    yield from history_note(rows, lang)
    yield say("note.coverage", lang)


def estimated_in_words(lines: Sequence[Line], lang: Lang) -> Iterator[str]:
    """How many reports each method stands for; the least and the most where the lines differ."""
    parts = []
    for key in COUNTED:
        counts = [getattr(_row(line), key) for line in lines]
        least, most = (written(count, 0, lang) for count in (min(counts), max(counts)))
        if most != "0":
            count = most if least == most else say("note.between", lang, least=least, most=most)
            parts.append(say(f"note.{key.removesuffix('_reports')}", lang, count=count))
    if parts:
        yield say("note.estimated_reports", lang, parts="; ".join(parts))


def whole(value: Decimal | None, indicator: Indicator, definitions: Definitions) -> Decimal | int | None:
    """An estimated count as it is shown where other figures have decimals: half up."""
    return half_up(Fraction(value), 0) if value is not None and _is_count(indicator, definitions) else value
