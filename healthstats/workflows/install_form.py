"""ingest --form FILE.toml: a definition that a person has looked over becomes one of the workspace."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from healthstats.definitions.register_file import replace_register
from healthstats.definitions.sources import Sources
from healthstats.errors import UsageError
from healthstats.workflows.workspace import Workspace

SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Installed:
    """`workspace` has the definition of `form` in effect; `path` is where it was written, None where it lay there
    already or nothing was to be written."""

    workspace: Workspace
    form: str
    path: Path | None = None


def install_form(workspace: Workspace, file: Path, *, dry_run: bool = False) -> Installed:
    """Checks the definition among all others (DefinitionFaults lists every fault) and copies it into
    pipelines/forms/. UsageError where another definition has its place."""
    if not file.is_file():
        raise UsageError("no_such_path", path=file)
    data, name = file.read_bytes(), f"forms/{file.name}"
    target = workspace.root / "pipelines" / name
    there = Sources.of(workspace.root).files.get(name)
    if there and there.read_bytes() != data:
        raise UsageError("form_there", path=there)
    tried = replace(workspace, tried=((name, file.resolve()),))
    form = _form(tried, data)
    if there or dry_run:
        return Installed(tried, form)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_register(target, "", data.decode("utf-8"))
    return Installed(Workspace(workspace.root), form, target)


def _form(tried: Workspace, data: bytes) -> str:
    # loaded first: it tells all that is wrong, a text that is no TOML too
    forms = tried.definitions.forms
    said = tomllib.loads(data.decode("utf-8"))
    return next(str(said[key]) for key in ("layout_of", "form") if said.get(key) in forms)
