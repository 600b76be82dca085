"""What a campaign prints: one line of counts a test."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

KINDS = ("lost", "double", "torn", "false acknowledgements", "other")


def kind(fault: str) -> str:
    """The column in which a fault of the checker is counted."""
    if fault.startswith("I3"):
        return "false acknowledgements"
    if fault.startswith("I6") and fault.endswith("is gone"):
        return "lost"
    return {"I1": "torn", "I2": "double"}.get(fault[:2], "other")


@dataclass
class Tally:
    """Points tried, those that acknowledged (or caught), and the points at which there was a fault of each kind."""

    name: str
    right: str = "acknowledged"
    tried: int = 0
    came_right: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, point: object, right: bool, faults: list[str]) -> None:
        self.tried += 1
        self.came_right += right
        self.faults.update({kind(fault) for fault in faults})
        self.examples += [f"{point}: {fault}" for fault in faults[:1]]

    def line(self) -> str:
        kinds = " · ".join(f"{each} {self.faults[each]}" for each in KINDS)
        return f"{self.name:<36} tried {self.tried:>5} · {self.right:<12} {self.came_right:>5} · {kinds}"
