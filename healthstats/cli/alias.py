"""alias: what files call facilities and areas, written into the register."""

from __future__ import annotations

from typing import Annotated

import typer

from healthstats.cli.language import LANG
from healthstats.cli.look import Format, Output, told, write
from healthstats.errors import UsageError
from healthstats.words import say


def alias(
    context: typer.Context,
    facility: Annotated[str, typer.Argument(metavar="[FACILITY]", help=say("help.alias_facility", LANG))] = "",
    written: Annotated[str, typer.Argument(metavar="[NAME]", help=say("help.alias_written", LANG))] = "",
    area: Annotated[bool, typer.Option("--area", help=say("help.alias_area", LANG))] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats.workflows.alias import add_area_alias, add_facility_alias, unknown
    from healthstats.workflows.workspace import find_workspace

    workspace = find_workspace(context.obj)
    if not facility:
        write(unknown(workspace, LANG, told), form, output)
        return
    if not written:
        raise UsageError("alias_half", facility=facility)
    done = (add_area_alias if area else add_facility_alias)(workspace, facility, written)
    said = "screen.alias_written" if done.path else "screen.alias_there"
    typer.echo(say(said, LANG, text=written, who=done.who, path=done.path), err=True)
