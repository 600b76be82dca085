"""Reading many files: the readers are loaded and started when there is something to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from healthstats.domain.reading import Reading
from healthstats.intake.context import Context

FEW = 32
"""Up to as many files one worker does: a second would cost more to start than it saves."""


def read_all(items: Iterable[tuple[str, bytes]], context: Context, workers: int | None = None) -> Iterator[Reading]:
    """Reads (name, bytes) in worker processes and yields the readings in the order given.

    A file that kills its worker, or takes longer than 60 s, gets a finding READER_DIED or READER_TIMEOUT."""
    files = iter(items)
    first = list(islice(files, FEW + 1))
    if not first:
        return
    # imported here: a night on which nothing new came in must not wait for the readers
    from healthstats.intake.workers import Workers

    count = 1 if len(first) <= FEW else workers or len(os.sched_getaffinity(0))
    with Workers(context, count) as pool:
        yield from pool.read(chain(first, files))
