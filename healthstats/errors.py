"""What goes wrong for a person to mend. A flaw in the data is a Finding, never one of these."""

from __future__ import annotations

from healthstats.words import Lang, say


class HealthstatsError(Exception):
    """An error with a sentence in the catalogue: `error.<key>`, filled from `params`."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = f"error.{key}"
        self.params = params

    def sentence(self, lang: Lang = "vi") -> str:
        return say(self.key, lang, **self.params)

    def __str__(self) -> str:
        return self.sentence("en")


class UsageError(HealthstatsError):
    """The command, its configuration or a definition is at fault."""


class ManyFaults(UsageError):
    """Several at once, so that a person mends a file in one go."""

    def __init__(self, key: str, faults: list[UsageError]) -> None:
        super().__init__(key, count=len(faults))
        self.faults = faults


class DefinitionFaults(ManyFaults):
    """Every fault found in the definitions, each with its file and its line or key."""

    def __init__(self, faults: list[UsageError]) -> None:
        super().__init__("definition_faults", faults)


class DecisionFaults(ManyFaults):
    """Every row of a list of decisions that cannot be carried out."""

    def __init__(self, faults: list[UsageError]) -> None:
        super().__init__("decision_faults", faults)


class Busy(HealthstatsError):
    """Another process holds the store's lock."""


class StorageFailure(HealthstatsError):
    """The disk refused; nothing was committed."""


class OutcomeUnknown(HealthstatsError):
    """A commit may or may not have happened; `verify` settles it."""


class DamagedStore(HealthstatsError):
    """What lies on disk is not what its manifest says."""


class NewerStore(HealthstatsError):
    """The store was written by a later version of this program."""


class UnsafePlace(HealthstatsError):
    """The store lies where the commit recipe cannot hold."""
