"""The growth table: the period, each period it is compared with, like-for-like, and who reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Unpack

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.tables import items, rates
from healthstats.tables.growth_columns import growth_cells, growth_columns, reports_in_words
from healthstats.tables.history import history_note, lopsided_note, months_note, set_aside_note
from healthstats.tables.lines import Line, lines_asked, subtitle
from healthstats.tables.mart import COMPARISONS, Asked
from healthstats.tables.names import named_period, period_name
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXPLAINED = ("unfinished", "not_comparable")


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
    shown = [row for line in lines for row in line.by.values()]
    notes = (
        *first.notes,
        *months_note(definitions, shown, lang),
        *set_aside_note(connection, definitions, shown, asked, lang),
        *items.note(connection, definitions, period, asked, lang),
    )
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
        columns=growth_columns(period, bases, shown, lang),
        rows=tuple(rates.finely(growth_cells(line, definitions, list(bases), lang), definitions) for line in lines),
        stub=3,
        notes=(*_notes(lines, list(bases), lang), *_kind_notes(kind, lang), *rates.of_people(shown, definitions, lang)),
        synthetic=definitions.synthetic,
    )


def _notes(lines: Sequence[Line], kinds: Sequence[str], lang: Lang) -> tuple[str, ...]:
    rows = [row for line in lines for kind in kinds if (row := line.by.get(kind))]
    held = {row.status for row in rows}
    notes = [*lopsided_note(rows, lang)]
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


def _kind_notes(kind: str, lang: Lang) -> tuple[str, ...]:
    return () if kind == "flow" else (say(f"note.{kind}", lang),)
