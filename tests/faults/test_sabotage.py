"""A safeguard taken out must be found by a check that passes while it is there. (Syncs: test_power.py.)"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from healthstats.errors import HealthstatsError
from healthstats.store import Store, archive, commit, platform, runs
from tests.faults import driver
from tests.faults.calls import Call, watched
from tests.faults.checker import check

Scenario = Callable[[Path, list[Path]], list[str]]
"""Ingests files into a data folder under some mishap; answers with what is wrong afterwards."""


def outcome(data: Path, files: list[Path]) -> str:
    """The class of the error an ingest ends with, or `done`."""
    try:
        driver.ingest(data, files)
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


def lying_disk(part: str) -> Scenario:
    def scenario(data: Path, inbox: list[Path]) -> list[str]:
        Store.create(data)
        with watched(LyingDisk(part)):
            outcome(data, inbox)
        return check(data) + [problem.file for problem in Store.open(data).verify() if not problem.harmless]

    return scenario


def a_name_taken_in_the_last_moment(data: Path, inbox: list[Path]) -> list[str]:
    """Another machine's half-made run appears between looking for a number and taking it."""
    rename = platform.rename_exclusively

    def late(source: Path, target: Path) -> None:
        target.mkdir(exist_ok=True)
        rename(source, target)

    driver.ingest(data, inbox[:1])
    with mock.patch.object(platform, "rename_exclusively", late):
        ended = outcome(data, inbox)
    return [] if ended == "DamagedStore" else [f"took a name that was another's: {ended}"]


def the_same_bytes_again(data: Path, inbox: list[Path]) -> list[str]:
    driver.ingest(data, inbox[:2])
    driver.ingest(data, inbox)
    return check(data)


def a_second_writer_in_the_middle(data: Path, inbox: list[Path]) -> list[str]:
    """A second ingest of the same files starts just after the first has looked at what is known."""
    known = Store.known_submissions
    second: list[str] = []

    def interrupted(store: Store) -> object:
        answer = known(store)
        if not second:
            second.append("started")
            second.append(outcome(data, inbox))
        return answer

    with mock.patch.object(Store, "known_submissions", interrupted):
        driver.ingest(data, inbox)
    return check(data) + ([] if second[-1] == "Busy" else [f"second writer: {second[-1]}"])


def a_flipped_bit_in_the_newest_run(data: Path, inbox: list[Path]) -> list[str]:
    driver.ingest(data, inbox[:1])
    path = data / "processed" / "runs" / "000000001" / "observations.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    ended = outcome(data, inbox)
    return [] if ended == "DamagedStore" else [f"built on a damaged run: {ended}"]


def a_flipped_bit_in_the_archive(data: Path, inbox: list[Path]) -> list[str]:
    """The archive holds other bytes under the name of a file that then arrives."""
    driver.ingest(data, inbox[1:])
    arriving = inbox[0].read_bytes()
    path = archive.archive_path(Store.open(data).places, driver.sha256(arriving), "csv")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(arriving[:-1])
    ended = outcome(data, inbox)
    return [] if ended == "DamagedStore" else [f"trusted a name for its bytes: {ended}"]


SABOTAGES: dict[str, tuple[Scenario, Callable[[], AbstractContextManager[object]]]] = {
    "tables are read back": (lying_disk("observations.parquet"), lambda: mock.patch.object(commit, "read_back")),
    "the manifest is read back": (lying_disk("MANIFEST.json"), lambda: mock.patch.object(commit, "read_back")),
    "the archive is read back": (lying_disk("/staging/"), lambda: mock.patch.object(archive, "_check")),
    "the rename is exclusive": (
        a_name_taken_in_the_last_moment,
        lambda: mock.patch.object(platform, "rename_exclusively", os.rename),
    ),
    "bytes are known again": (
        the_same_bytes_again,
        lambda: mock.patch.object(Store, "known_submissions", return_value={}),
    ),
    "one writer at a time": (
        a_second_writer_in_the_middle,
        lambda: mock.patch.object(platform, "try_lock", return_value=True),
    ),
    "the newest run is verified": (a_flipped_bit_in_the_newest_run, lambda: mock.patch.object(runs, "check_hashes")),
    "an archived name is verified": (a_flipped_bit_in_the_archive, lambda: mock.patch.object(archive, "_compare")),
}


@pytest.mark.parametrize("safeguard", SABOTAGES)
def test_each_safeguard_holds_and_its_absence_is_found(safeguard: str, tmp_path: Path, inbox: list[Path]) -> None:
    scenario, sabotage = SABOTAGES[safeguard]
    assert scenario(tmp_path / "sound", inbox) == []
    with sabotage():
        assert scenario(tmp_path / "sabotaged", inbox) != []


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
        mock.patch.object(platform, "try_lock", return_value=True),
        mock.patch.object(commit, "sweep"),
        mock.patch.object(platform, "rename_exclusively", late),
    ):
        driver.ingest(data, inbox[:2])
    assert check(data) == []
    assert [run.number for run in Store.open(data).runs()] == [1, 2]
