"""What a workbook reader would not tell: bombs before they are opened, and the cells it would show as blank."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar
from xml.parsers import expat

from healthstats.domain.finding import Finding
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.package import Package, read_xml, sheet_entries, targets
from healthstats.intake.formats.plainsheet import PlainSheet, read_plain
from healthstats.intake.formats.plaintexts import PlainBook, Unusual, plain_book
from healthstats.intake.formats.sheetscan import (
    MOST_CELLS,
    MOST_IN_BOOK,
    ROW_COSTS,
    Extent,
    SheetFault,
    quick_extent,
    refuse_merged,
    refuse_sheets,
    thorough,
)

MOST_BYTES = 512 << 20
MOST_RATIO = 100
RATIO_FROM = 10 << 20
MOST_ENTRIES = 2_000
_SMALL = 16 << 10
Found = TypeVar("Found")
_FULL = (65_536, 1_048_576)
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_STATED = re.compile(rb"""\buniqueCount\s*=\s*["'](\d{1,20})["']""")
_NOTHING = Extent(0, 0)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    expat.ExpatError,
    # XML may name an encoding that there is none of
    LookupError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    ValueError,
    OverflowError,
    OSError,
)
"""What zipfile and expat raise over bytes that are not what they claim to be."""


@dataclass(frozen=True, slots=True)
class SheetScan:
    """1-based places. `flaws` are cells that a reader would show as blank."""

    flaws: Mapping[tuple[int, int], Flawed] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """`refusal` forbids parsing; `findings` are to be shown; `sheets` by name, in the workbook's order. `plain` are
    the same sheets already read: all of them, or none where one asks for the workbook reader."""

    refusal: Finding | None = None
    findings: tuple[Finding, ...] = ()
    sheets: Mapping[str, SheetScan] = field(default_factory=dict)
    plain: Mapping[str, PlainSheet] = field(default_factory=dict)


def scan_xlsx(data: bytes, package: Package | None = None) -> Guard:
    """Reads the zip's table, unless that was done, then the sheets' XML. Raises nothing."""
    try:
        archive = package or Package(data)
        refusal = bomb(archive)
        return Guard(refusal) if refusal else _scan(archive)
    except BROKEN:
        return Guard(Finding("FILE_DAMAGED", "error"))
    except SheetFault as fault:
        return Guard(fault.finding)


def bomb(archive: zipfile.ZipFile) -> Finding | None:
    """What forbids unpacking: too many members, too large, too dense, two of one name. Reads the zip's table only."""
    members = archive.infolist()
    if len(members) > MOST_ENTRIES:
        return Finding("ZIP_BOMB", "error")
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if size > MOST_BYTES or (size > RATIO_FROM and size > MOST_RATIO * packed):
        return Finding("ZIP_BOMB", "error")
    # which of two members of one name is read differs from reader to reader
    if len({member.filename.casefold() for member in members}) < len(members):
        return Finding("FILE_DAMAGED", "error")
    return None


def _scan(archive: zipfile.ZipFile) -> Guard:
    names = set(archive.namelist())
    relations = read_xml(archive, _RELATIONS) if _RELATIONS in names else b""
    texts = read_xml(archive, _TEXTS) if _TEXTS in names else b""
    stated = _STATED.search(texts, 0, _SMALL)
    # the reader sets memory aside for as many as are stated, and dies of it
    if stated and int(stated[1]) > len(texts):
        raise SheetFault(Finding("FILE_DAMAGED", "error"))
    # a path that leads upwards is another to other readers
    book = _book(archive, texts) if _STYLES in names and b".." not in relations else None
    findings: list[Finding] = []
    sheets: dict[str, SheetScan] = {}
    plain: dict[str, PlainSheet] = {}
    cells = laid = merged = 0
    for name, path, hidden in _members(archive, relations):
        xml = read_xml(archive, path) if path else b""
        sheet = _plain(xml, book) if path and not hidden and name not in plain else None
        if sheet is None:
            book = None
        else:
            plain[name] = sheet
            laid += len(sheet.rows) * (len(sheet.rows[0]) + ROW_COSTS) if sheet.rows else 0
        merged += len(sheet.merged) if sheet else xml.count(b"mergeCell")
        refuse_merged(name, merged)
        sheets[name], extent = _sheet(name, xml, hidden, sheet) if path else (SheetScan(hidden=hidden), _NOTHING)
        cells += 0 if hidden else extent.cells
        # of a sheet read plainly the filled cells are laid out; the workbook reader lays all of them out
        if max(laid, 0 if book else cells) > MOST_IN_BOOK:
            raise SheetFault(Finding("SHEET_TOO_LARGE", "error", sheet=name, params={"cells": max(laid, cells)}))
        if extent.last_row in _FULL:
            findings.append(Finding("SHEET_FULL", "warning", sheet=name, params={"rows": extent.last_row}))
    return Guard(None, tuple(findings), sheets, plain if book else {})


def _members(archive: zipfile.ZipFile, relations: bytes) -> list[tuple[str, str, bool]]:
    """(name, its member or '', hidden) of each sheet of the workbook."""
    entries = _remembered(sheet_entries, read_xml(archive, _WORKBOOK))
    refuse_sheets(len(entries))
    names = {name for name in archive.namelist() if "/worksheets/" in name}
    paths = _remembered(targets, relations) if relations else {}
    found = [(name, path if (path := paths.get(of, "")) in names else "", hidden) for name, of, hidden in entries]
    members = [path for _, path, _ in found if path]
    # a small member read a thousand times fills the memory
    if len({*members}) < len(members):
        raise SheetFault(Finding("FILE_DAMAGED", "error"))
    return found


def _book(archive: zipfile.ZipFile, texts: bytes) -> PlainBook | None:
    try:
        return plain_book(texts, archive.read(_STYLES))
    except (Unusual, *BROKEN):
        # broken styles are for the workbook reader to refuse
        return None


def _plain(xml: bytes, book: PlainBook | None) -> PlainSheet | None:
    try:
        return read_plain(xml, book) if book else None
    except Unusual:
        return None


def _sheet(name: str, xml: bytes, hidden: bool, plain: PlainSheet | None) -> tuple[SheetScan, Extent]:
    extent = plain.extent if plain else quick_extent(xml)
    scan = SheetScan(hidden=hidden)
    if extent is None:
        found = thorough(name, xml)
        extent = found.extent
        scan = SheetScan(found.flaws, frozenset(found.hidden_rows), frozenset(found.hidden_columns), hidden)
    if extent.repeated:
        raise SheetFault(
            Finding("CELL_TWICE", "error", sheet=name, cell=extent.repeated, params={"cell": extent.repeated})
        )
    if extent.cells > MOST_CELLS:
        raise SheetFault(Finding("SHEET_TOO_LARGE", "error", sheet=name, params={"cells": extent.cells}))
    return scan, extent


def _remembered(read: Callable[[bytes], Found], xml: bytes) -> Found:
    """Files of one template name the same sheets in the same bytes."""
    return _small(read, xml) if len(xml) <= _SMALL else read(xml)


@lru_cache(maxsize=64)
def _small(read: Callable[[bytes], Found], xml: bytes) -> Found:
    return read(xml)
