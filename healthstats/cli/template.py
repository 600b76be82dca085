"""template: a blank form for a facility and a period."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthstats.cli.language import LANG
from healthstats.words import say


def template(
    context: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORM", help=say("help.template_form", LANG))],
    period: Annotated[str, typer.Option(metavar="P", help=say("help.template_period", LANG))],
    facility: Annotated[str, typer.Option(metavar="C", help=say("help.template_facility", LANG))] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=say("help.template_output", LANG))
    ] = None,
) -> None:
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.template import template
    from healthstats.workflows.workspace import find_workspace

    path = template(find_workspace(context.obj), form, facility, find_period(period), output)
    typer.echo(path)
    typer.echo(say("screen.template_next", LANG, path=path), err=True)
