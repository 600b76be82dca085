"""A monthly form of cumulative counters, as a department is sent by VNeID: made up, and 60 of its figures fall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from facilities import FACILITIES, MONTHS
from planting import YEAR, Planted

ELEMENTS = ("health_books", "transfers_shown", "appointments_shown")
WANTED = 60
FORM = """\
form = "counters"
source = "Dữ liệu mô phỏng"
row = "facility"
name = "Biểu mô phỏng: số lũy kế"

[[edition]]
edition = "1"
valid_from = 2020-01-01
frequency = "month"
deadline_days = 5
accumulates = "ever"
source = "Dữ liệu mô phỏng"
columns = [
  ["facility.name", "Cơ sở"], ["health_books", "Sổ"], ["transfers_shown", "Chuyển"], ["appointments_shown", "Hẹn"],
]
"""


@dataclass(slots=True)
class Counters:
    """`sent` by facility, element and month."""

    sent: np.ndarray
    planted: list[Planted] = field(default_factory=list)

    def of(self, month: int) -> Iterator[tuple[int, str, int]]:
        for facility in range(FACILITIES):
            for place, name in enumerate(ELEMENTS):
                yield facility, name, int(self.sent[facility, place, month])


def write_form(root: Path) -> None:
    (root / "pipelines/forms").mkdir(exist_ok=True)
    (root / "pipelines/forms/counters.toml").write_text(FORM, "utf-8")
    lines = [f"{name},counters,cumulative,count,lượt,times,{name},{name}" for name in ELEMENTS]
    heading = "element,form,kind,type,unit_vi,unit_en,name_vi,name_en"
    (root / "pipelines/elements_counters.csv").write_text("\n".join((heading, *lines, "")), "utf-8")


def plant(seed: int) -> Counters:
    """A month that counts the month alone, a digit lost, or a count below the last by a hundredth to a third."""
    chance = np.random.default_rng(seed + 1)
    pace = np.exp(chance.uniform(0, 6, (FACILITIES, len(ELEMENTS), 1)))
    months = chance.poisson(pace * np.exp(chance.normal(0, 0.5, (FACILITIES, len(ELEMENTS), MONTHS))))
    counters = Counters(months.cumsum(2))
    true = counters.sent.copy()
    places = [(f, m) for f in range(FACILITIES) for m in range(YEAR, MONTHS)]
    for number in chance.permutation(len(places)):
        facility, month = places[number]
        place = int(chance.integers(len(ELEMENTS)))
        last = int(true[facility, place, month - 1])
        wrong = (int(months[facility, place, month]), last // 10, int(last * chance.uniform(0.67, 0.99)))
        value = wrong[int(chance.integers(3))]
        if value < last and len(counters.planted) < WANTED:
            counters.sent[facility, place, month] = value
            counters.planted.append(Planted("decrease", facility, month, frozenset({ELEMENTS[place]})))
    return counters
