"""A thousand mistakes planted in the second year of synthetic facilities, at most one in a report."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from facilities import MONTHS, Months

PARTS = ("female", "insured", "traditional", "under15")
SIBLINGS = (
    tuple(f"outpatient_visits_{part}" for part in PARTS),
    tuple(f"inpatient_stays_{part}" for part in PARTS),
    ("lab_tests", "xrays", "ultrasounds", "ct_scans", "mri_scans"),
    ("beds_planned", "beds_actual"),
)  # fmt: skip
STOCKS = ("facilities", "beds_planned", "beds_actual")
YEAR = 12
ENOUGH_MONTHS = 2
_SPARE = 40
"""Places more than mistakes: some have no room for any."""


@dataclass(frozen=True, slots=True)
class Planted:
    """`signature` in `facility`'s report of `month` (0 to 23) as its title has it; `cells` are those that it changed,
    none where the whole report is meant. `hidden` says why no level can show it: fewer than ENOUGH_MONTHS before it
    (`no past`), or every figure that it wrote lies where the facility truly was in some other month (`no change`)."""

    signature: str
    facility: int
    month: int
    cells: frozenset[str] = frozenset()
    hidden: Literal["", "no past", "no change"] = ""


@dataclass(slots=True)
class World:
    """What is true, what is sent instead, by facility, and what was planted. A report whose title names the year
    before stands in `misdated` under its true month."""

    true: list[Months]
    sent: list[Months]
    planted: list[Planted] = field(default_factory=list)
    misdated: set[tuple[int, int]] = field(default_factory=set)


Change = Callable[["World", random.Random, int, int], "Planted | None"]


def plant(true: list[Months], seed: int) -> World:
    """WANTED of each signature; a place where a mistake would change nothing is no place for it."""
    world, chance = World(true, [dict(months) for months in true]), random.Random(seed)
    free = [(f, m) for f, months in enumerate(true) for m in months if m >= YEAR]
    chance.shuffle(free)
    left = {signature: wanted for signature, (wanted, _) in WANTED.items()}
    # month after month: what is pasted is what was sent, mistakes and all
    places = sorted(free[: sum(left.values()) + _SPARE], key=lambda place: place[1])
    for facility, month in places:
        still = [signature for signature, wanted in left.items() if wanted]
        for signature in sorted(still, key=lambda one: -left[one] * chance.random()):
            if made := WANTED[signature][1](world, chance, facility, month):
                world.planted.append(made)
                left[signature] -= 1
                break
    return world


def _same(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    return _pasted(world, "same as last month", facility, month, month - 1)


def _copied(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    return _pasted(world, "month copied", facility, month, month - chance.randint(2, 12))


def _pasted(world: World, signature: str, facility: int, month: int, other: int) -> Planted | None:
    months = world.sent[facility]
    # what was sent, mistakes and all; a copy of what the report says anyway is none
    if other not in world.true[facility] or (facility, other) in world.misdated or months[other] == months[month]:
        return None
    months[month] = dict(months[other])
    return Planted(signature, facility, month)


def _scale(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    figures = world.sent[facility][month]
    code = chance.choice([code for code, value in figures.items() if value] or ["facilities"])
    factor = chance.choice((10, 10, 100, 1000))
    value = figures[code] * factor if chance.random() < 0.5 else figures[code] // factor
    return _changed(world, "scale", (facility, month), {code: value})


def _exchanged(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    figures = world.sent[facility][month]
    one, other = chance.sample(chance.choice(SIBLINGS), 2)
    if figures[one] == figures[other]:
        return None
    return _changed(world, "siblings exchanged", (facility, month), {one: figures[other], other: figures[one]})


def _running(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    """The true months of the year added up."""
    year = {m: f for m, f in world.true[facility].items() if YEAR <= m <= month}
    if len(year) < 2:
        return None
    total = {code: sum(f[code] for f in year.values()) for code in year[month] if code not in STOCKS}
    world.sent[facility][month] = world.sent[facility][month] | total
    few = _past(world, facility, month) < ENOUGH_MONTHS
    return Planted("running total", facility, month, hidden="no past" if few else "")


def _running_cell(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    year = {m: f for m, f in world.true[facility].items() if YEAR <= m <= month}
    code = chance.choice([code for code, value in year[month].items() if value and code not in STOCKS] or [""])
    total = sum(figures.get(code, 0) for figures in year.values())
    if len(year) < 2 or not code or total == year[month][code]:
        return None
    return _changed(world, "running total in a cell", (facility, month), {code: total})


def _built(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    figures = world.sent[facility][month]
    total = chance.choice(("outpatient_visits", "inpatient_stays"))
    parts = [code for code in figures if code.startswith(f"{total}_") and figures[code]]
    if len(parts) < 2:
        return None
    value = sum(figures[part] for part in chance.sample(parts, chance.randint(2, len(parts))))
    if value == figures[total]:
        return None
    return _changed(world, "total of parts", (facility, month), {total: value})


def _misdated(world: World, chance: random.Random, facility: int, month: int) -> Planted | None:
    if month - 12 not in world.true[facility]:
        return None
    world.misdated.add((facility, month))
    return Planted("year in title", facility, month - 12)


def _changed(world: World, signature: str, place: tuple[int, int], cells: dict[str, int]) -> Planted:
    facility, month = place
    world.sent[facility][month] = world.sent[facility][month] | cells
    hidden: Literal["", "no past", "no change"] = ""
    if _past(world, facility, month) < ENOUGH_MONTHS:
        hidden = "no past"
    elif all(_was(world, place, code, value) for code, value in cells.items()):
        hidden = "no change"
    return Planted(signature, facility, month, frozenset(cells), hidden)


def _was(world: World, place: tuple[int, int], code: str, value: int) -> bool:
    """Whether the facility's true figures of other months reach as far as this one."""
    facility, month = place
    others = [figures[code] for other, figures in world.true[facility].items() if other != month]
    return min(others, default=value + 1) <= value <= max(others, default=value - 1)


def _past(world: World, facility: int, month: int) -> int:
    return sum(month - 24 <= other < month for other in world.sent[facility])


WANTED: dict[str, tuple[int, Change]] = {
    "year in title": (80, _misdated),
    "same as last month": (120, _same),
    "month copied": (120, _copied),
    "scale": (220, _scale),
    "siblings exchanged": (150, _exchanged),
    "running total": (100, _running),
    "running total in a cell": (60, _running_cell),
    "total of parts": (90, _built),
}
"""With 60 decreases in a cumulative form, planted apart: 1,000."""
assert MONTHS == 2 * YEAR
