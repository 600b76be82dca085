"""The reports of a large file beside those of other files: found by number, never one object each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from healthstats.domain.reading import CodedTexts, Reading, Report, ReportColumns

Whole = npt.NDArray[np.int64]
ReportKey = tuple[str, str | None, str | None, str]
"""(form, facility, area, period)."""
AT_ONCE = 1 << 16
NOWHERE = -1


class Numbers:
    """The numbers of a large file's reports by key; a long CSV has one report a key."""

    def __init__(self, reports: ReportColumns) -> None:
        self.reports = reports
        self.kinds = {_kind(kind): number for number, kind in enumerate(reports.kinds)}
        self.owners = {owner: number for number, owner in enumerate(reports.owners)}
        self.codes = _column(reports.kind).astype(np.int64) * len(self.owners) + _column(reports.owner)
        self.order = np.argsort(self.codes, kind="stable")

    def find(self, keys: Iterable[ReportKey]) -> Whole:
        """The number of each key's report, NOWHERE where the file has none."""
        return self._at(np.fromiter((self._code(key) for key in keys), np.int64))

    def shared(self, other: Numbers) -> tuple[Whole, Whole]:
        """The numbers here and there of the reports that both files have."""
        kinds = np.array([other.kinds.get(_kind(kind), NOWHERE) for kind in self.reports.kinds] or [0], np.int64)
        owners = np.array([other.owners.get(owner, NOWHERE) for owner in self.reports.owners] or [0], np.int64)
        kind, owner = kinds[_column(self.reports.kind)], owners[_column(self.reports.owner)]
        there = other._at(np.where((kind < 0) | (owner < 0), NOWHERE, kind * len(other.owners) + owner))
        here = np.flatnonzero(there >= 0)
        return here, there[here]

    def _code(self, key: ReportKey) -> int:
        form, facility, area, period = key
        kind = self.kinds.get((form, period, facility is None), NOWHERE)
        owner = self.owners.get((area if facility is None else facility) or "", NOWHERE)
        return kind * len(self.owners) + owner if kind >= 0 and owner >= 0 else NOWHERE

    def _at(self, codes: Whole) -> Whole:
        if not len(self.order):
            return np.full(len(codes), NOWHERE, np.int64)
        place = np.searchsorted(self.codes, codes, sorter=self.order)
        found = self.order[np.minimum(place, len(self.order) - 1)]
        return np.where(self.codes[found] == codes, found, NOWHERE)


Place = tuple[int, int]
"""A file, and the number of a report in it."""


class Beside:
    """The large ones of the files of a run, beside all of them; `again` and `aside` are those of `settle`."""

    def __init__(
        self,
        readings: Sequence[Reading],
        large: Sequence[int],
        again: Mapping[int, int],
        aside: Mapping[int, frozenset[int]],
    ) -> None:
        self.readings, self.aside = readings, aside
        self.numbers = {
            file: Numbers(reports) for file in large if isinstance(reports := readings[file].reports, ReportColumns)
        }
        self.ranks = {
            file: (next((kind.declared_revision for kind in each.reports.kinds), 0), again.get(file))
            for file, each in self.numbers.items()
        }

    def outranked(self, stored: Mapping[ReportKey, int]) -> Iterator[tuple[int, int, int]]:
        """(file, number, stored revision) of reports of which a higher one is stored."""
        for file, numbers in self.numbers.items():
            keys = [key for key, known in stored.items() if known > self.ranks[file][0]]
            found = [
                (number, key) for number, key in zip(numbers.find(keys).tolist(), keys, strict=True) if number >= 0
            ]
            for number, key in sorted(found, key=lambda pair: pair[0]):
                if number not in self.aside.get(file, ()):
                    yield file, number, stored[key]

    def several(
        self, holders: Mapping[tuple[ReportKey, int, int | None], Sequence[Place]], most: int
    ) -> tuple[Iterator[list[Place]], list[tuple[int, int, int]]]:
        """All who hold one report, to be compared, in the order of the first of them; and (file, other file, reports)
        of those that two large files say alike, where they are more than `most`."""
        found = {key: [*places] for key, places in holders.items()}
        for file, numbers in self.numbers.items():
            keys = [key for key in found if key[1:] == self.ranks[file]]
            for key, number in zip(keys, numbers.find(key[0] for key in keys).tolist(), strict=True):
                if number >= 0 and number not in self.aside.get(file, ()):
                    found[key].append((file, number))
        held = [sorted(places) for places in found.values()]
        alike: list[tuple[int, int, int]] = []
        pairs: list[Iterator[list[Place]]] = []
        for one, other in combinations(self.numbers, 2):
            if self.ranks[one] == self.ranks[other]:
                # a small file's rivals are compared with each other there
                there = {place for places in held if any(file == one for file, _ in places) for place in places}
                here, held_there, same = self._shared(
                    one, other, [number for file, number in there if file == other], most
                )
                pairs.append(_pairs(one, other, here, held_there))
                alike += [(one, other, same)] if same else []
        return merge(sorted(places for places in held if places[0][0] != places[-1][0]), *pairs), alike

    def _shared(self, one: int, other: int, compared: Iterable[int], most: int) -> tuple[Whole, Whole, int]:
        """The numbers of the reports to compare, here and there, and how many are the same, 0 for up to `most`."""
        here, there = self.numbers[one].shared(self.numbers[other])
        passed = [self.aside.get(one, ()), [*compared, *self.aside.get(other, ())]]
        if any(passed):
            of_one, of_other = (np.fromiter(numbers, np.int64) for numbers in passed)
            free = ~(np.isin(here, of_one) | np.isin(there, of_other))
            here, there = here[free], there[free]
        told = doubtful(self.readings[one], self.readings[other], here, there)
        same = int(np.count_nonzero(~told))
        if same <= most:
            told[:] = True
        return here[told], there[told], same if same > most else 0


def _pairs(one: int, other: int, here: Whole, there: Whole) -> Iterator[list[Place]]:
    """One by one: a million pairs would be half a gigabyte."""
    for left, right in zip(here, there, strict=True):
        yield [(one, int(left)), (other, int(right))]


def cells_of(reading: Reading, numbers: Iterable[int]) -> list[int]:
    """The positions of the cells of these reports."""
    wanted = np.zeros(len(reading.reports), bool)
    wanted[np.fromiter(numbers, np.int64)] = True
    return np.flatnonzero(wanted[_column(reading.observations.report)]).tolist()


def doubtful(one: Reading, other: Reading, here: Whole, there: Whole) -> npt.NDArray[np.bool_]:
    """Of reports that two files share, those that may not say the same wherever both say anything: the others do, in
    one figure at least."""
    if _has_items(one) or _has_items(other):
        return np.ones(len(here), bool)
    known = {code: number for number, code in enumerate(dict.fromkeys((*one.elements, *other.elements)))}
    found = np.ones(len(here), bool)
    for start in range(0, len(here), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        left, right = _figures(one, here[part], known), _figures(other, there[part], known)
        both = (left != NOWHERE) & (right != NOWHERE)
        odd = (left == ODD) | (right == ODD) | (both & (left != right))
        found[part] = odd.any(axis=1) | ~both.any(axis=1)
    return found


ODD = -(1 << 62)
"""A figure quarantined, qualified, or said more than once."""


def _figures(reading: Reading, numbers: Whole, known: dict[str, int]) -> Whole:
    """Report × element: ten-thousandths moved by two, so that NOWHERE is none; ODD."""
    seen = reading.observations
    place = np.full(len(reading.reports), NOWHERE, np.int32)
    place[numbers] = np.arange(len(numbers), dtype=np.int32)
    report = _column(seen.report)
    cells = np.flatnonzero(place[report] >= 0)
    elements = np.array([known[code] for code in reading.elements] or [0], np.int64)
    at = place[report[cells]].astype(np.int64) * len(known) + elements[_column(seen.element)[cells]]
    figures = np.full(len(numbers) * len(known), NOWHERE, np.int64)
    value = _column(seen.value)[cells]
    # −1 is a value too
    figures[at] = np.where(value < 0, value - 1, value)
    odd = _column(seen.accepted)[cells] == 0
    if seen.qualifier:
        odd |= np.isin(cells, np.fromiter(seen.qualifier, np.int64))
    figures[at[odd]] = ODD
    figures[np.bincount(at, minlength=len(figures)) > 1] = ODD
    return figures.reshape(len(numbers), len(known))


def _has_items(reading: Reading) -> bool:
    item = reading.observations.item
    return bool(item.texts if isinstance(item, CodedTexts) else item)


def _kind(report: Report) -> tuple[str, str, bool]:
    return (report.form, report.period, report.facility is None)


def _column(numbers: Sequence[int]) -> npt.NDArray[Any]:
    return np.asarray(numbers)
