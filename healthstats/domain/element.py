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
    """A flow indicator is the sum of its elements; `breaks` are the dates at which its definition changed."""

    indicator: str
    kind: Kind
    unit: Names
    name: Names
    form: str
    elements: tuple[str, ...]
    breaks: tuple[date, ...] = ()
    why: str = ""
    source: str = ""
