"""init: a workspace with empty registers, where the country's areas are known and no facility is."""

from __future__ import annotations

from pathlib import Path

from healthstats.definitions import CONFIG, REGISTERS, shipped_pipelines
from healthstats.store import Store
from healthstats.words import Lang, say

EMPTY = {
    "facilities": "facility,name,area,ownership,type,level,valid_from,valid_to,successor,area_before\n",
    "aliases": "facility,alias\n",
    "populations": "area,year,population,source\n",
    "plans": "facility,area,indicator,period,value,source\n",
}


def init(root: Path, lang: Lang) -> list[Path]:
    """Makes what is missing of a workspace at `root` and returns it; what is there stays as it is."""
    made = []
    files = {root / CONFIG: say("screen.config", lang)}
    for name in REGISTERS:
        shipped = shipped_pipelines() / "registers" / f"{name}.csv"
        files[root / "pipelines" / "registers" / f"{name}.csv"] = EMPTY.get(name) or shipped.read_text("utf-8")
    for path, text in files.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            made.append(path)
    (root / "data" / "raw" / "inbox").mkdir(parents=True, exist_ok=True)
    Store.create(root / "data")
    return made
