"""What a reader knows beside the bytes: the definitions, the names, and what the command line said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period, parse_period
from healthstats.intake.names import NameIndex

_SHEET = re.compile(r'--sheet "([^"]+)"')
_OPTION = re.compile(r"--(form|period|facility) ([\w-]+)")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person says that a file does not: `--form` and `--facility` as codes, `--period` as a period, `--sheet` as
    the name of the one sheet of a workbook that is to be read."""

    form: str | None = None
    period: Period | None = None
    facility: str | None = None
    sheet: str | None = None

    def to_text(self) -> str:
        """As a run keeps them; '' for none."""
        period = self.period and self.period.code
        said = {"form": self.form, "period": period, "facility": self.facility, "sheet": self.sheet}
        said = {name: value for name, value in said.items() if value}
        return json.dumps(said, sort_keys=True) if said else ""

    @classmethod
    def from_text(cls, text: str) -> Hints:
        said = json.loads(text or "{}")
        period = parse_period(said.get("period", ""))
        return cls(said.get("form"), period, said.get("facility"), said.get("sheet"))

    def to_options(self) -> str:
        """As a person types them: `--form bieu9 --period 2026-08`; '' for none."""
        said = (("form", self.form), ("period", self.period and self.period.code), ("facility", self.facility))
        plain = [f"--{name} {value}" for name, value in said if value]
        return " ".join([*plain, f'--sheet "{self.sheet}"'] if self.sheet else plain)

    @classmethod
    def from_options(cls, text: str) -> Hints:
        """Those that stand anywhere in a text."""
        said, sheet = dict(_OPTION.findall(text)), _SHEET.search(text)
        period = parse_period(said.get("period", ""))
        return cls(said.get("form"), period, said.get("facility"), sheet[1] if sheet else None)

    def or_else(self, other: Hints) -> Hints:
        """These, and where one is not said the other's."""
        return Hints(
            self.form or other.form,
            self.period or other.period,
            self.facility or other.facility,
            self.sheet or other.sheet,
        )


@dataclass(frozen=True, slots=True)
class Context:
    """`name` is the file's name, for its period and its revision; never a path to open. `attached`: the files come
    out of a mail or an archive, which is opened once, with all that it holds. Nothing can be reported of a period that
    begins after `today`."""

    definitions: Definitions
    names: NameIndex
    hints: Hints = Hints()
    name: str = ""
    attached: bool = False
    today: date = date.max
