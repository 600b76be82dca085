"""elements*.csv and indicators/*.toml → what forms collect and what is computed from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from healthstats.definitions.faults import Faults, Keys
from healthstats.definitions.sources import read_lines
from healthstats.domain.element import Element, Indicator

COLUMNS = ("element", "form", "kind", "type", "unit_vi", "unit_en", "name_vi", "name_en")


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
    """Every flow element is an indicator of its own name; a file of the same code says more, or sums several."""
    indicators = {
        code: Indicator(code, "flow", element.unit, element.name, element.form, (code,))
        for code, element in elements.items()
        if element.kind == "flow"
    }
    for keys in files:
        indicator = _indicator(keys, elements)
        indicators[indicator.indicator] = indicator
    return indicators


def _indicator(keys: Keys, elements: Mapping[str, Element]) -> Indicator:
    code, summed = keys.text("indicator"), keys.texts("sum")
    forms = {elements[element].form for element in summed if element in elements}
    for element in summed:
        if element not in elements:
            keys.fault("unknown_element", "sum", element=element)
        elif elements[element].kind != "flow":
            keys.fault("not_flow", "sum", element=element)
    if len(forms) != 1:
        keys.fault("one_form", "sum")
    indicator = Indicator(
        indicator=code,
        kind=cast(Any, keys.choice("kind", ("flow",))),
        unit=keys.names("unit"),
        name=keys.names("name"),
        form=min(forms, default=""),
        elements=summed,
        breaks=keys.days("breaks"),
        why=keys.text("why", ""),
        source=keys.text("source", ""),
    )
    keys.done()
    return indicator
