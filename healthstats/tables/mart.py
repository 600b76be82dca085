"""Rows of the marts, as Python values: DECIMAL stays Decimal, never float."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period, periods_of_year, years_to_date
from healthstats.domain.table import Cell

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPARISONS = ("prior_year", "base")
COMPARED = ("ok", "partial")
PARTS = (
    "change_matched",
    "change_entered",
    "change_left",
    "change_missing",
    "change_missing_base",
    "change_reclassified",
)


class Asked(TypedDict, total=False):
    """What of `growth` is wanted: `area` a code (the whole country), `by` a group (`all`), `indicators` their codes
    (every flow), `boundaries` the day a division came into force (the newest), `estimate` the year's estimate in place
    of its growth."""

    area: str | None
    by: str
    indicators: Sequence[str] | None
    boundaries: date | None
    estimate: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of `growth`: sums in the indicator's unit, None where nothing was reported."""

    indicator: str
    item: str
    group_by: str
    group_value: str
    period: str
    comparison: str
    base_period: str
    status: str
    value: Decimal | None
    base_value: Decimal | None
    change: Decimal | None
    reports: int
    expected_reports: int
    base_reports: int
    base_expected_reports: int
    matched_value: Decimal | None
    matched_base_value: Decimal | None
    value_source: str | None
    base_source: str | None
    change_matched: Decimal | None = None
    change_entered: Decimal | None = None
    change_left: Decimal | None = None
    change_missing: Decimal | None = None
    change_missing_base: Decimal | None = None
    change_reclassified: Decimal | None = None

    @property
    def has_history(self) -> bool:
        """Whether a side is what area rows tell: nothing of it is known facility by facility."""
        return "history" in (self.value_source, self.base_source)

    @property
    def is_lopsided(self) -> bool:
        """Whether facilities' sum on one side stands against an area's figure twice or half as large on the other:
        then the register plainly does not hold the area's facilities, and the change tells nothing of their work."""
        if self.value is None or self.base_value is None or self.value_source == self.base_source:
            return False
        return self.value > 2 * self.base_value or self.base_value > 2 * self.value

    @property
    def mark(self) -> str:
        """What a reader must know of the change before reading it; '' for nothing."""
        if self.is_compared and self.is_lopsided:
            return "lopsided"
        return self.status if self.status != "ok" else ""

    @property
    def coverage(self) -> tuple[int, int] | None:
        """Reports received and expected; None where no facility's report stands behind the figure."""
        return None if self.value_source == "history" else (self.reports, self.expected_reports)

    @property
    def base_coverage(self) -> tuple[int, int] | None:
        return None if self.base_source == "history" else (self.base_reports, self.base_expected_reports)

    @property
    def is_compared(self) -> bool:
        return self.status in COMPARED


@dataclass(frozen=True, slots=True)
class Estimated(Compared):
    """One row of `estimate`: `value` is the estimated year, `done_value` what was received of its first `months`, and
    `reports` are theirs; `matched_value` holds nothing estimated. The last five count reports by how they are
    estimated."""

    months: int = 0
    done_value: Decimal | None = None
    estimated_value: Decimal | None = None
    own_growth_reports: int = 0
    own_mean_reports: int = 0
    all_growth_reports: int = 0
    carried_reports: int = 0
    not_estimated_reports: int = 0


_COLUMNS = [field.name for field in fields(Compared)]
_ESTIMATED = [field.name for field in fields(Estimated) if field.name not in PARTS]
_ROWS = """
select {columns}
from {mart}
where period = ? and area = ? and group_by in ('all', ?)
  and boundaries = coalesce(try_cast(? as date), (select max(boundaries) from {mart}))
order by item, group_value
"""


def compared(connection: DuckDBPyConnection, definitions: Definitions, period: Period, asked: Asked) -> list[Compared]:
    """The rows of `growth`, or of `estimate`, for what was asked, those of the group `all` among them; one base period
    stands once."""
    mart, columns, make = (
        ("estimate", _ESTIMATED, Estimated) if asked.get("estimate") else ("growth", _COLUMNS, Compared)
    )
    area = asked.get("area") or root_area(definitions)
    day = asked.get("boundaries")
    sql = _ROWS.format(mart=mart, columns=", ".join(columns))
    rows = fetch(connection, sql, [period.code, area, asked.get("by", "all"), day.isoformat() if day else None])
    found = [make(**row) for row in rows]
    prior = {row.base_period for row in found if row.comparison == "prior_year"}
    wanted = asked.get("indicators")
    return [
        row
        for row in found
        if (wanted is None or row.indicator in wanted)
        and (row.comparison == "prior_year" or row.base_period not in prior)
    ]


def sourced(value: Decimal | int | None, source: str | None) -> Cell:
    """The cell of one side, marked where area rows and not facilities tell it."""
    return Cell(value, "history" if source == "history" and value is not None else "")


def fetch(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
) -> list[dict[str, Any]]:
    result = connection.execute(sql, parameters if isinstance(parameters, Mapping) else list(parameters))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def root_area(definitions: Definitions) -> str:
    return next((area.area for area in definitions.areas if area.level == "country"), "VN")


def within(period: Period) -> list[str]:
    """The codes of all periods whose months lie within `period`, itself included."""
    months = set(period.months)
    inner = (*periods_of_year(period.year), *years_to_date(period.year))
    return [one.code for one in inner if months.issuperset(one.months)]
