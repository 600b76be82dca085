"""One period: what was due and what became of it, what awaits a person, and whom to chase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import written
from healthstats.domain.page import Page, PageSection
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.errors import UsageError
from healthstats.tables.awaiting import awaiting_by_code
from healthstats.tables.coverage import BY_HAND, CLOSED, Received, by_place, received_by_place
from healthstats.tables.mart import fetch
from healthstats.tables.missing import missing
from healthstats.tables.names import capital, period_name, written_day
from healthstats.tables.places import Places
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST_LIST = 15
"""Facilities to chase that a screen holds; `show missing` has them all."""

_UNEXPECTED = """
select count(*) as reports
from coverage
where period in (select unnest(?)) and reported and not expected
"""
_NEWEST = "select max(received_at) as received_at from submissions"
_UNPLACED = f"""
with
latest as (
  select
    submission,
    arg_max(verdict, run) as verdict,
    coalesce(arg_max(media, run) in {BY_HAND}, false) as by_hand
  from submissions
  group by submission
)
select count(*) filter (where not by_hand) as unreadable, count(*) filter (where by_hand) as by_hand
from latest
anti join coverage on latest.submission = coverage.submission
anti join (
  select submission from findings where facility is not null and period is not null
) as owned on latest.submission = owned.submission
anti join {CLOSED} as closed on latest.submission = closed.submission
where verdict = 'rejected' or verdict = 'quarantined' and by_hand
"""


def status(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, run: int, lang: Lang = "vi"
) -> Page:
    """The period's reports by area and type (its first table), what awaits a person, and the list to chase, as known
    at `run`, the newest.

    UsageError where nothing of the period is due or received."""
    area = Places(definitions, period.end).scope
    newest: datetime = fetch(connection, _NEWEST)[0]["received_at"]
    reports = replace(_reports(connection, definitions, period, newest.date(), lang), subtitle=area)
    waiting = awaiting_by_code(connection, period, lang)
    chase = _chase(missing(connection, definitions, period, lang, newest=LONGEST_LIST), period, area, lang)
    commands = [
        *([f"healthstats show awaiting {period.code}"] if waiting.rows else []),
        f"healthstats show missing {period.code}" if chase.rows else f"healthstats show growth {period.code}",
    ]
    return Page(
        title=say("status.period", lang, period=period_name(period, lang)),
        lang=lang,
        area=area,
        period=capital(period_name(period, lang)),
        as_of=say("screen.as_of", lang, run=run, day=written_day(newest.date(), lang)),
        sections=(
            PageSection("", (), (reports,)),
            *(PageSection("", (), (table,)) for table in (waiting, chase) if table.rows or table.notes),
            PageSection("", (say("status.next", lang, commands=" · ".join(commands)),)),
        ),
        synthetic=definitions.synthetic,
    )


def _reports(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, newest: date, lang: Lang
) -> Table:
    months = [month.code for month in period.months]
    places = received_by_place(connection, definitions, period, lang)
    unexpected = fetch(connection, _UNEXPECTED, [months])[0]["reports"]
    if not places and not unexpected:
        raise UsageError("status_period", period=period_name(period, lang))
    return Table(
        name="status",
        title=say("status.period", lang, period=period_name(period, lang)),
        columns=_columns(lang),
        rows=tuple(_row(place, count, level) for place, count, level in by_place(places, lang)),
        notes=(
            say("status.parts", lang),
            *_when(definitions, period, newest, lang),
            *([say("status.unexpected", lang, count=written(unexpected, 0, lang))] if unexpected else []),
            *_unplaced(connection, lang),
        ),
        synthetic=definitions.synthetic,
    )


def _columns(lang: Lang) -> tuple[Column, ...]:
    received, missed = say("column.received", lang), say("column.missing", lang)
    return (
        Column("place", say("column.place", lang)),
        Column("expected", say("column.due", lang), "integer"),
        Column("received", say("column.all", lang), "integer", group=received),
        Column("received_pct", say("column.pct", lang), "percent", digits=1, group=received),
        Column("on_time", say("column.on_time", lang), "integer", group=received),
        Column("late", say("column.late_short", lang), "integer", group=received),
        Column("missing", say("column.all", lang), "integer", group=missed),
        Column("not_sent", say("column.not_sent", lang), "integer", group=missed),
        Column("awaiting", say("column.quarantined", lang), "integer", group=missed),
        Column("unreadable", say("column.rejected", lang), "integer", group=missed),
        Column("by_hand", say("column.by_hand", lang), "integer", group=missed),
    )


def _row(place: str, count: Received, level: int) -> tuple[Cell, ...]:
    return (
        Cell(place, level=level),
        Cell(count.expected),
        *(Cell(figure) for figure in (count.received, count.received_pct, count.on_time, count.late)),
        *(Cell(figure) for figure in (count.missing, count.not_sent, count.awaiting, count.unreadable, count.by_hand)),
    )


def _unplaced(connection: DuckDBPyConnection, lang: Lang) -> Iterator[str]:
    files = fetch(connection, _UNPLACED)[0]
    if any(files.values()):
        yield say("status.unplaced", lang, **{key: written(count, 0, lang) for key, count in files.items()})


def _when(definitions: Definitions, period: Period, newest: date, lang: Lang) -> Iterator[str]:
    """Whether all could have reported by the day of the newest file: before that, nobody is to blame."""
    day = written_day(newest, lang)
    if newest < period.end:
        yield say("status.not_over", lang, day=day)
    elif due := deadline(definitions, period):
        key = "status.not_due" if newest <= due else "status.deadline"
        yield say(key, lang, deadline=written_day(due, lang), day=day)


def deadline(definitions: Definitions, period: Period) -> date | None:
    """The last day on which the period's last month is on time, for the form that leaves most time."""
    days = [
        edition.deadline_days
        for form in definitions.forms.values()
        for edition in form.editions
        if form.row == "facility" and edition.frequency == "month" and edition.in_force(period.end)
    ]
    return period.end + timedelta(days=max(days)) if days else None


def _chase(owed: Table, period: Period, area: str, lang: Lang) -> Table:
    """Whom to chase, without columns that say the same on every row."""
    places = {column.key: place for place, column in enumerate(owed.columns)}
    same = {"months_shown", "months_missing"} if period.kind == "month" else set()
    if all(row[places["area"]].value == area for row in owed.rows):
        same.add("area")
    return replace(
        owed,
        title=say("status.chase", lang),
        columns=tuple(replace(column, only="data") if column.key in same else column for column in owed.columns),
    )
