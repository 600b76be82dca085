"""The state-changing system calls of the store, watched from outside: each can be recorded, refused or cut short."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from healthstats.store import platform

WATCHED = (
    "open",
    "write",
    "pwrite",
    "ftruncate",
    "fsync",
    "fchmod",
    "close",
    "mkdir",
    "link",
    "rename",
    "replace",
    "unlink",
    "rmdir",
)
"""`close` and the opening of what is there change nothing; whoever watches may pass them over."""

PRETENDED = {"fsync": lambda descriptor: None, "sync_file_system": lambda path: True}
"""A dying process loses nothing that a sync would keep, and power cuts are modelled in disk.py: no need to wait."""

Call = Callable[..., Any]
Watcher = Callable[[str, Call, tuple[Any, ...], dict[str, Any]], Any]
"""Gets the call's name, the real call and its arguments; answers in its place."""


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Within it every watched call goes through `watcher`; renameat2 and syncfs under their names in platform."""

    def through(name: str, real: Call) -> Call:
        call = PRETENDED.get(name, real)
        return lambda *args, **kwargs: watcher(name, call, args, kwargs)

    places = [(os, name) for name in WATCHED]
    if platform._function("syncfs"):
        places += [(platform, "rename_exclusively"), (platform, "sync_file_system")]
    with ExitStack() as patches:
        for module, name in places:
            patches.enter_context(mock.patch.object(module, name, through(name, getattr(module, name))))
        yield


def changes(name: str, args: tuple[Any, ...]) -> bool:
    """Whether the call changes what is on disk, or promises that it stays."""
    return name != "close" and not (name == "open" and not args[1] & os.O_CREAT)


def path_of(descriptor: int) -> Path:
    return Path(os.readlink(f"/proc/self/fd/{descriptor}"))


def count_changes(action: Callable[[], object]) -> int:
    """How many changes the action makes: the last step at which it can be stopped."""
    count = 0

    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nonlocal count
        count += changes(name, args)
        return real(*args, **kwargs)

    with watched(watcher):
        action()
    return count
