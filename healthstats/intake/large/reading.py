"""A CSV too large for memory: read from our own copy, in a process of its own that may die."""

from __future__ import annotations

import gc
import multiprocessing
import resource
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute  # before the fork: the process that commits needs it as well, and loading takes its time
from pebble import ProcessExpired, ProcessPool

from healthstats.domain.finding import Finding
from healthstats.domain.reading import CodedTexts, Observations, Reading
from healthstats.intake.context import Context
from healthstats.intake.csvfiles.longcsv import broken_csv
from healthstats.intake.csvfiles.records import BrokenCsv
from healthstats.intake.large.bounds import most_records, refuse_open_header
from healthstats.intake.large.csvfile import read_big_csv
from healthstats.intake.large.spool import Spool
from healthstats.intake.workbook import Reader, placed, telling_name
from healthstats.intake.workers import MEMORY, SECONDS, lost, silence

EXACT = 64 << 20
"""Up to so many bytes the reader of small files may have it, where its header or its letters are not for this one."""


def read_large(name: str, path: Path, context: Context, folder: Path, meanwhile: Callable[[], None]) -> Reading:
    """The judgement of the file at `path`, as `Reader.read` gives it; its cells lie in `folder`, and must for as long
    as the reading is used. `meanwhile` is done while it is read. OSError where the disk has no room for the cells.

    It may take 60 s and one more for each MB, and 1 GiB of memory beside the cells."""
    size = path.stat().st_size
    seconds = SECONDS + size // 10**6
    with ProcessPool(
        max_workers=1, initializer=_start, initargs=(context,), context=multiprocessing.get_context("fork")
    ) as pool:
        try:
            future = pool.schedule(_read, args=(name, path, folder / f"{path.name}.cells"), timeout=seconds)
            meanwhile()
            reading, cells = future.result()
        except (ProcessExpired, TimeoutError, MemoryError) as death:
            return lost(death, seconds)
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
    return replace(reading, observations=cells.mapped()) if cells else reading


_contexts: list[Context] = []


def _start(context: Context) -> None:
    silence()
    # arrow's own allocator sets a gigabyte aside at once: where just that much is left, nothing else can be had
    pa.set_memory_pool(pa.system_memory_pool())
    # Not the address space, which the cells on disk take too
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY + _data(), MEMORY + _data()))
    _contexts.append(context)
    # A list a record where the csv module cuts them: the collector would walk over all of them again and again
    gc.freeze()
    gc.disable()


def _data() -> int:
    with open("/proc/self/statm", encoding="ascii") as sizes:
        return int(sizes.read().split()[5]) * resource.getpagesize()


@dataclass(frozen=True, slots=True)
class _Cells:
    """What can be told to another process of cells on disk."""

    spool: Spool
    count: int
    texts: list[str]
    items: list[str]
    qualifier: dict[int, str]
    status: dict[int, str]

    def mapped(self) -> Observations:
        cells = self.spool.observations(self.spool.map(), self.count, self.texts, self.items)
        return replace(cells, qualifier=self.qualifier, status=self.status)


def _read(name: str, path: Path, cells: Path) -> tuple[Reading, _Cells | None]:
    context = replace(_contexts[0], name=telling_name(name))
    try:
        spool = Spool(cells, most_records(path))
        spool.create()
        reading = read_big_csv(path, context, spool)
    except BrokenCsv as broken:
        return placed(broken_csv(broken), context.hints), None
    if reading is None:
        return _exactly(name, path), None
    seen = reading.observations
    texts, items = (each.texts if isinstance(each, CodedTexts) else [] for each in (seen.text, seen.item))
    told = replace(reading if reading.reports else placed(reading, context.hints), observations=Observations())
    return told, _Cells(spool, len(seen), texts, items, seen.qualifier, seen.status)


def _exactly(name: str, path: Path) -> Reading:
    size = path.stat().st_size
    if size <= EXACT:
        return Reader(_contexts[0]).read(name, path.read_bytes())
    try:
        refuse_open_header(path)
    except BrokenCsv as broken:
        return placed(broken_csv(broken), _contexts[0].hints)
    params = {"megabytes": -(-size // 10**6), "limit": EXACT // 10**6}
    return placed(Reading("csv", findings=(Finding("CSV_TOO_LARGE", "error", params=params),)), _contexts[0].hints)
