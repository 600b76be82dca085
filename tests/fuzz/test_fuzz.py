"""Whatever a file has become: no exception, no dead or hanging reader, no cell unaccounted for. `make fuzz` goes on."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from healthstats.domain.reading import CellCounts, Reading
from tests.fuzz.judge import faults_of, judging
from tests.fuzz.mutants import mutant
from tests.fuzz.sound import SOUND

SECONDS = 60
FILES = int(os.environ.get("FUZZ_FILES", "2000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
WORDS = ("accepted", "quarantined", "rejected", "raised", "died", "hung")


def mutants(kind: str, count: int, seed: int) -> list[tuple[str, bytes]]:
    """The same files for the same seed: a fault found is found again."""
    name, data = SOUND[kind]
    return [(name, mutant(data, Random(f"{seed} {kind} {number}"))) for number in range(count)]


def test_no_mutant_of_any_kind_raises_hangs_or_loses_a_cell() -> None:
    bad = []
    with judging(SECONDS) as judged:
        for kind in SOUND:
            verdict = judged(*SOUND[kind]).verdict
            assert verdict in ("accepted", "quarantined"), kind
            answers = [judged(*file) for file in mutants(kind, 25, seed=0)]
            bad += [f"{kind} {number}: {each.fault}" for number, each in enumerate(answers) if not each.sound]
    assert bad == []


@pytest.mark.campaign
@pytest.mark.parametrize("kind", SOUND)
def test_campaign(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = Path(os.environ.get("FUZZ_KEEP", tmp_path))
    words: Counter[str] = Counter()
    slowest, bad = 0.0, []
    with judging(SECONDS) as judged:
        for number, (name, data) in enumerate(mutants(kind, FILES, SEED)):
            answer = judged(name, data)
            words[answer.verdict] += 1
            slowest = max(slowest, answer.seconds)
            if not answer.sound:
                place = kept / f"{kind.replace(' ', '-')}-{SEED}-{number}-{name}"
                place.write_bytes(data)
                bad.append(f"{place}: {answer.fault}")
    with capsys.disabled():
        told = " · ".join(f"{word} {words[word]}" for word in WORDS)
        print(f"\n{kind:<12} tried {FILES} · {told} · slowest {slowest:.1f} s", end="")
    assert bad == []


SPOILT = {
    "a cell lost": replace(Reading("csv"), counts=CellCounts(found=2, accepted=1)),
    "a cell counted and not held": replace(Reading("csv"), counts=CellCounts(found=1, accepted=1)),
    "nothing said": Reading("csv"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_the_judge_finds(spoilt: str) -> None:
    assert faults_of(SPOILT[spoilt])
