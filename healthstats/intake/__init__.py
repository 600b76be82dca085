"""Files in: what a submission's bytes hold, judged cell by cell."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from healthstats.intake.batch import read_all
from healthstats.intake.context import Context, Hints
from healthstats.intake.formats.parts import is_clutter
from healthstats.intake.judging.conflicts import ReportKey, report_key, settle
from healthstats.intake.names import NameIndex

if TYPE_CHECKING:
    from healthstats.intake.workbook import Reader as Reader
    from healthstats.intake.workbook import read_submission as read_submission
    from healthstats.intake.workers import Workers as Workers

__all__ = [
    "Context",
    "Hints",
    "NameIndex",
    "Reader",
    "ReportKey",
    "Workers",
    "is_clutter",
    "read_all",
    "read_submission",
    "report_key",
    "settle",
]
_READERS = {"Reader": "workbook", "read_submission": "workbook", "Workers": "workers"}


def __getattr__(name: str) -> Any:
    # loaded at once, the readers would hold up each command that reads no file
    if name in _READERS:
        return getattr(import_module(f"{__name__}.{_READERS[name]}"), name)
    raise AttributeError(name)
