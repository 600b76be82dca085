"""Finds the workspace a command works in, and opens what lies there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from healthstats.definitions import CONFIG, judgement, load
from healthstats.domain.definitions import Definitions
from healthstats.errors import UsageError
from healthstats.store import Store


@dataclass(frozen=True)
class Workspace:
    """A folder with healthstats.toml: its definitions and its store, opened when first asked for. `tried` are
    definitions that do not lie in it (path under pipelines/, file)."""

    root: Path
    tried: tuple[tuple[str, Path], ...] = ()

    @property
    def inbox(self) -> Path:
        return self.data / "raw" / "inbox"

    @property
    def register(self) -> Path:
        return self.root / "pipelines" / "registers" / "facilities.csv"

    @cached_property
    def definitions(self) -> Definitions:
        return load(self.root, self.tried)

    @property
    def judgement(self) -> str:
        """As `definitions.judgement`; nothing else of the definitions is read for it, or found wrong."""
        return judgement(self.root, self.tried)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @cached_property
    def store(self) -> Store:
        return Store.open(self.data)


def find_workspace(given: Path | None) -> Workspace:
    """The workspace at `given`, else the nearest folder with healthstats.toml from here upwards."""
    start = (given or Path.cwd()).resolve()
    for folder in [start] if given else [start, *start.parents]:
        if (folder / CONFIG).is_file():
            return Workspace(folder)
    raise UsageError("no_workspace", path=given or Path("."))
