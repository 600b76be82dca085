"""What to ask for in place of a period that is not over."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def ended_note(connection: DuckDBPyConnection, table: Table, period: Period, lang: Lang) -> tuple[str, ...]:
    """The command that shows the months from January which are over, where `period` is not; and that of the estimate,
    which is one of whole years."""
    shorter = {one.code: one for one in map(period.first_months, range(1, 12)) if one.end < period.end}
    found = fetch(connection, _OVER, {"periods": list(shorter), "asked": period.code})
    if not found:
        return ()
    newest = max((shorter[row["period"]] for row in found), key=lambda one: one.end)
    key = "note.ended_or_estimate" if period.kind == "year" else "note.ended"
    return (say(key, lang, table=table.name, period=newest.code, asked=period.code),)
