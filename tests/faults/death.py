"""An ingest in a process of its own that dies, at a chosen system call or at any moment, by SIGKILL."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest import mock

from healthstats.store import commit
from tests.faults.calls import Call, changes, watched

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["driver", "whole", "calls", "pyarrow.parquet"])


Subject = Callable[[Path, list[Path]], str]
"""What ingests the files into the data folder and answers with its acknowledgement: driver.ingest, whole.ingest."""


def die_at(subject: Subject, step: int, half: bool, data: Path, files: list[Path], answer: Connection) -> None:
    """Ingests, and dies before the `step`-th change, or in the middle of it where it is a write."""
    count, victim = 0, os.getpid()

    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nonlocal count
        if changes(name, args) and os.getpid() == victim:
            count += 1
            if count == step:
                if half and name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                os.kill(victim, signal.SIGKILL)
        return real(*args, **kwargs)

    with watched(watcher):
        answer.send(subject(data, files))


def die_after_a_hasty_answer(
    subject: Subject, step: int, half: bool, data: Path, files: list[Path], answer: Connection
) -> None:
    """A sabotage: as die_at, of one who acknowledges when all is ready, and only then gives the run its name."""
    publish = commit.publish

    def hasty(folder: Path, target: Path, identity: str) -> None:
        answer.send("acknowledged " + " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))
        publish(folder, target, identity)

    with mock.patch.object(commit, "publish", hasty):
        die_at(subject, step, half, data, files, answer)


def live(subject: Subject, data: Path, files: list[Path], answer: Connection) -> None:
    answer.send(subject(data, files))


def killed_at_step(
    subject: Subject, data: Path, files: list[Path], step: int, half: bool = False, die: Callable[..., None] = die_at
) -> str:
    """The acknowledgement, '' where the process died before it gave one."""
    return _answer(die, (subject, step, half, data, files), None)


def killed_after(subject: Subject, data: Path, files: list[Path], seconds: float) -> str:
    """As killed_at_step, for one who still lives after so long."""
    return _answer(live, (subject, data, files), seconds)


def _answer(target: Callable[..., None], arguments: tuple[Any, ...], seconds: float | None) -> str:
    receiving, sending = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=target, args=(*arguments, sending))
    process.start()
    sending.close()
    process.join(seconds)
    process.kill()
    process.join()
    try:
        return str(receiving.recv()) if receiving.poll() else ""
    except EOFError:
        return ""
    finally:
        receiving.close()
