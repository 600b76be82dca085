"""The stored files that came in the same run as others and hold a report of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from healthstats.store.known import ReportKey

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Held = tuple[ReportKey, int, int]
"""(report, declared revision, run in which its file first arrived)."""
RIVALS = """
with
judged as (select unnest(cast($judged as varchar[])) as submission),
latest as (select submission, max(run) as run, min(run) as first_run from submissions group by submission),
stored as (
    select
        reports.form, reports.facility, reports.area, reports.period, reports.declared_revision, latest.first_run,
        reports.submission, reports.cells_quarantined > 0 as is_held_back,
        reports.submission in (select submission from judged) as is_judged
    from reports
    join latest on reports.submission = latest.submission and reports.run = latest.run
),
asked as (
    select
        unnest(cast($forms as varchar[])) as form,
        unnest(cast($facilities as varchar[])) as facility,
        unnest(cast($areas as varchar[])) as area,
        unnest(cast($periods as varchar[])) as period,
        unnest(cast($declared as integer[])) as declared_revision,
        unnest(cast($first_runs as integer[])) as first_run,
        true as is_said_now
    union all
    select form, facility, area, period, declared_revision, first_run, false from stored where is_judged
)
select distinct stored.submission
from stored
join asked
    on stored.form = asked.form and stored.period = asked.period
    and stored.facility is not distinct from asked.facility and stored.area is not distinct from asked.area
    and stored.declared_revision = asked.declared_revision and stored.first_run = asked.first_run
where not stored.is_judged and (asked.is_said_now or stored.is_held_back)
"""


def read_rivals(connection: DuckDBPyConnection, held: Iterable[Held], judged: Collection[str]) -> set[str]:
    """The submissions but `judged` that by their latest judgement hold one of these, accepted or not, or that are held
    back in one that a file of `judged` held before: that file may have been why."""
    names = ("forms", "facilities", "areas", "periods", "declared", "first_runs")
    rows = [(*key, declared, first_run) for key, declared, first_run in held]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return {row[0] for row in connection.execute(RIVALS, {**columns, "judged": list(judged)}).fetchall()}
