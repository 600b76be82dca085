"""What the sheets of a workbook share, in its usual spelling: their texts, and which numbers are shown as dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from xml.parsers import expat

_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]+)</t></si>')
_HEAD = re.compile(
    r'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>)?\s*<sst[^<>]*>\s*'
)
_TAIL = re.compile(r"\s*</sst>\s*")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_NUMBERS = frozenset(map(str, (*range(5), *range(9, 14), *range(37, 41), 48, 49)))
"""The built-in formats that show a number as a number."""
_LARGEST_STYLES = 512 << 10
"""Bytes of styles that are remembered: those of a template that was copied for years reach some hundred kB."""
_NUMBER = re.compile(r"(?:General|[#0?,.%;() _*+\-])+")
"""A format of one's own that does so too: no letter of a day, a month or an hour."""


class Unusual(Exception):
    """Something that only a strict parser can tell."""


@dataclass(frozen=True, slots=True)
class PlainBook:
    """`texts` by their number; `dated` finds a cell whose format may make a date of its number, None where no cell
    can have one."""

    texts: tuple[str, ...]
    dated: re.Pattern[bytes] | None


def plain_book(texts: bytes, styles: bytes) -> PlainBook:
    """From xl/sharedStrings.xml (empty where there is none) and xl/styles.xml; raises Unusual."""
    dated = _dated(styles) if len(styles) <= _LARGEST_STYLES else _dated.__wrapped__(styles)
    return PlainBook(_texts(texts) if texts else (), dated)


def _texts(xml: bytes) -> tuple[str, ...]:
    try:
        whole = xml.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unusual from error
    start, end = whole.find("<si>"), whole.rfind("</si>") + len("</si>")
    body = whole[start:end]
    found = _TEXT.findall(body)
    # every tag is accounted for: rich text, phonetic signs and empty texts have others
    if start < 0 or body.count("<") != 4 * len(found) or "\r" in body or "_x" in body or _ENTITY.search(body):
        raise Unusual
    if not (_HEAD.fullmatch(whole, 0, start) and _TAIL.fullmatch(whole, end)):
        raise Unusual
    return tuple([unescape(text) if "&" in text else text for text in found] if "&" in body else found)


@lru_cache(maxsize=64)
def _dated(xml: bytes) -> re.Pattern[bytes] | None:
    """Remembered: files of one template have the same styles."""
    formats: list[str] = []
    within: list[str] = []
    numbers = set(_NUMBERS)

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "xf" and within[-1:] == ["cellXfs"]:
            formats.append(attributes.get("numFmtId", ""))
        elif tag == "numFmt" and within[-1:] == ["numFmts"]:
            is_number = _NUMBER.fullmatch(attributes.get("formatCode", ""))
            (numbers.add if is_number else numbers.discard)(attributes.get("numFmtId", ""))
        within.append(tag)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: within.pop()
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unusual from error
    # a cell that names no style has the first
    if not formats or formats[0] not in numbers:
        raise Unusual
    dated = "|".join(str(style) for style, number in enumerate(formats) if number not in numbers)
    return re.compile(rf' s="0*(?:{dated})"'.encode()) if dated else None
