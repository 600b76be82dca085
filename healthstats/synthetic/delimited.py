"""A month of several clinics as CSV, long or wide, in the headings, names and delimiters that different years used."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from healthstats.domain.element import Element
from healthstats.domain.form import Column
from healthstats.domain.period import Period
from healthstats.synthetic import faults
from healthstats.synthetic.reports import Report
from healthstats.synthetic.senders import Sender


@dataclass(frozen=True, slots=True)
class Style:
    """`order` names the columns; a Vietnamese file says names where an English one says codes."""

    order: tuple[str, ...]
    headings: Mapping[str, str]
    names: bool
    delimiter: str = ","


VIETNAMESE = {"facility": "Cơ sở", "period": "Kỳ", "element": "Chỉ tiêu", "value": "Giá trị"}
ENGLISH = {name: name for name in VIETNAMESE}
STYLES = {
    2020: Style(("facility", "period", "element", "value"), VIETNAMESE, names=True),
    2021: Style(("facility", "element", "value", "period"), VIETNAMESE, names=True, delimiter="\t"),
    2022: Style(("period", "facility", "element", "value"), VIETNAMESE, names=True, delimiter=";"),
    2023: Style(("facility", "element", "period", "value"), ENGLISH, names=False),
}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def long_csv(sender: Sender, month: Period, reports: Sequence[Report], elements: Mapping[str, Element]) -> bytes:
    """One line a cell."""
    style = STYLES[month.year] if sender.encoding == "utf-8" else STYLES[2022]
    records = [*_records(style, month, reports, elements)]
    if (sender.key, month.code) in faults.REPEATED:
        records.append(records[0])
    return _encoded([[style.headings[name] for name in style.order], *records], style.delimiter, sender.encoding)


def _records(
    style: Style, month: Period, reports: Sequence[Report], elements: Mapping[str, Element]
) -> Iterator[list[str]]:
    for one in reports:
        cells = one.cells()
        for element in (element for element in elements if element in cells):
            line = {
                "facility": one.name if style.names else one.code,
                "period": f"T{month.index}/{month.year}" if style.names else month.code,
                "element": elements[element].name["vi"] if style.names else element,
                "value": str(cells[element]),
            }
            yield [line[name] for name in style.order]


def wide_csv(sender: Sender, month: Period, reports: Sequence[Report], columns: Sequence[Column]) -> bytes:
    """One line a facility, its columns headed as the form's are; since NEWCOMER_SINCE with the one nobody knows."""
    shown = [column for column in columns if column.role not in ("number", "facility.name")]
    rows = [(one.code, one.name, one.cells()) for one in reports]
    if newcomer(sender, month):
        rows.append((*faults.NEWCOMER, {column.role: 1 for column in shown}))
    heading = ["Mã CSKCB", "Cơ sở y tế", "Kỳ báo cáo", *(" / ".join(column.path) for column in shown)]
    lines = [
        [code, name, f"{month.index:02d}/{month.year}", *(str(cells.get(column.role, "")) for column in shown)]
        for code, name, cells in rows
    ]
    return _encoded([heading, *lines], ";", sender.encoding)


def newcomer(sender: Sender, month: Period) -> bool:
    """Whether a facility that the register lacks stands in the file."""
    return sender.key == faults.NEWCOMER_SENDER and month.code >= faults.NEWCOMER_SINCE


def _encoded(lines: Sequence[Sequence[str]], delimiter: str, encoding: str) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    if encoding == "cp1258":
        return "".join(map(_windows, text.getvalue())).encode("cp1258")
    # named by its byte order, a codec leaves the mark out; by no order, it takes the machine's
    mark = "\ufeff" if encoding == "utf-16" or delimiter == ";" else ""
    return f"{mark}{text.getvalue()}".encode("utf-16-le" if encoding == "utf-16" else encoding)


def _windows(letter: str) -> str:
    """Windows-1258 has the vowels and the five tones, but not each vowel with each tone."""
    apart = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in apart if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES)) + tones
