"""What is told of a long CSV beside its cells: records that fit nothing, columns not read, figures said twice."""

from __future__ import annotations

from collections.abc import Iterable

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.csvfiles.longheader import Header
from healthstats.intake.csvfiles.longproblems import Problems
from healthstats.intake.judging.draft import Draft

MOST_RAGGED = 50


class Tally:
    """Counts while records are read; `conclude` puts all that is told in order."""

    def __init__(self, header: Header, draft: Draft) -> None:
        self.header, self.draft = header, draft
        self.problems = Problems()
        self.again: dict[int, list[int]] = {}
        self._ragged: list[Finding] = []
        self._records = 0
        self._ignored = dict.fromkeys(header.other, 0)

    def ragged(self, line: int, fields: int) -> None:
        """A record of another width than the header's."""
        self.draft.reject()
        self._records += 1
        if self._records <= MOST_RAGGED:
            width = len(self.header.columns) + len(self.header.other)
            params: dict[str, str | int] = {"fields": fields, "expected": width}
            self._ragged.append(Finding("RAGGED_RECORD", "error", cell=cell_name(line, 1), params=params))

    def more_ragged(self, records: int) -> None:
        """Others, above the number that is told one by one."""
        self.draft.reject(records)
        self._records += records

    def ignore(self, column: int, cells: int) -> None:
        """Cells of a column that is no role's."""
        self._ignored[column] += cells
        self.draft.counts.ignored += cells

    def rival(self, known: int, position: int) -> None:
        """Another value at `position` for the figure that stands at `known`."""
        self.again.setdefault(known, [known]).append(position)

    def conclude(self, name: str, about_reports: Iterable[Finding]) -> None:
        """Orders the findings, those about cells as they stand in the draft, and holds rivals."""
        about_cells = self.draft.findings
        self.draft.findings = [*self._ragged, *about_reports, *about_cells, *self._of_the_file(name)]
        self._hold_rivals()

    def _of_the_file(self, name: str) -> Iterable[Finding]:
        counts = self.draft.counts
        if not counts.found:
            yield Finding("CSV_NO_RECORDS", "error", cell="A1")
        elif counts.found == counts.blank:
            yield Finding("REPORT_EMPTY", "warning", cell="A1", params={"name": name})
        if self._records > MOST_RAGGED:
            yield Finding("RAGGED_RECORDS", "error", params={"records": self._records})
        yield from self.problems.told(self.header.columns)
        for column, label in self.header.other.items():
            if cells := self._ignored[column]:
                params: dict[str, str | int] = {"label": label or cell_name(1, column), "cells": cells}
                yield Finding("IGNORED_COLUMN", "info", cell=cell_name(1, column), params=params)

    def _hold_rivals(self) -> None:
        """Two values for one figure: nobody can say which holds, so neither does."""
        rows = self.draft.observations.row
        for positions in self.again.values():
            for position in positions:
                others = ", ".join(str(rows[other]) for other in positions[:4] if other != position)
                self.draft.at(position, "RECORD_TWICE", "error", others=others)
            for position in positions:
                self.draft.quarantine(position)
