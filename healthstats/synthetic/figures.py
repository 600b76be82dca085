"""Yearly totals → every facility's monthly figures: whole numbers, the same on every machine.

The growth of the demo stands only here, as totals of the cells that are accepted; what a planted fault takes away
comes on top of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from healthstats.domain.period import Period
from healthstats.synthetic.chance import wobble
from healthstats.synthetic.facilities import CLINIC, FACILITIES, MINISTRY, PRIVATE, PUBLIC, STATION, Facility

Key = tuple[str, str]
"""A facility's code and a month's: ("79001", "2023-08")."""
Figures = Mapping[Key, Mapping[str, int]]

YEARS = (2020, 2021, 2022, 2023)
TOTALS: dict[str, dict[int, int]] = {
    "outpatient_visits": {2020: 6_798_647, 2021: 4_388_210, 2022: 6_491_064, 2023: 7_203_781},
    "outpatient_visits_insured": {2020: 5_253_216, 2021: 3_232_905, 2022: 4_804_445, 2023: 5_618_949},
    "inpatient_stays": {2020: 430_446, 2021: 311_902, 2022: 424_010, 2023: 441_311},
    "inpatient_stays_insured": {2020: 352_713, 2021: 251_180, 2022: 340_572, 2023: 371_647},
}
_USUAL = (92, 86, 101, 98, 100, 102, 103, 105, 104, 103, 101, 105)
SEASON = {
    2020: (97, 92, 88, 64, 90, 102, 106, 96, 103, 108, 107, 109),
    2021: (104, 92, 106, 103, 92, 71, 44, 33, 48, 77, 93, 101),
}
"""The pandemic's years; the others are _USUAL."""
TREND = {PRIVATE: {2020: 860, 2021: 840, 2023: 1090}, CLINIC: {2020: 900, 2023: 1060}, MINISTRY: {2023: 1030}}
"""Thousandths of the usual size, where not 1000."""
_MERGED = tuple(facility for facility in FACILITIES.values() if facility.successor)


def months(year: int) -> tuple[Period, ...]:
    return Period("year", year).months


def monthly_figures(years: Iterable[int], lost: Callable[[str, str, str], bool]) -> Figures:
    """Every open facility's figures by month; `lost(code, month, element)` names cells that a fault takes away."""
    figures: dict[Key, dict[str, int]] = {}
    for year in years:
        keys = [(code, month) for code, f in FACILITIES.items() for month in months(year) if f.open_in(month)]
        visits = _spread("outpatient_visits", year, {(c, m.code): _visits(FACILITIES[c], m) for c, m in keys}, lost)
        stays = _spread("inpatient_stays", year, {(c, m.code): _stays(FACILITIES[c], m) for c, m in keys}, lost)
        insured = _spread("outpatient_visits_insured", year, {k: n * _insured(k) for k, n in visits.items()}, lost)
        insured_stays = _spread("inpatient_stays_insured", year, {k: n * _insured(k) for k, n in stays.items()}, lost)
        for code, month in keys:
            key = (code, month.code)
            figures[key] = _report(FACILITIES[code], month, visits[key], stays[key])
            figures[key]["outpatient_visits_insured"] = insured[key]
            figures[key]["inpatient_stays_insured"] = insured_stays[key]
    return figures


def shares(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Whole numbers in proportion to the weights that add up to the total: the largest remainders get one more."""
    whole = sum(weights.values())
    parts = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(total * weights[key] % whole), key))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def _spread(
    element: str, year: int, weights: Mapping[Key, int], lost: Callable[[str, str, str], bool]
) -> dict[Key, int]:
    total = TOTALS[element][year]
    accepted = {key: weight for key, weight in weights.items() if not lost(*key, element)}
    whole = sum(accepted.values())
    return {key: total * weight // whole for key, weight in weights.items()} | shares(total, accepted)


def _taken_in(facility: Facility, month: Period) -> list[Facility]:
    """The facility with all that were merged into it before the month."""
    return [facility] + [
        other
        for other in _MERGED
        if other.successor == facility.code and other.closed is not None and other.closed < month.start
    ]


def _weight(facility: Facility, month: Period, size: int, salt: int) -> int:
    season = SEASON.get(month.year, _USUAL)
    trend = TREND.get(facility.kind, {}).get(month.year, 1000)
    return size * season[month.index - 1] * trend * (1000 + wobble(facility.code, month.code, salt, 35))


def _visits(facility: Facility, month: Period) -> int:
    return _weight(facility, month, sum(f.visits for f in _taken_in(facility, month)), 1)


def _stays(facility: Facility, month: Period) -> int:
    return _weight(facility, month, sum(f.beds for f in _taken_in(facility, month)), 2)


def _insured(key: Key) -> int:
    return FACILITIES[key[0]].kind.insured + wobble(*key, 3, 25)


def _report(facility: Facility, month: Period, visits: int, stays: int) -> dict[str, int]:
    def part(whole: int, thousandths: int, salt: int) -> int:
        return whole * (thousandths + wobble(facility.code, month.code, salt, thousandths // 12)) // 1000

    beds = sum(f.beds for f in _taken_in(facility, month))
    traditional = {STATION: 240, CLINIC: 90}.get(facility.kind, 45)
    hospital = facility.beds > 0
    scanners = facility.beds >= 150
    days = part(stays, 6400, 9)
    return {
        "facilities": facility.stands_for,
        "beds_planned": beds,
        "beds_actual": beds + beds * (month.year - 2018) // 60,
        "outpatient_visits": visits,
        "outpatient_visits_female": part(visits, 553, 4),
        "outpatient_visits_traditional": part(visits, traditional, 5),
        "outpatient_visits_under15": part(visits, 172, 6),
        "preventive_visits": part(visits, 310 if facility.kind is STATION else 58, 7),
        "inpatient_stays": stays,
        "inpatient_stays_female": part(stays, 541, 8),
        "inpatient_stays_traditional": part(stays, 52, 10),
        "inpatient_stays_under15": part(stays, 164, 11),
        "inpatient_days": days,
        "lab_tests": part(visits, 1450 if hospital else 120, 12) + 4 * days if hospital else part(visits, 120, 12),
        "xrays": part(visits, 135, 13) if facility.kind is not STATION else 0,
        "ultrasounds": part(visits, 180 if facility.kind is not STATION else 30, 14),
        "ct_scans": part(visits, 31, 15) if scanners else 0,
        "mri_scans": part(visits, 12, 16) if scanners and facility.kind is not CLINIC else 0,
        "referrals_out": part(visits, 14 if facility.kind in (PUBLIC, MINISTRY) else 38, 17),
    }
