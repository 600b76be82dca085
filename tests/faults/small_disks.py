"""Ingests on small disks: `small_disks.py PLACE OPTION UNIT FIRST LAST STEP`, where mounting is allowed.

For each size, a tmpfs with `OPTION=<size><UNIT>` takes one file and then the rest; prints the size, how that ended,
and what is wrong then, and again once the disk is large and the same files are brought again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from healthstats.errors import HealthstatsError, StorageFailure
from tests.faults import driver
from tests.faults.checker import check

LARGE = {"nr_inodes": "nr_inodes=100k", "size": "size=64m"}


def files(folder: Path) -> list[Path]:
    """Twelve submissions; together about 300 kB."""
    made = []
    for number in range(12):
        file = folder / f"{number}.csv"
        rows = [
            f"7{number:02d}{row:02d},2023-{month:02d},outpatient_visits,{row}\n"
            for row in range(80)
            for month in range(1, 13)
        ]
        file.write_text("facility,period,element,value\n" + "".join(rows))
        made.append(file)
    return made


def one_disk(place: Path, option: str, size: str, inbox: list[Path]) -> str:
    data = place / "data"
    mount = ["mount", "-t", "tmpfs", "-o"]
    subprocess.run([*mount, f"{option}={size}", "none", place], check=True)
    try:
        acknowledged = []
        ending = "done"
        for chosen in (inbox[:1], inbox):
            try:
                acknowledged += driver.ingest(data, chosen).split()[1:]
            except HealthstatsError as error:
                ending = "21" if isinstance(error, StorageFailure) else type(error).__name__
        faults = check(data, acknowledged)
        subprocess.run([*mount, f"remount,{LARGE[option]}", "none", place], check=True)
        acknowledged += driver.ingest(data, inbox).split()[1:]
        faults += check(data, acknowledged)
    finally:
        subprocess.run(["umount", place], check=True)
    return f"{size} {ending} {'; '.join(faults) or 'whole'}"


def main(arguments: list[str]) -> None:
    place, option, unit = Path(arguments[0]), arguments[1], arguments[2]
    inbox = files(place.parent)
    for size in range(*map(int, arguments[3:])):
        print(one_disk(place, option, f"{size}{unit}", inbox), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
