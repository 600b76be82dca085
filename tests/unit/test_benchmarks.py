"""The benchmark that makes runs of its own: the models must find in them what they read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_the_growth_benchmark_runs_on_the_models_as_they_are() -> None:
    sizes = ["--facilities", "20", "--months", "24", "--rounds", "1"]
    command = [sys.executable, "benchmarks/growth.py", *sizes]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("growth: ")
