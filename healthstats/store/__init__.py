"""What lies on disk: the archive, the runs, the marts. Nothing else writes there."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from healthstats.store.known import KnownSubmission, ReportKey
from healthstats.store.rivals import Held
from healthstats.store.runs import Run
from healthstats.store.source import Copied, Refusal, Source, printable, read_source
from healthstats.store.store import Store
from healthstats.store.verify import Problem

if TYPE_CHECKING:
    from healthstats.store.columns import decisions_table as decisions_table
    from healthstats.store.columns import run_tables as run_tables

__all__ = [
    "Copied",
    "Held",
    "KnownSubmission",
    "Problem",
    "Refusal",
    "ReportKey",
    "Run",
    "Source",
    "Store",
    "decisions_table",
    "printable",
    "read_source",
    "run_tables",
]
_COLUMNS = ("decisions_table", "run_tables")


def __getattr__(name: str) -> Any:
    # loaded at once, numpy and pyarrow would hold up each command that writes no run
    if name in _COLUMNS:
        return getattr(import_module(f"{__name__}.columns"), name)
    raise AttributeError(name)
