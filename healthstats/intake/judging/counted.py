"""In what a sheet counts: findings about its cells speak as the sheet does, and so does a person who corrects one."""

from __future__ import annotations

import re
from dataclasses import replace

from healthstats.domain.element import Element
from healthstats.domain.finding import Finding
from healthstats.domain.form import Markers
from healthstats.domain.reading import Reading
from healthstats.intake.figures.numbers import parse_cell
from healthstats.intake.figures.scaled import as_counted, parse_scaled
from healthstats.words import CATALOGUE, LANGUAGES, say

COUNTED = ("factor_of_sheet", *(f"counted_{lang}" for lang in LANGUAGES))
"""What `as_sheets_count` adds to what a finding says."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def value_of(typed: object, element: Element, factor: int = 1) -> int | None:
    """A decided value in ten-thousandths, typed as into the cell itself: a number of any common form, in what its sheet
    counts; None where the element refuses it."""
    if factor > 1:
        found = parse_scaled(typed, element, factor, Markers())
    else:
        found = parse_cell(typed, element.type, Markers(), element.unit.values())
    return None if found.qualifier or found.status else found.value


def as_sheets_count(reading: Reading) -> Reading:
    """The findings about cells of sheets in thousands or millions: each says by what it counts (`factor_of_sheet`), and
    suggests what is to be typed into the cell. Typed as a number of units, it would be a thousand times too large."""
    if not reading.factors:
        return reading
    return replace(reading, findings=tuple(_as_counted(one, reading) for one in reading.findings))


def _as_counted(finding: Finding, reading: Reading) -> Finding:
    factor = reading.factors.get((finding.sheet, finding.element or ""), 1)
    if factor == 1 or not finding.cell:
        return finding
    suggestion = as_counted(finding.suggestion, factor) if _NUMBER.fullmatch(finding.suggestion) else ""
    key = f"scale.{factor}" if f"scale.{factor}" in CATALOGUE else "scale.other"
    said: tuple[str | int, ...] = (factor, *(say(key, lang, factor=factor) for lang in LANGUAGES))
    params = {**finding.params, **dict(zip(COUNTED, said, strict=True))}
    return replace(finding, suggestion=suggestion, params=params)
