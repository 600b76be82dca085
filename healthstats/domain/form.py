"""A statutory form: its editions, its header, its rows and its rules, as its definition states them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from healthstats.domain.element import Names
from healthstats.domain.period import Period

Severity = Literal["error", "warning"]

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
ROLES = (
    "number",
    "facility.code",
    "facility.name",
    "area.code",
    "area.name",
    "item",
    "item.name",
    "period",
    "period.year",
    "period.month",
    "ignore",
)
"""What a column may be beside an element; `attribute.<name>` feeds a proposed register row, `total.<element>` is a
printed sum over the periods of a row, and `only.<name>` says which rows are read."""
PLACEHOLDERS = ("month", "quarter", "year", "period")
"""In braces within a header label, they stand for the words that name one: `{month}` for `Tháng 1`, `T1`, `1`."""


SCALES = {
    **dict.fromkeys(("nghìn", "ngàn", "1000", "thousand"), 1_000),
    **dict.fromkeys(("triệu", "million"), 1_000_000),
    **dict.fromkeys(("tỷ", "tỉ", "billion"), 1_000_000_000),
}
"""Words before a unit: `nghìn lượt` are a thousand of them."""


@dataclass(frozen=True, slots=True)
class Column:
    """`role` is an element's code, one of ROLES, `attribute.<name>`, `total.<element>` or `only.<name>`; `path` its
    header labels, top to bottom."""

    role: str
    path: tuple[str, ...]
    required: bool = True

    @property
    def by_period(self) -> bool:
        """Whether its labels name a period: it stands once for each."""
        return any(f"{{{name}}}" in label for label in self.path for name in PLACEHOLDERS)


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a form with the dates between which it is in force; `valid_to` is its last day, None while open."""

    edition: str
    valid_from: date
    valid_to: date | None
    frequency: Literal["month", "quarter", "year"]
    deadline_days: int
    accumulates: Literal["none", "year", "ever"]
    official: bool
    source: str
    columns: tuple[Column, ...]

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def covers(self, period: Period) -> Period:
        """What the figures of a report of that period are of: where they count from January, of all its months so far,
        which must not be added up with other months."""
        return period.first_months(period.end.month) if self.accumulates == "year" else period

    def is_whole(self, period: Period) -> bool:
        """Whether a report of the period takes several of the edition's own together."""
        return self.accumulates == "none" and period.size > MONTHS_OF[self.frequency]


@dataclass(frozen=True, slots=True)
class Rule:
    """Across the cells of one report: `at_most` wants left ≤ the sum of right − the sum of less; `sum` wants left = the
    sum of right."""

    code: str
    kind: Literal["at_most", "sum"]
    left: str
    right: tuple[str, ...]
    severity: Severity
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowLabels:
    """Labels, as printed, of the rows that are no facility: compared folded, with the whole cell."""

    total: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    of_which: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Markers:
    """Cell texts that are no number: an explicit zero, a value not collected, a value that cannot exist."""

    zero: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is stored, and the other ways in which a sheet's name or its title spells it."""

    item: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """`row` says what a data row is; `sheets` names the sheets to read (empty: every sheet whose header fits);
    `applies_to` holds facility types (empty: all); `financial_year_start` is the month a year column counts from;
    `facility_count` is the element that says for how many facilities a row stands, '' where there is none; `labels`
    gives for a header label its other spellings; `item` says where the item stands if not in a column, and `items`
    are those that may stand there (empty: any); `only` names columns with the texts of the rows to read; `factors`
    gives by what an element's cells are multiplied (a thousand, where a table counts in thousands); `title_units` are
    the scaled units that a title may state instead (`nghìn lượt`); `history_of` is the form of which it holds whole
    areas' figures; `layouts` are other headers in which files of its editions come; `carried` pairs what stands at a
    month's end with what stands at the start of the next; `severities` raises, by code, what is else a warning."""

    form: str
    name: Names
    source: str
    row: Literal["facility", "area"]
    editions: tuple[Edition, ...]
    applies_to: tuple[str, ...] = ()
    blank: Literal["missing", "zero"] = "missing"
    sheets: tuple[str, ...] = ()
    financial_year_start: int = 1
    markers: Markers = Markers()
    rows: RowLabels = RowLabels()
    rules: tuple[Rule, ...] = ()
    facility_count: str = ""
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    item: Literal["column", "sheet"] = "column"
    items: tuple[Item, ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    factors: tuple[tuple[str, int], ...] = ()
    title_units: tuple[str, ...] = ()
    history_of: str = ""
    layouts: tuple[tuple[Column, ...], ...] = ()
    carried: tuple[tuple[str, str], ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()

    def severity_of(self, code: str) -> Severity:
        """Of a finding that is a warning unless the form says otherwise."""
        return dict(self.severities).get(code, "warning")

    @property
    def collects(self) -> str:
        """The form whose elements its columns are."""
        return self.history_of or self.form


def is_role(role: str) -> bool:
    """Whether a column's role is no element."""
    return role in ROLES or role.startswith(("attribute.", "total.", "only."))


def header_cells(columns: Sequence[Column]) -> Iterator[tuple[int, int, int, int, str]]:
    """The header tree as (first row, first column, last row, last column, label), counted from 0."""
    depth = max(len(column.path) for column in columns)
    for level in range(depth):
        prefixes = [column.path[: level + 1] if len(column.path) > level else None for column in columns]
        for prefix, run in groupby(range(len(columns)), key=prefixes.__getitem__):
            if prefix is None:
                continue
            first, *rest = run
            last = rest[-1] if rest else first
            leaf = len(columns[first].path) == level + 1
            yield level, first, depth - 1 if leaf else level, last, prefix[-1]
