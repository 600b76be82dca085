"""Killed while marts are built or a page is written: runs, old marts and the old page stay, and again it goes."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from healthstats.workflows.publish import write_whole
from tests.faults import death, whole
from tests.faults.calls import count_changes
from tests.faults.checker import check, listed, snapshot


def pages(data: Path) -> dict[str, bytes]:
    """What a reader finds published; a name that begins with a dot is nothing to read."""
    folder = data / "processed" / "publications"
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: path.read_bytes() for path in found if not path.name.startswith(".")}


def torn_marts(data: Path) -> list[str]:
    """Marts that stand under their name and are not what their manifest lists."""
    marts = data / "processed" / "marts"
    faults = [
        fault for folder in (marts.iterdir() if marts.is_dir() else []) for fault in listed(folder, of_marts=True)[0]
    ]
    return [f"marts: {fault}" for fault in faults]


class Publishing:
    """A workspace published once, then taken one file further; `new` is what publishing again must give."""

    def __init__(self, base: Path, inbox: list[Path]) -> None:
        base.mkdir()
        self.base, self.data = base, base / "data"
        whole.ingest(self.data, inbox[:1])
        whole.publish(self.data, [])
        self.old = pages(self.data)
        whole.ingest(self.data, inbox)
        self.before = snapshot(self.data)
        shutil.copytree(base, base.with_suffix(".kept"))
        self.steps = count_changes(lambda: whole.publish(self.data, []))
        self.new = pages(self.data)

    def again(self) -> None:
        shutil.rmtree(self.base)
        shutil.copytree(self.base.with_suffix(".kept"), self.base)

    def faults(self) -> list[str]:
        """Of the store, the marts and the pages as they stand, and after publishing again."""
        faults = check(self.data, before=self.before) + torn_marts(self.data)
        for name, content in pages(self.data).items():
            if content not in (self.old[name], self.new[name]):
                faults.append(f"torn page {name}")
        whole.publish(self.data, [])
        faults += check(self.data, before=self.before) + torn_marts(self.data)
        return faults + [
            f"{name} is another" for name, content in pages(self.data).items() if content != self.new[name]
        ]


def test_killed_while_publishing(tmp_path: Path, inbox: list[Path]) -> None:
    publishing = Publishing(tmp_path / "workspace", inbox)
    assert publishing.old.keys() == publishing.new.keys() == {"annual-2023.html", "annual-2023.xlsx"}
    assert all(publishing.old[name] != publishing.new[name] for name in publishing.old)
    for step in sorted(Random(3).sample(range(1, publishing.steps + 1), 3)):
        publishing.again()
        assert death.killed_at_step(whole.publish, publishing.data, [], step, half=step % 2 == 0) == ""
        assert publishing.faults() == [], f"step {step}"


def test_two_who_publish_at_once_each_write_a_whole_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other starts and ends between the first one's last byte and its rename."""
    target, replace = tmp_path / "page.html", Path.replace

    def interrupted(beside: Path, page: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        other = death.CONTEXT.Process(target=write_whole, args=(target, "theirs"))
        other.start()
        other.join()
        assert (other.exitcode, target.read_text()) == (0, "theirs")
        return replace(beside, page)

    monkeypatch.setattr(Path, "replace", interrupted)
    write_whole(target, "ours")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("page.html", "ours")]
