"""What titles and file names say: which period, which month, which revision."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter

from healthstats.domain.period import MONTHS_IN, Kind, Period
from healthstats.intake.letters.text import bare, fold

LONGEST = 300
"""Letters of a line that are looked at: patterns over a page of dots would take minutes."""

_VIETNAMESE = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_ENGLISH = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_WORDS = _VIETNAMESE | _ENGLISH
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPANS: dict[int, Kind] = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}

_VIETNAMESE_MONTH = r"\d{1,2}|gieng|mot|hai|ba|tu|nam(?=[\s,]+nam)|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap"
_ENGLISH_MONTH = "|".join(_ENGLISH)
_BREAK = r"[\s_,:/.\-–]*"
_YEAR = rf"{_BREAK}(?:nam\b)?{_BREAK}(?<!\d)((?:19|20|21)\d\d)(?!\d)"
_TELLING = re.compile(r"\d|thang|quy")
_Y = r"((?:19|20|21)\d\d)"
_YEAR_ANYWHERE, _WHOLE_YEAR = re.compile(_Y), re.compile(rf"(?<!\d){_Y}(?!\d)")
_FILLED_YEAR = r"nam[\s._:]*(?:19|20|21)\d\d(?!\d)"
_START = r"(?<![a-z0-9])"
_QUARTER = rf"{_START}(?:quy|q){_BREAK}(iv|i{{1,3}}|[1-4])(?![a-z0-9])"
_MONTH = rf"{_START}(?:thang|thg|t){_BREAK}({_VIETNAMESE_MONTH})(?![a-z0-9])"
_SPELT = r"(?:hai|ba|bon|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi)(?= thang (?:dau|cuoi))"
_SPAN = rf"{_START}(\d{{1,2}}|{_SPELT})\s*(?:thang|t)(?![a-z]){_BREAK}(dau|cuoi)?"

_NOT_SUMMED = re.compile(r"\bkhong (?:\w+ ){0,3}(?:luy ke|cong don)")
_SUMMED = re.compile(
    r"\b(?:luy ke|cong don|tu dau nam|(?:tinh den|den het)(?: het| cuoi)? thang|cumulative|year to date|ytd)\b"
)
_FORESEEN = re.compile(
    r"(?<!thuc hien )\bke hoach[\s:]*(?:ca )?(?:nam|thang|quy|\d{1,2} thang)\b|\bso(?: lieu)? uoc\b|\(uoc\b"
    r"|\buoc[\s:]*(?:tinh|thuc hien|dat|th|ca nam|nam|thang|quy|\d)\b"
)
_AND = r"\s*(?:,|;|\+|&|/|-|–|va|den)\s*"
_MONTHS = re.compile(
    rf"{_MONTH}((?:{_AND}(?:(?:thang|thg|t)\s*)?(?:{_VIETNAMESE_MONTH})(?![a-z0-9]))+)(?={_YEAR}|\s*(?:\)|$))",
    re.MULTILINE,
)
_QUARTERS = re.compile(rf"{_QUARTER}{_AND}(?:(?:quy|q)\s*)?(?:iv|i{{1,3}}|[1-4])(?![a-z0-9])")
_SPANS_SAID = re.compile(rf"{_SPAN}(?:(?<=dau)|(?<=cuoi)|(?={_YEAR}))")

_REVISION = r"\b(?:sua|sua doi|dieu chinh|bo sung|hieu chinh|cap nhat) lan (?:thu )?(\d{1,2})\b(?! nam \d| \d{4})"
_ASIDE = [
    # a form's number or a law's is no month
    re.compile(rf"{_START}(?:bieu|mau|phu luc|bang){_BREAK}(?:so)?{_BREAK}\d{{1,2}}(?:\.\d)?(?!\d)"),
    re.compile(rf"{_START}(?:thong tu|nghi dinh|quyet dinh|cong van|luat){_BREAK}(?:so)?{_BREAK}\d+/\d{{4}}"),
    re.compile(r"\d+/\d{4}/[a-z]"),
    # neither is the day of a signature
    re.compile(rf"ngay[\s.…_]*\d{{0,2}}[\s.…_]*thang[\s.…_]*\d{{0,2}}[\s.…_]*{_YEAR}"),
    re.compile(r"(?<!\d)\d{1,2}([/.\-])\d{1,2}\1\d{4}(?!\d)"),
    re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"),
    # a template whose month nobody filled in is neither May nor the year
    re.compile(rf"(?<!\d)(?<!\d ){_START}(?:thang|quy)[\s._:]*{_FILLED_YEAR}"),
    # nor what the figures are compared with
    re.compile(r"(?:so voi|cung ky)[^;\n]{0,40}?(?<!\d)\d{4}(?!\d)"),
]


@lru_cache(maxsize=4096)
def periods_in(text: str) -> tuple[Period, ...]:
    """All different periods that a title or a file name names, in order of appearance; days are none.

    A month and a year that stand apart (`Tháng 8` … `Năm 2026`) are one period where there is one year only."""
    if not _YEAR_ANYWHERE.search(bare(text)) or not _YEAR_ANYWHERE.search(left := _telling(text)):
        return ()
    found: list[tuple[int, Period]] = []
    for pattern, build in _PATTERNS:
        if matches := list(pattern.finditer(left)):
            found += [(match.start(), period) for match in matches if (period := build(match))]
            left = pattern.sub(_blank, left)
    periods = tuple(dict.fromkeys(period for _, period in sorted(found, key=itemgetter(0))))
    if len(periods) == 1 and periods[0].kind == "year":
        return tuple(_apart(left, periods[0].year)) or periods
    return periods


@lru_cache(maxsize=4096)
def no_one_period(text: str) -> str:
    """The code of the finding for words that no single period holds, whatever month they name; else ''.

    TITLE_CUMULATIVE: figures summed up to a month. PERIOD_UNCLEAR: several months, a plan, an estimate."""
    left = _telling(_NOT_SUMMED.sub(" ", " ".join(bare(text)[:LONGEST].split())), every=True)
    if _SUMMED.search(left):
        return "TITLE_CUMULATIVE"
    several = any(_several(match) for match in _MONTHS.finditer(left)) or _QUARTERS.search(left)
    odd = any(_is_odd(match) for match in _SPANS_SAID.finditer(left))
    return "PERIOD_UNCLEAR" if several or odd or _FORESEEN.search(left) else ""


def is_foreseen(text: str) -> bool:
    """Whether a line speaks of a plan or an estimate."""
    return bool(_FORESEEN.search(_telling(text, every=True)))


def month_in(text: str) -> int | None:
    """The month that a whole cell names: `4`, `Tháng 4`, `T4`, `tháng tư`, `APRIL`, `Apr`."""
    word = re.sub(r"^(?:thang|thg|t(?=[ \d]))\s*", "", fold(text))
    number = int(word) if re.fullmatch(r"[0-9]{1,2}", word) else _WORDS.get(word, 0)
    return number if 1 <= number <= 12 else None


def year_in(text: str) -> int | None:
    """The year that a whole cell names, the first of `2013-14`."""
    match = re.fullmatch(r"(?:nam|year|fy)? ?((?:19|20|21)\d\d)(?: (\d\d|\d{4}))?", fold(text))
    if not match or (match[2] and int(match[2]) % 100 != (int(match[1]) + 1) % 100):
        return None
    return int(match[1])


def years_in(text: str) -> set[int]:
    """Every year that a file's name holds, as in `Bieu 9 - 2026 (ca nam).xlsx`."""
    return {int(year) for year in _WHOLE_YEAR.findall(text)}


def calendar_month(year: int, month: int, financial_year_start: int) -> Period:
    """The month of a financial year that begins in `year`: (2013, 2, 4) → 2014-02."""
    return Period("month", year + (month < financial_year_start), month)


def declared_revision(text: str) -> int:
    """The highest number that `Bản sửa lần 2`, `Điều chỉnh lần 3`, `(sua lan 1)` give; else 0."""
    return max((int(number) for number in re.findall(_REVISION, fold(text))), default=0)


def _telling(text: str, *, every: bool = False) -> str:
    """The lines that may name a period, bare, without what only looks like one."""
    left = "\n".join(line[:LONGEST] for line in bare(text).splitlines() if every or _TELLING.search(line))
    left = re.sub(r"[^\S\n]+", " ", left)
    for aside in _ASIDE:
        left = aside.sub(_blank, left)
    return left


def _several(match: re.Match[str]) -> bool:
    """Whether a list or a range of months is no period: `tháng 1 - 3` is a quarter, `tháng 7 + 8` is none."""
    months = [_number(word) for word in re.findall(rf"\b(?:{_VIETNAMESE_MONTH})\b", f"{match[1]}{match[2]}")]
    if not all(1 <= month <= 12 for month in months):
        return False
    ranged = len(months) == 2 and re.search(r"-|–|den", match[2])
    return not (ranged and _whole(2000, months[0], months[1] - months[0] + 1))


def _is_odd(match: re.Match[str]) -> bool:
    """`8 tháng đầu năm`: more than a month, and neither a quarter nor a half-year."""
    months = _number(match[1])
    return months > 1 and _span_of(months, match[2] == "cuoi", 2000) is None


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _period(kind: Kind, year: int, index: int = 1) -> Period | None:
    return Period(kind, year, index) if 1 <= index <= 12 // MONTHS_IN[kind] else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _ROMAN.get(word) or _WORDS[word]


def _between(match: re.Match[str]) -> Period | None:
    """`tháng 1 đến tháng 6 năm 2023`."""
    first, last = _number(match[1]), _number(match[2])
    return _whole(int(match[3]), first, last - first + 1)


def _whole(year: int, first: int, months: int) -> Period | None:
    kind = _SPANS.get(months)
    return _period(kind, year, (first - 1) // months + 1) if kind and (first - 1) % months == 0 else None


def _span(match: re.Match[str]) -> Period | None:
    """`6 tháng cuối năm 2023`. Five or eleven months are no period, nor the year they stand in."""
    return _span_of(_number(match[1]), match[2] == "cuoi", int(match[3]))


def _span_of(months: int, last: bool, year: int) -> Period | None:
    return _whole(year, 13 - months if last else 1, months) if months > 1 else None


def _apart(left: str, year: int) -> list[Period]:
    found: list[Period | None] = [_period("month", year, _number(word)) for word in re.findall(_MONTH, left)]
    found += [_period("quarter", year, _number(word)) for word in re.findall(_QUARTER, left)]
    found += [_span_of(_number(months), side == "cuoi", year) for months, side in re.findall(_SPAN, left)]
    return list(dict.fromkeys(period for period in found if period))


def _month(match: re.Match[str]) -> Period | None:
    return _period("month", int(match[2]), _number(match[1]))


def _month_last(match: re.Match[str]) -> Period | None:
    return _period("month", int(match[1]), int(match[2]))


def _quarter(match: re.Match[str]) -> Period | None:
    return _period("quarter", int(match[2]), _number(match[1]))


_MORE = rf"\s*(?:-|–|den)\s*(?:(?:thang|t)\s*)?({_VIETNAMESE_MONTH})(?![a-z0-9])"
_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]]] = [
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?<!\d){_Y}-q([1-4])(?!\d)", lambda match: _period("quarter", int(match[1]), int(match[2]))),
        (rf"(?<!\d){_Y}-h([12])(?!\d)", lambda match: _period("half", int(match[1]), int(match[2]))),
        (rf"(?<!\d){_Y}-9m(?![a-z0-9])", lambda match: _period("nine_months", int(match[1]))),
        (_MONTH + _MORE + _YEAR, _between),
        (_SPAN + _YEAR, _span),
        (_QUARTER + _YEAR, _quarter),
        (_MONTH + _YEAR, _month),
        (rf"{_START}t(0[1-9]|1[0-2]){_Y}(?!\d)", _month),
        (rf"{_START}({_ENGLISH_MONTH})(?![a-z0-9]){_BREAK}{_Y}(?!\d)", _month),
        (rf"(?<!\d){_Y}[\-_.](0[1-9]|1[0-2])(?!\d)", _month_last),
        (rf"(?<!\d)(?<!\d[/.\-_])(\d{{1,2}})[/.\-_]{_Y}(?![\d/])", _month),
        (rf"{_START}nam{_BREAK}{_Y}(?!\d)", lambda match: _period("year", int(match[1]))),
        (rf"^\s*{_Y}\s*(?:\.[a-z]+)?$", lambda match: _period("year", int(match[1]))),
    )
]
