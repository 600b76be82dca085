"""A small ingest on the store alone: `driver.py DATA FILE…`. Each file is a CSV of `facility,period,element,value`.

Prints one acknowledgement line and exits by the contract's codes; a value that is no number is quarantined."""

from __future__ import annotations

import hashlib
import sys
from datetime import datetime
from pathlib import Path

from healthstats.domain.reading import CellCounts, Observations, Reading, Report, Submission
from healthstats.errors import (
    Busy,
    DamagedStore,
    HealthstatsError,
    NewerStore,
    OutcomeUnknown,
    StorageFailure,
    UnsafePlace,
)
from healthstats.store import Refusal, Store, read_source, run_tables

LIMIT = 10**6
DEFINITIONS = "d" * 16
EXITS: dict[type[HealthstatsError], int] = {
    Busy: 20,
    StorageFailure: 21,
    OutcomeUnknown: 22,
    DamagedStore: 23,
    NewerStore: 24,
    UnsafePlace: 25,
}


def read(data: bytes) -> Reading:
    reports: dict[tuple[str, str], int] = {}
    elements: dict[str, int] = {}
    cells = Observations()
    for row, line in enumerate(data.decode().splitlines()[1:], start=2):
        facility, period, element, value = line.split(",")
        plain = value.isdigit()
        cells.report.append(reports.setdefault((facility, period), len(reports)))
        cells.element.append(elements.setdefault(element, len(elements)))
        cells.value.append(int(value) * 10_000 if plain else 0)
        cells.accepted.append(plain)
        cells.row.append(row)
        cells.column.append(4)
        if not plain:
            cells.text[len(cells) - 1] = value
    accepted = sum(cells.accepted)
    return Reading(
        media="csv",
        reports=tuple(Report("bieu9", "2023", facility, None, period, "S") for facility, period in reports),
        elements=tuple(elements),
        observations=cells,
        counts=CellCounts(found=len(cells), accepted=accepted, quarantined=len(cells) - accepted),
    )


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def ingest(data: Path, files: list[Path]) -> str:
    """The acknowledgement: said only once everything in it would survive a power cut."""
    store = Store.create(data)
    with store.lock():
        store.check_newest()
        known = store.known_submissions()
        new: dict[str, tuple[Submission, bytes]] = {}
        seen = []
        for file in files:
            source = read_source(file, LIMIT)
            if isinstance(source, Refusal):
                continue
            identity = sha256(source.data)
            seen.append(identity)
            if identity not in known:
                received = datetime(2024, 1, 1)
                submission = Submission(identity, source.name, len(source.data), received, "csv")
                new[identity] = (submission, source.data)
        if new:
            store.archive(new.values())
            store.commit(run_tables([(each, read(content)) for each, content in new.values()], DEFINITIONS))
    return "acknowledged " + " ".join(seen)


def main(arguments: list[str]) -> int:
    try:
        print(ingest(Path(arguments[0]), [Path(each) for each in arguments[1:]]), flush=True)
    except HealthstatsError as error:
        print(error.sentence("en"), file=sys.stderr)
        return EXITS.get(type(error), 2)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
