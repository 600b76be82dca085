"""Rows of the fault matrix as a person meets them: the command, the code of the contract, one sentence, and again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from healthstats.domain.period import VIETNAM
from healthstats.store import Store
from healthstats.workflows import arrivals
from tests.faults import death, driver, whole
from tests.faults.checker import check, snapshot
from tests.faults.commands import command

HEAD = "facility,period,element,value\n"
GROWTH = ("show", "growth", "2023", "--format", "csv")


def sent(folder: Path, name: str, value: object, month: str = "2023-01", facility: str = "79001") -> Path:
    path = folder / f"{name}.csv"
    path.write_text(f"{HEAD}{facility},{month},outpatient_visits,{value}\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three runs with its marts; not to be touched."""
    base = tmp_path_factory.mktemp("matrix") / "kept"
    base.mkdir()
    whole.workspace_around(base / "data")
    for number in range(1, 4):
        driver.ingest(base / "data", [sent(base, f"{number}", 100 * number, f"2023-0{number}")])
    assert command(base, "transform")[0] == 0
    return base


@pytest.fixture
def base(kept: Path, tmp_path: Path) -> Path:
    base = tmp_path / "base"
    shutil.copytree(kept, base, symlinks=True)
    return base


def runs(base: Path) -> Path:
    return base / "data" / "processed" / "runs"


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def linked(base: Path) -> None:
    (runs(base) / "000000002").rename(base / "elsewhere")
    (runs(base) / "000000002").symlink_to(base / "elsewhere")


def newer(base: Path) -> None:
    header = base / "data" / "processed" / "STORE.json"
    header.write_text(json.dumps({**json.loads(header.read_text()), "min_reader": 99, "min_writer": 99}))


def swapped(base: Path) -> None:
    for one, other in (("2", "x"), ("3", "2"), ("x", "3")):
        (runs(base) / f"00000000{one}").rename(runs(base) / f"00000000{other}")


DAMAGES: dict[str, tuple[int, str, Callable[[Path], object]]] = {
    "a flipped bit": (23, "000000002", lambda base: flip(runs(base) / "000000002" / "observations.parquet")),
    "a truncation": (23, "observations", lambda base: os.truncate(runs(base) / "000000002/observations.parquet", 99)),
    "two runs swapped": (23, "000000002", swapped),
    "no manifest": (23, "MANIFEST.json", lambda base: (runs(base) / "000000003" / "MANIFEST.json").unlink()),
    "half a manifest": (23, "MANIFEST.json", lambda base: os.truncate(runs(base) / "000000001/MANIFEST.json", 50)),
    "a run half deleted": (23, "findings", lambda base: (runs(base) / "000000002" / "findings.parquet").unlink()),
    "a gap in the numbers": (23, "000000002", lambda base: shutil.rmtree(runs(base) / "000000002")),
    "no header": (23, "STORE.json", lambda base: (base / "data" / "processed" / "STORE.json").unlink()),
    "a run that is a link": (25, "000000002", linked),
    "a newer store": (24, "STORE.json", newer),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_and_skew_are_told_by_every_command(damage: str, base: Path) -> None:
    code, named, do = DAMAGES[damage]
    do(base)
    before = snapshot(base / "data")
    for words in (("ingest", sent(base, "new", 7)), ("verify",), ("publish", "annual", "2023")):
        ended, out, err = command(base, *words)
        said = [line for line in (out + err).splitlines() if not line.endswith("…")]
        assert (ended, any(named in line for line in said)) == (code, True), (words, said)
    assert snapshot(base / "data") == before
    assert not (base / "data" / "processed" / "publications").exists()


@pytest.mark.parametrize("harm", ["deleted", pytest.param("flipped", marks=pytest.mark.campaign)])
def test_marts_that_are_gone_or_corrupt_are_built_again_with_the_same_numbers(harm: str, base: Path) -> None:
    before = command(base, *GROWTH)
    (mart,) = (base / "data" / "processed" / "marts").iterdir()
    if harm == "deleted":
        shutil.rmtree(mart)
    if harm == "flipped":
        flip(mart / "growth.parquet")
    again = command(base, *GROWTH)
    assert (again[0], again[1]) == (before[0], before[1]) == (0, before[1])
    assert "Đang dựng" in again[2]


def test_a_clock_that_jumps_changes_no_order(base: Path) -> None:
    """The newer run's figure counts, whatever the clock says; an old file again does not beat it."""
    for days, value in ((2000, 444), (-900, 555)):
        jumped = datetime.now(VIETNAM) + timedelta(days=days)
        with mock.patch.object(arrivals, "datetime", wraps=datetime) as clock:
            clock.now.return_value = jumped
            assert command(base, "ingest", sent(base, f"after {days}", value), base / "1.csv", "--workers", "1")[0] == 0
    query = "select period, value from current_observations order by period"
    shown = command(base, "query", query, "--format", "csv")[1].split()
    assert shown[1:] == ["2023-01,555", "2023-02,200", "2023-03,300"]
    assert check(base / "data") == []


def test_runs_more_than_the_files_that_may_be_open(base: Path) -> None:
    """A limit that may be raised is raised; one that may not is told, with nothing changed."""
    for number in range(4, 21):
        driver.ingest(base / "data", [sent(base, f"{number}", number, f"20{number:02d}-01")])
    counting = f"""
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_NOFILE, tuple(map(int, sys.argv[1:])))
from healthstats.errors import StorageFailure
from healthstats.store import Store
from healthstats.store.stopping import stoppable
with Store.open(Path({str(base / "data")!r})).warehouse(None) as connection:
    try:
        with stoppable(connection):
            print(connection.execute("select count(*) from observations").fetchall())
    except StorageFailure as failure:
        print(failure.sentence())
"""

    def limited(least: int, most: int) -> str:
        return subprocess.check_output([sys.executable, "-c", counting, str(least), str(most)], text=True)

    assert "ulimit -n" in limited(12, 12)
    assert limited(24, 1024) == "[(20,)]\n"


def test_readers_see_whole_runs_while_writers_commit(tmp_path: Path) -> None:
    data = tmp_path / "data"
    driver.ingest(data, [sent(tmp_path, "0", 0)])
    files = [sent(tmp_path, f"{number}", number, f"20{number:02d}-01") for number in range(1, 9)]
    writers = [death.CONTEXT.Process(target=one_by_one, args=(data, files[start::2])) for start in range(2)]
    for writer in writers:
        writer.start()
    seen = [0]
    while any(writer.is_alive() for writer in writers):
        store = Store.open(data)
        store.check_hashes()
        with store.warehouse(None) as connection:
            ((count, last),) = connection.execute("select count(*), max(run) from observations").fetchall()
        assert count == last >= seen[-1]
        seen.append(count)
        time.sleep(0.05)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(set(seen)) > 1
    assert len(Store.open(data).runs()) == 9
    assert check(data) == []


def one_by_one(data: Path, files: list[Path]) -> None:
    from tests.faults.test_refusals import until_done

    for file in files:
        until_done(data, [file])


def test_a_line_break_in_a_proposed_name_leaves_the_register_readable(base: Path) -> None:
    """It was written without quotes, and no command could read the register any more."""
    names = ["Trạm Y tế\nPhường 9", "Phòng\u2028khám", "=cmd|' /C calc'!A0"]
    for number, name in enumerate(names):
        (base / f"new {number}.csv").write_text(f'{HEAD}"{name}",2023-05,outpatient_visits,{number}\n', "utf-8")
    words = [base / f"new {number}.csv" for number in range(3)]
    assert command(base, "ingest", *words, "--propose-register", "--workers", "1")[0] == 11
    assert command(base, "ingest", "--retry", "--workers", "1")[0] == 10
    register = (base / "pipelines" / "registers" / "facilities.csv").read_text("utf-8")
    assert ("Phường 9" in register, "cmd" in register) == (True, False)


def test_what_cannot_be_applied_is_told_in_a_sentence(base: Path) -> None:
    code, _, err = command(base, "findings", "--apply", base / "no such list\x1b[31m.xlsx")
    assert (code, "Refusal(" in err, "\x1b" in err) == (2, False, False)
