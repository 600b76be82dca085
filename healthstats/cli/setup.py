"""init, demo and verify: the workspace itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthstats.cli.language import LANG
from healthstats.words import say


def init(folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=say("help.init_dir", LANG))] = Path(".")) -> None:
    from healthstats.workflows.init import init

    for path in init(folder.resolve(), LANG):
        typer.echo(path)
    typer.echo(say("screen.init_next", LANG, inbox=folder / "data" / "raw" / "inbox", folder=folder), err=True)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=say("help.demo_dir", LANG))] = Path("demo"),
) -> None:
    from healthstats.workflows.demo import demo

    demo(folder.resolve(), LANG)
    typer.echo(say("screen.demo_made", LANG, folder=folder), err=True)


def verify(context: typer.Context) -> None:
    from healthstats.workflows.verify import verify
    from healthstats.workflows.workspace import find_workspace

    checked = verify(find_workspace(context.obj))
    for problem in checked.problems:
        typer.echo(problem.sentence(LANG))
    if checked.damaged:
        typer.echo(say("screen.verify_damaged", LANG, count=len(checked.damaged)), err=True)
        raise typer.Exit(23)
    typer.echo(say("screen.verify_ok", LANG, runs=checked.runs, submissions=checked.submissions), err=True)
