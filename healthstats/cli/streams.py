"""Where words go. A screen that nobody reads any more, or a log on a full disk, neither stops nor undoes anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from healthstats.cli.language import LANG
from healthstats.words import say


class _Unheard:
    """A stream whose words may be lost."""

    def __init__(self, stream: TextIOWrapper) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def prepare() -> None:
    """Names, arguments and screens are UTF-8, whatever locale cron starts us in: that of Turkey has no Vietnamese."""
    if sys.getfilesystemencoding() != "utf-8" and "PYTHONUTF8" not in os.environ:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    # a stream that was closed gives its number to the next file, and what is meant for a screen would go there
    while (free := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(free, True)
    os.close(free)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(descriptor, "r" if name == "stdin" else "w", encoding="utf-8"))
        elif isinstance(stream, TextIOWrapper) and name != "stdin":
            # a folder whose name is no UTF-8 may be told, and must not end in a traceback
            stream.reconfigure(errors="backslashreplace")
    if type(sys.stderr) is TextIOWrapper:
        sys.stderr = _Unheard(sys.stderr)


@contextmanager
def told_anyway() -> Iterator[None]:
    """For words about what is done already: where they cannot be written, that is said instead, and it stays done."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(say("screen.not_told", LANG, reason=error.strerror or error), file=sys.stderr)
        _give_up()


def last_words() -> None:
    """What is still to be written is written, or heard to be refused, while there is a code to say so."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up()


def _give_up() -> None:
    """What is left in the buffer would fail again at the very end, and turn the code into Python's own."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
