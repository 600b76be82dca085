"""The list to chase: facilities that still owe monthly reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import written
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import fetch
from healthstats.tables.names import capital, form_name, period_name
from healthstats.tables.places import Places
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OWED = """
select form, facility, list(period order by period) as months
from coverage
where period in (select unnest(?)) and expected and not reported and facility is not null
group by form, facility
order by len(months) desc, form, facility
"""


def missing(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    period: Period,
    lang: Lang = "vi",
    *,
    newest: int | None = None,
) -> Table:
    """One row a facility and form: all, those that owe most first; or the `newest` that owe the latest months, and a
    note of how many there are beside."""
    owed = fetch(connection, _OWED, [[month.code for month in period.months]])
    left = len(owed) - newest if newest is not None else 0
    if newest is not None:
        owed = sorted(owed, key=lambda row: str(row["months"][-1]), reverse=True)[:newest]
    places = Places(definitions, period.end)
    several = len({row["form"] for row in owed}) > 1
    rows = []
    for row in owed:
        form, facility, months = row["form"], row["facility"], row["months"]
        spell = places.spell(facility)
        rows.append(
            (
                Cell(form),
                Cell(facility),
                Cell(spell.name if spell else ""),
                Cell(capital(spell.attributes.get("type", "")) if spell else ""),
                Cell(places.name(places.area(spell)) if spell else ""),
                *((Cell(form_name(definitions, form, lang)),) if several else ()),
                Cell(months_in_words(int(month[-2:]) for month in months)),
                Cell(" ".join(months)),
                Cell(len(months)),
            )
        )
    return Table(
        name="missing",
        title=say("table.missing", lang, period=period_name(period, lang)),
        subtitle=places.scope,
        columns=_columns(lang, several),
        rows=tuple(rows),
        stub=3,
        notes=tuple(_notes(period, len(rows), left, lang)),
        synthetic=definitions.synthetic,
    )


def _notes(period: Period, rows: int, left: int, lang: Lang) -> Iterator[str]:
    if not rows:
        yield say("note.none_missing", lang)
    if left > 0:
        yield say("status.more", lang, count=written(left, 0, lang), period=period.code)


def months_in_words(months: Iterable[int]) -> str:
    """1, 3, 4, 5 → `1, 3–5`."""
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _columns(lang: Lang, several: bool) -> tuple[Column, ...]:
    """Of several forms each row names its own: a facility that owes two stands there twice."""
    named = (Column("form_shown", say("column.form", lang), only="screen"),) if several else ()
    return (
        Column("form", say("column.form", lang), only="data"),
        Column("facility", say("column.facility", lang)),
        Column("name", say("column.name", lang)),
        Column("type", say("column.type", lang)),
        Column("area", say("column.area", lang)),
        *named,
        Column("months_shown", say("column.months", lang), only="screen"),
        Column("months", say("column.months", lang), only="data"),
        Column("months_missing", say("column.missing", lang), "integer"),
    )
