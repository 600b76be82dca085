"""What a committed folder says about itself: MANIFEST.json, written last and checked on every read."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from healthstats.errors import DamagedStore, NewerStore, UnsafePlace

FORMAT = 1
MANIFEST = "MANIFEST.json"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`rows` is None for a file that is no table of ours to count."""

    path: str
    size: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """`predecessor` is the uuid of the run before and `predecessor_sha256` that of its MANIFEST.json, '' for the
    first; `counts` are cells; `received_at` is the newest submission's, ISO wall clock, '' for none."""

    uuid: str
    format: int
    tool: str
    predecessor: str
    predecessor_sha256: str
    committed_at: str
    received_at: str
    counts: dict[str, int]
    files: tuple[StoredFile, ...]

    def to_bytes(self) -> bytes:
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Committed:
    """A folder whose manifest was read and whose files have the listed sizes; `sha256` is the manifest's own."""

    folder: Path
    manifest: Manifest
    sha256: str

    def path(self, file: str) -> Path:
        return self.folder / file


def sha256_of(path: Path | str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as stream:
        while part := stream.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()


def read_committed(folder: Path, place: str) -> Committed:
    """The folder's manifest with the sizes of its files checked; `place` names it in errors.

    UnsafePlace for a link, NewerStore for a later format, DamagedStore for anything missing or different."""
    try:
        if stat.S_ISLNK(folder.lstat().st_mode):
            raise UnsafePlace("unsafe_link", path=folder)
        data = (folder / MANIFEST).read_bytes()
        manifest = _parsed(data, place)
        for file in manifest.files:
            seen = (folder / file.path).lstat()
            if not stat.S_ISREG(seen.st_mode) or seen.st_size != file.size:
                raise damaged(place, file.path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise damaged(place, os.path.basename(error.filename)) from error
    return Committed(folder, manifest, hashlib.sha256(data).hexdigest())


def check_hashes(committed: Committed, place: str, tables: Collection[str] | None = None) -> None:
    """Every file, or those of `tables`; DamagedStore naming the first whose bytes are not those that were written."""
    for file in committed.manifest.files:
        read = tables is None or Path(file.path).stem in tables
        if read and sha256_of(committed.path(file.path)) != file.sha256:
            raise damaged(place, file.path)


def damaged(place: str, file: str) -> DamagedStore:
    return DamagedStore("damaged_run", run=place, file=file)


def _parsed(data: bytes, place: str) -> Manifest:
    try:
        fields = json.loads(data)
        if fields["format"] > FORMAT:
            raise NewerStore("newer_store", path=place, format=fields["format"], ours=FORMAT)
        files = tuple(StoredFile(**file) for file in fields.pop("files"))
        if any(Path(file.path).name != file.path for file in files):
            raise damaged(place, MANIFEST)
        return Manifest(**fields, files=files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(place, MANIFEST) from error
