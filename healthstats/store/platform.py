"""Every system call that differs between platforms. Tested on Linux; untested on macOS and Windows."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

RENAME_NOREPLACE = 1
AT_FDCWD = -100
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
    """True once this process alone holds the open file or folder; the lock dies with the process."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_files(folder: Path, files: list[Path]) -> None:
    """Returns once the bytes of all the files, on the folder's file system, would survive a power cut."""
    syncfs = _function("syncfs")
    if syncfs is not None:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            if not syncfs(descriptor):
                return
            code = ctypes.get_errno()
        finally:
            os.close(descriptor)
        if code not in UNSUPPORTED:
            raise OSError(code, os.strerror(code), str(folder))
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)
