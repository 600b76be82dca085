"""The cells of a large file: entered a block at once, each figure looked up among all that came before."""

from __future__ import annotations

import mmap
from array import array
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from healthstats.domain.reading import Observations
from healthstats.intake.csvfiles.longtally import Tally
from healthstats.intake.figures.numbers import Parsed
from healthstats.intake.judging.draft import Draft
from healthstats.intake.large.blocks import Codes, Whole
from healthstats.intake.large.keys import Flags, Places, Table
from healthstats.intake.large.spool import Spool

PLAIN, TOLD, FAULTY, BLANK, QUALIFIED = range(5)
"""What a value's text is: its number and nothing else; a number spelled otherwise; none, by a fault; none at all; a
bound or a number about right."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Records that say something of a report and an element, in order, their values in ten-thousandths; `item` and
    `text` are numbers of texts, 0 for none."""

    line: Whole
    report: Codes
    item: Codes
    element: Codes
    value: Whole
    state: npt.NDArray[np.uint8]
    text: Codes

    def __getitem__(self, which: Flags | Places) -> Cells:
        return Cells(*(getattr(self, each.name)[which] for each in fields(self)))

    def __len__(self) -> int:
        return len(self.line)


class Texts(dict[str, int]):
    """Text → its number from 1 in `told`, which others may add to."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def __missing__(self, text: str) -> int:
        self.told.append(text)
        self[text] = len(self.told)
        return self[text]


class Entered:
    """The cells entered so far, on the spool. `faults` tells of an element and a text that is no number of it,
    `qualifiers` of one that is a number about right, or not final."""

    def __init__(self, draft: Draft, tally: Tally, spool: Spool) -> None:
        self.draft, self.tally, self.spool = draft, tally, spool
        self.column = tally.header.columns["value"]
        self.has_items = "item" in tally.header.columns
        self.texts, self.items = Texts(), Texts()
        self.faults: dict[tuple[int, int], Parsed] = {}
        self.qualifiers: dict[tuple[int, int], Parsed] = {}
        self.places = Table(2)
        self.report_of_group: array[int] = array("I")
        self.count = 0
        self._groups = Table(2)
        self._memory = spool.map()
        self._columns = {name: np.asarray(each) for name, each in spool.columns(self._memory, spool.room).items()}

    @property
    def groups(self) -> npt.NDArray[np.uint32]:
        """The report of each group: a report is one group, unless it has items."""
        if self.has_items:
            return np.frombuffer(self.report_of_group, np.uint32)
        return np.arange(len(self.draft.reports), dtype=np.uint32)

    def observations(self, cells: int) -> Observations:
        """The first so many cells, as they stand on the spool."""
        return self.spool.observations(self._memory, cells, self.texts.told, self.items.told)

    def enter(self, cells: Cells) -> None:
        """Those that are blank are counted; those that say again what the first of their figure said count as blank."""
        blank = cells.state == BLANK
        if blank.any():
            self.draft.blank(int(np.count_nonzero(blank)))
            cells = cells[~blank]
        places = self._placed(cells)
        table = self.places.flat
        new = np.flatnonzero(table[places] == 0)
        if len(new) == len(cells) and self.places.first(places).all():
            table[places] = np.arange(self.count + 1, self.count + 1 + len(cells), dtype=np.int32)
            self._write(cells)
            self._tell(cells, np.arange(self.count - len(cells), self.count), np.ones(len(cells), bool), {})
        else:
            self._enter_repeats(cells, places, new)

    def _enter_repeats(self, cells: Cells, places: Places, new: Places) -> None:
        table = self.places.flat
        first = np.zeros(len(cells), bool)
        first[new] = self.places.first(places[new])
        again = np.flatnonzero(~first)
        mark = table[places[again]].astype(np.int64)
        # Above zero a cell entered before this block; below, counted from −1, one of the new ones in it
        inside = np.flatnonzero(mark < 0)
        here = new[-1 - mark[inside]]
        before = np.maximum(mark, 1) - 1
        value, accepted = self._columns["value"][before], self._columns["accepted"][before] > 0
        value[inside], accepted[inside] = cells.value[here], cells.state[here] != FAULTY
        kept = np.ones(len(cells), bool)
        kept[again] = ~(accepted & (cells.state[again] != FAULTY) & (value == cells.value[again]))
        position = np.cumsum(kept) - 1 + self.count
        before[inside] = position[here]
        table[places[first]] = position[first] + 1
        self.draft.blank(int(np.count_nonzero(~kept)))
        self._write(cells[kept])
        self._tell(cells, position, kept, dict(zip(again.tolist(), before.tolist(), strict=True)))

    def _tell(self, cells: Cells, position: Places, kept: Flags, again: dict[int, int]) -> None:
        """What is to be said of cells with a fault and of figures said before: `again` has their first position."""
        odd = np.flatnonzero((cells.state == FAULTY) | (cells.state == QUALIFIED)).tolist()
        for at in sorted({*odd, *again}) if again else odd:
            if not kept[at]:
                self.draft.at(again[at], "RECORD_REPEATED", "warning", line=int(cells.line[at]))
                continue
            if cells.state[at] == FAULTY:
                found = self.faults[int(cells.element[at]), int(cells.text[at])]
                self.draft.at(int(position[at]), found.fault, "error", found.suggestion)
            elif cells.state[at] == QUALIFIED:
                found = self.qualifiers[int(cells.element[at]), int(cells.text[at])]
                self.draft.qualify(int(position[at]), found.qualifier, found.status)
            if at in again:
                self.tally.rival(again[at], int(position[at]))

    def _placed(self, cells: Cells) -> Places:
        """Where each figure stands in the table of first positions."""
        group = cells.report
        if self.has_items:
            self._groups.fit(int(cells.report.max(initial=0)) + 1, len(self.items.told) + 1)
            group = self._groups.numbers((cells.report, cells.item), self._open_group)
        groups = max(len(self.draft.reports), len(self.report_of_group))
        self.places.fit(groups, len(self.draft.elements))
        return self.places.places((group, cells.element))

    def _open_group(self, report: Codes, _item: Codes, _first: Places) -> Codes:
        before = len(self.report_of_group)
        self.report_of_group.frombytes(report.tobytes())
        return np.arange(before, before + len(report), dtype=np.int32)

    def _write(self, cells: Cells) -> None:
        accepted = cells.state != FAULTY
        entries = {
            "value": cells.value,
            "report": cells.report,
            "row": cells.line,
            "element": cells.element,
            "accepted": accepted,
            "column": np.full(len(cells), self.column, np.uint16),
            **({"text": cells.text} if cells.text.any() else {}),
            **({"item": cells.item} if self.has_items else {}),
        }
        self.spool.write(self.count, entries)
        self.count += len(cells)
        self.draft.counts.found += len(cells)
        self.draft.counts.accepted += int(np.count_nonzero(accepted))
        self.draft.counts.quarantined += int(np.count_nonzero(~accepted))
        # The disk keeps what figures said before were compared with: the memory is for what is to come
        self._memory.madvise(mmap.MADV_DONTNEED)
