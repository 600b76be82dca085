"""Every open finding with its cell, told in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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

SEVERITIES = ("error", "warning")
_FINDINGS = """
select submission, file, severity, sheet, cell, code, facility, period, element, text, message, suggestion, params
from open_findings
where ($every or period is null or period in (select unnest($periods)))
  and ($facility is null or facility = $facility)
  and ($code is null or code = $code)
  and ($severity is null or severity = $severity)
  and ($file is null or contains(lower(file), lower($file)))
order by severity, file, sheet, try_cast(regexp_extract(cell, '[0-9]+') as integer), length(cell), cell, code, message
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which findings are wanted; None leaves a column free. Those of files whose period could not be told belong to
    every period; `file` is a part of the file's name."""

    period: Period | None = None
    facility: str | None = None
    code: str | None = None
    severity: str | None = None
    file: str | None = None


def open_findings(connection: DuckDBPyConnection, sought: Sought) -> list[dict[str, Any]]:
    """Rows of the mart `open_findings`: errors before warnings, then by file, sheet and place."""
    return fetch(
        connection,
        _FINDINGS,
        {
            "every": sought.period is None,
            "periods": list(within(sought.period)) if sought.period else [],
            "facility": sought.facility,
            "code": sought.code,
            "severity": sought.severity,
            "file": sought.file,
        },
    )


def findings(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    sought: Sought,
    lang: Lang = "vi",
    *,
    name: str = "findings",
) -> Table:
    """One row a finding. `name` `awaiting` titles the errors that keep figures out."""
    places = Places(definitions, sought.period.end if sought.period else date.max)
    found = open_findings(connection, sought)
    when = period_name(sought.period, lang) if sought.period else say("table.every_period", lang)
    return Table(
        name=name,
        title=say(f"table.{name}", lang, period=when),
        subtitle=places.scope,
        columns=_columns(lang, graded=sought.severity is None),
        rows=tuple(_row(row, places, lang, graded=sought.severity is None) for row in found),
        stub=4,
        notes=(*_notes(found, name, lang), *_loose(found, sought.period, lang)),
        synthetic=definitions.synthetic,
    )


def sentence(row: Mapping[str, Any], lang: Lang) -> str:
    """The finding in `lang`; the stored Vietnamese message where this version no longer knows its code."""
    key = f"finding.{row['code']}"
    try:
        return say(key, lang, **json.loads(row["params"] or "{}")) if key in CATALOGUE else row["message"] or ""
    except (KeyError, IndexError, ValueError):
        return row["message"] or ""


def _notes(found: Sequence[Mapping[str, Any]], name: str, lang: Lang) -> tuple[str, ...]:
    if not found:
        return (say(f"note.none_{name}", lang),)
    if name != "findings":
        return ()
    errors = sum(row["severity"] == "error" for row in found)
    files = len({row["submission"] for row in found})
    counts = [written(count, 0, lang) for count in (errors, len(found) - errors, files)]
    return (
        say("note.findings_counted", lang, errors=counts[0], warnings=counts[1], files=counts[2]),
        say("note.findings_next", lang),
    )


def _loose(found: Sequence[Mapping[str, Any]], period: Period | None, lang: Lang) -> Iterator[str]:
    """That not all of a period's list is known to be of the period."""
    loose = sum(row["period"] is None for row in found)
    if period and loose:
        yield say("status.loose", lang, count=written(loose, 0, lang))


def _columns(lang: Lang, *, graded: bool) -> tuple[Column, ...]:
    severity = (Column("severity", say("column.severity", lang)),) if graded else ()
    return (
        Column("file", say("column.cell", lang), only="data"),
        Column("sheet", say("column.cell", lang), only="data"),
        Column("cell", say("column.cell", lang), only="data"),
        Column("place", say("column.cell", lang), only="screen"),
        *severity,
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


def _row(row: Mapping[str, Any], places: Places, lang: Lang, *, graded: bool) -> tuple[Cell, ...]:
    place = " › ".join(filter(None, (row["file"], row["sheet"], row["cell"])))
    code = row["facility"] or ""
    told = sentence(row, lang)
    received = say("screen.as_received", lang, text=row["text"]) if row["text"] else ""
    counted = json.loads(row["params"] or "{}").get(f"counted_{lang}", "")
    words = (
        row["file"],
        row["sheet"],
        row["cell"],
        place,
        *((say(f"severity.{row['severity']}", lang),) if graded else ()),
        code,
        places.facility_name(code),
        row["period"],
        capital(named_period(row["period"] or "", lang)),
        row["element"],
        row["code"],
        told,
        " · ".join(filter(None, (told, received, counted))),
        row["text"],
        row["suggestion"],
    )
    return tuple(Cell(word or "") for word in words)
