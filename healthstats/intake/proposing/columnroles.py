"""What a column of an unknown table may be beside a figure: whose row it is, its period, its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from healthstats.domain.proposal import GuessedColumn
from healthstats.intake.formats.grid import as_text
from healthstats.intake.letters.text import fold
from healthstats.intake.lists.header import Labels
from healthstats.intake.names import NameIndex
from healthstats.intake.proposing.labelmatch import slug
from healthstats.intake.proposing.tableband import Band, is_figure
from healthstats.intake.sheets.phrases import month_in, periods_in, year_in

MOST = 0.8
"""The share of a column's cells that must be of one kind."""
KNOWN = 0.3
"""The share of a column's names that the register must know for it to say whose rows they are."""
SAMPLE = 500
"""Rows from the top by which a column is judged."""
T = TypeVar("T")
_CODE = re.compile(r"[A-Z0-9][A-Za-z0-9._/-]{0,14}")
_ITEM = re.compile(r"\b(?:benh(?! vien)|icd|khoa|chi tieu|noi dung|disease|ward|specialty)\b")


def roles_of(
    band: Band, facilities: NameIndex, areas: NameIndex, labels: Labels
) -> tuple[str, dict[int, GuessedColumn]]:
    """(`facility` or `area`, the columns that are no figures, by their number)."""
    found: dict[int, GuessedColumn] = {}
    texts: dict[int, list[str]] = {}
    for at, path in band.paths.items():
        cells = [as_text(cell) for cell in band.cells(at)[:SAMPLE]]
        if role := _number_or_period(path, cells, labels):
            found[at] = GuessedColumn(role, path, 95)
        elif cells and not _is_of_figures(band.cells(at)[:SAMPLE]):
            texts[at] = cells
        elif cells and _known(cells, facilities) >= KNOWN and _alike(path, _labels(labels, "facility")) > 80:
            # 79001 is a figure to the eye
            texts[at] = cells
    row, owners = _owners(texts, band.paths, facilities, areas, labels)
    found |= owners
    for at in texts.keys() - owners.keys():
        found[at] = GuessedColumn(_attribute(band.paths[at], row, found.values()), band.paths[at], 0)
    return row, found


def _number_or_period(path: tuple[str, ...], cells: list[str], labels: Labels) -> str:
    leaf = fold(path[-1])
    if leaf in map(fold, labels["facilities"]["number"]) or (not cells and leaf in ("tt", "stt")):
        return "number"
    if re.search(r"\b(?:nam|year)\b", leaf) and _mostly(cells, lambda text: bool(year_in(text))):
        return "period.year"
    if re.search(r"\b(?:thang|ky|month|period)\b", leaf):
        if _mostly(cells, lambda text: bool(month_in(text))):
            return "period.month"
        if _mostly(cells, lambda text: bool(periods_in(text))):
            return "period"
    return ""


def _owners(
    texts: Mapping[int, list[str]],
    paths: Mapping[int, tuple[str, ...]],
    facilities: NameIndex,
    areas: NameIndex,
    labels: Labels,
) -> tuple[str, dict[int, GuessedColumn]]:
    """Whose row it is: by the names that the registers know, else by the headings and by names that never repeat."""
    known = {("facility", at): _known(cells, facilities) for at, cells in texts.items() if not _is_repeated(cells)} | {
        ("area", at): _known(cells, areas) for at, cells in texts.items() if not _is_repeated(cells)
    }
    (row, _), share = max(known.items(), key=lambda pair: pair[1], default=(("facility", 0), 0.0))
    row = row if share >= KNOWN else "facility"
    found: dict[int, GuessedColumn] = {}
    for part, register_role in (("code", "facility"), ("name", "name")):
        wanted = [
            at
            for at, cells in texts.items()
            if at not in found and not _is_repeated(cells) and _mostly(cells, _is_code) == (part == "code")
        ]
        words = _labels(labels, register_role)
        scores = {at: max(int(100 * known[row, at]), _alike(paths[at], words)) for at in wanted}
        if not scores:
            continue
        at = max(scores, key=lambda one: (scores[one], -one))
        found[at] = GuessedColumn(f"{row}.{part}", paths[at], scores[at])
    return row, found if share >= KNOWN else _items(found, paths)


def _items(found: dict[int, GuessedColumn], paths: Mapping[int, tuple[str, ...]]) -> dict[int, GuessedColumn]:
    """Rows of diseases or wards are rows within the report of one facility."""
    if not any(_ITEM.search(fold(" ".join(paths[at]))) for at in found):
        return found
    roles = {"facility.code": "item", "facility.name": "item.name" if len(found) > 1 else "item"}
    return {at: GuessedColumn(roles[column.role], column.path, column.score) for at, column in found.items()}


def _attribute(path: tuple[str, ...], row: str, others: Iterable[GuessedColumn]) -> str:
    name = f"attribute.{slug(path[-1])}"
    return name if row == "facility" and name not in {other.role for other in others} else "ignore"


def _is_of_figures(cells: list[object]) -> bool:
    """A dash or an `x` among figures speaks neither for words nor against them."""
    telling = [cell for cell in cells if is_figure(cell) or len(fold(as_text(cell))) > 1]
    return not telling or _mostly(telling, is_figure)


def _known(cells: list[str], index: NameIndex) -> float:
    return sum(bool(index.bearers(cell)) for cell in cells) / max(1, len(cells))


def _is_repeated(cells: list[str]) -> bool:
    return len(set(cells)) < MOST * len(cells)


def _is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) and (any(map(str.isdigit, text)) or text.isupper())


def _mostly(cells: Sequence[T], is_one: Callable[[T], bool]) -> bool:
    return bool(cells) and sum(map(is_one, cells)) >= MOST * len(cells)


def _labels(labels: Labels, role: str) -> list[str]:
    return [fold(label) for label in labels["facilities"][role]]


def _alike(path: tuple[str, ...], words: Iterable[str]) -> int:
    # imported here: rapidfuzz is needed only where a table fits no form
    from rapidfuzz import fuzz

    return int(max((fuzz.token_set_ratio(fold(path[-1]), word) for word in words), default=0))
