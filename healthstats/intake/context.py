"""What a reader knows beside the bytes: the definitions, the names, and what the command line said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.intake.names import NameIndex


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person says that a file does not: `--form` and `--facility` as codes, `--period` as a period."""

    form: str | None = None
    period: Period | None = None
    facility: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """`name` is the file's name, for its period and its revision; never a path to open. Nothing can be reported of a
    period that begins after `today`."""

    definitions: Definitions
    names: NameIndex
    hints: Hints = Hints()
    name: str = ""
    today: date = date.max
