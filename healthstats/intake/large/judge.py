"""The judgement of a large long CSV, a block at once: the same as intake/csvfiles/longcsv.py gives record by record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from healthstats.domain.reading import SCALE, Reading
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longdraft import LongDraft
from healthstats.intake.csvfiles.longheader import Header
from healthstats.intake.csvfiles.longkeys import ElementKeys, Owners
from healthstats.intake.csvfiles.longtally import Tally
from healthstats.intake.figures.numbers import parse_cell
from healthstats.intake.large.blocks import Block, Codes, Whole
from healthstats.intake.large.cells import BLANK, FAULTY, PLAIN, QUALIFIED, TOLD, Cells, Entered
from healthstats.intake.large.keys import ReportKeys, Said
from healthstats.intake.large.rules import ask_rules
from healthstats.intake.large.spool import Spool
from healthstats.intake.letters.text import nfc


class Judge:
    """Takes the blocks of one file in order; the cells go to the spool, and `reading` tells of the rest."""

    def __init__(self, header: Header, context: Context, spool: Spool) -> None:
        column = header.columns.get
        self.context, self.spool = context, spool
        self.who, self.when = Said([column("facility.code"), column("facility.name")]), Said([column("period")])
        self.what, self.which = Said([column("form"), column("element")]), Said([column("item")])
        self.draft = LongDraft()
        self.tally = Tally(header, self.draft)
        self.elements = ElementKeys(context, self.draft, self.tally.problems)
        self.keys = ReportKeys(context, Owners(context, self.draft, self.tally.problems), self.who, self.when)
        self.draft.reports = self.keys.reports
        self.entered = Entered(self.draft, self.tally, spool)
        self.draft.observations = self.entered.observations(spool.room)

    def take(self, block: Block, first: int) -> None:
        """A block whose first line is the file's line `first`."""
        for line, columns in block.ragged:
            self.tally.ragged(line + first, columns)
        self.tally.more_ragged(block.more)
        for column, filled in block.filled.items():
            self.tally.ignore(column, filled)
        if not len(block.lines):
            return
        lines, element = block.lines + first, self._elements(block)
        report = self._reports(block, element)
        rejected = report < 0
        self._reject(report[rejected], lines[rejected])
        value, state, text = self._values(block, element, rejected)
        cells = Cells(lines, report, self._items(block), element, value, state, text)
        self.entered.enter(cells[~rejected] if rejected.any() else cells)

    def _elements(self, block: Block) -> Codes:
        what = self.what.codes(block)
        numbers = [self.elements[form, element] for form, element in self.what.texts]
        return np.array(numbers, np.int32)[what]

    def _reports(self, block: Block, element: Codes) -> Codes:
        """A report's number, or a problem's: the element's comes first."""
        forms = np.array([self.keys.form(found.form) for found in self.elements.found] or [0], np.int32)
        who, when = self.who.codes(block), self.when.codes(block)
        known = np.flatnonzero(element >= 0)
        if len(known) == len(element):
            return self.keys.numbers(forms[element], who, when)
        report = element.copy()
        report[known] = self.keys.numbers(forms[element[known]], who[known], when[known])
        return report

    def _items(self, block: Block) -> Codes:
        """Numbers of texts from 1, 0 for none."""
        if not self.which.present:
            return np.zeros(len(block.lines), np.int32)
        which, items = self.which.codes(block), self.entered.items
        said = [text.strip() for (text,) in self.which.texts]
        return np.array([items[text] if text else 0 for text in said], np.int32)[which]

    def _reject(self, problems: Codes, lines: Whole) -> None:
        distinct, first, counts = np.unique(problems, return_index=True, return_counts=True)
        for number, at, records in zip(distinct.tolist(), first.tolist(), counts.tolist(), strict=True):
            self.tally.problems[number].hit(int(lines[at]), records)
        self.draft.reject(len(problems))

    def _values(
        self, block: Block, element: Codes, rejected: npt.NDArray[np.bool_]
    ) -> tuple[Whole, npt.NDArray[np.uint8], Codes]:
        """Ten-thousandths, state and text of each record but of those rejected."""
        value, odd = block.numbers * SCALE, np.flatnonzero(block.numbers < 0)
        state, text = np.zeros(len(value), np.uint8), np.zeros(len(value), np.int32)
        asked = ~rejected[odd]
        odd, spelled = odd[asked], block.odd.codes[asked]
        if len(odd):
            pairs = element[odd].astype(np.int64) * len(block.odd.texts) + spelled
            distinct, inverse = np.unique(pairs, return_inverse=True)
            own = (divmod(pair, len(block.odd.texts)) for pair in distinct.tolist())
            found = np.array([self._value(number, nfc(block.odd.texts[at])) for number, at in own], np.int64)[inverse]
            value[odd], state[odd], text[odd] = found[:, 0], found[:, 1], found[:, 2]
        return value, state, text

    def _value(self, element: int, text: str) -> tuple[int, int, int]:
        """What a text that is no plain whole number is to an element: ten-thousandths, state, and the text's number."""
        known = self.elements.found[element]
        form = self.context.definitions.forms[known.form]
        found = parse_cell(text, known.type, form.markers, known.unit.values())
        if found.blank:
            return 0, PLAIN if found.blank == "empty" and form.blank == "zero" else BLANK, 0
        if found.value is not None and found.plain:
            return found.value, PLAIN, 0
        number = self.entered.texts[text]
        if found.value is None:
            self.entered.faults[element, number] = found
            return 0, FAULTY, number
        if found.qualifier or found.status:
            self.entered.qualifiers[element, number] = found
            return found.value, QUALIFIED, number
        return found.value, TOLD, number

    def reading(self) -> Reading:
        """Without its cells, which are on the spool; the counts say how many."""
        said = self.draft.observations
        cells = self.entered.observations(self.entered.count)
        self.draft.observations = replace(cells, qualifier=said.qualifier, status=said.status)
        about_reports = self.keys.conclude()
        self.tally.conclude(self.context.name, [*self.keys.owners.findings, *about_reports])
        ask_rules(self.draft, self.entered, self.elements, self.context.definitions.forms)
        self.draft.tell_alike()
        return self.draft.reading()
