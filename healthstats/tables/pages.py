"""A publication: the sections its definition names, each with its sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from healthstats.domain.chart import Chart
from healthstats.domain.definitions import Definitions, Publication, Section
from healthstats.domain.figure import percent, written
from healthstats.domain.page import Page, PageSection
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.tables.annex import annex
from healthstats.tables.awaiting import awaiting
from healthstats.tables.charts import contributions, months
from healthstats.tables.coverage import Received, coverage, received_by_place
from healthstats.tables.decomposition import decomposition, has_parts
from healthstats.tables.growth import growth
from healthstats.tables.lines import lines_asked, lines_of
from healthstats.tables.mart import Asked, compared
from healthstats.tables.missing import missing
from healthstats.tables.names import capital, period_name
from healthstats.tables.places import Places
from healthstats.tables.prose import headlines
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST_LIST = 200
"""Rows of a list that a page holds; the rest is a command away, and a page of 13,000 rows is no page."""


def annual(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    publication: Publication,
    period: Period,
    as_of: str,
    lang: Lang = "vi",
) -> Page:
    """The page that `publication` defines; `as_of` is the sentence that says how new its figures are.

    UsageError where the marts have no growth of the period at all."""
    lines_asked(connection, definitions, period, lang, {})
    return Writer(connection, definitions, period, lang).page(publication, as_of)


class Writer:
    """Writes a page of one period in one language."""

    def __init__(self, connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang) -> None:
        self.connection, self.definitions = connection, definitions
        self.period, self.lang = period, lang

    @property
    def named(self) -> str:
        """The period as titles name it."""
        return period_name(self.period, self.lang)

    def page(self, publication: Publication, as_of: str) -> Page:
        return Page(
            title=publication.title[self.lang].replace("{period}", self.named),
            lang=self.lang,
            area=Places(self.definitions, self.period.end).scope,
            period=capital(self.named),
            as_of=as_of,
            sections=tuple(self.section(section) for section in publication.sections),
            synthetic=self.definitions.synthetic,
        )

    def section(self, section: Section) -> PageSection:
        prose, tables = {
            "growth": self.growth,
            "groups": self.groups,
            "coverage": self._coverage,
            "missing": self._missing,
            "awaiting": self._awaiting,
            "annex": self.annex,
        }[section.show](section)
        return PageSection(section.heading[self.lang], prose, tables, tuple(self.charts(section)))

    def charts(self, section: Section) -> Iterator[Chart]:
        found = compared(self.connection, self.definitions, self.period, {"indicators": section.charts})
        prior = {row.indicator: row for row in found if row.comparison == "prior_year" and not row.item}
        for indicator in section.charts:
            if chart := months(self.connection, self.definitions, indicator, self.period, self.lang):
                yield chart
            if indicator in prior and (chart := contributions(self.definitions, prior[indicator], self.lang)):
                yield chart

    def growth(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        asked: Asked = {"indicators": section.indicators or None}
        found = compared(self.connection, self.definitions, self.period, asked)
        if not found:
            return self.no_figures(section)
        lines = list(lines_of(self.definitions, found, self.lang))
        tables = growth(self.connection, self.definitions, self.period, self.lang, **asked).blocks
        if any(has_parts(line, self.definitions) for line in lines):
            tables += (decomposition(self.connection, self.definitions, self.period, self.lang, **asked),)
        return headlines(self.definitions, lines, self.lang), tables

    def groups(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        asked: Asked = {"indicators": section.indicators or None, "by": section.group_by}
        found = compared(self.connection, self.definitions, self.period, asked)
        if not any(row.group_by == section.group_by for row in found):
            return self.no_figures(section)
        return (), growth(self.connection, self.definitions, self.period, self.lang, **asked).blocks

    def _coverage(self, _: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        places = received_by_place(self.connection, self.definitions, self.period, self.lang)
        total = sum(places.values(), Received())
        pct = percent(total.received_pct, self.lang) if total.received_pct is not None else "–"
        counts = {"received": total.received, "expected": total.expected, "late": total.late, "missing": total.missing}
        said = {name: written(count, 0, self.lang) for name, count in counts.items()}
        table = coverage(self.connection, self.definitions, self.period, self.lang)
        return (say("headline.coverage", self.lang, pct=pct, **said),), (table,)

    def _missing(self, _: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        return self._list(missing(self.connection, self.definitions, self.period, self.lang))

    def _awaiting(self, _: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        return self._list(awaiting(self.connection, self.definitions, self.period, self.lang))

    def annex(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        asked: Asked = {"indicators": section.indicators or None}
        if section.indicators and not compared(self.connection, self.definitions, self.period, asked):
            return self.no_figures(section)
        return (), (annex(self.connection, self.definitions, self.period, self.lang, **asked),)

    def _list(self, table: Table) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        count = len(table.rows)
        if not count:
            return table.notes, ()
        prose = (say(f"headline.{table.name}", self.lang, count=written(count, 0, self.lang)),)
        if count > LONGEST_LIST:
            rest = written(count - LONGEST_LIST, 0, self.lang)
            more = say("note.more", self.lang, count=rest, table=table.name, period=self.period.code)
            table = replace(table, rows=table.rows[:LONGEST_LIST], notes=(*table.notes, more))
        return prose, (table,)

    def no_figures(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        return (say("note.no_figures", self.lang, what=section.heading[self.lang]),), ()
