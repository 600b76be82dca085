"""Hits told as findings, each with its place on the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from healthstats.domain.facility import Area
from healthstats.domain.finding import Finding
from healthstats.domain.reading import Observations, Report, cell_name
from healthstats.intake.called import called_elements, called_value
from healthstats.intake.draft import plain
from healthstats.intake.mistakes.came import NOWHERE, Came, month_code
from healthstats.intake.mistakes.hits import Hit, Judged


def told(judged: Judged, came: Came, areas: Sequence[Area]) -> Iterator[tuple[int, Finding]]:
    """(file, finding) of each hit, in the order of the files and their cells."""
    found = [(*_place(judged, hit, came), hit) for hit in judged.hits]
    said: set[tuple[int, int, str]] = set()
    for file, number, position, hit in sorted(found, key=lambda one: one[:3]):
        report = came.readings[file].reports[number]
        if hit.element == NOWHERE:
            # a report of many wards is told once
            if (file, number, hit.code) in said:
                continue
            said.add((file, number, hit.code))
        finding = _finding(judged, hit, report, came.readings[file].observations, position)
        yield file, replace(finding, params={**finding.params, "facility": _called(report, areas)})


def _finding(judged: Judged, hit: Hit, report: Report, seen: Observations, position: int) -> Finding:
    whole = hit.element == NOWHERE
    return Finding(
        code=hit.code,
        severity=judged.cube.form.severity_of(hit.code),
        sheet=report.sheet,
        cell="" if whole else cell_name(seen.row[position], seen.column[position]),
        facility=report.facility,
        period=report.period,
        element=None if whole else judged.cube.elements[hit.element],
        text="" if whole else seen.text.get(position, "") or plain(seen.value[position]),
        suggestion="" if hit.suggestion is None else plain(hit.suggestion),
        params={"period": report.period, **_params(judged, hit)},
    )


def _called(report: Report, areas: Sequence[Area]) -> str:
    """A facility by its code, an area by its name of then: codes of areas were used again."""
    if report.facility:
        return report.facility
    day = date(int(report.period[:4]), int(report.period[5:7]), 1)
    return next((one.name for one in areas if one.area == report.area and one.in_force(day)), report.area or "")


def _place(judged: Judged, hit: Hit, came: Came) -> tuple[int, int, int]:
    """(file, report, position)."""
    file, number = came.report(int(judged.cube.report[hit.series, hit.month]))
    if hit.element == NOWHERE:
        return file, number, NOWHERE
    file, position = came.cell(int(judged.cube.cell[hit.series, hit.month, hit.element]))
    return file, came.readings[file].observations.report[position], position


def _params(judged: Judged, hit: Hit) -> dict[str, str | int]:
    params: dict[str, str | int] = dict(hit.says)
    if hit.other != NOWHERE:
        params["other"] = month_code(judged.cube.first + hit.other)
    if hit.element != NOWHERE:
        params |= called_elements("element", [judged.cube.elements[hit.element]], judged.known)
    if hit.elements:
        params |= called_elements("elements", hit.elements, judged.known)
    for name, value in hit.values:
        params |= called_value(name, value)
    return params
