"""What comes between a query and its end: a signal, which the interpreter alone would hear too late, and the disk."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from healthstats.errors import HealthstatsError, StorageFailure
from healthstats.store import platform

STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Within it SIGINT and SIGTERM interrupt what the connection does, and end in what their handlers raise; a file
    that cannot be opened, read or written is a StorageFailure."""
    platform.allow_many_files()
    try:
        with _listening(connection):
            yield
    except duckdb.IOException as error:
        raise StorageFailure("storage_unreadable", reason=str(error).partition("\n")[0]) from error


@contextmanager
def _listening(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def listen() -> None:
        while number := os.read(reading, 1):
            if number[0] in STOPPING:
                heard.append(number[0])
                connection.interrupt()

    listener = threading.Thread(target=listen, daemon=True)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        listener.start()
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            os.close(writing)
            listener.join()
            os.close(reading)
    except (RuntimeError, duckdb.Error, HealthstatsError):
        # DuckDB swallows what a handler raises, and tells of a failed query: nobody asked for one
        if heard:
            signal.raise_signal(heard[0])
        raise
