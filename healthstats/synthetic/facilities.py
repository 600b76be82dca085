"""The demo's forty made-up facilities: who they are, how big, and who sends in whose figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from healthstats.domain.period import Period

REGISTER = (
    "facility",
    "name",
    "area",
    "ownership",
    "type",
    "level",
    "valid_from",
    "valid_to",
    "successor",
    "area_before",
)
AREA = "79"
OPENED = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Kind:
    """What facilities of one kind share; `insured` is the usual share of insured visits, in thousandths."""

    title: str
    short: str
    ownership: str
    type: str
    level: str
    insured: int


@dataclass(frozen=True, slots=True)
class Facility:
    """`visits` is its usual number of outpatient visits a month, `beds` its beds; a successor takes both over."""

    code: str
    number: int
    kind: Kind
    visits: int
    beds: int
    opened: date = OPENED
    closed: date | None = None
    successor: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind.title} Mô phỏng {self.number:02d}"

    @property
    def alias(self) -> str:
        return f"{self.kind.short} Mô phỏng {self.number:02d}"

    def open_in(self, period: Period) -> bool:
        return self.opened <= period.end and (self.closed is None or period.end <= self.closed)


PUBLIC = Kind("Bệnh viện", "BV", "công lập", "bệnh viện", "tỉnh", 840)
MINISTRY = Kind("Bệnh viện Bộ ngành", "BV Bộ ngành", "bộ ngành", "bệnh viện", "trung ương", 810)
PRIVATE = Kind("Bệnh viện Tư nhân", "BVTN", "tư nhân", "bệnh viện", "tỉnh", 560)
CENTRE = Kind("Trung tâm Y tế", "TTYT", "công lập", "trung tâm y tế", "huyện", 860)
STATION = Kind("Trạm Y tế", "TYT", "công lập", "trạm y tế", "xã", 890)
CLINIC = Kind("Phòng khám", "PK", "tư nhân", "phòng khám", "huyện", 480)

_SIZES: tuple[tuple[Kind, tuple[tuple[int, int], ...]], ...] = (
    (PUBLIC, ((38_000, 800), (30_500, 660), (26_200, 550), (18_400, 360), (16_100, 320), (14_800, 280),
              (13_200, 260), (12_600, 240), (11_300, 220), (10_400, 180), (9_700, 170), (6_900, 120))),
    (MINISTRY, ((20_300, 450), (15_700, 330), (12_100, 280))),
    (PRIVATE, ((9_200, 150), (8_100, 120), (7_400, 110), (5_600, 80), (12_800, 180))),
    (CENTRE, ((9_300, 130), (8_200, 110))),
    (STATION, tuple((visits, 0) for visits in (1_850, 1_700, 1_400, 1_550, 1_250, 1_350, 1_100, 1_450, 980, 900))),
    (CLINIC, tuple((visits, 0) for visits in (3_900, 3_300, 2_900, 2_600, 2_300, 2_100, 1_700, 4_100))),
)  # fmt: skip

_EVENTS: dict[str, tuple[date, date | None, str]] = {
    "79012": (OPENED, date(2022, 6, 30), "79011"),
    "79020": (date(2023, 4, 1), None, ""),
    "79040": (OPENED, date(2022, 12, 31), ""),
}
"""Opened, closed, merged into: of those that did not simply go on."""
TAKEN_OVER = {"79015": (date(2023, 1, 1), "công lập")}
"""Facilities that changed ownership: from when, and to which."""


def _facilities() -> Iterator[Facility]:
    code = int(AREA) * 1000
    for kind, sizes in _SIZES:
        for number, (visits, beds) in enumerate(sizes, start=1):
            code += 1
            opened, closed, successor = _EVENTS.get(str(code), (OPENED, None, ""))
            yield Facility(str(code), number, kind, visits, beds, opened, closed, successor)


FACILITIES = {facility.code: facility for facility in _facilities()}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends one file a month, and the figures of which facilities stand in it, in the order printed."""

    name: str
    codes: tuple[str, ...]
    layout: Literal["workbook", "workbook with codes", "long"]
    aliases: bool = False


def _codes(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(code) for code in range(first, last + 1))


SENDERS = (
    *(Sender(FACILITIES[code].name, (code,), "workbook") for code in _codes(79001, 79003)),
    Sender("Phòng Nghiệp vụ Y Mô phỏng", _codes(79004, 79012) + _codes(79016, 79020), "workbook"),
    Sender("Khối bệnh viện bộ ngành Mô phỏng", _codes(79013, 79015), "workbook with codes"),
    Sender(FACILITIES["79021"].name, ("79021", *_codes(79023, 79027)), "workbook", aliases=True),
    Sender(FACILITIES["79022"].name, ("79022", *_codes(79028, 79032)), "workbook"),
    Sender("Nhóm phòng khám tư nhân Mô phỏng", _codes(79033, 79040), "long"),
)


def ownership(facility: Facility, day: date) -> str:
    since, owner = TAKEN_OVER.get(facility.code, (date.max, ""))
    return owner if day >= since else facility.kind.ownership


def register_rows() -> Iterator[tuple[str, ...]]:
    """The facility register under REGISTER: a facility that changed ownership has a row for each."""
    for facility in FACILITIES.values():
        starts = [facility.opened]
        if facility.code in TAKEN_OVER:
            starts.append(TAKEN_OVER[facility.code][0])
        ends = [start - timedelta(days=1) for start in starts[1:]] + [facility.closed]
        for start, end in zip(starts, ends, strict=True):
            yield (
                facility.code,
                facility.name,
                AREA,
                ownership(facility, start),
                facility.kind.type,
                facility.kind.level,
                start.isoformat(),
                end.isoformat() if end else "",
                facility.successor,
                "",
            )


def alias_rows() -> Iterator[tuple[str, str]]:
    for sender in SENDERS:
        if sender.aliases:
            for code in sender.codes:
                yield code, FACILITIES[code].alias
