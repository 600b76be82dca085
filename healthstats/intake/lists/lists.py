"""An analyst's own list, from a workbook or a CSV: its sheets read in a worker that may die, its columns by heading."""

from __future__ import annotations

import csv
import io
import multiprocessing
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.csvfiles.bounds import refuse_wide
from healthstats.intake.csvfiles.longheader import DELIMITERS
from healthstats.intake.csvfiles.records import BrokenCsv
from healthstats.intake.formats.books import open_book
from healthstats.intake.formats.grid import Grid, as_text
from healthstats.intake.formats.media import media_finding, sniff
from healthstats.intake.formats.percents import as_shown
from healthstats.intake.letters.text import UnreadableText, decode, fold
from healthstats.intake.lists.header import BY_YEAR, Header, Labels, Wanted, find_header, known_labels
from healthstats.intake.sheets.finder import SEARCHED
from healthstats.intake.workers import MEMORY, SECONDS, confine

_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[a-z])\)?", re.ASCII | re.IGNORECASE)
_SCALED = re.compile(r"\b(?:1000|nghin|ngan|trieu|ty) (?:nguoi|luot|giuong|persons|people)|thousand|million")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row: role → the cell as the reader gives it, '' where empty; `row` is 1-based on `sheet`."""

    sheet: str
    row: int
    cells: Mapping[str, object]
    columns: Mapping[str, int]

    def text(self, role: str) -> str:
        return " ".join(as_text(self.cells.get(role, "")).split())

    def finding(self, code: str, role: str, text: str = "", **params: str | int) -> Finding:
        cell = cell_name(self.row, self.columns.get(role, 1))
        return Finding(code, "error", self.sheet, cell, text=text or self.text(role), params=params)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list holds for `register`; `headings` are role → label as printed, `unused` the labels of columns that
    nothing was made of, `passed` the rows (titles of sections, totals, signatures) that are no entries."""

    register: str
    rows: tuple[ListedRow, ...]
    headings: Mapping[str, str]
    unused: tuple[str, ...]
    passed: int
    findings: tuple[Finding, ...] = ()


def read_grids(name: str, data: bytes, seconds: float = SECONDS, *, percents: bool = False) -> list[Grid] | Finding:
    """The visible sheets of a workbook, or a CSV as one sheet without a name; a Finding says why there is none. With
    `percents` a number that is shown as `95%` is that text."""
    with ProcessPool(
        max_workers=1, initializer=confine, initargs=(MEMORY,), context=multiprocessing.get_context("fork")
    ) as pool:
        try:
            return pool.schedule(_grids, args=(name, data, percents), timeout=seconds).result()
        except TimeoutError:
            return Finding("READER_TIMEOUT", "error", params={"seconds": round(seconds)})
        except (ProcessExpired, MemoryError):
            return Finding("READER_DIED", "error")


def _grids(name: str, data: bytes, percents: bool) -> list[Grid] | Finding:
    media = sniff(data)
    if media.refusal:
        return media_finding(media, name) or Finding("FILE_UNKNOWN", "error")
    if media.kind == "csv":
        return _csv_grid(data)
    book = open_book(media.kind, data)
    if isinstance(book, Finding):
        return book
    grids = [grid for grid in book.grids if grid.visible]
    return as_shown(grids, media.kind, data) if percents else grids


def _csv_grid(data: bytes) -> list[Grid] | Finding:
    try:
        text, _ = decode(data)
    except UnreadableText as fault:
        return Finding("UNREADABLE_TEXT", "error", params={"offset": fault.offset})
    try:
        refuse_wide(text)
    except BrokenCsv as broken:
        return Finding(broken.code, "error", cell=cell_name(broken.line, 1), params={"line": broken.line})
    cuts = [_cut(text, delimiter) for delimiter in DELIMITERS]
    best = max((cut for cut in cuts if cut), key=lambda cut: sum(map(len, cut[:SEARCHED])), default=None)
    if best is None:
        return Finding("CSV_QUOTE", "error", cell="A1", params={"line": 1})
    widths = Counter(len(record) for record in best if any(record))
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    for line, record in enumerate(best, start=1):
        # A cell too few or too many moves what follows under other headings
        if len(record) > width or (any(record) and 1 < len(record) < width):
            return Finding(
                "RAGGED_RECORD",
                "error",
                cell=cell_name(line, 1),
                params={"fields": len(record), "expected": width},
            )
    return [Grid("", [[*record, *[""] * (width - len(record))] for record in best])]


def _cut(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def find_list(grids: Iterable[Grid], labels: Labels, wanted: Wanted) -> Listing | Finding:
    """The rows of every sheet that holds a list for one register. A Finding where no sheet does, where sheets are for
    different registers, or where two columns answer for one role."""
    known = {register: known_labels(register, roles, wanted) for register, roles in labels.items()}
    found: list[tuple[Grid, Header]] = []
    for grid in grids:
        if wanted.sheets and fold(grid.name) not in map(fold, wanted.sheets):
            continue
        header = find_header(grid, known, wanted)
        if isinstance(header, Finding):
            return header
        if header:
            found.append((grid, header))
    registers = {header.register for _, header in found}
    if len(registers) != 1:
        code = "LIST_OF_SEVERAL" if registers else "LIST_UNKNOWN"
        return Finding(code, "error", params={"registers": ", ".join(sorted(registers or known))})
    register = min(registers)
    rows: list[ListedRow] = []
    passed = 0
    for grid, header in found:
        if register in BY_YEAR and (scaled := _scaled(grid, header)):
            return Finding("LIST_SCALED", "error", grid.name, text=scaled)
        entries = list(_rows(grid, header))
        rows += [row for row in entries if _is_entry(row)]
        passed += sum(not _is_entry(row) for row in entries)
    headings = {role: header.labels[at] for _, header in found for role, at in header.columns.items()}
    quiet = {fold(label) for label in (*labels[register]["ignored"], *labels[register]["number"])}
    unused = dict.fromkeys(
        label
        for _, header in found
        for at, label in header.labels.items()
        if at not in header.columns.values() and fold(label) not in quiet
    )
    return Listing(register, tuple(rows), headings, tuple(unused), passed)


def _scaled(grid: Grid, header: Header) -> str:
    cells = (as_text(cell) for row in grid.rows[: header.leaf] for cell in row if cell != "")
    return next((cell for cell in cells if _SCALED.search(fold(cell))), "")


def _rows(grid: Grid, header: Header) -> Iterator[ListedRow]:
    name = grid.name
    for number, row in enumerate(grid.rows[header.leaf :], start=header.leaf + 1):
        texts = [as_text(cell) for cell in row]
        if not any(texts) or all(_NUMBERED.fullmatch(text) for text in texts if text):
            continue
        yield ListedRow(name, number, {role: row[at - 1] for role, at in header.columns.items()}, header.columns)


def _is_entry(row: ListedRow) -> bool:
    """The title of a section and a signature fill one cell; a row with a number of its own is never passed over."""
    told = [role for role in row.cells if role != "number" and row.text(role)]
    return len(told) > 1 or row.text("number").rstrip(".").isdecimal()
