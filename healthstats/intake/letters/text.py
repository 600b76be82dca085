"""Text as files give it: bytes to letters, and letters to the key on which names and labels are compared."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from healthstats.intake.letters.oldcode import drawn
from healthstats.intake.letters.textcode import code_of

HEAD = 8192
"""So many bytes of a file show what it is."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_APART = re.compile(r"(?:[^\w<>%]|_)+")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
_ASIDE = frozenset("“”‘’–—…•°·±«»€₫\u00a0")


class UnreadableText(Exception):
    """No encoding fits; `offset` is the first byte that is no UTF-8."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The key of a name or a label: no case, accents, punctuation or double spaces; `<`, `>` and `%` stay."""
    words = _APART.sub(" ", bare(text)).strip()
    if "<" in words or ">" in words:
        for sign in "<>":
            words = words.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    return words


def bare(text: str) -> str:
    """Without case and accents; punctuation stays."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).replace("đ", "d")


def decode(data: bytes) -> tuple[str, str]:
    """(text in NFC, encoding): UTF-8, UTF-16, or Windows-1258, TCVN3 or VNI that spells Vietnamese.

    Raises UnreadableText rather than guess: a wrong guess would turn names into other names."""
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "") or utf16_order(data[:HEAD])
    try:
        text = nfc(data.decode(encoding or "utf-8"))
    except UnicodeDecodeError as error:
        if encoding:
            raise UnreadableText(error.start) from None
        return _of_one_byte(data, error.start)
    if text.isascii():
        return text, encoding or "utf-8"
    # a program that knew no old code wrote its letters out as Latin-1
    code = code_of(text, text)
    old = drawn(text, code) if code and code != "unicode" else None
    return (old, str(code)) if old else (text, encoding or "utf-8")


def utf16_order(head: bytes) -> str:
    """`utf-16-le` or `utf-16-be` of text that bears no mark, '' for anything else: every other byte is often 0, and
    what is left are letters."""
    first, second = head[::2].count(0), head[1::2].count(0)
    if max(first, second) * 8 < max(len(head), 8) or head.startswith(_UTF16):
        return ""
    order = "utf-16-le" if second > first else "utf-16-be"
    return "" if _CONTROL.search(head.decode(order, "ignore")) else order


def _of_one_byte(data: bytes, offset: int) -> tuple[str, str]:
    """`offset` is the first byte that is no UTF-8: what was UTF-8 up to there is damaged UTF-8."""
    if not data[:offset].isascii():
        raise UnreadableText(offset)
    text, raw = nfc(data.decode("cp1258", "replace")), data.decode("latin-1")
    code = code_of(raw, text)
    if code and code != "unicode" and (old := drawn(raw, code)):
        return old, code
    if code != "unicode" or not _spells_vietnamese(text):
        raise UnreadableText(offset)
    return text, "cp1258"


def nfc(text: str) -> str:
    """Composed letters: official lists have names spelled either way."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _spells_vietnamese(text: str) -> bool:
    """Every letter beyond ASCII is Vietnamese. TCVN3 and VNI, read as Windows-1258, hold others."""
    return {letter for letter in set(text.lower()) if not letter.isascii()} <= _VIETNAMESE | _ASIDE
