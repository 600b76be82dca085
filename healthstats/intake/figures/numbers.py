"""The number grammar: what a cell's content means for an element of a type. Strict: what is doubtful is a fault."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal, cast

from healthstats.domain.element import Type
from healthstats.domain.form import Markers
from healthstats.domain.reading import SCALE, Finality
from healthstats.intake.figures.finality import of_cell
from healthstats.intake.figures.numberwords import bare_number, qualified, without_unit

Blank = Literal["", "empty", "missing", "not_applicable"]

MOST_DIGITS = 14
_LIMIT = 10**MOST_DIGITS
_NUMBERS = {int, float}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2007\u2009\u202f](?=\d)")
_PLAIN = re.compile(r"[0-9]+(?:[.,]0)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*")
_SPLIT = re.compile(r"([0-9]{1,3}(?:([ .,])[0-9]{3})(?:\2[0-9]{3})*|[0-9]+)(?:([.,])([0-9]+))?")
_SHORT_THOUSAND = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{1,3})")
_BRACKETED = re.compile(r"\( ?([0-9][0-9., ]*)\)")
_DAY = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{4}")
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_DASHES = str.maketrans("–—−‐‑", "-----")


@dataclass(frozen=True, slots=True)
class Flawed:
    """Stands in a grid for a cell whose value a reader would hide: `code` is CELL_ERROR or FORMULA_WITHOUT_VALUE."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """One of: `value` in ten-thousandths (plain: the cell was that number and nothing else; `qualifier`: ≥ ≤ ≈ where
    the cell said so; `status`: what it said of a number that is not final); `blank` says why there is none; `fault` is
    a finding's code with, perhaps, the number meant."""

    value: int | None = None
    plain: bool = True
    blank: Blank = ""
    fault: str = ""
    suggestion: str = ""
    qualifier: str = ""
    status: Finality = ""


EMPTY = Parsed(blank="empty")
NOT_A_NUMBER = Parsed(fault="NOT_A_NUMBER")
DATE_CELL = Parsed(fault="DATE_CELL")


def parse_cell(value: object, element_type: Type, markers: Markers, units: Iterable[str] = ()) -> Parsed:
    """Reads one cell as calamine gives it, or a CSV field; booleans and dates are no numbers. A word behind a number
    may be one of the element's `units`."""
    if isinstance(value, str):
        text = value.strip()
        return _from_text(text, element_type, markers, units) if text else EMPTY
    if value is None:
        return EMPTY
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, element_type)
    if isinstance(value, Flawed):
        return Parsed(fault=value.code)
    return DATE_CELL if isinstance(value, date | time | timedelta) else NOT_A_NUMBER


def parse_row_fast(cells: Sequence[object]) -> list[int] | None:
    """Ten-thousandths of a row that holds plain non-negative integers only; None sends it cell by cell."""
    # without the look at types True would pass for 1
    if not (types := {*map(type, cells)}) <= _NUMBERS:
        return None
    ints = cast("Sequence[int]", cells)
    if float in types:
        try:
            ints = [*map(int, ints)]
        except (ValueError, OverflowError):
            return None
        if ints != [*cells]:
            return None
    if ints and (min(ints) < 0 or max(ints) >= _LIMIT):
        return None
    return [number * SCALE for number in ints]


def _from_number(number: float, element_type: Type) -> Parsed:
    if not math.isfinite(number):
        return NOT_A_NUMBER
    if abs(number) >= _LIMIT:
        return Parsed(fault="TOO_LARGE")
    if number < 0 and element_type == "count":
        return Parsed(fault="NEGATIVE")
    if number == int(number):
        return Parsed(int(number) * SCALE)
    # a spreadsheet keeps fifteen digits: what lies beyond them is the noise of its arithmetic
    text = format(number, ".15g")
    if "e" in text:
        text = format(number, ".20f").rstrip("0")
    sign = -1 if number < 0 else 1
    whole, _, fraction = text.lstrip("-").partition(".")
    if element_type == "count" and fraction:
        return Parsed(fault="NOT_AN_INTEGER", suggestion=_thousands(text))
    return _decimal(sign, whole, fraction, plain=float(text) == number)


def _from_text(text: str, element_type: Type, markers: Markers, units: Iterable[str]) -> Parsed:
    if text.isascii() and text.isdigit() and (len(text) == 1 or text[0] != "0"):
        return Parsed(int(text) * SCALE) if len(text) <= MOST_DIGITS else Parsed(fault="TOO_LARGE")
    zero, missing, not_applicable = _marker_keys(markers)
    key = _marker(text)
    if key in zero:
        return Parsed(0, plain=False)
    if key in missing:
        return Parsed(blank="missing")
    if key in not_applicable:
        return Parsed(blank="not_applicable")
    if _ERROR.fullmatch(text):
        return Parsed(fault="CELL_ERROR")
    body = _SPACES.sub(" ", text)
    found = _number(body, element_type)
    if found.fault != "NOT_A_NUMBER":
        return found
    if _DAY.fullmatch(body):
        return DATE_CELL
    qualifier, rest = qualified(body)
    status, bare = of_cell(body)
    rest = without_unit(rest if qualifier else bare, units)
    again = _number(rest, element_type) if rest != body else found
    return replace(again, plain=False, qualifier=qualifier, status=status) if again.value is not None else again


def _number(text: str, element_type: Type) -> Parsed:
    return _count(text) if element_type == "count" else _decimal_text(text)


def _count(text: str) -> Parsed:
    if (match := _BRACKETED.fullmatch(text)) and (meant := _unsigned(match[1].strip()).value) is not None:
        return Parsed(fault="IN_BRACKETS", suggestion=str(meant // SCALE))
    if text[0] in "-−":
        return Parsed(fault="NOT_A_NUMBER" if _unsigned(text[1:].strip()).value is None else "NEGATIVE")
    return _unsigned(text)


def _unsigned(text: str) -> Parsed:
    if _GROUPED.fullmatch(text):
        return _decimal(1, re.sub(r"[ .,]", "", text), "")
    if _PLAIN.fullmatch(text):
        return _decimal(1, re.split(r"[.,]", text)[0], "")
    if match := _SPLIT.fullmatch(text):
        # typed, `48,5` is as likely a decimal as what is left of 48.500: nothing is suggested
        zeros = match[4] and not match[4].strip("0")
        meant = re.sub(r"[ .,]", "", match[1]).lstrip("0") if zeros else ""
        return Parsed(fault="NOT_AN_INTEGER", suggestion=meant)
    return Parsed(fault="NOT_A_NUMBER", suggestion=_meant(text))


def _decimal_text(text: str) -> Parsed:
    sign, body = (-1, text[1:].strip()) if text[0] in "-−" else (1, text)
    if bracketed := _BRACKETED.fullmatch(text):
        # an accountant's minus
        sign, body = -1, bracketed[1].strip()
    match = _SPLIT.fullmatch(body)
    if not match:
        return Parsed(fault="NOT_A_NUMBER", suggestion=_meant(text))
    whole, group, mark, fraction = match.groups()
    if group and (group == mark or whole[0] == "0"):
        return _zero_point(sign, whole) if not mark else Parsed(fault="NOT_A_NUMBER")
    if group in (".", ",") and not mark and whole.count(group) == 1:
        # 1.234 is a thousand and more in Vietnam, and one and a little elsewhere
        return Parsed(fault="AMBIGUOUS_NUMBER", suggestion=str(sign * int(whole.replace(group, ""))))
    return _decimal(sign, re.sub(r"[ .,]", "", whole), fraction or "")


def _zero_point(sign: int, text: str) -> Parsed:
    """`0,125`: three digits after a nought are no thousands."""
    whole, mark, fraction = re.split(r"([ .,])", text, maxsplit=1)
    return _decimal(sign, whole, fraction) if whole == "0" and mark != " " and fraction.isdigit() else NOT_A_NUMBER


def _decimal(sign: int, whole: str, fraction: str, *, plain: bool = False) -> Parsed:
    # thousands of noughts are no number to int()
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    if len(whole) > MOST_DIGITS:
        return Parsed(fault="TOO_LARGE")
    if len(fraction) > 4:
        return Parsed(fault="TOO_FINE")
    return Parsed(sign * (int(whole) * SCALE + int(fraction.ljust(4, "0"))), plain=plain)


def _thousands(text: str) -> str:
    """A number cell of 1.42 in a count is what is left of 1.420 where a thousands mark was taken for a decimal one."""
    match = _SHORT_THOUSAND.fullmatch(text)
    return match[1] + match[2].ljust(3, "0") if match else ""


def _meant(text: str) -> str:
    """`12 ca`, `１２`, `1,6 tỷ` mean 12, 12 and 1600000000, perhaps: that is for a person to say."""
    number, factor = bare_number(text)
    if number == text or not _SPLIT.fullmatch(number):
        return ""
    found = _unsigned(number) if factor == 1 else _decimal_text(number)
    meant = (found.value or 0) * factor
    return str(meant // SCALE) if found.value is not None and meant % SCALE == 0 else ""


def _marker(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip().casefold()


@lru_cache(maxsize=64)
def _marker_keys(markers: Markers) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return (
        frozenset(map(_marker, markers.zero)),
        frozenset(map(_marker, markers.missing)),
        frozenset(map(_marker, markers.not_applicable)),
    )
