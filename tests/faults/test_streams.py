"""Words that nobody hears, in a log on a full disk or a closed screen: what was done is done, and the code says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import whole
from tests.faults.checker import check


def ends(base: Path, words: str, where: str) -> tuple[int, str]:
    """The command's code and stderr, its streams turned as the shell is told."""
    script = f"set -o pipefail; {sys.executable} -m healthstats -w {base} {words} {where}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    base = tmp_path / "base"
    base.mkdir()
    whole.workspace_around(base / "data")
    return base


@pytest.mark.parametrize(
    ("where", "heard"),
    [
        ("> /dev/full", "No space left"),
        pytest.param("2> /dev/full | true", "", marks=pytest.mark.campaign),
        pytest.param("<&- >&- 2>&-", "", marks=pytest.mark.campaign),
    ],
)
def test_a_run_whose_words_are_lost_is_committed_and_answered_so(base: Path, where: str, heard: str) -> None:
    """It ended in 21, which says that nothing was committed, or in 1, before anything was."""
    file = base / "1.csv"
    file.write_text("facility,period,element,value\n79001,2023-01,outpatient_visits,5\n")
    code, err = ends(base, f"ingest {file}", where)
    assert (code, heard in err) == (0, True)
    assert len(list((base / "data" / "processed" / "runs").iterdir())) == 1
    assert check(base / "data") == []


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("words", "where", "code"),
    [
        ("show growth 2023 --format csv", "| head -n 1", 0),
        ("show growth 2023 --format csv", "> /dev/full", 21),
        ("show growth 2023", "> /dev/full", 21),
        ("query 'select range from range(200000)'", "| head -n 1", 0),
        ("status", "2> /dev/full | true", 0),
        ("show nothing", ">&- 2>&-", 2),
        ("--help", "| true", 0),
    ],
)
def test_other_commands_whose_words_are_lost(base: Path, words: str, where: str, code: int) -> None:
    file = base / "1.csv"
    file.write_text("facility,period,element,value\n79001,2023-01,outpatient_visits,5\n")
    whole.ingest(base / "data", [file])
    assert ends(base, words, where)[0] == code
