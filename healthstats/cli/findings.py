"""findings: every open finding, the list to decide on, the decisions taken in."""

from __future__ import annotations

from typing import Annotated

import typer

from healthstats.cli.language import LANG
from healthstats.cli.look import Format, Output, told, write
from healthstats.words import say


def findings(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="[PERIOD]", help=say("help.show_period", LANG))] = "",
    facility: Annotated[str, typer.Option(metavar="F", help=say("help.of_facility", LANG))] = "",
    code: Annotated[str, typer.Option(metavar="CODE", help=say("help.of_code", LANG))] = "",
    severity: Annotated[str, typer.Option(metavar="error|warning", help=say("help.of_severity", LANG))] = "",
    file: Annotated[str, typer.Option(metavar="TEXT", help=say("help.of_file", LANG))] = "",
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats.workflows.findings import Wanted, findings
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.workspace import find_workspace

    wanted = Wanted(find_period(period) if period else None, facility, code, severity, file)
    write(findings(find_workspace(context.obj), wanted, LANG, told), form, output)
