"""What one submission was read as: reports, observations in columns, findings, and where every cell went."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from healthstats.domain.finding import Finding

Verdict = Literal["accepted", "quarantined", "rejected"]
SCALE = 10_000
"""Values travel as integers of ten-thousandths: DECIMAL(18,4)."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One received file, identified by the sha256 of its bytes; `name` is for people, never a path to open;
    `received_at` is the wall clock in Vietnam, without a zone;
    `hints` is what the command line said of it, kept so that no later judgement forgets it."""

    submission: str
    name: str
    size: int
    received_at: datetime
    media: str
    hints: str = ""


@dataclass(slots=True)
class CellCounts:
    """found = accepted + quarantined + rejected + blank; checked and ignored stand outside that sum."""

    found: int = 0
    accepted: int = 0
    quarantined: int = 0
    rejected: int = 0
    blank: int = 0
    checked: int = 0
    ignored: int = 0

    def add(self, other: CellCounts) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __reduce__(self) -> tuple[type[CellCounts], tuple[object, ...]]:
        return CellCounts, _values(self)


Finality = Literal["", "preliminary", "estimate"]
"""Of figures: final, `sơ bộ`, `ước`."""


class Report(NamedTuple):
    """One form × facility (or area) × period as a file gives it. `replaces` is what a later one puts aside:
    a workbook the whole report, a long CSV only the elements it holds. `status`: what the file says of its figures
    where they are not final."""

    form: str
    edition: str
    facility: str | None
    area: str | None
    period: str
    sheet: str
    declared_revision: int = 0
    replaces: Literal["report", "elements"] = "report"
    status: Finality = ""


@dataclass(slots=True)
class ReportColumns:
    """Reports by number: one of the `kinds` (form, edition, period, …) of one of the `owners`. A kind holds '' for the
    facility, or for the area, that the owner is; `kind` and `owner` have one number a report."""

    kinds: list[Report] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    kind: array[int] = field(default_factory=lambda: array("I"))
    owner: array[int] = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.kind)

    def __getitem__(self, number: int) -> Report:
        kind, owner = self.kinds[self.kind[number]], self.owners[self.owner[number]]
        return kind._replace(area=owner) if kind.facility is None else kind._replace(facility=owner)

    def __iter__(self) -> Iterator[Report]:
        return map(self.__getitem__, range(len(self)))

    def column(self, name: str) -> tuple[Sequence[str | None], array[int]]:
        """The texts of one field, and which of them each report has."""
        texts = [*map(attrgetter(name), self.kinds)]
        return (self.owners, self.owner) if "" in texts and name in ("facility", "area") else (texts, self.kind)


@dataclass(slots=True)
class Observations:
    """Parallel columns, one entry an accepted or quarantined cell.

    `report` and `element` index Reading.reports and Reading.elements; `value` counts ten-thousandths and is 0 where
    `accepted` is 0 (stored as NULL); `row` and `column` are 1-based places on the report's sheet; `text` and `item`
    hold, by position, only what is not the plain value, and not ''; `qualifier` ≥, ≤ or ≈ where the value is a bound
    or about right; `status` what the cell itself says (preliminary, estimate) or a person decided of it (corrected,
    confirmed); `held` the value of a cell that is quarantined for no fault of its own."""

    report: array[int] = field(default_factory=lambda: array("I"))
    element: array[int] = field(default_factory=lambda: array("H"))
    value: array[int] = field(default_factory=lambda: array("q"))
    accepted: array[int] = field(default_factory=lambda: array("B"))
    row: array[int] = field(default_factory=lambda: array("I"))
    column: array[int] = field(default_factory=lambda: array("H"))
    text: MutableMapping[int, str] = field(default_factory=dict)
    item: MutableMapping[int, str] = field(default_factory=dict)
    qualifier: dict[int, str] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.value)

    def __reduce__(self) -> tuple[type[Observations], tuple[object, ...]]:
        return Observations, _values(self)


@dataclass(slots=True)
class CodedTexts(MutableMapping[int, str]):
    """Texts by position, as numbers: 0 for none, 1 for the first of `texts`."""

    codes: array[int]
    texts: list[str]

    def __getitem__(self, position: int) -> str:
        if not (code := self.codes[position]):
            raise KeyError(position)
        return self.texts[code - 1]

    def __setitem__(self, position: int, text: str) -> None:
        self.texts.append(text)
        self.codes[position] = len(self.texts)

    def __delitem__(self, position: int) -> None:
        self.codes[position] = 0

    def __iter__(self) -> Iterator[int]:
        return (position for position, code in enumerate(self.codes) if code)

    def __len__(self) -> int:
        return sum(map(bool, self.codes))


@dataclass(frozen=True, slots=True)
class UnknownFacility:
    """A facility that a file names and no register row fits: what a proposed register row is made from."""

    code: str
    name: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file found inside a mail or an archive, named by the way to it (`thư.eml › BC T8.xls`); `sent_at`, with its
    zone, is the date of the innermost mail around it."""

    name: str
    data: bytes
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The judgement of one submission's bytes under one set of definitions. `kept` says why a file without cells is
    evidence all the same: a container whose `attachments` were taken out, or a picture that awaits entry by hand.
    `alike` gives, by code and element, the positions of the cells at fault that no finding tells one by one; `factors`
    by sheet and element what the cells of a sheet in thousands or millions were multiplied by."""

    media: str
    reports: tuple[Report, ...] | ReportColumns = ()
    elements: tuple[str, ...] = ()
    observations: Observations = field(default_factory=Observations)
    findings: tuple[Finding, ...] = ()
    counts: CellCounts = field(default_factory=CellCounts)
    unknown: tuple[UnknownFacility, ...] = ()
    kept: Literal["", "opened", "by_hand"] = ""
    attachments: tuple[Attachment, ...] = ()
    sent_at: datetime | None = None
    alike: Mapping[tuple[str, str], array[int]] = field(default_factory=dict)
    factors: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """rejected: no cell could be read; quarantined: something awaits a person; accepted: nothing does."""
        if self.kept:
            return "accepted" if self.kept == "opened" else "quarantined"
        if self.counts.found == 0:
            return "rejected"
        whole = self.counts.accepted and not self.counts.quarantined and not self.counts.rejected
        return "accepted" if whole else "quarantined"

    def __reduce__(self) -> tuple[Callable[..., Reading], tuple[object, ...]]:
        # thirty reports, packed one by one, cost more than all their cells
        packed = [*zip(*self.reports, strict=True)] if isinstance(self.reports, tuple) else self.reports
        media, _, *rest = _values(self)
        return _unpacked, (media, packed, *rest)


def _unpacked(media: str, packed: list[tuple[Any, ...]] | ReportColumns, *rest: Any) -> Reading:
    return Reading(
        media, tuple(map(Report._make, zip(*packed, strict=True))) if isinstance(packed, list) else packed, *rest
    )


def _values(one: Reading | Observations | CellCounts) -> tuple[object, ...]:
    """The fields in their order: a dataclass with slots is slow to find them when it is sent to another process."""
    return tuple([getattr(one, name) for name in one.__slots__])


def cell_name(row: int, column: int) -> str:
    """1-based row and column → the address a spreadsheet shows: (12, 6) → `F12`."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"
