"""An ingest in a process of its own that dies, at a chosen system call or at any moment, by SIGKILL."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from calls import Call, changes, watched

sys.path.insert(0, str(Path(__file__).parent))
import driver

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["driver", "calls", "pyarrow.parquet"])


def die_at(step: int, half: bool, data: Path, files: list[Path], answer: Connection) -> None:
    """Ingests, and dies before the `step`-th change, or in the middle of it where it is a write."""
    count = 0

    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nonlocal count
        if changes(name, args):
            count += 1
            if count == step:
                if half and name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    with watched(watcher):
        answer.send(driver.ingest(data, files))


def acknowledge(data: Path, files: list[Path], answer: Connection) -> None:
    answer.send(driver.ingest(data, files))


def killed_at_step(data: Path, files: list[Path], step: int, half: bool = False) -> str:
    """The acknowledgement, '' where the process died before it gave one."""
    return _answer(die_at, (step, half, data, files), None)


def killed_after(data: Path, files: list[Path], seconds: float) -> str:
    return _answer(acknowledge, (data, files), seconds)


def _answer(target: Any, arguments: tuple[Any, ...], seconds: float | None) -> str:
    receiving, sending = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=target, args=(*arguments, sending))
    process.start()
    sending.close()
    if seconds is not None:
        time.sleep(seconds)
        process.kill()
    process.join()
    try:
        return str(receiving.recv())
    except EOFError:
        return ""
    finally:
        receiving.close()
