"""What a program makes of a table that no form fits: a definition to be looked over, never one to store by."""

from __future__ import annotations

from dataclasses import dataclass

from healthstats.domain.element import Element
from healthstats.domain.form import Markers, RowLabels
from healthstats.domain.period import Period


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """`path` is as printed, top to bottom; `score` is 0 to 100, 0 where
    none was reckoned; `element` is proposed with the form, `rival` the
    second best element of a known form."""

    role: str
    path: tuple[str, ...]
    score: int
    element: Element | None = None
    rival: str = ""


@dataclass(frozen=True, slots=True)
class ProposedForm:
    """A form of its own, or another header of the form `layout_of`. `first` and `last` are the rows of the data;
    `left_out` are columns whose header stands twice; `unmatched`, of a layout, the headings (cell, path) of figures
    that mean no element of the form; `period` is what the sheet or the file says; `by_period` the kind of
    the periods that stand side by side."""

    form: str
    layout_of: str
    score: int
    file: str
    sheet: str
    row: str
    columns: tuple[GuessedColumn, ...]
    first: int
    last: int
    rows: RowLabels
    markers: Markers
    sheets: tuple[str, ...] = ()
    period: Period | None = None
    financial_years: bool = False
    left_out: tuple[str, ...] = ()
    by_period: str = ""
    unmatched: tuple[tuple[str, tuple[str, ...]], ...] = ()
