"""How a number is rounded and written: once, half up, from the unrounded value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

MINUS = "−"


def half_up(value: Fraction, digits: int) -> int:
    """`value` in units of 10^-digits, halves away from zero: (−0.25, 1) → −3."""
    unit: int = 10**digits
    scaled = abs(value) * unit
    rounded: int = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -rounded if value < 0 else rounded


def written(scaled: int, digits: int, lang: Literal["vi", "en"], *, signed: bool = False) -> str:
    """(12345678, 1) → `1.234.567,8` in Vietnamese, `1,234,567.8` in English."""
    whole, fraction = divmod(abs(scaled), 10**digits)
    text = f"{whole:,}" + (f".{fraction:0{digits}d}" if digits else "")
    sign = MINUS if scaled < 0 else "+" if signed and scaled > 0 else ""
    return sign + (text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text)


def percent(value: Fraction, lang: Literal["vi", "en"], *, digits: int = 1, signed: bool = False) -> str:
    """`11%`, `4,1%`: a fraction of zeros is not written."""
    return points(value, lang, digits=digits, signed=signed) + "%"


def points(value: Fraction, lang: Literal["vi", "en"], *, digits: int = 1, signed: bool = False) -> str:
    """`1,2`, `3`: percentage points, or a rate in a unit that is written beside it."""
    scaled = half_up(value, digits)
    if scaled % 10**digits == 0:
        scaled, digits = scaled // 10**digits, 0
    return written(scaled, digits, lang, signed=signed)


def growth_pct(value: Decimal | None, base: Decimal | None) -> Fraction | None:
    """The change in percent of the base, unrounded; None where there is no base to compare with."""
    if value is None or not base:
        return None
    return (Fraction(value) - Fraction(base)) / Fraction(base) * 100
