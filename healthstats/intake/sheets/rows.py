"""What each row below a header is: data, a total, a section, a part of one, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from healthstats.intake.formats.grid import Grid, Row, as_text
from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.labels import labels_of
from healthstats.intake.sheets.layout import Layout

RowKind = Literal["data", "total", "section", "of_which", "part", "aside", "after_end", "title"]
Known = Callable[[str, str], bool]

LOWEST = 99
_NUMBERS = (int, float)

_ORDINAL = re.compile(r"([a-h])|([ivx]+)", re.ASCII)
_COLUMN_NUMBER = re.compile(r"\(?\[?(\d{1,3})(?:\.\d+)?(?: *= *[\d.+\-*/ ()=]+)?\]?\)?", re.ASCII)
_COLUMN_LETTER = re.compile(r"\(?[A-Za-z]\)?", re.ASCII)
_FIGURE = re.compile(r"\s*-?\d[\d.,\s]*", re.ASCII)
_SIGNED = re.compile(r"ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{4})?$", re.ASCII)
_PART = re.compile(r"\s+\S|\s*[-+•*–]\s*\S")


class FormRow(NamedTuple):
    """`code` and `name` are the identity cells as received; a `part` stands below an `of_which` row; one `aside` is not
    among those that the form reads; the name of a `title` is the text above a header that stands again; `level` ranks
    by the kind of ordinal, 0 outermost; a section is `assumed` where only its ordinal speaks for it."""

    kind: RowKind
    row: int
    cells: Row
    code: str = ""
    name: str = ""
    level: int = LOWEST
    assumed: bool = False


class RowClassifier:
    """Reads one sheet's rows under one layout. `known` tells whether a code and name are a registered facility's."""

    def __init__(self, layout: Layout, known: Known) -> None:
        self.layout = layout
        self.known = known
        self.printed = labels_of(layout.form.rows)
        self.code = self._column("code")
        self.name = self._column("name")
        self.number = layout.column("number")
        self.bound = sorted(column - 1 for _, column in layout.elements)
        first = self.bound[0]
        left = {column - 1 for column, _ in layout.ignored if column <= first}
        named = (self.code, self.name, self.number, layout.column("item"), layout.column("item.name"))
        left |= {column - 1 for column in named if column}
        self.labels = sorted(left)
        self.levels: dict[str, int] = {}
        texts = {f"only.{name}": frozenset(map(fold, texts)) for name, texts in layout.form.only}
        self.only = [(column, texts[role]) for role, column in layout.roles if role in texts]

    def rows(self, grid: Grid) -> list[FormRow]:
        """The rows that mean something, in order. Rows below the end are there only if they hold figures."""
        rows = list(self._rows(grid))
        for at, row in enumerate(rows):
            # A facility numbered I, with figures and no rows of its own, would be lost as a section
            if row.assumed and self._has_figures(row.cells) and not _heads(row, rows[at + 1 : at + 2]):
                rows[at] = row._replace(kind="data", assumed=False)
        if self.only:
            kept = ("title", "after_end")
            rows = [
                row if row.kind in kept or self._is_chosen(row.cells) else row._replace(kind="aside") for row in rows
            ]
        return rows

    def _is_chosen(self, cells: Row) -> bool:
        return all(fold(as_text(cells[column - 1])) in texts for column, texts in self.only)

    def _rows(self, grid: Grid) -> Iterator[FormRow]:
        header = [row for row in grid.rows[self.layout.top - 1 : self.layout.leaf] if any(row)]
        titles = self._titles(grid, header)
        ended = within = False
        for index, cells in enumerate(grid.rows[self.layout.leaf :], start=self.layout.leaf + 1):
            # what nearly every row is: the questions below cost more
            if not ended and (said := self._registered(cells)):
                yield FormRow("data", index, cells, *said)
                within = False
                continue
            if cells.count("") == len(cells):
                continue
            if cells in header:
                if index in titles:
                    yield FormRow("title", index, cells, name="\n".join(titles[index].values()))
                continue
            row = self._classify(index, cells, within)
            if row is None or (row.kind == "data" and any(index in lines for lines in titles.values())):
                ended = ended or self._is_end(cells)
            elif ended:
                if self._has_figures(cells):
                    yield FormRow("after_end", index, cells, row.code, row.name)
            else:
                within = row.kind in ("of_which", "part")
                yield row

    def _titles(self, grid: Grid, header: list[Row]) -> dict[int, dict[int, str]]:
        """Row of each header that stands again → the rows of text right above it."""
        titles: dict[int, dict[int, str]] = {}
        for index in range(self.layout.leaf + 1, len(grid.rows) + 1):
            if grid.rows[index - 1] == header[0]:
                lines: dict[int, str] = {}
                above = index - 1
                while above > self.layout.leaf and self._is_text(cells := grid.rows[above - 1]):
                    if text := " ".join(as_text(cell) for cell in cells if cell != ""):
                        lines[above] = text
                    above -= 1
                if lines:
                    titles[index] = dict(sorted(lines.items()))
        return titles

    def _is_text(self, cells: Row) -> bool:
        """Words or nothing: no figures, no facility, no ordinal of one."""
        number = as_text(cells[self.number - 1]) if self.number else ""
        code, name = self._said(cells)
        return not (number.strip(". ").isdigit() or self._has_figures(cells) or self.known(code, name))

    def _registered(self, cells: Row) -> tuple[str, str] | None:
        """Code and name of a numbered row of a registered facility."""
        if self.number and type(cells[self.number - 1]) in _NUMBERS and self.known(*(said := self._said(cells))):
            return said
        return None

    def _said(self, cells: Row) -> tuple[str, str]:
        code = as_text(cells[self.code - 1]) if self.code else ""
        return code, as_text(cells[self.name - 1]) if self.name else ""

    def _classify(self, index: int, cells: Row, within: bool) -> FormRow | None:
        code, name = self._said(cells)
        if self._registered(cells):
            return FormRow("data", index, cells, code, name)
        texts = [as_text(cells[column]) for column in self.labels if cells[column] != ""]
        filled = any(cells[column] != "" for column in self.bound)
        if self.printed.is_total(texts):
            # a form of items has no column of names: the label is what the row is called
            return FormRow("total", index, cells, code, name or texts[0])
        if self.printed.is_of_which(texts):
            return FormRow("of_which", index, cells, code, name)
        if within and self._is_part(cells, code, name):
            return FormRow("part", index, cells, code, name)
        if self._is_number_row(cells):
            return None
        ordinal, labelled = self._ordinal(cells), self.printed.is_section(texts)
        if labelled or (ordinal and not self.known(code, name)):
            level = self.levels.setdefault(ordinal, len(self.levels))
            return FormRow("section", index, cells, code, name, level, assumed=not labelled)
        level = self.levels.get(ordinal, LOWEST) if ordinal else LOWEST
        if not self._has_figures(cells):
            # Words below the table, wherever they stand, are no facility that sent nothing
            if self._is_end(cells) or not any(map(fold, texts)):
                return None
            if not filled and not (code or self._is_counted(cells) or self.known(code, name)):
                return None
        return FormRow("data", index, cells, code, name, level)

    def _column(self, part: str) -> int | None:
        return self.layout.column(f"{self.layout.form.row}.{part}")

    def _is_end(self, cells: Row) -> bool:
        texts = [fold(cell) for cell in cells if cell and isinstance(cell, str)]
        return any(text in self.printed.ends or _SIGNED.search(text) for text in texts)

    def _has_figures(self, cells: Row) -> bool:
        bound = [cells[column] for column in self.bound]
        return any(isinstance(cell, int | float) or (cell and _FIGURE.fullmatch(str(cell))) for cell in bound)

    def _is_counted(self, cells: Row) -> bool:
        return bool(self.number) and cells[(self.number or 1) - 1] != ""

    def _is_part(self, cells: Row, code: str, name: str) -> bool:
        raw = str(cells[self.name - 1]) if self.name else ""
        return not self._is_counted(cells) and bool(_PART.match(raw)) and not self.known(code, name)

    def _ordinal(self, cells: Row) -> str:
        cell = cells[self.number - 1] if self.number else ""
        match = _ORDINAL.fullmatch(fold(cell)) if isinstance(cell, str) and cell else None
        return "" if match is None else "letter" if match[1] else "roman"

    def _is_number_row(self, cells: Row) -> bool:
        marks = [as_text(cells[column]) for column in self.labels if cells[column] != ""]
        if not all(_COLUMN_NUMBER.fullmatch(mark) or _COLUMN_LETTER.fullmatch(mark) for mark in marks):
            return False
        return _numbers_columns(tuple(map(cells.__getitem__, self.bound)), bool(marks), len(self.labels))


@lru_cache(maxsize=32)
def _numbers_columns(cells: tuple[object, ...], are_marked: bool, labels: int) -> bool:
    """Column numbers 1, 2, 3 … or `18=18.1+18.2`, rising from left to right unless columns were moved with their
    numbers; the name's column is numbered too, or blank over numbers without a gap. Remembered: they are the same in
    all files of a template."""
    texts = [as_text(cell) for cell in cells if cell != ""]
    numbers = [int(match[1]) for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
    if not are_marked and (len(numbers) < 3 or numbers != [*range(numbers[0], numbers[0] + len(cells))]):
        return False
    moved = len({*numbers}) == len(numbers) and max(numbers, default=0) <= len(cells) + labels
    return len(numbers) == len(texts) >= len(cells) / 2 and (moved or numbers == sorted(numbers))


def _heads(section: FormRow, after: list[FormRow]) -> bool:
    return any(row.level > section.level and row.kind != "total" for row in after)
