"""What a form's header label matches on a sheet, and the part of a period that a heading names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from healthstats.domain.form import PLACEHOLDERS, Form
from healthstats.domain.period import Period
from healthstats.domain.reading import Finality
from healthstats.intake.figures.finality import of_label
from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.phrases import calendar_month, month_in, periods_in, year_in

_PLACEHOLDER = re.compile(rf"{{({'|'.join(PLACEHOLDERS)})}}")
_QUARTER = re.compile(r"(?:quy|quarter|q)? ?(iv|i{1,3}|[1-4])", re.ASCII)
_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Part:
    """What a column's labels say of its period: nothing, a month or a quarter of the sheet's year, a year, a period;
    `status` where they say that its figures are not final."""

    year: int | None = None
    month: int | None = None
    quarter: int | None = None
    whole: Period | None = None
    status: Finality = ""

    def period(self, year: int | None, financial_year_start: int) -> Period | None:
        """The period, in that year where the part names none; None where nobody names one."""
        year = self.year or year
        if self.whole or year is None:
            return self.whole
        if self.month:
            return calendar_month(year, self.month, financial_year_start)
        return Period("quarter", year, self.quarter) if self.quarter else Period("year", year)

    def merged(self, other: Part) -> Part:
        """A year above a month are one part."""
        return Part(
            self.year or other.year,
            self.month or other.month,
            self.quarter or other.quarter,
            self.whole or other.whole,
            self.status or other.status,
        )


NO_PART = Part()


class HeadPath:
    """The labels of one column as a form states them, top to bottom, with their other spellings."""

    def __init__(self, path: Iterable[str], form: Form, *, joined: bool = False) -> None:
        others = dict(form.labels)
        spellings = [(label, *others.get(label, ())) for label in path]
        # `Tháng 1 - Mắc` in one cell, as a CSV has it
        self.labels = [_Label(map(" ".join, product(*spellings)))] if joined else [*map(_Label, spellings)]
        self.leaf = self.labels[-1]

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, seen: tuple[str, ...]) -> Part | None:
        """What the observed labels name, if the path runs through them in order and ends at their leaf; else None."""
        found = self.leaf.part(seen[-1])
        above = iter(seen[:-1])
        for label in self.labels[:-1] if found is not None else ():
            part = next((part for text in above if (part := label.part(text)) is not None), None)
            if part is None:
                return None
            found = found.merged(part) if found and part is not NO_PART else found or part
        return found

    def shortened(self, seen: tuple[str, ...]) -> bool:
        """Whether the observed labels are the path's with some between its group and its leaf left out."""
        if len(seen) < 2 or self.leaf.part(seen[-1]) is None:
            return False
        own = iter(self.labels[:-1])
        return all(any(label.part(text) is not None for label in own) for text in seen[:-1])


class _Label:
    """One label: `literal` folded spellings, and `patterns` where a word for a period stands among other words."""

    def __init__(self, spellings: Iterable[str]) -> None:
        self.literal: set[str] = set()
        self.patterns: list[tuple[str, str, str]] = []
        for spelling in spellings:
            if match := _PLACEHOLDER.search(spelling):
                before, after = fold(spelling[: match.start()]), fold(spelling[match.end() :])
                self.patterns.append((before and f"{before} ", match[1], after and f" {after}"))
            else:
                self.literal.add(fold(spelling))

    def is_among(self, lowest: set[str]) -> bool:
        """Whether one of the labels may be this one."""
        return bool(self.patterns) or not self.literal.isdisjoint(lowest)

    @property
    def literal_only(self) -> bool:
        return not self.patterns

    def part(self, seen: str) -> Part | None:
        if seen in self.literal:
            return NO_PART
        for before, what, after in self.patterns:
            within = seen[len(before) : len(seen) - len(after)]
            if seen.startswith(before) and seen.endswith(after) and (part := named_part(what, within)):
                return part
        return None


@lru_cache(maxsize=4096)
def named_part(what: str, said: str) -> Part | None:
    """The part that folded words name, as `what` (one of PLACEHOLDERS) wants it: `thang 1`, `so bo 2023`, `quy ii`."""
    status, text = of_label(said)
    match what:
        case "month":
            month = _ROMAN.get(re.sub(r"^(?:thang|thg|th|t|month) ?", "", text)) or month_in(re.sub("^th? ", "", text))
            return Part(month=month, status=status) if month else None
        case "quarter":
            quarter = _QUARTER.fullmatch(text)
            return Part(quarter=_ROMAN.get(quarter[1]) or int(quarter[1]), status=status) if quarter else None
        case "year":
            year = year_in(text)
            return Part(year=year, status=status) if year else None
    whole = periods_in(text)
    return Part(whole=whole[0], status=status) if len(whole) == 1 else None


def spelt(path: Iterable[str], part: Part) -> str:
    """A path as a person would look for it: `Tháng 5 › Mắc`."""
    words: Mapping[str, object] = {
        "month": part.month, "quarter": part.quarter, "year": part.year, "period": part.whole,
    }  # fmt: skip
    return " › ".join(_PLACEHOLDER.sub(lambda match: str(words[match[1]] or match[0]), label) for label in path)
