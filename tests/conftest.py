"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

from healthstats.transform import models

# A deadline is a test that asserts a time: it fails on a busy machine
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """A model's text means the same in every world: DuckDB is asked once a process what it reads."""
    asked: dict[str, frozenset[str]] = {}
    read = models._tables_read

    def known(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> frozenset[str]:
        if sql not in asked:
            asked[sql] = read(connection, sql, path)
        return asked[sql]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "_tables_read", known)
        yield
