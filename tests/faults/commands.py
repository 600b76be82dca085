"""A command as the tests of faults ask for it: the code of the contract, and what stands where."""

from __future__ import annotations

from pathlib import Path

from tests.workflows.terminal import run


def command(base: Path, *words: str | Path) -> tuple[int, str, str]:
    """The exit code, what stands on stdout, what on stderr; an exception that is no exit is a bug and raised."""
    done = run("-w", base, *words)
    return done.returncode, done.stdout, done.stderr
