"""Workspaces for tests, made by the product's own `init`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from healthstats.workflows.init import init
from healthstats.workflows.marts import transform
from healthstats.workflows.workspace import Workspace

from .terminal import take_in

MakeWorkspace = Callable[..., Workspace]
Holding = Callable[[str, bytes], Workspace]


@pytest.fixture
def make_workspace(tmp_path: Path) -> MakeWorkspace:
    """A new workspace; `register` is the text of its facility register, `config` of its healthstats.toml."""

    def make(register: str = "", config: str = "") -> Workspace:
        root = tmp_path / "workspace"
        init(root, "vi")
        if register:
            (root / "pipelines" / "registers" / "facilities.csv").write_text(register, "utf-8")
        (root / "healthstats.toml").write_text(config, "utf-8")
        return Workspace(root)

    return make


@pytest.fixture(scope="session")
def held_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Path]:
    """Workspaces that hold one file and its marts, each made once: to be copied, never written to."""
    made: dict[tuple[str, bytes], Path] = {}

    def make(register: str, data: bytes) -> Path:
        if (register, data) not in made:
            root = tmp_path_factory.mktemp("held") / "workspace"
            init(root, "vi")
            (root / "pipelines" / "registers" / "facilities.csv").write_text(register, "utf-8")
            take_in(Workspace(root), data)
            transform(Workspace(root))
            made[register, data] = root
        return made[register, data]

    return make


@pytest.fixture
def holding(tmp_path: Path, held_once: Callable[[str, bytes], Path]) -> Holding:
    """A workspace of this register that has taken `data` in as BC T8.xlsx, its marts built."""

    def make(register: str, data: bytes) -> Workspace:
        return Workspace(Path(shutil.copytree(held_once(register, data), tmp_path / "workspace")))

    return make
