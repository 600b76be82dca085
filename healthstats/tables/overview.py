"""The whole workspace on one screen: its runs, its files, its newest months, what awaits a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import half_up, written
from healthstats.domain.page import Page, PageSection
from healthstats.domain.period import Period, parse_period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.awaiting import awaiting_by_code
from healthstats.tables.coverage import BY_HAND, CLOSED, COUNTS, Received
from healthstats.tables.mart import fetch
from healthstats.tables.names import capital, named_period, written_day
from healthstats.tables.places import Places
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MONTHS = 12
BAR, FULL, EMPTY = 10, "█", "░"
ALWAYS, SOMETIMES = ("accepted", "quarantined", "rejected"), ("by_hand", "opened", "closed")

_FILES = f"""
with
latest as (
  select
    submission,
    max(run) as run,
    any_value(size) as size,
    arg_max(verdict, run) as verdict,
    arg_max(media, run) as media
  from submissions
  group by submission
)
select
  case
    when verdict <> 'accepted' and submission in {CLOSED} then 'closed'
    when verdict <> 'accepted' and media in {BY_HAND} then 'by_hand'
    when verdict = 'accepted' and media in ('zip', 'eml', 'msg') then 'opened'
    else verdict
  end as verdict,
  count(*) as files,
  count(*) filter (where run = ?) as newest,
  sum(size)::bigint as size
from latest
group by all
"""
_SPAN = """
select
  min(period) filter (where reported) as first,
  max(period) filter (where reported) as last,
  max(period) filter (where expected) as newest
from coverage
"""
_BY_MONTH = f"select period, {COUNTS} group by period order by period"
_PLACES = "select period, count(*) as places from awaiting where period in (select unnest(?)) group by period"
_YEARS = "select distinct left(period, 4) as year from awaiting where period is not null order by year desc limit 3"


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest run and when it was committed (wall clock in Vietnam); whether its marts had to be built."""

    path: str
    run: int
    committed_at: datetime
    rebuilt: bool


def overview(connection: DuckDBPyConnection, definitions: Definitions, stored: Stored, lang: Lang = "vi") -> Page:
    """Sentences and tables; `months_table` alone is what programs read of it."""
    months = replace(months_table(connection, definitions, lang), title="", notes=())
    waiting = awaiting_by_code(connection, None, lang)
    found = fetch(connection, _FILES, [stored.run])
    return _page(
        definitions,
        lang,
        PageSection("", tuple(_facts(connection, definitions, stored, found, lang))),
        PageSection("", (), (_files_table(found, stored, lang),)),
        *(PageSection("", (), (table,)) for table in (months, waiting) if table.rows or table.notes),
        PageSection("", (say("status.next", lang, commands=" · ".join(_commands(connection, months, waiting))),)),
    )


def unused(definitions: Definitions, path: str, inbox: str, files: int, lang: Lang = "vi") -> Page:
    """A workspace that holds no run yet; `files` lie in its inbox."""
    command = "healthstats ingest" if definitions.facilities else "healthstats ingest --propose-register"
    return _page(
        definitions,
        lang,
        PageSection("", (_workspace(definitions, path, lang), say("status.no_run", lang, inbox=inbox, files=files))),
        PageSection("", (say("status.next", lang, commands=command),)),
    )


def months_table(connection: DuckDBPyConnection, definitions: Definitions, lang: Lang = "vi") -> Table:
    """The newest twelve months in which reports were due, oldest first, all forms together."""
    newest = parse_period(fetch(connection, _SPAN)[0]["newest"] or "")
    codes = _months_until(newest) if newest else []
    places = {row["period"]: row["places"] for row in fetch(connection, _PLACES, [codes])}
    return Table(
        name="months",
        title=say("status.months", lang),
        subtitle=Places(definitions, newest.end).scope if newest else "",
        columns=_month_columns(lang),
        rows=tuple(
            _month_row(row["period"], Received.of(row), places.get(row["period"], 0), lang)
            for row in fetch(connection, _BY_MONTH, [codes])
        ),
        stub=2,
        notes=(say("note.late", lang),),
        synthetic=definitions.synthetic,
    )


def _page(definitions: Definitions, lang: Lang, *sections: PageSection) -> Page:
    return Page(say("status.title", lang), lang, "", "", "", sections, definitions.synthetic)


def _workspace(definitions: Definitions, path: str, lang: Lang) -> str:
    facilities = len({spell.facility for spell in definitions.facilities})
    return say("status.workspace", lang, path=path, facilities=written(facilities, 0, lang))


def _facts(
    connection: DuckDBPyConnection, definitions: Definitions, stored: Stored, found: list[dict[str, Any]], lang: Lang
) -> Iterator[str]:
    yield _workspace(definitions, stored.path, lang)
    yield say(
        "status.run",
        lang,
        run=stored.run,
        time=f"{stored.committed_at:%H:%M} {written_day(stored.committed_at.date(), lang)}",
        files=written(sum(row["files"] for row in found), 0, lang),
        size=megabytes(sum(row["size"] for row in found), lang),
    )
    marts = say("status.rebuilt" if stored.rebuilt else "status.current", lang, run=stored.run)
    span = fetch(connection, _SPAN)[0]
    if span["first"] is None:
        yield say("status.no_data", lang, marts=marts)
        return
    first, last = (named_period(span[end], lang) for end in ("first", "last"))
    yield say("status.data", lang, first=first, last=last, marts=marts)


def megabytes(size: int, lang: Lang) -> str:
    """In megabytes of a million bytes, to one decimal."""
    return written(half_up(Fraction(size, 10**6), 1), 1, lang) + " MB"


def _files_table(found: list[dict[str, Any]], stored: Stored, lang: Lang) -> Table:
    """Files by their latest judgement: over all runs, and of those that the newest run judged."""
    held = {row["verdict"] for row in found}
    shown = [*ALWAYS, *(verdict for verdict in SOMETIMES if verdict in held)]

    def row(label: str, count: str) -> tuple[Cell, ...]:
        files = {each["verdict"]: each[count] for each in found}
        return (Cell(label), Cell(sum(files.values())), *(Cell(files.get(verdict, 0)) for verdict in shown))

    return Table(
        name="files",
        title="",
        columns=(
            Column("files", say("column.files", lang)),
            Column("total", say("column.files_total", lang), "integer"),
            *(Column(verdict, say(f"column.{verdict}", lang), "integer") for verdict in shown),
        ),
        rows=(
            row(say("status.all_runs", lang), "files"),
            row(say("status.this_run", lang, run=stored.run), "newest"),
        ),
    )


def _months_until(newest: Period) -> list[str]:
    last = newest.year * 12 + newest.index - 1
    return [Period("month", at // 12, at % 12 + 1).code for at in range(last - MONTHS + 1, last + 1)]


def _month_columns(lang: Lang) -> tuple[Column, ...]:
    return (
        Column("period", say("column.monthly", lang), only="data"),
        Column("month", say("column.monthly", lang), only="screen"),
        Column("coverage", say("column.received_of", lang), "coverage", only="screen"),
        Column("bar", say("column.bar", lang), only="screen"),
        Column("expected", say("column.expected", lang), "integer", only="data"),
        Column("received", say("column.received", lang), "integer", only="data"),
        Column("received_pct", say("column.pct", lang), "percent", digits=1),
        Column("late", say("column.late", lang), "integer"),
        Column("missing", say("column.missing", lang), "integer"),
        Column("places", say("column.places", lang), "integer"),
    )


def _month_row(period: str, count: Received, places: int, lang: Lang) -> tuple[Cell, ...]:
    return (
        Cell(period),
        Cell(capital(named_period(period, lang))),
        Cell((count.received, count.expected)),
        Cell(bar(count.received, count.expected)),
        Cell(count.expected),
        Cell(count.received),
        Cell(count.received_pct),
        Cell(count.late),
        Cell(count.missing),
        Cell(places),
    )


def bar(received: int, expected: int) -> str:
    """Ten marks: all only where all was received, none only where nothing was."""
    full = max(BAR * received // expected, min(received, 1)) if expected else 0
    return FULL * full + EMPTY * (BAR - full)


def _commands(connection: DuckDBPyConnection, months: Table, waiting: Table) -> Iterator[str]:
    if months.rows:
        yield f"healthstats status {months.rows[-1][0].value}"
    if waiting.rows:
        years = [row["year"] for row in fetch(connection, _YEARS)]
        yield from (f"healthstats show awaiting {year}" for year in years)
        if not years:
            yield "healthstats show awaiting"
