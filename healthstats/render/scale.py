"""Axes: round steps from exact numbers, so that the same chart has the same ticks on any machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from healthstats.domain.figure import half_up, written
from healthstats.words import Lang

MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low` to `high` onto `start` to `end`, in pixels."""

    low: Fraction
    high: Fraction
    start: float
    end: float

    def at(self, value: Fraction) -> float:
        return self.start + float((value - self.low) / (self.high - self.low)) * (self.end - self.start)


def step_of(span: Fraction) -> Fraction:
    """1, 2 or 5 × a power of ten: the least that parts `span` into at most five."""
    power = Fraction(1)
    while power * MOST_STEPS < span:
        power *= 10
    while power * MOST_STEPS >= span * 10:
        power /= 10
    return next(power * part for part in (Fraction(1, 5), Fraction(1, 2), 1) if power * part * MOST_STEPS >= span)


def ticks(values: Iterable[Fraction]) -> list[Fraction]:
    """From a tick at or below the least value, and never above 0, to one at or above the greatest: an axis that did
    not begin at 0 would draw a small growth large."""
    known = [Fraction(0), *values]
    low, high = min(known), max(known)
    if low == high:
        return [Fraction(0), Fraction(1)]
    step = step_of(high - low)
    return [step * number for number in range(low // step, -(-high // step) + 1)]


def tick_labels(marks: Sequence[Fraction], lang: Lang) -> list[str]:
    digits = next(digits for digits in range(9) if all((mark * 10**digits).denominator == 1 for mark in marks))
    return [written(half_up(mark, digits), digits, lang) for mark in marks]
