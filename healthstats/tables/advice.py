"""What a person may type next, beneath a table on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.tables.mart import fetch
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OVER = """
select distinct period from growth
where status <> 'unfinished' and list_contains($periods, period)
    and indicator in (select indicator from growth where period = $asked and status = 'unfinished')
"""


def advice(
    connection: DuckDBPyConnection, definitions: Definitions, table: Table, period: Period, lang: Lang, *, every: bool
) -> tuple[str, ...]:
    """The commands that give what the table lacks; `every` says that it is one of every indicator."""
    return (
        *(_ended(connection, table, period, lang) if table.name != "estimate" else ()),
        *(_populations(definitions, period, lang) if every else ()),
    )


def _ended(connection: DuckDBPyConnection, table: Table, period: Period, lang: Lang) -> tuple[str, ...]:
    """The months from January which are over, where `period` is not; and the estimate, which is one of whole years."""
    shorter = {one.code: one for one in map(period.first_months, range(1, 12)) if one.end < period.end}
    found = fetch(connection, _OVER, {"periods": list(shorter), "asked": period.code})
    if not found:
        return ()
    newest = max((shorter[row["period"]] for row in found), key=lambda one: one.end)
    key = "note.ended_or_estimate" if period.kind == "year" else "note.ended"
    return (say(key, lang, table=table.name, period=newest.code, asked=period.code),)


def _populations(definitions: Definitions, period: Period, lang: Lang) -> tuple[str, ...]:
    """Without a population a rate of people has no row at all: a register that was lost would leave no trace."""
    names = [one.name[lang] for one in definitions.indicators.values() if one.over_population]
    if not names or definitions.populations or period.kind != "year":
        return ()
    return (say("note.no_populations", lang, names="; ".join(names)),)
