"""Marts become table values: what a reader asked for, in order, with its notes. Renderers draw them."""

from healthstats.tables.awaiting import awaiting
from healthstats.tables.coverage import coverage
from healthstats.tables.decomposition import decomposition
from healthstats.tables.growth import growth
from healthstats.tables.missing import missing
from healthstats.tables.names import period_name
from healthstats.tables.pages import annual

__all__ = ["annual", "awaiting", "coverage", "decomposition", "growth", "missing", "period_name"]
