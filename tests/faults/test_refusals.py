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
from tests.faults import death, driver, small_disks, whole
from tests.faults.calls import Call, changes, count_changes, watched
from tests.faults.checker import check, snapshot
from tests.faults.death import Subject

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


@pytest.mark.parametrize("of", ["different files", "one file"])
@pytest.mark.parametrize(
    "subject", [driver.ingest, pytest.param(whole.ingest, marks=pytest.mark.campaign)], ids=["store", "whole"]
)
def test_eight_writers_at_once_each_get_in_or_hear_that_it_is_busy(
    of: str, subject: Subject, tmp_path: Path, inbox: list[Path]
) -> None:
    data = tmp_path / "workspace" / "data"
    data.parent.mkdir()
    whole.workspace_around(data)
    files = [tmp_path / f"{number}.csv" for number in range(8)]
    for number, file in enumerate(files):
        file.write_text(inbox[0].read_text().replace("2023-01", f"2023-0{number + 1}"))
    mine = [files[:1] if of == "one file" else [file] for file in files]
    processes = [death.CONTEXT.Process(target=until_done, args=(data, each, subject)) for each in mine]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 8
    assert len(list((data / "processed" / "runs").iterdir())) == (1 if of == "one file" else 8)
    assert check(data, subject(data, [each[0] for each in mine]).split()[1:]) == []


def until_done(data: Path, files: list[Path], subject: Subject = driver.ingest) -> None:
    for _ in range(3000):
        try:
            subject(data, files)
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


IN_A_ROW = """
import sys
from pathlib import Path
from tests.faults.commands import command
for line in sys.argv[2:]:
    code, out, err = command(Path(sys.argv[1]), *line.split())
    print(line.split()[0], code, len(err.splitlines()) < 3)
"""
READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"'
NOBODY_ELSE_MAY = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all")


def in_a_row(base: Path, *lines: str) -> list[str]:
    return [sys.executable, "-c", IN_A_ROW, str(base), *lines]


def test_a_read_only_store_is_shown_and_published_elsewhere(tmp_path: Path, inbox: list[Path]) -> None:
    (base := tmp_path / "base").mkdir()
    whole.ingest(base / "data", inbox[:1])
    before = snapshot(base / "data")
    lines = (f"ingest {inbox[1]} --workers 1", "show growth 2023", f"publish annual 2023 -o {tmp_path}/elsewhere")
    run = in_namespace(READ_ONLY, str(base / "data"), *in_a_row(base, *lines))
    assert run.stdout == "ingest 21 True\nshow 0 True\npublish 0 True\n", run.stderr
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["annual-2023.html"]
    assert check(base / "data", whole.ingest(base / "data", inbox).split()[1:], before) == []


@pytest.mark.campaign
def test_a_store_that_one_may_not_write(tmp_path: Path, inbox: list[Path]) -> None:
    """EACCES, for root too: he gives up what lets him pass over modes."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("no setpriv on this machine")
    (base := tmp_path / "base").mkdir()
    whole.ingest(base / "data", inbox[:1])
    places = [path for path in (base / "data", *(base / "data").rglob("*")) if path.is_dir()]
    for place in places:
        place.chmod(0o550)
    (base / "data" / "processed" / "LOCK").chmod(0o440)
    lines = (f"ingest {inbox[1]} --workers 1", "show growth 2023", "status", "verify", "transform",
             f"publish annual 2023 -o {tmp_path}/elsewhere", "publish annual 2023")  # fmt: skip
    command = [*(NOBODY_ELSE_MAY if os.geteuid() == 0 else ()), *in_a_row(base, *lines)]
    run = subprocess.run(command, capture_output=True, text=True)
    for place in places:
        place.chmod(0o750)
    assert [line.split()[1:] for line in run.stdout.splitlines()] == [
        [code, "True"] for code in ("21", "0", "0", "0", "21", "0", "21")
    ], run.stderr


def test_with_few_descriptors_it_still_goes(tmp_path: Path, inbox: list[Path]) -> None:
    """The whole house: readers, DuckDB, page and workbook."""
    whole.workspace_around(tmp_path / "data")
    healthstats = f"{sys.executable} -m healthstats -w {tmp_path}"
    script = (
        f'ulimit -n 32; {healthstats} ingest "$@" || test $? = 10; {healthstats} publish annual 2023 --to html,xlsx'
    )
    run = subprocess.run(["sh", "-ec", script, "sh", *map(str, inbox)], capture_output=True, text=True)
    assert (run.returncode, len(run.stdout.splitlines()[-2:])) == (0, 2), run.stderr
