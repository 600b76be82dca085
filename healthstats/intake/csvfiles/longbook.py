"""A long CSV that was kept as a workbook, or came back marked as one: the same records, in the rows of a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from healthstats.domain.finding import Finding
from healthstats.domain.reading import Reading
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longcsv import read_long_csv
from healthstats.intake.csvfiles.longheader import find_header
from healthstats.intake.figures.numbers import Flawed
from healthstats.intake.formats.grid import Grid, Row, as_text

FULL = 65_536
"""The rows of an xls sheet, whatever it was turned into since; the guard looks at an xlsx."""


def full_sheet(grid: Grid, media: str) -> list[Finding]:
    """Where a sheet holds no row more, what did not fit may be missing."""
    full = media != "xlsx" and len(grid.rows) == FULL
    return [Finding("SHEET_FULL", "warning", grid.name, params={"rows": FULL})] if full else []


def read_long_sheet(grid: Grid, media: str, context: Context) -> Reading | None:
    """None if the sheet's first line is not the header of a long CSV."""
    first = next((row for row in grid.rows if any(cell != "" for cell in row)), None)
    if first is None or find_header(_as_csv([first]), context) is None:
        return None
    reading = read_long_csv(_as_csv(grid.rows), context)
    if reading is None:
        return None
    return replace(
        reading,
        media=media,
        reports=tuple(report._replace(sheet=grid.name) for report in reading.reports),
        findings=(*full_sheet(grid, media), *(replace(finding, sheet=grid.name) for finding in reading.findings)),
    )


def _as_csv(rows: Iterable[Row]) -> str:
    """A row a line, so that a record's line is the row it stands in."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _text(cell: object) -> str:
    if isinstance(cell, Flawed):
        # a formula that nobody has calculated is no blank: `=` is no number either, and the cell is asked about
        return cell.text or "="
    if isinstance(cell, date):
        # what a spreadsheet makes of `2026-06`
        return f"{cell.year:04d}-{cell.month:02d}"
    return " ".join(as_text(cell).split())
