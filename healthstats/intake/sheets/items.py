"""The item that a whole sheet is about: a disease, as the title or the sheet's name says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from healthstats.domain.finding import Finding
from healthstats.domain.form import Form
from healthstats.intake.letters.text import fold

MOST_SUGGESTIONS = 3
LEAST_SCORE = 60
_COPY = re.compile(r" ?\(\d{1,2}\)$")


def sheet_item(form: Form, sheet: str, lines: Iterable[str]) -> tuple[str, list[Finding]]:
    """The item, '' with the error that says why there is none. A title that names another than the sheet's name
    contradicts it."""
    if not form.items:
        return sheet.strip(), []
    spelt = {fold(label): item.item for item in form.items for label in (item.item, *item.labels)}
    named = spelt.get(fold(_COPY.sub("", sheet)), "")
    titled = {item for line in lines if (item := _in_line(fold(line), spelt))}
    if len(titled | {named} - {""}) == 1:
        return named or titled.pop(), []
    said = ", ".join(dict.fromkeys((*titled, named or sheet)))
    if titled:
        return "", [Finding("ITEM_CONTRADICTS", "error", sheet, text=sheet, params={"items": said})]
    nearest = "; ".join(_nearest(fold(sheet), spelt))
    params = {"said": sheet, "suggestions": nearest or "–"}
    return "", [Finding("UNKNOWN_ITEM", "error", sheet, text=sheet, suggestion=nearest, params=params)]


def _in_line(line: str, spelt: dict[str, str]) -> str:
    """The item of a title line that is its name, or that speaks of `bệnh` and its name; the longest name that fits."""
    fits = [label for label in spelt if line == label or re.search(rf"\bbenh {re.escape(label)}(?: |$)", line)]
    return spelt[max(fits, key=len)] if fits else ""


def _nearest(name: str, spelt: dict[str, str]) -> list[str]:
    # imported here: rapidfuzz is needed only where a sheet names something unknown
    from rapidfuzz import fuzz, process

    near = process.extract(name, spelt.keys(), scorer=fuzz.WRatio, limit=6, score_cutoff=LEAST_SCORE)
    return list(dict.fromkeys(spelt[label] for label, _, _ in near))[:MOST_SUGGESTIONS]
