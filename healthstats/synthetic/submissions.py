"""Figures → the files that facilities would have sent, each with the time it arrived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from healthstats.domain.element import Element
from healthstats.domain.form import Column, Form
from healthstats.domain.period import Period
from healthstats.synthetic import faults
from healthstats.synthetic.facilities import SENDERS, Sender
from healthstats.synthetic.figures import YEARS, Figures, months
from healthstats.synthetic.long import long_csv
from healthstats.synthetic.sheet import MARK, facility_sheet
from healthstats.synthetic.workbook import workbook


@dataclass(frozen=True, slots=True)
class File:
    """`path` lies under the inbox."""

    path: str
    data: bytes
    arrived: datetime


def submissions(form: Form, elements: Mapping[str, Element], figures: Figures) -> Iterator[File]:
    """All files of the demo, year by year."""
    for year in YEARS:
        for month in months(year):
            for sender in SENDERS:
                yield from _files_of(sender, month, _columns(form, sender, month), elements, figures)
    yield File(f"2023/Công văn gửi kèm T06_2023 - {MARK}.pdf", faults.pdf(), _day_after(Period("month", 2023, 6), 4))


def _files_of(
    sender: Sender,
    month: Period,
    columns: tuple[Column, ...],
    elements: Mapping[str, Element],
    figures: Figures,
) -> Iterator[File]:
    key = (sender.codes[0], month.code)
    day = faults.LATE.get(key, 2 + (int(key[0]) + month.index) % 3)
    path = f"{month.year}/BC_T{month.index:02d}_{month.year} {sender.name}"
    file = File(f"{path} - {MARK}.xlsx", b"", _day_after(month, day))
    if sender.layout == "long":
        data = long_csv(sender.codes, month, elements, figures)
        yield replace(file, path=f"{path} - {MARK}.csv", data=data)
        return
    if key in faults.EMPTY_FILES:
        yield file
        return

    sheet = facility_sheet(sender, month, columns, figures)
    whole = replace(file, data=workbook(sheet))
    if key in faults.CORRECTED:
        stale = facility_sheet(sender, month, columns, _month_before(sender, month, figures))
        yield replace(file, data=workbook(stale))
        corrected = replace(sheet, heading=(*sheet.heading, "Bản sửa lần 1"))
        arrived = _day_after(month, faults.CORRECTED[key])
        yield File(f"{path} (Bản sửa lần 1) - {MARK}.xlsx", workbook(corrected), arrived)
    elif key in faults.TRUNCATED:
        yield replace(whole, data=whole.data[: len(whole.data) * 2 // 3])
        yield File(f"{path} (gửi lại) - {MARK}.xlsx", whole.data, _day_after(month, faults.TRUNCATED[key]))
    elif key in faults.WITHOUT_PERIOD:
        heading = tuple(line for line in sheet.heading if not line.startswith("Báo cáo tháng"))
        bare = replace(sheet, heading=heading, footer=())
        yield replace(file, path=f"{month.year}/{sender.name} báo cáo - {MARK}.xlsx", data=workbook(bare))
        yield replace(whole, arrived=_day_after(month, faults.WITHOUT_PERIOD[key]))
    else:
        yield whole
        if key in faults.COPIED:
            yield replace(whole, path=f"{path} (1) - {MARK}.xlsx")


def _month_before(sender: Sender, month: Period, figures: Figures) -> Figures:
    """The figures of the sender's facilities, with those of the month before in the place of this month's."""
    before = Period("month", month.year, month.index - 1).code
    return {(code, month.code): figures[code, before] for code in sender.codes if (code, month.code) in figures}


def _columns(form: Form, sender: Sender, month: Period) -> tuple[Column, ...]:
    edition = next(edition for edition in form.editions if edition.in_force(month.start))
    columns = [column for column in edition.columns if column.required or column.role == "number"]
    if sender.layout == "workbook with codes":
        code = next(column for column in edition.columns if column.role == "facility.code")
        columns.insert(1, code)
    return tuple(columns)


def _day_after(month: Period, day: int) -> datetime:
    """Nine in the morning in Việt Nam on that day of the month that follows."""
    following = month.end + timedelta(days=day)
    return datetime(following.year, following.month, following.day, 2, tzinfo=UTC)
