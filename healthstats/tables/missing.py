"""The list to chase: facilities that still owe monthly reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import fetch
from healthstats.tables.names import capital, period_name
from healthstats.tables.places import Places
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OWED = """
select form, facility, period
from coverage
where period in (select unnest(?)) and expected and not reported and facility is not null
order by form, facility, period
"""


def missing(connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang = "vi") -> Table:
    """One row a facility and form: those that owe most first."""
    owed: dict[tuple[str, str], list[str]] = {}
    for row in fetch(connection, _OWED, [[month.code for month in period.months]]):
        owed.setdefault((row["form"], row["facility"]), []).append(row["period"])
    places = Places(definitions, period.end)
    rows = []
    for (form, facility), months in sorted(owed.items(), key=lambda item: (-len(item[1]), item[0])):
        spell = places.spell(facility)
        rows.append(
            (
                Cell(form),
                Cell(facility),
                Cell(spell.name if spell else ""),
                Cell(capital(spell.attributes.get("type", "")) if spell else ""),
                Cell(places.name(places.area(spell)) if spell else ""),
                Cell(months_in_words(int(month[-2:]) for month in months)),
                Cell(" ".join(months)),
                Cell(len(months)),
            )
        )
    return Table(
        name="missing",
        title=say("table.missing", lang, period=period_name(period, lang)),
        subtitle=places.scope,
        columns=_columns(lang),
        rows=tuple(rows),
        stub=3,
        notes=() if rows else (say("note.none_missing", lang),),
        synthetic=definitions.synthetic,
    )


def months_in_words(months: Iterable[int]) -> str:
    """1, 3, 4, 5 → `1, 3–5`."""
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _columns(lang: Lang) -> tuple[Column, ...]:
    return (
        Column("form", say("column.form", lang), only="data"),
        Column("facility", say("column.facility", lang)),
        Column("name", say("column.name", lang)),
        Column("type", say("column.type", lang)),
        Column("area", say("column.area", lang)),
        Column("months_shown", say("column.months", lang), only="screen"),
        Column("months", say("column.months", lang), only="data"),
        Column("months_missing", say("column.missing", lang), "integer"),
    )
