"""Hits told as findings, each with its place on the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

import numpy as np

from healthstats.domain.facility import Area
from healthstats.domain.finding import Finding
from healthstats.domain.reading import Observations, Report, cell_name
from healthstats.intake.judging.called import called_elements, called_value
from healthstats.intake.judging.draft import plain
from healthstats.intake.mistakes.came import NOWHERE, Came, month_code
from healthstats.intake.mistakes.hits import Hit, Judged

Params = dict[str, str | int]


def told(judged: Judged, came: Came, areas: Sequence[Area]) -> Iterator[tuple[int, Finding]]:
    """(file, finding) of each hit, in the order of the files and their cells."""
    called = cache(lambda place, codes: called_elements(place, codes, judged.known))
    said: set[tuple[int, int, str]] = set()
    for file, number, position, at in _places(judged, came):
        hit = judged.hits[at]
        report = came.readings[file].reports[number]
        params = {"facility": _called(report, areas), "period": report.period, **_params(judged, hit, called)}
        if hit.element == NOWHERE:
            # a report of many wards is told once
            if (file, number, hit.code) in said:
                continue
            said.add((file, number, hit.code))
            params["form"] = report.form
        yield file, _finding(judged, hit, (report, params), came.readings[file].observations, position)


def _finding(judged: Judged, hit: Hit, of: tuple[Report, Params], seen: Observations, position: int) -> Finding:
    report, params = of
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
        params=params,
    )


def _called(report: Report, areas: Sequence[Area]) -> str:
    """A facility by its code, an area by its name of then: codes of areas were used again."""
    if report.facility:
        return report.facility
    day = date(int(report.period[:4]), int(report.period[5:7]), 1)
    return next((one.name for one in areas if one.area == report.area and one.in_force(day)), report.area or "")


def _places(judged: Judged, came: Came) -> list[list[int]]:
    """(file, report, position, number of the hit) of each hit, in that order; looked up for all at once."""
    series, month, element = (
        np.array([getattr(hit, name) for hit in judged.hits], np.int64) for name in ("series", "month", "element")
    )
    whole = element == NOWHERE
    cell = np.where(whole, NOWHERE, judged.cube.cell[series, month, element])
    report = np.where(whole, judged.cube.report[series, month], came.cells["report"][cell])
    file = np.searchsorted(came.first_report, report, "right") - 1
    position = np.where(whole, NOWHERE, cell - came.first_cell[file])
    number = report - came.first_report[file]
    order = np.lexsort((position, number, file))
    places: list[list[int]] = np.stack([file, number, position, np.arange(len(file))], 1)[order].tolist()
    return places


def _params(judged: Judged, hit: Hit, called: Callable[[str, tuple[str, ...]], dict[str, str]]) -> Params:
    params: Params = dict(hit.says)
    if hit.other != NOWHERE:
        params["other"] = month_code(judged.cube.first + hit.other)
    if hit.element != NOWHERE:
        params |= called("element", (judged.cube.elements[hit.element],))
    if hit.elements:
        params |= called("elements", hit.elements)
    for name, value in hit.values:
        params |= called_value(name, value)
    return params
