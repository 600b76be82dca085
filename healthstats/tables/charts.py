"""What a publication draws of an indicator: its months in two years, and the parts of its change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from healthstats.domain.chart import Chart
from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import PARTS, Compared, fetch, root_area
from healthstats.tables.names import named_period
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FEWEST = 3
"""Points below which a line says less than the table does."""
NOT_ACTIVITY = ("change_missing", "change_missing_base")

_MONTHS = """
select period, status, value, base_value, reports < expected_reports as partial,
  base_reports < base_expected_reports as base_partial
from growth
where indicator = ? and item = '' and group_by = 'all' and area = ? and comparison = 'prior_year'
  and boundaries = (select max(boundaries) from growth) and period in (select unnest(?))
"""


def months(
    connection: DuckDBPyConnection, definitions: Definitions, indicator: str, period: Period, lang: Lang = "vi"
) -> Chart | None:
    """January up to the period's last month, beside the same months a year before; None where too few are known."""
    last = period.months[-1].index
    asked = [Period("month", period.year, number) for number in range(1, last + 1)]
    codes = [month.code for month in asked]
    found = {row["period"]: row for row in fetch(connection, _MONTHS, [indicator, root_area(definitions), codes])}
    rows = tuple(_month(month, found.get(month.code, {}), lang) for month in asked)
    if sum(row[1].value is not None for row in rows) < FEWEST:
        return None
    one = definitions.indicators[indicator]
    unit = one.unit[lang]
    years = ("value", period.year), ("base_value", period.year - 1)
    starred = any(cell.status for row in rows for cell in row if cell.value is not None)
    table = Table(
        name="months",
        title=say("chart.months", lang, name=one.name[lang], unit=unit),
        columns=(
            Column("month", say("column.month", lang)),
            *(Column(key, say("chart.year", lang, year=year), "number", 1, unit=unit) for key, year in years),
        ),
        rows=rows,
        notes=(say("chart.partial", lang),) if starred else (),
        synthetic=definitions.synthetic,
    )
    return Chart("lines", table)


def contributions(definitions: Definitions, row: Compared, lang: Lang = "vi") -> Chart | None:
    """The change against one period and its parts that are not 0; None where it was not compared."""
    parts = [(part, value) for part in PARTS if (value := getattr(row, part))]
    if not row.is_compared or row.change is None or not parts:
        return None
    one: Indicator = definitions.indicators[row.indicator]
    unit = one.unit[lang]
    against = named_period(row.base_period, lang)
    table = Table(
        name="parts",
        title=say("chart.parts", lang, name=one.name[lang], period=against, unit=unit),
        columns=(
            Column("part", say("column.part", lang)),
            Column("change", say("column.change", lang), "number", 1, signed=True, unit=unit),
        ),
        rows=(
            (Cell(say("column.change", lang)), Cell(row.change)),
            *(_part(part, value, lang) for part, value in parts),
        ),
        notes=(say("chart.missing", lang),) if any(part in NOT_ACTIVITY for part, _ in parts) else (),
        synthetic=definitions.synthetic,
    )
    return Chart("parts", table)


def _month(month: Period, row: dict[str, Any], lang: Lang) -> tuple[Cell, ...]:
    over = row.get("status") != "unfinished"
    return (
        Cell(say(f"month.short.{month.index}", lang)),
        Cell(
            row.get("value") if over else None, "partial" if row.get("partial") and row.get("value") is not None else ""
        ),
        Cell(row.get("base_value"), "partial" if row.get("base_partial") and row.get("base_value") is not None else ""),
    )


def _part(part: str, value: Decimal, lang: Lang) -> tuple[Cell, ...]:
    status = "partial" if part in NOT_ACTIVITY else ""
    note = say("chart.missing_cell", lang) if status else ""
    return Cell(say(f"column.{part}", lang), level=1), Cell(value, status, note, level=1)
