"""Power cuts on a real ext4 in a loop file: `loop_disk.py PLACE EVERY [unsynced]`, as root where loop devices may be
mounted; `unsynced` leaves out every sync, and must be found out.

At each EVERY-th change that an ingest makes, the image is copied as the kernel has it, which is what a machine without
power would find; each copy is mounted, its journal played back, and judged. Prints `<moment> <submissions
acknowledged by then> <what is wrong>`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.faults import calls, driver
from tests.faults.calls import Call, changes, watched
from tests.faults.checker import check

MIB = 24


def mounted(image: Path, place: Path) -> None:
    place.mkdir(exist_ok=True)
    # a journal that writes by itself every five seconds would do the work of a sync that was left out
    subprocess.run(["mount", "-o", "loop,commit=600", image, place], check=True, capture_output=True)


def submissions(folder: Path) -> list[Path]:
    """Four files; no two are alike."""
    files = [folder / f"{number}.csv" for number in range(4)]
    for number, file in enumerate(files):
        rows = "".join(f"790{row:02d},2023-01,outpatient_visits,{number}\n" for row in range(200))
        file.write_text("facility,period,element,value\n" + rows)
    return files


class Cuts:
    """Copies of the image at each `every`-th change, with what was acknowledged by then."""

    def __init__(self, base: Path, every: int) -> None:
        self.base, self.every = base, every
        self.moment = 0
        self.acknowledged: list[str] = []
        self.copies: list[tuple[Path, list[str]]] = []

    def watch(self, name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        answer = real(*args, **kwargs)
        if changes(name, args):
            self.moment += 1
            if self.moment % self.every == 0:
                self.cut()
        return answer

    def cut(self) -> None:
        copy = self.base / f"cut-{self.moment}.img"
        # no sync before it: what the kernel has not written is what the cut takes away
        subprocess.run(["cp", "--sparse=always", self.base / "disk.img", copy], check=True)
        self.copies.append((copy, list(self.acknowledged)))

    def ingest(self, data: Path, files: list[Path]) -> None:
        with watched(self.watch):
            self.acknowledged += driver.ingest(data, files).split()[1:]
        self.moment += 1
        self.cut()


def main(arguments: list[str]) -> None:
    base = Path(arguments[0])
    if arguments[2:] != ["unsynced"]:
        # these disks are real, and so are their syncs
        calls.PRETENDED.clear()
    image, place, after = base / "disk.img", base / "disk", base / "after"
    subprocess.run(["truncate", "-s", f"{MIB}M", image], check=True)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image], check=True)
    inbox = submissions(base)
    cuts = Cuts(base, int(arguments[1]))
    mounted(image, place)
    try:
        cuts.ingest(place / "data", inbox[:2])
        cuts.ingest(place / "data", inbox)
    finally:
        subprocess.run(["umount", place], check=True)
    for copy, acknowledged in cuts.copies:
        mounted(copy, after)
        try:
            faults = check(after / "data", acknowledged)
            if not faults:
                again = driver.ingest(after / "data", inbox)
                faults += check(after / "data", again.split()[1:])
        finally:
            subprocess.run(["umount", after], check=True)
            copy.unlink()
        print(copy.stem, len(acknowledged), "; ".join(faults) or "whole", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
