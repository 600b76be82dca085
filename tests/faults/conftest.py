from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from healthstats.store import platform
from tests.faults.calls import PRETENDED
from tests.faults.tally import Tally


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", PRETENDED["fsync"])
    monkeypatch.setattr(platform, "sync_file_system", PRETENDED["sync_file_system"])


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a place: thousands of small files are made here."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with TemporaryDirectory(prefix="healthstats-faults-", dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def inbox(tmp_path: Path) -> list[Path]:
    """Four submissions of one facility each; the last holds a value that is no number."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    files = []
    for number, value in enumerate(["100", "250", "0", "12 ?"], start=1):
        file = folder / f"{number}.csv"
        file.write_text(
            f"facility,period,element,value\n7900{number},2023-01,outpatient_visits,{value}\n7900{number},2023-01,inpatient_stays,3\n"
        )
        files.append(file)
    return files


@pytest.fixture
def tally(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Iterator[Tally]:
    """A line of the table that `make faults` prints; at the end nothing may have gone wrong."""
    tally = Tally(request.node.name.removeprefix("test_"))
    yield tally
    with capsys.disabled():
        print(f"\n{tally.line()}", end="")
    assert tally.tried
    assert tally.examples == []
