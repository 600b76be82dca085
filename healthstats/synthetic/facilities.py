"""The demo's made-up facilities: who they are, where, how big, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from healthstats.domain.period import Period

CITY = "79"
DISTRICTS = {f"{CITY}-MP{n}": f"{kind} Mô phỏng {n}" for n, kind in enumerate(["Quận"] * 4 + ["Huyện"] * 2, start=1)}
"""Code → name. No district of the country is called so, and none stands in the shipped register."""
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
class Spell:
    """Open from `start` to `end`, both inclusive, under this name and owner."""

    start: date
    end: date | None
    name: str
    ownership: str


@dataclass(frozen=True, slots=True)
class Facility:
    """`visits` is its usual number of outpatient visits a month, `beds` its beds; a successor takes both over."""

    code: str
    number: int
    kind: Kind
    district: str
    visits: int
    beds: int
    spells: tuple[Spell, ...]
    successor: str = ""
    stands_for: int = 1

    @property
    def alias(self) -> str:
        return f"{self.kind.short} Mô phỏng {self.number:02d}"

    @property
    def closed(self) -> date | None:
        return self.spells[-1].end

    def spell(self, day: date) -> Spell:
        """The spell that holds on that day, else the last before it, else the first."""
        begun = [spell for spell in self.spells if spell.start <= day]
        return begun[-1] if begun else self.spells[0]

    def name(self, day: date) -> str:
        return self.spell(day).name

    def open_in(self, period: Period) -> bool:
        return any(one.start <= period.end and (one.end is None or period.end <= one.end) for one in self.spells)


PUBLIC = Kind("Bệnh viện", "BV", "công lập", "bệnh viện", "tỉnh", 840)
MINISTRY = Kind("Bệnh viện Bộ ngành", "BV Bộ ngành", "bộ ngành", "bệnh viện", "trung ương", 810)
PRIVATE = Kind("Bệnh viện Tư nhân", "BVTN", "tư nhân", "bệnh viện", "tỉnh", 560)
CENTRE = Kind("Trung tâm Y tế", "TTYT", "công lập", "trung tâm y tế", "huyện", 860)
STATION = Kind("Trạm Y tế", "TYT", "công lập", "trạm y tế", "xã", 890)
CLINIC = Kind("Phòng khám", "PK", "tư nhân", "phòng khám", "huyện", 480)

SUMMED = "79106"
"""One line for the twelve stations of the last district: its centre sends only their sum."""
STATIONS = 13
"""Of each other district."""
_SIZES: tuple[tuple[Kind, tuple[tuple[int, int], ...]], ...] = (
    (PUBLIC, ((38_000, 800), (30_500, 660), (26_200, 550), (18_400, 360), (16_100, 320), (14_800, 280),
              (13_200, 260), (12_600, 240), (11_300, 220), (10_400, 180), (9_700, 170), (6_900, 120),
              (14_100, 300), (12_900, 250), (11_800, 210), (10_900, 190), (9_300, 160), (8_800, 150))),
    (MINISTRY, ((20_300, 450), (15_700, 330), (12_100, 280), (12_800, 180))),
    (PRIVATE, ((9_200, 150), (8_100, 120), (7_400, 110), (5_600, 80), (6_300, 90), (5_900, 60),
               (4_800, 70), (7_700, 100), (3_900, 50), (6_600, 95), (5_100, 75), (12_800, 140))),
    (CENTRE, ((9_300, 130), (8_200, 110), (7_600, 100), (8_900, 120), (6_700, 90), (7_100, 90))),
    (STATION, (*((850 + 277 * n % 1_100, 0) for n in range(5 * STATIONS)), (15_900, 0))),
    (CLINIC, tuple((1_500 + 733 * n % 2_900, 0) for n in range(44))),
)  # fmt: skip

_MERGED, _RENAMED, _TAKEN_OVER = "79012", "79018", "79022"
_DATES: dict[str, tuple[tuple[date, date | None], ...]] = {
    _MERGED: ((OPENED, date(2022, 6, 30)),),
    "79034": ((date(2023, 4, 1), None),),
    "79117": ((date(2022, 9, 1), None),),
    # shut in the pandemic, open again
    "79128": ((OPENED, date(2021, 6, 30)), (date(2022, 3, 1), None)),
    "79150": ((OPENED, date(2022, 12, 31)),),
}
"""Of those that were not simply open all the time."""


def _spells(code: str, name: str, kind: Kind) -> tuple[Spell, ...]:
    if code == _RENAMED:
        new = name.replace("Bệnh viện", "Bệnh viện Đa khoa")
        return Spell(OPENED, date(2021, 12, 31), name, kind.ownership), Spell(date(2022, 1, 1), None, new, "công lập")
    if code == _TAKEN_OVER:
        return (
            Spell(OPENED, date(2022, 12, 31), name, kind.ownership),
            Spell(date(2023, 1, 1), None, name, "công lập"),
        )
    return tuple(Spell(start, end, name, kind.ownership) for start, end in _DATES.get(code, ((OPENED, None),)))


def _facilities() -> Iterator[Facility]:
    code, districts = int(CITY) * 1000, [*DISTRICTS]
    for kind, sizes in _SIZES:
        for number, (visits, beds) in enumerate(sizes, start=1):
            code += 1
            name = f"{kind.title} Mô phỏng {number:02d}"
            if str(code) == SUMMED:
                name = f"{kind.title} – {CENTRE.title} Mô phỏng {len(districts):02d}"
            place = (number - 1) // STATIONS if kind is STATION else (number - 1) % len(districts)
            yield Facility(
                str(code), number, kind, districts[place], visits, beds, _spells(str(code), name, kind),
                successor="79011" if str(code) == _MERGED else "",
                stands_for=12 if str(code) == SUMMED else 1,
            )  # fmt: skip


FACILITIES = {facility.code: facility for facility in _facilities()}
