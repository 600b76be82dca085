"""Everything on disk against what the manifests say of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from healthstats.errors import DamagedStore, HealthstatsError
from healthstats.store.archive import archive_path
from healthstats.store.known import read_columns
from healthstats.store.manifest import MANIFEST, check_hashes, read_committed, sha256_of
from healthstats.store.marts import NAME
from healthstats.store.places import Places
from healthstats.store.runs import Run, follows, read_run, run_name, run_numbers
from healthstats.words import Lang, say


@dataclass(frozen=True, slots=True)
class Problem:
    """`run` is '' for what belongs to no run; `what` names the sentence `problem.<what>`; a harmless one is for
    information."""

    run: str
    file: str
    what: str
    harmless: bool = False

    def sentence(self, lang: Lang = "vi") -> str:
        return say(f"problem.{self.what}", lang, run=self.run, file=self.file)


def verify_store(places: Places) -> list[Problem]:
    """Reads every byte of runs and archive; an empty list means that all is as it was written."""
    problems: list[Problem] = []
    runs = _verify_runs(places, problems.append)
    _verify_archive(places, runs, problems.append)
    problems += _leftovers(places)
    newest = runs[-1].number if runs else 0
    problems += [Problem("", name, "mart_of_lost_run") for name in _marts(places) if int(name[:9]) > newest]
    problems += [
        Problem("", name, "mart_damaged", harmless=True) for name in _marts(places) if not _sound(places, name)
    ]
    return problems


def _verify_runs(places: Places, report: Callable[[Problem], None]) -> list[Run]:
    runs: list[Run] = []
    numbers = run_numbers(places)
    for missing in sorted(set(range(1, max(numbers, default=0))) - set(numbers)):
        report(Problem(run_name(missing), run_name(missing), "run_missing"))
    for number in numbers:
        name = run_name(number)
        try:
            run = read_run(places, number)
            check_hashes(run.committed, name)
        except HealthstatsError as error:
            what = "run_damaged" if isinstance(error, DamagedStore) else "run_unreadable"
            report(Problem(name, str(error.params.get("file", name)), what))
            continue
        before = runs[-1] if runs else None
        if (before.number if before else 0) == number - 1 and not follows(run, before):
            report(Problem(name, MANIFEST, "run_out_of_place"))
        runs.append(run)
    return runs


def _verify_archive(places: Places, runs: list[Run], report: Callable[[Problem], None]) -> None:
    sound: set[Path] = set()
    for path in _archived(places):
        if path.is_symlink() or not path.is_file() or sha256_of(path) != path.stem:
            report(Problem("", _relative(places, path), "archive_damaged"))
        sound.add(path)
    for run in runs:
        for submission, media in zip(*read_columns(run.tables["submissions"], ["submission", "media"]), strict=True):
            path = archive_path(places, submission, media)
            if path not in sound:
                report(Problem(run_name(run.number), _relative(places, path), "archive_missing"))


def _archived(places: Places) -> Iterator[Path]:
    for folder in sorted(places.archive.iterdir()):
        if folder.is_dir() and not folder.is_symlink():
            yield from sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _leftovers(places: Places) -> list[Problem]:
    names = sorted(os.listdir(places.staging)) if places.staging.is_dir() else []
    return [Problem("", f"staging/{name}", "leftover", harmless=True) for name in names]


def _marts(places: Places) -> list[str]:
    return sorted(filter(NAME.fullmatch, os.listdir(places.marts))) if places.marts.is_dir() else []


def _sound(places: Places, name: str) -> bool:
    try:
        check_hashes(read_committed(places.marts / name, name), name)
    except (HealthstatsError, OSError):
        return False
    return True


def _relative(places: Places, path: Path) -> str:
    return str(path.relative_to(places.root))
