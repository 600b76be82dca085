"""Marts become table values: what a reader asked for, in order, with its notes. Renderers draw them."""

from healthstats.tables.advice import advice
from healthstats.tables.annex import annex
from healthstats.tables.awaiting import awaiting
from healthstats.tables.coverage import coverage
from healthstats.tables.decisions import ASKED, KEYS, MANY, NEW_KEYS, RETURNED, decision_list, keys_of
from healthstats.tables.decomposition import decomposition
from healthstats.tables.estimate import estimate
from healthstats.tables.estimate_pages import estimated_annual
from healthstats.tables.findings import SEVERITIES, Sought, findings, open_findings, sentence
from healthstats.tables.growth import growth
from healthstats.tables.missing import missing
from healthstats.tables.names import period_name
from healthstats.tables.overview import Stored, months_table, overview, unused
from healthstats.tables.pages import annual
from healthstats.tables.status import status
from healthstats.tables.unknown import unknown_names

__all__ = [
    "ASKED",
    "KEYS",
    "MANY",
    "NEW_KEYS",
    "RETURNED",
    "SEVERITIES",
    "Sought",
    "Stored",
    "advice",
    "annex",
    "annual",
    "awaiting",
    "coverage",
    "decision_list",
    "decomposition",
    "estimate",
    "estimated_annual",
    "findings",
    "growth",
    "keys_of",
    "missing",
    "months_table",
    "open_findings",
    "overview",
    "period_name",
    "sentence",
    "status",
    "unknown_names",
    "unused",
]
