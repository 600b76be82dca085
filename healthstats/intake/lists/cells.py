"""The cells of an analyst's list: days, areas, and what a spreadsheet made of a code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from healthstats.domain.facility import Area
from healthstats.domain.finding import Finding
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.letters.text import fold
from healthstats.intake.lists.lists import ListedRow

CODE_WIDTH = 5
"""Of a MA_CSKCB, where the register does not show another."""
LEAST_INITIALS = 3
_DAY = re.compile(r"(?:ngày )?([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})", re.ASCII | re.IGNORECASE)
_PREFIX = re.compile(r"(?:thanh pho|tinh|tp|province|city)(?: cua| of)? ")


class Doubt(Exception):
    """A row that nobody but a person can settle: its finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def check_cells(row: ListedRow) -> None:
    """Doubt over a cell that shows an error, or a formula that was never worked out."""
    for role, cell in row.cells.items():
        if isinstance(cell, Flawed):
            raise Doubt(row.finding(cell.code, role, cell.text))


def day_of(row: ListedRow, role: str) -> date | None:
    """A date cell, `2023-12-31` or `31/12/2023`; None where empty. Doubt over anything else: a year is no day."""
    cell = row.cells.get(role, "")
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = row.text(role)
    if not text:
        return None
    try:
        if found := _DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Doubt(row.finding("LIST_DAY", role)) from None


def code_width(codes: Iterable[str]) -> int:
    """The usual length of codes that are all digits."""
    lengths = Counter(len(code) for code in codes if code.isascii() and code.isdecimal())
    return lengths.most_common(1)[0][0] if lengths else CODE_WIDTH


def code_of(row: ListedRow, role: str, known: dict[str, str], width: int, pad: bool) -> str:
    """The code as text, spelled as `known` (casefolded → code) spells it. Doubt over a number with fewer digits than
    codes have: a spreadsheet drops leading zeros, and 1001 may be 01001 or a slip."""
    cell = row.cells.get(role, "")
    if isinstance(cell, float) and not cell.is_integer():
        raise Doubt(row.finding("LIST_CODE", role))
    text = row.text(role)
    if text.casefold() in known:
        return known[text.casefold()]
    if text.isascii() and text.isdecimal() and len(text) < width:
        if not pad:
            padded = text.zfill(width)
            raise Doubt(row.finding("LIST_CODE_SHORT", role, digits=len(text), width=width, padded=padded))
        return text.zfill(width)
    return text


class AreaNames:
    """The areas of one division: by code, by name with or without `Tỉnh`, `TP.`, by three initials (`TP.HCM`)."""

    def __init__(self, areas: Iterable[Area], on: date, pad: bool) -> None:
        self._codes: dict[str, set[str]] = {}
        self.pad = pad
        for area in areas:
            if area.level == "country" or area.in_force(on):
                place = _place(area.name)
                initials = "".join(word[0] for word in place.split())
                for name in {area.area, place, *([initials] if len(initials) >= LEAST_INITIALS else [])}:
                    self._codes.setdefault(name, set()).add(area.area)

    def of(self, row: ListedRow, role: str) -> str | None:
        """The code, or None where the cell is empty; Doubt over a name that fits none or two."""
        text = row.text(role)
        if not text:
            return None
        found = self._codes.get(text) or self._codes.get(_place(text)) or set()
        padded = text.zfill(2)
        if not found and padded in self._codes and self.pad:
            found = {padded}
        if len(found) != 1:
            raise Doubt(row.finding("LIST_AREA", role))
        return min(found)


def _place(name: str) -> str:
    return _PREFIX.sub("", fold(name), count=1)
