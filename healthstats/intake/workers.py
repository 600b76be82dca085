"""Reading many files in worker processes that may die: a bomb costs its own file only."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from threading import Thread
from typing import TypeAlias

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from healthstats.domain.finding import Finding
from healthstats.domain.reading import Reading
from healthstats.intake.context import Context
from healthstats.intake.workbook import Reader

CHUNK, CHUNK_BYTES = 16, 32 << 20
SECONDS, MEMORY = 60, 1 << 30
WAITING, WAITING_BYTES = 32, 128 << 20

File = tuple[str, bytes]
Future: TypeAlias = "ProcessFuture[list[Reading]]"


class Workers:
    """A pool of readers under one context. Start it while this process has one thread: workers are forked.
    `seconds` a file and `memory` bytes a worker are what a file may cost."""

    def __init__(self, context: Context, workers: int, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        while _ending:
            _ending.pop().join()
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
        # the pool looks only ten times a second whether it may end: nobody need wait for that
        _ending.append(Thread(target=self._pool.join))
        _ending[-1].start()

    def read(self, files: Iterable[File]) -> Iterator[Reading]:
        """The readings, in the order of the files, however the workers finish."""
        waiting: deque[tuple[list[File], Future]] = deque()
        size = 0
        for chunk in _chunks(files):
            waiting.append((chunk, self._send(chunk)))
            size += _size(chunk)
            # Whoever brings the files also archives them: until they are back the workers live on what waits here
            while len(waiting) > WAITING or size > WAITING_BYTES:
                size -= _size(waiting[0][0])
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
                return [lost(death, self.seconds)]
        # One of them brought the worker down: each is tried alone
        alone = [([file], self._send([file])) for file in chunk]
        return [reading for one, again in alone for reading in self._take(one, again)]


_ending: list[Thread] = []
_readers: list[Reader] = []


def silence() -> None:
    """A native reader prints its own backtrace before it dies: the person gets a finding instead."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def confine(memory: int) -> None:
    """Bounds this process to `memory` bytes more than it has, and silences it: it reads files that may kill it."""
    silence()
    # What the parent had mapped before the fork is counted too, and is no fault of the file
    limit = memory + _mapped()
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _start(context: Context, memory: int) -> None:
    confine(memory)
    _readers.append(Reader(context))
    # The collector would walk, and so copy, everything that the parent holds, again and again
    gc.freeze()
    gc.disable()


def _mapped() -> int:
    with open("/proc/self/statm", encoding="ascii") as sizes:
        return int(sizes.read().split()[0]) * resource.getpagesize()


def _read(chunk: list[File]) -> list[Reading]:
    readings = [_readers[0].read(name, data) for name, data in chunk]
    # what the chunk left behind, not what is remembered from file to file
    gc.collect(0)
    return readings


def lost(death: BaseException, seconds: float) -> Reading:
    """What is told of a file that brought its reader down."""
    if isinstance(death, TimeoutError):
        return Reading("unknown", findings=(Finding("READER_TIMEOUT", "error", params={"seconds": round(seconds)}),))
    return Reading("unknown", findings=(Finding("READER_DIED", "error"),))


def _chunks(files: Iterable[File]) -> Iterator[list[File]]:
    chunk: list[File] = []
    for file in files:
        if chunk and (len(chunk) == CHUNK or _size(chunk) + len(file[1]) > CHUNK_BYTES):
            yield chunk
            chunk = []
        chunk.append(file)
    if chunk:
        yield chunk


def _size(chunk: list[File]) -> int:
    return sum(len(data) for _, data in chunk)
