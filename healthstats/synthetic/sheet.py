"""One sender's month as the sheet that is printed: title block, totals, sections, facilities, footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from healthstats.domain.form import Column
from healthstats.domain.period import Period
from healthstats.synthetic import faults
from healthstats.synthetic.facilities import FACILITIES, Sender, ownership
from healthstats.synthetic.figures import Figures
from healthstats.synthetic.workbook import Row, Sheet, Value

MARK = "Dữ liệu mô phỏng"
Report = tuple[str, dict[str, int]]
"""A facility's code and its counts by element."""
SECTIONS = {
    "công lập": "Cơ sở y tế công lập",
    "tư nhân": "Cơ sở y tế tư nhân",
    "bộ ngành": "Cơ sở y tế bộ, ngành",
}


def facility_sheet(sender: Sender, month: Period, columns: tuple[Column, ...], figures: Figures) -> Sheet:
    """The sheet with the faults that were planted in it."""
    signed = month.end + timedelta(days=2)
    return Sheet(
        name="Biểu 9",
        heading=(
            f"{MARK}: không phải số liệu của cơ sở nào có thật",
            f"Đơn vị báo cáo: {sender.name}",
            "Biểu số 9/BCT: Cơ sở, giường bệnh và hoạt động khám chữa bệnh",
            f"Báo cáo tháng {month.index} năm {month.year}",
        ),
        columns=columns,
        rows=tuple(_rows(sender, month, columns, figures)),
        footer=(
            f"Ngày {signed.day:02d} tháng {signed.month} năm {signed.year}",
            "Người lập biểu",
            "Thủ trưởng đơn vị",
        ),
    )


def _rows(sender: Sender, month: Period, columns: tuple[Column, ...], figures: Figures) -> Iterator[Row]:
    reports = list(_reports(sender, month, figures))
    total = _sum(reports, columns)
    if wrong := faults.WRONG_TOTALS.get((sender.codes[0], month.code)):
        total[wrong[0]] += wrong[1]
    yield Row({"facility.name": "TỔNG SỐ", **total}, strong=True)

    number = 0
    owners = {code: ownership(FACILITIES[code], month.start) for code, _ in reports}
    for letter, owner in zip("ABC", dict.fromkeys(owners.values()), strict=False):
        section = [(code, report) for code, report in reports if owners[code] == owner]
        name: dict[str, Value] = {"number": letter, "facility.name": SECTIONS[owner]}
        yield Row(name | _sum(section, columns), strong=True)
        for code, report in section:
            number += 1
            yield Row({"number": number} | _identity(sender, code, month) | _typed(code, month, report))


def _reports(sender: Sender, month: Period, figures: Figures) -> Iterator[Report]:
    """The facilities of the sheet in print order with their counts: none in an empty row."""
    for code in sender.codes:
        key = (code, month.code)
        if key not in figures or key in faults.NEVER_SENT:
            continue
        report = {} if key in faults.EMPTY_ROWS else dict(figures[key])
        if exceeds := faults.PART_EXCEEDS.get(key):
            part, whole = exceeds
            report[part] = report[whole] + 37
        yield code, report
        if key in faults.TWICE:
            yield code, dict(figures[code, Period("month", month.year, month.index - 1).code])


def _sum(reports: Iterable[Report], columns: tuple[Column, ...]) -> dict[str, int]:
    filled = [report for _, report in reports if report]
    elements = [column.role for column in columns if any(column.role in report for report in filled)]
    return {element: sum(report[element] for report in filled) for element in elements}


def _identity(sender: Sender, code: str, month: Period) -> dict[str, Value]:
    facility = FACILITIES[code]
    name = faults.UNKNOWN_NAMES.get((code, month.code), facility.alias if sender.aliases else facility.name)
    return {"facility.code": code, "facility.name": name}


def _typed(code: str, month: Period, report: dict[str, int]) -> dict[str, Value]:
    """The cells of a facility's row: a zero stands as a dash, a planted fault as it was typed."""
    cells: dict[str, Value] = {element: value or "-" for element, value in report.items()}
    for element, value in report.items():
        if fault := faults.CELLS.get((code, month.code, element)):
            cells[element] = faults.typed(value, fault)
    return cells
