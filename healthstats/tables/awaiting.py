"""What awaits a person: each finding with its cell, told in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import written
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import fetch, within
from healthstats.tables.names import capital, named_period, period_name
from healthstats.tables.places import Places
from healthstats.words import CATALOGUE, Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AWAITING = """
select file, sheet, cell, code, facility, period, element, text, message, suggestion, params
from awaiting
where ? or period is null or period in (select unnest(?))
order by file, sheet, try_cast(regexp_extract(cell, '[0-9]+') as integer), length(cell), cell, code, message
"""
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
    """One row a finding of the period, and of files whose period could not be told; of every period where None."""
    places = Places(definitions, period.end if period else date.max)
    found = fetch(connection, _AWAITING, [period is None, within(period) if period else []])
    when = period_name(period, lang) if period else say("table.every_period", lang)
    return Table(
        name="awaiting",
        title=say("table.awaiting", lang, period=when),
        subtitle=places.scope,
        columns=_columns(lang),
        rows=tuple(_row(row, places, lang) for row in found),
        stub=4,
        notes=() if found else (say("note.none_awaiting", lang),),
        synthetic=definitions.synthetic,
    )


def sentence(row: Mapping[str, Any], lang: Lang) -> str:
    """The finding in `lang`; the stored Vietnamese message where this version no longer knows its code."""
    key = f"finding.{row['code']}"
    try:
        return say(key, lang, **json.loads(row["params"] or "{}")) if key in CATALOGUE else row["message"] or ""
    except (KeyError, IndexError, ValueError):
        return row["message"] or ""


def _columns(lang: Lang) -> tuple[Column, ...]:
    return (
        Column("file", say("column.cell", lang), only="data"),
        Column("sheet", say("column.cell", lang), only="data"),
        Column("cell", say("column.cell", lang), only="data"),
        Column("place", say("column.cell", lang), only="screen"),
        Column("facility", say("column.facility", lang), only="data"),
        Column("name", say("column.name", lang)),
        Column("period", say("column.period", lang), only="data"),
        Column("period_shown", say("column.period", lang), only="screen"),
        Column("element", say("column.indicator", lang), only="data"),
        Column("code", say("column.finding", lang), only="data"),
        Column("finding", say("column.finding", lang), only="data"),
        Column("finding_shown", say("column.finding", lang), only="screen"),
        Column("text", say("column.finding", lang), only="data"),
        Column("suggestion", say("column.suggestion", lang)),
    )


def _row(row: Mapping[str, Any], places: Places, lang: Lang) -> tuple[Cell, ...]:
    place = " › ".join(filter(None, (row["file"], row["sheet"], row["cell"])))
    code = row["facility"] or ""
    told = sentence(row, lang)
    received = say("screen.as_received", lang, text=row["text"]) if row["text"] else ""
    words = (
        row["file"],
        row["sheet"],
        row["cell"],
        place,
        code,
        places.facility_name(code),
        row["period"],
        capital(named_period(row["period"] or "", lang)),
        row["element"],
        row["code"],
        told,
        " · ".join(filter(None, (told, received))),
        row["text"],
        row["suggestion"],
    )
    return tuple(Cell(word or "") for word in words)
