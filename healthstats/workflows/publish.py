"""publish: what is rendered for readers, written whole or not at all."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from healthstats import render, tables
from healthstats.domain.period import Period
from healthstats.errors import StorageFailure, UsageError
from healthstats.words import Lang, say
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.workspace import Workspace


def publish(
    workspace: Workspace, name: str, period: Period, folder: Path | None, lang: Lang, told: Told = lambda: None
) -> Path:
    """The publication `name` for `period` as one HTML file; an earlier one stays until the new one is whole."""
    definitions = workspace.definitions
    publication = definitions.publications.get(name)
    if publication is None:
        raise UsageError("no_publication", text=name, publications=", ".join(definitions.publications))
    with warehouse(workspace, told) as connection:
        # a page outlives the command: what it was made from must be what was committed, byte for byte
        workspace.store.check_hashes()
        newest = workspace.store.runs()[-1]
        received = datetime.fromisoformat(newest.manifest.received_at)
        as_of = say("screen.as_of", lang, run=newest.number, day=f"{received:%d/%m/%Y}")
        page = tables.annual(connection, definitions, publication, period, as_of, lang)
    target = (folder or workspace.root / "data" / "processed" / "publications") / (
        f"{name}-{period.code}.html" if lang == "vi" else f"{name}-{period.code}.{lang}.html"
    )
    write_whole(target, render.html_page(page))
    return target


def write_whole(target: Path, text: str) -> None:
    """Replaces `target` with `text` in one step."""
    beside = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            # a rename may reach the disk before the bytes: a power cut would leave an empty report
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageFailure("not_written", path=target, reason=error.strerror) from error
