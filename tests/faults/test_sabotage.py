"""A safeguard taken out must be found by a check that passes while it is there. (Syncs: test_power.py.)"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import driver
import pytest
from calls import Call, watched
from checker import check

from healthstats.errors import HealthstatsError
from healthstats.store import Store, archive, commit, platform, runs


def outcome(action: Callable[[], object]) -> str:
    """The class of the error an action ends with, or `done`."""
    try:
        action()
    except HealthstatsError as error:
        return type(error).__name__
    return "done"


class LyingDisk:
    """Drops half of what is written to files of that name, and says that all was written."""

    def __init__(self, part: str) -> None:
        self.part = part

    def __call__(self, name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if name == "write" and self.part in os.readlink(f"/proc/self/fd/{args[0]}"):
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
            return len(args[1])
        return real(*args, **kwargs)


@pytest.mark.parametrize("part", ["observations.parquet", "MANIFEST.json"])
def test_reading_back_finds_what_a_lying_disk_dropped(part: str, tmp_path: Path, inbox: list[Path]) -> None:
    def faults(data: Path) -> list[str]:
        Store.create(data)
        with watched(LyingDisk(part)):
            assert outcome(lambda: driver.ingest(data, inbox)) in ("StorageFailure", "done")
        return check(data)

    assert faults(tmp_path / "sound") == []
    with mock.patch.object(commit, "read_back", lambda folder, files: None):
        assert faults(tmp_path / "sabotaged") != []


def test_the_archive_is_read_back_before_it_gets_its_name(tmp_path: Path, inbox: list[Path]) -> None:
    def faults(data: Path) -> list[str]:
        Store.create(data)
        with watched(LyingDisk("/staging/")):
            outcome(lambda: driver.ingest(data, inbox))
        return Store.open(data).verify()

    assert [each for each in faults(tmp_path / "sound") if not each.harmless] == []
    with mock.patch.object(archive, "_check", lambda files, temporary: None):
        assert {each.what for each in faults(tmp_path / "sabotaged")} >= {"archive_damaged"}


def test_the_exclusive_rename_never_takes_a_name_that_another_made(tmp_path: Path, inbox: list[Path]) -> None:
    """Another machine's half-made run appears between looking for a number and taking it."""
    real = platform.rename_exclusively

    def faults(data: Path, rename: Callable[[Path, Path], None]) -> list[str]:
        def late(source: Path, target: Path) -> None:
            target.mkdir(exist_ok=True)
            rename(source, target)

        driver.ingest(data, inbox[:1])
        with mock.patch.object(platform, "rename_exclusively", late):
            ended = outcome(lambda: driver.ingest(data, inbox))
        return [] if ended == "DamagedStore" else [f"a name that was taken: {ended}"]

    assert faults(tmp_path / "sound", real) == []
    assert faults(tmp_path / "sabotaged", os.rename) != []


def test_the_same_bytes_are_not_taken_in_twice(tmp_path: Path, inbox: list[Path]) -> None:
    def faults(data: Path) -> list[str]:
        driver.ingest(data, inbox[:2])
        driver.ingest(data, inbox)
        return check(data)

    assert faults(tmp_path / "sound") == []
    with mock.patch.object(Store, "known_submissions", lambda store: {}):
        assert any(fault.startswith("I2") for fault in faults(tmp_path / "sabotaged"))


def test_the_lock_keeps_a_second_writer_out(tmp_path: Path, inbox: list[Path]) -> None:
    """A second ingest of the same files starts just after the first has looked at what is known."""
    known = Store.known_submissions

    def faults(data: Path) -> list[str]:
        second: list[str] = []

        def interrupted(store: Store) -> object:
            answer = known(store)
            if not second:
                second.append("started")
                second.append(outcome(lambda: driver.ingest(data, inbox)))
            return answer

        with mock.patch.object(Store, "known_submissions", interrupted):
            driver.ingest(data, inbox)
        return check(data) + ([] if second[-1] == "Busy" else [f"second writer: {second[-1]}"])

    assert faults(tmp_path / "sound") == []
    with mock.patch.object(platform, "try_lock", lambda descriptor: True):
        assert any(fault.startswith("I2") for fault in faults(tmp_path / "sabotaged"))


def test_nobody_builds_on_a_run_with_a_flipped_bit(tmp_path: Path, inbox: list[Path]) -> None:
    def ended(data: Path) -> str:
        driver.ingest(data, inbox[:1])
        flip(data / "processed" / "runs" / "000000001" / "observations.parquet")
        return outcome(lambda: driver.ingest(data, inbox))

    assert ended(tmp_path / "sound") == "DamagedStore"
    with mock.patch.object(runs, "check_hashes", lambda committed, place: None):
        assert ended(tmp_path / "sabotaged") == "done"


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o640)
    path.write_bytes(data)


def test_another_writers_run_in_the_middle_is_kept_and_followed(tmp_path: Path, inbox: list[Path]) -> None:
    """A lock that does not hold, as on some network folders: both runs stand, none is lost."""
    real = platform.rename_exclusively
    data = tmp_path / "data"
    other: list[str] = []

    def late(source: Path, target: Path) -> None:
        if not other:
            other.append("started")
            driver.ingest(data, inbox[2:])
        real(source, target)

    with (
        mock.patch.object(platform, "try_lock", lambda descriptor: True),
        mock.patch.object(commit, "sweep", lambda places: None),
        mock.patch.object(platform, "rename_exclusively", late),
    ):
        driver.ingest(data, inbox[:2])
    assert check(data) == []
    assert [run.number for run in Store.open(data).runs()] == [1, 2]
