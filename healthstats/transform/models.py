"""SQL models: what each one reads, and the order in which they can be built."""

from __future__ import annotations

import graphlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from healthstats.errors import UsageError

PREFIXES = ("stg_", "int_", "dim_", "fct_")


@dataclass(frozen=True, slots=True)
class Model:
    """One plain SELECT; its first line names the grain, and says `(view)` where the rows are too many to keep."""

    name: str
    path: Path
    sql: str
    reads: frozenset[str]

    @property
    def is_mart(self) -> bool:
        return not self.name.startswith(PREFIXES)

    @property
    def is_view(self) -> bool:
        return "(view)" in self.sql.split("\n", 1)[0]


def read_models(connection: duckdb.DuckDBPyConnection, paths: Mapping[str, Path]) -> dict[str, Model]:
    """Name → Model; UsageError names the file that is no SELECT DuckDB can parse."""
    models = {}
    for name, path in paths.items():
        sql = path.read_text(encoding="utf-8")
        models[name] = Model(name, path, sql, _tables_read(connection, sql, path))
    return models


def in_order(models: Mapping[str, Model], wanted: Collection[str], given: Collection[str]) -> list[Model]:
    """The wanted models and all they need, each after what it reads; `given` tables need no model."""
    graph: dict[str, frozenset[str]] = {}
    waiting = sorted(wanted)
    while waiting:
        model = models[waiting.pop()]
        if model.name in graph:
            continue
        for table in sorted(model.reads - models.keys()):
            if table not in given:
                raise UsageError("model_table", file=model.path, table=table)
        graph[model.name] = model.reads & models.keys()
        waiting += sorted(graph[model.name])
    try:
        return [models[name] for name in graphlib.TopologicalSorter(graph).static_order()]
    except graphlib.CycleError as error:
        circle = error.args[1]
        raise UsageError("model_cycle", file=models[circle[0]].path, tables=" → ".join(circle)) from error


def _tables_read(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> frozenset[str]:
    (answer,) = connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()[0]
    tree = json.loads(answer)
    if tree["error"] or len(tree["statements"]) != 1:
        raise UsageError("model_sql", file=path, reason=tree.get("error_message", "one SELECT a file"))
    nodes = list(_nodes(tree))
    named = {entry["key"] for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]}
    return frozenset(node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE") - named


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        branch = waiting.pop()
        if isinstance(branch, dict):
            yield branch
            waiting += branch.values()
        elif isinstance(branch, list):
            waiting += branch
