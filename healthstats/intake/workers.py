"""Reading many files in worker processes that may die: a bomb costs its own file only."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from healthstats.domain.finding import Finding
from healthstats.domain.reading import Reading
from healthstats.intake.context import Context
from healthstats.intake.workbook import Reader

CHUNK, CHUNK_BYTES = 16, 32 << 20
SECONDS, MEMORY = 60, 1 << 30
FEW = 2 * CHUNK
"""Up to as many files one worker does: a second would cost more to start than it saves."""

File = tuple[str, bytes]
Future: TypeAlias = "ProcessFuture[list[Reading]]"


class Workers:
    """A pool of readers under one context. Start it while this process has one thread: workers are forked.
    `seconds` a file and `memory` bytes a worker are what a file may cost."""

    def __init__(self, context: Context, workers: int, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.ahead = workers + 2
        self._pool = ProcessPool(
            max_workers=workers,
            initializer=_start,
            initargs=(context, memory),
            context=multiprocessing.get_context("fork"),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def read(self, files: Iterable[File]) -> Iterator[Reading]:
        """The readings, in the order of the files, however the workers finish."""
        waiting: deque[tuple[list[File], Future]] = deque()
        for chunk in _chunks(files):
            waiting.append((chunk, self._send(chunk)))
            if len(waiting) > self.ahead:
                yield from self._take(*waiting.popleft())
        while waiting:
            yield from self._take(*waiting.popleft())

    def _send(self, chunk: list[File]) -> Future:
        return self._pool.schedule(_read, args=(chunk,), timeout=self.seconds)

    def _take(self, chunk: list[File], future: Future) -> list[Reading]:
        try:
            return future.result()
        except (ProcessExpired, TimeoutError, MemoryError) as death:
            if len(chunk) == 1:
                return [_lost(death, self.seconds)]
        # One of them brought the worker down: each is tried alone
        alone = [([file], self._send([file])) for file in chunk]
        return [reading for one, again in alone for reading in self._take(one, again)]


def read_all(items: Iterable[File], context: Context, workers: int | None = None) -> Iterator[Reading]:
    """Reads (name, bytes) in worker processes and yields the readings in the order given.

    A file that kills its worker, or takes longer than 60 s, gets a finding READER_DIED or READER_TIMEOUT."""
    files = iter(items)
    first = list(itertools.islice(files, FEW + 1))
    if not first:
        return
    count = 1 if len(first) <= FEW else workers or len(os.sched_getaffinity(0))
    with Workers(context, count) as pool:
        yield from pool.read(itertools.chain(first, files))


_readers: list[Reader] = []


def _start(context: Context, memory: int) -> None:
    # A native reader prints its own backtrace before it dies: the person gets a finding instead
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # What the parent had mapped before the fork is counted too, and is no fault of the file
    limit = memory + _mapped()
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    _readers.append(Reader(context))
    # The collector would walk, and so copy, everything that the parent holds
    gc.freeze()


def _mapped() -> int:
    with open("/proc/self/statm", encoding="ascii") as sizes:
        return int(sizes.read().split()[0]) * resource.getpagesize()


def _read(chunk: list[File]) -> list[Reading]:
    return [_readers[0].read(name, data) for name, data in chunk]


def _lost(death: BaseException, seconds: float) -> Reading:
    if isinstance(death, TimeoutError):
        return Reading("unknown", findings=(Finding("READER_TIMEOUT", "error", params={"seconds": round(seconds)}),))
    return Reading("unknown", findings=(Finding("READER_DIED", "error"),))


def _chunks(files: Iterable[File]) -> Iterator[list[File]]:
    chunk: list[File] = []
    size = 0
    for file in files:
        if chunk and (len(chunk) == CHUNK or size + len(file[1]) > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(file)
        size += len(file[1])
    if chunk:
        yield chunk
