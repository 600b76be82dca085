"""Readings turned into the four tables of a run."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from healthstats.domain.decision import Decision
from healthstats.domain.finding import Finding
from healthstats.domain.reading import Report, ReportColumns
from healthstats.store import buffers
from healthstats.store.buffers import Codes, Dictionary, dictionary, int32, int64
from healthstats.store.files import Batches
from healthstats.store.observed import OF_OBSERVATION, STATUSES, Judged, Observed
from healthstats.store.schema import CELLS, COLUMNS, OPTIONAL
from healthstats.words import say

TYPES = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "timestamp": pa.timestamp("us"),
    "decimal(18,4)": pa.decimal128(18, 4),
}
SCHEMAS = {
    table: pa.schema([pa.field(name, TYPES[kind]) for name, kind in columns.items()])
    for table, columns in {**COLUMNS, **OPTIONAL}.items()
}
EPOCH = datetime(1970, 1, 1)
_SAID = {status: number for number, status in enumerate(STATUSES)} | {"": STATUSES.index("accepted")}
VERDICTS = ("accepted", "quarantined", "rejected")
Told = Callable[[], Sequence[Sequence[Finding]]]
OF_REPORT = ("submission", "form", "edition", "facility", "area", "period", "sheet", "replaces")


def run_tables(judged: Judged, definitions: str, told: Told | None = None) -> dict[str, Batches]:
    """The tables of store/schema.py for one run, in the order given; `definitions` is the judgement's hash. `told`
    gives the findings of each reading where they are still sought: it is asked when all else is written."""
    coded = _coded_reports(judged)
    observed = Observed(
        judged,
        {name: coded[name] for name in OF_OBSERVATION},
        _of_reports(judged, lambda report: _SAID[report.status]),
    )
    files = [submission.submission for submission, _ in judged]
    return {
        "submissions": _submissions(judged, definitions),
        "reports": _reports(judged, coded, observed.cells_of_reports()),
        "observations": observed,
        "findings": _Findings(files, told) if told else _findings(files, [reading.findings for _, reading in judged]),
    }


@dataclass(frozen=True, slots=True)
class _Findings:
    """The findings of a run as its last table."""

    files: Sequence[str]
    told: Told

    @property
    def schema(self) -> pa.Schema:
        return _findings([], []).schema

    def to_batches(self) -> Iterator[pa.RecordBatch]:
        yield from _findings(self.files, self.told()).to_batches()


def decisions_table(decisions: Sequence[Decision]) -> pa.Table:
    """What was decided, in the order given."""
    texts = [name for name, kind in OPTIONAL["decisions"].items() if kind == "string"]
    valid = np.fromiter((one.value is not None for one in decisions), bool)
    moments = np.fromiter((_microseconds(one.decided_at) for one in decisions), np.int64)
    return _table(
        "decisions",
        {
            **{name: dictionary(getattr(one, name) for one in decisions) for name in texts},
            "value": buffers.decimals(np.fromiter((one.value or 0 for one in decisions), np.int64), valid),
            "decided_at": buffers.numbers(TYPES["timestamp"], moments),
        },
    )


def _table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    return pa.Table.from_arrays([columns[key] for key in SCHEMAS[name].names], names=SCHEMAS[name].names)


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


Coded = dict[str, tuple[Dictionary, Codes]]


def _coded_reports(judged: Judged) -> Coded:
    """Each text column of the run's reports, as a dictionary and one code a report."""
    files = [(submission.submission, len(reading.reports)) for submission, reading in judged if reading.reports]
    words, counts = Dictionary(), np.array([count for _, count in files], np.int64)
    coded: Coded = {"submission": (words, np.repeat(words.codes([name for name, _ in files]), counts))}
    for name in OF_REPORT[1:]:
        words, parts = Dictionary(), [np.empty(0, np.int32)]
        for reports in _reports_in_a_row(judged):
            if isinstance(reports, ReportColumns):
                parts.append(_codes_of_columns(words, *reports.column(name)))
            else:
                parts.append(words.codes(map(attrgetter(name), reports)))
        coded[name] = (words, np.concatenate(parts))
    return coded


def _reports_in_a_row(judged: Judged) -> Iterator[ReportColumns | list[Report]]:
    """The reports of the run in order, those of many small files at once: a thousand short lists cost more than one
    long one."""
    few: list[Report] = []
    for _, reading in judged:
        if not isinstance(reading.reports, ReportColumns):
            few += reading.reports
            continue
        yield few
        yield reading.reports
        few = []
    yield few


def _codes_of_columns(words: Dictionary, texts: Sequence[str | None], numbers: array[int]) -> Codes:
    own = np.frombuffer(numbers, np.uint32)
    used, first = np.unique(own, return_index=True)
    # numbered as they appear, as they are where every report is an object
    order = used[np.argsort(first)]
    codes = np.empty(len(texts), np.int32)
    codes[order] = words.codes([texts[number] for number in order.tolist()])
    return codes[own]


def _of_reports(judged: Judged, number: Callable[[Report], int]) -> npt.NDArray[np.int32]:
    """A column of numbers, one a report of the run."""
    parts = [np.empty(0, np.int32)]
    for reports in _reports_in_a_row(judged):
        if isinstance(reports, ReportColumns):
            values = np.fromiter(map(number, reports.kinds), np.int32)
            parts.append(values[np.frombuffer(reports.kind, np.uint32)])
        else:
            parts.append(np.fromiter(map(number, reports), np.int32))
    return np.concatenate(parts)


def _reports(judged: Judged, coded: Coded, cells: tuple[Codes, Codes]) -> pa.Table:
    taken, waiting = cells
    verdict = np.where(waiting > 0, 1, np.where(taken == 0, 2, 0)).astype(np.int32)
    return _table(
        "reports",
        {
            **{name: words.column(codes) for name, (words, codes) in coded.items()},
            "position": buffers.numbers(pa.int32(), np.arange(len(taken), dtype=np.int32)),
            "verdict": Dictionary({name: k for k, name in enumerate(VERDICTS)}).column(verdict),
            "declared_revision": buffers.numbers(pa.int32(), _of_reports(judged, attrgetter("declared_revision"))),
            "cells_accepted": buffers.numbers(pa.int32(), taken),
            "cells_quarantined": buffers.numbers(pa.int32(), waiting),
        },
    )


def _findings(files: Sequence[str], told: Sequence[Sequence[Finding]]) -> pa.Table:
    found = [(file, finding) for file, own in zip(files, told, strict=True) for finding in own]
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
