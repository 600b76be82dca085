"""What lies on disk: the archive, the runs, the marts. Nothing else writes there."""

from healthstats.store.columns import decisions_table, run_tables
from healthstats.store.known import KnownSubmission, ReportKey
from healthstats.store.runs import Run
from healthstats.store.source import Copied, Refusal, Source, printable_name, read_source
from healthstats.store.store import Store
from healthstats.store.verify import Problem

__all__ = [
    "Copied",
    "KnownSubmission",
    "Problem",
    "Refusal",
    "ReportKey",
    "Run",
    "Source",
    "Store",
    "decisions_table",
    "printable_name",
    "read_source",
    "run_tables",
]
