"""The lines of a growth table: what was asked for of the mart, in the order shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.errors import UsageError
from healthstats.tables import items
from healthstats.tables.mart import Asked, Compared, compared
from healthstats.tables.names import capital, group_name, in_order, parts, period_name
from healthstats.tables.places import scope_name
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Line:
    """One row to show: an indicator (of a group, of an item) with its row of `growth` for each comparison."""

    indicator: str
    label: str
    level: int
    group_value: str
    by: dict[str, Compared]

    @property
    def now(self) -> Compared:
        return next(iter(self.by.values()))


def lines_asked(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang, asked: Asked
) -> list[Line]:
    """What was asked for, as lines; UsageError where there is none."""
    found = items.without_items(compared(connection, definitions, period, asked), asked)
    lines = list(lines_of(definitions, found, lang))
    if not lines:
        if period.kind == "to_date":
            raise UsageError("to_date_of_newest_year", period=capital(period_name(period, lang)), year=period.year)
        where = scope_name(definitions, period, asked, lang)
        raise UsageError("nothing_to_show", period=period_name(period, lang), area=where)
    return lines


def lines_of(definitions: Definitions, found: Sequence[Compared], lang: Lang) -> Iterator[Line]:
    """The rows found, in the order shown; groups stand beneath their indicator's total."""
    part_of = parts(definitions)
    grouped = any(row.group_by != "all" for row in found)
    held: dict[tuple[str, str, str, str], dict[str, Compared]] = {}
    for row in found:
        key = (row.indicator, row.item, row.group_by, row.group_value)
        held.setdefault(key, {})[row.comparison] = row
    order = {code: place for place, code in enumerate(in_order(definitions))}
    present = {indicator for indicator, *_ in held}
    for key in sorted(
        (key for key in held if key[0] in order),
        key=lambda key: (order[key[0]], key[1], key[2] != "all", key[3]),
    ):
        indicator, item, group_by, group_value = key
        name = definitions.indicators[indicator].name[lang]
        beneath = group_by != "all" if grouped else part_of.get(indicator) in present
        label = " · ".join(filter(None, (name, item)))
        if group_by != "all":
            label = capital(group_value) or say("no_group", lang)
        yield Line(indicator, label, int(beneath), group_value, held[key])


def subtitle(definitions: Definitions, period: Period, lang: Lang, asked: Asked) -> str:
    text = scope_name(definitions, period, asked, lang)
    group = asked.get("by", "all")
    return text if group == "all" else say("table.by", lang, area=text, group=group_name(group, lang))
