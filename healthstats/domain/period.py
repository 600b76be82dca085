"""Calendar periods: months, quarters, half-years, nine months, years."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["month", "quarter", "half", "nine_months", "year"]

MONTHS_IN: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
_CODE = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|(9M)))?", re.ASCII)
_SHORT = re.compile(r"(?:tháng|thang|t)\s*(\d{1,2})\s*[/\-.]\s*(\d{4})", re.ASCII | re.IGNORECASE)
_QUARTER = re.compile(r"(?:quý|quy|q)\s*(iv|i{1,3}|[1-4])\s*(?:[/\-.]|năm|nam)\s*(\d{4})", re.ASCII | re.IGNORECASE)
_SPAN = re.compile(
    r"(3|6|9|12)\s*(?:tháng|thang|t)\s*(?:đầu năm|dau nam|năm|nam|/|-)\s*(\d{4})", re.ASCII | re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`index` counts from 1 within the year: March is Period("month", 2023, 3)."""

    kind: Kind
    year: int
    index: int = 1

    @property
    def code(self) -> str:
        """`2023`, `2023-H1`, `2023-9M`, `2023-Q1` or `2023-01`."""
        suffix = {
            "month": f"-{self.index:02d}",
            "quarter": f"-Q{self.index}",
            "half": f"-H{self.index}",
            "nine_months": "-9M",
            "year": "",
        }
        return f"{self.year:04d}{suffix[self.kind]}"

    @property
    def first_month(self) -> int:
        return (self.index - 1) * MONTHS_IN[self.kind] + 1

    @property
    def months(self) -> tuple[Period, ...]:
        first = self.first_month
        return tuple(Period("month", self.year, first + k) for k in range(MONTHS_IN[self.kind]))

    @property
    def start(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        last = self.first_month + MONTHS_IN[self.kind] - 1
        return date(self.year, last, calendar.monthrange(self.year, last)[1])

    def in_year(self, year: int) -> Period:
        """The same period of another year: what a period is compared with."""
        return Period(self.kind, year, self.index)

    def __str__(self) -> str:
        return self.code


def parse_period(text: str) -> Period | None:
    """Reads `2023`, `2023-H1`, `2023-9M`, `2023-Q1`, `2023-01`, `T8/2026`, `Quý I/2023`, `6T/2023`; else None."""
    text = " ".join(text.split())
    if match := _CODE.fullmatch(text):
        year, month, quarter, half, nine = match.groups()
        return _checked(
            ("month", month) if month else
            ("quarter", quarter) if quarter else
            ("half", half) if half else
            ("nine_months", "1") if nine else
            ("year", "1"),
            year,
        )  # fmt: skip
    if match := _SHORT.fullmatch(text):
        return _checked(("month", match[1]), match[2])
    if match := _QUARTER.fullmatch(text):
        return _checked(("quarter", str(_ROMAN.get(match[1].lower(), match[1]))), match[2])
    if match := _SPAN.fullmatch(text):
        spans: dict[str, Kind] = {"3": "quarter", "6": "half", "9": "nine_months", "12": "year"}
        return _checked((spans[match[1]], "1"), match[2])
    return None


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
