"""Names that no register row fits: what an alias, or a new row, would settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import fetch
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_UNKNOWN = """
select text, count(distinct submission) as files, any_value(suggestion) as suggestion, min(file) as file
from awaiting
where code in ('UNKNOWN_FACILITY', 'AMBIGUOUS_FACILITY') and text is not null
group by text
order by files desc, text
"""


def unknown_names(connection: DuckDBPyConnection, definitions: Definitions, lang: Lang = "vi") -> Table:
    """One row a name as written, those of the most files first, with at most three suggestions and their scores."""
    found = fetch(connection, _UNKNOWN, [])
    return Table(
        name="unknown_names",
        title=say("table.unknown_names", lang),
        columns=(
            Column("written", say("column.as_written", lang)),
            Column("files", say("column.waiting_files", lang), "integer"),
            Column("suggestion", say("column.nearest", lang)),
            Column("file", say("column.for_instance", lang)),
        ),
        rows=tuple(
            (Cell(row["text"]), Cell(row["files"]), Cell(row["suggestion"] or ""), Cell(row["file"])) for row in found
        ),
        stub=1,
        notes=(say("note.alias_next" if found else "note.no_unknown_names", lang),),
        synthetic=definitions.synthetic,
    )
