"""The long campaign, `make faults`: every step, many moments, and a table of what was tried and what went wrong."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from healthstats.errors import DamagedStore
from healthstats.store import Store
from tests.faults import death, driver, whole
from tests.faults.calls import watched
from tests.faults.checker import check, snapshot
from tests.faults.death import Subject
from tests.faults.disk import after, cut_power
from tests.faults.tally import Tally, kind
from tests.faults.test_death import faults_after_death, steps_of_an_ingest
from tests.faults.test_looking import Publishing
from tests.faults.test_power import SYNCS, faults_after_cuts, on_a_loop_disk, two_ingests
from tests.faults.test_refusals import ended, on_small_disks, refusing, steps
from tests.faults.test_sabotage import SABOTAGES

pytestmark = pytest.mark.campaign

SUBJECTS = pytest.mark.parametrize("subject", [driver.ingest, whole.ingest], ids=["store", "whole"])
CHANGING = ("write", "fsync", "mkdir", "link", "renameat2", "unlinkat", "rmdir", "fchmod", "ftruncate", "pwrite64")
PUBLISHING = ("write", "pwrite64", "fsync", "fdatasync", "mkdir", "rename", "renameat2", "unlink", "rmdir", "fchmod")


def prepared(subject: Subject, base: Path, inbox: list[Path]) -> dict[str, str]:
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir()
    subject(base / "data", inbox[:1])
    return snapshot(base / "data")


@SUBJECTS
def test_deaths_at_steps(subject: Subject, tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    base = tmp_path / "store"
    for step in range(1, steps_of_an_ingest(subject, tmp_path / "counting", inbox) + 2):
        for half in (False, True):
            before = prepared(subject, base, inbox)
            answer = death.killed_at_step(subject, base / "data", inbox, step, half)
            tally.add(step, answer != "", faults_after_death(subject, base / "data", inbox, answer, before))


@SUBJECTS
def test_deaths_at_moments(subject: Subject, tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    random = Random(1)
    base = tmp_path / "store"
    prepared(subject, base, inbox)
    started = time.monotonic()
    assert death.killed_after(subject, base / "data", inbox, 60)
    longest = 2 * (time.monotonic() - started)
    for point in range(150):
        before = prepared(subject, base, inbox)
        answer = death.killed_after(subject, base / "data", inbox, random.uniform(0, longest))
        tally.add(point, answer != "", faults_after_death(subject, base / "data", inbox, answer, before))


@pytest.mark.parametrize("call", CHANGING)
def test_deaths_of_the_command_at(call: str, tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    """The installed command under strace: killed at the 1st, 2nd, 3rd … such call until it gets through."""
    if not shutil.which("strace"):
        pytest.skip("no strace on this machine")
    base, step, code = tmp_path / "store", 0, -9
    while code not in (0, 10):
        step += 1
        before = prepared(whole.ingest, base, inbox)
        code, said = under_strace(f"inject={call}:signal=KILL:when={step}", base, ["ingest", *map(str, inbox)])
        # who reads "Lần nhận 2: 3 tệp" takes it for done, whatever becomes of the process after that
        acknowledged = code in (0, 10, 11) or "Lần nhận 2:" in said
        answered = [driver.sha256(file.read_bytes()) for file in inbox] if acknowledged else []
        faults = faults_after_death(whole.ingest, base / "data", inbox, " ".join(["", *answered]), before)
        tally.add(step, bool(answered), faults)


@pytest.mark.parametrize("call", PUBLISHING)
def test_deaths_of_publish_at(call: str, tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    """As above, while marts are built and page and workbook written; strace counts the calls of each thread."""
    if not shutil.which("strace"):
        pytest.skip("no strace on this machine")
    publishing = Publishing(tmp_path / "workspace", inbox)
    command = ["publish", "annual", "2023", "--to", "html,xlsx"]
    code, step = -9, 1
    while code != 0:
        publishing.again()
        code, _ = under_strace(f"inject={call}:signal=KILL:when={step}", publishing.base, command)
        assert code in (0, -9, 137), code
        tally.add(step, code == 0, publishing.faults())
        step += 1


def under_strace(injection: str, base: Path, command: list[str]) -> tuple[int, str]:
    """The command's code, and what it printed."""
    inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", injection]
    words = [sys.executable, "-m", "healthstats", "-w", str(base), *command]
    run = subprocess.run([*inject, *words], capture_output=True)
    return run.returncode, run.stdout.decode("utf-8", "replace")


def test_power_cuts(tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    recorder = two_ingests(tmp_path / "store", inbox)
    random = Random(1)
    place = tmp_path / "after"
    for moment in range(1, len(recorder.operations) + 1):
        disk = after(recorder.operations[:moment])
        for _ in range(20):
            shutil.rmtree(place, ignore_errors=True)
            cut_power(disk, place, random, random.choice((0.0, 0.2, 0.5, 0.8, 1.0)))
            acknowledged = [each for answer in disk.acknowledged for each in answer.split()[1:]]
            tally.add(moment, bool(acknowledged), check(place / "data", acknowledged))


def test_power_cuts_of_ext4(tmp_path: Path, tally: Tally) -> None:
    for cut in on_a_loop_disk(tmp_path, 1):
        moment, acknowledged, fault = cut.split(" ", 2)
        tally.add(moment, acknowledged != "0", [] if fault == "whole" else fault.split("; "))


def test_sabotage_of_ext4(tmp_path: Path, tally: Tally) -> None:
    tally.right = "caught"
    caught = [cut for cut in on_a_loop_disk(tmp_path, 16, "unsynced") if not cut.endswith(" whole")]
    tally.add("every sync", bool(caught), [] if caught else ["syncs left out went unnoticed"])


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("lasting", [True, False])
def test_refusals(code: int, lasting: bool, tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    base = tmp_path / "store"
    for step in range(1, steps(tmp_path / "counting", inbox) + 1):
        before = prepared(driver.ingest, base, inbox)
        with watched(refusing(step, 10**6 if lasting else step, code)):
            ending = ended(base / "data", inbox)
        answer = " ".join(["", *(driver.sha256(file.read_bytes()) for file in inbox)]) if ending == "done" else ""
        tally.add(step, ending == "done", faults_after_death(driver.ingest, base / "data", inbox, answer, before))


@pytest.mark.parametrize(("option", "unit", "sizes"), [("nr_inodes", "", (4, 70, 1)), ("size", "k", (20, 800, 20))])
def test_small_disks(option: str, unit: str, sizes: tuple[int, int, int], tmp_path: Path, tally: Tally) -> None:
    endings, faults = on_small_disks(tmp_path, option, unit, sizes)
    for number, ending in enumerate(endings):
        tally.add(ending, ending == "done", faults if number == 0 else [])


def test_flipped_bits(tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    tally.right, random = "caught", Random(1)
    driver.ingest(tmp_path / "data", inbox)
    store = Store.open(tmp_path / "data")
    files = sorted(path for path in (tmp_path / "data" / "processed" / "runs").rglob("*.parquet"))
    for _ in range(300):
        path = random.choice(files)
        content = path.read_bytes()
        place = random.randrange(len(content))
        path.write_bytes(content[:place] + bytes([content[place] ^ 1 << random.randrange(8)]) + content[place + 1 :])
        caught = is_damage(store.check_hashes)
        tally.add(f"{path.name} {place}", caught, [] if caught else ["I8 read as if sound"])
        path.write_bytes(content)


def is_damage(action: Callable[[], object]) -> bool:
    try:
        action()
    except DamagedStore:
        return True
    return False


def test_sabotages(tmp_path: Path, inbox: list[Path], tally: Tally) -> None:
    tally.right = "caught"
    for name, (scenario, sabotage) in SABOTAGES.items():
        with sabotage():
            caught = scenario(tmp_path / name, inbox)
        tally.add(name, bool(caught), [] if caught else ["a sabotage went unnoticed"])
    for name, skip in SYNCS.items():
        recorder = two_ingests(tmp_path / f"without {name}", inbox, skip)
        caught = faults_after_cuts(recorder, tmp_path / "after")
        tally.add(name, bool(caught), [] if caught else ["a sync left out went unnoticed"])
    caught = false_acknowledgements(tmp_path / "hasty", inbox)
    tally.add("acknowledge after the rename", bool(caught), [] if caught else ["a hasty answer went unnoticed"])


def false_acknowledgements(base: Path, inbox: list[Path]) -> list[str]:
    """Of one who acknowledges before the rename, killed at each step."""
    faults = []
    for step in range(1, steps_of_an_ingest(driver.ingest, base.with_suffix(".counting"), inbox) + 1):
        before = prepared(driver.ingest, base, inbox)
        answer = death.killed_at_step(driver.ingest, base / "data", inbox, step, die=death.die_after_a_hasty_answer)
        faults += check(base / "data", answer.split()[1:], before)
    return [fault for fault in faults if kind(fault) == "false acknowledgements"]
