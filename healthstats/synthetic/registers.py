"""The demo's registers: its facilities, districts, populations and plans, all made up."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from healthstats.definitions import shipped_pipelines
from healthstats.definitions.register_file import NewLine, rewritten
from healthstats.synthetic.facilities import CITY, DISTRICTS, FACILITIES
from healthstats.synthetic.senders import SENDERS

FACILITY = (
    "facility", "name", "area", "ownership", "type", "level", "valid_from", "valid_to", "successor", "area_before",
    "stands_for",
)  # fmt: skip
SOURCE = "Số mô phỏng, không phải số chính thức"
POPULATIONS = {2020: 2_610_000, 2021: 2_596_000, 2022: 2_641_000, 2023: 2_688_000}
PLANS = {
    "outpatient_visits": 7_000_000,
    "outpatient_visits_insured": 5_250_000,
    "inpatient_stays": 440_000,
    "inpatient_stays_insured": 360_000,
    "beds_planned": 8_500,
}
PLANNED = "2023"


def write_registers(folder: Path) -> None:
    """Writes the registers that are not empty; areas.csv and area_changes.csv are the shipped ones with the demo's
    districts, which end with the district level on 30/06/2025."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "facilities.csv", FACILITY, _facilities())
    _write(folder / "aliases.csv", ("facility", "alias"), _aliases())
    populations = ((CITY, str(year), str(people), SOURCE) for year, people in POPULATIONS.items())
    _write(folder / "populations.csv", ("area", "year", "population", "source"), populations)
    plans = (("", CITY, indicator, PLANNED, str(value), SOURCE) for indicator, value in PLANS.items())
    _write(folder / "plans.csv", ("facility", "area", "indicator", "period", "value", "source"), plans)
    for name, lines in (("areas", _districts()), ("area_changes", _district_changes())):
        shipped = (shipped_pipelines() / "registers" / f"{name}.csv").read_text("utf-8")
        (folder / f"{name}.csv").write_text(rewritten(shipped, {}, lines), "utf-8")


def _facilities() -> Iterator[tuple[str, ...]]:
    """A line a spell."""
    for one in FACILITIES.values():
        for spell in one.spells:
            yield (
                one.code,
                spell.name,
                one.district,
                spell.ownership,
                one.kind.type,
                one.kind.level,
                spell.start.isoformat(),
                spell.end.isoformat() if spell.end else "",
                one.successor,
                "",
                str(one.stands_for) if one.stands_for > 1 else "",
            )


def _aliases() -> Iterator[tuple[str, str]]:
    return ((code, FACILITIES[code].alias) for sender in SENDERS if sender.aliases for code in sender.codes)


def _districts() -> Iterator[NewLine]:
    for code, name in DISTRICTS.items():
        dates = {"valid_from": "2008-08-01", "valid_to": "2025-06-30"}
        yield NewLine({"area": code, "name": name, "level": "district", "parent": CITY, **dates})


def _district_changes() -> Iterator[NewLine]:
    return (NewLine({"old_area": code, "new_area": CITY, "effective_from": "2025-07-01"}) for code in DISTRICTS)


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
