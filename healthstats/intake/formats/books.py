"""A workbook of any kind, guarded, opened, and its texts in Unicode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from healthstats.domain.finding import Finding
from healthstats.intake.formats.biff import scan_xls
from healthstats.intake.formats.cellfonts import Fonts, fonts_of_xls, fonts_of_xlsb, fonts_of_xlsx
from healthstats.intake.formats.celltext import in_unicode
from healthstats.intake.formats.grid import Grid, UnreadableWorkbook, open_sheets
from healthstats.intake.formats.guard import BROKEN, Guard, scan_xlsx
from healthstats.intake.formats.ods import read_ods
from healthstats.intake.formats.package import Package
from healthstats.intake.formats.sheetscan import SheetFault
from healthstats.intake.formats.spreadsheetml import read_spreadsheetml
from healthstats.intake.formats.webpage import read_page
from healthstats.intake.formats.xlsb import read_xlsb
from healthstats.intake.letters.text import UnreadableText

_FONTS: dict[str, Callable[[bytes], Fonts]] = {"xlsx": fonts_of_xlsx, "xls": fonts_of_xls, "xlsb": fonts_of_xlsb}
_READS: dict[str, Callable[[bytes, frozenset[str]], list[Grid]]] = {
    "html": read_page,
    "xml": read_spreadsheetml,
    "ods": read_ods,
    "xlsb": read_xlsb,
}


@dataclass(frozen=True, slots=True)
class Book:
    """`findings` are of the workbook as a whole; hidden sheets have no rows."""

    grids: list[Grid]
    findings: tuple[Finding, ...] = ()


def open_book(
    kind: str, data: bytes, named: frozenset[str] = frozenset(), package: Package | None = None
) -> Book | Finding:
    """The sheets of a workbook whose media is `kind`, hidden ones among them if their folded names are `named`; a
    Finding says why it cannot be read. `package` are the members of an xlsx, where they were listed already."""
    if kind in _READS:
        book = _read(kind, data, named)
    else:
        book = _guarded(scan_xls(data) if kind == "xls" else scan_xlsx(data, package), data, named)
    if isinstance(book, Finding):
        return book

    grids, findings = in_unicode(book.grids, lambda: _FONTS[kind](data) if kind in _FONTS else {})
    return Book(grids, (*book.findings, *findings))


def _guarded(guard: Guard, data: bytes, named: frozenset[str]) -> Book | Finding:
    if guard.refusal:
        return guard.refusal
    try:
        return Book(open_sheets(data, guard, named), guard.findings)
    except UnreadableWorkbook:
        return Finding("UNREADABLE_WORKBOOK", "error")


def _read(kind: str, data: bytes, named: frozenset[str]) -> Book | Finding:
    try:
        return Book(_READS[kind](data, named))
    except SheetFault as fault:
        return fault.finding
    except UnreadableText as fault:
        return Finding("UNREADABLE_TEXT", "error", params={"offset": fault.offset})
    except (*BROKEN, IndexError):
        return Finding("FILE_DAMAGED", "error")
