"""Words and signs around a number: what qualifies it, the unit behind it, what was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from healthstats.domain.form import SCALES
from healthstats.intake.letters.text import bare, fold

_QUALIFIERS = {
    "≥": ("≥", ">=", ">", "tren", "hon", "it nhat", "toi thieu", "over", "more than", "at least"),
    "≤": ("≤", "<=", "<", "duoi", "chua den", "it hon", "toi da", "khong qua", "under", "less than", "at most"),
    "≈": ("≈", "~", "gan", "khoang", "xap xi", "uoc", "uoc tinh", "tren duoi", "about", "nearly", "approx."),
}
_SIGNS = {word: qualifier for qualifier, words in _QUALIFIERS.items() for word in words}
_QUALIFIED = re.compile(rf"({'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})\s*(?=[0-9])")
_TAIL = re.compile(r"(?<=[0-9])(\s*)([^\W\d_][^0-9()]*|%)$")
_FACTORS = {fold(word): factor for word, factor in SCALES.items()}
_THOUSAND = re.compile(r"^1 000\b")


def qualified(text: str) -> tuple[str, str]:
    """`trên 1.000` → (`≥`, `1.000`): one of ≥ ≤ ≈ and the rest; '' where no word or sign qualifies the number."""
    # NFC keeps one place a letter, and so does what has lost its accents: the rest is cut from the text itself
    text = unicodedata.normalize("NFC", text)
    match = _QUALIFIED.match(bare(text)) if len(bare(text)) == len(text) else None
    return (_SIGNS[match[1]], text[match.end() :]) if match else ("", text)


def without_unit(text: str, units: Iterable[str]) -> str:
    """`12 ca` → `12` where `ca` is one of the units; else the text as it is."""
    match = _TAIL.search(text)
    if match and fold(match[2]) in {*map(fold, units)}:
        return text[: match.start()]
    return text


def scale_of(words: str) -> tuple[int, str]:
    """`nghìn lượt` → (1000, `luot`): a factor and the folded unit; the factor is 1 where none is named."""
    folded = _THOUSAND.sub("1000", fold(words))
    first, _, rest = folded.partition(" ")
    return (_FACTORS[first], rest) if first in _FACTORS else (1, folded)


def bare_number(text: str) -> tuple[str, int]:
    """What is left of `１２`, `12 ca`, `1,6 tỷ đồng` without words: the digits and marks, and the factor named."""
    text = unicodedata.normalize("NFKC", text).strip()
    match = _TAIL.search(text)
    # `1O` is no number of a unit O
    if not match or not (match[1] or match[2] == "%"):
        return text, 1
    return text[: match.start()], scale_of(match[2])[0]
