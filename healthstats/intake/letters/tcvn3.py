"""TCVN3, the code of the fonts `.VnTime`, `.VnArial` …: a byte a letter, tones on capitals by a font of their own."""

from __future__ import annotations

_LETTERS = """
á=B8 à=B5 ả=B6 ã=B7 ạ=B9  ă=A8 ắ=BE ằ=BB ẳ=BC ẵ=BD ặ=C6  â=A9 ấ=CA ầ=C7 ẩ=C8 ẫ=C9 ậ=CB
é=D0 è=CC ẻ=CE ẽ=CF ẹ=D1  ê=AA ế=D5 ề=D2 ể=D3 ễ=D4 ệ=D6  í=DD ì=D7 ỉ=D8 ĩ=DC ị=DE
ó=E3 ò=DF ỏ=E1 õ=E2 ọ=E4  ô=AB ố=E8 ồ=E5 ổ=E6 ỗ=E7 ộ=E9  ơ=AC ớ=ED ờ=EA ở=EB ỡ=EC ợ=EE
ú=F3 ù=EF ủ=F1 ũ=F2 ụ=F4  ư=AD ứ=F8 ừ=F5 ử=F6 ữ=F7 ự=F9  ý=FD ỳ=FA ỷ=FB ỹ=FC ỵ=FE  đ=AE
Ă=A1 Â=A2 Ê=A3 Ô=A4 Ơ=A5 Ư=A6 Đ=A7
"""
LETTERS = {chr(int(code, 16)): letter for letter, _, code in (pair.partition("=") for pair in _LETTERS.split())}
"""Latin-1 letter → the letter that the font draws for it."""
_DRAWN = str.maketrans(LETTERS)
_UNDRAWN = frozenset(map(chr, range(0x80, 0x100))) - LETTERS.keys() - {"\xa0"}


def decode(text: str) -> str | None:
    """What a TCVN3 font draws for Latin-1 `text`; None where it holds a byte that TCVN3 does not give a letter."""
    return text.translate(_DRAWN) if _UNDRAWN.isdisjoint(text) else None
