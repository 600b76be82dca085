"""show: one summary table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from healthstats import tables
from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.errors import UsageError
from healthstats.words import Lang
from healthstats.workflows.lookup import boundaries_known
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPARING = {"growth": tables.growth, "decomposition": tables.decomposition, "annex": tables.annex}
ESTIMATED = {"growth": tables.estimate, "annex": tables.annex}
LISTS = {"coverage": tables.coverage, "missing": tables.missing}
TABLES = (*COMPARING, *LISTS, "awaiting")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a table is asked for; None leaves the default: the newest year, the whole country, every indicator."""

    table: str
    period: Period | None = None
    area: str | None = None
    by: str = "all"
    indicators: tuple[str, ...] = ()
    boundaries: date | None = None
    estimate: bool = False


def show(workspace: Workspace, wanted: Wanted, lang: Lang, told: Told = lambda: None) -> Table:
    """The table as a value, ready to be rendered."""
    if wanted.table not in TABLES:
        raise UsageError("no_table", text=wanted.table, tables=", ".join(TABLES))
    if wanted.estimate and wanted.table not in ESTIMATED:
        raise UsageError("no_estimate_of", text=wanted.table, tables=", ".join(ESTIMATED))
    if wanted.table not in COMPARING and wanted != Wanted(wanted.table, wanted.period):
        raise UsageError("list_takes_period_only", text=wanted.table, tables=", ".join(COMPARING))
    definitions = workspace.definitions
    known = boundaries_known(definitions)
    if wanted.boundaries and wanted.boundaries not in known:
        raise UsageError("no_boundaries", day=wanted.boundaries, known=", ".join(map(str, known)))
    with warehouse(workspace, told, _read_by(wanted)) as connection:
        if wanted.table == "awaiting":
            return tables.awaiting(connection, definitions, wanted.period, lang)
        period = wanted.period or newest_year(connection)
        if wanted.table not in COMPARING:
            return LISTS[wanted.table](connection, definitions, period, lang)
        area, by, indicators = _named(definitions, wanted)
        table = (ESTIMATED if wanted.estimate else COMPARING)[wanted.table](
            connection,
            definitions,
            period,
            lang,
            area=area,
            by=by,
            indicators=indicators,
            boundaries=wanted.boundaries,
            estimate=wanted.estimate,
        )
        if wanted.table == "decomposition":
            return table
        # beneath the screen's table alone: a publication's reader has nothing to type
        told_next = tables.advice(connection, definitions, table, period, lang, every=not indicators and by == "all")
        return replace(table, notes=(*table.notes, *told_next))


def _named(definitions: Definitions, wanted: Wanted) -> tuple[str | None, str, tuple[str, ...] | None]:
    """The codes of the area, the group and the indicators that are asked for."""
    if not (wanted.area or wanted.indicators) and wanted.by == "all":
        return None, "all", None
    # imported here: it brings the folding of names, for which nobody has to wait who names nothing
    from healthstats.workflows.naming import find_area, find_group, find_indicator

    return (
        find_area(definitions, wanted.area, wanted.boundaries) if wanted.area else None,
        find_group(definitions, wanted.by),
        tuple(find_indicator(definitions, text) for text in wanted.indicators) or None,
    )


def _read_by(wanted: Wanted) -> set[str]:
    """The marts that the table is made of, and where no period is asked for those that tell the newest year."""
    if wanted.table == "awaiting":
        return {"open_findings"}
    own = {"growth", "history_set_aside"} if wanted.table in COMPARING else {"coverage"}
    if wanted.estimate:
        own.add("estimate")
    return own if wanted.period else own | {"coverage", "growth"}


def newest_year(connection: DuckDBPyConnection) -> Period:
    """The newest year of which anything was reported, by facilities or of whole areas, else expected."""
    row = connection.execute(
        "select coalesce("
        "(select max(period) from coverage where reported), "
        "(select max(period) from growth where value is not null), (select max(period) from coverage))"
    ).fetchone()
    if row is None or row[0] is None:
        raise UsageError("nothing_stored")
    return Period("year", int(row[0][:4]))
