"""Recall and false alarms of the rules for mistakes that sums do not catch, beside the textbook's three standard
deviations: two synthetic years of 200 facilities, the second with 1,000 planted mistakes, taken in month by month.

The ordinary world is that beside which the thresholds were set; the rough one, made with another seed, is the test.

python benchmarks/mistakes.py [--world ordinary --seed 2026]
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import counters
import machine
from clock import REPOSITORY
from facilities import FACILITIES, LIVES, MONTHS, Months, make
from planting import WANTED, YEAR, Planted, World, plant

from healthstats.definitions import load
from healthstats.domain.finding import Finding
from healthstats.domain.form import Column
from healthstats.synthetic.workbook import Row, Sheet
from healthstats.synthetic.xlsx import xlsx
from healthstats.words.mistakes import FINDINGS
from healthstats.workflows.ingest import ingest
from healthstats.workflows.init import init
from healthstats.workflows.news import Request
from healthstats.workflows.workspace import Workspace

FIRST_YEAR, A_SHEET = 2022, 20
SEEDS = {"ordinary": 2026, "rough": 4711}
CODES: dict[str, tuple[str, ...]] = {
    "same as last month": ("SAME_AS_LAST_MONTH",),
    "month copied": ("MONTH_COPIED", "SAME_AS_LAST_MONTH"),
    "scale": ("SCALE", "ZERO_WHERE_USUAL"),
    "siblings exchanged": ("SIBLINGS_EXCHANGED",),
    "running total": ("CUMULATIVE_IN_MONTHLY",),
    "running total in a cell": ("CUMULATIVE_CELL",),
    "decrease": ("DECREASE_IN_CUMULATIVE",),
    "total of parts": ("TOTAL_OF_DISJOINT_PARTS",),
    "year in title": ("YEAR_IN_TITLE",),
}
"""What each signature is called; a copied month may repeat a month that was itself sent last month."""
Place = tuple[int, int]
Found = dict[Place, list[Finding]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--world", choices=LIVES)
    arguments.add_argument("--seed", type=int)
    asked = arguments.parse_args()
    print(machine.described())
    for name in [asked.world] if asked.world else LIVES:
        seed = SEEDS[name] if asked.seed is None else asked.seed
        world, fallen = plant(make(seed, LIVES[name]), seed), counters.plant(seed)
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            found = taken_in(Path(folder), world, fallen)
            seconds = time.process_time() - began
        print(f"\nThe {name} world, seed {seed}; {seconds:.0f} s of the processor for 13 ingests\n")
        print(table(world, fallen, found))


def taken_in(root: Path, world: World, fallen: counters.Counters) -> Found:
    """The first year at once, the second month by month; the findings that are told of a facility's month."""
    init(root, "vi")
    counters.write_form(root)
    with (root / "pipelines/registers/facilities.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("facility", "name", "area"))
        rows.writerows((code(f), f"Cơ sở mô phỏng {f}", "79") for f in range(FACILITIES))
    found: Found = defaultdict(list)
    for months in (range(YEAR), *([month] for month in range(YEAR, MONTHS))):
        for month in months:
            for name, data in files(world, fallen, month):
                (root / "data/raw/inbox" / name).write_bytes(data)
        outcome = ingest(Workspace(root), Request(workers=1))
        print(".", end="", file=sys.stderr, flush=True)
        # Biểu 9 keeps a report out that seems to name the wrong year; anything else kept out is no mistake of these
        kept_out = Counter(
            one.code for _, reading in outcome.judged for one in reading.findings if one.severity == "error"
        )
        assert kept_out.keys() <= {"YEAR_IN_TITLE"}, kept_out
        assert outcome.counts.rejected == 0
        assert kept_out or not outcome.counts.quarantined
        for finding in (one for _, reading in outcome.judged for one in reading.findings):
            if f"finding.{finding.code}" in FINDINGS and finding.facility and finding.period:
                year, month = map(int, finding.period.split("-"))
                found[int(finding.facility) - 79000, (year - FIRST_YEAR) * 12 + month - 1].append(finding)
    print(file=sys.stderr)
    return found


def code(facility: int) -> str:
    return f"{79000 + facility}"


def files(world: World, fallen: counters.Counters, month: int) -> Iterator[tuple[str, bytes]]:
    """A workbook for every twenty facilities, one of its own for whoever wrote a wrong year, and the counters."""
    for first in range(0, FACILITIES, A_SHEET):
        group = range(first, first + A_SHEET)
        sent = [f for f in group if month in world.sent[f] and (f, month) not in world.misdated]
        yield f"{month:02d}-{first:03d}.xlsx", workbook(world.sent, sent, month, month)
    for facility, _ in (place for place in world.misdated if place[1] == month):
        yield f"{month:02d}-{code(facility)}.xlsx", workbook(world.sent, [facility], month, month - 12)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("facility", "period", "element", "value"))
    period = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"
    rows.writerows((code(f), period, name, value) for f, name, value in fallen.of(month))
    yield f"{month:02d}-counters.csv", text.getvalue().encode()


def workbook(sent: list[Months], facilities: Iterable[int], month: int, titled: int) -> bytes:
    columns = tuple(column for column in EDITION.columns if column.required)
    rows = [
        Row({"facility.name": f"Cơ sở mô phỏng {f}", "number": place, **sent[f][month]})
        for place, f in enumerate(facilities, start=1)
    ]
    title = f"Báo cáo tháng {titled % 12 + 1} năm {FIRST_YEAR + titled // 12}"
    heading = ("Biểu số 9/BCT – Dữ liệu mô phỏng", title)
    return xlsx([Sheet("Biểu 9", heading, (Column("number", ("TT",)), *columns), tuple(rows))])


def table(world: World, fallen: counters.Counters, found: Found) -> str:
    """One line a signature: what was missed, by why the figures hide it; and the reports that hold a false alarm."""
    planted = defaultdict(list)
    for one in (*world.planted, *fallen.planted):
        planted[one.signature].append(one)
    wrong = {(one.facility, one.month) for one in (*world.planted, *fallen.planted)}
    clean = [
        (f, m) for f in range(FACILITIES) for m in world.sent[f] if (f, m) not in wrong and (f, m) not in world.misdated
    ]
    textbook = three_deviations(world)
    lines = [
        f"{sum(map(len, planted.values()))} planted, {len(clean)} reports without a mistake",
        "",
        "| Signature | Planted | Found | Recall (95% interval) | no past | no change | else | False alarms | of clean "
        "reports (interval) | 3 SD finds |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for signature, codes in CODES.items():
        ones = planted[signature]
        hit = [one for one in ones if is_found(one, found, codes)]
        missed = Counter((one.hidden or "else") for one in ones if one not in hit)
        of = Counter((one.hidden or "else") for one in ones)
        # a copied month may repeat one that was itself sent last month: that accusation is counted once
        accused = codes[:1] if signature == "month copied" else codes
        told = [place for place in clean if any(finding.code in accused for finding in found.get(place, ()))]
        by_book = 100 * sum(_book(one, textbook) for one in ones) / max(len(ones), 1)
        kinds = " | ".join(f"{missed[kind]} of {of[kind]}" for kind in ("no past", "no change", "else"))
        lines.append(
            f"| {signature} | {len(ones)} | {len(hit)} | {share(len(hit), len(ones), 1)} | {kinds} | "
            f"{len(told)} | {share(len(told), len(clean), 2)} | {by_book:.0f}% |"
        )
    any_told = sum(bool(found.get(place)) for place in clean)
    any_book = sum(bool(textbook.get(place)) for place in clean)
    lines.append(f"\nClean reports with any false alarm: {100 * any_told / len(clean):.2f}%; ")
    lines.append(f"by three standard deviations: {100 * any_book / len(clean):.1f}%.")
    named = Counter(
        (one.signature, finding.code)
        for one in (*world.planted, *fallen.planted)
        for finding in found.get((one.facility, one.month), ())
        if finding.code not in CODES[one.signature]
    )
    lines += ["", "Taken for something else, or told beside it:"]
    lines += [f"- {signature}: {told} ({count})" for (signature, told), count in sorted(named.items())]
    return "\n".join(lines)


def share(some: int, of: int, digits: int) -> str:
    """A percentage with its 95% interval (Wilson's)."""
    if not of:
        return "–"
    z, p = 1.96, some / of
    centre, half = p + z * z / 2 / of, z * math.sqrt(p * (1 - p) / of + z * z / 4 / of / of)
    low, high = (100 * end / (1 + z * z / of) for end in (centre - half, centre + half))
    return f"{100 * p:.{digits}f}% ({max(low, 0):.{digits}f}–{high:.{digits}f})"


def is_found(one: Planted, found: Found, codes: tuple[str, ...]) -> bool:
    """By its own code, at one of the cells that were changed."""
    told = [finding for finding in found.get((one.facility, one.month), ()) if finding.code in codes]
    return any(not one.cells or finding.element in one.cells for finding in told)


def three_deviations(world: World) -> dict[Place, set[str]]:
    """What stands more than three standard deviations from the mean of up to twelve months before, of five at least:
    the cells of each report of the second year."""
    odd: dict[Place, set[str]] = defaultdict(set)
    for facility, months in enumerate(world.sent):
        for month in months:
            before = [months[m] for m in range(month - 12, month) if m in months]
            if len(before) < 5:
                continue
            for name, value in months[month].items():
                past = [figures[name] for figures in before]
                if abs(value - statistics.fmean(past)) > 3 * statistics.stdev(past):
                    odd[facility, month].add(name)
    return odd


def _book(one: Planted, odd: dict[Place, set[str]]) -> bool:
    if one.signature == "year in title":
        return False
    told = odd.get((one.facility, one.month), set())
    return bool(told & one.cells if one.cells else told)


EDITION = load(REPOSITORY).forms["bieu9"].editions[0]
assert WANTED.keys() < CODES.keys()

if __name__ == "__main__":
    main()
