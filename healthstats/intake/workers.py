"""Reading many files in worker processes that may die: a bomb costs its own file only."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from threading import Thread
from typing import NamedTuple, TypeAlias

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
        self._new_pool = partial(
            ProcessPool,
            max_workers=workers,
            initializer=_start,
            initargs=(context, memory),
            context=multiprocessing.get_context("fork"),
        )
        _wait_for_ended()
        self._pool = self._new_pool()
        self._done = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        # the pool looks only ten times a second whether it may end: nobody need wait for that
        _ending.append(Thread(target=self._pool.join))
        _ending[-1].start()

    def read(self, files: Iterable[File]) -> Iterator[Reading]:
        """The readings, in the order of the files, however the workers finish."""
        waiting: deque[_Sent] = deque()
        size = 0
        for chunk in _chunks(files):
            waiting.append(self._send(chunk))
            size += _size(chunk)
            # Whoever brings the files also archives them: until they are back the workers live on what waits here
            while len(waiting) > WAITING or size > WAITING_BYTES:
                size -= _size(waiting[0].chunk)
                yield from self._take(waiting.popleft())
        while waiting:
            yield from self._take(waiting.popleft())

    def _send(self, chunk: list[File]) -> _Sent:
        if not self._pool.active:
            self._start_anew()
        future = self._pool.schedule(_read, args=(chunk,), timeout=self.seconds)
        future.add_done_callback(self._count)
        return _Sent(chunk, future, self._pool)

    def _count(self, _: object) -> None:
        self._done += 1

    def _take(self, sent: _Sent, alone: bool = False, broken: bool = False) -> list[Reading]:
        """`alone`: it is one file of a chunk that came to grief; `broken`: the pool broke under it then as well."""
        try:
            return self._result(sent)
        except BrokenProcessPool as death:
            if sent.pool is not self._pool:
                return self._take(self._send(sent.chunk), alone, broken)
            self._start_anew()
            if alone and broken:
                return [lost(death, self.seconds)]
            if alone:
                return self._take(self._send(sent.chunk), alone, broken=True)
        except (ProcessExpired, TimeoutError, MemoryError) as death:
            if len(sent.chunk) == 1:
                return [lost(death, self.seconds)]
        # One of them brought the worker down: each is tried alone
        again = [self._send([file]) for file in sent.chunk]
        return [reading for one in again for reading in self._take(one, alone=True)]

    def _result(self, sent: _Sent) -> list[Reading]:
        """Raises BrokenProcessPool too where nothing at all comes back any more: a worker that is killed from without
        while it holds the pool's lock keeps all others from their work."""
        while sent.pool is self._pool or sent.future.done():
            done = self._done
            try:
                return sent.future.result(timeout=2 * self.seconds + 1)
            except TimeoutError:
                if sent.future.done():
                    return sent.future.result()
                if self._done == done:
                    break
        raise BrokenProcessPool

    def _start_anew(self) -> None:
        self.__exit__()
        _wait_for_ended()
        self._pool = self._new_pool()


class _Sent(NamedTuple):
    chunk: list[File]
    future: Future
    pool: ProcessPool


def _wait_for_ended() -> None:
    while _ending:
        _ending.pop().join()


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
