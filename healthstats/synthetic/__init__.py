"""The demo's synthetic submissions: a made-up department of a hundred and fifty facilities and the files they sent."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from healthstats.definitions.elements import read_elements
from healthstats.definitions.faults import Faults
from healthstats.definitions.forms import read_form
from healthstats.definitions.sources import CONFIG, Sources, read_toml
from healthstats.domain.element import Element
from healthstats.domain.form import Form
from healthstats.synthetic import faults
from healthstats.synthetic.figures import YEARS, monthly_figures
from healthstats.synthetic.posting import ARROW
from healthstats.synthetic.registers import write_registers
from healthstats.synthetic.submissions import Office, submissions

_CONFIG = """\
# Dữ liệu mô phỏng · synthetic data: made-up facilities and figures, marked so on every screen and page.
synthetic = true
base_year = 2020
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """What ingest must make of the inbox. `said`: the codes of the findings, by the file's name as ingest shows it;
    `accepted`: the value of each cell, by facility, month and element."""

    said: Mapping[str, frozenset[str]]
    accepted: Mapping[tuple[str, str, str], int]


def write_demo(workspace: Path, years: Sequence[int] = YEARS) -> Planted:
    """Writes the demo's configuration, registers and inbox into the folder `workspace`: the same bytes everywhere.

    A file's modification time is the time it arrived: read it with `ingest --received mtime`. Fewer `years` make a
    smaller world, with the same files of those years."""
    (workspace / CONFIG).write_text(_CONFIG, "utf-8")
    write_registers(workspace / "pipelines" / "registers")
    inbox = workspace / "data" / "raw" / "inbox"
    figures = monthly_figures(years, faults.lost)
    said: dict[str, frozenset[str]] = {}
    for file in submissions(Office(*_form(workspace), figures), years):
        path = inbox / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        # a file in the place of another would be a fault that nobody planted
        with path.open("xb") as stream:
            stream.write(file.data)
        os.utime(path, (file.arrived.timestamp(), file.arrived.timestamp()))
        codes = {file.path: file.said} | {f"{file.path}{ARROW}{name}": one for name, one in file.inside.items()}
        said |= {name: one for name, one in codes.items() if one is not None}
    accepted = {
        (code, month, element): faults.told((code, month), element, counts)
        for (code, month), counts in figures.items()
        for element in counts
        if not faults.lost(code, month, element)
    }
    return Planted(said, accepted)


def _form(workspace: Path) -> tuple[Form, dict[str, Element]]:
    """Form 9 and its elements, without the registers: the areas are there only after `init`."""
    found, sources = Faults(), Sources.of(workspace)
    elements = read_elements(sources.under("elements"), found)
    name = "forms/bieu9.toml"
    form = read_form(read_toml(sources.files[name], name, found), elements)
    found.check()
    return form, elements
