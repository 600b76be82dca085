"""A chart is a table with a way of drawing it: what is drawn can be read beside it, figure for figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from healthstats.domain.table import Table


@dataclass(frozen=True, slots=True)
class Chart:
    """The first column names the rows, every other column holds figures of one unit.

    `lines` draws each column of figures over the rows, the newest first. `parts` draws the first row as the change and
    the rows beneath it as the steps that add up to it. A figure with a status is drawn hollow or hatched."""

    kind: Literal["lines", "parts"]
    table: Table

    @property
    def unit(self) -> str:
        return self.table.columns[-1].unit
