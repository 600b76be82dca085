"""One sender's month as the sheet that is printed: title block, totals, sections, facilities, footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from healthstats.domain.form import Column, Form
from healthstats.domain.period import Period
from healthstats.synthetic import faults
from healthstats.synthetic.facilities import CENTRE, FACILITIES, SUMMED
from healthstats.synthetic.reports import Report
from healthstats.synthetic.senders import Sender
from healthstats.synthetic.workbook import Row, Sheet, Value

MARK = "Dữ liệu mô phỏng"
SECTIONS = {
    "công lập": "Cơ sở y tế công lập",
    "tư nhân": "Cơ sở y tế tư nhân",
    "bộ ngành": "Cơ sở y tế bộ, ngành",
}


def columns_of(form: Form, sender: Sender, month: Period) -> tuple[Column, ...]:
    """The columns of the edition in force, with one of codes where the sender prints it."""
    edition = next(edition for edition in form.editions if edition.in_force(month.start))
    columns = [column for column in edition.columns if column.required or column.role == "number"]
    if sender.coded:
        columns.insert(1, next(column for column in edition.columns if column.role == "facility.code"))
    return tuple(columns)


def facility_sheet(sender: Sender, month: Period, columns: tuple[Column, ...], reports: Sequence[Report]) -> Sheet:
    """The sheet with the faults that were planted in it."""
    signed = month.end + timedelta(days=2)
    return Sheet(
        name="Biểu 9",
        heading=(
            f"{MARK}: không phải số liệu của cơ sở nào có thật",
            f"Đơn vị báo cáo: {sender.name(month.end)}",
            "Biểu số 9/BCT: Cơ sở, giường bệnh và hoạt động khám chữa bệnh",
            f"Báo cáo tháng {month.index} năm {month.year}",
        ),
        columns=columns,
        rows=tuple(_rows(sender, month, columns, reports)),
        footer=(
            f"Ngày {signed.day:02d} tháng {signed.month} năm {signed.year}",
            "Người lập biểu",
            "Thủ trưởng đơn vị",
        ),
    )


def _rows(sender: Sender, month: Period, columns: tuple[Column, ...], reports: Sequence[Report]) -> Iterator[Row]:
    total = _sum(reports, columns)
    if wrong := faults.WRONG_TOTALS.get((sender.key, month.code)):
        total[wrong[0]] += wrong[1]
    yield Row({"facility.name": "TỔNG SỐ", **total}, strong=True)

    number = 0
    owners = {one.code: FACILITIES[one.code].spell(month.start).ownership for one in reports}
    for letter, owner in zip("ABC", dict.fromkeys(owners.values()), strict=False):
        section = [one for one in reports if owners[one.code] == owner]
        name: dict[str, Value] = {"number": letter, "facility.name": SECTIONS[owner]}
        yield Row(name | _sum(section, columns), strong=True)
        for one in section:
            number += 1
            # the centre's sheet says of which centre: the row of its twelve stations says only how many they are
            printed = one.name.partition(f" – {CENTRE.title}")[0] if one.code == SUMMED else one.name
            named: dict[str, Value] = {"number": number, "facility.code": one.code, "facility.name": printed}
            yield Row(named | one.cells(zero="-"), hidden=one.hidden)


def _sum(reports: Sequence[Report], columns: tuple[Column, ...]) -> dict[str, int]:
    filled = [one.counts for one in reports if one.counts]
    elements = [column.role for column in columns if any(column.role in counts for counts in filled)]
    return {element: sum(counts[element] for counts in filled) for element in elements}
