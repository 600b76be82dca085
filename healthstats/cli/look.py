"""transform, status, show, publish and query: what comes out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from healthstats.cli.language import LANG
from healthstats.domain.table import Table
from healthstats.errors import UsageError
from healthstats.words import say

Format = Annotated[Literal["table", "csv", "json", "md"], typer.Option("--format", help=say("help.format", LANG))]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=say("help.output", LANG))]
Estimate = Annotated[bool, typer.Option("--estimate", help=say("help.estimate", LANG))]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help=say("help.boundaries", LANG))]


def transform(context: typer.Context) -> None:
    from healthstats.workflows.marts import transform
    from healthstats.workflows.workspace import find_workspace

    typer.echo(transform(find_workspace(context.obj), told))


def status(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="[PERIOD]", help=say("help.status_period", LANG))] = "",
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats import render
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.publish import write_whole
    from healthstats.workflows.status import status
    from healthstats.workflows.workspace import find_workspace

    found = status(find_workspace(context.obj), find_period(period) if period else None, LANG, told)
    if form != "table" or (output and output.suffix.lower() not in (".txt", "")):
        write(found.rows, form, output)
    elif output:
        write_whole(output, render.plain_page(found.page))
    else:
        render.terminal_page(found.page)


def show(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=say("help.table", LANG))],
    period: Annotated[str, typer.Argument(metavar="[PERIOD]", help=say("help.show_period", LANG))] = "",
    area: Annotated[str, typer.Option(metavar="A", help=say("help.area", LANG))] = "",
    by: Annotated[str, typer.Option(metavar="GROUP", help=say("help.by", LANG))] = "all",
    indicator: Annotated[list[str] | None, typer.Option(metavar="I", help=say("help.indicator", LANG))] = None,
    boundaries: Day = None,
    estimate: Estimate = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.show import Wanted, show
    from healthstats.workflows.workspace import find_workspace

    wanted = Wanted(
        table=table,
        period=find_period(period) if period else None,
        area=area or None,
        by=by,
        indicators=tuple(indicator or ()),
        boundaries=boundaries.date() if boundaries else None,
        estimate=estimate,
    )
    write(show(find_workspace(context.obj), wanted, LANG, told), form, output)


def query(
    context: typer.Context,
    sql: Annotated[str, typer.Argument(metavar="SQL", help=say("help.sql", LANG))],
    form: Format = "table",
    output: Output = None,
) -> None:
    from healthstats.workflows.query import query
    from healthstats.workflows.workspace import find_workspace

    write(query(find_workspace(context.obj), sql, told), form, output)


def publish(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("help.publication", LANG))],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=say("help.show_period", LANG))],
    to: Annotated[str, typer.Option(metavar="html,xlsx", help=say("help.to", LANG))] = "html",
    estimate: Estimate = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help=say("help.output_dir", LANG))
    ] = None,
) -> None:
    from healthstats.workflows.lookup import find_period
    from healthstats.workflows.publish import Wanted, find_formats, publish
    from healthstats.workflows.workspace import find_workspace

    wanted = Wanted(name, find_period(period), find_formats(to), output, estimate)
    for path in publish(find_workspace(context.obj), wanted, LANG, told):
        typer.echo(path)


def told() -> None:
    typer.echo(say("screen.building", LANG), err=True)


def write(table: Table, form: str, output: Path | None) -> None:
    from healthstats import render
    from healthstats.workflows.publish import write_whole

    if output is None and form == "table":
        render.terminal(table, LANG)
        return
    texts = {"csv": render.csv, "json": render.json, "md": render.markdown, "table": render.plain}
    if output is None:
        typer.echo(texts[form](table, LANG), nl=False)
    elif output.suffix.lower() == ".xlsx":
        write_whole(output, render.table_book(table, LANG))
    else:
        write_whole(output, texts[form if form != "table" else _form_of(output)](table, LANG))


def _form_of(output: Path) -> str:
    """What the file's own name asks for: a text table in a .json would not open."""
    suffix = output.suffix.lower()
    forms = {".csv": "csv", ".json": "json", ".md": "md", ".txt": "table", "": "table"}
    if suffix not in forms:
        raise UsageError("no_such_format", suffix=suffix)
    return forms[suffix]
