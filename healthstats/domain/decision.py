"""What a person decided of a finding: kept beside the data, and applied whenever the file is judged again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Choice = Literal["keep", "suggestion", "correct", "return", "choose", "passed_over"]
"""keep the value as read, take the suggestion, another value, leave it out and have it sent again; of two that say
different things of one report choose this one, and so pass over the other."""
CHOICES: tuple[Choice, ...] = ("keep", "suggestion", "correct", "return", "choose")
"""Those that a person makes."""
CHOOSABLE = ("CONFLICT", "FACILITY_TWICE")
Key = tuple[str, str, str, str | None, str | None]
"""sheet, cell, code, facility, period of the finding within its submission."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`value`, in ten-thousandths, stands in the cell's place where the choice is a suggestion or a correction;
    `decided_at` is the wall clock in Vietnam."""

    submission: str
    sheet: str
    cell: str
    code: str
    facility: str | None
    period: str | None
    decision: Choice
    value: int | None
    who: str
    decided_at: datetime
    reason: str

    @property
    def key(self) -> Key:
        return (self.sheet, self.cell, self.code, self.facility, self.period)

    def says_the_same(self, other: Decision | None) -> bool:
        """Whether both decide alike, whoever decided when."""
        return other is not None and (self.decision, self.value) == (other.decision, other.value)
