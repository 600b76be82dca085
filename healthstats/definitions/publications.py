"""publications/*.toml → what a publication holds, in order."""

from __future__ import annotations

from collections.abc import Collection

from healthstats.definitions.faults import Keys
from healthstats.domain.definitions import Publication, Section

SHOWS = ("growth", "groups", "coverage", "missing", "awaiting", "annex")


def read_publication(keys: Keys, indicators: Collection[str], groups: Collection[str]) -> Publication:
    """The Publication that a definition states; unknown indicators become faults."""
    publication = Publication(
        publication=keys.text("publication"),
        title=keys.names("title"),
        sections=tuple(_section(table, indicators) for table in keys.tables("section")),
    )
    keys.done()
    return publication


def _section(keys: Keys, indicators: Collection[str]) -> Section:
    section = Section(
        heading=keys.names("heading"),
        show=keys.choice("show", SHOWS),
        indicators=keys.texts("indicators"),
        group_by=keys.text("group_by", "all"),
        charts=keys.texts("charts"),
    )
    for key, named in (("indicators", section.indicators), ("charts", section.charts)):
        for indicator in named:
            if indicator not in indicators:
                keys.fault("unknown_indicator", key, indicator=indicator)
    keys.done()
    return section
