"""Every system call that differs between platforms. Tested on Linux; untested on macOS and Windows."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

RENAME_NOREPLACE = 1
AT_FDCWD = -100
FEW = 16
"""Up to so many files are synced one by one; above, the whole file system at once is quicker."""
UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)

# A link in a sender's folder must not lead elsewhere; opening a FIFO must not hang; children inherit nothing.
READ_SOURCE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def _function(name: str) -> ctypes._FuncPointer | None:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)


def try_lock(descriptor: int) -> bool:
    """True once this process alone holds the open file or folder; the lock dies with the process or by unlock."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    _held.add(descriptor)
    return True


def unlock(descriptor: int) -> None:
    """Closes the descriptor, and with it gives up its lock."""
    _held.discard(descriptor)
    os.close(descriptor)


def allow_many_files() -> None:
    """Opens as many files as the system lets us: one a run, where it lets a process have 1,024 unless it asks."""
    if sys.platform != "win32":
        import resource

        _, many = resource.getrlimit(resource.RLIMIT_NOFILE)
        # macOS calls its most unlimited, and refuses it
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (many, many))


_held: set[int] = set()


def _let_go() -> None:
    while _held:
        os.close(_held.pop())


# A worker that outlives a killed ingest would hold its lock, and every later ingest would find the store busy.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Puts SIGINT and SIGTERM off until the end: within it nobody could tell whether a run is committed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    late: list[int] = []
    handlers = {
        number: signal.signal(number, lambda number, frame: late.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if late:
            signal.raise_signal(late[0])


def rename_exclusively(source: Path, target: Path) -> None:
    """Renames a folder onto a name that does not exist; FileExistsError where it does."""
    renameat2 = _function("renameat2")
    if renameat2 is not None:
        if not renameat2(AT_FDCWD, os.fsencode(source), AT_FDCWD, os.fsencode(target), RENAME_NOREPLACE):
            return
        code = ctypes.get_errno()
        if code not in UNSUPPORTED:
            raise OSError(code, os.strerror(code), str(target))
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    os.rename(source, target)


def sync_file(descriptor: int) -> None:
    """Returns once the file's bytes would survive a power cut."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Returns once the names in the folder would survive a power cut."""
    # Windows has no such call.
    if sys.platform != "win32":
        _sync(folder)


def sync_all(paths: Sequence[Path]) -> None:
    """Returns once all these files, or folders, of one file system would survive a power cut."""
    if len(paths) > FEW and sync_file_system(paths[0]):
        return
    for path in paths:
        _sync(path)


def sync_file_system(path: Path) -> bool:
    """Syncs all of the file system that holds the path; False where the platform cannot."""
    syncfs = _function("syncfs")
    if syncfs is None:
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if not syncfs(descriptor):
            return True
        code = ctypes.get_errno()
    finally:
        os.close(descriptor)
    if code in UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(path))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
