"""What a person typed → a period, a day, the boundaries of a day: no names, so nothing that names need is loaded."""

from __future__ import annotations

from datetime import date

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period, parse_period
from healthstats.errors import UsageError


def find_period(text: str) -> Period:
    period = parse_period(text)
    if period is None:
        raise UsageError("not_a_period", text=text)
    return period


def find_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("not_a_day", text=text) from None


def boundaries_known(definitions: Definitions) -> list[date]:
    """The days on which a division of the country came into force, oldest first."""
    first = min((area.valid_from for area in definitions.areas), default=date.min)
    return sorted({first, *(change.effective_from for change in definitions.area_changes)})


def newest_boundaries(definitions: Definitions) -> date:
    return boundaries_known(definitions)[-1]
