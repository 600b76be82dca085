"""A process killed anywhere leaves a run whole or absent, and the same command again ends with everything."""

from __future__ import annotations

from pathlib import Path
from random import Random

import death
import driver
import pytest
from calls import count_changes
from checker import check, snapshot

POINTS = 18


def steps_of_an_ingest(base: Path, files: list[Path]) -> int:
    base.mkdir()
    driver.ingest(base / "data", files[:1])
    return count_changes(lambda: driver.ingest(base / "data", files))


def faults_after_death(data: Path, files: list[Path], answer: str, before: dict[str, str]) -> list[str]:
    """What the checker says after the death, and after the same command again."""
    faults = check(data, answer.split()[1:], before)
    again = driver.ingest(data, files)
    return faults + check(data, again.split()[1:], before)


def test_killed_at_any_step_loses_nothing_and_doubles_nothing(tmp_path: Path, inbox: list[Path]) -> None:
    steps = steps_of_an_ingest(tmp_path / "counting", inbox)
    chosen = sorted(Random(1).sample(range(1, steps + 1), POINTS))
    answers = [one_death(tmp_path / str(step), inbox, step, half=step % 2 == 0) for step in chosen]
    assert "" in answers
    assert one_death(tmp_path / "past the end", inbox, steps + 1, half=False) != ""


def one_death(base: Path, files: list[Path], step: int, half: bool) -> str:
    base.mkdir()
    driver.ingest(base / "data", files[:1])
    before = snapshot(base / "data")
    answer = death.killed_at_step(base / "data", files, step, half)
    assert faults_after_death(base / "data", files, answer, before) == [], f"step {step}"
    return answer


def test_killed_in_the_very_first_ingest(tmp_path: Path, inbox: list[Path]) -> None:
    for step in range(1, 24, 4):
        data = tmp_path / str(step) / "data"
        data.parent.mkdir()
        answer = death.killed_at_step(data, inbox, step)
        assert answer == ""
        assert faults_after_death(data, inbox, answer, {}) == [], f"step {step}"


def test_killed_at_random_moments(tmp_path: Path, inbox: list[Path]) -> None:
    random = Random(2)
    data = tmp_path / "data"
    acknowledged: set[str] = set()
    for _ in range(5):
        answer = death.killed_after(data, inbox, random.uniform(0, 0.15))
        acknowledged |= set(answer.split()[1:])
        assert check(data, acknowledged) == []
    assert faults_after_death(data, inbox, "", snapshot(data)) == []


@pytest.mark.campaign
def test_campaign_of_deaths(tmp_path: Path, inbox: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Every step of a first and of a later ingest, whole and in the middle of a write, and 200 random moments."""
    steps = steps_of_an_ingest(tmp_path / "counting", inbox)
    tried = acknowledged = 0
    for step in range(1, steps + 2):
        for half in (False, True):
            answer = one_death(tmp_path / f"{step}-{half}", inbox, step, half)
            tried, acknowledged = tried + 1, acknowledged + bool(answer)
    random = Random(3)
    for moment in range(200):
        base = tmp_path / f"moment-{moment}"
        base.mkdir()
        driver.ingest(base / "data", inbox[:1])
        before = snapshot(base / "data")
        answer = death.killed_after(base / "data", inbox, random.uniform(0, 0.12))
        assert faults_after_death(base / "data", inbox, answer, before) == []
        tried, acknowledged = tried + 1, acknowledged + bool(answer)
    with capsys.disabled():
        print(f"\ndeaths: {tried} points, {acknowledged} acknowledged; lost 0, double 0, torn 0, false 0")
