"""Columns of an unknown table that stand once a period, `Tháng 1`, `Tháng 2` …: one column of a form, `{month}`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.headlabels import Part, named_part

Path = tuple[str, ...]
FEWEST = {"month": 3, "quarter": 2, "year": 2}
"""So many periods side by side are no chance."""
_SAID = {
    "month": re.compile(r"(?:thang|thg|th|t|month) ?\w+"),
    "quarter": re.compile(r"(?:quy|quarter|q) ?\w+"),
    "year": re.compile(r"(?:nam |year )?(?:19|20)\d\d"),
}
_ALL = re.compile(r"(?:ca nam|tong(?: so| cong)?|cong|total|all)")


@dataclass(frozen=True, slots=True)
class Repeated:
    """One column of a form over its `columns`: `path` with the placeholder `what` in braces; `bare` without it; `total`
    the column of its printed sum over the periods and `total_path` its labels, 0 where there is none."""

    what: str
    path: Path
    bare: Path
    columns: tuple[int, ...]
    total: int = 0
    total_path: Path = ()


def side_by_side(figures: Mapping[int, Path]) -> list[Repeated]:
    """The columns that repeat for periods of one kind, each of its own period, in the order of the sheet."""
    for what, fewest in FEWEST.items():
        groups: dict[tuple[Path, Path], dict[int, Part]] = defaultdict(dict)
        for at, path in figures.items():
            for level, label in enumerate(path):
                said = fold(label)
                if _SAID[what].fullmatch(said) and (part := named_part(what, said)):
                    bare = (*path[:level], *path[level + 1 :])
                    groups[(*path[:level], f"{{{what}}}", *path[level + 1 :]), bare][at] = part
                    break
        found = [
            Repeated(what, path, bare, tuple(parts), total := _total(figures, bare), figures.get(total, ()))
            for (path, bare), parts in groups.items()
            if len(parts) >= fewest and len(set(parts.values())) == len(parts)
        ]
        if found:
            return found
    return []


def _total(figures: Mapping[int, Path], bare: Path) -> int:
    for at, path in figures.items():
        for level, label in enumerate(path):
            if _ALL.fullmatch(fold(label)) and (*path[:level], *path[level + 1 :]) == bare:
                return at
    return 0
