"""ingest --propose-form: for each file that no form fits, a definition to look over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from healthstats.definitions.headings import read_headings
from healthstats.definitions.proposed_file import proposed_file
from healthstats.domain.finding import Finding
from healthstats.domain.proposal import ProposedForm
from healthstats.domain.reading import Reading, Submission
from healthstats.errors import StorageFailure
from healthstats.intake.lists.lists import read_grids
from healthstats.intake.proposing.proposal import propose
from healthstats.words import Lang
from healthstats.workflows.workspace import Workspace

FITS_NO_FORM = frozenset({"UNKNOWN_LAYOUT", "UNKNOWN_CSV", "MISSING_COLUMN"})


@dataclass(frozen=True, slots=True)
class Drafted:
    """`path` is the definition written for the file `name`, None where `why` says that there is none: `no_table`,
    `no_figures`, `no_owner`, `unreadable`. `kept`: a file of that name was there, with what a person may have made
    of it."""

    name: str
    path: Path | None = None
    why: str = ""
    layout_of: str = ""
    kept: bool = False


def propose_forms(workspace: Workspace, judged: Iterable[tuple[Submission, Reading]], lang: Lang) -> list[Drafted]:
    """Writes pipelines/proposed/<name>.toml, which nothing loads, for each file that no form fits."""
    labels, found = read_headings(workspace.root), []
    for submission, reading in judged:
        if reading.reports or not any(finding.code in FITS_NO_FORM for finding in reading.findings):
            continue
        grids = read_grids(submission.name, workspace.store.archived(submission.submission, submission.media))
        if isinstance(grids, Finding):
            found.append(Drafted(submission.name, why="unreadable"))
            continue
        made = propose(submission.name, grids, workspace.definitions, labels)
        if isinstance(made, str):
            found.append(Drafted(submission.name, why=made))
        else:
            found.append(_written(workspace, made, lang))
    return found


def _written(workspace: Workspace, proposed: ProposedForm, lang: Lang) -> Drafted:
    path = workspace.root / "pipelines" / "proposed" / f"{proposed.form}.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(proposed_file(proposed, lang))
    except FileExistsError:
        return Drafted(proposed.file, path, layout_of=proposed.layout_of, kept=True)
    except OSError as error:
        raise StorageFailure("storage_refused", path=path, reason=error.strerror or str(error)) from error
    return Drafted(proposed.file, path, layout_of=proposed.layout_of)
