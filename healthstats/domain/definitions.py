"""All that an analyst edits, loaded and checked: the input, with the files, of every judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from healthstats.domain.element import Element, Indicator
from healthstats.domain.facility import Alias, Area, AreaAlias, AreaChange, FacilitySpell
from healthstats.domain.form import Form
from healthstats.domain.mistake import Thresholds
from healthstats.domain.plan import Plan, Population


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication's title, period type, and its sections in order: (heading, what it shows, indicators)."""

    publication: str
    title: Mapping[str, str]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """`show` is the kind of table: growth, groups, coverage, …, annex; `indicators` are codes where it needs them, and
    `charts` those of them that are drawn."""

    heading: Mapping[str, str]
    show: str
    indicators: tuple[str, ...] = ()
    group_by: str = "all"
    charts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """`judgement` hashes what a cell's verdict depends on (forms, elements, mistakes, registers); `hash` all that a
    mart depends on. `groups` are the register's own columns; `models` and `checks` the SQL files in effect, by name."""

    elements: Mapping[str, Element]
    indicators: Mapping[str, Indicator]
    forms: Mapping[str, Form]
    facilities: tuple[FacilitySpell, ...]
    aliases: tuple[Alias, ...]
    areas: tuple[Area, ...]
    area_changes: tuple[AreaChange, ...]
    groups: tuple[str, ...]
    publications: Mapping[str, Publication]
    models: Mapping[str, Path]
    base_year: int | None
    synthetic: bool
    judgement: str
    hash: str
    checks: Mapping[str, Path] = field(default_factory=dict)
    populations: tuple[Population, ...] = ()
    plans: tuple[Plan, ...] = ()
    area_aliases: tuple[AreaAlias, ...] = ()
    mistakes: Thresholds | None = None
