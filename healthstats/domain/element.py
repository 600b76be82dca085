"""What a form collects (element) and what is computed from elements (indicator)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["flow", "stock", "cumulative", "ratio"]
Type = Literal["count", "decimal"]
Names = Mapping[str, str]
"""A name in each language: {"vi": …, "en": …}."""


@dataclass(frozen=True, slots=True)
class Element:
    """One column of one form. A count is a non-negative integer; a decimal has at most four places."""

    element: str
    form: str
    kind: Kind
    type: Type
    unit: Names
    name: Names


@dataclass(frozen=True, slots=True)
class Indicator:
    """A flow or a stock is the sum of its elements; a ratio is that sum × `factor` / the sum of `denominator`, which
    `by_days` multiplies by the days of each month; where it is `over_population` the denominator is the people of the
    area in the year, and the ratio is one of whole years. `at_end`: the period's last month alone counts. `breaks` are
    the dates at which its definition changed; `digits` the decimals in which it is written."""

    indicator: str
    kind: Kind
    unit: Names
    name: Names
    form: str
    elements: tuple[str, ...]
    breaks: tuple[date, ...] = ()
    why: str = ""
    source: str = ""
    denominator: tuple[str, ...] = ()
    factor: int = 1
    by_days: bool = False
    at_end: bool = False
    over_population: bool = False
    digits: int = 1

    @property
    def in_points(self) -> bool:
        """A share in percent changes by percentage points."""
        return self.kind == "ratio" and self.unit["vi"] == "%"
