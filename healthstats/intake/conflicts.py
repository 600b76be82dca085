"""What only shows across files: two that say different things about one report, and one that comes too late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.reading import Reading, Report
from healthstats.intake.draft import quarantine

ReportKey = tuple[str, str | None, str | None, str]
"""(form, facility, area, period)."""
Key = tuple[str, str]
"""(element, item)."""
Files = Sequence[tuple[str, Reading]]


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
    holders: dict[tuple[ReportKey, int, int | None], list[tuple[int, int]]] = {}
    for file, (_, reading) in enumerate(files):
        for number, report in enumerate(reading.reports):
            if number in (aside or {}).get(file, ()):
                continue
            key, declared = report_key(report), report.declared_revision
            holders.setdefault((key, declared, (again or {}).get(file)), []).append((file, number))
            if stored and (known := stored.get(key, 0)) > declared:
                found[file].append(_finding("OUTRANKED", "warning", report, declared=declared, stored=known))
    several = [
        [_Entry(file, number, files[file][1].reports[number]) for file, number in held]
        for held in holders.values()
        if held[0][0] != held[-1][0]
    ]
    _gather(files, [entry for entries in several for entry in entries])
    disputed: dict[int, set[int]] = {}
    for one, other in (pair for entries in several for pair in combinations(entries, 2)):
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
        replace(reading, findings=(*reading.findings, *_told(new))) if new else reading
        for (_, reading), new in zip(files, found, strict=True)
    ]


MOST_TOLD = 40
"""Reports told one by one that another file holds as well: a yearbook sent again has tens of thousands."""
_DIFFER: tuple[str, Severity] = ("CONFLICT", "error")
_AGREE: tuple[str, Severity] = ("DUPLICATE_REPORT", "info")


def _told(found: list[Finding]) -> list[Finding]:
    """The findings, but one for all the reports that are the same as another file's where they are many."""
    same: dict[str | int, int] = {}
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
        for position, number in enumerate(seen.report):
            if number not in numbers:
                continue
            entry = numbers[number]
            key = (reading.elements[seen.element[position]], seen.item.get(position, ""))
            accepted = seen.accepted[position]
            text = seen.qualifier.get(position, "") if accepted else seen.text.get(position, "")
            entry.places.setdefault(key, []).append(position)
            entry.said.setdefault(key, []).append((accepted, seen.value[position], text))


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
        params={"facility": report.facility or report.area or "", "period": report.period, **params},
    )
