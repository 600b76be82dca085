"""Header bands drawn from a form's own label paths, merged as an official blank is or left apart."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter
import xlwt

from healthstats.domain.form import Form

Path = tuple[str, ...]
Merge = tuple[int, int, int, int]
MONTHS = [f"Tháng {month}" for month in range(1, 13)]


def paths_of(form: Form, **words: Iterable[str]) -> list[Path]:
    """The columns of a form's first edition but for optional ones; `{month}` becomes each of the words given for it."""
    found: list[Path] = []
    wide: list[Path] = []
    for at, column in enumerate(form.editions[0].columns):
        if column.by_period:
            wide.append(column.path)
        elif column.required or (at == 0 and column.role == "number"):
            found.append(column.path)
    for name, parts in words.items():
        found += [tuple(label.replace(f"{{{name}}}", part) for label in path) for part in parts for path in wide]
    return found


def band(paths: Sequence[Path]) -> tuple[list[list[str]], list[Merge]]:
    """Rows of labels and the merged ranges, 0-based (top, left, bottom, right): a label stands over all columns that
    share the way to it, and the lowest reaches down."""
    depth = max(map(len, paths))
    rows = [[""] * len(paths) for _ in range(depth)]
    merges: list[Merge] = []
    for at, path in enumerate(paths):
        for level, label in enumerate(path):
            shared = at > 0 and len(paths[at - 1]) > level + 1 and paths[at - 1][: level + 1] == path[: level + 1]
            if shared and level < len(path) - 1:
                continue
            rows[level][at] = label
            right = at
            while (
                level < len(path) - 1 and right + 1 < len(paths) and paths[right + 1][: level + 1] == path[: level + 1]
            ):
                right += 1
            bottom = depth - 1 if level == len(path) - 1 else level
            if (right, bottom) != (at, level):
                merges.append((level, at, bottom, right))
    return rows, merges


@dataclass(frozen=True)
class Page:
    """A sheet of any form: title lines, its band, rows; `hidden_columns` are 1-based."""

    paths: Sequence[Path]
    rows: Sequence[Sequence[object]]
    title: Sequence[str] = ()
    name: str = "Sheet1"
    merged: bool = True
    below: Sequence[Sequence[object]] = ()
    hidden: bool = False
    hidden_columns: Sequence[int] = field(default=())

    def cells(self) -> list[list[object]]:
        return [*([text] for text in self.title), *band(self.paths)[0], *map(list, self.rows), *map(list, self.below)]

    def merges(self) -> list[Merge]:
        by = len(self.title)
        found = band(self.paths)[1] if self.merged else []
        return [(top + by, left, bottom + by, right) for top, left, bottom, right in found]


def book_xlsx(*pages: Page) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for merge in page.merges():
            sheet.merge_range(*merge, "")
        for row, cells in enumerate(page.cells()):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
        for column in page.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    book.close()
    return file.getvalue()


def book_xls(*pages: Page) -> bytes:
    book = xlwt.Workbook()
    for page in pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        for top, left, bottom, right in page.merges():
            sheet.merge(top, bottom, left, right)
        for row, cells in enumerate(page.cells()):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
