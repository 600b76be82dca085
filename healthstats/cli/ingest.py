"""ingest: what to take in, and how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthstats.cli.interrupt import Interrupted
from healthstats.cli.language import LANG
from healthstats.cli.streams import told_anyway
from healthstats.domain.figure import written
from healthstats.words import say

if TYPE_CHECKING:
    from decimal import Decimal

    from healthstats.domain.finding import Finding
    from healthstats.workflows.compare import Comparison
    from healthstats.workflows.ingest import Progress
    from healthstats.workflows.news import Outcome
    from healthstats.workflows.workspace import Workspace

SOME, NONE = 10, 11
EXAMPLES = 12
MILESTONE = 1000


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]…", help=say("help.paths", LANG))] = None,
    form: Annotated[str, typer.Option(metavar="F", help=say("help.form", LANG))] = "",
    period: Annotated[str, typer.Option(metavar="P", help=say("help.period", LANG))] = "",
    facility: Annotated[str, typer.Option(metavar="C", help=say("help.facility", LANG))] = "",
    sheet: Annotated[str, typer.Option(metavar="NAME", help=say("help.ingest_sheet", LANG))] = "",
    received: Annotated[str, typer.Option(metavar="DATE|mtime", help=say("help.received", LANG))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("help.dry_run", LANG))] = False,
    retry: Annotated[bool, typer.Option("--retry", help=say("help.retry", LANG))] = False,
    propose: Annotated[bool, typer.Option("--propose-register", help=say("help.propose_register", LANG))] = False,
    propose_form: Annotated[bool, typer.Option("--propose-form", help=say("help.propose_form", LANG))] = False,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help=say("help.workers", LANG))] = None,
) -> None:
    from healthstats.workflows.ingest import ingest
    from healthstats.workflows.naming import find_hints, find_received
    from healthstats.workflows.news import Request
    from healthstats.workflows.workspace import find_workspace

    workspace = find_workspace(context.obj)
    if form.endswith(".toml"):
        workspace, form = _installed(workspace, Path(form), dry_run)
        # of other files that wait nobody said that they are of this form: its header says so
        form = form if paths else ""
    request = Request(
        paths=tuple(paths or ()),
        hints=find_hints(workspace, form, period, facility, sheet),
        received=find_received(received),
        dry_run=dry_run,
        retry=retry,
        propose_register=propose,
        propose_form=propose_form,
        workers=workers,
    )
    with telling_run(workspace):
        with progressing() as progress:
            outcome = ingest(workspace, request, progress)
        with told_anyway():
            report(outcome, request.dry_run)
        if propose_form and not dry_run:
            _propose(workspace, outcome)
    raise typer.Exit(exit_code(outcome))


@contextmanager
def telling_run(workspace: Workspace) -> Iterator[None]:
    """A signal may come between the commit and the last word of it: who hears it hears of the run too."""
    from healthstats.workflows.ingest import newest_run

    before = newest_run(workspace)
    try:
        yield
    except Interrupted as interrupted:
        after = newest_run(workspace)
        raise Interrupted(interrupted.number, after if after != before else None) from None


def _installed(workspace: Workspace, file: Path, dry_run: bool) -> tuple[Workspace, str]:
    from healthstats.workflows.install_form import install_form

    installed = install_form(workspace, file, dry_run=dry_run)
    if installed.path:
        typer.echo(say("screen.form_installed", LANG, form=installed.form, path=installed.path))
    return installed.workspace, installed.form


def _propose(workspace: Workspace, outcome: Outcome) -> None:
    from healthstats.workflows.propose_form import propose_forms

    for drafted in propose_forms(workspace, outcome.judged, LANG):
        key = f"screen.no_proposal_{drafted.why}" if drafted.why else "screen.form_kept" if drafted.kept else ""
        key = key or ("screen.layout_proposed" if drafted.layout_of else "screen.form_proposed")
        _some([say(key, LANG, name=drafted.name, path=drafted.path, form=drafted.layout_of)])


@contextmanager
def progressing() -> Iterator[Progress]:
    """A moving line on a terminal, a line a thousand files off one."""
    reading = say("screen.reading", LANG)
    if not sys.stderr.isatty():
        typer.echo(f"{reading} …", err=True)
        yield lambda done, name: None if done % MILESTONE else typer.echo(f"{reading}: {number(done)} …", err=True)
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(reading) as status:
        # Text, never markup: a file may be called [red]
        yield lambda done, name: status.update(Text(f"{reading}: {number(done)} · {name}", overflow="ellipsis"))


def exit_code(outcome: Outcome) -> int:
    verdicts = {reading.verdict for _, reading in outcome.judged}
    # a mail that was opened holds no figures of its own: that its files were known already is no failure
    if any(reading.kept != "opened" for _, reading in outcome.judged) and outcome.counts.accepted == 0:
        return NONE
    # 10 says that something was committed: a file left where it is, like a link, was not
    return SOME if outcome.judged and (outcome.refused or verdicts - {"accepted"}) else 0


def report(outcome: Outcome, dry_run: bool) -> None:
    _report_files(outcome, dry_run)
    _report_replaced(outcome)
    _report_known(outcome)
    _report_findings(outcome)
    if outcome.comparison is not None:
        _report_comparison(outcome.comparison)
    if outcome.proposed:
        typer.echo(say("screen.proposed", LANG, count=len(outcome.proposed)))
        _some([f"{new.code} · {new.name}" for new in outcome.proposed])


def _report_files(outcome: Outcome, dry_run: bool) -> None:
    if not outcome.judged:
        typer.echo(say("screen.nothing_new", LANG))
        return
    verdicts = [reading.verdict for _, reading in outcome.judged]
    figures = {verdict: number(verdicts.count(verdict)) for verdict in ("accepted", "quarantined", "rejected")}
    key = "screen.judged_only" if dry_run else "screen.run"
    typer.echo(say(key, LANG, run=outcome.run or "", files=number(len(verdicts)), **figures))
    counts = asdict(outcome.counts)
    typer.echo(say("screen.cells", LANG, **{name: number(count) for name, count in counts.items()}))


def _report_replaced(outcome: Outcome) -> None:
    if outcome.uncounted:
        why = outcome.uncounted.sentence(LANG)
        typer.echo(say("screen.replaced_uncounted", LANG, run=outcome.run, why=why), err=True)
    replaced = outcome.replaced
    if replaced and replaced.reports:
        named = ", ".join(" · ".join(owner) for owner in replaced.named)
        more = ", …" if replaced.reports > len(replaced.named) else ""
        counts = {name: number(getattr(replaced, name)) for name in ("changed", "lost", "reports")}
        typer.echo(say("screen.replaced", LANG, named=named + more, **counts))


def _report_known(outcome: Outcome) -> None:
    if outcome.repeated:
        typer.echo(say("screen.repeated", LANG, count=number(len(outcome.repeated))))
        known = [say("screen.known", LANG, name=name, run=known.first_run) for name, known in outcome.repeated[:3]]
        _some(known, most=3, all_in_all=len(outcome.repeated))
    _some([say("screen.twin", LANG, name=name, other=other) for name, other in outcome.twins], most=3)
    for refused in outcome.refused:
        typer.echo(refused.why.sentence(LANG), err=True)


def _report_findings(outcome: Outcome) -> None:
    found = [(submission.name, finding) for submission, reading in outcome.judged for finding in reading.findings]
    if found:
        rank = {"error": 0, "warning": 1, "info": 2}
        found.sort(key=lambda named: rank[named[1].severity])
        errors = sum(finding.severity == "error" for _, finding in found)
        typer.echo(say("screen.findings", LANG, count=number(len(found)), errors=number(errors)))
        more = "screen.more_findings" if outcome.run else "screen.more"
        # no sentence of the thousands that are not shown
        shown = [f"{place(name, finding)}: {sentence(finding)}" for name, finding in found[:EXAMPLES]]
        _some(shown, more, all_in_all=len(found))


def _report_comparison(comparison: Comparison) -> None:
    counts = {"changed": number(comparison.changes), "lost": number(comparison.losses)}
    told = say("screen.comparison", LANG, new=number(comparison.new), same=number(comparison.same), **counts)
    typer.echo(told)
    _some(
        [f"{_key(key)}: {_value(before)} → {_value(now)}" for key, before, now in comparison.changed]
        + [f"{_key(key)}: {_value(before)} → …" for key, before in comparison.lost],
        all_in_all=comparison.changes + comparison.losses,
    )


def _key(key: tuple[str, str, str, str, str]) -> str:
    owner, _, period, element, item = key
    return " · ".join(part for part in (owner, period, element, item) if part)


def _value(value: Decimal) -> str:
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    return written(int(value.scaleb(digits)), digits, LANG)


def _some(lines: list[str], more: str = "screen.more", most: int = EXAMPLES, all_in_all: int = 0) -> None:
    from healthstats.render.figures import clean

    for line in lines[:most]:
        # a cell's text could hold the codes that move a terminal's cursor
        typer.echo(f"  {clean(line)}")
    if (left := max(all_in_all, len(lines)) - most) > 0:
        typer.echo("  " + say(more, LANG, count=number(left)))


def place(name: str, finding: Finding) -> str:
    """`BC T8.xlsx › Biểu 9!F12`: file, sheet, cell, as far as each is known."""
    where = "!".join(part for part in (finding.sheet, finding.cell) if part)
    return f"{name} › {where}" if where else name


def sentence(finding: Finding) -> str:
    said = say(f"finding.{finding.code}", LANG, **finding.params)
    received = [say("screen.as_received", LANG, text=finding.text)] if finding.text else []
    suggested = [say("screen.suggested", LANG, text=finding.suggestion)] if finding.suggestion else []
    return " · ".join([said, *received, *suggested])


def number(count: int) -> str:
    return written(count, 0, LANG)
