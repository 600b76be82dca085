"""The stored figures of some facilities and months, as numbers: what new figures are judged against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CELLS = """
create temp table cells as
with
asked as (select unnest($facilities) as facility, generate_subscripts($facilities, 1) - 1 as place),
wanted as (select unnest($elements) as element, generate_subscripts($elements, 1) - 1 as place),
judged as (select unnest($judged) as submission),
latest as (
    select submission, max(run) as run, min(run) as first_run, arg_min(position, run) as first_position
    from submissions
    anti join judged using (submission)
    group by submission
),
given as (
    select
        reports.run, reports.submission, reports.position, reports.form, asked.facility, reports.period,
        reports.replaces, asked.place as owner,
        row_number() over (order by declared_revision, first_run, first_position, reports.position) as rank
    from reports
    join latest on reports.submission = latest.submission and reports.run = latest.run
    join asked on coalesce(reports.facility, reports.area) = asked.facility
    where cells_accepted > 0 and reports.period between $first and $last and length(reports.period) = 7
        and reports.period not like '%-Q%'
),
whole as (
    select form, facility, period, max(rank) as rank
    from given
    where replaces = 'report'
    group by form, facility, period
),
standing as (
    select given.*
    from given
    left join whole on given.form = whole.form and given.facility = whole.facility and given.period = whole.period
    where whole.rank is null or given.rank >= whole.rank
)
select
    cast(owner as integer) as owner,
    cast(substr(standing.period, 1, 4) as integer) * 12 + cast(substr(standing.period, 6, 2) as integer) - 1 as month,
    cast(wanted.place as integer) as element,
    observations.item,
    cast(arg_max(observations.value, rank) * 10000 as bigint) as value
from observations
join standing
    on observations.run = standing.run and observations.submission = standing.submission
    and observations.report = standing.position
join wanted on observations.element = wanted.element
where observations.value is not null
group by all
"""
ITEMS = "select distinct item from cells where item <> '' order by item"
CODED = """
with named as (select unnest($items) as item, generate_subscripts($items, 1) as place)
select owner, month, element, cast(coalesce(named.place, 0) as integer) as item, value
from cells
left join named on cells.item = named.item
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures, of which months (both inclusive, as `2023-01`), of which elements; what `judged` holds is being
    judged now and is not history."""

    facilities: Sequence[str]
    elements: Sequence[str]
    first: str
    last: str
    judged: Sequence[str]


@dataclass(frozen=True, slots=True)
class History:
    """Parallel numpy columns, one entry a current accepted cell: `owner` and `element` index what was asked, `month`
    counts from year 0, `item` indexes `items` (0 is ''), `value` counts ten-thousandths."""

    columns: dict[str, Any]
    items: tuple[str, ...] = ("",)


def read_history(connection: DuckDBPyConnection, asked: Asked) -> History:
    """The current accepted cells, by the rules of the mart `current_observations`, without building it."""
    connection.execute(
        CELLS,
        {
            "facilities": list(asked.facilities),
            "elements": list(asked.elements),
            "judged": list(asked.judged),
            "first": asked.first,
            "last": asked.last,
        },
    )
    items = [row[0] for row in connection.execute(ITEMS).fetchall()]
    return History(connection.execute(CODED, {"items": items}).fetchnumpy(), ("", *items))
