"""Where a change comes from: parts that add up to it exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.errors import UsageError
from healthstats.tables.history import history_note
from healthstats.tables.lines import Line, lines_asked, subtitle
from healthstats.tables.mart import COMPARISONS, PARTS, Asked, Compared
from healthstats.tables.names import capital, named_period, period_name
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def decomposition(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    period: Period,
    lang: Lang = "vi",
    **asked: Unpack[Asked],
) -> Table:
    """A row for each comparison and indicator: the change and its parts, signed, in the indicator's unit.

    UsageError where only ratios are asked for: they have no parts that add up."""
    lines = [line for line in lines_asked(connection, definitions, period, lang, asked) if has_parts(line, definitions)]
    if not lines:
        raise UsageError("ratio_has_no_parts", period=period.code)
    return Table(
        name="decomposition",
        title=say("table.decomposition", lang, period=period_name(period, lang)),
        subtitle=subtitle(definitions, period, lang, asked),
        columns=_columns(lang),
        rows=tuple(
            _row(line, line.by[kind], definitions, lang) for kind in COMPARISONS for line in lines if kind in line.by
        ),
        stub=5,
        notes=(say("note.parts", lang), *history_note([row for line in lines for row in line.by.values()], lang)),
        synthetic=definitions.synthetic,
    )


def has_parts(line: Line, definitions: Definitions) -> bool:
    return definitions.indicators[line.indicator].kind != "ratio"


def _columns(lang: Lang) -> tuple[Column, ...]:
    group = say("column.parts", lang)
    return (
        Column("indicator", say("column.indicator", lang), only="data"),
        Column("group_value", say("column.indicator", lang), only="data"),
        Column("base_period", say("column.against", lang), only="data"),
        Column("name", say("column.indicator", lang)),
        Column("against", say("column.against", lang), only="screen"),
        Column("unit", say("column.unit", lang)),
        Column("change", say("column.change", lang), "number", 1, signed=True),
        *(Column(part, say(f"column.{part}", lang), "number", 1, signed=True, group=group) for part in PARTS),
    )


def _row(line: Line, row: Compared, definitions: Definitions, lang: Lang) -> tuple[Cell, ...]:
    return (
        Cell(line.indicator),
        Cell(line.group_value),
        Cell(row.base_period),
        Cell(line.label, level=line.level),
        Cell(capital(named_period(row.base_period, lang))),
        Cell(definitions.indicators[line.indicator].unit[lang]),
        Cell(row.change),
        *(Cell(getattr(row, part)) for part in PARTS),
    )
