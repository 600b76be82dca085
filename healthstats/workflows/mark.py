"""findings --mark: each file with open findings written back as its sender's own workbook, marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from healthstats import render, tables
from healthstats.domain.finding import Finding
from healthstats.domain.mark import Mark
from healthstats.errors import UsageError
from healthstats.intake import Hints
from healthstats.store import KnownSubmission
from healthstats.words import CATALOGUE, Lang, say
from healthstats.workflows.findings import Wanted, find_sought
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.publish import write_whole
from healthstats.workflows.workspace import Workspace

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of one file: where its marked workbook lies, or why there is none; `lost` names what of the original
    could not be kept."""

    name: str
    findings: int
    path: Path | None = None
    refused: str = ""
    lost: str = ""


def mark(workspace: Workspace, wanted: Wanted, folder: Path, lang: Lang, told: Told = lambda: None) -> Iterator[Marked]:
    """Writes one workbook a file into `folder`, which must be new or empty and apart from the data."""
    _check_place(workspace, folder)
    sought = find_sought(workspace, wanted)
    with warehouse(workspace, told, ("open_findings",)) as connection:
        rows = tables.open_findings(connection, sought)
    known = workspace.store.known_submissions()
    rows.sort(key=lambda row: (row["file"], row["submission"]))
    taken: set[str] = set()
    for submission, found in groupby(rows, key=lambda row: str(row["submission"])):
        before = known[submission]
        data = workspace.store.archived(submission, before.media)
        marked = _marked(before, data, [_mark(row, lang) for row in found], lang)
        if isinstance(marked, Marked):
            yield marked
            continue
        content, lost, count = marked
        path = folder / _free(before.name, taken)
        write_whole(path, content)
        yield Marked(before.name, count, path, lost=lost)


def _marked(before: KnownSubmission, data: bytes, marks: Sequence[Mark], lang: Lang) -> Marked | tuple[bytes, str, int]:
    # imported here: the readers take time to load that no other listing needs
    from healthstats.intake.copies import sheets_of, too_large, unkept
    from healthstats.intake.formats.media import BOOKS, sniff

    name = before.name

    def refused(why: str) -> Marked:
        return Marked(name, len(marks), refused=why)

    kind = sniff(data).kind
    if kind not in (*BOOKS, "csv"):
        return refused(_first(marks, lang))
    sheets = sheets_of(kind, data)
    if isinstance(sheets, Finding):
        return refused(say(f"title.{sheets.code}", lang))
    if too_large(data):
        return refused(say("refused.large", lang))
    working, parts = unkept(data) if kind == "xlsx" else (False, ())
    if working:
        return refused(say("refused.working", lang))
    lost = ", ".join(say(f"lost.{part}", lang) for part in parts)
    notes = [say("mark.title", lang, name=name), say("mark.how", lang)]
    if options := Hints.from_text(before.hints).to_options():
        notes.append(say("mark.said", lang, options=options))
    kept = [*notes, say("mark.lost", lang, what=lost)] if lost else notes
    book = render.mark_book(data, marks, kept, lang) if kind == "xlsx" else None
    if book is None:
        said = say("mark.from_csv" if kind == "csv" else "mark.converted", lang)
        return render.mark_copy(sheets, marks, [*notes, said], lang), "", len(marks)
    return book, lost, len(marks)


def _first(marks: Sequence[Mark], lang: Lang) -> str:
    """What the reader said of a file that is no table of cells: a picture, a PDF, half a file."""
    key = f"title.{marks[0].code}"
    return say(key, lang) if key in CATALOGUE else marks[0].told


def _mark(row: Mapping[str, Any], lang: Lang) -> Mark:
    return Mark(
        code=row["code"],
        severity=row["severity"],
        sheet=row["sheet"] or "",
        cell=row["cell"] or "",
        told=" · ".join(
            filter(None, (tables.sentence(row, lang), json.loads(row["params"]).get(f"counted_{lang}", "")))
        ),
        text=row["text"] or "",
        suggestion=row["suggestion"] or "",
    )


def _check_place(workspace: Workspace, folder: Path) -> None:
    place = folder.resolve()
    if place.is_relative_to(workspace.data.resolve()):
        raise UsageError("mark_in_store", path=folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UsageError("mark_not_empty", path=folder)


def _free(name: str, taken: set[str]) -> str:
    """A name of its own in the folder, which still says the period that the sender's name said."""
    from healthstats.intake.workbook import telling_name

    said = " ".join(telling_name(name).replace("/", " ").replace("\\", " ").split())
    stem = said.rpartition(".")[0] or said
    stem = stem.strip(". ")[:LONGEST_NAME] or "1"
    found, number = f"{stem}.xlsx", 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}).xlsx"
    taken.add(found.casefold())
    return found
