"""The demo's synthetic submissions: a made-up department of forty facilities and the files they sent."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from healthstats.definitions.elements import read_elements
from healthstats.definitions.faults import Faults
from healthstats.definitions.forms import read_form
from healthstats.definitions.sources import CONFIG, Sources, read_toml
from healthstats.domain.element import Element
from healthstats.domain.form import Form
from healthstats.synthetic import faults
from healthstats.synthetic.facilities import REGISTER, alias_rows, register_rows
from healthstats.synthetic.figures import monthly_figures
from healthstats.synthetic.submissions import submissions

_CONFIG = """\
# Dữ liệu mô phỏng · synthetic data: made-up facilities and figures, marked so on every screen and page.
synthetic = true
base_year = 2020
"""


def write_demo(workspace: Path) -> None:
    """Writes the demo's configuration, registers and inbox into the folder `workspace`: the same bytes everywhere.

    A file's modification time is the time it arrived: read it with `ingest --received mtime`."""
    (workspace / CONFIG).write_text(_CONFIG, "utf-8")
    registers = workspace / "pipelines" / "registers"
    registers.mkdir(parents=True, exist_ok=True)
    _write(registers / "facilities.csv", REGISTER, register_rows())
    _write(registers / "aliases.csv", ("facility", "alias"), alias_rows())

    inbox = workspace / "data" / "raw" / "inbox"
    form, elements = _form(workspace)
    for file in submissions(form, elements, monthly_figures(faults.lost)):
        path = inbox / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        os.utime(path, (file.arrived.timestamp(), file.arrived.timestamp()))


def _form(workspace: Path) -> tuple[Form, dict[str, Element]]:
    """Form 9 and its elements, without the registers: the areas are there only after `init`."""
    found, sources = Faults(), Sources.of(workspace)
    elements = read_elements(sources.under("elements"), found)
    name = "forms/bieu9.toml"
    form = read_form(read_toml(sources.files[name], name, found), elements)
    found.check()
    return form, elements


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
