"""The works of the speed budget, each beside its peer in one run: ratios of interleaved medians, as a table.

python benchmarks/bench.py [--quick] [--rounds 3] [--only forms,help,…] [-o FILE]
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import forms
import longcsv
import machine
from clock import HEALTHSTATS, REPOSITORY, Series, Work, environment, interleaved

PANDAS = """
import sys, pandas
from pathlib import Path
for file in sorted(Path(sys.argv[1]).iterdir()):
    pandas.read_excel(file, engine="openpyxl")
"""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the table: `budget` and `goal` bound the ratio from above, or from below where `least`; `seconds`
    bounds our own time instead."""

    work: str
    peer: str
    ours: Series
    theirs: Series
    budget: float = 0
    goal: float | None = None
    least: bool = False
    seconds: float | None = None

    @property
    def wall(self) -> float:
        pair = (self.theirs.wall, self.ours.wall) if self.least else (self.ours.wall, self.theirs.wall)
        return pair[0] / pair[1]

    @property
    def processor(self) -> float:
        pair = (self.theirs, self.ours) if self.least else (self.ours, self.theirs)
        return pair[0].processor / pair[1].processor

    @property
    def kept(self) -> bool:
        if self.seconds is not None:
            return self.ours.wall <= self.seconds
        return self.wall >= self.budget if self.least else self.wall <= self.budget

    def line(self) -> str:
        sign = "≥" if self.least else "≤"
        goal = f", goal {self.goal:g}" if self.goal is not None else ""
        cells = (
            self.work,
            self.peer,
            f"{self.wall:.2f}",
            f"{self.processor:.2f}",
            f"{sign} {self.budget:g}{goal}" if self.seconds is None else f"≤ {self.seconds:g} s",
            "yes" if self.kept else "**no**",
            f"{self.ours.wall:.2f} s, {self.ours.megabytes:,.0f} MB",
            f"{self.theirs.wall:.2f} s, {self.theirs.megabytes:,.0f} MB",
        )
        return f"| {' | '.join(cells)} |"


HEADING = """| Work | Beside | Ratio | of processor time | Budget | Kept | Ours | Peer |
|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Sizes:
    files: int
    rounds: int
    facilities: int
    months: int


def bench_help(folder: Path, sizes: Sizes) -> Iterator[Ratio]:
    ours, theirs = Work((*HEALTHSTATS, "--help")), Work((sys.executable, "-c", "import typer"))
    series = interleaved({"ours": ours, "theirs": theirs}, sizes.rounds * 5)
    yield Ratio("`healthstats --help`", '`python -c "import typer"`', series["ours"], series["theirs"], 1.5)


def bench_forms(folder: Path, sizes: Sizes) -> Iterator[Ratio]:
    """Workbooks in, and the same again when all are known; and others whose every figure is drawn anew."""
    made, wild = folder / "made", folder / "wild"
    forms.make_workspace(made, sizes.files)
    forms.make_workspace(wild, sizes.files, wild=True)

    def afresh(source: Path) -> Callable[[], None]:
        used = folder / f"used-{source.name}"

        def copy() -> None:
            # moved, not deleted: ext4 goes round every inode deleted in the last minute, ten times a new one's cost
            if used.exists():
                used.rename(folder / f"gone-{uuid.uuid4()}")
            shutil.copytree(source, used)
            # else the archive's sync would wait for this copy too
            os.sync()

        return copy

    def ingest(source: Path) -> tuple[str, ...]:
        return (*HEALTHSTATS, "-w", str(folder / f"used-{source.name}"), "ingest")

    inbox = str(made / "data" / "raw" / "inbox")
    series = interleaved(
        {
            "first": Work(ingest(made), prepare=afresh(made)),
            "again": Work(ingest(made)),
            "wild": Work(ingest(wild), prepare=afresh(wild)),
            "pandas": Work((sys.executable, "-c", PANDAS, inbox)),
        },
        sizes.rounds,
    )
    files = f"{sizes.files:,} Biểu 9 workbooks of {forms.FACILITIES} facilities"
    peer = "files/s of bare `pandas.read_excel` (openpyxl)"
    yield Ratio(f"{files}: ingest", peer, series["first"], series["pandas"], 8, 12, least=True)
    yield Ratio(f"{files}, every figure drawn anew: ingest", peer, series["wild"], series["pandas"], 8, 12, least=True)
    yield Ratio(f"{files}: ingest again", "the first ingest", series["again"], series["first"], 0.2, 0.1)


def bench_growth(folder: Path, sizes: Sizes) -> Iterator[str]:
    """The mart measures itself beside its peer, in one process and turn by turn."""
    asked = {"--facilities": sizes.facilities, "--months": sizes.months, "--rounds": sizes.rounds}
    command = [sys.executable, "benchmarks/growth.py", *(str(part) for pair in asked.items() for part in pair)]
    said = subprocess.run(command, cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=True).stdout
    found = re.search(
        r"in ([\d.]+) s; self-join ([\d.]+) s; ratio ([\d.]+); of processor time ([\d.]+); peak ([\d,]+) MB", said
    )
    if found is None:
        raise RuntimeError(f"benchmarks/growth.py said something else than its ratio: {said}")
    ours, theirs, ratio, processor, peak = found.groups()
    work = f"{sizes.facilities:,} facilities × 12 elements × {sizes.months} months: `growth`"
    kept = "yes" if float(ratio) <= 2.5 else "**no**"
    peer = "a hand-written monthly self-join written as Parquet"
    yield f"| {work} | {peer} | {ratio} | {processor} | ≤ 2.5, goal 1.5 | {kept} | {ours} s, {peak} MB | {theirs} s |"


def bench_looking(folder: Path, sizes: Sizes) -> Iterator[Ratio]:
    """What people type all day, at the full size; the budget is a second, whole process."""
    workspace = folder / "workspace"
    # in a process of its own: what it takes would be counted as the memory of every later child
    making = [sys.executable, "benchmarks/looking.py", *map(str, (workspace, sizes.facilities, sizes.months))]
    subprocess.run(making, cwd=REPOSITORY, env=environment(), check=True)
    asked = {
        "show growth": ("show", "growth", "2015"),
        "show coverage": ("show", "coverage", "2015"),
        "status": ("status",),
        "query": ("query", "select count(*) from growth"),
    }
    works = {name: Work((*HEALTHSTATS, "-w", str(workspace), *words)) for name, words in asked.items()}
    series = interleaved({**works, "import": Work((sys.executable, "-c", "import duckdb"))}, sizes.rounds * 3)
    for name in works:
        size = f"{sizes.facilities:,} × 12 × {sizes.months}"
        yield Ratio(f"{size}: `{name}`", '`python -c "import duckdb"`', series[name], series["import"], seconds=1)


COPY = """
import sys, duckdb
duckdb.execute(f"copy (from read_csv('{sys.argv[1]}')) to '{sys.argv[2]}' (format parquet)")
"""


def bench_longcsv(folder: Path, sizes: Sizes) -> Iterator[Ratio]:
    """Ten years of a province in one file, clean and with one record in a hundred at fault."""
    for bad in (False, True):
        made, out = folder / f"made-{bad}", folder / f"copy-{bad}.parquet"
        file = made / "data" / "raw" / "inbox" / longcsv.NAME
        # in a process of its own: a command started from here would count what making the data took as its own memory
        with ProcessPoolExecutor(1, get_context("spawn")) as maker:
            maker.submit(longcsv.make_workspace, made, sizes.facilities, sizes.months, bad=bad).result()

        def afresh(made: Path = made) -> None:
            for kept in ("processed", "raw/archive"):
                shutil.rmtree(made / "data" / kept, ignore_errors=True)

        series = interleaved(
            {
                "ours": Work((*HEALTHSTATS, "-w", str(made), "ingest"), prepare=afresh, ends=(0, 10)),
                "duckdb": Work((sys.executable, "-c", COPY, str(file), str(out))),
            },
            sizes.rounds,
        )
        records = f"{sizes.facilities * sizes.months * len(longcsv.SHARES):,} records of long CSV"
        work = f"{records}, 1% at fault: ingest" if bad else f"{records}: ingest"
        peer = "DuckDB's `COPY (FROM read_csv) TO` Parquet"
        yield Ratio(work, peer, series["ours"], series["duckdb"], 3, 2.5 if bad else 2)
        shutil.rmtree(made)


Bench = Callable[[Path, Sizes], Iterator[Ratio] | Iterator[str]]
BENCHES: dict[str, Bench] = {
    "help": bench_help,
    "forms": bench_forms,
    "longcsv": bench_longcsv,
    "growth": bench_growth,
    "looking": bench_looking,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="small sizes, one round: tries the harness, not the speed")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--files", type=int, default=1_000)
    asked.add_argument("--facilities", type=int, default=13_000)
    asked.add_argument("--months", type=int, default=120)
    asked.add_argument("--only", default=",".join(BENCHES), help=f"some of {', '.join(BENCHES)}")
    asked.add_argument("-o", "--output", type=Path, help="write the table there too")
    said = asked.parse_args()
    sizes = Sizes(40, 1, 200, 36) if said.quick else Sizes(said.files, said.rounds, said.facilities, said.months)
    small = ["Small sizes, one turn: this tries the harness and says nothing about speed.", ""] if said.quick else []
    lines = [machine.described(), "", *small, HEADING]
    print("\n".join(lines), flush=True)
    for name in said.only.split(","):
        with tempfile.TemporaryDirectory() as folder:
            for ratio in BENCHES[name](Path(folder), sizes):
                lines.append(ratio if isinstance(ratio, str) else ratio.line())
                print(lines[-1], flush=True)
    if said.output:
        said.output.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
