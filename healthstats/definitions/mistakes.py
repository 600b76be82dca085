"""mistakes.toml → Thresholds."""

from __future__ import annotations

from dataclasses import fields

from healthstats.definitions.faults import Keys
from healthstats.domain.mistake import Thresholds


def read_mistakes(keys: Keys) -> Thresholds:
    """The thresholds that a file states; what is missing or unknown becomes faults of `keys`."""
    thresholds = Thresholds(**{field.name: keys.number(field.name) for field in fields(Thresholds)})
    keys.done()
    return thresholds
