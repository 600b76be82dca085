"""The independent judge of a store: plain Python and pyarrow, not importing it. `checker.py DATA` prints faults."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TABLES = ("submissions", "reports", "observations", "findings")
CELL = re.compile(r"[A-Z]+[1-9][0-9]*")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def snapshot(data: Path) -> dict[str, str]:
    """Every file of the runs and the archive with its hash, to be compared later (I6)."""
    kept = [*(data / "processed" / "runs").rglob("*"), *(data / "raw" / "archive").rglob("*")]
    return {str(path.relative_to(data)): sha256(path) for path in kept if path.is_file()}


def check(data: Path, acknowledged: Iterable[str] = (), before: dict[str, str] | None = None) -> list[str]:
    """What is wrong: `acknowledged` are submissions the store has answered for, `before` an earlier snapshot."""
    faults: list[str] = []
    seen: Counter[str] = Counter()
    accepted: set[str] = set()
    previous = ("", "")
    header = data / "processed" / "STORE.json"
    if _runs(data) and not (header.is_file() and header.read_bytes().startswith(b"{")):
        faults.append("I1 there are runs and no header")
    for number, folder in enumerate(_runs(data), start=1):
        if int(folder.name) != number:
            faults.append(f"I1 gap before run {folder.name}")
            break
        wrong, manifest = listed(folder)
        if wrong:
            # what was acknowledged of it, or of a run that stands on it, cannot be read: it is not seen below
            faults += wrong
            break
        if (manifest["predecessor"], manifest["predecessor_sha256"]) != previous:
            faults.append(f"I1 run {number} does not follow the run before it")
        previous = (manifest["uuid"], sha256(folder / "MANIFEST.json"))
        tables = {name: _read(folder / f"{name}.parquet") for name in TABLES}
        faults += _conserved(number, manifest, tables)
        for row in tables["submissions"].to_pylist():
            if row["submission"] in accepted:
                faults.append(f"I2 {row['submission'][:8]} accepted before and again in run {number}")
            if row["verdict"] == "accepted":
                accepted.add(row["submission"])
            seen[row["submission"]] += 1
        faults += _traceable(data, number, tables)
    faults += [f"I3 {each[:8]} was acknowledged and is absent or torn" for each in acknowledged if each not in seen]
    if before is not None:
        now = snapshot(data)
        faults += [f"I6 {path} is gone" for path in before if path not in now]
        faults += [f"I6 {path} changed" for path, digest in before.items() if now.get(path, digest) != digest]
    return faults + _modes(data)


def _runs(data: Path) -> list[Path]:
    folder = data / "processed" / "runs"
    return sorted(path for path in folder.iterdir() if path.name.isdigit()) if folder.is_dir() else []


def listed(folder: Path, *, of_marts: bool = False) -> tuple[list[str], dict]:
    """What is not as the manifest of a run lists it, or that of marts, which counts no rows; and the manifest."""
    try:
        manifest = json.loads((folder / "MANIFEST.json").read_bytes())
        listed = {file["path"]: file for file in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"I1 run {folder.name}: manifest {error!r}"], {}
    wrong = []
    if {path.name for path in folder.iterdir()} != {*listed, "MANIFEST.json"}:
        wrong.append(f"I1 run {folder.name}: files are not those of the manifest")
    for name, file in listed.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != file["size"] or sha256(path) != file["sha256"]:
            wrong.append(f"I1 run {folder.name}: {name} is torn")
        elif not of_marts and pq.ParquetFile(path).metadata.num_rows != file["rows"]:
            wrong.append(f"I1 run {folder.name}: {name} has other rows")
    return wrong, manifest


def _read(path: Path) -> pa.Table:
    return pq.ParquetFile(path).read()


def _conserved(number: int, manifest: dict, tables: dict[str, pa.Table]) -> list[str]:
    faults = []
    cells = Counter((row["submission"], row["status"]) for row in tables["observations"].to_pylist())
    totals: Counter[str] = Counter()
    for row in tables["submissions"].to_pylist():
        parts = [row[f"cells_{kind}"] for kind in ("accepted", "quarantined", "rejected", "blank")]
        if row["cells_found"] != sum(parts):
            faults.append(f"I4 run {number}: {row['name']}: found {row['cells_found']}, parts {parts}")
        stored = [cells[row["submission"], status] for status in ("accepted", "quarantined")]
        if stored != parts[:2]:
            faults.append(f"I4 run {number}: {row['name']}: counted {parts[:2]}, stored {stored}")
        totals.update({kind: row[f"cells_{kind}"] for kind in manifest["counts"]})
    if any(totals[kind] != count for kind, count in manifest["counts"].items()):
        faults.append(f"I4 run {number}: manifest counts {manifest['counts']}, tables {dict(totals)}")
    return faults


def _traceable(data: Path, number: int, tables: dict[str, pa.Table]) -> list[str]:
    faults = []
    media = {row["submission"]: row["media"] for row in tables["submissions"].to_pylist()}
    reports = {row["position"]: row for row in tables["reports"].to_pylist()}
    for submission, extension in media.items():
        path = data / "raw" / "archive" / submission[:2] / f"{submission}.{extension}"
        if not path.is_file() or sha256(path) != submission:
            faults.append(f"I5 run {number}: archive of {submission[:8]} is missing or other bytes")
    for row in tables["observations"].to_pylist():
        report = reports.get(row["report"])
        if row["submission"] not in media or report is None or not CELL.fullmatch(row["cell"] or ""):
            faults.append(f"I5 run {number}: an observation leads nowhere: {row['cell']}")
        elif any(row[key] != report[key] for key in ("submission", "form", "facility", "area", "period", "sheet")):
            faults.append(f"I5 run {number}: {row['cell']} and its report disagree")
        if (row["value"] is None) != (row["status"] == "quarantined"):
            faults.append(f"I4 run {number}: {row['cell']} is {row['status']} with value {row['value']}")
    return faults


def _modes(data: Path) -> list[str]:
    ours = [data / "raw" / "archive", *(data / "processed" / name for name in ("runs", "staging", "marts"))]
    paths = [path for top in ours if top.is_dir() for path in (top, *top.rglob("*")) if not path.is_symlink()]
    kept = [path for path in paths if not path.name.startswith(".git")]
    return [f"I9 {path.relative_to(data)} is open to others" for path in kept if _others(path)]


def _others(path: Path) -> int:
    mode = stat.S_IMODE(path.stat().st_mode)
    return mode & (0o027 if path.is_dir() else 0o137)


if __name__ == "__main__":
    found = check(Path(sys.argv[1]))
    print("\n".join(found) or "whole")
    sys.exit(bool(found))
