"""Ratios among the growth tables: they change in percentage points, or in their unit, never in percent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.table import Cell, Column
from healthstats.tables.mart import Compared, sourced
from healthstats.tables.names import capital
from healthstats.words import Lang, say


def columns(shown: Iterable[Indicator], lang: Lang) -> Callable[[str, str], tuple[Column, ...]]:
    """(comparison, base period in words) → its columns, headed by the units in which the ratios shown change."""
    changes_in = units(shown, lang)

    def compared_columns(kind: str, base: str) -> tuple[Column, ...]:
        group = say("against", lang, period=base)
        change, matched = (say(key, lang, units=changes_in) for key in ("column.change_in", "column.matched_change_in"))
        return (
            Column(f"base_value_{kind}", capital(base), "number", digits=1, group=group),
            Column(f"change_{kind}", change, "points", 1, signed=True, group=group),
            Column(f"matched_change_{kind}", matched, "points", 1, signed=True, group=group),
        )

    return compared_columns


def units(shown: Iterable[Indicator], lang: Lang) -> str:
    """The units in which ratios change, each once."""
    return ", ".join(dict.fromkeys(say("unit.pp", lang) if one.in_points else one.unit[lang] for one in shown))


def cells(row: Compared | None, note: str) -> tuple[Cell, ...]:
    """The cells under `columns`; `note` says which reports are missing."""
    if row is None:
        return (Cell(None),) * 3
    change = matched = None
    if row.is_compared:
        change = row.change
        matched = difference(row.matched_value, row.matched_base_value)
    return (
        sourced(row.base_value, row.base_source),
        Cell(change, row.mark, note),
        Cell(matched),
    )


def of_people(shown: Iterable[Indicator], definitions: Definitions, lang: Lang) -> tuple[str, ...]:
    """The note of rates over the population: which one, and who says so."""
    if not any(one.over_population for one in shown):
        return ()
    sources = "; ".join(dict.fromkeys(row.source for row in definitions.populations if row.source))
    return (say("note.population", lang, sources=sources or "registers/populations.csv"),)


def difference(now: Decimal | None, base: Decimal | None) -> Decimal | None:
    """The change of a ratio in its own unit; None where a side is not known."""
    return None if now is None or base is None else now - base


def finely(cells: Iterable[Cell], definitions: Definitions) -> tuple[Cell, ...]:
    """A row that begins with its indicator's code, its figures written in the indicator's own decimals."""
    row = tuple(cells)
    digits = definitions.indicators[str(row[0].value)].digits
    return row if digits == 1 else tuple(replace(cell, digits=digits) if _is_measured(cell) else cell for cell in row)


def _is_measured(cell: Cell) -> bool:
    return isinstance(cell.value, Decimal | Fraction)
