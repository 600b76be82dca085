"""One writer at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from healthstats.errors import Busy
from healthstats.store import platform
from healthstats.store.places import Places, check_writable, refused


@contextmanager
def writer_lock(places: Places) -> Iterator[None]:
    """Holds the store for writing; Busy names who holds it. The lock dies with the process, the file stays."""
    check_writable(places)
    try:
        descriptor = os.open(places.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o640)
    except OSError as error:
        raise refused(error, places.lock) from error
    umask = os.umask(0o027)
    try:
        if not platform.try_lock(descriptor):
            raise Busy("busy", **_holder(descriptor))
        _sign(descriptor, places)
        yield
    finally:
        os.umask(umask)
        platform.unlock(descriptor)


def _sign(descriptor: int, places: Places) -> None:
    since = datetime.now().strftime("%Y-%m-%d %H:%M:%S")
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": since}).encode(), 0)
    except OSError as error:
        raise refused(error, places.lock) from error


def _holder(descriptor: int) -> dict[str, object]:
    try:
        fields = json.loads(os.pread(descriptor, 4096, 0))
        return {"pid": fields["pid"], "since": fields["since"]}
    except (ValueError, KeyError, TypeError):
        # It has the lock and has not signed yet.
        return {"pid": "?", "since": "?"}
