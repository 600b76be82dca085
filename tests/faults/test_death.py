"""A process killed anywhere leaves a run whole or absent, and the same command again ends with everything."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults import death, driver, large, whole
from tests.faults.calls import Call, changes, count_changes, watched
from tests.faults.checker import check, snapshot
from tests.faults.death import Subject, die_after_a_hasty_answer
from tests.faults.tally import Tally


def steps_of_an_ingest(subject: Subject, base: Path, files: list[Path]) -> int:
    base.mkdir()
    subject(base / "data", files[:1])
    return count_changes(lambda: subject(base / "data", files))


def faults_after_death(
    subject: Subject, data: Path, files: list[Path], answer: str, before: dict[str, str]
) -> list[str]:
    """What the checker says after the death, and after the same command again."""
    faults = check(data, answer.split()[1:], before)
    again = subject(data, files)
    return faults + check(data, again.split()[1:], before)


def one_death(subject: Subject, base: Path, files: list[Path], step: int) -> str:
    """Dies at the step of a second ingest, at an even one in the middle of the write; returns its answer."""
    base.mkdir()
    subject(base / "data", files[:1])
    before = snapshot(base / "data")
    answer = death.killed_at_step(subject, base / "data", files, step, half=step % 2 == 0)
    assert faults_after_death(subject, base / "data", files, answer, before) == [], f"step {step}"
    return answer


@pytest.mark.parametrize(
    ("subject", "points"), [(driver.ingest, 12), (whole.ingest, 5), (large.ingest, 5)], ids=["store", "whole", "large"]
)
def test_killed_at_any_step_loses_nothing_and_doubles_nothing(
    subject: Subject, points: int, tmp_path: Path, inbox: list[Path]
) -> None:
    steps = steps_of_an_ingest(subject, tmp_path / "counting", inbox)
    chosen = sorted(Random(1).sample(range(1, steps + 1), points))
    answers = [one_death(subject, tmp_path / str(step), inbox, step) for step in chosen]
    assert "" in answers
    assert one_death(subject, tmp_path / "past the end", inbox, steps + 1) != ""


def test_killed_in_the_very_first_ingest(tmp_path: Path, inbox: list[Path]) -> None:
    for step in range(1, 24, 4):
        data = tmp_path / str(step) / "data"
        data.parent.mkdir()
        answer = death.killed_at_step(driver.ingest, data, inbox, step)
        assert answer == ""
        assert faults_after_death(driver.ingest, data, inbox, answer, {}) == [], f"step {step}"


def test_killed_at_random_moments(tmp_path: Path, inbox: list[Path]) -> None:
    random = Random(2)
    data = tmp_path / "data"
    acknowledged: set[str] = set()
    for _ in range(5):
        answer = death.killed_after(driver.ingest, data, inbox, random.uniform(0, 0.15))
        acknowledged |= set(answer.split()[1:])
        assert check(data, acknowledged) == []
    assert faults_after_death(driver.ingest, data, inbox, "", snapshot(data)) == []


def test_sabotage_an_answer_before_the_rename_is_counted_as_false(tmp_path: Path, inbox: list[Path]) -> None:
    data = tmp_path / "data"
    driver.ingest(data, inbox[:1])
    before, tally = snapshot(data), Tally("hasty")
    for step in (1, step_of_the_rename(tmp_path / "counting", inbox)):
        answer = death.killed_at_step(driver.ingest, data, inbox, step, die=die_after_a_hasty_answer)
        tally.add(step, answer != "", check(data, answer.split()[1:], before))
    assert (tally.tried, tally.came_right) == (2, 1)
    assert tally.line().endswith("lost 0 · double 0 · torn 0 · false acknowledgements 1 · other 0")


def step_of_the_rename(base: Path, files: list[Path]) -> int:
    """The step of the rename in a second ingest: killed there, the run has no name yet."""
    base.mkdir()
    driver.ingest(base / "data", files[:1])
    names: list[str] = []

    def watcher(name: str, real: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if changes(name, args):
            names.append(name)
        return real(*args, **kwargs)

    with watched(watcher):
        driver.ingest(base / "data", files)
    return names.index("rename_exclusively") + 1
