"""The reading of a long CSV in the making: of cells at fault in the same way the first are told one by one."""

from __future__ import annotations

from array import array
from dataclasses import replace

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.reading import Reading
from healthstats.intake.judging.draft import Draft
from healthstats.words import LANGUAGES, say

MOST_ALIKE = 200
"""Cells of one element told one by one for one fault: a column of another unit puts a million at fault, which nobody
reads and memory does not hold."""


class LongDraft(Draft):
    """Every cell is entered and counted as in any draft; of findings alike those beyond MOST_ALIKE become one."""

    def __init__(self) -> None:
        super().__init__("csv")
        self._alike: dict[tuple[str, Severity, int], int] = {}
        self._untold: dict[tuple[str, str], array[int]] = {}

    def at(self, position: int, code: str, severity: Severity, suggestion: str = "", **params: str | int) -> None:
        alike = (code, severity, self.observations.element[position])
        told = self._alike[alike] = self._alike.get(alike, 0) + 1
        if told <= MOST_ALIKE:
            super().at(position, code, severity, suggestion, **params)
        else:
            of = (code, tuple(self.elements)[alike[2]])
            self._untold.setdefault(of, array("I")).append(position)

    def reading(self) -> Reading:
        return replace(super().reading(), alike=self._untold)

    def tell_alike(self) -> None:
        """Enters a finding for those that were not told one by one: once, when every cell is judged."""
        elements = tuple(self.elements)
        for (code, severity, element), cells in self._alike.items():
            if cells > MOST_ALIKE:
                titles: dict[str, str | int] = {f"title_{lang}": say(f"title.{code}", lang) for lang in LANGUAGES}
                params = {**titles, "code": code, "cells": cells, "shown": MOST_ALIKE}
                self.findings.append(Finding("MORE_ALIKE", severity, element=elements[element], params=params))
