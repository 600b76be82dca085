"""Builds the marts: the runs' tables and the definitions go in as tables, each mart comes out as a Parquet file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from healthstats.domain.definitions import Definitions
from healthstats.errors import UsageError
from healthstats.store.stopping import stoppable
from healthstats.transform.models import Model, in_order, read_models
from healthstats.transform.registers import load_definitions

MEMORY = "1500MB"
RUN_TABLES = ("submissions", "reports", "observations", "findings")

Runs = Mapping[int, Mapping[str, Path]]


def build_marts(
    runs: Runs,
    definitions: Definitions,
    folder: Path,
    threads: int | None = None,
    marts: Collection[str] | None = None,
) -> Mapping[str, int]:
    """Writes `<mart>.parquet` for every mart (or those named) into `folder`; returns the rows of each.

    `runs` is run number → table → Parquet file. UsageError names the model or the check that failed."""
    with (
        TemporaryDirectory(dir=folder, prefix=".spill-") as spill,
        _connect(spill, threads) as connection,
        stoppable(connection),
    ):
        _load_runs(connection, runs)
        load_definitions(connection, definitions)
        given = _tables(connection)
        models = read_models(connection, definitions.models)
        wanted = [name for name, model in models.items() if model.is_mart and (marts is None or name in marts)]
        counts = _build(connection, in_order(models, wanted, given), folder)
        for check in read_models(connection, definitions.checks).values():
            if check.reads - given <= counts.keys():
                _run_check(connection, check)
    return counts


def _connect(spill: str, threads: int | None) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": spill,
        "preserve_insertion_order": False,
    }
    return duckdb.connect(config=settings | ({"threads": threads} if threads else {}))


def _load_runs(connection: duckdb.DuckDBPyConnection, runs: Runs) -> None:
    """One view a table over all runs, with the column `run`; the files are those named, never a glob."""
    numbers = sorted(runs)
    for table in RUN_TABLES:
        files = [str(runs[number][table]) for number in numbers]
        connection.execute(f"create table {table}_files (filename varchar, run int)")
        connection.execute(f"insert into {table}_files select unnest(?::varchar[]), unnest(?::int[])", [files, numbers])
        listed = ", ".join(_quoted(file) for file in files)
        connection.execute(f"""
            create view {table} as
            select {table}_files.run, given.* exclude (filename)
            from read_parquet([{listed}], filename = true) as given
            join {table}_files on given.filename = {table}_files.filename
        """)


def _build(connection: duckdb.DuckDBPyConnection, models: list[Model], folder: Path) -> dict[str, int]:
    """Each table is dropped after its last reader, so that memory holds only what is still needed."""
    counts = {}
    last = _last_readers(models)
    for model in models:
        try:
            if model.is_mart:
                counts[model.name] = _write_mart(connection, model, folder / f"{model.name}.parquet")
            else:
                kind = "view" if model.is_view else "table"
                connection.execute(f"create {kind} {model.name} as {model.sql}")
        except duckdb.IOException:
            # the disk's fault, and not the model's
            raise
        except duckdb.Error as error:
            raise UsageError("model_sql", file=model.path, reason=str(error).splitlines()[0]) from error
        for table in models:
            if last.get(table.name) == model.name and not table.is_view and not table.is_mart:
                connection.execute(f"drop table {table.name}")
    return counts


def _last_readers(models: list[Model]) -> dict[str, str]:
    """Table → the last model in order that reads it; whoever reads a view reads the view's tables."""
    positions = {model.name: position for position, model in enumerate(models)}
    last = {name: model.name for model in models for name in model.reads}
    for view in reversed([model for model in models if model.is_view]):
        for name in view.reads:
            last[name] = max(last[name], last.get(view.name, view.name), key=positions.__getitem__)
    return last


def _write_mart(connection: duckdb.DuckDBPyConnection, model: Model, file: Path) -> int:
    sql = model.sql.rstrip().rstrip(";")
    copied = connection.execute(f"copy ({sql}\n) to {_quoted(str(file))} (format parquet)")
    ((count,),) = copied.fetchall()
    connection.execute(f"create view {model.name} as select * from read_parquet({_quoted(str(file))})")
    return int(count)


def _run_check(connection: duckdb.DuckDBPyConnection, check: Model) -> None:
    offending = connection.execute(check.sql).fetchall()
    if offending:
        raise UsageError("check_failed", file=check.path, rows=len(offending), first=offending[0])


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
