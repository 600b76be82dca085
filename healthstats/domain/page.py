"""A page is a value before it is a picture: headings, sentences, charts and tables, all in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from healthstats.domain.chart import Chart
from healthstats.domain.table import Table


@dataclass(frozen=True, slots=True)
class PageSection:
    """`prose` are whole sentences, one paragraph each."""

    heading: str
    prose: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What a publication shows, in order; `as_of` says up to which run and date its figures were known."""

    title: str
    lang: Literal["vi", "en"]
    area: str
    period: str
    as_of: str
    sections: tuple[PageSection, ...]
    synthetic: bool = False
