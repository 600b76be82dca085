"""Ctrl-C, or a system that shuts down: one sentence, the contract's code, nothing half done, nobody left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import duckdb
import pytest

from healthstats.store.stopping import stoppable
from tests.faults import whole
from tests.faults.checker import check, snapshot

SLOW = "length(regexp_replace(repeat('abc ', 120) || range, '([a-z]+)+ ', 'x', 'g'))"
"""A tenth of a millisecond: twenty thousand take seconds, and end by themselves."""
MODEL = f"""-- grain: one row
with
given as (select count(*) as n from coverage),
final as (select max({SLOW}) as n from range(60000), given)
select * from final
"""


class Stopped(BaseException):
    pass


def stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


@pytest.fixture
def sigterm_stops() -> Iterator[None]:
    before = signal.signal(signal.SIGTERM, stop)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_query_hears_a_signal_before_its_end(sigterm_stops: None) -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("create sequence done")
        timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM))
        timer.start()
        with pytest.raises(Stopped), stoppable(connection):
            connection.execute(f"select max(nextval('done') + {SLOW}) from range(60000)")
        assert connection.execute("select nextval('done') < 60000").fetchall() == [(True,)]


def running(base: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command in a group of its own: whoever of it is left over is found by the group's number."""
    command = [sys.executable, "-m", "healthstats", "-w", str(base), "--lang", "en", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def ended(process: subprocess.Popen[str], begun: Callable[[], object], number: int) -> tuple[int, list[str]]:
    """How the command ends, and what it says, when the signal comes once it has begun; nobody of it is left."""
    while process.poll() is None and not begun():
        time.sleep(0.01)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert out == ""
    return process.returncode, [line for line in err.splitlines() if not line.endswith("…")]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a run, a published page, and a table that takes seconds to build; each test leaves it so."""
    base = tmp_path_factory.mktemp("workspace")
    (base / "1.csv").write_text("facility,period,element,value\n79001,2023-01,outpatient_visits,100\n")
    whole.ingest(base / "data", [base / "1.csv"])
    whole.publish(base / "data", [])
    models = base / "pipelines" / "models" / "tables"
    models.mkdir(parents=True)
    (models / "slow.sql").write_text(MODEL)
    return base


def in_the_slow_model(staging: Path) -> bool:
    return any(coverage.stat().st_size for coverage in staging.glob("*/coverage.parquet"))


@pytest.mark.parametrize(
    ("command", "number", "code"),
    [
        (("transform",), signal.SIGTERM, 143),
        pytest.param(("publish", "annual", "2023"), signal.SIGINT, 130, marks=pytest.mark.campaign),
    ],
)
def test_stopped_while_marts_are_built(base: Path, command: tuple[str, ...], number: int, code: int) -> None:
    data = base / "data"
    before, old = snapshot(data), sorted((data / "processed" / "marts").iterdir())
    (page,) = (data / "processed" / "publications").glob("*.html")
    published = page.read_bytes()
    staging = data / "processed" / "staging"
    returned, said = ended(running(base, *command), lambda: in_the_slow_model(staging), number)
    assert (returned, [line[:17] for line in said]) == (code, ["Stopped as asked."])
    assert check(data, before=before) == []
    assert list(staging.iterdir()) == []
    assert sorted((data / "processed" / "marts").iterdir()) == old
    assert page.read_bytes() == published


@pytest.mark.campaign
def test_stopped_in_a_long_query_of_ones_own(base: Path) -> None:
    process = running(base, "query", f"select max({SLOW}) from range(60000)")
    # nothing on disk tells that the query runs; a signal before it is answered alike
    moment = time.monotonic() + 2
    returned, said = ended(process, lambda: time.monotonic() > moment, signal.SIGTERM)
    assert (returned, [line[:17] for line in said]) == (143, ["Stopped as asked."])


def test_what_a_killed_transform_left_is_swept_by_the_next(base: Path) -> None:
    staging = base / "data" / "processed" / "staging"
    process = running(base, "transform")
    while process.poll() is None and not in_the_slow_model(staging):
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert len(list(staging.iterdir())) == 1
    (base / "pipelines" / "models" / "tables" / "slow.sql").write_text(MODEL.replace("60000", "6"))
    process = running(base, "transform")
    process.communicate()
    assert (process.returncode, list(staging.iterdir())) == (0, [])


def test_who_asks_again_and_again_is_told_once(tmp_path: Path, inbox: list[Path]) -> None:
    """Readers are ended while the process ends: a signal that comes then must not break into it."""
    whole.ingest(tmp_path / "data", inbox[:1])
    rows = "".join(f"7900{number % 9},2023-01,outpatient_visits,{number}\n" for number in range(400_000))
    (tmp_path / "slow.csv").write_text(f"facility,period,element,value\n{rows}")
    process = running(tmp_path, "ingest", str(tmp_path / "slow.csv"))
    staging = tmp_path / "data" / "processed" / "staging"
    while process.poll() is None and not any(staging.iterdir()):
        time.sleep(0.01)
    # the readers are started by now, and have seconds of work
    time.sleep(0.5)
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.005)
    out, err = process.communicate(timeout=60)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    said = [line[:17] for line in err.splitlines() if not line.endswith("…")]
    assert (process.returncode, out, said) == (130, "", ["Stopped as asked."])


def test_stopped_while_it_is_still_loading() -> None:
    script = """
import os, signal
from healthstats import cli
cli.prepare = lambda: os.kill(os.getpid(), signal.SIGTERM)
cli.main()
"""
    stopped = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (stopped.returncode, "Traceback" in stopped.stderr) == (143, False)
