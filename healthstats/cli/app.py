"""The commands, and the options that stand before all of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from healthstats.cli.language import LANG
from healthstats.version import VERSION
from healthstats.words import LANGUAGES, say

COMMANDS = {
    "init": "setup",
    "demo": "setup",
    "ingest": "ingest",
    "alias": "alias",
    "status": "look",
    "findings": "findings",
    "template": "template",
    "transform": "look",
    "show": "look",
    "publish": "look",
    "query": "look",
    "verify": "setup",
    "register": "register",
}
"""Each command and the file that declares it, in the order of the help."""


def help_of(key: str) -> str:
    return say(f"help.{key}", LANG)


class Commands(TyperGroup):
    """Loads the one command that was typed. The list needs a name and a line of each: the arguments of all thirteen
    would take a quarter of its time."""

    def __init__(self, **named: Any) -> None:
        listed = {name: TyperCommand(name, help=help_of(name)) for name in COMMANDS}
        super().__init__(**{**named, "commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, listed, rest = super().resolve_command(ctx, args)
        return name, _command(name) if name in COMMANDS else listed, rest


def _command(name: str) -> Any:
    declared = getattr(import_module(f"healthstats.cli.{COMMANDS[name]}"), name)
    if not isinstance(declared, typer.Typer):
        function, declared = declared, typer.Typer(**PLAIN)
        declared.command(name, help=help_of(name))(function)
    return get_command(declared)


PLAIN: dict[str, Any] = {"add_completion": False, "pretty_exceptions_enable": False, "rich_markup_mode": None}
app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help=help_of("app"),
    context_settings={"help_option_names": ["-h", "--help"]},
    **PLAIN,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"healthstats {VERSION}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option("-w", "--workspace", envvar="HEALTHSTATS_WORKSPACE", help=help_of("workspace")),
    ] = None,
    lang: Annotated[str, typer.Option(help=help_of("lang"), envvar="HEALTHSTATS_LANG")] = "vi",
    version: Annotated[bool, typer.Option("--version", help=help_of("version"), callback=_version)] = False,
) -> None:
    if lang not in LANGUAGES:
        raise typer.BadParameter(lang)
    context.obj = workspace
