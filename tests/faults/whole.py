"""The same ingest through the whole house: reader processes, register, judgement, store."""

from __future__ import annotations

import shutil
from pathlib import Path

from healthstats.definitions import CONFIG, shipped_pipelines
from healthstats.domain.period import Period
from healthstats.workflows.ingest import ingest as take_in
from healthstats.workflows.news import Request
from healthstats.workflows.publish import Wanted
from healthstats.workflows.publish import publish as publish_page
from healthstats.workflows.workspace import Workspace

FACILITIES = "".join(f"7900{k},Cơ sở {k},,công lập,bệnh viện,tỉnh,,,,\n" for k in range(1, 6))


def workspace_around(data: Path) -> Workspace:
    """A workspace whose data folder is `data`, with a register of five facilities."""
    root = data.parent
    registers = root / "pipelines" / "registers"
    if not registers.exists():
        shutil.copytree(shipped_pipelines() / "registers", registers)
        (root / CONFIG).touch()
        with (registers / "facilities.csv").open("a", encoding="utf-8") as register:
            register.write(FACILITIES)
    return Workspace(root)


def ingest(data: Path, files: list[Path]) -> str:
    """The acknowledgement, as the driver's: every submission that the store now answers for."""
    workspace = workspace_around(data)
    outcome = take_in(workspace, Request(paths=tuple(files), workers=1))
    judged = [submission.submission for submission, _ in outcome.judged]
    known = workspace.store.known_submissions()
    repeated = {name for name, _ in outcome.repeated}
    return "acknowledged " + " ".join([*judged, *(each for each, what in known.items() if what.name in repeated)])


def publish(data: Path, files: list[Path]) -> str:
    """Builds the marts and publishes 2023; the paths written. `files` are none."""
    wanted = Wanted("annual", Period("year", 2023), ("html", "xlsx"))
    return " ".join(path.name for path in publish_page(workspace_around(data), wanted, "vi"))
