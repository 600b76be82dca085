"""registers/populations.csv and registers/plans.csv: optional, and the workspace's alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from healthstats.definitions.faults import Faults
from healthstats.definitions.sources import Line, read_lines
from healthstats.domain.facility import Area
from healthstats.domain.period import parse_period
from healthstats.domain.plan import Plan, Population

POPULATION = ("area", "year", "population", "source")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,12}")
_VALUE = re.compile(r"-?[0-9]{1,14}(?:\.[0-9]{1,4})?")


def read_populations(path: Path, shown: str, areas: Iterable[Area], faults: Faults) -> tuple[Population, ...]:
    """One population an area, a year and a division; a `boundaries` column may say that the area's code is one of
    another division than that of the year's end. None where the file is missing."""
    found: dict[tuple[str, int, date], Population] = {}
    divisions = tuple(areas)
    for line in _lines(path, shown, POPULATION[:3], faults):
        year = _matched(line, "year", _YEAR, "not_year")
        count = _matched(line, "population", _COUNT, "not_count")
        day = line.day("boundaries") or date(int(year or 1900), 12, 31)
        area = line.text("area")
        if year:
            _check_area(line, area, day, divisions)
        row = Population(area, int(year or 0), int(count or 0), line.maybe("source") or "", day)
        key = (row.area, row.year, row.boundaries)
        if key in found:
            line.fault("line_twice", first=f"{row.area} {row.year}")
        found[key] = row
    return tuple(found.values())


def read_plans(
    path: Path, shown: str, areas: Iterable[Area], known: tuple[Collection[str], Collection[str]], faults: Faults
) -> tuple[Plan, ...]:
    """Plans of facilities and areas; `known` are the facilities' codes, and the indicators' and elements' codes. None
    where the file is missing."""
    found: dict[tuple[str | None, str | None, str, str, date], Plan] = {}
    divisions, (facilities, indicators) = tuple(areas), known
    for line in _lines(path, shown, ("indicator", "period", "value"), faults):
        period = parse_period(line.text("period"))
        if period is None and line.values["period"]:
            line.fault("not_period", column="period", text=line.values["period"])
        value = _matched(line, "value", _VALUE, "not_value")
        facility, area = line.maybe("facility"), line.maybe("area")
        if (facility is None) == (area is None):
            line.fault("facility_or_area")
        if facility and facility not in facilities:
            line.fault("unknown_facility", facility=facility)
        indicator = line.text("indicator")
        if indicator and indicator not in indicators:
            line.fault("unknown_planned", indicator=indicator)
        day = line.day("boundaries") or (period.end if period else date.min)
        if area and period:
            _check_area(line, area, day, divisions)
        code = period.code if period else ""
        key = (facility, area, indicator, code, day)
        if key in found:
            line.fault("line_twice", first=f"{facility or area} {indicator} {code}")
        found[key] = Plan(facility, area, indicator, code, Decimal(value or 0), line.maybe("source") or "", day)
    return tuple(found.values())


def _lines(path: Path, shown: str, columns: Iterable[str], faults: Faults) -> list[Line]:
    """A workspace made before this register was thought of has no such file, and needs none."""
    return read_lines(path, shown, columns, faults) if path.exists() else []


def _matched(line: Line, column: str, wanted: re.Pattern[str], fault: str) -> str:
    text = line.text(column)
    if wanted.fullmatch(text):
        return text
    if text:
        line.fault(fault, column=column, text=text)
    return ""


def _check_area(line: Line, code: str, day: date, areas: tuple[Area, ...]) -> None:
    """Codes were reused: one that no division of that day holds would count another place's people."""
    known = [area for area in areas if area.area == code]
    if code and not known:
        line.fault("unknown_area", area=code)
    elif code and not any(area.level == "country" or area.in_force(day) for area in known):
        line.fault("area_not_then", area=code, day=day)
