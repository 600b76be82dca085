"""Two synthetic years of 200 facilities, made to be like months that people live through, not like the rules.

Sizes, seasons, growth, steps, closures, epidemics, broken machines and empty columns are drawn once from a fixed seed;
nothing here was set after looking at what the rules find. ORDINARY is the world beside which thresholds were set;
ROUGH was made afterwards, with other seeds, to see what they are worth elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FACILITIES, MONTHS = 200, 24
Series = npt.NDArray[np.float64]
Months = dict[int, dict[str, int]]
"""Month (0 to 23) → element → figure; a month without a report is absent."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Usual visits a month (least, most), whether it has wards, machines, and its shares of visits."""

    name: str
    share: float
    visits: tuple[int, int]
    wards: bool
    machines: bool
    insured: float


KINDS = (
    Kind("bệnh viện", 0.14, (7_000, 45_000), True, True, 0.82),
    Kind("trung tâm y tế", 0.16, (2_500, 11_000), True, False, 0.86),
    Kind("bệnh viện tư nhân", 0.10, (1_500, 9_000), True, True, 0.55),
    Kind("trạm y tế", 0.40, (150, 1_900), False, False, 0.89),
    Kind("phòng khám", 0.20, (200, 3_500), False, False, 0.45),
)


@dataclass(frozen=True, slots=True)
class Life:
    """How restless a world is: `swing` multiplies what wanders from month to month; `small` is the share of facilities
    that are commune stations, `least` multiplies the visits of the smallest of each kind; `growth` a year and its
    deviation; the shares of facilities that take a step, of services that break or change, of months with works in the
    building or without a report, and of facilities that open or close; `clumped` is the variance of a count beyond
    chance, as a share of its square."""

    name: str
    swing: float = 1.0
    small: float = 0.40
    least: float = 1.0
    growth: tuple[float, float] = (0.06, 0.08)
    steps: float = 0.08
    broken: float = 0.12
    changed: float = 0.04
    outages: float = 0.01
    unsent: float = 0.015
    opened: float = 0.04
    clumped: float = 0.0


ORDINARY = Life("ordinary")
ROUGH = Life("rough", 1.6, 0.58, 0.4, (0.12, 0.15), 0.16, 0.2, 0.1, 0.03, 0.04, 0.08, 0.01)
LIVES = {life.name: life for life in (ORDINARY, ROUGH)}

_SEASON = np.array([0.90, 0.82, 1.02, 0.98, 1.00, 1.01, 1.03, 1.05, 1.06, 1.05, 1.02, 1.06])
"""Tết takes a tenth or two of January and February."""
_CHILDREN = np.array([0.1, 0.0, 0.0, 0.05, 0.0, -0.1, -0.1, 0.05, 0.25, 0.3, 0.2, 0.1])
"""Respiratory months: added to the logit of the children's share."""


def make(seed: int, life: Life = ORDINARY) -> list[Months]:
    """Each facility's true months."""
    chance = np.random.default_rng(seed)
    shares = np.array([kind.share for kind in KINDS])
    station = [kind.name == "trạm y tế" for kind in KINDS]
    shares = np.where(station, life.small, shares * (1 - life.small) / (1 - shares[station].sum()))
    kinds = chance.choice(len(KINDS), FACILITIES, p=shares)
    return [_facility(KINDS[kind], chance, life) for kind in kinds]


def _facility(kind: Kind, chance: np.random.Generator, life: Life) -> Months:
    least, most = kind.visits
    base = float(np.exp(chance.uniform(*np.log((least * life.least, most)))))
    activity = _activity(chance, life)
    visits = _counted(chance, base * activity * np.exp(chance.normal(0, 0.03, MONTHS)), life)
    beds = round(base / 55) + 5 if kind.wards else (5 if chance.random() < 0.3 else 0)
    stays = (
        _counted(chance, base * 0.055 * activity * _wander(chance, life, 0.06), life)
        if kind.wards
        else np.zeros(MONTHS, int)
    )
    figures: dict[str, Series] = {
        "facilities": np.ones(MONTHS),
        "beds_planned": np.full(MONTHS, beds),
        "beds_actual": np.full(MONTHS, round(beds * chance.uniform(0.9, 1.3)))
        + np.repeat(chance.integers(0, 4, 2), 12),
        "outpatient_visits": visits,
        **_parts("outpatient_visits", visits, kind, (chance, life)),
        "preventive_visits": _counted(
            chance, base * chance.uniform(0.02, 0.3) * activity * _wander(chance, life, 0.15), life
        ),
        "inpatient_stays": stays,
        **_parts("inpatient_stays", stays, kind, (chance, life)),
        "inpatient_days": stays
        + _counted(chance, stays * chance.uniform(3.5, 6.5) * _wander(chance, life, 0.05), life),
        **_services(kind, visits, (chance, life)),
        "referrals_out": _counted(chance, visits * chance.uniform(0.005, 0.05) * _wander(chance, life, 0.12), life),
    }
    reported = _reported(chance, life)
    return {month: {code: int(row[month]) for code, row in figures.items()} for month in np.flatnonzero(reported)}


def _activity(chance: np.random.Generator, life: Life) -> Series:
    season = np.tile(_SEASON ** chance.uniform(0.5, 1.6), 2)
    growth = (1 + chance.normal(*life.growth)) ** (np.arange(MONTHS) / 12)
    activity: Series = season * growth * _wander(chance, life, chance.uniform(0.03, 0.12))
    if chance.random() < life.steps:
        # a new wing, a rival across the road, a lost contract
        activity[chance.integers(4, MONTHS) :] *= np.exp(chance.choice([-1, 1]) * chance.uniform(0.2, 0.5))
    for month in np.flatnonzero(chance.random(MONTHS) < life.outages):
        # works in the building, a doctor away
        activity[month] *= chance.uniform(0.1, 0.7)
    return activity


def _wander(chance: np.random.Generator, life: Life, swing: float) -> Series:
    """A factor for each month that remembers half of the month before."""
    step = chance.normal(0, swing * life.swing, MONTHS)
    for month in range(1, MONTHS):
        step[month] += 0.5 * step[month - 1]
    wandered: Series = np.exp(step)
    return wandered


def _counted(chance: np.random.Generator, expected: Series, life: Life) -> Series:
    """Counts by chance, clumped or not."""
    if life.clumped:
        expected = expected * chance.gamma(1 / life.clumped, life.clumped, expected.shape)
    counts: Series = chance.poisson(expected)
    return counts


def _parts(total: str, whole: Series, kind: Kind, by: tuple[np.random.Generator, Life]) -> dict[str, Series]:
    chance, life = by
    shares = {"female": 0.55, "insured": kind.insured, "traditional": 0.22 if not kind.wards else 0.04, "under15": 0.17}
    parts = {}
    for name, share in shares.items():
        place = np.log(share / (1 - share)) + chance.normal(0, 0.35) + chance.normal(0, 0.08 * life.swing, MONTHS)
        place += np.tile(_CHILDREN, 2) if name == "under15" else 0
        if chance.random() < life.changed:
            # a new insurance contract, a department that opened
            place[chance.integers(3, MONTHS) :] += chance.normal(0, 0.8)
        some = np.zeros(MONTHS) if name == "traditional" and chance.random() < 0.4 else 1 / (1 + np.exp(-place))
        parts[f"{total}_{name}"] = chance.binomial(whole.astype(int), some)
    return parts


def _services(kind: Kind, visits: Series, by: tuple[np.random.Generator, Life]) -> dict[str, Series]:
    chance, life = by
    usual = {"lab_tests": 1.6, "xrays": 0.14, "ultrasounds": 0.2, "ct_scans": 0.03, "mri_scans": 0.012}
    services = {}
    for name, rate in usual.items():
        has = kind.machines or (name == "lab_tests") or (name in ("xrays", "ultrasounds") and chance.random() < 0.6)
        row = _counted(chance, visits * rate * np.exp(chance.normal(0, 0.4)) * _wander(chance, life, 0.09), life) * has
        if has and name != "lab_tests" and chance.random() < life.broken:
            # broken, and repaired some months later
            broken = chance.integers(0, MONTHS)
            row[broken : broken + chance.integers(1, 4)] = 0
        if kind.machines and name in ("ct_scans", "mri_scans") and chance.random() < 0.15:
            # bought in the course of the two years
            row[: chance.integers(3, MONTHS)] = 0
        services[name] = row
    return services


def _reported(chance: np.random.Generator, life: Life) -> npt.NDArray[np.bool_]:
    reported = chance.random(MONTHS) > life.unsent
    if chance.random() < life.opened:
        reported[: chance.integers(2, 18)] = False
    if chance.random() < life.opened:
        closed = chance.integers(2, MONTHS)
        reported[closed : closed + chance.integers(1, 5)] = False
    return reported
