"""register import: shows what a list would change, asks, and has it written."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthstats.cli.ingest import EXAMPLES, NONE, SOME, number, place, sentence
from healthstats.cli.language import LANG
from healthstats.words import CATALOGUE, say

if TYPE_CHECKING:
    from healthstats.workflows.register import Proposal, Request
    from healthstats.workflows.register_lines import Change
    from healthstats.workflows.workspace import Workspace

KINDS = ("new", "closed", "reopened", "renamed", "changed", "recoded", "filled", "kept", "absent")
Labels = list[str] | None
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help=say("help.on", LANG))]

register = typer.Typer(
    name="register", no_args_is_help=True, rich_markup_mode=None, add_completion=False, help=say("help.register", LANG)
)


@register.callback()
def _group() -> None:
    """Keeps `import` a command of `register`, which would otherwise be it."""


@register.command("import", help=say("help.register_import", LANG))
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.register_file", LANG))],
    on: Day = None,
    keep: Annotated[Labels, typer.Option(metavar="COLUMN", help=say("help.keep", LANG))] = None,
    ignore: Annotated[Labels, typer.Option(metavar="COLUMN", help=say("help.ignore", LANG))] = None,
    sheet: Annotated[Labels, typer.Option(metavar="SHEET", help=say("help.sheet", LANG))] = None,
    complete: Annotated[bool, typer.Option("--complete", help=say("help.complete", LANG))] = False,
    pad: Annotated[bool, typer.Option("--pad", help=say("help.pad", LANG))] = False,
    source: Annotated[str, typer.Option(metavar="TEXT", help=say("help.source", LANG))] = "",
    everything: Annotated[bool, typer.Option("--all", help=say("help.all", LANG))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=say("help.yes", LANG))] = False,
) -> None:
    from healthstats.workflows.register import Request, write_import
    from healthstats.workflows.workspace import find_workspace

    workspace = find_workspace(context.obj)
    request = Request(
        path=file,
        on=on.date() if on else None,
        keep=tuple(keep or ()),
        ignore=tuple(ignore or ()),
        sheets=tuple(sheet or ()),
        complete=complete,
        pad=pad,
        source=source,
    )
    request, proposal = _settled(workspace, request, asking=not yes and sys.stdin.isatty())
    _show(proposal, everything)
    if not proposal.changed:
        typer.echo(say("register.nothing", LANG), err=True)
    elif _agreed(proposal, request, yes):
        write_import(workspace, proposal)
        waits = proposal.listing.register == "facilities"
        typer.echo(say("register.written_next" if waits else "register.written", LANG, path=proposal.path), err=True)
    else:
        typer.echo(say("register.not_written", LANG), err=True)
        raise typer.Exit(0)
    if proposal.doubts:
        raise typer.Exit(SOME if proposal.differences.changes or proposal.differences.same else NONE)


def _settled(workspace: Workspace, request: Request, asking: bool) -> tuple[Request, Proposal]:
    """The proposal; a person at a terminal is asked what only a person knows: the zeros, and the day."""
    from healthstats.workflows.register import propose_import

    today = date.today()
    proposal = propose_import(workspace, request, LANG, today)
    short = [doubt for doubt in proposal.doubts if doubt.code == "LIST_CODE_SHORT"]
    if asking and short:
        told = {**short[0].params, "short": short[0].text, "count": number(len(short))}
        if _yes(say("register.ask_pad", LANG, **told)):
            request = replace(request, pad=True)
            proposal = propose_import(workspace, request, LANG, today)
    if asking and proposal.differences.dated and request.on is None:
        from healthstats.workflows.lookup import find_day

        answer = _ask(say("register.ask_on", LANG, today=today))
        request = replace(request, on=find_day(answer) if answer else today)
        proposal = propose_import(workspace, request, LANG, today)
    return request, proposal


def _agreed(proposal: Proposal, request: Request, yes: bool) -> bool:
    from healthstats.errors import UsageError

    undated = proposal.differences.dated and request.on is None
    if not yes and not sys.stdin.isatty():
        options = f"--on {date.today()} --yes" if undated else "--yes"
        raise UsageError("not_confirmed", options=options)
    if undated:
        raise UsageError("on_needed", today=date.today())
    return yes or _yes(say("register.ask", LANG, path=proposal.path))


def _yes(question: str) -> bool:
    return _ask(question).casefold() in say("register.yes", LANG).split()


def _ask(question: str) -> str:
    typer.echo(question, nl=False, err=True)
    return sys.stdin.readline().strip()


def _show(proposal: Proposal, everything: bool) -> None:
    listing, found = proposal.listing, proposal.differences
    typer.echo(
        say(
            "register.compared",
            LANG,
            name=_clean(proposal.name),
            rows=number(len(listing.rows)),
            register=listing.register,
        )
    )
    understood = (
        f"“{label}” = {_column(role)}" for role, label in listing.headings.items() if role.partition(".")[0] != "number"
    )
    typer.echo(_clean(say("register.headings", LANG, headings=" · ".join(understood))))
    if listing.unused:
        key = "register.unused" if listing.register == "facilities" else "register.unused_only"
        typer.echo(_clean(say(key, LANG, labels=" · ".join(listing.unused), first=listing.unused[0])))
    if listing.passed:
        typer.echo(say("register.passed", LANG, count=number(listing.passed)))
    for kind in KINDS:
        if changes := [change for change in found.changes if change.kind == kind]:
            typer.echo(say(f"register.{kind}", LANG, count=number(len(changes))))
            _some([_line(change) for change in changes], everything)
    if found.unplaced:
        typer.echo(say("register.unplaced", LANG, count=number(len(found.unplaced))))
        _some(found.unplaced, everything)
    typer.echo(say("register.same", LANG, count=number(found.same)))
    if proposal.doubts:
        typer.echo(say("register.doubts", LANG, count=number(len(proposal.doubts))))
        _some([f"{place(proposal.name, doubt)}: {sentence(doubt)}" for doubt in proposal.doubts], everything)
    if proposal.refused_complete:
        typer.echo(say("register.incomplete", LANG), err=True)


def _line(change: Change) -> str:
    values = [
        say(
            "register.value" if before else "register.value_new",
            LANG,
            column=_column(column),
            before=before,
            after=after or "–",
        )
        for column, before, after in change.values
    ]
    named = [] if change.kind == "renamed" or not change.name else [change.name]
    return " · ".join([change.facility, *named, *values, *_day(change)])


def _day(change: Change) -> list[str]:
    said = []
    if change.day:
        key = "register.until" if change.kind == "closed" else "register.from"
        said.append(say(key, LANG, day=_written_day(change.day)))
    elif change.kind == "new" and not change.values:
        said.append(say("register.undated", LANG))
    if change.closed:
        said.append(say("register.until", LANG, day=_written_day(change.closed)))
    return said


def _written_day(day: date) -> str:
    return f"{day:%d/%m/%Y}" if LANG == "vi" else str(day)


def _column(column: str) -> str:
    role, _, year = column.partition(".")
    key = f"register.column.{role}"
    return " ".join(filter(None, (say(key, LANG) if key in CATALOGUE else role, year)))


def _some(lines: list[str], everything: bool) -> None:
    shown = lines if everything else lines[:EXAMPLES]
    for line in shown:
        typer.echo(f"  {_clean(line)}")
    if len(shown) < len(lines):
        typer.echo("  " + say("register.more", LANG, count=number(len(lines) - len(shown))))


def _clean(line: str) -> str:
    from healthstats.render.figures import clean

    # a cell's text could hold the codes that move a terminal's cursor
    return clean(line)
