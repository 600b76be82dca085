"""demo: a workspace of synthetic submissions."""

from __future__ import annotations

import shutil
from pathlib import Path

from healthstats.errors import UsageError
from healthstats.synthetic import write_demo
from healthstats.words import Lang
from healthstats.workflows.init import init


def demo(root: Path, lang: Lang) -> None:
    """Writes the demo as the new folder `root`, whole or not at all; a folder that holds anything is refused."""
    if root.exists() and any(root.iterdir()):
        raise UsageError("demo_folder_taken", path=root)
    building = root.parent / f".{root.name}.building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    write_demo(building)
    init(building, lang)
    if root.exists():
        root.rmdir()
    building.rename(root)
