"""Power cut at every moment of two ingests: whatever the disk kept, no run is torn and nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from healthstats.store import platform
from tests.faults import driver, loop_disk
from tests.faults.checker import check
from tests.faults.disk import Disk, Recorder, after, cut_power

SURVIVAL = (0.0, 0.5, 1.0)
"""The chance that what was not synced survived all the same: none, half, all."""


def never(promise: str, number: int) -> bool:
    return False


def two_ingests(base: Path, files: list[Path], skip: Callable[[str, int], bool] = never) -> Recorder:
    """The second resends one file of the first."""
    base.mkdir()
    recorder = Recorder(base, skip)
    recorder.record(lambda: driver.ingest(base / "data", files[:2]))
    recorder.record(lambda: driver.ingest(base / "data", files[1:]))
    return recorder


def cuts(recorder: Recorder, place: Path, survival: tuple[float, ...] = SURVIVAL) -> Iterator[tuple[Disk, Path]]:
    """The disk at each moment, and each state that a cut there leaves, made in a folder."""
    for moment in range(1, len(recorder.operations) + 1):
        disk = after(recorder.operations[:moment])
        for chance in survival:
            shutil.rmtree(place, ignore_errors=True)
            cut_power(disk, place, Random(moment), chance)
            yield disk, place / "data"


def faults_after_cuts(recorder: Recorder, place: Path) -> list[str]:
    """What the checker finds at the first moment at which it finds anything."""
    for disk, data in cuts(recorder, place):
        acknowledged = [each for answer in disk.acknowledged for each in answer.split()[1:]]
        if faults := check(data, acknowledged):
            return faults
    return []


def test_no_run_is_torn_and_no_acknowledged_one_lost(tmp_path: Path, inbox: list[Path]) -> None:
    recorder = two_ingests(tmp_path / "store", inbox)
    assert faults_after_cuts(recorder, tmp_path / "after") == []


def test_the_same_command_after_the_cut_ends_with_everything(tmp_path: Path, inbox: list[Path]) -> None:
    recorder = two_ingests(tmp_path / "store", inbox)
    for number, (_, data) in enumerate(cuts(recorder, tmp_path / "after", (0.5,))):
        if number % 8 == 0:
            answer = driver.ingest(data, inbox)
            assert check(data, answer.split()[1:]) == [], f"moment {number}"


def test_syncing_the_whole_file_system_at_once_holds_too(
    tmp_path: Path, inbox: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "FEW", 0)
    recorder = two_ingests(tmp_path / "store", inbox)
    assert any(operation[0] == "syncfs" for operation in recorder.operations)
    assert faults_after_cuts(recorder, tmp_path / "after") == []


def test_where_the_system_has_neither_syncfs_nor_renameat2_it_holds_too(
    tmp_path: Path, inbox: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "_function", lambda name: None)
    monkeypatch.setattr(platform, "sync_file_system", lambda path: False)
    monkeypatch.setattr(platform, "FEW", 0)
    recorder = two_ingests(tmp_path / "store", inbox)
    assert faults_after_cuts(recorder, tmp_path / "after") == []


def test_a_real_file_system_without_power_holds_what_was_acknowledged(tmp_path: Path) -> None:
    cuts = on_a_loop_disk(tmp_path, 16)
    assert [cut for cut in cuts if not cut.endswith(" whole")] == []
    assert len(cuts) > 5


def on_a_loop_disk(folder: Path, every: int, *words: str) -> list[str]:
    """What loop_disk.py prints; skips the test where the machine lets nobody mount a file."""
    if os.geteuid() or not shutil.which("mkfs.ext4") or not shutil.which("unshare"):
        pytest.skip("mounting a file needs root, mkfs.ext4 and unshare")
    image = folder / "probe.img"
    probe = 'truncate -s 1M "$1" && mkfs.ext4 -q -F "$1" && mount -o loop "$1" /mnt'
    probing = ["unshare", "-m", "sh", "-ec", probe, "sh", str(image)]
    if subprocess.run(probing, capture_output=True).returncode:
        pytest.skip("this machine mounts no file as a disk")
    module = ["unshare", "-m", sys.executable, "-m", loop_disk.__name__, str(folder), str(every), *words]
    run = subprocess.run(module, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


SYNCS: dict[str, Callable[[str, int], bool]] = {
    "a table's bytes": lambda promise, number: promise.endswith("observations.parquet"),
    "the manifest's bytes": lambda promise, number: promise.endswith("MANIFEST.json"),
    "the names in the run's folder": lambda promise, number: promise.count("/") == 3 and "/staging/" in promise,
    "the run's own name": lambda promise, number: promise.endswith("processed/runs") and number % 3 == 0,
    "the archive's bytes": lambda promise, number: promise.endswith(("/0", "/1")),
    "the archive's names": lambda promise, number: "raw/archive/" in promise,
    "the archive's new folders": lambda promise, number: promise.endswith("raw/archive"),
    "the header's name": lambda promise, number: promise.endswith("data/processed"),
    "the store's own folders": lambda promise, number: promise == "data",
}


@pytest.mark.parametrize("left_out", SYNCS)
def test_sabotage_each_sync_left_out_is_found(left_out: str, tmp_path: Path, inbox: list[Path]) -> None:
    recorder = two_ingests(tmp_path / "store", inbox, SYNCS[left_out])
    assert faults_after_cuts(recorder, tmp_path / "after") != []


def test_sabotage_the_first_sync_of_runs_is_what_an_answer_about_an_old_run_rests_on(
    tmp_path: Path, inbox: list[Path]
) -> None:
    """Killed between rename and sync, then "received in run 1", then the power goes."""

    def survives(skip: Callable[[str, int], bool]) -> list[str]:
        base = tmp_path / os.urandom(4).hex()
        recorder = two_ingests(base, inbox)
        renamed = next(k for k, each in enumerate(recorder.operations) if each[0] == "rename")
        second = Recorder(base, skip)
        second.record(lambda: driver.ingest(base / "data", inbox[:1]))
        disk = after(recorder.operations[: renamed + 1])
        for operation in second.operations:
            disk.apply(operation) if operation[0] in ("fsync", "acknowledge") else None
        cut_power(disk, base / "after", Random(0), 0.0)
        return check(base / "after" / "data", disk.acknowledged[0].split()[1:])

    assert survives(never) == []
    assert survives(lambda promise, number: promise.endswith("processed/runs")) != []
