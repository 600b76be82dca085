"""Reading in worker processes: order, deaths, time limits."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from pathlib import Path

import pytest

from healthstats.domain.reading import Reading
from healthstats.intake import Reader, Workers, read_all, workers
from tests.submissions.bieu9 import HOSPITALS, Sheet, codes, context, facility, xlsx

GOOD = xlsx(Sheet([facility(1, "Bệnh viện Quận 1")]))


def test_readings_come_in_the_order_of_the_files() -> None:
    files = [
        (f"T{month}-2026.xlsx", xlsx(Sheet([facility(1, name)], title=["", f"Tháng {month} năm 2026", ""])))
        for month in (1, 2, 3, 4)
        for name in HOSPITALS.values()
    ]
    files *= 3
    readings = list(read_all(iter(files), context(), workers=2))
    assert [(r.reports[0].period, r.reports[0].facility) for r in readings] == [
        (f"2026-0{month}", code) for month in (1, 2, 3, 4) for code in HOSPITALS
    ] * 3
    assert readings[0] == Reader(context()).read(*files[0])


def test_no_files_no_workers() -> None:
    assert list(read_all([], context())) == []


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that dies, hangs or eats memory on files of those names: what a native parser does on a bad day."""
    read = Reader.read

    def act(self: Reader, name: str, data: bytes) -> Reading:
        if name == "dies.xlsx":
            faulthandler.disable()
            os.abort()
        if name == "hangs.xlsx":
            time.sleep(60)
        if name == "eats.xlsx":
            bytearray(2 << 30)
        return read(self, name, data)

    monkeypatch.setattr(Reader, "read", act)


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    ("name", "code"),
    [("dies.xlsx", "READER_DIED"), ("hangs.xlsx", "READER_TIMEOUT"), ("eats.xlsx", "READER_DIED")],
)
def test_a_file_that_brings_its_worker_down_costs_itself_only(name: str, code: str) -> None:
    files = [("a.xlsx", GOOD), (name, GOOD), ("b.xlsx", GOOD), (name, GOOD), ("c.xlsx", GOOD)]
    with Workers(context(), workers=2, seconds=0.5) as pool:
        readings = list(pool.read(files))
    assert [codes(reading) for reading in readings] == [[], [code], [], [code], []]
    assert [reading.counts.found for reading in readings] == [21, 0, 21, 0, 21]


class Deadly:
    """Kills whoever packs it for the parent, which is done with the pool's lock in hand."""

    def __reduce__(self) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def test_a_worker_killed_from_without_with_the_lock_in_its_hand_costs_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read, once = workers._read, tmp_path / "once"

    def unlucky(chunk: list[tuple[str, bytes]]) -> object:
        if chunk[0][0] == "20.xlsx" and not once.exists():
            once.touch()
            return Deadly()
        return read(chunk)

    monkeypatch.setattr(workers, "CHUNK", 4)
    # in its own place: a task is sent by its name
    unlucky.__module__, unlucky.__qualname__ = read.__module__, read.__qualname__
    monkeypatch.setattr(workers, "_read", unlucky)
    with Workers(context(), workers=2, seconds=1) as pool:
        readings = list(pool.read((f"{number}.xlsx", GOOD) for number in range(60)))
    assert once.exists()
    assert [reading.counts.found for reading in readings] == [21] * 60


def test_workers_that_are_all_killed_cost_no_file() -> None:
    others = _children()
    with Workers(context(), workers=2) as pool:
        readings = pool.read((f"{number}.xlsx", GOOD) for number in range(400))
        first = next(readings)
        for worker in _children() - others:
            os.kill(int(worker), signal.SIGKILL)
        assert [reading.counts.found for reading in (first, *readings)] == [21] * 400


@pytest.mark.usefixtures("hostile")
def test_workers_end_when_the_reading_is_given_up() -> None:
    others = _children()
    readings = read_all([("a.xlsx", GOOD)] * 40, context(), workers=2)
    next(readings)
    started = _children() - others
    assert started
    readings.close()  # type: ignore[attr-defined]
    for _ in range(100):
        if not _children() & started:
            return
        time.sleep(0.1)
    pytest.fail("workers outlive the reading")


def _children() -> set[str]:
    """The child processes that run; one that has ended and waits to be collected is none."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as children:
        return {child for child in children.read().split() if _runs(child)}


def _runs(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
