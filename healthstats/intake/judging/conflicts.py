"""What only shows across files: two that say different things about one report, and one that comes too late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.reading import Reading, Report, ReportColumns
from healthstats.intake.judging.draft import quarantine

ReportKey = tuple[str, str | None, str | None, str]
"""(form, facility, area, period)."""
Key = tuple[str, str]
"""(element, item)."""
Files = Sequence[tuple[str, Reading]]
Holders = dict[tuple[ReportKey, int, int | None], list[tuple[int, int]]]
"""(report, declared revision, rank) → (file, number) of each that holds it, in order."""


def report_key(report: Report) -> ReportKey:
    return (report.form, report.facility, report.area, report.period)


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
    if len(files) == 1 and not stored:
        # a million reports of one file have no rivals to be looked for
        return [files[0][1]]
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
    agreed: dict[int, dict[str | int, int]] = {}
    held = [[*places] for places in holders.values() if places[0][0] != places[-1][0]]
    if large:
        # imported here: it brings numpy, and there is seldom a large file
        from healthstats.intake.judging.largeconflicts import Beside

        beside = Beside([reading for _, reading in files], large, again or {}, aside or {})
        for file, number, known in beside.outranked(stored):
            report = files[file][1].reports[number]
            told = _finding("OUTRANKED", "warning", report, declared=report.declared_revision, stored=known)
            found[file].append(told)
        held, alike = beside.several(holders, MOST_TOLD)
        for one_file, other_file, reports in alike:
            for file, rival_file in ((one_file, other_file), (other_file, one_file)):
                same = agreed.setdefault(file, {})
                same[files[rival_file][0]] = same.get(files[rival_file][0], 0) + reports
    entries = {place: _Entry(*place, files[place[0]][1].reports[place[1]]) for places in held for place in places}
    several = [[entries[place] for place in places] for places in held]
    _gather(files, entries.values())
    disputed: dict[int, set[int]] = {}
    for one, other in (pair for rivals in several for pair in combinations(rivals, 2)):
        if one.file == other.file or not (shared := _shared(one, other)):
            continue
        differ = any(one.said.get(key) != other.said.get(key) for key in shared)
        for entry, rival in ((one, other), (other, one)):
            code, severity = _DIFFER if differ else _AGREE
            found[entry.file].append(_finding(code, severity, entry.report, other=files[rival.file][0]))
            if differ:
                places = disputed.setdefault(entry.file, set())
                places.update(at for key in shared for at in entry.places.get(key, ()))
    for file, places in disputed.items():
        reading = files[file][1]
        for position in sorted(places):
            quarantine(reading.observations, reading.counts, position)
    return [
        replace(reading, findings=(*reading.findings, *_told(new, agreed.get(file, {}))))
        if new or file in agreed
        else reading
        for file, ((_, reading), new) in enumerate(zip(files, found, strict=True))
    ]


MOST_TOLD = 40
"""Reports told one by one that another file holds as well: a yearbook sent again has tens of thousands."""
_DIFFER: tuple[str, Severity] = ("CONFLICT", "error")
_AGREE: tuple[str, Severity] = ("DUPLICATE_REPORT", "info")


def _told(found: list[Finding], agreed: Mapping[str | int, int]) -> list[Finding]:
    """The findings, but one for all the reports that are the same as another file's where they are many; `agreed` are
    so many that they were only counted."""
    same = {**agreed}
    for finding in found:
        if finding.code == _AGREE[0]:
            same[finding.params["other"]] = same.get(finding.params["other"], 0) + 1
    many = {other: reports for other, reports in same.items() if reports > MOST_TOLD}
    kept = [one for one in found if one.code != _AGREE[0] or one.params["other"] not in many]
    return kept + [
        Finding("DUPLICATE_REPORTS", "info", params={"other": other, "reports": reports})
        for other, reports in many.items()
    ]


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
        for position in _cells_of(reading, numbers):
            entry = numbers[seen.report[position]]
            key = (reading.elements[seen.element[position]], seen.item.get(position, ""))
            accepted = seen.accepted[position]
            text = seen.qualifier.get(position, "") if accepted else seen.text.get(position, "")
            entry.places.setdefault(key, []).append(position)
            entry.said.setdefault(key, []).append((accepted, seen.value[position], text))


def _cells_of(reading: Reading, numbers: Mapping[int, _Entry]) -> Iterable[int]:
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
