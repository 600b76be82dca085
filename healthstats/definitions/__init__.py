"""pipelines/ → frozen objects. Every fault is reported at once, with its file and its line or key."""

from __future__ import annotations

from pathlib import Path

from healthstats.definitions.elements import read_elements, read_indicators
from healthstats.definitions.faults import Faults
from healthstats.definitions.forms import check_histories
from healthstats.definitions.layouts import read_forms
from healthstats.definitions.mistakes import read_mistakes
from healthstats.definitions.publications import read_publication
from healthstats.definitions.registers import (
    read_aliases,
    read_area_aliases,
    read_area_changes,
    read_areas,
    read_facilities,
)
from healthstats.definitions.sources import CONFIG, REGISTERS, Sources, read_toml, shipped_pipelines
from healthstats.definitions.targets import read_plans, read_populations
from healthstats.domain.definitions import Definitions
from healthstats.version import VERSION

__all__ = ["CONFIG", "REGISTERS", "judgement", "load", "shipped_pipelines"]

JUDGED_BY = ("forms/", "elements", "mistakes", "registers/facilities", "registers/aliases", "registers/area")
"""A plan or a population decides about no cell: a new one must not have every waiting file judged again."""


def judgement(workspace: Path, tried: tuple[tuple[str, Path], ...] = ()) -> str:
    """The `judgement` of the definitions, which are not loaded for it: a night of nothing new needs no more."""
    return _judgement(Sources.of(workspace, tried))


def _judgement(sources: Sources) -> str:
    return sources.digest(JUDGED_BY, VERSION)


def load(workspace: Path, tried: tuple[tuple[str, Path], ...] = ()) -> Definitions:
    """All definitions in effect in `workspace`, with those `tried` besides (path under pipelines/, file);
    DefinitionFaults lists everything that is wrong in them."""
    faults, sources = Faults(), Sources.of(workspace, tried)
    config = read_toml(workspace / CONFIG, CONFIG, faults)
    base_year, synthetic = config.number("base_year", 0) or None, config.flag("synthetic", False)
    config.done()

    elements = read_elements(sources.under("elements"), faults)
    forms = read_forms([read_toml(path, name, faults) for name, path in sources.under("forms/")], elements)
    indicators = read_indicators(
        [read_toml(path, name, faults) for name, path in sources.under("indicators/")], elements
    )
    register = {name: sources.files[f"registers/{name}.csv"] for name in REGISTERS}
    areas = read_areas(register["areas"], "registers/areas.csv", faults)
    facilities, groups = read_facilities(register["facilities"], "registers/facilities.csv", areas, faults)
    known = {spell.facility for spell in facilities}
    publications = [
        read_publication(read_toml(path, name, faults), indicators, groups)
        for name, path in sources.under("publications/")
    ]
    definitions = Definitions(
        elements=elements,
        indicators=indicators,
        forms=forms,
        facilities=facilities,
        aliases=read_aliases(register["aliases"], "registers/aliases.csv", known, faults),
        areas=areas,
        area_changes=read_area_changes(register["area_changes"], "registers/area_changes.csv", areas, faults),
        area_aliases=read_area_aliases(register["area_aliases"], "registers/area_aliases.csv", areas, faults),
        groups=groups,
        publications={publication.publication: publication for publication in publications},
        models={path.stem: path for _, path in sources.under("models/")},
        base_year=base_year,
        synthetic=synthetic,
        judgement=_judgement(sources),
        mistakes=read_mistakes(read_toml(sources.files["mistakes.toml"], "mistakes.toml", faults)),
        hash=sources.digest(("",), VERSION, base_year, synthetic),
        checks={path.stem: path for _, path in sources.under("checks/")},
        populations=read_populations(register["populations"], "registers/populations.csv", areas, faults),
        plans=read_plans(
            register["plans"], "registers/plans.csv", areas, (known, elements.keys() | indicators.keys()), faults
        ),
    )
    for element in elements.values():
        if element.form not in definitions.forms:
            faults.add("no_form", "elements.csv", element.element, form=element.form)
    check_histories(definitions.forms, faults)
    faults.check()
    return definitions
