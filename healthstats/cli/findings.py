"""findings: every open finding, the list to decide on, the decisions taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthstats.cli.language import LANG
from healthstats.cli.look import Format, Output, told, write
from healthstats.words import say

if TYPE_CHECKING:
    from healthstats.workflows.findings import Wanted
    from healthstats.workflows.workspace import Workspace


def findings(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="[PERIOD]", help=say("help.show_period", LANG))] = "",
    facility: Annotated[str, typer.Option(metavar="F", help=say("help.of_facility", LANG))] = "",
    code: Annotated[str, typer.Option(metavar="CODE", help=say("help.of_code", LANG))] = "",
    severity: Annotated[str, typer.Option(metavar="error|warning", help=say("help.of_severity", LANG))] = "",
    file: Annotated[str, typer.Option(metavar="TEXT", help=say("help.of_file", LANG))] = "",
    folder: Annotated[Path | None, typer.Option("--mark", metavar="DIR", help=say("help.mark", LANG))] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats.workflows.findings import Wanted, findings
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.workspace import find_workspace

    workspace = find_workspace(context.obj)
    wanted = Wanted(find_period(period) if period else None, facility, code, severity, file)
    if folder:
        _mark(workspace, wanted, folder)
        return
    write(findings(workspace, wanted, LANG, told), form, output)


def _mark(workspace: Workspace, wanted: Wanted, folder: Path) -> None:
    from healthstats.domain.figure import written
    from healthstats.workflows.mark import mark

    files = 0
    for one in mark(workspace, wanted, folder, LANG, told):
        if one.path is None:
            typer.echo(say("screen.not_marked", LANG, name=one.name, why=one.refused), err=True)
            continue
        files += 1
        typer.echo(say("screen.marked", LANG, path=one.path, findings=written(one.findings, 0, LANG)))
        if one.lost:
            typer.echo(say("screen.marked_lost", LANG, name=one.name, what=one.lost), err=True)
    said = "screen.marked_next" if files else "screen.none_marked"
    typer.echo(say(said, LANG, files=written(files, 0, LANG)), err=True)
