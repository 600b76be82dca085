"""For notebooks: the tables of a workspace as pandas frames."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from healthstats.domain.table import Table, Value
from healthstats.words import Lang
from healthstats.workflows.lookup import find_period
from healthstats.workflows.query import query
from healthstats.workflows.show import Wanted, show
from healthstats.workflows.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    import pandas


class Session:
    """One workspace, opened. Marts are built when runs or definitions have changed."""

    def __init__(self, workspace: Workspace, lang: Lang) -> None:
        self.workspace, self.lang = workspace, lang

    def table(
        self,
        name: str,
        period: str | None = None,
        *,
        area: str | None = None,
        by: str = "all",
        estimate: bool = False,
    ) -> pandas.DataFrame:
        """What `healthstats show NAME PERIOD` shows, one column a key; rates are floats in their unit."""
        wanted = Wanted(name, find_period(period) if period else None, area, by, estimate=estimate)
        return _frame(show(self.workspace, wanted, self.lang))

    def query(self, sql: str) -> pandas.DataFrame:
        """The rows of one SELECT over runs and marts; DECIMAL columns are decimal.Decimal."""
        return _frame(query(self.workspace, sql))


def open(folder: str | Path = ".", lang: Lang = "vi") -> Session:
    """The workspace in `folder`; UsageError where there is none."""
    return Session(find_workspace(Path(folder)), lang)


def _frame(table: Table) -> pandas.DataFrame:
    import pandas

    table = table.flat
    columns = {
        column.key: [_plain(row[place].value) for row in table.rows]
        for place, column in enumerate(table.columns)
        if column.only != "screen"
    }
    return pandas.DataFrame(columns).convert_dtypes()


def _plain(value: Value) -> object:
    return float(value) if isinstance(value, Fraction) else value
