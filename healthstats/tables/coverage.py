"""Who reported: expected, received, late and missing monthly reports, by area and type of facility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.mart import fetch
from healthstats.tables.names import capital, form_name, period_name
from healthstats.tables.places import Places
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BY_HAND = "('image', 'pdf')"
"""The media of files that are kept until a person has typed in what they show."""
CLOSED = """(
  select distinct submission from decisions
  anti join awaiting on decisions.submission = awaiting.submission
  where decision in ('close', 'passed_over')
)"""
"""The submissions closed, or passed over for another, of which nothing else waits for a person."""
COUNTS = f"""
  coalesce(sum(stands_for), 0)::bigint as expected,
  coalesce(sum(stands_for) filter (where reported), 0)::bigint as received,
  coalesce(sum(stands_for) filter (where reported and late), 0)::bigint as late,
  coalesce(sum(stands_for) filter (where held = 'quarantined' and not by_hand), 0)::bigint as awaiting,
  coalesce(sum(stands_for) filter (where held = 'rejected' and not by_hand), 0)::bigint as unreadable,
  coalesce(sum(stands_for) filter (where held is not null and by_hand), 0)::bigint as by_hand
from (
  select
    form, facility, period, stands_for, reported, late,
    case when not reported then verdict end as held,
    coalesce(media in {BY_HAND}, false) as by_hand
  from coverage
  where period in (select unnest(?)) and expected and facility is not null
) as due
"""
"""The fields of Received, summed over the reports due in the months given."""
_BY_FACILITY = f"select form, facility, {COUNTS} group by form, facility order by form, facility"


@dataclass(frozen=True, slots=True)
class Received:
    """Monthly reports of one facility, or of many. What was sent and is not received awaits confirmation, cannot be
    read, or is a picture to be keyed in by hand."""

    expected: int = 0
    received: int = 0
    late: int = 0
    awaiting: int = 0
    unreadable: int = 0
    by_hand: int = 0

    def __add__(self, other: Received) -> Received:
        return Received(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @classmethod
    def of(cls, row: Mapping[str, int]) -> Received:
        return cls(*(row[name] for name in cls.__slots__))

    @property
    def on_time(self) -> int:
        return self.received - self.late

    @property
    def missing(self) -> int:
        return self.expected - self.received

    @property
    def not_sent(self) -> int:
        return self.missing - self.awaiting - self.unreadable - self.by_hand

    @property
    def received_pct(self) -> Fraction | None:
        return Fraction(100 * self.received, self.expected) if self.expected else None


def coverage(connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang = "vi") -> Table:
    """The total, then each area with its types of facility beneath; all forms together where one, else form by form."""
    places = received_by_place(connection, definitions, period, lang)
    return Table(
        name="coverage",
        title=say("table.coverage", lang, period=period_name(period, lang)),
        subtitle=Places(definitions, period.end).scope,
        columns=_columns(lang),
        rows=tuple(_row(place, count, level) for place, count, level in by_place(places, lang)),
        notes=(say("note.late", lang),),
        synthetic=definitions.synthetic,
    )


def by_place(places: Mapping[tuple[str, str], Received], lang: Lang) -> Iterator[tuple[str, Received, int]]:
    """(name, reports, depth): the total, then each area with its types of facility beneath."""
    if places:
        yield say("total", lang), sum(places.values(), Received()), 0
    areas = list(dict.fromkeys(area for area, _ in places))
    for area in areas:
        inner = {kind: count for (held, kind), count in places.items() if held == area}
        if len(areas) > 1:
            yield area, sum(inner.values(), Received()), 1
        if set(inner) != {say("no_type", lang)}:
            for kind, count in inner.items():
                yield kind, count, 2 if len(areas) > 1 else 1


def received_by_place(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, lang: Lang
) -> dict[tuple[str, str], Received]:
    """(area, type of facility), as people read them and in order, → its reports. Each facility stands where the
    register has it at the period's end."""
    places = Places(definitions, period.end)
    months = [month.code for month in period.months]
    found: dict[tuple[str, str], list[int]] = {}
    forms = [fetched["form"] for fetched in fetch(connection, "select distinct form from coverage")]
    no_area, no_type = say("no_area", lang), say("no_type", lang)
    for row in fetch(connection, _BY_FACILITY, [months]):
        area, kind = no_area, no_type
        if spell := places.spell(row["facility"]):
            area = places.name(places.area(spell)) or no_area
            kind = capital(spell.attributes.get("type", "")) or no_type
        if len(forms) > 1:
            area = f"{form_name(definitions, row['form'], lang)} · {area}"
        key = (area, kind)
        # lists, not values: 13,000 facilities are added up while a person waits
        sums = found.setdefault(key, [0] * len(Received.__slots__))
        for place, name in enumerate(Received.__slots__):
            sums[place] += row[name]
    return {key: Received(*found[key]) for key in sorted(found)}


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
