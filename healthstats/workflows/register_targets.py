"""Populations and plans that a list gives, against those of the register: new, changed or the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from healthstats.definitions.register_file import NewLine
from healthstats.domain.definitions import Definitions
from healthstats.domain.period import parse_period
from healthstats.workflows.register_lines import Change, Differences

Key = tuple[str, str, str, str, date]


def target_differences(definitions: Definitions, register: str, listed: Iterable[Mapping[str, str]]) -> Differences:
    """`listed` are lines of registers/populations.csv or plans.csv; one that differs takes the place of the old."""
    found = Differences()
    column = "population" if register == "populations" else "value"
    known = _known(definitions, register)
    for line in listed:
        place = line.get("facility") or line["area"]
        what = " · ".join(filter(None, (line.get("indicator"), line.get("period") or line.get("year"))))
        at = known.get(_key(line))
        if at is None:
            found.lines.append(NewLine(line))
            found.changes.append(Change("new", place, what, values=((column, "", line[column]),)))
        elif at[1] != line[column]:
            found.edit(at[0], **{column: line[column], "source": line["source"]})
            found.changes.append(Change("changed", place, what, values=((column, at[1], line[column]),)))
        else:
            found.same += 1
    return found


def _known(definitions: Definitions, register: str) -> dict[Key, tuple[int, str]]:
    """Every line of the register by what it is about: its number and its figure."""
    if register == "populations":
        return {
            ("", row.area, "", str(row.year), row.boundaries): (at, str(row.population))
            for at, row in enumerate(definitions.populations)
        }
    return {
        (row.facility or "", row.area or "", row.indicator, row.period, row.boundaries): (
            at,
            f"{row.value.normalize():f}",
        )
        for at, row in enumerate(definitions.plans)
    }


def _key(line: Mapping[str, str]) -> Key:
    when = line.get("period") or line["year"]
    period = parse_period(when)
    stated = line.get("boundaries")
    day = date.fromisoformat(stated) if stated else period.end if period else date.min
    return line.get("facility", ""), line["area"], line.get("indicator", ""), when, day
