"""publish: what is rendered for readers, written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthstats import render, tables
from healthstats.domain.period import Period
from healthstats.errors import StorageFailure, UsageError
from healthstats.tables.names import written_day
from healthstats.words import Lang, say
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.workspace import Workspace

FORMATS = ("html", "xlsx")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be published; `folder` None is the workspace's own data/processed/publications."""

    name: str
    period: Period
    formats: tuple[str, ...] = ("html",)
    folder: Path | None = None
    estimate: bool = False


def publish(workspace: Workspace, wanted: Wanted, lang: Lang, told: Told = lambda: None) -> list[Path]:
    """One file a format; an earlier one stays until the new one is whole."""
    definitions, name, period = workspace.definitions, wanted.name, wanted.period
    publication = definitions.publications.get(name)
    if publication is None:
        raise UsageError("no_publication", text=name, publications=", ".join(definitions.publications))
    with warehouse(workspace, told) as connection:
        # a page outlives the command: what it was made from must be what was committed, byte for byte
        workspace.store.check_hashes()
        runs = workspace.store.runs()
        # an old photo taken in last leaves the figures as new as they were
        received = max(datetime.fromisoformat(run.manifest.received_at) for run in runs)
        as_of = say("screen.as_of", lang, run=runs[-1].number, day=written_day(received.date(), lang))
        make = tables.estimated_annual if wanted.estimate else tables.annual
        page = make(connection, definitions, publication, period, as_of, lang)
    folder = wanted.folder or workspace.root / "data" / "processed" / "publications"
    # an estimate never takes the place of what was reported
    stem = f"{name}-{period.code}{'-estimate' if wanted.estimate else ''}{'' if lang == 'vi' else f'.{lang}'}"
    drawn = {form: render.html_page(page) if form == "html" else render.page_book(page) for form in wanted.formats}
    for form, content in drawn.items():
        write_whole(folder / f"{stem}.{form}", content)
    return [folder / f"{stem}.{form}" for form in drawn]


def find_formats(text: str) -> tuple[str, ...]:
    """`html,xlsx` → the formats named, each once."""
    named = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not named or not set(named) <= set(FORMATS):
        raise UsageError("no_format", text=text, formats=", ".join(FORMATS))
    return named


def write_whole(target: Path, content: str | bytes) -> None:
    """Replaces `target` in one step; text is written as UTF-8."""
    # a name of its own: two who publish at once would each cut short what the other writes
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            # a rename may reach the disk before the bytes: a power cut would leave an empty report
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageFailure("not_written", path=target, reason=error.strerror) from error
