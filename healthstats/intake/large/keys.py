"""Whose, when and what the records of a block are, all at once: each text, and each pair of texts, is asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

import numpy as np
import numpy.typing as npt

from healthstats.domain.finding import Finding
from healthstats.domain.form import Form
from healthstats.domain.reading import Report, ReportColumns
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longkeys import Owners, Time, is_whole, oddities
from healthstats.intake.large.blocks import Block, Codes
from healthstats.intake.letters.text import nfc
from healthstats.intake.sheets.phrases import declared_revision

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class Table:
    """What is known by several small keys: 0 for nothing yet, a number from 1, or below zero a problem's."""

    def __init__(self, dimensions: int) -> None:
        self.cells = np.zeros((1,) * dimensions, np.int32)

    @property
    def flat(self) -> Codes:
        return self.cells.reshape(-1)

    def fit(self, *sizes: int) -> None:
        """Makes room for keys below these sizes."""
        shape = self.cells.shape
        if all(size <= room for size, room in zip(sizes, shape, strict=True)):
            return
        wanted = [room if size <= room else max(size, room * 3 // 2) for size, room in zip(sizes, shape, strict=True)]
        larger = np.zeros(wanted, np.int32)
        larger[tuple(map(slice, shape))] = self.cells
        self.cells = larger

    def places(self, keys: Sequence[Codes]) -> Places:
        """Where the cells of these keys stand in `flat`."""
        place = keys[0].astype(np.intp)
        for key, room in zip(keys[1:], self.cells.shape[1:], strict=True):
            place *= room
            place += key
        return place

    def first(self, places: Places) -> Flags:
        """Which of these places, all unknown, is named for the first time; leaves −1, −2, … there: who named it."""
        marks = np.arange(-1, -1 - len(places), -1, dtype=np.int32)
        # Written from the last to the first, so that the first stays
        self.flat[places[::-1]] = marks[::-1]
        found: Flags = self.flat[places] == marks
        return found

    def numbers(self, keys: Sequence[Codes], ask: Callable[..., Codes]) -> Codes:
        """A number from 0, or a problem's, for each; `ask` gets the new keys, each once, in order of appearance, and
        the places where they first stand."""
        places = self.places(keys)
        found = self.flat[places]
        new = np.flatnonzero(found == 0)
        if len(new):
            first = new[self.first(places[new])]
            answers = ask(*(key[first] for key in keys), first)
            self.flat[places[first]] = answers + (answers >= 0)
            found = self.flat[places]
        return (found - (found > 0)).astype(np.int32)


def _each(ask: Callable[..., int], *keys: Codes) -> Codes:
    return np.fromiter(map(ask, *(key.tolist() for key in keys)), np.int32, len(keys[0]))


class Said(dict[tuple[str, ...], int]):
    """What one or two columns say together → its number in `texts`, in order of appearance; '' where a column is
    absent."""

    def __init__(self, columns: Sequence[int | None]) -> None:
        super().__init__()
        self.present = [column for column in columns if column is not None]
        self.slots = [slot for slot, column in enumerate(columns) if column is not None]
        self.texts: list[tuple[str, ...]] = []
        self._empty = ("",) * len(columns)
        self._numbers: dict[tuple[str, ...], int] = {}
        self._lone: dict[str, int] = {}

    def codes(self, block: Block) -> Codes:
        """One number a record of the block."""
        columns = [block.columns[column] for column in self.present]
        if not columns:
            return np.full(len(block.lines), self[()], np.int32)
        if len(columns) == 1:
            return np.array(self._alone(columns[0].texts), np.int32)[columns[0].codes]
        left, right = columns
        pairs = left.codes.astype(np.int64) * len(right.texts) + right.codes
        distinct, first, inverse = np.unique(pairs, return_index=True, return_inverse=True)
        numbers = np.empty(len(distinct), np.int32)
        for place in np.argsort(first):
            one, other = divmod(int(distinct[place]), len(right.texts))
            numbers[place] = self[left.texts[one], right.texts[other]]
        return numbers[inverse]

    def _alone(self, texts: Sequence[str]) -> list[int]:
        """The numbers of what one column says: a block names most of a register again."""
        known = [*map(self._lone.get, texts)]
        if None in known:
            self._lone.update((text, self[(text,)]) for text in texts)
            return [self._lone[text] for text in texts]
        return cast("list[int]", known)

    def __missing__(self, written: tuple[str, ...]) -> int:
        said = list(self._empty)
        for slot, text in zip(self.slots, written, strict=True):
            said[slot] = nfc(text)
        number = self._numbers.setdefault(tuple(said), len(self.texts))
        if number == len(self.texts):
            self.texts.append(tuple(said))
        self[written] = number
        return number


class ReportKeys:
    """(form, who, when) → the number of a report, or a problem's: asked of each combination once."""

    def __init__(self, context: Context, owners: Owners, who: Said, when: Said) -> None:
        self.context, self.owners, self.who, self.when = context, owners, who, when
        self.revision = declared_revision(context.name)
        self.forms: list[Form] = []
        self.reports = ReportColumns()
        self.times: list[tuple[Form, Time]] = []
        self._answer, self._report = Table(3), Table(2)
        self._time, self._lasting, self._owner = Table(2), Table(2), Table(3)
        self._times: dict[tuple[str, str], int] = {}
        self._owners: dict[tuple[bool, str], int] = {}

    def form(self, code: str) -> int:
        """The number of a form in these keys."""
        form = self.context.definitions.forms[code]
        if form not in self.forms:
            self.forms.append(form)
        return self.forms.index(form)

    def numbers(self, form: Codes, who: Codes, when: Codes) -> Codes:
        """One a record: a report's number, or below zero a problem's."""
        self._answer.fit(len(self.forms), len(self.who.texts), len(self.when.texts))
        return self._answer.numbers((form, who, when), self._answers)

    def _answers(self, form: Codes, who: Codes, when: Codes, _: Places) -> Codes:
        """The same for combinations never asked before, in order of appearance."""
        self._time.fit(len(self.forms), len(self.when.texts))
        time = self._time.numbers((form, when), lambda form, when, _: _each(self._ask_time, form, when))
        answers = time.copy()
        timed = np.flatnonzero(time >= 0)
        owner = self._owners_of(form[timed], who[timed], time[timed])
        answers[timed] = owner
        held = timed[owner >= 0]
        if len(held):
            self._report.fit(len(self.times), len(self._owners))
            answers[held] = self._report.numbers((time[held], owner[owner >= 0]), self._open)
        return answers

    def _owners_of(self, form: Codes, who: Codes, time: Codes) -> Codes:
        """Asked once of each name, but of one that changes hands once of each time."""
        self._lasting.fit(len(self.forms), len(self.who.texts))
        lasting = self._lasting.numbers((form, who), lambda form, who, _: _each(self._lasts, form, who)).astype(bool)
        spell = np.where(lasting, 0, time + 1).astype(np.int32)
        self._owner.fit(len(self.forms), len(self.who.texts), int(spell.max(initial=0)) + 1)
        # of a lasting name any time will do
        return self._owner.numbers(
            (form, who, spell), lambda form, who, _, first: _each(self._ask, form, who, time[first])
        )

    def _lasts(self, form: int, who: int) -> int:
        return self.owners.register.lasts(self.forms[form].row, *self._name(who))

    def _ask(self, form: int, who: int, time: int) -> int:
        """The owner's number, or a problem's."""
        asked = self.forms[form]
        found = self.owners.who(*self._name(who), asked, self.times[time][1])
        if isinstance(found, str):
            number = self._owners.setdefault((asked.row == "facility", found), len(self._owners))
            if number == len(self.reports.owners):
                self.reports.owners.append(found)
            return number
        return found

    def _name(self, who: int) -> tuple[str, str]:
        code, name = self.who.texts[who]
        return code.strip(), name.strip()

    def _ask_time(self, form: int, when: int) -> int:
        """A time's number, or a problem's."""
        asked = self.forms[form]
        time = self.owners.time(self.when.texts[when][0].strip(), asked)
        if isinstance(time, int):
            return time
        number = self._times.setdefault((asked.form, time.code), len(self.times))
        if number == len(self.times):
            self.times.append((asked, time))
            self.reports.kinds.append(self._kind(asked, time))
        return number

    def _open(self, time: Codes, owner: Codes, _: Places) -> Codes:
        """The numbers of new reports."""
        before = len(self.reports)
        self.reports.kind.frombytes(time.tobytes())
        self.reports.owner.frombytes(owner.tobytes())
        return np.arange(before, before + len(time), dtype=np.int32)

    def conclude(self) -> list[Finding]:
        """What is odd about the reports, in their order."""
        findings: list[Finding] = []
        for number in self._doubtful().tolist():
            form, time = self.times[self.reports.kind[number]]
            owner = self.reports.owners[self.reports.owner[number]]
            findings += oddities(self.owners.register, form, owner, time.period)
        return findings

    def _kind(self, form: Form, time: Time) -> Report:
        facility, area = ("", None) if form.row == "facility" else (None, "")
        return Report(form.form, time.edition, facility, area, time.code, "", self.revision, "elements")

    def _doubtful(self) -> Places:
        """The reports that may be unexpected, or held by a sum: few are."""
        ends = np.array([time.end.toordinal() for _, time in self.times])
        expected = np.ones((len(self._owners), len(self.times)), bool)
        for (is_facility, code), number in self._owners.items():
            if is_facility:
                expected[number] = self._expected(code, ends)
        expected[:, [is_whole(form, time.period) for form, time in self.times]] = False
        kind, owner = np.frombuffer(self.reports.kind, np.uint32), np.frombuffer(self.reports.owner, np.uint32)
        return np.flatnonzero(~expected[owner, kind])

    def _expected(self, facility: str, ends: npt.NDArray[np.int64]) -> Flags:
        """At which of the times, by their last days, a report of the facility is surely expected."""
        found = np.zeros(len(ends), bool)
        if self.owners.register.is_summed(facility):
            return found
        for spell in self.owners.register.spells(facility):
            first, last = spell.valid_from or date.min, spell.valid_to or date.max
            asked = [not form.applies_to or spell.attributes.get("type") in form.applies_to for form, _ in self.times]
            found |= (ends >= first.toordinal()) & (ends <= last.toordinal()) & np.array(asked, bool)
        return found
