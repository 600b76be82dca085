"""A list of decisions read back: the rows that a person has filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from healthstats.domain.finding import Finding
from healthstats.intake.formats.grid import Grid, as_text
from healthstats.intake.lists.lists import read_grids


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A row filled in: `row` is 1-based on the sheet, `texts` the cells by the names asked for, `typed` the number as
    the cell holds it."""

    row: int
    texts: Mapping[str, str]
    typed: object


def read_decisions(
    name: str, data: bytes, labels: Mapping[str, Sequence[str]], optional: Collection[str] = ()
) -> list[DecidedRow] | Finding:
    """`labels` gives the headings by which each wanted column is known; the `optional` are '' in a list that has none.
    A Finding where the file cannot be read or is no such list; rows with nothing filled in are left out."""
    grids = read_grids(name, data, percents=True)
    if isinstance(grids, Finding):
        return grids
    for grid in grids:
        for top, row in enumerate(grid.rows):
            written = [as_text(cell) for cell in row]
            places = {key: written.index(label) for key, known in labels.items() for label in known if label in written}
            if places.keys() >= labels.keys() - {*optional}:
                return [
                    replace(row, texts={**dict.fromkeys(optional, ""), **row.texts})
                    for row in _filled(grid, top, places)
                ]
    return Finding("NO_DECISION_LIST", "error")


def _filled(grid: Grid, top: int, places: Mapping[str, int]) -> list[DecidedRow]:
    rows = (
        DecidedRow(number, {key: as_text(row[place]).strip() for key, place in places.items()}, row[places["value"]])
        for number, row in enumerate(grid.rows[top + 1 :], start=top + 2)
    )
    # a number or a reason without a decision is one that was forgotten
    return [row for row in rows if any(row.texts[name] for name in ("decision", "value", "reason"))]
