"""The styles of a binary workbook (.xlsb): which show a number as a date or as percents, and their fonts. Layout:
[MS-XLSB]."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from healthstats.intake.formats.sheetscan import MOST_TAGS, refuse_endless

Record = tuple[int, bytes]
_FONT, _FORMAT, _STYLE, _STYLES, _STYLES_END = 43, 44, 47, 617, 618
_BOOK = 153
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in formats of dates and times."""
PERCENTS = frozenset((9, 10))
"""Of percents."""
_NO_LETTERS = re.compile(r'"[^"]*+"?|\\.|[_*].|\[(?![hms]+\])[^\]]*+\]?', re.IGNORECASE | re.DOTALL)
_DATE = re.compile("[dmyhs]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST = 2_958_466
_NAME = 21


@dataclass(slots=True)
class Styles:
    """By the number that a cell gives: whether its format is of dates, or of percents, and its font's name."""

    dated: list[bool] = field(default_factory=list)
    percents: list[bool] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    epoch: datetime = _EPOCH

    def shown(self, style: int, number: float) -> float | date:
        """A number as its style shows it: a day or a moment, or itself."""
        if not (style < len(self.dated) and self.dated[style] and 0 <= number < _LAST):
            return number
        # a day that never was, 29 February 1900, is counted before it too; to the second: no fraction is more exact
        days = number + (self.epoch is _EPOCH and number < 60)
        moment = self.epoch + timedelta(seconds=round(days * 86_400))
        return moment if moment.time() != time() else moment.date()


def read_styles(styles: Iterable[Record], book: Iterable[Record]) -> Styles:
    """From the records of xl/styles.bin and xl/workbook.bin. Raises struct.error."""
    fonts: list[str] = []
    dates, percents = set(_DATES), set(PERCENTS)
    found = Styles()
    within = False
    for kind, body in styles:
        if kind in (_STYLES, _STYLES_END):
            within = kind == _STYLES
        elif kind == _FONT:
            fonts.append(wide(body, _NAME))
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            (dates.add if is_date(wide(body, 2)) else dates.discard)(number)
            (percents.add if is_percent(wide(body, 2)) else percents.discard)(number)
        elif kind == _STYLE and within:
            number, font = struct.unpack_from("<HH", body, 2)
            found.dated.append(number in dates)
            found.percents.append(number in percents)
            found.fonts.append(fonts[font] if font < len(fonts) else "")
    if any(kind == _BOOK and struct.unpack_from("<I", body)[0] & 1 for kind, body in book):
        found.epoch = _EPOCH_1904
    return found


def is_date(code: str) -> bool:
    """Whether a format shows a number as a date or a time: `mm/yyyy`, `[h]:mm`; not `0.00" đ"`, `[Red]0`."""
    return bool(_DATE.search(_NO_LETTERS.sub("", code))) and code.casefold() != "general"


def is_percent(code: str) -> bool:
    """Whether a format shows a hundred times the number: `0.0%`; not `0"%"`."""
    return "%" in _NO_LETTERS.sub("", code)


def wide(body: bytes, place: int) -> str:
    """A text of a record: its length, then its letters. Raises struct.error where it is cut."""
    (length,) = struct.unpack_from("<I", body, place)
    text = body[place + 4 : place + 4 + 2 * length]
    if len(text) < 2 * length:
        raise struct.error("text")
    return text.decode("utf-16-le")


def walk(content: bytes) -> Iterator[Record]:
    """(kind, body) of each record of a member. Raises struct.error where it is cut, IndexError within a number,
    SheetFault where there are too many."""
    place = count = 0
    while place < len(content):
        if (count := count + 1) > MOST_TAGS // 2:
            refuse_endless(MOST_TAGS + 1)
        kind, place = _number(content, place, 2)
        size, place = _number(content, place, 4)
        if place + size > len(content):
            raise struct.error
        yield kind, content[place : place + size]
        place += size


def _number(content: bytes, place: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    number = 0
    for shift in range(most):
        byte = content[place + shift]
        number |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            break
    return number, place + shift + 1
