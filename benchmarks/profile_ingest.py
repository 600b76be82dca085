"""Where the time of an ingest of workbooks goes: milliseconds of processor a file, step by step.

python benchmarks/profile_ingest.py [--files 200]
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from forms import make_workspace
from python_calamine import CalamineWorkbook

from healthstats.definitions import load
from healthstats.domain.reading import Submission
from healthstats.intake import Context, NameIndex, Reader, settle
from healthstats.intake.formats.grid import open_sheets
from healthstats.intake.formats.guard import scan_xlsx
from healthstats.intake.formats.media import sniff
from healthstats.intake.letters import textcode
from healthstats.store import Store, read_source, run_tables

TURNS = 5
CHUNK = 16
Step = tuple[str, Callable[[], object]]


def worker_steps(reader: Reader, files: list[tuple[str, bytes]]) -> Iterator[Step]:
    listed = [(data, sniff(data).package) for _, data in files]
    guards = [scan_xlsx(*one) for one in listed]
    readings = [reader.read(name, data) for name, data in files]
    chunks = [readings[at : at + CHUNK] for at in range(0, len(readings), CHUNK)]
    yield "bare calamine, for comparison", lambda: [_bare(data) for _, data in files]
    yield "what kind of file (the parent asks too)", lambda: [sniff(data) for _, data in files]
    yield (
        "guard: bombs, hidden parts, lost values; the cells of usual sheets",
        lambda: [scan_xlsx(*one) for one in listed],
    )
    yield (
        "grid, by calamine where a sheet is not usual",
        lambda: [open_sheets(data, guard) for (_, data), guard in zip(files, guards, strict=True)],
    )
    yield "all of the above but the first, and header, rows, cells, rules", lambda: [reader.read(*f) for f in files]
    yield "the same by a reader that was just started and knows no name", lambda: [once(reader.context, files)]
    yield "readings packed for the parent", lambda: [pickle.dumps(chunk, -1) for chunk in chunks]


def once(context: Context, files: list[tuple[str, bytes]]) -> None:
    """As a month's files come to a worker that has just started: each name for the first time."""
    textcode.may_be_old.cache_clear()
    reader = Reader(context)
    for file in files:
        reader.read(*file)


def parent_steps(reader: Reader, workspace: Path, paths: list[Path]) -> Iterator[Step]:
    """Each may run several times, but for the last two: what is archived once is only compared afterwards."""
    files = [(path.name, path.read_bytes()) for path in paths]
    readings = [reader.read(name, data) for name, data in files]
    sent = [pickle.dumps(readings[at : at + CHUNK], -1) for at in range(0, len(readings), CHUNK)]
    submissions = [
        Submission(hashlib.sha256(data).hexdigest(), name, len(data), datetime(2026, 1, 1), "xlsx")
        for name, data in files
    ]
    judged = list(zip(submissions, readings, strict=True))
    named = [(name, reading) for (name, _), reading in zip(files, readings, strict=True)]
    yield "files read and looked at again", lambda: [read_source(path, 10**8) for path in paths]
    yield "sha256", lambda: [hashlib.sha256(data).hexdigest() for _, data in files]
    yield "readings unpacked", lambda: [pickle.loads(chunk) for chunk in sent]
    yield "rivals and revisions", lambda: settle(named, {})
    yield "columns of the run", lambda: run_tables(judged, "")
    store = Store.create(workspace / "data")
    with store.lock():
        batch = [(submission, data) for submission, (_, data) in zip(submissions, files, strict=True)]
        yield "archive: written, synced, checked, linked", lambda: store.archive(batch)
        yield "run: Parquet written, synced, read back", lambda: store.commit(run_tables(judged, ""))


def _bare(data: bytes) -> object:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def least(step: Callable[[], object], turns: int) -> float:
    """The cheapest of some turns: what other processes take from the machine is no cost of ours."""
    costs = []
    for _ in range(turns):
        began = time.process_time()
        step()
        costs.append(time.process_time() - began)
    return min(costs)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, default=200)
    files = asked.parse_args().files
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        make_workspace(workspace, files)
        definitions = load(workspace)
        reader = Reader(Context(definitions, NameIndex.of(definitions.facilities, definitions.aliases)))
        paths = sorted((workspace / "data" / "raw" / "inbox").iterdir())
        gc.disable()
        print("| Who | Step | ms a file |\n|---|---|---|")
        for step, do in worker_steps(reader, [(path.name, path.read_bytes()) for path in paths]):
            print(f"| worker | {step} | {least(do, TURNS) * 1000 / files:.3f} |", flush=True)
        for step, do in parent_steps(reader, workspace, paths):
            turns = 1 if step.startswith(("archive", "run")) else TURNS
            print(f"| parent | {step} | {least(do, turns) * 1000 / files:.3f} |", flush=True)


if __name__ == "__main__":
    main()
