"""A command within this process, for tests that give many."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from healthstats.cli import main


def command(base: Path, *words: str | Path) -> tuple[int, str, str]:
    """The exit code, what stands on stdout, what on stderr; an exception that is no exit is a bug and raised."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    arguments = ["healthstats", "-w", str(base), *map(str, words)]
    code: object = 0
    with listening(), mock.patch("sys.argv", arguments), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int | None)
    for stream in (out, err):
        stream.flush()
    return code or 0, *(stream.buffer.getvalue().decode() for stream in (out, err))


@contextmanager
def listening() -> Iterator[None]:
    """The handlers of signals are those of before again."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
