"""A reading in the making: every cell that enters it is counted once, by the call that enters it."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.reading import (
    SCALE,
    CellCounts,
    Finality,
    Observations,
    Reading,
    Report,
    ReportColumns,
    UnknownFacility,
    cell_name,
)

_ACCEPTED = array("B", [1])


class Draft:
    """Reports, elements and observations as they are found; `reading()` freezes them.

    found = accepted + quarantined + rejected + blank holds by construction: `accept`, `hold`, `reject` and `blank`
    each count what they enter, `quarantine` moves one cell from accepted to quarantined."""

    def __init__(self, media: str) -> None:
        self.media = media
        self.reports: list[Report] | ReportColumns = []
        self.elements: dict[str, int] = {}
        self.observations = Observations()
        self.findings: list[Finding] = []
        self.counts = CellCounts()
        self.unknown: dict[UnknownFacility, None] = {}
        self.factors: dict[tuple[str, str], int] = {}

    def open(self, report: Report) -> int:
        """Enters a report; returns its number."""
        assert isinstance(self.reports, list)  # columns are filled by whoever made them
        self.reports.append(report)
        return len(self.reports) - 1

    def open_all(self, kind: Report, facilities: list[str]) -> int:
        """Enters such a report of each facility; returns the number of the first."""
        assert isinstance(self.reports, list)
        first = len(self.reports)
        form, edition, _, *rest = kind
        self.reports += [Report._make((form, edition, facility, *rest)) for facility in facilities]
        return first

    def element(self, code: str) -> int:
        """The number of an element in this reading."""
        return self.elements.setdefault(code, len(self.elements))

    def accept(self, report: int, element: int, place: tuple[int, int], value: int, text: str = "") -> int:
        """Enters an accepted cell, its value in ten-thousandths; returns its position. `place` is (row, column)."""
        self.counts.accepted += 1
        return self._enter(report, element, place, (value, 1), text)

    def hold(self, report: int, element: int, place: tuple[int, int], text: str) -> int:
        """Enters a quarantined cell with its text as received; returns its position."""
        self.counts.quarantined += 1
        return self._enter(report, element, place, (0, 0), text)

    def accept_row(self, report: int, row: int, elements: array[int], columns: array[int], values: list[int]) -> int:
        """Enters a row of plain accepted cells at once; returns the first position."""
        return self.accept_rows(report, [row], elements, columns, values)

    def accept_rows(
        self, report: int, rows: list[int], elements: array[int], columns: array[int], values: list[int]
    ) -> int:
        """Enters rows of plain accepted cells at once, the first of report `report`, each of the next one; `values` are
        those of row after row. Returns the first position."""
        seen, size = self.observations, len(elements)
        first = len(seen.value)
        seen.report += _each(range(report, report + len(rows)), size)
        seen.row += _each(rows, size)
        seen.element += elements * len(rows)
        seen.column += columns * len(rows)
        seen.value.fromlist(values)
        seen.accepted += _ACCEPTED * len(values)
        self.counts.found += len(values)
        self.counts.accepted += len(values)
        return first

    def item(self, position: int, item: str) -> None:
        """Says which row within its report a cell is of."""
        if item:
            self.observations.item[position] = item

    def qualify(self, position: int, qualifier: str, status: Finality) -> None:
        """Says that an accepted cell's value is a bound or about right: it counts, and a person is told."""
        if status:
            self.observations.status[position] = status
        if qualifier:
            self.observations.qualifier[position] = qualifier
            self.at(position, "QUALIFIED", "warning", qualifier=qualifier)

    def reject(self, cells: int = 1) -> None:
        """Counts cells that no report can hold."""
        self.counts.found += cells
        self.counts.rejected += cells

    def blank(self, cells: int = 1) -> None:
        """Counts cells that hold nothing."""
        self.counts.found += cells
        self.counts.blank += cells

    def quarantine(self, position: int) -> None:
        """Moves a cell from accepted to quarantined. Twice is once."""
        quarantine(self.observations, self.counts, position)

    def at(self, position: int, code: str, severity: Severity, suggestion: str = "", **params: str | int) -> None:
        """Enters a finding about one observation: its place, report, element and text are filled in."""
        seen = self.observations
        report = self.reports[seen.report[position]]
        text = seen.text.get(position, "") or (plain(seen.value[position]) if seen.accepted[position] else "")
        finding = Finding(
            code=code,
            severity=severity,
            sheet=report.sheet,
            cell=cell_name(seen.row[position], seen.column[position]),
            facility=report.facility,
            period=report.period,
            element=tuple(self.elements)[seen.element[position]],
            text=text,
            suggestion=suggestion,
            params=params,
        )
        self.findings.append(finding)

    def reading(self) -> Reading:
        return Reading(
            media=self.media,
            reports=self.reports if isinstance(self.reports, ReportColumns) else tuple(self.reports),
            elements=tuple(self.elements),
            observations=self.observations,
            findings=tuple(self.findings),
            counts=self.counts,
            unknown=tuple(self.unknown),
            factors=self.factors,
        )

    def _enter(self, report: int, element: int, place: tuple[int, int], value: tuple[int, int], text: str) -> int:
        seen = self.observations
        position = len(seen)
        seen.report.append(report)
        seen.element.append(element)
        seen.value.append(value[0])
        seen.accepted.append(value[1])
        seen.row.append(place[0])
        seen.column.append(place[1])
        if text:
            seen.text[position] = text
        self.counts.found += 1
        return position


def _each(numbers: Iterable[int], times: int) -> array[int]:
    """Each of the numbers so many times; a loop over thirty rows of twenty cells costs more than all else in them."""
    found = array("I")
    found.frombytes(b"".join([number.to_bytes(found.itemsize, sys.byteorder) * times for number in numbers]))
    return found


def plain(value: int) -> str:
    """Ten-thousandths as a plain decimal number: 12_345_000 → `1234.5`."""
    whole, rest = divmod(abs(value), SCALE)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def quarantine(seen: Observations, counts: CellCounts, position: int) -> None:
    """Moves a cell from accepted to quarantined; its value stays readable as its text. Twice is once."""
    if not seen.accepted[position]:
        return
    seen.text.setdefault(position, plain(seen.value[position]))
    seen.held[position] = seen.value[position]
    seen.accepted[position] = 0
    seen.value[position] = 0
    counts.accepted -= 1
    counts.quarantined += 1
