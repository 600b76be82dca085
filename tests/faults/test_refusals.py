"""A disk that refuses: nothing is committed, or it is, and the answer says which; with room again all goes on."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from healthstats.errors import Busy, OutcomeUnknown, StorageFailure
from tests.faults import death, driver, small_disks
from tests.faults.calls import Call, changes, count_changes, watched
from tests.faults.checker import check

DRIVER = [sys.executable, str(Path(driver.__file__))]
Watcher = Callable[[str, Call, tuple[Any, ...], dict[str, Any]], Any]


def refusing(first: int, last: int, code: int) -> Watcher:
    """Refuses the changes from the `first` to the `last`; there is always room to delete."""
    count = 0

    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nonlocal count
        if changes(name, args):
            count += 1
            if first <= count <= last and name not in ("unlink", "rmdir"):
                raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    return watcher


def steps(base: Path, files: list[Path]) -> int:
    base.mkdir()
    driver.ingest(base / "data", files[:1])
    return count_changes(lambda: driver.ingest(base / "data", files))


@pytest.mark.parametrize(("code", "lasting"), [(errno.ENOSPC, True), (errno.EIO, False)])
def test_a_refusal_at_any_step_is_answered_truly(code: int, lasting: bool, tmp_path: Path, inbox: list[Path]) -> None:
    endings = set()
    last = steps(tmp_path / "counting", inbox)
    for step in [*range(1, last - 8, 4), *range(last - 8, last + 1)]:
        data = tmp_path / str(step) / "data"
        data.parent.mkdir()
        driver.ingest(data, inbox[:1])
        with watched(refusing(step, 10**6 if lasting else step, code)):
            ending = ended(data, inbox)
        endings.add(ending)
        committed = len(list((data / "processed" / "runs").iterdir()))
        assert check(data) == [], f"step {step}"
        assert committed in {"StorageFailure": (1,), "done": (2,), "OutcomeUnknown": (1, 2)}[ending], f"step {step}"
        answer = driver.ingest(data, inbox)
        assert check(data, answer.split()[1:]) == [], f"step {step}"
    assert endings >= ({"StorageFailure"} if lasting else {"StorageFailure", "done", "OutcomeUnknown"})


def ended(data: Path, files: list[Path]) -> str:
    try:
        driver.ingest(data, files)
    except (StorageFailure, OutcomeUnknown) as error:
        return type(error).__name__
    return "done"


@pytest.mark.parametrize("moment", ["before the rename", "after the rename"])
def test_a_signal_leaves_the_run_whole_or_absent_and_is_not_swallowed(
    moment: str, tmp_path: Path, inbox: list[Path]
) -> None:
    """Ctrl-C while the tables are written: nothing. Between rename and sync: the run, and its sync is not cut off."""
    after_rename: list[str] = []

    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        answer = real(*args, **kwargs)
        renamed = name == "rename_exclusively"
        if renamed == (moment == "after the rename") and (renamed or name == "write"):
            signal.raise_signal(signal.SIGINT)
        if renamed or after_rename:
            after_rename.append(name)
        return answer

    data = tmp_path / "data"
    driver.ingest(data, inbox[:1])
    with pytest.raises(KeyboardInterrupt), watched(watcher):
        driver.ingest(data, inbox)
    assert check(data) == []
    assert len(list((data / "processed" / "runs").iterdir())) == (2 if moment == "after the rename" else 1)
    assert after_rename.count("fsync") == (2 if moment == "after the rename" else 0)
    assert list((data / "processed" / "staging").iterdir()) == []


def test_an_error_only_at_close_is_heard(tmp_path: Path, inbox: list[Path]) -> None:
    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        failing = name == "close" and os.readlink(f"/proc/self/fd/{args[0]}").endswith("observations.parquet")
        real(*args, **kwargs)
        if failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    data = tmp_path / "data"
    driver.ingest(data, inbox[:1])
    with watched(watcher), pytest.raises(StorageFailure):
        driver.ingest(data, inbox)
    assert check(data) == []


def test_writers_all_at_once_each_get_in_or_hear_that_it_is_busy(tmp_path: Path, inbox: list[Path]) -> None:
    data = tmp_path / "data"
    processes = [
        death.CONTEXT.Process(target=until_done, args=(data, files))
        for files in [inbox[:2], inbox[1:], inbox[2:], inbox[:1], inbox]
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 5
    assert check(data, driver.ingest(data, inbox).split()[1:]) == []


def until_done(data: Path, files: list[Path]) -> None:
    for _ in range(3000):
        try:
            driver.ingest(data, files)
            return
        except Busy:
            time.sleep(0.02)
    sys.exit(20)


def in_namespace(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a shell script where it may mount; skips the test where the machine does not let it."""
    if not shutil.which("unshare"):
        pytest.skip("no unshare on this machine")
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode:
        pytest.skip("mounting in a user namespace is not allowed here")
    command = ["unshare", "-rm", "sh", "-ec", script, "sh", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize(("option", "unit", "sizes"), [("nr_inodes", "", (16, 64, 12)), ("size", "k", (150, 751, 200))])
def test_a_small_disk_fills_up_and_nothing_is_half_there(
    option: str, unit: str, sizes: tuple[int, int, int], tmp_path: Path
) -> None:
    """Out of inodes, out of bytes: at each size all of it or nothing, and all of it once there is room."""
    endings, faults = on_small_disks(tmp_path, option, unit, sizes)
    assert faults == []
    assert (endings[0], endings[-1], {*endings}) == ("21", "done", {"21", "done"})


def on_small_disks(folder: Path, option: str, unit: str, sizes: tuple[int, int, int]) -> tuple[list[str], list[str]]:
    """How an ingest ended on a disk of each size, and what was wrong afterwards."""
    place = folder / "disk"
    place.mkdir()
    module = [sys.executable, "-m", small_disks.__name__, str(place), option, unit, *map(str, sizes)]
    run = in_namespace('exec "$@"', *module)
    assert run.returncode == 0, run.stderr
    lines = [line.split(" ", 2) for line in run.stdout.splitlines()]
    return [line[1] for line in lines], [" ".join(line) for line in lines if line[2] != "whole"]


def test_staging_on_another_device_is_refused(tmp_path: Path, inbox: list[Path]) -> None:
    data = tmp_path / "data"
    driver.ingest(data, inbox[:1])
    script = 'mount -t tmpfs none "$1"; shift; code=0; "$@" || code=$?; echo "$code"'
    run = in_namespace(script, str(data / "processed" / "staging"), *DRIVER, str(data), str(inbox[1]))
    assert run.stdout == "25\n", run.stderr


def test_with_few_descriptors_it_still_goes(tmp_path: Path, inbox: list[Path]) -> None:
    command = ["sh", "-c", 'ulimit -n 32; exec "$@"', "sh", *DRIVER, str(tmp_path / "data"), *map(str, inbox)]
    assert subprocess.run(command, capture_output=True).returncode == 0
