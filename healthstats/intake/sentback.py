"""What was said of a file before it was marked: it stands on its list sheet, and holds when it comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from healthstats.domain.finding import Finding
from healthstats.intake.context import Context, Hints
from healthstats.intake.formats.grid import Grid, as_text
from healthstats.words import LANGUAGES, say

MARKS = tuple(say("sheet.marks", lang) for lang in LANGUAGES)
MOST_NOTES = 8
"""Rows above the list of a marked workbook."""


class SaidBefore(NamedTuple):
    """All that is now said of the file, and the finding that tells where it was said."""

    hints: Hints
    finding: Finding


def said_before(grids: Iterable[Grid], context: Context) -> SaidBefore | None:
    """None where a list sheet says nothing that the command does not say; a form or facility that is not known was
    written by somebody else."""
    grids, known = list(grids), context.definitions
    for grid in grids:
        if grid.name not in MARKS or not grid.rows:
            continue
        said = Hints.from_options(" ".join(as_text(row[0]) for row in grid.rows[:MOST_NOTES]))
        form = said.form if said.form in known.forms else None
        facility = said.facility if any(one.facility == said.facility for one in known.facilities) else None
        sheet = said.sheet if any(one.name == said.sheet for one in grids) else None
        said = replace(said, form=form, facility=facility, sheet=sheet)
        if (hints := context.hints.or_else(said)) != context.hints:
            options = {"options": said.to_options()}
            return SaidBefore(hints, Finding("SAID_BEFORE", "info", grid.name, params=options))
    return None
