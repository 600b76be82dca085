"""What the columns of an analyst's list are, by their headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.formats.grid import Grid
from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.band import Paths, observed_paths
from healthstats.intake.sheets.finder import SEARCHED

BANDS = 3
"""Rows that one heading may take."""
REQUIRED: dict[str, tuple[frozenset[str], ...]] = {
    "plans": (frozenset({"indicator", "value"}),),
    "populations": (frozenset({"area", "population"}),),
    "facilities": (frozenset({"facility", "name"}), frozenset({"licence", "name"}), frozenset({"name", "type"})),
}
"""Register → the sets of roles one of which its list must have."""
BY_YEAR = {"populations": "population", "plans": "value"}
_YEAR = re.compile(r"(?:(.*) )?((?:19|20)[0-9]{2})", re.ASCII)

Labels = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Register → role → its labels as written, " / " between those of one heading."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says of the columns: labels kept as groups, labels passed over, the sheets to read."""

    keep: Mapping[str, str]
    ignore: Collection[str] = ()
    sheets: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the roles of `register` stand: role → column, column → label as printed; `leaf` is the lowest row."""

    register: str
    leaf: int
    columns: Mapping[str, int]
    labels: Mapping[int, str]


Known = dict[tuple[str, ...], str]


def known_labels(register: str, roles: Mapping[str, tuple[str, ...]], wanted: Wanted) -> Known:
    """Folded labels, top to bottom → role."""
    known = {
        tuple(map(fold, label.split(" / "))): role
        for role, labels in roles.items()
        for label in (role, *labels)
        if role != "ignored"
    }
    if register == "facilities":
        known |= {(label,): group for label, group in wanted.keep.items()}
    return {path: role for path, role in known.items() if path[-1] not in map(fold, wanted.ignore)}


def find_header(grid: Grid, known: Mapping[str, Known], wanted: Wanted) -> Header | Finding | None:
    """The rows whose labels answer for most roles; of those the fewest, and the highest."""
    best: Header | None = None
    twice: Finding | None = None
    words = {path[-1] for paths in known.values() for path in paths}
    for leaf in range(1, min(len(grid.rows), SEARCHED) + 1):
        row = grid.rows[leaf - 1]
        if not any(isinstance(cell, str) and (fold(cell) in words or _YEAR.fullmatch(fold(cell))) for cell in row):
            continue
        for top in range(leaf, max(0, leaf - BANDS), -1):
            paths = observed_paths(grid, top, leaf)
            for register, labels in known.items():
                bound = _bind(register, paths, labels)
                columns = {role: at[0] for role, at in bound.items()}
                if not _enough(register, columns) or not _better(columns, best, top):
                    continue
                printed = {at: _printed(grid, (top, leaf), at) for at in paths}
                best = Header(register, leaf, columns, printed)
                twice = next((_twice(grid, leaf, at, printed) for at in bound.values() if len(at) > 1), None)
    return twice or best


def _better(columns: Mapping[str, int], best: Header | None, top: int) -> bool:
    """More roles; or as many with a row more of the same heading, which else would be taken for an entry."""
    if best is None or len(columns) > len(best.columns):
        return True
    return len(columns) == len(best.columns) and top <= best.leaf and columns.keys() == best.columns.keys()


def _bind(register: str, paths: Paths, known: Known) -> dict[str, list[int]]:
    bound: dict[str, list[int]] = {}
    for at, path in paths.items():
        if role := _role(register, path, known):
            bound.setdefault(role, []).append(at)
    return bound


def _role(register: str, path: tuple[str, ...], known: Known) -> str:
    for length in range(len(path), 0, -1):
        if role := known.get(path[-length:]):
            return role
    year = _YEAR.fullmatch(path[-1]) if register in BY_YEAR else None
    if year is None:
        return ""
    said = (year[1] or "").removesuffix(" nam").strip()
    value = BY_YEAR[register]
    above = path[-2] if len(path) > 1 else ""
    fits = said in ("", "nam", "year") or known.get((said,)) == value
    told = known.get((said,)) == value or known.get((above,)) == value or not above
    return f"{value}.{year[2]}" if fits and told else ""


def _enough(register: str, columns: Mapping[str, int]) -> bool:
    roles = {role.partition(".")[0] for role in columns}
    return any(wanted <= roles for wanted in REQUIRED[register])


def _twice(grid: Grid, leaf: int, at: list[int], labels: Mapping[int, str]) -> Finding:
    named = "; ".join(labels[column] for column in at)
    return Finding("LIST_COLUMN_TWICE", "error", grid.name, cell_name(leaf, at[1]), text=named, params={"label": named})


def _printed(grid: Grid, band: tuple[int, int], column: int) -> str:
    cells = [grid.text(row, column) for row in range(band[0], band[1] + 1)]
    return " / ".join(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell))
