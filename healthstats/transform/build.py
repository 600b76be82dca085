"""Builds the marts: the runs' tables and the definitions go in as tables, each mart comes out as a Parquet file."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb

from healthstats.domain.definitions import Definitions
from healthstats.errors import UsageError
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
    spill = folder / ".spill"
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(spill),
        "preserve_insertion_order": True,
    }
    if threads:
        settings["threads"] = threads
    with duckdb.connect(config=settings) as connection:
        _load_runs(connection, runs)
        load_definitions(connection, definitions)
        models = read_models(connection, definitions.models)
        checks = read_models(connection, definitions.checks)
        wanted = [name for name, model in models.items() if model.is_mart and (marts is None or name in marts)]
        counts = _build(connection, in_order(models, wanted, _tables(connection)), folder)
        for check in checks.values():
            if check.reads <= counts.keys():
                _run_check(connection, check)
    shutil.rmtree(spill, ignore_errors=True)
    return counts


def _load_runs(connection: duckdb.DuckDBPyConnection, runs: Runs) -> None:
    """One view a table over all runs, with the column `run`; the files are those named, never a glob."""
    numbers = sorted(runs)
    connection.execute("create table runs (file_index bigint, run int)")
    connection.execute("insert into runs select unnest(?::bigint[]), unnest(?::int[])", [list(range(len(numbers))), numbers])
    for table in RUN_TABLES:
        files = ", ".join(_quoted(str(runs[number][table])) for number in numbers)
        run = f"{numbers[0]} as run" if len(numbers) == 1 else "runs.run"
        joined = "" if len(numbers) == 1 else " join runs using (file_index)"
        connection.execute(
            f"create view {table} as select {run}, files.* from read_parquet([{files}]) as files{joined}"
        )


def _build(connection: duckdb.DuckDBPyConnection, models: list[Model], folder: Path) -> dict[str, int]:
    """Each table is dropped after its last reader, so that memory holds only what is still needed."""
    counts = {}
    for position, model in enumerate(models):
        try:
            if model.is_mart:
                counts[model.name] = _write_mart(connection, model, folder / f"{model.name}.parquet")
            else:
                kind = "view" if model.is_view else "table"
                connection.execute(f"create {kind} {model.name} as {model.sql}")
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise UsageError("model_sql", file=model.path, reason=reason) from error
        _drop_read(connection, models, position)
    return counts


def _write_mart(connection: duckdb.DuckDBPyConnection, model: Model, file: Path) -> int:
    sql = model.sql.rstrip().rstrip(";")
    copied = connection.execute(f"copy ({sql}\n) to {_quoted(str(file))} (format parquet, compression zstd)")
    ((count,),) = copied.fetchall()
    connection.execute(f"create view {model.name} as select * from read_parquet({_quoted(str(file))})")
    return int(count)


def _drop_read(connection: duckdb.DuckDBPyConnection, models: list[Model], position: int) -> None:
    reads = {model.name: _all_reads(model, models) for model in models}
    later = set().union(*(reads[model.name] for model in models[position + 1 :]))
    for model in models[: position + 1]:
        if not model.is_mart and not model.is_view and model.name not in later:
            connection.execute(f"drop table if exists {model.name}")


def _all_reads(model: Model, models: list[Model]) -> frozenset[str]:
    """What a model reads, through views too."""
    reads = model.reads
    for other in models:
        if other.is_view and other.name in model.reads:
            reads |= _all_reads(other, models)
    return reads


def _run_check(connection: duckdb.DuckDBPyConnection, check: Model) -> None:
    offending = connection.execute(check.sql).fetchall()
    if offending:
        raise UsageError("check_failed", file=check.path, rows=len(offending), first=offending[0])


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
