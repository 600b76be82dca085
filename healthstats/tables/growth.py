"""The growth table: the period, each period it is compared with, like-for-like, and who reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Unpack

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.figure import growth_pct, written
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.errors import UsageError
from healthstats.tables import items, rates
from healthstats.tables.mart import COMPARISONS, Asked, Compared, compared, sourced
from healthstats.tables.names import (
    capital,
    group_name,
    in_order,
    named_period,
    parts,
    period_name,
)
from healthstats.tables.places import scope_name
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXPLAINED = ("unfinished", "not_comparable")


@dataclass(frozen=True, slots=True)
class Line:
    """One row to show: an indicator (of a group, of an item) with its row of `growth` for each comparison."""

    indicator: str
    label: str
    level: int
    group_value: str
    by: dict[str, Compared]

    @property
    def now(self) -> Compared:
        return next(iter(self.by.values()))


def growth(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    period: Period,
    lang: Lang = "vi",
    **asked: Unpack[Asked],
) -> Table:
    """Every indicator (or those asked for), in whole units: flows, then in blocks of their own stocks and ratios;
    percentages are Fractions, unrounded.

    UsageError where the mart has nothing for the period and area."""
    lines = lines_asked(connection, definitions, period, lang, asked)
    against = {row.comparison: row.base_period for line in lines for row in line.by.values()}
    bases = {kind: named_period(against[kind], lang) for kind in COMPARISONS if kind in against}
    where = subtitle(definitions, period, lang, asked)
    first, *rest = (
        replace(_block(definitions, period, list(block), bases, lang), subtitle=where)
        for _, block in groupby(lines, key=lambda line: definitions.indicators[line.indicator].kind)
    )
    title = say("table.growth", lang, period=period_name(period, lang))
    notes = (*first.notes, *items.note(connection, definitions, period, asked, lang))
    return replace(first, title=title, notes=notes, then=tuple(rest))


def _block(
    definitions: Definitions, period: Period, lines: Sequence[Line], bases: Mapping[str, str], lang: Lang
) -> Table:
    """The lines of one kind, with the columns that are due to it."""
    shown = [definitions.indicators[line.indicator] for line in lines]
    kind = shown[0].kind
    counted = period.months[-1] if kind == "stock" else period
    return Table(
        name="growth",
        title=say("table.growth" if kind == "flow" else f"table.{kind}", lang, period=period_name(counted, lang)),
        columns=_columns(period, bases, shown, lang),
        rows=tuple(rates.finely(_cells(line, definitions, list(bases), lang), definitions) for line in lines),
        stub=3,
        notes=(*_notes(lines, list(bases), lang), *_kind_notes(kind, lang), *rates.of_people(shown, definitions, lang)),
        synthetic=definitions.synthetic,
    )


def lines_asked(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang, asked: Asked
) -> list[Line]:
    """What was asked for, as lines; UsageError where there is none."""
    found = items.without_items(compared(connection, definitions, period, asked), asked)
    lines = list(lines_of(definitions, found, lang))
    if not lines:
        if period.kind == "to_date":
            raise UsageError("to_date_of_newest_year", period=capital(period_name(period, lang)), year=period.year)
        where = scope_name(definitions, period, asked, lang)
        raise UsageError("nothing_to_show", period=period_name(period, lang), area=where)
    return lines


def lines_of(definitions: Definitions, found: Sequence[Compared], lang: Lang) -> Iterator[Line]:
    """The rows found, in the order shown; groups stand beneath their indicator's total."""
    part_of = parts(definitions)
    grouped = any(row.group_by != "all" for row in found)
    held: dict[tuple[str, str, str, str], dict[str, Compared]] = {}
    for row in found:
        key = (row.indicator, row.item, row.group_by, row.group_value)
        held.setdefault(key, {})[row.comparison] = row
    order = {code: place for place, code in enumerate(in_order(definitions))}
    present = {indicator for indicator, *_ in held}
    for key in sorted(
        (key for key in held if key[0] in order),
        key=lambda key: (order[key[0]], key[1], key[2] != "all", key[3]),
    ):
        indicator, item, group_by, group_value = key
        name = definitions.indicators[indicator].name[lang]
        beneath = group_by != "all" if grouped else part_of.get(indicator) in present
        label = " · ".join(filter(None, (name, item)))
        if group_by != "all":
            label = capital(group_value) or say("no_group", lang)
        yield Line(indicator, label, int(beneath), group_value, held[key])


def subtitle(definitions: Definitions, period: Period, lang: Lang, asked: Asked) -> str:
    text = scope_name(definitions, period, asked, lang)
    group = asked.get("by", "all")
    return text if group == "all" else say("table.by", lang, area=text, group=group_name(group, lang))


def _columns(period: Period, against: Mapping[str, str], shown: Sequence[Indicator], lang: Lang) -> tuple[Column, ...]:
    make = rates.columns(shown, lang) if shown[0].kind == "ratio" else partial(_compared_columns, lang=lang)
    now = capital(period_name(period, lang))
    coverage = say("column.coverage", lang)
    return (
        Column("indicator", say("column.indicator", lang), only="data"),
        Column("group_value", say("column.indicator", lang), only="data"),
        Column("name", say("column.indicator", lang)),
        Column("unit", say("column.unit", lang)),
        Column("value", now, "number", digits=1),
        *(column for kind, base in against.items() for column in make(kind, base)),
        Column("coverage", now, "coverage", group=coverage, only="screen"),
        *(
            Column(f"base_coverage_{kind}", capital(base), "coverage", group=coverage, only="screen")
            for kind, base in against.items()
        ),
        Column("reports", coverage, "integer", only="data"),
        Column("expected_reports", coverage, "integer", only="data"),
        *(
            Column(f"{key}_{kind}", coverage, "integer" if key != "status" else "text", only="data")
            for kind in against
            for key in ("base_reports", "base_expected_reports", "status")
        ),
    )


def _compared_columns(kind: str, base: str, lang: Lang) -> tuple[Column, ...]:
    group = say("against", lang, period=base)
    return (
        Column(f"base_value_{kind}", capital(base), "number", digits=1, group=group),
        Column(f"change_{kind}", say("column.change", lang), "number", 1, signed=True, group=group),
        Column(f"change_pct_{kind}", say("column.change_pct", lang), "percent", 1, signed=True, group=group),
        Column(
            f"matched_change_pct_{kind}",
            say("column.matched_change_pct", lang),
            "percent",
            digits=1,
            signed=True,
            group=group,
        ),
    )


def _cells(line: Line, definitions: Definitions, kinds: Sequence[str], lang: Lang) -> Iterator[Cell]:
    rows = [line.by.get(kind) for kind in kinds]
    indicator = definitions.indicators[line.indicator]
    yield from (Cell(line.indicator), Cell(line.group_value))
    yield Cell(line.label, level=line.level)
    yield Cell(indicator.unit[lang])
    yield sourced(line.now.value, line.now.value_source)
    for row in rows:
        note = reports_in_words([row], lang) if row and row.status == "partial" else ""
        if indicator.kind == "ratio":
            yield from rates.cells(row, note)
        else:
            yield from _compared_cells(row, note) if row else (Cell(None),) * 4
    yield Cell(line.now.coverage)
    for row in rows:
        yield Cell(row.base_coverage if row else None)
    yield from (Cell(line.now.reports), Cell(line.now.expected_reports))
    for row in rows:
        yield Cell(row.base_reports if row else None)
        yield Cell(row.base_expected_reports if row else None)
        yield Cell(row.status if row else "")


def _compared_cells(row: Compared, note: str) -> Iterator[Cell]:
    yield sourced(row.base_value, row.base_source)
    yield Cell(row.change)
    pct = growth_pct(row.value, row.base_value) if row.is_compared else None
    yield Cell(pct, row.status if row.status != "ok" else "", note)
    matched = growth_pct(row.matched_value, row.matched_base_value) if row.is_compared else None
    yield Cell(matched)


def reports_in_words(rows: Sequence[Compared], lang: Lang) -> str:
    """`năm 2023 468/480, năm 2022 470/480`; empty where the rows differ in it."""
    counted: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        for code, pair in ((row.period, row.coverage), (row.base_period, row.base_coverage)):
            if pair:
                counted.setdefault(code, set()).add(pair)
    if any(len(pairs) > 1 for pairs in counted.values()):
        return ""
    said = (
        f"{named_period(code, lang)} {written(received, 0, lang)}/{written(expected, 0, lang)}"
        for code, pairs in counted.items()
        for received, expected in pairs
    )
    return say("note.partial_reports", lang, reports=", ".join(said))


def _notes(lines: Sequence[Line], kinds: Sequence[str], lang: Lang) -> tuple[str, ...]:
    rows = [row for line in lines for kind in kinds if (row := line.by.get(kind))]
    held = {row.status for row in rows}
    notes = []
    if partial := [row for row in rows if row.status == "partial"]:
        coverage = reports_in_words(partial, lang) or say("note.partial_columns", lang)
        notes.append(say("note.partial", lang, coverage=coverage))
    notes += [say(f"note.{status}", lang) for status in EXPLAINED if status in held]
    if held & {"no_base", "zero_base"}:
        notes.append(say("note.no_base", lang))
    if held & {"ok", "partial"}:
        notes.append(say("note.matched", lang))
    if any(row.value is None or row.base_value is None or row.change is None for row in rows):
        notes.append(say("note.nothing", lang))
    return (*notes, *history_note(rows, lang), say("note.coverage", lang))


def history_note(rows: Sequence[Compared], lang: Lang) -> tuple[str, ...]:
    """What the mark of figures of whole areas means, where one of them is shown."""
    return (say("note.history", lang),) if any(row.has_history for row in rows) else ()


def _kind_notes(kind: str, lang: Lang) -> tuple[str, ...]:
    return () if kind == "flow" else (say(f"note.{kind}", lang),)
