"""The commands, and the options that stand before all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthstats.cli import findings, ingest, look, setup
from healthstats.cli.alias import alias
from healthstats.cli.language import LANG
from healthstats.cli.register import register
from healthstats.cli.template import template
from healthstats.version import VERSION
from healthstats.words import LANGUAGES, say


def help_of(key: str) -> str:
    return say(f"help.{key}", LANG)


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=help_of("app"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("init", help=help_of("init"))(setup.init)
app.command("demo", help=help_of("demo"))(setup.demo)
app.add_typer(register, name="register")
app.command("ingest", help=help_of("ingest"))(ingest.ingest)
app.command("alias", help=help_of("alias"))(alias)
app.command("status", help=help_of("status"))(look.status)
app.command("findings", help=help_of("findings"))(findings.findings)
app.command("template", help=help_of("template"))(template)
app.command("transform", help=help_of("transform"))(look.transform)
app.command("show", help=help_of("show"))(look.show)
app.command("publish", help=help_of("publish"))(look.publish)
app.command("query", help=help_of("query"))(look.query)
app.command("verify", help=help_of("verify"))(setup.verify)


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
