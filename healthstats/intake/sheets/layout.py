"""Where a form's columns stand on a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from healthstats.domain.form import Edition, Form
from healthstats.intake.sheets.headlabels import NO_PART, Part

Elements = tuple[tuple[str, int], ...]
"""Each element with its column."""


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one part of the period: a month of twelve that stand side by side."""

    part: Part
    elements: Elements


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where a form's columns stand on a sheet: 1-based. `editions` all have this header; `top` and `leaf` are the
    first and last row of the header; `ignored` are labelled columns that the form does not know; a layout that is not
    `whole` has some of the form's columns only, and revises no others. Where periods stand side by side, `blocks` has
    the columns of each and `elements` those of all; else `part` may say of which the elements are."""

    form: Form
    editions: tuple[Edition, ...]
    top: int
    leaf: int
    elements: Elements
    roles: tuple[tuple[str, int], ...]
    ignored: tuple[tuple[int, str], ...]
    whole: bool = True
    blocks: tuple[Block, ...] = ()
    part: Part = NO_PART

    def column(self, role: str) -> int | None:
        """The column of a role that is no element; None where the sheet has none."""
        return next((column for name, column in self.roles if name == role), None)

    def by_period(self) -> tuple[Layout, ...]:
        """The sheet as one narrow layout for each period that stands side by side; itself where none does."""
        if not self.blocks:
            return (self,)
        return tuple(replace(self, part=block.part, elements=block.elements, blocks=()) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Misfit:
    """The header that came nearest. `missing` are required labels not found, `twice` those found more than once;
    `share` is the part of the required columns that fit."""

    form: Form
    edition: str
    leaf: int
    share: float
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
