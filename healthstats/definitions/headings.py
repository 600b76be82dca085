"""headings.toml: what the columns of an analyst's own lists are called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from healthstats.definitions.faults import Faults
from healthstats.definitions.sources import read_toml, shipped_pipelines

HEADINGS = "headings.toml"
LISTS: dict[str, tuple[str, ...]] = {
    "facilities": (
        *("number", "facility", "name", "licence", "area", "area_before", "ownership", "type", "level", "grade"),
        *("tier", "valid_from", "valid_to", "successor", "ignored"),
    ),
    "populations": ("number", "area", "year", "population", "source", "boundaries", "ignored"),
    "plans": ("number", "facility", "area", "indicator", "period", "value", "source", "boundaries", "ignored"),
}
"""The registers that a list may be for, each with its roles."""

Headings = Mapping[str, Mapping[str, tuple[str, ...]]]


def read_headings(workspace: Path) -> Headings:
    """Register → role → labels as written, " / " between the rows of one heading. DefinitionFaults lists all faults.

    The workspace's own file replaces the package's; judgements and marts do not depend on it."""
    own, faults = workspace / "pipelines" / HEADINGS, Faults()
    keys = read_toml(own if own.exists() else shipped_pipelines() / HEADINGS, HEADINGS, faults)
    headings = {}
    for register, roles in LISTS.items():
        table = keys.table(register)
        headings[register] = {role: table.texts(role) for role in roles}
        table.done()
    keys.done()
    faults.check()
    return headings
