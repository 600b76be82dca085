"""What only shows across files: two that say different things about one report, and one that comes too late."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, islice
from operator import attrgetter

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.reading import Reading, Report, ReportColumns
from healthstats.intake.judging.draft import quarantine

ReportKey = tuple[str, str | None, str | None, str]
"""(form, facility, area, period)."""
Key = tuple[str, str]
"""(element, item)."""
Files = Sequence[tuple[str, Reading]]
Place = tuple[int, int]
"""A file, and the number of a report in it."""
Holders = dict[tuple[ReportKey, int, int | None], list[Place]]
"""(report, declared revision, rank) → (file, number) of each that holds it, in order."""


report_key: Callable[[Report], ReportKey] = attrgetter("form", "facility", "area", "period")


def settle(
    files: Files,
    stored: Mapping[ReportKey, int],
    again: Mapping[int, int] | None = None,
    aside: Mapping[int, frozenset[int]] | None = None,
) -> list[Reading]:
    """The readings of one run, (name, reading) in order, judged against each other and against what is stored.

    Two files with the same declared revision of a report and different values: both are quarantined (CONFLICT); with
    the same values: DUPLICATE_REPORT. A long CSV is compared only in the elements that both hold. `stored` gives the
    highest declared revision known of a report: a lower one gets OUTRANKED. `again` gives, by position, the run in
    which a file judged again first arrived: that is its rank, and its rivals are those that came with it; `aside`, by
    position, the numbers of its reports that a person has passed over: they are nobody's rivals. Observations
    and counts change in place."""
    if _all_alone([reading for _, reading in files], stored):
        return [reading for _, reading in files]
    found: list[list[Finding]] = [[] for _ in files]
    holders: Holders = {}
    large: list[int] = []
    for file, (_, reading) in enumerate(files):
        if isinstance(reading.reports, ReportColumns):
            large.append(file)
            continue
        for number, report in enumerate(reading.reports):
            if number in (aside or {}).get(file, ()):
                continue
            key, declared = report_key(report), report.declared_revision
            holders.setdefault((key, declared, (again or {}).get(file)), []).append((file, number))
            if stored and (known := stored.get(key, 0)) > declared:
                found[file].append(_finding("OUTRANKED", "warning", report, declared=declared, stored=known))
    rivals = _Rivals(files, frozenset(large), found)
    held: Iterable[Sequence[Place]] = [places for places in holders.values() if places[0][0] != places[-1][0]]
    at_once = len(files) + sum(map(len, holders.values()))
    if large:
        # imported here: it brings numpy, and there is seldom a large file
        from healthstats.intake.judging.largeconflicts import Beside

        beside = Beside([reading for _, reading in files], large, again or {}, aside or {})
        for file, number, known in beside.outranked(stored):
            report = files[file][1].reports[number]
            told = _finding("OUTRANKED", "warning", report, declared=report.declared_revision, stored=known)
            found[file].append(told)
        held, alike = beside.several(holders, MOST_TOLD)
        for one, other, reports in alike:
            rivals.agree(one, other, reports)
            rivals.agree(other, one, reports)
        at_once = AT_ONCE
    waiting = iter(held)
    while part := [*islice(waiting, at_once)]:
        rivals.compare(part)
    rivals.quarantine()
    told_of = [rivals.findings(file) for file in range(len(files))]
    return [
        replace(reading, findings=(*reading.findings, *new)) if new else reading
        for (_, reading), new in zip(files, told_of, strict=True)
    ]


def _all_alone(readings: Sequence[Reading], stored: Mapping[ReportKey, int]) -> bool:
    """Whether nothing was declared of any report before, and each comes once: what nearly every night is."""
    if len(readings) == 1 and not stored:
        # a million reports of one file have no rivals to be looked for
        return True
    if any(isinstance(reading.reports, ReportColumns) for reading in readings):
        return False
    keys = [*chain.from_iterable(map(report_key, reading.reports) for reading in readings)]
    different = {*keys}
    return len(different) == len(keys) and stored.keys().isdisjoint(different)


MOST_TOLD = 40
"""Reports told one by one that another file holds as well: a yearbook sent again has tens of thousands."""
_DIFFER: tuple[str, Severity] = ("CONFLICT", "error")
_AGREE: tuple[str, Severity] = ("DUPLICATE_REPORT", "info")


MOST_DISPUTED = 200
"""Reports told one by one in which two large files differ: a year sent again in another unit has a million."""
AT_ONCE = 1 << 14
"""Reports of large files compared at a time: their cells are objects meanwhile."""


@dataclass(slots=True)
class _Rivals:
    """What the files say of each other's reports: `found` takes what is told of each. Of two `large` files what is
    told is bounded, and the rest counted by (file, other file); `disputed` marks cells by position."""

    files: Files
    large: frozenset[int]
    found: list[list[Finding]]
    told: dict[tuple[int, int, str], int] = field(default_factory=dict)
    same: dict[tuple[int, int], int] = field(default_factory=dict)
    differing: dict[tuple[int, int], int] = field(default_factory=dict)
    disputed: dict[int, bytearray] = field(default_factory=dict)

    def agree(self, file: int, rival: int, reports: int) -> None:
        self.same[file, rival] = self.same.get((file, rival), 0) + reports

    def compare(self, held: Iterable[Sequence[Place]]) -> None:
        """Those who hold one report, each with each other. No cell changes yet: others are still to be compared with
        it."""
        held = [*held]
        entries = {
            place: _Entry(*place, self.files[place[0]][1].reports[place[1]]) for places in held for place in places
        }
        _gather(self.files, entries.values())
        for one, other in (pair for places in held for pair in combinations([entries[at] for at in places], 2)):
            if one.file == other.file or not (shared := _shared(one, other)):
                continue
            differ = any(one.said.get(key) != other.said.get(key) for key in shared)
            for entry, rival in ((one, other.file), (other, one.file)):
                self._tell(entry, rival, *(_DIFFER if differ else _AGREE))
                if differ:
                    marks = self.disputed.setdefault(entry.file, bytearray(self._cells(entry.file)))
                    for at in (at for key in shared for at in entry.places.get(key, ())):
                        marks[at] = 1

    def quarantine(self) -> None:
        for file, marks in self.disputed.items():
            reading = self.files[file][1]
            position = marks.find(1)
            while position >= 0:
                quarantine(reading.observations, reading.counts, position)
                position = marks.find(1, position + 1)

    def findings(self, file: int) -> list[Finding]:
        """What was found in a file, but one finding for all the reports that are the same as another file's where they
        are many."""
        found = self.found[file]
        same: dict[str | int, int] = {
            self._name(rival): reports for (of, rival), reports in self.same.items() if of == file
        }
        for one in found:
            if one.code == _AGREE[0]:
                same[one.params["other"]] = same.get(one.params["other"], 0) + 1
        many = {other: reports for other, reports in same.items() if reports > MOST_TOLD}
        kept = [one for one in found if one.code != _AGREE[0] or one.params["other"] not in many]
        more = {self._name(rival): reports for (of, rival), reports in self.differing.items() if of == file}
        return [
            *kept,
            *(_of_many("CONFLICTS", "error", other, reports, shown=MOST_DISPUTED) for other, reports in more.items()),
            *(_of_many("DUPLICATE_REPORTS", "info", other, reports) for other, reports in many.items()),
        ]

    def _tell(self, entry: _Entry, rival: int, code: str, severity: Severity) -> None:
        of = (entry.file, rival, code)
        if self.large.issuperset(of[:2]):
            told = self.told[of] = self.told.get(of, 0) + 1
            if code == _AGREE[0] and told > MOST_TOLD:
                self.agree(entry.file, rival, 1)
                return
            if code == _DIFFER[0] and told > MOST_DISPUTED:
                self.differing[of[:2]] = self.differing.get(of[:2], 0) + 1
                return
        self.found[entry.file].append(_finding(code, severity, entry.report, other=self._name(rival)))

    def _cells(self, file: int) -> int:
        return len(self.files[file][1].observations)

    def _name(self, file: int) -> str:
        return self.files[file][0]


def _of_many(code: str, severity: Severity, other: str | int, reports: int, **params: int) -> Finding:
    return Finding(code, severity, params={"other": other, "reports": reports, **params})


@dataclass(slots=True)
class _Entry:
    """The report `number` of the reading of `file`, with its cells once they are gathered: where they stand, and
    what they say: (accepted, value, its qualifier or the text where quarantined)."""

    file: int
    number: int
    report: Report
    places: dict[Key, list[int]] = field(default_factory=dict)
    said: dict[Key, list[tuple[int, int, str]]] = field(default_factory=dict)


def _gather(files: Files, entries: Iterable[_Entry]) -> None:
    """One pass over each file that has a report in question."""
    wanted: dict[int, dict[int, _Entry]] = {}
    for entry in entries:
        wanted.setdefault(entry.file, {})[entry.number] = entry
    for file, numbers in wanted.items():
        reading = files[file][1]
        seen = reading.observations
        for position in positions_of(reading, numbers):
            entry = numbers[seen.report[position]]
            key = (reading.elements[seen.element[position]], seen.item.get(position, ""))
            accepted = seen.accepted[position]
            text = seen.qualifier.get(position, "") if accepted else seen.text.get(position, "")
            entry.places.setdefault(key, []).append(position)
            entry.said.setdefault(key, []).append((accepted, seen.value[position], text))


def positions_of(reading: Reading, numbers: Collection[int]) -> Iterable[int]:
    """The positions of the cells of these reports."""
    if not isinstance(reading.reports, ReportColumns):
        return [position for position, number in enumerate(reading.observations.report) if number in numbers]
    from healthstats.intake.judging.largeconflicts import cells_of

    return cells_of(reading, numbers)


def _shared(one: _Entry, other: _Entry) -> set[Key]:
    """What two reports are compared in: all of both, or what both hold where one revises elements only."""
    if one.report.replaces == other.report.replaces == "report":
        return one.said.keys() | other.said.keys()
    return one.said.keys() & other.said.keys()


def _finding(code: str, severity: Severity, report: Report, **params: str | int) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        sheet=report.sheet,
        facility=report.facility,
        period=report.period,
        params={
            "facility": report.facility or report.area or "",
            "form": report.form,
            "period": report.period,
            **params,
        },
    )
