"""The first line of a long CSV: which column is what, in any order, in Vietnamese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from healthstats.intake.context import Context
from healthstats.intake.csvfiles.records import first_record
from healthstats.intake.letters.text import fold

HEADINGS = {
    "facility": "facility.name",
    "co so": "facility.name",
    "co so y te": "facility.name",
    "don vi": "facility.name",
    "ten co so": "facility.name",
    "facility name": "facility.name",
    "ma cskcb": "facility.code",
    "ma co so": "facility.code",
    "facility code": "facility.code",
    "area": "facility.name",
    "dia ban": "facility.name",
    "period": "period",
    "ky": "period",
    "ky bao cao": "period",
    "thang": "period",
    "month": "period",
    "element": "element",
    "chi tieu": "element",
    "ma chi tieu": "element",
    "value": "value",
    "gia tri": "value",
    "so lieu": "value",
    "item": "item",
    "dong": "item",
    "form": "form",
    "bieu": "form",
    "bieu mau": "form",
}
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Header:
    """Role → 1-based column; `other` are the headings that are no role's."""

    delimiter: str
    columns: dict[str, int]
    other: dict[int, str]
    twice: str


def find_header(text: str, context: Context) -> Header | None:
    """The header of a long CSV, or None: `--facility` and `--period` stand in for a column that is not there."""
    for delimiter in DELIMITERS:
        labels = first_record(text, delimiter)
        roles = [HEADINGS.get(fold(label), "") for label in labels]
        columns = {role: number for number, role in enumerate(roles, 1) if role}
        other = {number: label for number, (label, role) in enumerate(zip(labels, roles, strict=True), 1) if not role}
        who = context.hints.facility or columns.keys() & {"facility.code", "facility.name"}
        when = context.hints.period or "period" in columns
        if {"element", "value"} <= columns.keys() and who and when:
            return Header(delimiter, columns, other, _said_twice(labels) or _meant_twice(labels, roles))
    return None


def _said_twice(labels: Sequence[str]) -> str:
    """The first heading that stands again further right, as it is written there."""
    seen: set[str] = set()
    for label in labels:
        key = fold(label)
        if key in seen and label.strip():
            return label
        seen.add(key)
    return ""


def _meant_twice(labels: Sequence[str], roles: Sequence[str]) -> str:
    """The first of two headings of one role."""
    times = Counter(roles)
    return next((label for label, role in zip(labels, roles, strict=True) if role and times[role] > 1), "")
