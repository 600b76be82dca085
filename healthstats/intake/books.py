"""A workbook of any kind, guarded, opened, and its texts in Unicode."""

from __future__ import annotations

from dataclasses import dataclass

from healthstats.domain.finding import Finding
from healthstats.intake.biff import scan_xls
from healthstats.intake.cellfonts import Fonts, fonts_of_xls
from healthstats.intake.celltext import in_unicode
from healthstats.intake.grid import Grid, UnreadableWorkbook, open_sheets
from healthstats.intake.guard import scan_xlsx


@dataclass(frozen=True, slots=True)
class Book:
    """`findings` are of the workbook as a whole; hidden sheets have no rows."""

    grids: list[Grid]
    findings: tuple[Finding, ...] = ()


def open_book(kind: str, data: bytes) -> Book | Finding:
    """The sheets of a workbook whose media is `kind`; a Finding says why it cannot be read."""
    guard = scan_xlsx(data) if kind == "xlsx" else scan_xls(data)
    if guard.refusal:
        return guard.refusal

    def fonts() -> Fonts:
        return fonts_of_xls(data) if kind == "xls" else {}

    try:
        grids, findings = in_unicode(open_sheets(data, guard.sheets), fonts)
    except UnreadableWorkbook:
        return Finding("UNREADABLE_WORKBOOK", "error")
    return Book(grids, (*guard.findings, *findings))
