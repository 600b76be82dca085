"""What must hold of the reading of any bytes at all, and worker processes in which that is looked at."""

from __future__ import annotations

import faulthandler
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as TooLong
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pebble import ProcessExpired, ProcessPool

from healthstats.domain.reading import Reading, Submission
from healthstats.intake import Reader, settle
from healthstats.intake.workers import MEMORY, confine
from healthstats.store import run_tables
from healthstats.words import CATALOGUE, LANGUAGES, say
from tests.submissions.bieu9 import context

MOST = 10**18
"""DECIMAL(18,4) in ten-thousandths."""


def faults_of(reading: Reading) -> list[str]:
    """What a reading may never be, whatever the bytes; an exception is one of them."""
    counts, seen = reading.counts, reading.observations
    faults = []
    if counts.found != counts.accepted + counts.quarantined + counts.rejected + counts.blank:
        faults.append(f"cells do not add up: {counts}")
    if (sum(seen.accepted), len(seen)) != (counts.accepted, counts.accepted + counts.quarantined):
        faults.append(f"cells counted are not the cells held: {counts}, {sum(seen.accepted)} of {len(seen)}")
    if min(counts.found, counts.accepted, counts.quarantined, counts.rejected, counts.blank) < 0:
        faults.append(f"fewer cells than none: {counts}")
    if not (counts.found or reading.kept or any(finding.severity == "error" for finding in reading.findings)):
        faults.append("nothing is read, and nothing says why")
    if any(abs(value) >= MOST for value in seen.value):
        faults.append("a value that no column holds")
    for finding in reading.findings:
        if f"finding.{finding.code}" not in CATALOGUE:
            faults.append(f"{finding.code} has no sentence")
        elif not all(
            say(f"{part}.{finding.code}", lang, **finding.params) for part in ("finding", "title") for lang in LANGUAGES
        ):
            faults.append(f"{finding.code} says nothing")
    return faults


def judge(name: str, data: bytes) -> str:
    """Reads a file as ingest would, up to the tables of its run: its verdict, or AssertionError with what is wrong."""
    reading = _readers[0].read(name, data)
    assert not (faults := faults_of(reading)), "; ".join(faults)
    (settled,) = settle([(name, reading)], {})
    run_tables([(Submission("0" * 64, name, len(data), datetime(2026, 9, 1), reading.media), settled)], "d" * 16)
    return reading.verdict


_readers: list[Reader] = []


def _start() -> None:
    # the campaign counts deaths; a page of where each happened would hide the table
    faulthandler.disable()
    confine(MEMORY)
    _readers.append(Reader(context()))


@dataclass(frozen=True)
class Judged:
    """`verdict` is the reading's, or `died`, `hung`, `raised` with what was raised in `fault`."""

    verdict: str
    seconds: float
    fault: str = ""

    @property
    def sound(self) -> bool:
        return self.verdict in ("accepted", "quarantined", "rejected")


@contextmanager
def judging(seconds: float) -> Iterator[Callable[[str, bytes], Judged]]:
    """A judge in a process that may die, with `seconds` for each file."""
    with ProcessPool(max_workers=1, initializer=_start, context=multiprocessing.get_context("fork")) as pool:

        def judged(name: str, data: bytes) -> Judged:
            started = time.monotonic()
            future = pool.schedule(judge, args=(name, data), timeout=seconds)
            fault = future.exception()
            took = time.monotonic() - started
            if fault is None:
                return Judged(future.result(), took)
            kinds = {TooLong: "hung", TimeoutError: "hung", ProcessExpired: "died", MemoryError: "died"}
            kind = next((word for each, word in kinds.items() if isinstance(fault, each)), "raised")
            return Judged(kind, took, f"{type(fault).__name__}: {fault}")

        yield judged
