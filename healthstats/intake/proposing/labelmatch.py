"""Labels that no form has → the elements they may mean; a score suggests and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import count

from healthstats.domain.element import Element, Kind, Names
from healthstats.domain.form import Form, is_role
from healthstats.domain.proposal import GuessedColumn
from healthstats.intake.letters.text import fold

LEAST = 60
"""A label below this score means no element of the form."""
SHARE = 0.7
"""The part of a table's columns that must mean elements of one form for the table to be one of its own."""
MEAN = 75
NEAR = 10
"""A second best this near is told."""
LONGEST = 48
Paths = Mapping[int, tuple[str, ...]]

_STOCKS = re.compile(r"\b(?:giuong|beds?|co so|can bo|bac si|nhan luc|dan so|hien co|dang ky|cuoi ky|staff)\b")
_RATIOS = re.compile(r"%|\b(?:ty le|ti le|cong suat|binh quan|trung binh|rate|average|share)\b")
_UNITS: tuple[tuple[str, Names], ...] = (
    (r"\bgiuong\b|\bbeds?\b", {"vi": "giường", "en": "beds"}),
    (r"\bngay\b|\bdays?\b", {"vi": "ngày", "en": "days"}),
    (r"\bca\b|\bmac\b|\bchet\b|\btu vong\b|\bcases?\b|\bdeaths?\b", {"vi": "ca", "en": "cases"}),
    (r"\bluot\b|\bvisits?\b|\battendances?\b|\badmissions?\b", {"vi": "lượt", "en": "times"}),
    (r"\bnguoi\b|\btre\b|\bpatients?\b|\bpersons?\b", {"vi": "người", "en": "persons"}),
    (r"%|\bty le\b|\bti le\b|\bcong suat\b", {"vi": "%", "en": "%"}),
)
COUNTED: Names = {"vi": "số", "en": "count"}


def of_known_form(
    paths: Paths, forms: Iterable[Form], elements: Mapping[str, Element]
) -> tuple[str, int, dict[int, GuessedColumn]]:
    """(form, score, its elements by column): the form that most labels mean; ('', 0, {}) where none is meant."""
    best: tuple[str, int, dict[int, GuessedColumn]] = ("", 0, {})
    for form in forms:
        found = _bound(paths, form, elements)
        mean = sum(column.score for column in found.values()) // max(1, len(found))
        if len(found) < max(2, SHARE * len(paths)) or mean < MEAN:
            continue
        if len(found) * mean > len(best[2]) * best[1]:
            best = (form.form, mean, found)
    return best


def _bound(paths: Paths, form: Form, elements: Mapping[str, Element]) -> dict[int, GuessedColumn]:
    """Each column with at most one element, the surest first."""
    known = _spelt(form, elements)
    scores = {(at, code): _score(path, spelt) for at, path in paths.items() for code, spelt in known.items()}
    found: dict[int, GuessedColumn] = {}
    for (at, code), score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if score < LEAST:
            break
        if at in found or code in {column.role for column in found.values()}:
            continue
        others = [(other, scores[at, other]) for other in known if other != code and scores[at, other] >= score - NEAR]
        rival = max(others, key=lambda pair: pair[1], default=("", 0))[0]
        found[at] = GuessedColumn(code, paths[at], score, rival=rival)
    return found


def _spelt(form: Form, elements: Mapping[str, Element]) -> dict[str, set[tuple[str, ...]]]:
    """Element → the folded paths and names it goes by."""
    others = dict(form.labels)
    known: dict[str, set[tuple[str, ...]]] = {}
    for column in (column for edition in form.editions for column in edition.columns):
        if is_role(column.role) or column.by_period:
            continue
        spelt = known.setdefault(column.role, {(fold(name),) for name in elements[column.role].name.values()})
        *above, leaf = column.path
        spelt |= {(*map(fold, above), fold(other)) for other in (leaf, *others.get(leaf, ()))}
    return known


def _score(path: tuple[str, ...], spelt: Iterable[tuple[str, ...]]) -> int:
    # imported here: rapidfuzz is needed only where a table fits no form
    from rapidfuzz import fuzz

    folded = tuple(map(fold, path))
    whole = " ".join(folded)
    best = 0.0
    for other in spelt:
        same = fuzz.token_sort_ratio(whole, " ".join(other))
        leaf = fuzz.token_sort_ratio(folded[-1], other[-1])
        # `Nữ` stands under visits and under stays: what is above the lowest label counts as much as it does
        above = (
            fuzz.token_set_ratio(" ".join(folded[:-1]), " ".join(other[:-1]))
            if min(len(folded), len(other)) > 1
            else same
        )
        best = max(best, same, (leaf + above) / 2)
    return int(best)


def new_element(path: tuple[str, ...], form: str, taken: Collection[str], figures: Iterable[float]) -> Element:
    """An element of a form of its own, its code a slug of the label."""
    said = fold(" ".join(path))
    code = unique(slug(" ".join(path)), taken)
    kind: Kind = "ratio" if _RATIOS.search(said) else "stock" if _STOCKS.search(said) else "flow"
    unit = next((unit for pattern, unit in _UNITS if re.search(pattern, said)), COUNTED)
    whole = all(float(figure).is_integer() for figure in figures)
    name = " › ".join(path)
    return Element(code, form, kind, "count" if whole else "decimal", unit, {"vi": name, "en": name})


def slug(text: str) -> str:
    """`Số lượt khám` → `so_luot_kham`."""
    words = re.findall(r"[a-z0-9]+", fold(text)) or ["x"]
    kept = words[:1]
    for word in words[1:]:
        if len("_".join([*kept, word])) > LONGEST:
            break
        kept.append(word)
    code = "_".join(kept)[:LONGEST]
    return code if code[0].isalpha() else f"x_{code}"


def unique(code: str, taken: Collection[str]) -> str:
    """The code, with a number behind it where it is taken."""
    return next(one for at in count(1) if (one := code if at == 1 else f"{code}_{at}") not in taken)
