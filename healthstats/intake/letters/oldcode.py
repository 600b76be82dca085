"""Text in a code older than Unicode, TCVN3 or VNI bytes that arrived as Latin-1 letters, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from healthstats.intake.letters import tcvn3, vni
from healthstats.intake.letters.syllables import is_syllable

Old = Literal["tcvn3", "vni"]
Code = Literal["unicode", "tcvn3", "vni"]
CODES: tuple[Old, ...] = ("tcvn3", "vni")
_DECODE: dict[Old, Callable[[str], str | None]] = {"tcvn3": tcvn3.decode, "vni": vni.decode}
_IN_WORDS = r"[^\0-@\[-`{-\xa0\u2010-\u2026]"
# possessive: a file may hold millions of words
_ACCENTED = re.compile(rf"(?<!{_IN_WORDS})[A-Za-z]*+[^\0-\xa0\u2010-\u2026]{_IN_WORDS}*+")
_ASCII = re.compile(rf"(?<!{_IN_WORDS})[A-Za-z]++(?!{_IN_WORDS})")
_NO_LETTER = re.compile(r"[\x80-\x9f]")
_LETTER = re.compile(r"[^\W\d_]")
_ABBREVIATION = re.compile(r"[A-ZĐ]+")
# a sign within or after a word, a capital after a small letter: no language writes so. A word of another language may
# end in ¹ or ª and begin with « or µ
_TCVN3_ONLY = re.compile(
    r"(?<=[A-Za-z\u00a1-\u00ff])(?:[\u00a1-\u00a9\u00ab-\u00b8\u00ba-\u00bf×÷]|[ª¹](?=[A-Za-z\u00a1-\u00ff]))"
    r"|(?<=[a-z])[À-ÖØ-Þ]|(?<=[A-Z§®])[À-ÖØ-Þ](?=[a-z])|[§®](?=[\u00a1-\u00ff])"
)
_VNI_ONLY = re.compile(
    r"a[ùøõâáàåãäêéèú]|e[ùøõâáàåãä]|o[øõâáàåãä]|u[øõ]|y[ùøõ]|[ôö][ùøûõï]|öô|ö(?=[aiu])|æn", re.IGNORECASE
)
_ONLY = {"tcvn3": _TCVN3_ONLY, "vni": _VNI_ONLY}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text's words with accents: how many are Vietnamese syllables (`only`: and no other language writes them so),
    how many are none."""

    good: int
    only: int
    bad: int

    @property
    def fits(self) -> bool:
        return not self.bad


def accented(text: str) -> list[str]:
    """The words with a letter or a sign beyond ASCII, as they stand."""
    return _ACCENTED.findall(text)


def is_plain(text: str) -> bool:
    """Whether NFC `text` is Vietnamese as it stands: every word with accents a syllable, no sign touching a word."""
    return all(is_spelled(word) for word in accented(text) if _LETTER.search(word))


def is_all_syllables(raw: str) -> bool:
    """Whether the words without accents are syllables too."""
    return all(map(is_syllable, _ASCII.findall(raw)))


def spelled(words: Iterable[str], code: Old) -> Spelled:
    """Counts accented words of Latin-1 letters, read under an old code. An abbreviation, `BVĐK`, says nothing."""
    good = only = bad = 0
    for word in words:
        letters = _DECODE[code](word) or "?"
        if _ABBREVIATION.fullmatch(letters):
            continue
        if is_spelled(letters):
            good += 1
            only += _ONLY[code].search(word) is not None
        else:
            bad += 1
    return Spelled(good, only, bad)


def drawn(raw: str, code: Old) -> str | None:
    """Latin-1 `raw` as a font of the old code draws it, in NFC; None where it has no letter for a byte."""
    if _NO_LETTER.search(raw):
        return None
    letters = _Letters(code)
    found = _ACCENTED.sub(lambda word: letters[word[0]], raw)
    return None if letters.lacking else unicodedata.normalize("NFC", found)


class _Letters(dict[str, str]):
    """Word → what the font draws: a file says the same words again and again."""

    def __init__(self, code: Old) -> None:
        super().__init__()
        self.decode = _DECODE[code]
        self.lacking = False

    def __missing__(self, word: str) -> str:
        letters = self.decode(word)
        self.lacking |= letters is None
        self[word] = _capital(letters or "")
        return self[word]


@lru_cache(maxsize=16_384)
def is_spelled(word: str) -> bool:
    """A syllable, in small letters, with a capital or in capitals."""
    return (word[1:] == word[1:].lower() or _typed_in_capitals(word)) and is_syllable(word)


def _capital(word: str) -> str:
    """`BỆNH` is typed with the small ệ, which has no capital in TCVN3."""
    return word.upper() if sum(map(str.isascii, word)) > 1 and _typed_in_capitals(word) else word


def _typed_in_capitals(word: str) -> bool:
    return all(letter.isupper() for letter in word if letter.isascii())
