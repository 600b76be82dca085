"""A month of several facilities as long CSV, in the headings, names and delimiters that different years used."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from healthstats.domain.element import Element
from healthstats.domain.period import Period
from healthstats.synthetic import faults
from healthstats.synthetic.facilities import FACILITIES
from healthstats.synthetic.figures import Figures


@dataclass(frozen=True, slots=True)
class Style:
    """`order` names the columns; a Vietnamese file says names where an English one says codes."""

    order: tuple[str, ...]
    headings: Mapping[str, str]
    names: bool
    delimiter: str = ","
    mark: bool = False


VIETNAMESE = {"facility": "Cơ sở", "period": "Kỳ", "element": "Chỉ tiêu", "value": "Giá trị"}
ENGLISH = {name: name for name in VIETNAMESE}
STYLES = {
    2020: Style(("facility", "period", "element", "value"), VIETNAMESE, names=True),
    2022: Style(("period", "facility", "element", "value"), VIETNAMESE, names=True, delimiter=";", mark=True),
    2023: Style(("facility", "element", "period", "value"), ENGLISH, names=False),
}


def long_csv(codes: tuple[str, ...], month: Period, elements: Mapping[str, Element], figures: Figures) -> bytes:
    """UTF-8, with a byte order mark where the style has one; one line a cell."""
    style = STYLES[month.year]
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=style.delimiter, lineterminator="\r\n")
    writer.writerow(style.headings[name] for name in style.order)
    for code in codes:
        if (code, month.code) not in figures or (code, month.code) in faults.NEVER_SENT:
            continue
        report = figures[code, month.code]
        for element, value in ((element, report[element]) for element in elements if element in report):
            fault = faults.CELLS.get((code, month.code, element))
            line = {
                "facility": FACILITIES[code].name if style.names else code,
                "period": f"T{month.index}/{month.year}" if style.names else month.code,
                "element": elements[element].name["vi"] if style.names else element,
                "value": str(faults.typed(value, fault) if fault else value),
            }
            writer.writerow(line[name] for name in style.order)
    return text.getvalue().encode("utf-8-sig" if style.mark else "utf-8")
