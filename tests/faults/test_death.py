"""A process killed anywhere leaves a run whole or absent, and the same command again ends with everything."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.faults import death, driver, large, whole
from tests.faults.calls import count_changes
from tests.faults.checker import check, snapshot
from tests.faults.death import Subject


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
    ("subject", "points"), [(driver.ingest, 18), (whole.ingest, 6), (large.ingest, 8)], ids=["store", "whole", "large"]
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
