"""findings: every open finding, the list to decide on, the decisions taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthstats.cli.ingest import exit_code, number, progressing, report, telling_run
from healthstats.cli.language import LANG
from healthstats.cli.look import Format, Output, told, write
from healthstats.cli.streams import told_anyway
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
    decisions: Annotated[Path | None, typer.Option("--apply", metavar="FILE", help=say("help.apply", LANG))] = None,
    who: Annotated[str, typer.Option("--by", metavar="NAME", help=say("help.by_whom", LANG))] = "",
    folder: Annotated[Path | None, typer.Option("--mark", metavar="DIR", help=say("help.mark", LANG))] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats import render
    from healthstats.domain.decision import CHOICES
    from healthstats.workflows.findings import Wanted, decision_list, findings
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.publish import write_whole
    from healthstats.workflows.workspace import find_workspace

    workspace = find_workspace(context.obj)
    if decisions:
        _apply(workspace, decisions, who)
    wanted = Wanted(find_period(period) if period else None, facility, code, severity, file)
    if folder:
        _mark(workspace, wanted, folder)
    elif output and output.suffix.lower() == ".xlsx":
        choices = tuple(say(f"decision.{choice}", LANG) for choice in CHOICES)
        write_whole(output, render.decision_book(decision_list(workspace, wanted, LANG, told), choices, LANG))
    else:
        write(findings(workspace, wanted, LANG, told), form, output)


def _apply(workspace: Workspace, decisions: Path, who: str) -> None:
    from healthstats.workflows.decide import apply

    with telling_run(workspace):
        with progressing() as progress:
            applied = apply(workspace, decisions, who, told, progress)
        if applied.outcome is None:
            typer.echo(say("screen.decisions_known", LANG, known=number(applied.known)), err=True)
            raise typer.Exit
        counts = {"taken": number(applied.taken), "known": number(applied.known)}
        typer.echo(say("screen.decisions_taken", LANG, who=applied.who, run=applied.outcome.run, **counts), err=True)
        with told_anyway():
            report(applied.outcome, dry_run=False)
    raise typer.Exit(exit_code(applied.outcome))


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
