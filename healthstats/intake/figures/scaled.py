"""Cells under the grammar of their elements, multiplied where a form counts in thousands or millions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from healthstats.domain.element import Element
from healthstats.domain.form import Form, Markers
from healthstats.domain.reading import SCALE
from healthstats.intake.figures.numbers import MOST_DIGITS, Parsed, parse_cell
from healthstats.intake.figures.numberwords import bare_number


def parse_cells(cells: Sequence[object], elements: Sequence[Element], form: Form) -> list[Parsed]:
    """Each cell as its element's type reads it, times the element's factor in the form."""
    factors = dict(form.factors)
    return [
        parse_scaled(cell, element, factors[element.element], form.markers)
        if element.element in factors
        else parse_cell(cell, element.type, form.markers, element.unit.values())
        for cell, element in zip(cells, elements, strict=True)
    ]


def parse_scaled(cell: object, element: Element, factor: int, markers: Markers) -> Parsed:
    """`192,3` thousand beds are 192300: the cell may have decimals, the count may not. `12 giường` in a sheet of
    thousands are twelve beds or twelve thousand: that is for a person to say."""
    found = parse_cell(cell, "decimal", markers)
    if found.value is None:
        return replace(found, suggestion=_meant(cell, factor)) if found.fault else found
    value = found.value * factor
    if element.type == "count" and value < 0:
        return Parsed(fault="NEGATIVE")
    if abs(value) >= 10**MOST_DIGITS * SCALE:
        return Parsed(fault="TOO_LARGE")
    if element.type == "count" and value % SCALE:
        return Parsed(fault="NOT_AN_INTEGER")
    return Parsed(value, plain=False, qualifier=found.qualifier, status=found.status)


def as_counted(number: str, factor: int) -> str:
    """A plain decimal number of units, as a sheet that counts by `factor` writes it: (`192300`, 1000) → `192.3`; ''
    where it cannot."""
    meant = Fraction(number) / factor * SCALE**2
    text = f"{Decimal(meant.numerator).scaleb(-8).normalize():f}" if meant.denominator == 1 else ""
    # `192.301` alone is 192 thousand and more to some
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def in_units(counted: str, factor: int) -> str:
    """What `as_counted` wrote, as a plain decimal number of units: (`192.3`, 1000) → `192300`."""
    return f"{(Decimal(counted) * factor).normalize():f}"


def _meant(cell: object, factor: int) -> str:
    """`12 ca` in a sheet of thousands means 12000, perhaps; `1,6 tỷ` says by itself what it counts. Of `1.234`, which
    is 1234 or a thousand times that, nothing is suggested."""
    number, named = bare_number(cell) if isinstance(cell, str) else ("", 1)
    found = parse_cell(number, "decimal", Markers())
    meant = (found.value or 0) * (named if named > 1 else factor)
    return str(meant // SCALE) if meant > 0 and meant % SCALE == 0 else ""
