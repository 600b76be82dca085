"""The long CSV: one record a value, in any order of columns and of records."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat

from healthstats.domain.finding import Finding
from healthstats.domain.form import Form
from healthstats.domain.reading import SCALE, Reading, cell_name
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longdraft import LongDraft
from healthstats.intake.csvfiles.longheader import Header, find_header
from healthstats.intake.csvfiles.longkeys import ElementKeys, GroupKeys
from healthstats.intake.csvfiles.longtally import Tally
from healthstats.intake.csvfiles.records import BrokenCsv, Records, read_records
from healthstats.intake.figures.numbers import MOST_DIGITS, Parsed, parse_cell
from healthstats.intake.judging.rules import Rules, elements_asked

_BITS = 16


def read_long_csv(text: str, context: Context) -> Reading | None:
    """None if the header is not that of a long CSV. A file that is no CSV has no cells and an error finding."""
    header = find_header(text, context)
    if header is None:
        return None
    if header.twice:
        return twice(header)
    reader = _LongReader(header, context)
    try:
        with _without_collector():
            for records in read_records(text, header.delimiter):
                reader.take(records)
            return reader.reading()
    except BrokenCsv as broken:
        return broken_csv(broken)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of keys that live to the end, none in a cycle: walking over them again and again doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def refused(finding: Finding) -> Reading:
    """A file without one cell, and why."""
    return Reading("csv", findings=(finding,))


def twice(header: Header) -> Reading:
    """Two columns of one heading: nobody can say which holds."""
    params: dict[str, str | int] = {"label": header.twice}
    return refused(Finding("CSV_HEADING_TWICE", "error", cell="A1", text=header.twice, params=params))


def broken_csv(broken: BrokenCsv) -> Reading:
    return refused(Finding(broken.code, "error", cell=cell_name(broken.line, 1), params={"line": broken.line}))


class _LongReader:
    def __init__(self, header: Header, context: Context) -> None:
        self.header, self.context = header, context
        self.draft = LongDraft()
        self.tally = Tally(header, self.draft)
        self.problems = self.tally.problems
        self.elements = ElementKeys(context, self.draft, self.problems)
        self.groups = GroupKeys(context, self.draft, self.problems)
        self.column = header.columns["value"]
        self.places: dict[int, int] = {}

    def take(self, records: Records) -> None:
        for line, fields in records.ragged:
            self.tally.ragged(line, fields)
        for column in self.header.other:
            self.tally.ignore(column, sum(map(bool, records.columns[column - 1])))
        count = len(records.lines)
        texts = {role: records.columns[column - 1] for role, column in self.header.columns.items()}
        said = {
            role: texts.get(role, [""] * count) for role in ("form", "facility.code", "facility.name", "period", "item")
        }
        elements = [*map(self.elements.__getitem__, zip(said["form"], texts["element"], strict=True))]
        forms = [self.elements.found[element].form if element >= 0 else "" for element in elements]
        keys = zip(said["facility.code"], said["facility.name"], said["period"], said["item"], forms, strict=True)
        groups = [*map(self.groups.__getitem__, keys)]
        values = texts["value"]
        if not self._enter_all(records.lines, groups, elements, values):
            for line, group, element, value in zip(records.lines, groups, elements, values, strict=True):
                self._enter(line, (group, element), value)

    def _enter_all(self, lines: Sequence[int], groups: list[int], elements: list[int], values: Sequence[str]) -> bool:
        """Enters records that are all plain and new at once; False, and nothing done, where one is not."""
        if not groups or min(groups) < 0 or min(elements) < 0:
            return False
        try:
            numbers = [*map(int, values)]
        except ValueError:
            return False
        # int() takes １２ and 1_000: what it would write again must be what was read
        if [*map(str, numbers)] != [*values] or min(numbers) < 0 or max(numbers) >= 10**MOST_DIGITS:
            return False
        keys = [group << _BITS | element for group, element in zip(groups, elements, strict=True)]
        if len(set(keys)) < len(keys) or not self.places.keys().isdisjoint(keys):
            return False
        seen, first, size = self.draft.observations, len(self.draft.observations), len(keys)
        self.places.update(zip(keys, range(first, first + size), strict=True))
        seen.report.extend([self.groups.groups[group][0] for group in groups])
        seen.element.extend(elements)
        seen.value.extend([number * SCALE for number in numbers])
        seen.accepted.extend(repeat(1, size))
        seen.row.extend(lines)
        seen.column.extend(repeat(self.column, size))
        self.draft.counts.found += size
        self.draft.counts.accepted += size
        if "item" in self.header.columns:
            for position, group in enumerate(groups, first):
                self.draft.item(position, self.groups.groups[group][1])
        return True

    def _enter(self, line: int, key: tuple[int, int], text: str) -> None:
        group, element = key
        if element < 0 or group < 0:
            self.problems[element if element < 0 else group].hit(line)
            self.draft.reject()
            return
        found, form = self._parse(element, text)
        if found.blank == "empty" and form.blank == "zero":
            found = Parsed(0)
        if found.blank:
            self.draft.blank()
            return
        known = self.places.get(group << _BITS | element)
        if known is not None and self._repeats(known, found, line):
            return
        report, item = self.groups.groups[group]
        place = (line, self.column)
        if found.value is None:
            position = self.draft.hold(report, element, place, text)
            self.draft.at(position, found.fault, "error", found.suggestion)
        else:
            position = self.draft.accept(report, element, place, found.value, "" if found.plain else text)
            self.draft.qualify(position, found.qualifier, found.status)
        self.draft.item(position, item)
        if known is None:
            self.places[group << _BITS | element] = position
        else:
            self.tally.rival(known, position)

    def _parse(self, element: int, text: str) -> tuple[Parsed, Form]:
        found = self.elements.found[element]
        form = self.context.definitions.forms[found.form]
        return parse_cell(text, found.type, form.markers, found.unit.values()), form

    def _repeats(self, known: int, found: Parsed, line: int) -> bool:
        """A record that says again what an earlier one said adds nothing: it counts as blank, with a finding."""
        seen = self.draft.observations
        if not seen.accepted[known] or seen.value[known] != found.value:
            return False
        self.draft.blank()
        self.draft.at(known, "RECORD_REPEATED", "warning", line=line)
        return True

    def reading(self) -> Reading:
        self.tally.conclude(self.context.name, [*self.groups.owners.findings, *self.groups.findings])
        self._judge()
        self.draft.tell_alike()
        return self.draft.reading()

    def _judge(self) -> None:
        """Asks each form's rules of each report, item by item."""
        seen = self.draft.observations
        codes = [element.element for element in self.elements.found]
        forms = self.context.definitions.forms
        rules: dict[str, tuple[Rules, list[int]]] = {}
        for number, (report, _) in enumerate(self.groups.groups):
            form = forms[self.draft.reports[report].form]
            if form.form not in rules:
                asked = elements_asked(form)
                own = [index for index, code in enumerate(codes) if code in asked]
                rules[form.form] = (Rules(form, [codes[index] for index in own]), own)
            rule, own = rules[form.form]
            positions = [self.places.get(number << _BITS | element) for element in own]
            known = [at for at in positions if at is not None and seen.accepted[at]]
            if len(known) < len(own) or not rule.hold([seen.value[at] for at in known]):
                rule.judge(self.draft, positions, self.elements.elements)
