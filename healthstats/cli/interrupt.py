"""A signal that asks the process to stop, as an exception that no handler of ordinary errors swallows."""

from __future__ import annotations

import signal
from types import FrameType


class Interrupted(BaseException):
    """`number` is the signal's; `run` the run that was committed before it came, None where none was."""

    def __init__(self, number: int, run: int | None = None) -> None:
        self.number, self.run = number, run


came: list[int] = []
"""The signals that were heard: a library may swallow the exception and raise one of its own."""


def listen() -> None:
    """From now on SIGINT and SIGTERM raise Interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def stop_listening() -> None:
    """From now on they are passed over: a second one, while the process ends, would end it with a traceback."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _interrupt(number: int, frame: FrameType | None) -> None:
    came.append(number)
    raise Interrupted(number)
