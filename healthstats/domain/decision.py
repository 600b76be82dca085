"""What a person decided of a finding: kept beside the data, and applied whenever the file is judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Choice = Literal["keep", "suggestion", "correct", "return", "choose", "close", "passed_over"]
"""keep the value as read, take the suggestion, another value, leave it out and have it sent again; of two that say
different things of one report choose this one, and so pass over the other; close the question of a file or sheet of
which nothing was read."""
CHOICES: tuple[Choice, ...] = ("keep", "suggestion", "correct", "return", "choose", "close")
"""Those that a person makes."""
FOLLOWING: tuple[Choice, ...] = ("keep", "suggestion", "correct")
"""Those that hold for another file with the same figure in the same place of a report."""
ASIDE: tuple[Choice, ...] = ("close", "passed_over")
"""Those after which a file may hold figures that nobody waits for."""
CONFLICT = "CONFLICT"
CHOOSABLE = (CONFLICT, "FACILITY_TWICE")
Key = tuple[str, str, str, str | None, str | None, str | None, str, str | None]
"""sheet, cell, code, facility and period of the finding within its submission; the element where there is no cell;
form and area of the report that is in conflict."""
Question = tuple[str, ...]
"""code, form, facility, area, period, element, item, text, against: what was asked, whichever file asks it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`value`, in ten-thousandths, stands in the cell's place where the choice is a suggestion or a correction;
    `decided_at` is the wall clock in Vietnam. From `form` on: of which figure it was, `text` as it was received and
    `against` what it was set against; empty in decisions of older versions."""

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
    element: str | None = None
    form: str = ""
    area: str | None = None
    item: str = ""
    text: str = ""
    against: str = ""

    @property
    def key(self) -> Key:
        place = (self.sheet, self.cell, self.code, self.facility, self.period, None if self.cell else self.element)
        return (*place, self.form, self.area) if self.code == CONFLICT else (*place, "", None)

    @property
    def is_of_all(self) -> bool:
        """Whether it is of every cell of an element with one fault, but for those decided one by one."""
        return bool(self.element and not self.cell)

    @property
    def question(self) -> Question | None:
        """None where it was not of a report's figures, or nobody wrote down of which."""
        place = (self.form, self.facility or "", self.area or "", self.period or "", self.element or "", self.item)
        return (self.code, *place, self.text, self.against) if self.form else None

    def asked(self, question: Question) -> Decision:
        """The same, with the question that it answered."""
        _, form, _, area, _, element, item, text, against = question
        asked = replace(self, form=form, area=area or None, element=element or None, item=item)
        return replace(asked, text=text, against=against)

    @property
    def puts_aside(self) -> bool:
        """Whether it passes a report over for another file's; of two rows on one sheet only the chosen is released."""
        return self.decision == "passed_over" and self.code == CONFLICT

    @property
    def chooses(self) -> bool:
        """Whether it is for this file's report, against all others that say otherwise."""
        return self.decision == "choose" and self.code == CONFLICT

    def says_the_same(self, other: Decision | None) -> bool:
        """Whether both decide alike, whoever decided when."""
        return other is not None and (self.decision, self.value) == (other.decision, other.value)


def report_asked(code: str, facility: str | None, params: Mapping[str, str | int]) -> tuple[str, str | None]:
    """Form and area of the report that a finding of a conflict is about: a file may hold several of one month, and no
    cell tells which. No form where an older version wrote of what was returned."""
    if code != CONFLICT:
        return "", None
    return str(params.get("form", "")), None if facility else str(params.get("facility", "")) or None
