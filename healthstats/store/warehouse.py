"""A DuckDB connection on what is committed, for reading."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from healthstats.store.manifest import MANIFEST, read_committed
from healthstats.store.runs import Run
from healthstats.store.schema import COLUMNS, OPTIONAL

TABLES = {**COLUMNS, **OPTIONAL}


def open_warehouse(
    runs: tuple[Run, ...], mart: Path | None, tables: Collection[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """Views submissions, reports, observations, findings over all runs, with the column `run`, and one for each
    file of the mart, or for those named in `tables`. For our own SQL: a person's belongs in a locked warehouse. Close
    it."""
    connection = duckdb.connect(config={"temp_directory": ""})
    for table in TABLES:
        holding = _holding(runs, table)
        connection.sql(_over_all(holding, table) if holding else _empty(table)).create_view(table)
    for name, path in _read(mart, tables).items():
        connection.read_parquet(str(path)).create_view(name)
    return connection


def open_locked_warehouse(
    runs: tuple[Run, ...], mart: Path | None, tables: Collection[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """The same views for a person's own SQL: no file can be read or written, nothing fetched, nothing unlocked."""
    connection = duckdb.connect(config={"temp_directory": ""})
    with without_pandas():
        _register(connection, runs, _read(mart, tables))
    for setting in (
        "set allowed_directories = []",
        "set allowed_paths = []",
        "set enable_external_access = false",
        "set lock_configuration = true",
    ):
        connection.execute(setting)
    return connection


def _register(connection: duckdb.DuckDBPyConnection, runs: tuple[Run, ...], marts: dict[str, Path]) -> None:
    for table in TABLES:
        files = {run.tables[table]: run.number for run in _holding(runs, table)}
        if files:
            connection.register(table, _dataset(files, table))
        else:
            connection.sql(_empty(table)).create_view(table)
    for name, path in marts.items():
        connection.register(name, _mart_dataset(path))


class _NoPandas:
    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


@contextmanager
def without_pandas() -> Iterator[None]:
    """Within it pyarrow finds no pandas and goes on without: loading it would take longer than most questions. It looks
    for it again once somebody asks for a frame."""
    if "pandas" in sys.modules:
        yield
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        yield
    finally:
        sys.meta_path.remove(_NoPandas)


def mart_files(mart: Path | None) -> dict[str, Path]:
    """Mart name → its Parquet file, from the manifest; marts built beside a store that cannot be written have none."""
    if mart is None:
        return {}
    if not (mart / MANIFEST).exists():
        return {path.stem: path for path in sorted(mart.glob("*.parquet"))}
    files = read_committed(mart, mart.name).manifest.files
    return {Path(file.path).stem: mart / file.path for file in files if file.path.endswith(".parquet")}


def _read(mart: Path | None, tables: Collection[str] | None) -> dict[str, Path]:
    return {name: path for name, path in mart_files(mart).items() if tables is None or name in tables}


def _holding(runs: tuple[Run, ...], table: str) -> tuple[Run, ...]:
    return tuple(run for run in runs if table in run.tables)


def _over_all(runs: tuple[Run, ...], table: str) -> str:
    # what only some runs hold is in few files, and older versions wrote it with fewer columns; looking into each of a
    # thousand runs' files would take longer than most questions
    by_name = ", union_by_name = true" if table in OPTIONAL else ""
    paths = ", ".join("'" + str(run.tables[table]).replace("'", "''") + "'" for run in runs)
    return (
        "select * exclude (filename), cast(parse_path(filename)[-2] as integer) as run "
        f"from read_parquet([{paths}], filename = true{by_name})"
    )


def _empty(table: str) -> str:
    columns = {**TABLES[table], "run": "int32"}
    return f"select {', '.join(f'cast(null as {kind}) as {name}' for name, kind in columns.items())} where false"


def _dataset(files: dict[Path, int], table: str) -> object:
    """Files with their run number as a column; DuckDB still reads only the columns and rows it needs."""
    # imported here: only a person's own SQL has to wait for it
    import pyarrow as pa
    import pyarrow.dataset as ds
    from pyarrow.fs import LocalFileSystem

    from healthstats.store.columns import SCHEMAS

    form, local = ds.ParquetFileFormat(), LocalFileSystem()
    fragments = [
        form.make_fragment(str(path), local, partition_expression=ds.field("run") == number)
        for path, number in files.items()
    ]
    return ds.FileSystemDataset(fragments, SCHEMAS[table].append(pa.field("run", pa.int32())), form, local)


def _mart_dataset(path: Path) -> object:
    import pyarrow.dataset as ds

    return ds.dataset(str(path), format="parquet")
