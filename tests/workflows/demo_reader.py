"""A small second reading of the demo's files, by their look alone: nothing of the product is imported here."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import openpyxl

Cell = tuple[str, str, str]
"""Facility, month, element."""

ELEMENTS = (
    "facilities",
    "beds_planned",
    "beds_actual",
    "outpatient_visits",
    "outpatient_visits_female",
    "outpatient_visits_insured",
    "outpatient_visits_traditional",
    "outpatient_visits_under15",
    "preventive_visits",
    "inpatient_stays",
    "inpatient_stays_female",
    "inpatient_stays_insured",
    "inpatient_stays_traditional",
    "inpatient_stays_under15",
    "inpatient_days",
    "lab_tests",
    "xrays",
    "ultrasounds",
    "ct_scans",
    "mri_scans",
    "referrals_out",
)


@dataclass
class DemoReading:
    """What stands in the inbox: `refused` by file, the rest by cell."""

    accepted: dict[Cell, int] = field(default_factory=dict)
    revision: dict[tuple[str, str], int] = field(default_factory=dict)
    odd: dict[Cell, object] = field(default_factory=dict)
    twice: set[tuple[str, str]] = field(default_factory=set)
    unknown: set[tuple[str, str]] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    wrong_totals: list[tuple[str, str, int]] = field(default_factory=list)

    def year(self, element: str, year: int) -> int:
        return sum(v for (_, month, e), v in self.accepted.items() if e == element and month.startswith(str(year)))

    def reports(self) -> dict[tuple[str, str], dict[str, int]]:
        reports: dict[tuple[str, str], dict[str, int]] = {}
        for (facility, month, element), value in self.accepted.items():
            reports.setdefault((facility, month), {})[element] = value
        return reports


def read_demo(workspace: Path) -> DemoReading:
    registers = workspace / "pipelines" / "registers"
    names: dict[str, str] = {}
    for file, column in (("facilities", "name"), ("aliases", "alias")):
        with (registers / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            names |= {line[column]: line["facility"] for line in csv.DictReader(lines)}
    with Path("pipelines/elements.csv").open(encoding="utf-8", newline="") as lines:
        elements = {line["name_vi"]: line["element"] for line in csv.DictReader(lines)}
    reading = DemoReading()
    for path in sorted((workspace / "data" / "raw" / "inbox").rglob("*.*")):
        if path.suffix == ".csv":
            _long(path, names, elements, reading)
        else:
            _workbook(path, names, reading)
    return reading


def _long(path: Path, names: dict[str, str], elements: dict[str, str], reading: DemoReading) -> None:
    headings = {"Cơ sở": "facility", "Kỳ": "period", "Chỉ tiêu": "element", "Giá trị": "value"}
    text = path.read_text("utf-8-sig")
    lines = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    heading = [headings.get(name, name) for name in next(lines)]
    for line in lines:
        record = dict(zip(heading, line, strict=True))
        month = record["period"]
        if match := re.fullmatch(r"T(\d+)/(\d{4})", month):
            month = f"{match[2]}-{int(match[1]):02d}"
        facility = names.get(record["facility"], record["facility"])
        cell = (facility, month, elements.get(record["element"], record["element"]))
        assert cell not in reading.accepted
        _take(cell, record["value"], reading)


def _workbook(path: Path, names: dict[str, str], reading: DemoReading) -> None:
    try:
        rows = [
            list(row) for row in openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
        ]
    except (BadZipFile, openpyxl.utils.exceptions.InvalidFileException):
        reading.refused[path.name] = "unreadable"
        return
    title = " ".join(str(row[0]) for row in rows[:8] if row[0])
    match = re.search(r"Báo cáo tháng (\d+) năm (\d{4})", title)
    if not match:
        reading.refused[path.name] = "no period"
        return
    month = f"{match[2]}-{int(match[1]):02d}"
    revision = int("Bản sửa lần 1" in title)
    numbers = next(n for n, row in enumerate(rows) if row[:3] == [1, 2, 3])
    with_code = len(rows[numbers]) == 24
    seen: list[str] = []
    found: dict[str, list[object]] = {}
    rows_of_facilities: list[list[object]] = []
    total: list[object] = []
    for row in rows[numbers + 1 :]:
        name, cells = str(row[1 + with_code]), row[2 + with_code :]
        if name == "TỔNG SỐ":
            total = cells
        elif isinstance(row[0], int):
            facility = str(row[1]) if with_code else names.get(name, f"? {name}")
            seen.append(facility)
            found[facility] = cells
            rows_of_facilities.append(cells)
        elif not row[0]:
            break
    _check_total(path.name, total, rows_of_facilities, reading)
    for facility, count in Counter(seen).items():
        _take_report(facility, month, revision, (count, found[facility]), reading)


def _take_report(facility: str, month: str, revision: int, row: tuple[int, list[object]], reading: DemoReading) -> None:
    count, cells = row
    if facility.startswith("?"):
        reading.unknown.add((facility, month))
    elif count > 1:
        reading.twice.add((facility, month))
    elif revision >= reading.revision.get((facility, month), 0):
        if any(cell is not None for cell in cells):
            reading.revision[facility, month] = revision
        for element, value in zip(ELEMENTS, cells, strict=True):
            _take((facility, month, element), value, reading)


def _take(cell: Cell, value: object, reading: DemoReading) -> None:
    if value == "-":
        value = 0
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if isinstance(value, int) and value >= 0:
        reading.accepted[cell] = value
    elif value is not None:
        reading.odd[cell] = value


def _check_total(file: str, total: list[object], rows: list[list[object]], reading: DemoReading) -> None:
    """Columns that hold only counts and dashes must add up to the total row."""
    for element, printed, column in zip(ELEMENTS, total, zip(*rows, strict=True), strict=True):
        cells = [0 if cell in ("-", None) else cell for cell in column]
        if all(isinstance(cell, int) and cell >= 0 for cell in cells) and sum(cells) != printed:
            reading.wrong_totals.append((file, element, int(str(printed)) - sum(cells)))
