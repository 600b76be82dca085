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
from healthstats.intake.draft import Draft
from healthstats.intake.longheader import Header, find_header
from healthstats.intake.longkeys import ElementKeys, GroupKeys, Problems
from healthstats.intake.numbers import MOST_DIGITS, Parsed, parse_cell
from healthstats.intake.records import BrokenCsv, Records, read_records
from healthstats.intake.rules import Rules

MOST_RAGGED = 50
_BITS = 16


def read_long_csv(text: str, context: Context) -> Reading | None:
    """None if the header is not that of a long CSV. A file that is no CSV has no cells and an error finding."""
    header = find_header(text, context)
    if header is None:
        return None
    if header.twice:
        return _refused(
            Finding("CSV_HEADING_TWICE", "error", cell="A1", text=header.twice, params={"label": header.twice})
        )
    reader = _LongReader(header, context)
    try:
        with _without_collector():
            for records in read_records(text, header.delimiter):
                reader.take(records)
            return reader.reading()
    except BrokenCsv as broken:
        return _refused(Finding(broken.code, "error", cell=cell_name(broken.line, 1), params={"line": broken.line}))


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


def _refused(finding: Finding) -> Reading:
    return Reading("csv", findings=(finding,))


class _LongReader:
    def __init__(self, header: Header, context: Context) -> None:
        self.header, self.context = header, context
        self.draft = Draft("csv")
        self.problems = Problems()
        self.elements = ElementKeys(context, self.draft, self.problems)
        self.groups = GroupKeys(context, self.draft, self.problems)
        self.column = header.columns["value"]
        self.places: dict[int, int] = {}
        self.again: dict[int, list[int]] = {}
        self.ragged = 0
        self.ignored = dict.fromkeys(header.other, 0)

    def take(self, records: Records) -> None:
        for line, fields in records.ragged:
            self._ragged(line, fields)
        for column in self.ignored:
            self.ignored[column] += sum(map(bool, records.columns[column - 1]))
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
        self.draft.item(position, item)
        if known is None:
            self.places[group << _BITS | element] = position
        else:
            self.again.setdefault(known, [known]).append(position)

    def _parse(self, element: int, text: str) -> tuple[Parsed, Form]:
        found = self.elements.found[element]
        form = self.context.definitions.forms[found.form]
        return parse_cell(text, found.type, form.markers), form

    def _repeats(self, known: int, found: Parsed, line: int) -> bool:
        """A record that says again what an earlier one said adds nothing: it counts as blank, with a finding."""
        seen = self.draft.observations
        if not seen.accepted[known] or seen.value[known] != found.value:
            return False
        self.draft.blank()
        self.draft.at(known, "RECORD_REPEATED", "warning", line=line)
        return True

    def _ragged(self, line: int, fields: int) -> None:
        self.draft.reject()
        self.ragged += 1
        if self.ragged <= MOST_RAGGED:
            params: dict[str, str | int] = {
                "fields": fields,
                "expected": len(self.header.columns) + len(self.header.other),
            }
            self.draft.findings.append(Finding("RAGGED_RECORD", "error", cell=cell_name(line, 1), params=params))

    def reading(self) -> Reading:
        if not self.draft.counts.found:
            self.draft.findings.append(Finding("CSV_NO_RECORDS", "error", cell="A1"))
        counts = self.draft.counts
        if counts.found and counts.found == counts.blank:
            self.draft.findings.append(
                Finding("REPORT_EMPTY", "warning", cell="A1", params={"name": self.context.name})
            )
        if self.ragged > MOST_RAGGED:
            self.draft.findings.append(Finding("RAGGED_RECORDS", "error", params={"records": self.ragged}))
        self.draft.findings += [problem.told(self.header.columns) for problem in self.problems.known if problem.records]
        for column, label in self.header.other.items():
            if self.ignored[column]:
                params: dict[str, str | int] = {"label": label or cell_name(1, column), "cells": self.ignored[column]}
                self.draft.findings.append(Finding("IGNORED_COLUMN", "info", cell=cell_name(1, column), params=params))
                self.draft.counts.ignored += self.ignored[column]
        self._hold_rivals()
        self._judge()
        return self.draft.reading()

    def _hold_rivals(self) -> None:
        """Two values for one figure: nobody can say which holds, so neither does."""
        rows = self.draft.observations.row
        for positions in self.again.values():
            for position in positions:
                others = ", ".join(str(rows[other]) for other in positions[:4] if other != position)
                self.draft.at(position, "RECORD_TWICE", "error", others=others)
            for position in positions:
                self.draft.quarantine(position)

    def _judge(self) -> None:
        """Asks each form's rules of each report, item by item."""
        seen = self.draft.observations
        codes = [element.element for element in self.elements.found]
        forms = self.context.definitions.forms
        rules: dict[str, tuple[Rules, list[int]]] = {}
        for number, (report, _) in enumerate(self.groups.groups):
            form = forms[self.draft.reports[report].form]
            if form.form not in rules:
                asked = {code for rule in form.rules for code in (rule.left, *rule.right)}
                own = [index for index, code in enumerate(codes) if code in asked]
                rules[form.form] = (Rules(form, [codes[index] for index in own], self.elements.elements), own)
            rule, own = rules[form.form]
            positions = [self.places.get(number << _BITS | element) for element in own]
            known = [at for at in positions if at is not None and seen.accepted[at]]
            if len(known) < len(own) or not rule.hold([seen.value[at] for at in known]):
                rule.judge(self.draft, positions)
