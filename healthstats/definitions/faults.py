"""Collects every fault of the definitions, so that one run of a command shows them all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from healthstats.errors import DefinitionFaults, UsageError

Toml = Mapping[str, Any]


class Faults:
    """What is wrong so far; `check` raises it all at once."""

    def __init__(self) -> None:
        self.found: list[UsageError] = []

    def add(self, key: str, file: str, where: str, **params: object) -> None:
        self.found.append(UsageError(f"fault_{key}", file=file, where=where, **params))

    def check(self) -> None:
        if self.found:
            raise DefinitionFaults(self.found)


class Keys:
    """One TOML table read key by key: what is missing, of the wrong kind or unknown becomes a fault at its key."""

    def __init__(self, values: Toml, file: str, faults: Faults, where: str = "") -> None:
        self.values, self.file, self.faults, self.where = values, file, faults, where
        self._asked: set[str] = set()

    def fault(self, key: str, at: str, **params: object) -> None:
        self.faults.add(key, self.file, f"{self.where}{at}", **params)

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._typed(key, str, "text", default) or "")

    def number(self, key: str, default: int | None = None) -> int:
        return int(self._typed(key, int, "number", default) or 0)

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._typed(key, bool, "flag", default))

    def choice(self, key: str, options: tuple[str, ...], default: str | None = None) -> str:
        chosen = self.text(key, default)
        if chosen and chosen not in options:
            self.fault("choice", key, text=chosen, options=", ".join(options))
        return chosen if chosen in options else options[0]

    def day(self, key: str, default: date | None = None) -> date | None:
        value = self._typed(key, date, "date", default)
        return value.date() if isinstance(value, datetime) else value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._typed(key, list, "texts", [])
        if all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault("texts", key)
        return ()

    def paths(self, key: str) -> list[tuple[str, ...]]:
        """A list of lists of text, each `[role, label, label, …]`."""
        rows = self._typed(key, list, "paths", [])
        for index, row in enumerate(rows):
            if not (isinstance(row, list) and len(row) > 1 and all(isinstance(label, str) for label in row)):
                self.fault("paths", f"{key}[{index}]")
        return [tuple(row) for row in rows if isinstance(row, list)]

    def days(self, key: str) -> tuple[date, ...]:
        value = self._typed(key, list, "dates", [])
        if not all(isinstance(item, date) for item in value):
            self.fault("dates", key)
            return ()
        return tuple(value)

    def names(self, key: str) -> dict[str, str]:
        """A text in each language; a single text serves both."""
        value = self.values.get(key)
        self._asked.add(key)
        if isinstance(value, str):
            return {"vi": value, "en": value}
        if isinstance(value, dict) and set(value) == {"vi", "en"}:
            return {lang: str(text) for lang, text in value.items()}
        self.fault("names", key)
        return {"vi": "", "en": ""}

    def table(self, key: str) -> Keys:
        value = self._typed(key, dict, "table", {})
        return Keys(value, self.file, self.faults, f"{self.where}{key}.")

    def tables(self, key: str) -> list[Keys]:
        rows = self._typed(key, list, "tables", [])
        return [Keys(row, self.file, self.faults, f"{self.where}{key}[{i}].") for i, row in enumerate(rows)]

    def has(self, key: str) -> bool:
        return key in self.values

    def done(self) -> None:
        for key in self.values:
            if key not in self._asked:
                self.fault("unknown_key", key)

    def _typed(self, key: str, kind: type, word: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self.values:
            if default is None and kind is not date:
                self.fault("missing", key)
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(f"not_{word}", key)
            return default
        return value
