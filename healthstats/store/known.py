"""What the store already holds, as ingest needs to know it before it reads a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from healthstats.domain.reading import Verdict
from healthstats.store.runs import Run

SUBMISSION = ["submission", "name", "size", "received_at", "media", "verdict", "definitions", "hints"]
KEY = ["form", "facility", "area", "period"]

ReportKey = tuple[str, str | None, str | None, str]
"""form, facility, area, period"""


@dataclass(frozen=True, slots=True)
class KnownSubmission:
    """`verdict`, `definitions` and `hints` are of the latest judgement; name and time of the first arrival."""

    first_run: int
    last_run: int
    verdict: Verdict
    media: str
    name: str
    size: int
    received_at: datetime
    definitions: str
    hints: str


def known_submissions(runs: Sequence[Run]) -> dict[str, KnownSubmission]:
    """sha256 → what is known of it, over all runs."""
    known: dict[str, KnownSubmission] = {}
    for run in runs:
        columns = read_columns(run.tables["submissions"], SUBMISSION)
        for submission, name, size, received_at, media, verdict, definitions, hints in zip(*columns, strict=True):
            first = known.get(submission)
            known[submission] = KnownSubmission(
                first_run=first.first_run if first else run.number,
                last_run=run.number,
                verdict=verdict,
                media=media,
                name=first.name if first else name,
                size=size,
                received_at=first.received_at if first else received_at,
                definitions=definitions,
                hints=hints,
            )
    return known


def declared_revisions(runs: Sequence[Run]) -> dict[ReportKey, int]:
    """The highest declared revision with accepted cells of each report, by the latest judgement of its file.
    A report without one, or with none above 0, is absent."""
    latest = latest_runs(runs)
    highest: dict[ReportKey, int] = {}
    for run in runs:
        declared, taken = read_columns(run.tables["reports"], ["declared_revision", "cells_accepted"])
        rows = [k for k, revision in enumerate(declared) if revision > 0 and taken[k] > 0]
        if not rows:
            continue
        submissions, *parts = read_columns(run.tables["reports"], ["submission", *KEY])
        for k in rows:
            if latest[submissions[k]] == run.number:
                key = (parts[0][k], parts[1][k], parts[2][k], parts[3][k])
                highest[key] = max(declared[k], highest.get(key, 0))
    return highest


def latest_runs(runs: Sequence[Run]) -> dict[str, int]:
    """The run of each submission's latest judgement."""
    return {
        submission: run.number
        for run in runs
        for submission in read_columns(run.tables["submissions"], ["submission"])[0]
    }


def read_columns(path: Path, names: list[str]) -> list[list[Any]]:
    """Columns as Python lists, of None where the file is too old to have them; pyarrow.parquet.read_table would import
    pandas."""
    # imported here: a command that only looks must not wait for it
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        table = file.read(columns=names)
    held = set(table.column_names)
    return [table.column(name).to_pylist() if name in held else [None] * table.num_rows for name in names]
