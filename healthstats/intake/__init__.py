"""Files in: what a submission's bytes hold, judged cell by cell."""

from healthstats.intake.conflicts import ReportKey, report_key, settle
from healthstats.intake.context import Context, Hints
from healthstats.intake.names import NameIndex
from healthstats.intake.workbook import Reader, read_submission
from healthstats.intake.workers import Workers, read_all

__all__ = [
    "Context",
    "Hints",
    "NameIndex",
    "Reader",
    "ReportKey",
    "Workers",
    "read_all",
    "read_submission",
    "report_key",
    "settle",
]
