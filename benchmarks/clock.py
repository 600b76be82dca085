"""Whole commands as processes, taken turn by turn: what each costs in seconds, processor seconds and memory."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
HEALTHSTATS = (sys.executable, "-m", "healthstats")


@dataclass(frozen=True, slots=True)
class Cost:
    """One process with its children: seconds on the wall and of the processors."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Work:
    """A command; `prepare` runs before each turn and is not measured; `ends` are the exit codes that count as done."""

    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None
    ends: Sequence[int] = (0,)


@dataclass(slots=True)
class Series:
    """The costs of one work, a turn each; and the MB of all its processes together in a turn before these, what they
    share counted once, as sampled twenty times a second, or of the largest where that was more."""

    megabytes: float = 0
    costs: list[Cost] = field(default_factory=list)

    @property
    def wall(self) -> float:
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def processor(self) -> float:
        return statistics.median(cost.processor for cost in self.costs)


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, Series]:
    """Each work once a round: a machine that slows down slows all of them. A round before these, whose time is not
    counted, looks at the memory: the kernel walks every page for that, and holds up whoever wants another."""
    series = {}
    for name, work in works.items():
        work.prepare()
        series[name] = Series(_memory(work))
    for _ in range(rounds):
        for name, work in works.items():
            work.prepare()
            series[name].costs.append(_cost(work))
    return series


def environment() -> dict[str, str]:
    """Ours, with this checkout's package and no other; what is compiled is kept, as it is where people install it."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": str(REPOSITORY), "HEALTHSTATS_LANG": "en"}


def _cost(work: Work) -> Cost:
    began = time.perf_counter()
    usage = _ended(work, _started(work))
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def _memory(work: Work) -> float:
    child, seen, over = _started(work), [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            seen.append(sum(map(_kilobytes, _tree(child.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        usage = _ended(work, child)
    finally:
        over.set()
        watcher.join()
    return max(usage.ru_maxrss, *seen) / 1024


def _started(work: Work) -> subprocess.Popen[str]:
    return subprocess.Popen(
        work.command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def _ended(work: Work, child: subprocess.Popen[str]) -> resource.struct_rusage:
    """RuntimeError with what the command said where it ends as it should not."""
    assert child.stderr
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in work.ends:
        raise RuntimeError(f"{' '.join(work.command)} ended with {child.returncode}: {said}")
    return usage


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
