"""Workspaces for tests, made by the product's own `init`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from healthstats.workflows.init import init
from healthstats.workflows.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]


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
