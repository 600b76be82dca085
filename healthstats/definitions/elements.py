"""elements*.csv and indicators/*.toml → what forms collect and what is computed from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from healthstats.definitions.faults import Faults, Keys
from healthstats.definitions.sources import read_lines
from healthstats.domain.element import Element, Indicator

COLUMNS = ("element", "form", "kind", "type", "unit_vi", "unit_en", "name_vi", "name_en")
SUMMED = ("flow", "stock")
POPULATION = ["population"]
"""The denominator that no form collects: registers/populations.csv."""


def read_elements(files: Iterable[tuple[str, Path]], faults: Faults) -> dict[str, Element]:
    """Code → Element, in the order of the files: each belongs to one form and stands once."""
    elements: dict[str, Element] = {}
    for shown, path in files:
        for line in read_lines(path, shown, COLUMNS, faults):
            code = line.text("element")
            if code in elements:
                line.fault("element_twice", element=code)
            elements[code] = Element(
                element=code,
                form=line.text("form"),
                kind=cast(Any, line.choice("kind", ("flow", "stock", "cumulative", "ratio"))),
                type=cast(Any, line.choice("type", ("count", "decimal"))),
                unit={"vi": line.text("unit_vi"), "en": line.text("unit_en")},
                name={"vi": line.text("name_vi"), "en": line.text("name_en")},
            )
    return elements


def read_indicators(files: Iterable[Keys], elements: Mapping[str, Element]) -> dict[str, Indicator]:
    """Every flow and stock element is an indicator of its own name; a file of the same code says more, sums several,
    or divides."""
    indicators = {
        code: Indicator(
            code, element.kind, element.unit, element.name, element.form, (code,), at_end=element.kind == "stock"
        )
        for code, element in elements.items()
        if element.kind in SUMMED
    }
    for keys in files:
        indicator = _indicator(keys, elements)
        indicators[indicator.indicator] = indicator
    return indicators


def _indicator(keys: Keys, elements: Mapping[str, Element]) -> Indicator:
    kind = keys.choice("kind", (*SUMMED, "ratio"))
    said = _ratio(keys, elements) if kind == "ratio" else _sum(keys, elements, kind)
    indicator = Indicator(
        indicator=keys.text("indicator"),
        kind=cast(Any, kind),
        unit=keys.names("unit"),
        name=keys.names("name"),
        breaks=keys.days("breaks"),
        # a rate without its reason and its formula's source cannot be defended before a reader
        why=keys.text("why", None if kind == "ratio" else ""),
        source=keys.text("source", None if kind == "ratio" else ""),
        digits=_digits(keys),
        **said,
    )
    keys.done()
    return indicator


def _sum(keys: Keys, elements: Mapping[str, Element], kind: str) -> dict[str, Any]:
    summed = _elements(keys, "sum", elements, (kind,))
    return {"form": _form(keys, "sum", summed, elements), "elements": summed, "at_end": kind == "stock"}


def _ratio(keys: Keys, elements: Mapping[str, Element]) -> dict[str, Any]:
    above = _elements(keys, "numerator", elements, SUMMED)
    if keys.values.get("denominator") == POPULATION:
        return _over_population(keys, above, elements)
    below = _elements(keys, "denominator", elements, SUMMED)
    by_days, factor = keys.flag("denominator_days", False), keys.number("factor", 1)
    over = ["flow" if by_days and kind == "stock" else kind for kind in _kinds(below, elements)]
    if by_days and "flow" in _kinds(below, elements):
        keys.fault("days_of_flow", "denominator_days")
    elif len({*_kinds(above, elements), *over}) > 1:
        keys.fault("flow_over_stock", "denominator")
    _check_factor(keys, factor)
    return {
        "form": _form(keys, "denominator", (*above, *below), elements),
        "elements": above,
        "denominator": below,
        "factor": factor,
        "by_days": by_days,
        "at_end": bool(over) and set(over) == {"stock"},
    }


def _over_population(keys: Keys, above: tuple[str, ...], elements: Mapping[str, Element]) -> dict[str, Any]:
    """A year's flow, or the stock at its end, over the year's average population."""
    keys.texts("denominator")
    kinds, factor = set(_kinds(above, elements)), keys.number("factor", 1)
    if len(kinds) > 1:
        keys.fault("flow_and_stock", "numerator")
    _check_factor(keys, factor)
    form = _form(keys, "numerator", above, elements)
    return {"form": form, "elements": above, "factor": factor, "at_end": kinds == {"stock"}, "over_population": True}


def _digits(keys: Keys) -> int:
    digits = keys.number("digits", 1)
    if not 0 <= digits <= 4:
        keys.fault("digits", "digits")
    return digits


def _check_factor(keys: Keys, factor: int) -> None:
    if factor < 1:
        keys.fault("factor", "factor")


def _elements(keys: Keys, key: str, elements: Mapping[str, Element], kinds: tuple[str, ...]) -> tuple[str, ...]:
    summed = keys.texts(key)
    if not summed:
        keys.fault("missing", key)
    for element in summed:
        if element not in elements:
            keys.fault("unknown_element", key, element=element)
        elif elements[element].kind not in kinds:
            keys.fault("kind", key, element=element, kind=elements[element].kind, wanted=" / ".join(kinds))
    return summed


def _form(keys: Keys, key: str, summed: tuple[str, ...], elements: Mapping[str, Element]) -> str:
    forms = {elements[element].form for element in summed if element in elements}
    if len(forms) > 1:
        keys.fault("one_form", key)
    return min(forms, default="")


def _kinds(summed: tuple[str, ...], elements: Mapping[str, Element]) -> list[str]:
    return [elements[element].kind for element in summed if element in elements]
