"""Who reported: expected, received, late and missing monthly reports, by area and type of facility."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import fetch
from healthstats.tables.names import (
    capital,
    form_name,
    period_name,
)
from healthstats.tables.places import Places
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BY_FACILITY = """
select
  form,
  facility,
  count(*) filter (where expected) as expected,
  count(*) filter (where expected and reported) as received,
  count(*) filter (where expected and reported and late) as late
from coverage
where period in (select unnest(?)) and facility is not null
group by form, facility
order by form, facility
"""


@dataclass(frozen=True, slots=True)
class Received:
    """Monthly reports of one facility, or of many."""

    expected: int = 0
    received: int = 0
    late: int = 0

    def __add__(self, other: Received) -> Received:
        return Received(self.expected + other.expected, self.received + other.received, self.late + other.late)

    @property
    def missing(self) -> int:
        return self.expected - self.received

    @property
    def received_pct(self) -> Fraction | None:
        return Fraction(100 * self.received, self.expected) if self.expected else None


def coverage(connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang = "vi") -> Table:
    """The total, then each area with its types of facility beneath; all forms together where one, else form by form."""
    places = received_by_place(connection, definitions, period, lang)
    total = sum(places.values(), Received())
    rows = [_row(say("total", lang), total, 0)] if places else []
    areas = list(dict.fromkeys(area for area, _ in places))
    for area in areas:
        inner = {kind: count for (held, kind), count in places.items() if held == area}
        if len(areas) > 1:
            rows.append(_row(area, sum(inner.values(), Received()), 1))
        if set(inner) != {say("no_type", lang)}:
            rows += [_row(kind, count, 2 if len(areas) > 1 else 1) for kind, count in inner.items()]
    return Table(
        name="coverage",
        title=say("table.coverage", lang, period=period_name(period, lang)),
        subtitle=Places(definitions, period.end).scope,
        columns=_columns(lang),
        rows=tuple(rows),
        notes=(say("note.late", lang),),
        synthetic=definitions.synthetic,
    )


def received_by_place(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang
) -> dict[tuple[str, str], Received]:
    """(area, type of facility), as people read them and in order, → its reports. Each facility stands where the
    register has it at the period's end."""
    places = Places(definitions, period.end)
    months = [month.code for month in period.months]
    found: dict[tuple[str, str], Received] = {}
    forms = [fetched["form"] for fetched in fetch(connection, "select distinct form from coverage")]
    for row in fetch(connection, _BY_FACILITY, [months]):
        area, kind = say("no_area", lang), say("no_type", lang)
        if spell := places.spell(row["facility"]):
            area = places.name(places.area(spell)) or area
            kind = capital(spell.attributes.get("type", "")) or kind
        if len(forms) > 1:
            area = f"{form_name(definitions, row['form'], lang)} · {area}"
        key = (area, kind)
        found[key] = found.get(key, Received()) + Received(row["expected"], row["received"], row["late"])
    return {key: found[key] for key in sorted(found) if found[key].expected}


def _columns(lang: Lang) -> tuple[Column, ...]:
    return (
        Column("place", say("column.place", lang)),
        Column("expected", say("column.expected", lang), "integer"),
        Column("received", say("column.received", lang), "integer"),
        Column("received_pct", say("column.received_pct", lang), "percent", digits=1),
        Column("late", say("column.late", lang), "integer"),
        Column("missing", say("column.missing", lang), "integer"),
    )


def _row(place: str, count: Received, level: int) -> tuple[Cell, ...]:
    return (
        Cell(place, level=level),
        Cell(count.expected),
        Cell(count.received),
        Cell(count.received_pct),
        Cell(count.late),
        Cell(count.missing),
    )
