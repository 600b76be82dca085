"""Whole commands as processes, taken turn by turn: what each costs in seconds, processor seconds and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
HEALTHSTATS = (sys.executable, "-m", "healthstats")


@dataclass(frozen=True, slots=True)
class Cost:
    """One process with its children: seconds on the wall and of the processors; MB of all of them together, what they
    share counted once, as sampled twenty times a second at the most, or of the largest where that was more."""

    wall: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Work:
    """A command; `prepare` runs before each turn and is not measured; `ends` are the exit codes that count as done."""

    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None
    ends: Sequence[int] = (0,)


@dataclass(slots=True)
class Series:
    """The costs of one work, a turn each."""

    costs: list[Cost] = field(default_factory=list)

    @property
    def wall(self) -> float:
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def processor(self) -> float:
        return statistics.median(cost.processor for cost in self.costs)

    @property
    def megabytes(self) -> float:
        return max(cost.megabytes for cost in self.costs)


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, Series]:
    """Each work once a round: a machine that slows down slows all of them."""
    series = {name: Series() for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            work.prepare()
            series[name].costs.append(run(work))
    return series


def environment() -> dict[str, str]:
    """Ours, with this checkout's package and no other; what is compiled is kept, as it is where people install it."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": str(REPOSITORY), "HEALTHSTATS_LANG": "en"}


def run(work: Work) -> Cost:
    """RuntimeError with what the command said where it ends as it should not."""
    began = time.perf_counter()
    child = subprocess.Popen(
        work.command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert child.stderr
    with _watched(child.pid) as seen:
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in work.ends:
        raise RuntimeError(f"{' '.join(work.command)} ended with {child.returncode}: {said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss, *seen) / 1024)


@contextmanager
def _watched(process: int) -> Iterator[list[int]]:
    """The kB of a process and all below it, again and again."""
    seen, over = [0], threading.Event()

    def watch() -> None:
        pause = 0.05
        while not over.wait(pause):
            began = time.perf_counter()
            seen.append(sum(map(_kilobytes, _tree(process))))
            # the kernel walks every page for it: looked at without rest, three processes ran a sixth slower
            pause = max(0.05, 30 * (time.perf_counter() - began))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _tree(process: int) -> list[int]:
    try:
        # a child is its thread's
        threads = [*Path(f"/proc/{process}/task").iterdir()]
        children = [child for thread in threads for child in (thread / "children").read_text("ascii").split()]
    except OSError:
        return [process]
    return [process, *(below for child in children for below in _tree(int(child)))]


def _kilobytes(process: int) -> int:
    """What it shares with others counts in part; 0 for one that is gone."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
