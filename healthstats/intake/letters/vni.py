"""VNI, the code of the fonts `VNI-Times`, `VNI-Helve` …: a letter, then a byte that draws its hat and its tone."""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0301\u0300\u0309\u0303\u0323"
_HATS = (("", "ùøûõï", "aeouyôö"), ("\u0302", "áàåãä", "aeo"), ("\u0306", "éèúüë", "a"))
"""A hat, the bytes that draw it with each of the tones, the letters they stand after."""
_BARE = {"â": ("\u0302", "aeo"), "ê": ("\u0306", "a")}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _letters() -> dict[str, str]:
    """In lower case, then with a capital: its mark may be a capital or not, that of a small letter never is."""
    small = dict(_ALONE)
    for mark, (hat, letters) in _BARE.items():
        small |= {letter + mark: letter + hat for letter in letters}
    for hat, marks, letters in _HATS:
        small |= {
            letter + mark: _ALONE.get(letter, letter) + hat + tone
            for letter in letters
            for mark, tone in zip(marks, _TONES, strict=True)
        }
    small = {written: unicodedata.normalize("NFC", drawn) for written, drawn in small.items()}
    capitals = {
        spelled: drawn.upper()
        for written, drawn in small.items()
        for spelled in (written.upper(), written.capitalize())
    }
    return small | capitals


LETTERS = _letters()
"""One or two Latin-1 letters → the Vietnamese letter that the font draws."""
_LETTER = re.compile("|".join((*sorted(LETTERS, key=len, reverse=True), r"[^\x80-\x9f\xa1-\xff]")))


def decode(text: str) -> str | None:
    """What a VNI font draws for Latin-1 `text`; None where a byte stands where it draws nothing."""
    pieces = _LETTER.findall(text)
    drawn = [LETTERS.get(piece, piece) for piece in pieces]
    return "".join(drawn) if sum(map(len, pieces)) == len(text) else None
