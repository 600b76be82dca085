"""Calendar periods: months, quarters, half-years, nine months, years, and a year to date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from typing import Literal

VIETNAM = timezone(timedelta(hours=7))
"""Deadlines are days there: a server's own zone would make a report late, or not, by where it stands."""

Kind = Literal["month", "quarter", "half", "nine_months", "year", "to_date"]

MONTHS_IN: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
"""Of each kind whose length is its own; a year to date is as long as its index says."""
_FIRST: dict[int, Kind] = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}
_CODE = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|([1-9]|1[0-2])M))?", re.ASCII)
_SHORT = re.compile(r"(?:tháng|thang|t)\s*(\d{1,2})\s*[/\-.]\s*(\d{4})", re.ASCII | re.IGNORECASE)
_QUARTER = re.compile(r"(?:quý|quy|q)\s*(iv|i{1,3}|[1-4])\s*(?:[/\-.]|năm|nam)\s*(\d{4})", re.ASCII | re.IGNORECASE)
_SPAN = re.compile(
    r"(\d{1,2})\s*(?:tháng|thang|t)\s*(?:đầu năm|dau nam|năm|nam|/|-)\s*(\d{4})", re.ASCII | re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`index` counts from 1 within the year: March is Period("month", 2023, 3). Of a year to date it is the number of
    months, where no other kind is so long: Period("to_date", 2026, 11)."""

    kind: Kind
    year: int
    index: int = 1

    @property
    def code(self) -> str:
        """`2023`, `2023-H1`, `2023-9M`, `2023-Q1`, `2023-01` or `2023-11M`."""
        suffix = {
            "month": f"-{self.index:02d}",
            "quarter": f"-Q{self.index}",
            "half": f"-H{self.index}",
            "nine_months": "-9M",
            "year": "",
            "to_date": f"-{self.index}M",
        }
        return f"{self.year:04d}{suffix[self.kind]}"

    @property
    def size(self) -> int:
        """The number of its months."""
        return self.index if self.kind == "to_date" else MONTHS_IN[self.kind]

    @property
    def first_month(self) -> int:
        return 1 if self.kind == "to_date" else (self.index - 1) * self.size + 1

    @property
    def months(self) -> tuple[Period, ...]:
        first = self.first_month
        return tuple(Period("month", self.year, first + k) for k in range(self.size))

    @property
    def start(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        last = self.first_month + self.size - 1
        return date(self.year, last, calendar.monthrange(self.year, last)[1])

    def in_year(self, year: int) -> Period:
        """The same period of another year: what a period is compared with."""
        return Period(self.kind, year, self.index)

    def first_months(self, months: int) -> Period:
        """From January, so many months: of 2026, 11 → `2026-11M`, 6 → `2026-H1`, 12 → `2026`."""
        kind = _FIRST.get(months)
        return Period(kind, self.year) if kind else Period("to_date", self.year, months)

    def __str__(self) -> str:
        return self.code


def parse_period(text: str) -> Period | None:
    """Reads `2023`, `2023-H1`, `2023-9M`, `2023-Q1`, `2023-01`, `T8/2026`, `Quý I/2023`, `11T/2023`; else None."""
    text = " ".join(text.split())
    if match := _CODE.fullmatch(text):
        year, month, quarter, half, first = match.groups()
        if first:
            return _first_months(year, first)
        return _checked(
            ("month", month) if month else
            ("quarter", quarter) if quarter else
            ("half", half) if half else
            ("year", "1"),
            year,
        )  # fmt: skip
    if match := _SHORT.fullmatch(text):
        return _checked(("month", match[1]), match[2])
    if match := _QUARTER.fullmatch(text):
        return _checked(("quarter", str(_ROMAN.get(match[1].lower(), match[1]))), match[2])
    if match := _SPAN.fullmatch(text):
        return _first_months(match[2], match[1])
    return None


def _first_months(year: str, months: str) -> Period | None:
    held = 1900 <= int(year) <= 2200 and 1 <= int(months) <= 12
    return Period("year", int(year)).first_months(int(months)) if held else None


def years_to_date(year: int) -> Iterator[Period]:
    """The seven that no other kind names: 2, 4, 5, 7, 8, 10 and 11 months."""
    return (Period("to_date", year, months) for months in range(1, 13) if months not in _FIRST)


def _checked(part: tuple[Kind, str], year: str) -> Period | None:
    kind, index = part[0], int(part[1])
    if not 1900 <= int(year) <= 2200 or not 1 <= index <= 12 // MONTHS_IN[kind]:
        return None
    return Period(kind, int(year), index)


def periods_of_year(year: int) -> Iterator[Period]:
    """The twenty periods of a year: 12 months, 4 quarters, 2 half-years, nine months, the year."""
    for kind, size in MONTHS_IN.items():
        for index in range(1, 2 if kind == "nine_months" else 12 // size + 1):
            yield Period(kind, year, index)
