"""Which code a text is in: Unicode as it stands, or TCVN3 or VNI bytes that arrived as Latin-1 letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from healthstats.intake import tcvn3, vni
from healthstats.intake.syllables import is_syllable

Code = Literal["unicode", "tcvn3", "vni"]
OLD: dict[Code, Callable[[str], str | None]] = {"tcvn3": tcvn3.decode, "vni": vni.decode}
Font = Literal["", "tcvn3", "vni"]
"""The code that the font of a cell draws; '' for any other font, and where none is known."""
ENOUGH = 2
"""So many words that could be of another language as well, all of them syllables, are no accident."""
_WORD = re.compile(r"[A-Za-z\u00a1-\u00ff]+")
_ANY_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf×÷\u0300-\u036f])+")
_ANY_ACCENTED = re.compile(r"[^\W\d_\0-\x7f]")
_LETTER = re.compile(r"[^\W\d_]")
_BEYOND = re.compile(r"[^\0-\xff\u2010-\u2026]")
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
class Judged:
    """`code` is sure, or None where the text may be `meant` in the code `old`: `by_others` says that other cells of
    the workbook can tell, `plain` that it is Vietnamese letters as it stands. `text` is in NFC, decoded where sure."""

    code: Code | None
    text: str
    old: Code = "unicode"
    meant: str = ""
    by_others: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text under one code: how many of its words are syllables (`only`: no other language writes them so), how
    many are none, and whether its words without accents are syllables too."""

    text: str
    good: int
    only: int
    bad: int
    whole: bool

    @property
    def fits(self) -> bool:
        return not self.bad

    @property
    def convinces(self) -> bool:
        return not self.bad and (self.only > 0 or (self.whole and self.good >= ENOUGH))


@lru_cache(maxsize=16_384)
def judge(text: str, font: Font = "") -> Judged:
    """Judges one cell's text, which is not ASCII, by its letters and its font."""
    plain = unicodedata.normalize("NFC", text)
    reads_plain = _is_vietnamese(plain)
    beyond = _BEYOND.search(text) is not None
    raw = _as_latin(text) if beyond else text
    sure = Judged("unicode", plain, plain=reads_plain and _ANY_ACCENTED.search(plain) is not None)
    if raw is None or (beyond and reads_plain):
        return sure
    read: dict[Code, _Reading] = {code: found for code in OLD if (found := _read(raw, code))}
    fitting = [code for code in read if read[code].fits]
    if reads_plain:
        if not fitting or (font and font not in fitting):
            return sure
        old = font or fitting[0]
        return Judged(None, plain, old, read[old].text, by_others=True, plain=True)
    if font in fitting:
        return Judged(font, read[font].text)
    convincing = [code for code in fitting if read[code].convinces]
    if len(convincing) == 1:
        return Judged(convincing[0], read[convincing[0]].text)
    likely = convincing or [code for code in read if read[code].good and (read[code].only or read[code].fits)]
    if not likely:
        return sure
    old = likely[0]
    return Judged(None, plain, old, read[old].text, by_others=not convincing and not read[old].only)


def may_be_old(text: str) -> bool:
    """Whether the font of the cell could matter to its text."""
    return not text.isascii() and (not _BEYOND.search(text) or judge(text).code != "unicode")


def font_code(name: str) -> Font:
    """`.VnTime` draws TCVN3 and `VNI-Times` VNI."""
    folded = name.strip().casefold()
    if folded.startswith("vni"):
        return "vni"
    return "tcvn3" if folded.startswith((".vn", "vntime", "vnarial")) else ""


def draws_capitals(name: str) -> bool:
    """`.VnTimeH` has capitals where `.VnTime` has small letters."""
    return font_code(name) == "tcvn3" and name.strip().endswith("H")


def _as_latin(text: str) -> str | None:
    """A keyboard of Windows-1258 made other letters of the same bytes."""
    try:
        return text.encode("cp1258").decode("latin-1")
    except UnicodeEncodeError:
        return None


def _read(raw: str, code: Code) -> _Reading | None:
    """None where the code has no letter for a byte."""
    text = OLD[code](raw)
    if text is None:
        return None
    good = only = bad = 0
    pieces: list[str] = []
    end = 0
    for word in _WORD.finditer(raw):
        drawn = OLD[code](word[0]) or ""
        pieces += [raw[end : word.start()], _capital(drawn)]
        end = word.end()
        if word[0].isascii() or _ABBREVIATION.fullmatch(drawn):
            continue
        if _spelled(drawn):
            good += 1
            only += _ONLY[code].search(word[0]) is not None
        else:
            bad += 1
    whole = all(is_syllable(word[0]) for word in _WORD.finditer(raw) if word[0].isascii())
    return _Reading(unicodedata.normalize("NFC", "".join((*pieces, raw[end:]))), good, only, bad, whole)


def _capital(word: str) -> str:
    """`BỆNH` is typed with the small ệ, which has no capital in TCVN3."""
    typed = [letter for letter in word if letter.isascii()]
    return word.upper() if len(typed) > 1 and all(map(str.isupper, typed)) else word


def _spelled(word: str) -> bool:
    """A syllable, in small letters, with a capital or in capitals."""
    typed = [letter for letter in word if letter.isascii()]
    return (word[1:] == word[1:].lower() or all(map(str.isupper, typed))) and is_syllable(word)


def _is_vietnamese(text: str) -> bool:
    """Every word with accents is a syllable, and no sign touches a word."""
    marked = (word for word in _ANY_WORD.findall(text) if not word.isascii())
    return all(_spelled(word) for word in marked if _LETTER.search(word))
