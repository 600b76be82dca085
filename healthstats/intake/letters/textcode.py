"""Which code a text is in: that of one cell by its letters and its font, that of a whole file by all its words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from healthstats.intake.letters.oldcode import (
    CODES,
    Code,
    Old,
    Spelled,
    accented,
    drawn,
    is_all_syllables,
    is_plain,
    is_spelled,
    spelled,
)

Font = Literal["", "tcvn3", "vni"]
"""The code that the font of a cell draws; '' for any other font, and where none is known."""
_FONTS: tuple[Font, ...] = ("", *CODES)
ENOUGH = 2
"""So many words that could be of another language as well, all of them syllables, are no accident."""
MANY = 8
"""So many different words of a file need no sign that only one code has."""
PROVED, REFUTED = 0.9, 0.6
"""The share of syllables that proves a file's code, and that which leaves another out of the question."""
PROOF = 4 << 20
"""So many letters of a file are asked; every other byte must still have a letter."""
_BEYOND = re.compile(r"[^\0-\xff\u2010-\u2026]")


@dataclass(frozen=True, slots=True)
class Judged:
    """`code` is sure, or None where the text may be `meant` in the code `old`: `by_others` says that other cells of
    the workbook can tell, `plain` that it is Vietnamese as it stands. `text` is in NFC, decoded where sure."""

    code: Code | None
    text: str
    old: Code = "unicode"
    meant: str = ""
    by_others: bool = False
    plain: bool = False


@lru_cache(maxsize=16_384)
def judge(text: str, font: Font = "") -> Judged:
    """Judges one cell's text, which is not ASCII, by its letters and its font."""
    plain = unicodedata.normalize("NFC", text)
    reads_plain = is_plain(plain)
    beyond = _BEYOND.search(text) is not None
    raw = _as_latin(text) if beyond else text
    unicode = Judged("unicode", plain, plain=reads_plain and any(map(str.isalpha, accented(plain))))
    if raw is None or (beyond and reads_plain):
        return unicode
    read = {code: (spelled(accented(raw), code), letters) for code in CODES if (letters := drawn(raw, code))}
    fitting: list[Old] = [code for code, (found, _) in read.items() if found.fits]
    if reads_plain:
        if not fitting or (font and font not in fitting):
            return unicode
        old = font or fitting[0]
        return Judged(None, plain, old, read[old][1], by_others=True, plain=True)
    if font and font in fitting:
        return Judged(font, read[font][1])
    convincing = [code for code in fitting if _convinces(read[code][0], raw)]
    if len(convincing) == 1:
        return Judged(convincing[0], read[convincing[0]][1])
    likely = convincing or [code for code, (found, _) in read.items() if found.only or (found.good and found.fits)]
    if not likely:
        return unicode
    found, meant = read[likely[0]]
    return Judged(None, plain, likely[0], meant, by_others=not convincing and not found.only)


@lru_cache(maxsize=16_384)
def may_be_old(text: str) -> bool:
    """Whether the font of the cell could matter to its text."""
    if text.isascii() or (_BEYOND.search(text) and is_plain(unicodedata.normalize("NFC", text))):
        return False
    return any(judge(text, font).code != "unicode" for font in _FONTS)


def font_code(name: str) -> Font:
    """`.VnTime` draws TCVN3 and `VNI-Times` VNI."""
    folded = name.strip().casefold()
    if folded.startswith("vni"):
        return "vni"
    return "tcvn3" if folded.startswith((".vn", "vntime", "vnarial")) else ""


def draws_capitals(name: str) -> bool:
    """`.VnTimeH` has capitals where `.VnTime` has small letters."""
    return font_code(name) == "tcvn3" and name.strip().endswith("H")


def code_of(raw: str, plain: str) -> Code | None:
    """The code of a whole file: `raw` are its bytes as Latin-1, `plain` is its text if it is in no old code. None
    where both read alike. Proof of an old code is that nearly every word is a syllable in it, and in no other."""
    if _BEYOND.search(raw):
        return "unicode"
    words = {*accented(raw[:PROOF])}
    shares: dict[Code, float] = {code: _share(spelled(words, code), len(words)) for code in CODES}
    best: Old = max(CODES, key=lambda code: shares[code])
    if shares[best] < PROVED:
        return "unicode"
    standing = {*accented(plain[:PROOF])}
    shares["unicode"] = sum(map(is_spelled, standing)) / (len(standing) or 1)
    return best if all(share <= REFUTED for code, share in shares.items() if code != best) else None


def _convinces(found: Spelled, raw: str) -> bool:
    return found.only > 0 or (found.good >= ENOUGH and is_all_syllables(raw))


def _share(found: Spelled, words: int) -> float:
    share = found.good / ((found.good + found.bad) or 1)
    return share if found.only or words >= MANY else min(share, REFUTED)


def _as_latin(text: str) -> str | None:
    """A keyboard of Windows-1258 made other letters of the same bytes."""
    try:
        return text.encode("cp1258").decode("latin-1")
    except UnicodeEncodeError:
        return None
