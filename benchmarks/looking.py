"""A department's ten years in a workspace, its marts built: what `show`, `status` and `query` have to look through."""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from growth import world, write_runs

from healthstats.domain.definitions import Definitions
from healthstats.store import Store
from healthstats.store.columns import SCHEMAS
from healthstats.store.schema import CELLS
from healthstats.workflows.init import init
from healthstats.workflows.marts import transform
from healthstats.workflows.workspace import Workspace


def make_workspace(folder: Path, facilities: int, months: int) -> None:
    """The runs of growth.py, committed by the store, and their marts."""
    init(folder, "vi")
    definitions = world(facilities, None)
    _write_register(folder, definitions)
    store = Store.open(folder / "data")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        for _, run in sorted(write_runs(Path(name), definitions, months).items()):
            with store.lock():
                store.commit({table: _as_stored(pq.read_table(path), table) for table, path in run.items()})
    transform(Workspace(folder))


def _write_register(folder: Path, definitions: Definitions) -> None:
    with (folder / "pipelines" / "registers" / "facilities.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("facility", "name", "area", "type", "ownership", "valid_from", "valid_to"))
        for spell in definitions.facilities:
            rows.writerow(
                (spell.facility, spell.name, spell.area, "BV", spell.attributes["ownership"], "", spell.valid_to or "")
            )


def _as_stored(table: pa.Table, name: str) -> pa.Table:
    """With the columns of the store's schema; cells are not counted, and what is not said is NULL."""
    columns = []
    for field in SCHEMAS[name]:
        if field.name in table.column_names:
            columns.append(table.column(field.name).cast(field.type))
        else:
            absent = 0 if field.name.removeprefix("cells_") in CELLS else None
            columns.append(pa.array([absent] * len(table), field.type))
    return pa.table(columns, schema=SCHEMAS[name])


if __name__ == "__main__":
    make_workspace(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
