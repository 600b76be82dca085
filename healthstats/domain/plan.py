"""What a year is measured against beside itself: the people of an area, and what was planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Population:
    """The people of `area` in `year`, counted in persons; `area` is a code of the division in force on `boundaries`."""

    area: str
    year: int
    population: int
    source: str
    boundaries: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a facility, or an area (a code of the division in force on `boundaries`), is to reach in `period`;
    `indicator` is an indicator's or an element's code and `value` is in its unit, with four decimals at most."""

    facility: str | None
    area: str | None
    indicator: str
    period: str
    value: Decimal
    source: str
    boundaries: date
