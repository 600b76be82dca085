"""Two synthetic years of 200 facilities, made to be like months that people live through, not like the rules.

Sizes, seasons, growth, steps, closures, epidemics, broken machines and empty columns are drawn once from a fixed seed;
nothing here was set after looking at what the rules find.
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
_SEASON = np.array([0.90, 0.82, 1.02, 0.98, 1.00, 1.01, 1.03, 1.05, 1.06, 1.05, 1.02, 1.06])
"""Tết takes a tenth or two of January and February."""
_CHILDREN = np.array([0.1, 0.0, 0.0, 0.05, 0.0, -0.1, -0.1, 0.05, 0.25, 0.3, 0.2, 0.1])
"""Respiratory months: added to the logit of the children's share."""


def make(seed: int) -> list[Months]:
    """Each facility's true months."""
    chance = np.random.default_rng(seed)
    kinds = chance.choice(len(KINDS), FACILITIES, p=[kind.share for kind in KINDS])
    return [_facility(KINDS[kind], chance) for kind in kinds]


def _facility(kind: Kind, chance: np.random.Generator) -> Months:
    base = float(np.exp(chance.uniform(*np.log(kind.visits))))
    activity = _activity(chance)
    visits = chance.poisson(base * activity * np.exp(chance.normal(0, 0.03, MONTHS)))
    beds = round(base / 55) + 5 if kind.wards else (5 if chance.random() < 0.3 else 0)
    stays = chance.poisson(base * 0.055 * activity * _wander(chance, 0.06)) if kind.wards else np.zeros(MONTHS, int)
    figures: dict[str, Series] = {
        "facilities": np.ones(MONTHS),
        "beds_planned": np.full(MONTHS, beds),
        "beds_actual": np.full(MONTHS, round(beds * chance.uniform(0.9, 1.3)))
        + np.repeat(chance.integers(0, 4, 2), 12),
        "outpatient_visits": visits,
        **_parts("outpatient_visits", visits, kind, chance),
        "preventive_visits": chance.poisson(base * chance.uniform(0.02, 0.3) * activity * _wander(chance, 0.15)),
        "inpatient_stays": stays,
        **_parts("inpatient_stays", stays, kind, chance),
        "inpatient_days": stays + chance.poisson(stays * chance.uniform(3.5, 6.5) * _wander(chance, 0.05)),
        **_services(kind, visits, chance),
        "referrals_out": chance.poisson(visits * chance.uniform(0.005, 0.05) * _wander(chance, 0.12)),
    }
    reported = _reported(chance)
    return {month: {code: int(row[month]) for code, row in figures.items()} for month in np.flatnonzero(reported)}


def _activity(chance: np.random.Generator) -> Series:
    season = np.tile(_SEASON ** chance.uniform(0.5, 1.6), 2)
    growth = (1 + chance.normal(0.06, 0.08)) ** (np.arange(MONTHS) / 12)
    activity: Series = season * growth * _wander(chance, chance.uniform(0.03, 0.12))
    if chance.random() < 0.08:
        # a new wing, a rival across the road, a lost contract
        activity[chance.integers(4, MONTHS) :] *= np.exp(chance.choice([-1, 1]) * chance.uniform(0.2, 0.5))
    for month in np.flatnonzero(chance.random(MONTHS) < 0.01):
        # works in the building, a doctor away
        activity[month] *= chance.uniform(0.1, 0.7)
    return activity


def _wander(chance: np.random.Generator, swing: float) -> Series:
    """A factor for each month that remembers half of the month before."""
    step = chance.normal(0, swing, MONTHS)
    for month in range(1, MONTHS):
        step[month] += 0.5 * step[month - 1]
    wandered: Series = np.exp(step)
    return wandered


def _parts(total: str, whole: Series, kind: Kind, chance: np.random.Generator) -> dict[str, Series]:
    shares = {"female": 0.55, "insured": kind.insured, "traditional": 0.22 if not kind.wards else 0.04, "under15": 0.17}
    parts = {}
    for name, share in shares.items():
        place = np.log(share / (1 - share)) + chance.normal(0, 0.35) + chance.normal(0, 0.08, MONTHS)
        place += np.tile(_CHILDREN, 2) if name == "under15" else 0
        if chance.random() < 0.04:
            # a new insurance contract, a department that opened
            place[chance.integers(3, MONTHS) :] += chance.normal(0, 0.8)
        some = np.zeros(MONTHS) if name == "traditional" and chance.random() < 0.4 else 1 / (1 + np.exp(-place))
        parts[f"{total}_{name}"] = chance.binomial(whole.astype(int), some)
    return parts


def _services(kind: Kind, visits: Series, chance: np.random.Generator) -> dict[str, Series]:
    usual = {"lab_tests": 1.6, "xrays": 0.14, "ultrasounds": 0.2, "ct_scans": 0.03, "mri_scans": 0.012}
    services = {}
    for name, rate in usual.items():
        has = kind.machines or (name == "lab_tests") or (name in ("xrays", "ultrasounds") and chance.random() < 0.6)
        row = chance.poisson(visits * rate * np.exp(chance.normal(0, 0.4)) * _wander(chance, 0.09)) * has
        if has and name != "lab_tests" and chance.random() < 0.12:
            # broken, and repaired some months later
            broken = chance.integers(0, MONTHS)
            row[broken : broken + chance.integers(1, 4)] = 0
        if kind.machines and name in ("ct_scans", "mri_scans") and chance.random() < 0.15:
            # bought in the course of the two years
            row[: chance.integers(3, MONTHS)] = 0
        services[name] = row
    return services


def _reported(chance: np.random.Generator) -> npt.NDArray[np.bool_]:
    reported = chance.random(MONTHS) > 0.015
    if chance.random() < 0.04:
        reported[: chance.integers(2, 18)] = False
    if chance.random() < 0.04:
        closed = chance.integers(2, MONTHS)
        reported[closed : closed + chance.integers(1, 5)] = False
    return reported
