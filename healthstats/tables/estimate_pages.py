"""A publication of a year that is not over: each section with its estimate, and what was received as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from healthstats.domain.chart import Chart
from healthstats.domain.definitions import Definitions, Publication, Section
from healthstats.domain.page import Page
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.tables.annex import annex
from healthstats.tables.charts import contributions, months
from healthstats.tables.decomposition import decomposition
from healthstats.tables.estimate import done_period, estimate, estimated_lines
from healthstats.tables.lines import lines_of
from healthstats.tables.mart import Asked, Compared, compared
from healthstats.tables.pages import Writer
from healthstats.tables.prose import headlines
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def estimated_annual(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    publication: Publication,
    period: Period,
    as_of: str,
    lang: Lang = "vi",
) -> Page:
    """As `annual`, with the estimate of a year that is not over, marked so. UsageError where there is none to make."""
    lines = estimated_lines(connection, definitions, period, lang, {})
    writer = _EstimateWriter(connection, definitions, period, lang, done_period(lines, period))
    return writer.page(publication, as_of)


class _EstimateWriter(Writer):
    """Where a change comes from is told of the months done: an estimate has no parts."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        definitions: Definitions,
        period: Period,
        lang: Lang,
        done: Period,
    ) -> None:
        super().__init__(connection, definitions, period, lang)
        self.done = done

    @property
    def named(self) -> str:
        return say("estimate.period", self.lang, period=super().named)

    def growth(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        asked: Asked = {"indicators": section.indicators or None}
        found = compared(self.connection, self.definitions, self.period, {**asked, "estimate": True})
        if not found:
            return self.no_figures(section)
        tables = estimate(self.connection, self.definitions, self.period, self.lang, **asked).blocks
        flows = [row.indicator for row in found if self.definitions.indicators[row.indicator].kind == "flow"]
        if flows and any(row.is_compared for row in self._done(flows)):
            asked = {"indicators": list(dict.fromkeys(flows))}
            tables += (decomposition(self.connection, self.definitions, self.done, self.lang, **asked),)
        lines = list(lines_of(self.definitions, found, self.lang))
        return headlines(self.definitions, lines, self.lang), tables

    def groups(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        asked: Asked = {"indicators": section.indicators or None, "by": section.group_by}
        found = compared(self.connection, self.definitions, self.period, {**asked, "estimate": True})
        if not any(row.group_by == section.group_by for row in found):
            return self.no_figures(section)
        return (), estimate(self.connection, self.definitions, self.period, self.lang, **asked).blocks

    def annex(self, section: Section) -> tuple[tuple[str, ...], tuple[Table, ...]]:
        asked: Asked = {"indicators": section.indicators or None, "estimate": True}
        if section.indicators and not compared(self.connection, self.definitions, self.period, asked):
            return self.no_figures(section)
        return (), (annex(self.connection, self.definitions, self.period, self.lang, **asked),)

    def charts(self, section: Section) -> Iterator[Chart]:
        prior = {row.indicator: row for row in self._done(section.charts) if row.comparison == "prior_year"}
        for indicator in section.charts:
            if chart := months(self.connection, self.definitions, indicator, self.period, self.lang):
                yield chart
            if indicator in prior and (chart := contributions(self.definitions, prior[indicator], self.lang)):
                yield chart

    def _done(self, indicators: Sequence[str]) -> list[Compared]:
        """The months done against the same months, as growth has them."""
        found = compared(self.connection, self.definitions, self.done, {"indicators": indicators})
        return [row for row in found if not row.item]
