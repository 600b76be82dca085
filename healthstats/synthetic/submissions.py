"""Figures → the files that facilities would have sent, each with the time it arrived and what must be found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from healthstats.domain.element import Element
from healthstats.domain.form import Form
from healthstats.domain.period import Period
from healthstats.synthetic import evidence, faults
from healthstats.synthetic.delimited import long_csv, newcomer, wide_csv
from healthstats.synthetic.faults import FileFault
from healthstats.synthetic.figures import Figures, months
from healthstats.synthetic.posting import File, day_after, posted
from healthstats.synthetic.reports import Report, month_before, reports
from healthstats.synthetic.senders import SENDERS, Sender
from healthstats.synthetic.sheet import MARK, columns_of, facility_sheet
from healthstats.synthetic.workbook import Sheet
from healthstats.synthetic.xls import xls
from healthstats.synthetic.xlsx import xlsx

SUFFIX = {"xlsx": "xlsx", "xls": "xls", "long": "csv", "wide": "csv"}


@dataclass(frozen=True, slots=True)
class Office:
    """What every file is made from."""

    form: Form
    elements: Mapping[str, Element]
    figures: Figures


def submissions(office: Office, years: Iterable[int]) -> Iterator[File]:
    """All files of the years; each lies in its year's folder."""
    for year in years:
        for month in months(year):
            yield from posted(month, [(sender, file) for sender in SENDERS for file in _sent(sender, month, office)])
        for sender in SENDERS:
            if year in sender.yearly:
                yield _year(sender, year, office)
        for clutter in (f"~$BC_T12_{year} - {MARK}.xlsx", "Thumbs.db"):
            yield File(f"{year}/{clutter}", evidence.lock_file(), day_after(months(year)[-1], 3), said=None)
    letter = f"{year}/Công văn gửi kèm T06_{year} - {MARK}.pdf"
    text = "Du lieu mo phong: cong van gui kem so lieu"
    yield File(letter, evidence.pdf(text), day_after(months(year)[5], 4), frozenset({"FILE_PDF"}))


def _sent(sender: Sender, month: Period, office: Office) -> Iterator[File]:
    """The files of the sender's month, with what is wrong with the file as a whole."""
    found = reports(sender, month, office.figures)
    if not found or month.year in sender.yearly:
        return
    path = f"{month.year}/BC_T{month.index:02d}_{month.year} {sender.name(month.end)} - {MARK}.{SUFFIX[sender.layout]}"
    arrived = day_after(month, faults.late(sender.key, month.code))
    whole = File(path, _written(sender, month, found, office), arrived, _said(sender, month, found))
    fault = faults.FILES.get((sender.key, month.code))
    if fault is None:
        yield whole
    elif fault.kind in faults.REFUSED:
        yield _unreadable(sender, month, whole, office)
    else:
        yield from _odd(sender, month, whole, office)
    if fault and fault.again:
        yield from _again(sender, month, whole, fault, office)


def _said(sender: Sender, month: Period, found: list[Report]) -> frozenset[str]:
    said = {code for one in found for code in one.said}
    if (sender.key, month.code) in faults.WRONG_TOTALS:
        said.add("TOTAL_DIFFERS")
    if (sender.key, month.code) in faults.REPEATED:
        said.add("RECORD_REPEATED")
    if newcomer(sender, month):
        said.add("UNKNOWN_FACILITY")
    return frozenset(said)


def _written(sender: Sender, month: Period, found: list[Report], office: Office) -> bytes:
    if sender.layout == "long":
        return long_csv(sender, month, found, office.elements)
    columns = columns_of(office.form, sender, month)
    if sender.layout == "wide":
        return wide_csv(sender, month, found, columns)
    return _book(sender, facility_sheet(sender, month, columns, found))


def _book(sender: Sender, *sheets: Sheet) -> bytes:
    return xls(sheets) if sender.layout == "xls" else xlsx(sheets)


def _sheet(sender: Sender, month: Period, office: Office, *, stale: bool = False) -> Sheet:
    """The sender's sheet; a stale one has the figures of the month before."""
    figures = month_before(sender, month, office.figures) if stale else office.figures
    return facility_sheet(sender, month, columns_of(office.form, sender, month), reports(sender, month, figures))


def _unreadable(sender: Sender, month: Period, whole: File, office: Office) -> File:
    """What came in the place of a file that can be taken in."""
    kind = faults.FILES[sender.key, month.code].kind
    folder, stem = f"{month.year}/", whole.path.rpartition(".")[0]
    bad = replace(whole, said=frozenset({faults.SAID[kind]}))
    match kind:
        case "empty":
            return replace(bad, data=b"")
        case "truncated":
            return replace(bad, data=whole.data[: len(whole.data) * 2 // 3])
        case "locked":
            return replace(bad, data=evidence.locked(stem))
        case "archive":
            return replace(bad, path=f"{stem}.rar", data=evidence.rar(stem))
        case "photo":
            return replace(bad, path=f"{stem}.png", data=evidence.photo(stem))
        case "scan":
            text = f"Du lieu mo phong: ban quet {sender.key} {month.code}"
            return replace(bad, path=f"{stem}.pdf", data=evidence.pdf(text))
        case "contradicts":
            sheet = replace(_sheet(sender, month, office), name=f"T{month.index - 1}")
            return replace(bad, data=_book(sender, sheet))
    sheet = _sheet(sender, month, office)
    heading = tuple(line for line in sheet.heading if not line.startswith("Báo cáo tháng"))
    bare = replace(sheet, heading=heading, footer=())
    path = f"{folder}{sender.name(month.end)} báo cáo - {MARK}.{SUFFIX[sender.layout]}"
    return replace(bad, path=path, data=_book(sender, bare))


def _odd(sender: Sender, month: Period, whole: File, office: Office) -> Iterator[File]:
    """Files that can be read, and of which something has to be known."""
    kind = faults.FILES[sender.key, month.code].kind
    stem, dot, suffix = whole.path.rpartition(".")
    told = replace(whole, said=frozenset({faults.SAID[kind]})) if kind in faults.SAID else whole
    second = replace(told, path=f"{stem} (1){dot}{suffix}")
    match kind:
        case "corrected":
            yield replace(whole, data=_book(sender, _sheet(sender, month, office, stale=True)))
        case "conflict":
            yield told
            yield replace(second, data=_book(sender, _sheet(sender, month, office, stale=True)))
        case "resaved":
            sheet = _sheet(sender, month, office)
            yield told
            yield replace(second, data=_book(sender, replace(sheet, footer=("Người lập biểu",))))
        case "misnamed":
            named = f"BC_T{month.index:02d}_{month.year}", f"BC_T{month.index + 1:02d}_{month.year}"
            yield replace(told, path=second.path.replace(*named))
        case "wrong extension":
            yield replace(told, path=f"{stem}.xlsx")
        case "copied" if sender.via == "plain":
            yield whole
            yield second
        case _:
            yield whole


def _again(sender: Sender, month: Period, whole: File, fault: FileFault, office: Office) -> Iterator[File]:
    """The good file that came later, marked as a revision where the first one was readable."""
    mark = "Bản sửa lần 1" if fault.kind == "corrected" else "gửi lại"
    path = whole.path.replace(f" - {MARK}", f" ({mark}) - {MARK}")
    again = replace(whole, path=path, arrived=day_after(month, fault.again))
    if fault.kind == "corrected":
        sheet = _sheet(sender, month, office)
        again = replace(again, data=_book(sender, replace(sheet, heading=(*sheet.heading, mark))))
    yield again


def _year(sender: Sender, year: int, office: Office) -> File:
    """Twelve sheets, T1 to T12, sent in January; a month that was never filled in has an empty row."""
    sheets: list[Sheet] = []
    said: set[str] = set()
    for month in months(year):
        found = reports(sender, month, office.figures)
        said |= _said(sender, month, found)
        columns = columns_of(office.form, sender, month)
        sheet = facility_sheet(sender, month, columns, found or [Report(sender.key, sender.name(month.end), {})])
        title = (*sheet.heading[:-1], f"Năm {year}")
        sheets.append(replace(sheet, name=f"T{month.index}", heading=title, footer=()))
    path = f"{year}/BC năm {year} {sender.name(month.end)} - {MARK}.{SUFFIX[sender.layout]}"
    return File(path, _book(sender, *sheets), day_after(month, 9), frozenset(said))
