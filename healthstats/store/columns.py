"""Readings turned into the four tables of a run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from healthstats.domain.finding import Finding
from healthstats.domain.reading import Reading, Report, Submission
from healthstats.store import buffers
from healthstats.store.buffers import Codes, Dictionary, Flags, dictionary, int32, int64
from healthstats.store.schema import CELLS, COLUMNS
from healthstats.words import say

Judged = Sequence[tuple[Submission, Reading]]

TYPES = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "timestamp": pa.timestamp("us"),
    "decimal(18,4)": pa.decimal128(18, 4),
}
SCHEMAS = {
    table: pa.schema([pa.field(name, TYPES[kind]) for name, kind in columns.items()])
    for table, columns in COLUMNS.items()
}
EPOCH = datetime(1970, 1, 1)
VERDICTS = ("accepted", "quarantined", "rejected")
OF_REPORT = ("submission", "form", "edition", "facility", "area", "period", "sheet", "replaces")
OF_OBSERVATION = ("submission", "form", "facility", "area", "period", "sheet")


def run_tables(judged: Judged, definitions: str) -> dict[str, pa.Table]:
    """The tables of store/schema.py for one run, in the order given; `definitions` is the judgement's hash."""
    coded = _coded_reports(judged)
    report = _report_of_cells(judged)
    accepted = _joined(judged, "accepted", np.uint8).astype(bool)
    return {
        "submissions": _submissions(judged, definitions),
        "reports": _reports([report for _, reading in judged for report in reading.reports], coded, report, accepted),
        "observations": _observations(judged, coded, report, accepted),
        "findings": _findings([(of.submission, finding) for of, reading in judged for finding in reading.findings]),
    }


def _table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    return pa.Table.from_arrays([columns[key] for key in COLUMNS[name]], names=list(COLUMNS[name]))


def _microseconds(moment: datetime) -> int:
    """Wall-clock time where the file was received: lateness is counted in the analyst's days."""
    return (moment.replace(tzinfo=None) - EPOCH) // timedelta(microseconds=1)


def _submissions(judged: Judged, definitions: str) -> pa.Table:
    files = [submission for submission, _ in judged]
    readings = [reading for _, reading in judged]
    received = np.fromiter((_microseconds(file.received_at) for file in files), np.int64)
    return _table(
        "submissions",
        {
            "submission": buffers.texts([file.submission for file in files]),
            "position": int32(range(len(files))),
            "name": buffers.texts([file.name for file in files]),
            "size": int64(file.size for file in files),
            "received_at": buffers.numbers(TYPES["timestamp"], received),
            "media": dictionary(file.media for file in files),
            "verdict": dictionary(reading.verdict for reading in readings),
            "definitions": dictionary(definitions for _ in files),
            "hints": dictionary(file.hints for file in files),
            **{f"cells_{kind}": int64(getattr(reading.counts, kind) for reading in readings) for kind in CELLS},
        },
    )


def _coded_reports(judged: Judged) -> dict[str, tuple[Dictionary, Codes]]:
    """Each text column of the run's reports, as a dictionary and one code a report."""
    texts: dict[str, list[str | None]] = {name: [] for name in OF_REPORT}
    said = attrgetter(*OF_REPORT[1:])
    for submission, reading in judged:
        texts["submission"] += [submission.submission] * len(reading.reports)
        columns = zip(*map(said, reading.reports), strict=True)
        # a file without reports has no columns at all
        for name, column in zip(OF_REPORT[1:], columns, strict=False):
            texts[name] += column
    words = {name: Dictionary() for name in OF_REPORT}
    return {name: (words[name], words[name].codes(texts[name])) for name in OF_REPORT}


def _report_of_cells(judged: Judged) -> Codes:
    """The position within the run of each observation's report."""
    parts, before = [np.empty(0, np.int32)], 0
    for _, reading in judged:
        parts.append(np.frombuffer(reading.observations.report, np.uint32).astype(np.int32) + np.int32(before))
        before += len(reading.reports)
    return np.concatenate(parts)


def _joined(judged: Judged, name: str, kind: type[np.generic]) -> npt.NDArray[np.generic]:
    parts = [np.frombuffer(getattr(reading.observations, name), kind) for _, reading in judged]
    return np.concatenate([np.empty(0, kind), *parts])


def _reports(
    reports: list[Report], coded: dict[str, tuple[Dictionary, Codes]], report: Codes, accepted: Flags
) -> pa.Table:
    taken = np.bincount(report[accepted], minlength=len(reports)).astype(np.int32)
    waiting = np.bincount(report[~accepted], minlength=len(reports)).astype(np.int32)
    verdict = np.where(waiting > 0, 1, np.where(taken == 0, 2, 0)).astype(np.int32)
    return _table(
        "reports",
        {
            **{name: words.column(codes) for name, (words, codes) in coded.items()},
            "position": int32(range(len(reports))),
            "verdict": Dictionary({name: k for k, name in enumerate(VERDICTS)}).column(verdict),
            "declared_revision": int32(each.declared_revision for each in reports),
            "cells_accepted": buffers.numbers(pa.int32(), taken),
            "cells_quarantined": buffers.numbers(pa.int32(), waiting),
        },
    )


def _observations(
    judged: Judged, coded: dict[str, tuple[Dictionary, Codes]], report: Codes, accepted: Flags
) -> pa.Table:
    status = Dictionary({"accepted": 0, "quarantined": 1, "preliminary": 2})
    preliminary = np.fromiter((each.preliminary for _, reading in judged for each in reading.reports), bool)
    codes = np.where(~accepted, 1, np.where(preliminary[report], 2, 0)) if preliminary.any() else ~accepted
    columns = {name: coded[name][0].column(coded[name][1][report]) for name in OF_OBSERVATION}
    return _table(
        "observations",
        columns
        | {
            "report": buffers.numbers(pa.int32(), report),
            "element": _elements(judged),
            "item": _by_position(judged, "item", ""),
            "value": buffers.decimals(_joined(judged, "value", np.int64).astype(np.int64), accepted),
            "qualifier": Dictionary({"=": 0}).column(np.zeros(len(report), np.int32)),
            "status": status.column(codes.astype(np.int32)),
            "cell": buffers.cell_names(
                _joined(judged, "row", np.uint32).astype(np.uint32),
                _joined(judged, "column", np.uint16).astype(np.uint16),
            ),
            "text": _by_position(judged, "text", None),
        },
    )


def _elements(judged: Judged) -> pa.Array:
    words = Dictionary()
    parts = [np.empty(0, np.int32)]
    known: dict[tuple[str, ...], Codes] = {}
    for _, reading in judged:
        if (run_wide := known.get(reading.elements)) is None:
            run_wide = known[reading.elements] = words.codes(reading.elements)
        parts.append(run_wide[np.frombuffer(reading.observations.element, np.uint16)])
    return words.column(np.concatenate(parts))


def _by_position(judged: Judged, name: str, default: str | None) -> pa.Array:
    values: dict[int, str] = {}
    before = 0
    for _, reading in judged:
        own: dict[int, str] = getattr(reading.observations, name)
        values.update((before + place, text) for place, text in own.items())
        before += len(reading.observations)
    return buffers.sparse_texts(before, values, default)


def _findings(found: list[tuple[str, Finding]]) -> pa.Table:
    plain = {
        name: dictionary(getattr(finding, name) for _, finding in found)
        for name in (field.name for field in fields(Finding))
        if name != "params"
    }
    params = [dict(sorted(finding.params.items())) for _, finding in found]
    return _table(
        "findings",
        plain
        | {
            "submission": dictionary(submission for submission, _ in found),
            "message": dictionary(say(f"finding.{finding.code}", "vi", **finding.params) for _, finding in found),
            "params": dictionary(json.dumps(each, ensure_ascii=False) for each in params),
        },
    )
