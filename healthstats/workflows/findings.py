"""findings: what is to be looked at, as a table or as the list on which a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from healthstats import tables
from healthstats.domain.period import Period
from healthstats.domain.table import Table
from healthstats.errors import UsageError
from healthstats.words import CATALOGUE, Lang
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; '' leaves it free."""

    period: Period | None = None
    facility: str = ""
    code: str = ""
    severity: str = ""
    file: str = ""


def findings(workspace: Workspace, wanted: Wanted, lang: Lang, told: Told = lambda: None) -> Table:
    """One row an open finding; UsageError where what was typed names nothing."""
    sought = find_sought(workspace, wanted)
    with warehouse(workspace, told, ("open_findings",)) as connection:
        return tables.findings(connection, workspace.definitions, sought, lang)


def decision_list(workspace: Workspace, wanted: Wanted, lang: Lang, told: Told = lambda: None) -> Table:
    """The same with room for a decision, and the keys by which it is taken back."""
    sought = find_sought(workspace, wanted)
    with warehouse(workspace, told, ("open_findings",)) as connection:
        return tables.decision_list(connection, workspace.definitions, sought, lang)


def find_sought(workspace: Workspace, wanted: Wanted) -> tables.Sought:
    """What was typed, as codes; UsageError where it names nothing."""
    code = wanted.code.upper()
    if code and f"finding.{code}" not in CATALOGUE:
        raise UsageError("no_code", text=wanted.code)
    if wanted.severity and wanted.severity not in tables.SEVERITIES:
        raise UsageError("no_severity", text=wanted.severity, severities=", ".join(tables.SEVERITIES))
    facility = _facility(workspace, wanted.facility) if wanted.facility else None
    return tables.Sought(wanted.period, facility, code or None, wanted.severity or None, wanted.file or None)


def _facility(workspace: Workspace, text: str) -> str:
    # imported here: it brings the folding of names, for which nobody has to wait who names nobody
    from healthstats.workflows.naming import find_facility

    return find_facility(workspace.definitions, text)
