"""A form with its header and nothing filled in, as it is sent to those who are to fill it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from healthstats.domain.form import Column

Input = Literal["", "count", "decimal", "text"]
"""What may be typed into a column: nothing, a whole number, a number, words."""


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """`inputs` has one entry a column; `rows` are what is filled in already, by the column's role."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[Column, ...]
    inputs: tuple[Input, ...]
    rows: tuple[Mapping[str, str | int], ...]
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """`source` is where the layout is from; `empty` says what an empty cell means."""

    title: str
    source: str
    sheets: tuple[BlankSheet, ...]
    empty: Literal["missing", "zero"] = "missing"
    synthetic: bool = False
