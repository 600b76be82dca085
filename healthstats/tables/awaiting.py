"""What awaits a person: the errors that keep figures out, and how many of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import written
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.findings import Sought, findings
from healthstats.tables.mart import fetch, within
from healthstats.words import CATALOGUE, Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BY_CODE = """
select
  code,
  count(*) as places,
  count(distinct submission) as files,
  count(*) filter (where period is null) as loose
from awaiting
where ? or period is null or period in (select unnest(?))
group by code
order by places desc, code
"""
MOST_CODES = 6


def awaiting_by_code(connection: DuckDBPyConnection, period: Period | None, lang: Lang = "vi") -> Table:
    """One row a kind of finding that awaits a person, the commonest first; of every period where None."""
    found = fetch(connection, _BY_CODE, [period is None, within(period) if period else []])
    left, loose = len(found) - MOST_CODES, sum(row["loose"] for row in found)
    rows = (
        (Cell(row["code"]), Cell(_title(row["code"], lang)), Cell(row["places"]), Cell(row["files"]))
        for row in found[:MOST_CODES]
    )
    return Table(
        name="awaiting_by_code",
        title="",
        columns=(
            Column("code", say("column.finding", lang), only="data"),
            Column("title", say("column.waits", lang)),
            Column("places", say("column.waiting_places", lang), "integer"),
            Column("files", say("column.waiting_files", lang), "integer"),
        ),
        rows=tuple(rows),
        stub=2,
        notes=tuple(
            note
            for note, said in (
                (say("note.none_awaiting", lang), not found),
                (say("status.more_codes", lang, count=left), left > 0),
                (say("status.loose", lang, count=written(loose, 0, lang)), period and loose),
            )
            if said
        ),
    )


def _title(code: str, lang: Lang) -> str:
    """The finding's title; its code where this version no longer knows it."""
    return say(f"title.{code}", lang) if f"title.{code}" in CATALOGUE else code


def awaiting(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period | None, lang: Lang = "vi"
) -> Table:
    """One row an error of the period, and of files whose period could not be told; of every period where None."""
    return findings(connection, definitions, Sought(period, severity="error"), lang, name="awaiting")
