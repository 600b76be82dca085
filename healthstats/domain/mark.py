"""What is written into a sender's own workbook: each finding at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from healthstats.domain.finding import Severity

CSV_SHEET = "CSV"
"""The sheet into which a CSV is copied: sent again, it may hold some of a form's columns, as a CSV may."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding; `cell` is like `F12`, '' where the whole sheet or file is meant; `text` is the cell as received."""

    code: str
    severity: Severity
    sheet: str
    cell: str
    told: str
    text: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """A sheet of a file that is no xlsx, as it is written into one: `merged` are (top, left, bottom, right), 1-based,
    inclusive."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]] = ()
