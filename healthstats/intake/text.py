"""Text as files give it: bytes to letters, and letters to the key on which names and labels are compared."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[\u0300-\u036f]+")
_APART = re.compile(r"[^\w<>%]+|_+")
_AROUND_LESS = re.compile(r" *([<>]) *")
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
    return _AROUND_LESS.sub(r"\1", _APART.sub(" ", bare(text))).strip()


def bare(text: str) -> str:
    """Without case and accents; punctuation stays."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).replace("đ", "d")


def decode(data: bytes) -> tuple[str, str]:
    """(text in NFC, encoding): UTF-8, UTF-16 with its mark, or Windows-1258 that spells Vietnamese.

    Raises UnreadableText rather than guess: a wrong guess would turn names into other names."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    try:
        return _nfc(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        offset = error.start
    # what was UTF-8 up to here is damaged UTF-8
    text = _nfc(data.decode("cp1258", "replace")) if data[:offset].isascii() else ""
    if not text or not _spells_vietnamese(text):
        raise UnreadableText(offset)
    return text, "cp1258"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _nfc(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableText(error.start) from None


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _spells_vietnamese(text: str) -> bool:
    """Every letter beyond ASCII is Vietnamese. TCVN3 and VNI, read as Windows-1258, hold others."""
    return {letter for letter in set(text.lower()) if not letter.isascii()} <= _VIETNAMESE | _ASIDE
