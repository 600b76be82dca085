"""status: who reported, what awaits a person, what to type next."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from healthstats import tables
from healthstats.domain.page import Page
from healthstats.domain.period import VIETNAM, Period
from healthstats.domain.table import Table
from healthstats.errors import UsageError
from healthstats.words import Lang
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Status:
    """The screen, and the one table of it that programs read; none where there is no run yet."""

    page: Page
    table: Table | None

    @property
    def rows(self) -> Table:
        if self.table is None:
            raise UsageError("no_runs", path="data/raw/inbox")
        return self.table


def status(workspace: Workspace, period: Period | None, lang: Lang, told: Told = lambda: None) -> Status:
    """The state of `period`, or of the whole workspace; marts are built first where they are not current."""
    runs, definitions = workspace.store.runs(), workspace.definitions
    if not runs and period is None:
        inbox = workspace.inbox
        return Status(tables.unused(definitions, str(workspace.root), str(inbox), _waiting(workspace), lang), None)
    rebuilt = not runs or workspace.store.mart(runs[-1], definitions.hash) is None
    with warehouse(workspace, told, ("coverage", "awaiting")) as connection:
        newest = workspace.store.runs()[-1]
        if period is None:
            committed_at = datetime.fromisoformat(newest.manifest.committed_at).astimezone(VIETNAM)
            stored = tables.Stored(str(workspace.root), newest.number, committed_at, rebuilt)
            page = tables.overview(connection, definitions, stored, lang)
            return Status(page, tables.months_table(connection, definitions, lang))
        page = tables.status(connection, definitions, period, newest.number, lang)
        return Status(page, page.sections[0].tables[0])


def _waiting(workspace: Workspace) -> int:
    # imported here: only a workspace without a run is asked for what waits
    from healthstats.intake import is_clutter

    names = (name for _, _, files in os.walk(workspace.inbox) for name in files)
    return sum(not is_clutter(name) for name in names)
