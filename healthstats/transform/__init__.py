"""Runs and definitions in, marts out: SQL models under pipelines/models, run by DuckDB in the order they need."""

from healthstats.transform.build import build_marts

__all__ = ["build_marts"]
