"""Lines that are no records of a block, taken out all at once: blank ones, and those of another width."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from healthstats.intake.csvfiles.longtally import MOST_RAGGED

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sieved:
    """The lines left, `kept` of `height` by their numbers from 0. `ragged` is (line, fields) of the first that have
    another width, `more` how many others do."""

    data: bytes
    height: int
    kept: Whole
    ragged: list[tuple[int, int]]
    more: int


def sieve(data: bytes, delimiter: str, width: int) -> Sieved:
    """Of lines that `\\n` or `\\r\\n` ends. Where one has a quote, only blank lines are taken out."""
    letters = np.frombuffer(data, np.uint8)
    starts = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(letters == ord("\n")) + 1])
    starts = starts[: len(starts) - (starts[-1] == len(data))]
    bounds = np.append(starts, len(data))
    sizes = np.diff(bounds) - np.diff(np.searchsorted(np.flatnonzero((letters == 10) | (letters == 13)), bounds))
    good = sizes > 0
    ragged: list[tuple[int, int]] = []
    more = 0
    if b'"' not in data:
        marks = np.diff(np.searchsorted(np.flatnonzero(letters == ord(delimiter)), bounds))
        odd = np.flatnonzero((marks != width - 1) & (sizes > marks))
        good &= marks == width - 1
        told = odd[:MOST_RAGGED]
        ragged = [*zip(told.tolist(), (marks[told] + 1).tolist(), strict=True)]
        more = len(odd) - len(told)
    kept = letters[np.repeat(good, np.diff(bounds))]
    return Sieved(kept.tobytes(), len(starts), np.flatnonzero(good), ragged, more)
