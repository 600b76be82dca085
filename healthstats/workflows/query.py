"""query: the analyst's own SQL over runs and marts, read-only."""

from __future__ import annotations

import re
from decimal import Decimal

import duckdb

from healthstats.domain.table import Cell, Column, Table
from healthstats.errors import UsageError
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.workspace import Workspace

READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


def query(workspace: Workspace, sql: str, told: Told = lambda: None) -> Table:
    """The rows that one SELECT returns; a fault of the SQL is told in one line."""
    if not sql.strip(" ;\n\t"):
        raise UsageError("empty_query")
    # what is not named is neither hashed nor opened; `show tables` names none and finds all
    named = workspace.definitions.models.keys() & set(re.findall(r"\w+", sql.lower()))
    with warehouse(workspace, told, named or None, locked=True) as connection:
        try:
            # the connection is forgotten: what it would change in it, a person would take for changed
            if any(one.type not in READING for one in connection.extract_statements(sql)):
                raise UsageError("query_changes")
            result = connection.execute(sql)
            rows = result.fetchall()
        except duckdb.Error as error:
            raise _told(error) from error
        names = [column[0] for column in result.description or ()]
    figures = [all(isinstance(value, int | Decimal | None) for value in column) for column in zip(*rows, strict=True)]
    columns = tuple(
        Column(name, name, "plain" if figure else "text")
        for name, figure in zip(names, figures or [False] * len(names), strict=True)
    )
    return Table("query", "", columns, tuple(tuple(Cell(_plain(value)) for value in row) for row in rows), stub=0)


def _plain(value: object) -> str | int | Decimal | None:
    return value if isinstance(value, int | Decimal) or value is None else str(value)


def _told(error: duckdb.Error) -> UsageError:
    """The kind in our words; the place, and what may be meant, in the engine's."""
    problem, *lines = str(error).splitlines()
    kind, _, rest = problem.partition(": ")
    problem = " ".join([rest or kind, *(line for line in lines if line.startswith(("Did you mean", "Candidate ")))])
    named = isinstance(error, duckdb.CatalogException) or rest.startswith("Referenced ")
    known = "query_unknown" if named else "query_syntax" if isinstance(error, duckdb.ParserException) else "query"
    return UsageError(known, problem=problem)
