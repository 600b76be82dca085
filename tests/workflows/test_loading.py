"""What a command loads: the readers, DuckDB and pandas only where there is something for them to do."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from healthstats.cli.app import COMMANDS
from healthstats.workflows import workspace
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Request
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, facility, xlsx

from .conftest import Holding, MakeWorkspace
from .terminal import run

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n"
GOOD = xlsx(Sheet([facility(1, "Bệnh viện Quận 1")]))
COMMAND = """
import sys
from healthstats.cli import main
sys.argv[0] = "healthstats"
try:
    main()
finally:
    told = {"pyarrow.compute", "healthstats.intake", "healthstats.cli.ingest", "healthstats.cli.look"}
    told |= {"healthstats.workflows.settling"}
    print(",".join({name.partition(".")[0] for name in sys.modules} | told & sys.modules.keys()))
"""
COLUMNS = {"numpy", "pyarrow"}
READERS = {"pebble", "python_calamine"}
HEAVY = {"duckdb", "pandas", "openpyxl"}
SETTLING = {"healthstats.workflows.settling"}


def loaded(*arguments: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    done = subprocess.run([sys.executable, "-c", COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 10), done.stderr
    return set(done.stdout.strip().splitlines()[-1].split(","))


@pytest.fixture
def arrived(make_workspace: MakeWorkspace) -> Workspace:
    workspace = make_workspace(REGISTER)
    (workspace.inbox / "BC T8.xlsx").write_bytes(GOOD)
    return workspace


def test_an_ingest_of_nothing_new_does_not_load_the_readers(arrived: Workspace) -> None:
    first = loaded("-w", str(arrived.root), "ingest")
    assert first >= READERS | SETTLING
    assert not HEAVY & first
    assert not (READERS | HEAVY | SETTLING | {"pyarrow.compute"}) & loaded("-w", str(arrived.root), "ingest")


def test_an_ingest_of_nothing_new_reads_no_register_that_has_judged_before(
    arrived: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(Workspace(arrived.root), Request())
    monkeypatch.setattr(workspace, "load", lambda *_: pytest.fail("the definitions were loaded"))
    assert ingest(Workspace(arrived.root), Request()).judged == []
    arrived.register.write_text(REGISTER + "79002,Bệnh viện Quận 2,2020-01-01\n", "utf-8")
    with pytest.raises(pytest.fail.Exception, match="loaded"):
        ingest(Workspace(arrived.root), Request())


@pytest.mark.parametrize(
    "words", [("show", "coverage", "2026"), ("show", "awaiting"), ("status",), ("status", "2026-08")]
)
def test_looking_loads_neither_the_columns_of_a_run_nor_the_readers(holding: Holding, words: tuple[str, ...]) -> None:
    held = holding(REGISTER, GOOD)
    # the marts are built anew while it looks, and even then
    shutil.rmtree(held.data / "processed" / "marts")
    looked = loaded("-w", str(held.root), *words)
    assert "duckdb" in looked
    assert not (READERS | COLUMNS | {"pandas", "healthstats.intake"}) & looked


def test_a_question_loads_no_frames(arrived: Workspace) -> None:
    loaded("-w", str(arrived.root), "ingest")
    asked = loaded("-w", str(arrived.root), "query", "select sum(value) from observations where period = '2026-08'")
    assert "pyarrow" in asked
    assert not (READERS | {"pandas", "healthstats.intake"}) & asked


def test_who_has_asked_a_question_still_gets_frames(arrived: Workspace) -> None:
    loaded("-w", str(arrived.root), "ingest")
    script = f"""
import sys
import healthstats
from healthstats.workflows.query import query
hs = healthstats.open({str(arrived.root)!r})
query(hs.workspace, "select 1 from growth")
before = "pandas" in sys.modules
import pyarrow
print(before, pyarrow.table({{"a": [7]}}).to_pandas().a.sum(), len(hs.query("select 1 from observations limit 3")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False 7 3\n", "")


def test_help_loads_no_data_library() -> None:
    assert not (READERS | COLUMNS | HEAVY | {"rich"}) & loaded("--help")


def test_help_loads_no_command_and_a_command_no_other() -> None:
    assert not {"healthstats.cli.ingest", "healthstats.cli.look"} & loaded("--help")
    assert {"healthstats.cli.ingest", "healthstats.cli.look"} & loaded("status", "-h") == {"healthstats.cli.look"}


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_list_is_there(command: str) -> None:
    told = run(command, "-h")
    assert (told.returncode, told.stderr) == (0, "")
    assert f" {command} " in told.stdout
