"""What a run took away of the figures stored before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from healthstats.errors import StorageFailure
from healthstats.store.known import KEY
from healthstats.store.runs import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_NAMED = 3
AT_ONCE = 1 << 20
"""Cells of periods compared together: those of a large file would not stand in memory."""
# of a file judged again its earlier judgement's reports too: a figure of theirs may be gone
TOUCHED = """
create temp table touched as
with judged as (select submission from submissions where run = $run)
select
    form, coalesce(facility, '') as facility, coalesce(area, '') as area, period, max(cells_accepted) as cells
from reports
semi join judged using (submission)
where run <= $run
group by all
"""
PERIODS = "select period, cast(sum(cells) as bigint) from touched group by period order by period"
FIGURES = """
create or replace temp table figures as
with
latest as (
    select
        is_after, submission, max(run) as run, min(run) as first_run, arg_min(position, run) as first_position
    from submissions
    join (select unnest([false, true]) as is_after) on run < $run or (is_after and run = $run)
    group by is_after, submission
),
given as (
    select
        latest.is_after, reports.run, reports.position, touched.form, touched.facility, touched.area, touched.period,
        reports.replaces,
        row_number() over (
            partition by latest.is_after, touched.form, touched.facility, touched.area, touched.period
            order by reports.declared_revision, latest.first_run, latest.first_position, reports.position
        ) as rank
    from reports
    join latest on reports.submission = latest.submission and reports.run = latest.run
    join touched
        on reports.form = touched.form and reports.period = touched.period
        and coalesce(reports.facility, '') = touched.facility and coalesce(reports.area, '') = touched.area
    where reports.cells_accepted > 0 and touched.period in (select unnest($periods))
),
standing as (
    select *
    from given
    qualify rank >= coalesce(
        max(rank) filter (where replaces = 'report') over (partition by is_after, form, facility, area, period), 0
    )
),
held as (
    select
        standing.is_after, standing.form, standing.facility, standing.area, standing.period,
        observations.element, observations.item,
        -- a quarantined cell hides what an earlier report said there
        arg_max({'of': observations.value}, standing.rank).of as value
    from observations
    join standing on observations.run = standing.run and observations.report = standing.position
    group by all
)
select
    form, facility, area, period, element, item,
    max(value) filter (where not is_after) as before,
    max(value) filter (where is_after) as after
from held
group by all
"""
COUNTS = """
select form, facility || area, period, count(*) filter (where before <> after), count(*) filter (where after is null)
from figures
where before is not null and before is distinct from after
group by form, facility, area, period
order by period, facility || area, form
"""


@dataclass(slots=True)
class Replaced:
    """Figures that stood before a run and that it changed, or that stand no more, and in how many reports; the first of
    those are `named`: facility or area, and period."""

    changed: int = 0
    lost: int = 0
    reports: int = 0
    named: list[tuple[str, str]] = field(default_factory=list)


def read_replaced(connection: DuckDBPyConnection, run: int) -> Replaced:
    """By the rules of the mart `current_observations`, without building it: before the run against after it."""
    connection.execute(TOUCHED, {"run": run})
    replaced = Replaced()
    for periods in together(connection.execute(PERIODS).fetchall()):
        connection.execute(FIGURES, {"run": run, "periods": periods})
        for _, owner, period, changed, lost in connection.execute(COUNTS).fetchall():
            replaced.reports += 1
            replaced.changed += changed
            replaced.lost += lost
            if len(replaced.named) < MOST_NAMED:
                replaced.named.append((owner, period))
    return replaced


def together(counted: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Periods of about so many cells as stand in memory."""
    periods: list[str] = []
    size = 0
    for period, cells in counted:
        if periods and size + cells > AT_ONCE:
            yield periods
            periods, size = [], 0
        periods.append(period)
        size += cells
    if periods:
        yield periods


def holds_again(runs: Sequence[Run]) -> bool:
    """Whether the last of the runs holds a report that one before it holds too; DuckDB need not be loaded for it."""
    *before, last = runs
    if not before:
        return False
    # imported here: a command that only looks must not wait for it
    import numpy as np

    numbers: list[dict[str | None, int]] = [{} for _ in KEY]
    try:
        own = _keys(last.tables["reports"], numbers, learn=True)
        return any(np.isin(own, _keys(run.tables["reports"], numbers)).any() for run in reversed(before))
    except OSError as error:
        raise StorageFailure("storage_unreadable", reason=error.strerror or str(error)) from error


def _keys(path: Path, numbers: Sequence[dict[str | None, int]], *, learn: bool = False) -> Any:
    """One number for each report whose form, facility, area and period are all in `numbers`, which `learn` adds to."""
    import numpy as np
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, read_dictionary=KEY) as file:
        if not learn and not _may_hold(file, numbers[KEY.index("period")]):
            return np.empty(0, np.int64)
        table = file.read(columns=KEY)
    columns = []
    for name, known in zip(KEY, numbers, strict=True):
        parts = [np.empty(0, np.int64)]
        for chunk in table.column(name).chunks:
            texts = [*chunk.dictionary.to_pylist(), None]
            if learn:
                for text in texts:
                    known.setdefault(text, len(known))
            codes = np.array([known.get(text, -1) for text in texts], np.int64)
            parts.append(codes[_places(chunk.indices)])
        columns.append(np.concatenate(parts))
    held = np.logical_and.reduce([column >= 0 for column in columns])
    sizes = [len(known) for known in numbers]
    return sum(column[held] * prod(sizes[place + 1 :]) for place, column in enumerate(columns))


def _may_hold(file: Any, periods: Iterable[str | None]) -> bool:
    """Whether a file's first and last periods leave room for one of these: of a thousand nights most are of other
    months, and need not be read."""
    column = file.schema.names.index("period")
    spans = [file.metadata.row_group(number).column(column).statistics for number in range(file.num_row_groups)]
    return any(
        one is None or not one.has_min_max or any(period and one.min <= period <= one.max for period in periods)
        for one in spans
    )


def _places(indices: Any) -> Any:
    """The numbers of a dictionary column, −1 for NULL; pyarrow's friendlier ways import pandas."""
    import numpy as np

    valid, values = indices.buffers()
    start, end = indices.offset, indices.offset + len(indices)
    places = np.frombuffer(values, np.int32)[start:end]
    if valid is None:
        return places
    bits = np.unpackbits(np.frombuffer(valid, np.uint8), bitorder="little")[start:end]
    return np.where(bits, places, -1)
