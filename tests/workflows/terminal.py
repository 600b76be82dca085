"""A command line typed: in this process, or in one of its own where that is what a test is about."""

from __future__ import annotations

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from healthstats.cli import main
from healthstats.workflows.workspace import Workspace

Done = subprocess.CompletedProcess[str]
ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> Done:
    """The command in Vietnamese, off a terminal: a bug is its own traceback, words go where a process writes them."""
    words = [str(argument) for argument in arguments]
    assert not {"--lang", "en"} & set(words), "a process has one language: run_alone"
    out, err = io.StringIO(), io.StringIO()
    typed = patch.multiple(sys, argv=["healthstats", *words], stdin=io.StringIO())
    with _as_it_was(), typed, redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


@contextmanager
def _as_it_was() -> Iterator[None]:
    """A command leaves its handlers and its collector's thresholds behind: a test's process goes on without them."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    handlers = [signal.getsignal(number) for number in numbers]
    thresholds = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)


def run_alone(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Done:
    """The command as a shell starts it."""
    result = subprocess.run(
        [sys.executable, "-m", "healthstats", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
    )
    assert "Traceback" not in result.stderr + result.stdout
    return result


def take_in(workspace: Workspace, data: bytes, name: str = "BC T8.xlsx", *options: str) -> Done:
    """What `ingest` says when the file lies in the inbox."""
    (workspace.inbox / name).write_bytes(data)
    return run("-w", workspace.root, "ingest", *options)
