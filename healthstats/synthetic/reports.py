"""One sender's month, facility by facility, with the faults that were planted in it: what every layout prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from healthstats.domain.period import Period
from healthstats.synthetic import faults
from healthstats.synthetic.facilities import FACILITIES
from healthstats.synthetic.figures import Figures
from healthstats.synthetic.senders import Sender
from healthstats.synthetic.workbook import Value


@dataclass(frozen=True, slots=True)
class Report:
    """`counts` are the true ones, none in an empty row; `mistyped` stands in the place of some. `said` are the codes
    of the findings that ingest must have of it."""

    code: str
    name: str
    counts: Mapping[str, int]
    mistyped: Mapping[str, Value] = field(default_factory=dict)
    hidden: bool = False
    said: frozenset[str] = frozenset()

    def cells(self, zero: Value = 0) -> dict[str, Value]:
        """As they stand in the file; `zero` is how a zero is printed."""
        return {element: value or zero for element, value in self.counts.items()} | dict(self.mistyped)


def reports(sender: Sender, month: Period, figures: Figures) -> list[Report]:
    """In the order printed; a facility that sent nothing has none."""
    return [one for code in sender.codes for one in _reports_of(sender, code, month, figures)]


def _reports_of(sender: Sender, code: str, month: Period, figures: Figures) -> Iterator[Report]:
    key = (code, month.code)
    if key not in figures or faults.never_sent(*key):
        return
    facility = FACILITIES[code]
    counts = {element: faults.told(key, element, figures[key]) for element in figures[key]}
    name = facility.alias if sender.aliases else facility.name(month.end)
    if key in faults.EMPTY_ROWS:
        yield Report(code, name, {}, said=frozenset({"REPORT_EMPTY"}))
        return
    if key in faults.UNKNOWN_NAMES:
        yield Report(code, faults.UNKNOWN_NAMES[key], counts, said=frozenset({"UNKNOWN_FACILITY"}))
        return
    said = set()
    if key in faults.FALSE:
        said.add("PART_EXCEEDS_TOTAL" if faults.FALSE[key][2] > 0 else "DAYS_BELOW_STAYS")
    mistyped: dict[str, Value] = {}
    if fault := faults.in_cell(*key):
        mistyped[fault[0]], finding = faults.typed(counts[fault[0]], fault[1])
        said.add(finding)
    if key in faults.HIDDEN:
        said.add("HIDDEN_ROW")
    if key in faults.TWICE:
        said.add("FACILITY_TWICE")
        yield Report(code, name, dict(figures[code, _before(month).code]))
    yield Report(code, name, counts, mistyped, key in faults.HIDDEN, frozenset(said))


def _before(month: Period) -> Period:
    return Period("month", month.year, month.index - 1)


def month_before(sender: Sender, month: Period, figures: Figures) -> Figures:
    """The figures of the sender's facilities, with those of the month before in the place of this month's."""
    before = _before(month).code
    return {(code, month.code): figures[code, before] for code in sender.codes if (code, before) in figures}
