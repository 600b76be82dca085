"""A disk that loses power: what was done to it is recorded, and any state a power cut may leave is made again.

After a cut a file holds what it held at its last fsync, or what was written since; a folder holds the names of its
last fsync, or those of now, each folder for itself. A store must stand all of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.calls import Call, path_of, watched


@dataclass
class File:
    now: bytes = b""
    kept: bytes = b""
    mode: int = 0o640


@dataclass
class Folder:
    now: dict[str, File | Folder] = field(default_factory=dict)
    kept: dict[str, File | Folder] = field(default_factory=dict)
    mode: int = 0o750


Operation = tuple[Any, ...]


@dataclass
class Recorder:
    """Operations under `base`, in order; `skip`, given the path of a promise (fsync, syncfs) and the
    how-manieth of that path it is, leaves it out."""

    base: Path
    skip: Callable[[str, int], bool] = lambda promise, number: False
    operations: list[Operation] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)

    def record(self, action: Callable[[], str]) -> None:
        """Runs the action; its answer, recorded at its end, is what it acknowledged."""
        with watched(self._watch):
            answer = action()
        self.operations.append(("acknowledge", answer))

    def _watch(self, name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        operation = self._operation(name, args, kwargs)
        answer = real(*args, **kwargs)
        if operation is None:
            return answer
        if name == "write":
            operation = (*operation, bytes(args[1][:answer]))
        if operation[0] in ("fsync", "syncfs"):
            self.promises.append(operation[1])
            if self.skip(operation[1], self.promises.count(operation[1])):
                return answer
        self.operations.append(operation)
        return answer

    def _operation(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Operation | None:
        folder = kwargs.get("dir_fd")

        def inside(path: Any) -> str:
            whole = path_of(folder) / path if folder is not None else Path(path)
            return os.path.relpath(whole, self.base)

        if name == "open" and args[1] & os.O_CREAT and not os.path.lexists(args[0]):
            return ("create", inside(args[0]))
        if name in ("write", "fsync", "ftruncate", "pwrite", "fchmod"):
            place = os.path.relpath(path_of(args[0]), self.base)
            return (name, place, *(args[1:2] if name in ("pwrite", "fchmod") else ()))
        if name in ("mkdir", "unlink", "rmdir"):
            return (name, inside(args[0])) if name != "mkdir" or not os.path.lexists(args[0]) else None
        if name in ("link", "rename", "rename_exclusively"):
            return (name.removesuffix("_exclusively"), inside(args[0]), inside(args[1]))
        return ("syncfs", inside(args[0])) if name == "sync_file_system" else None


@dataclass
class Disk:
    root: Folder = field(default_factory=Folder)
    acknowledged: list[str] = field(default_factory=list)

    def find(self, path: str) -> File | Folder:
        node: File | Folder = self.root
        for name in Path(path).parts:
            assert isinstance(node, Folder)
            node = node.now[name]
        return node

    def folder_of(self, path: str) -> tuple[dict[str, File | Folder], str]:
        parent = self.find(os.path.dirname(path))
        assert isinstance(parent, Folder)
        return parent.now, os.path.basename(path)

    def apply(self, operation: Operation) -> None:
        kind, *rest = operation
        if kind == "acknowledge":
            self.acknowledged.append(rest[0])
        elif kind in ("create", "mkdir"):
            names, name = self.folder_of(rest[0])
            names[name] = File() if kind == "create" else Folder()
        elif kind in ("unlink", "rmdir"):
            names, name = self.folder_of(rest[0])
            del names[name]
        elif kind in ("link", "rename"):
            names, name = self.folder_of(rest[1])
            names[name] = self.find(rest[0])
            if kind == "rename":
                names, name = self.folder_of(rest[0])
                del names[name]
        elif kind == "syncfs":
            keep_all(self.root)
        else:
            self._on_file(kind, self.find(rest[0]), *rest[1:])

    def _on_file(self, kind: str, node: File | Folder, *rest: Any) -> None:
        if kind == "fsync" and isinstance(node, Folder):
            node.kept = dict(node.now)
        elif kind == "fsync" and isinstance(node, File):
            node.kept = node.now
        elif kind == "fchmod":
            node.mode = rest[0]
        elif isinstance(node, File):
            node.now = b"" if kind == "ftruncate" else node.now + rest[0]


def keep_all(folder: Folder) -> None:
    folder.kept = dict(folder.now)
    for node in folder.now.values():
        if isinstance(node, Folder):
            keep_all(node)
        else:
            node.kept = node.now


def after(operations: list[Operation]) -> Disk:
    disk = Disk()
    for operation in operations:
        disk.apply(operation)
    return disk


def cut_power(disk: Disk, target: Path, random: Random, latest: float) -> None:
    """Makes in `target` a state that the cut may leave; `latest` is the chance that an unsynced thing survived."""

    def make(folder: Folder, path: Path) -> None:
        path.mkdir(mode=0o700)
        for name, node in (folder.now if random.random() < latest else folder.kept).items():
            if isinstance(node, Folder):
                make(node, path / name)
            else:
                (path / name).write_bytes(node.now if random.random() < latest / 2 else node.kept)
                (path / name).chmod(node.mode)
        path.chmod(folder.mode)

    make(disk.root, target)
