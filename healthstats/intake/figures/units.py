"""The scaled unit that a title states: what its figures are multiplied by, where the form allows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from healthstats.domain.element import Element
from healthstats.domain.form import Form
from healthstats.intake.figures.numberwords import scale_of
from healthstats.intake.letters.text import bare, fold

_STATED = re.compile(r"\b(?:(don vi tinh|dvt|units?)|don vi)\b[\s:.\-–]*")
# `Đơn vị: Triệu Phong` reports, and counts nothing
_COUNTED = frozenset({"", "dong", "luot", "nguoi", "giuong", "ngay", "lan", "ca", "benh nhan"})


@lru_cache(maxsize=256)
def scaled_unit(cells: tuple[str, ...]) -> str:
    """`nghìn lượt` where a cell says `Đơn vị tính: nghìn lượt`, or stands beside `Đơn vị tính`; '' where the cells
    state no unit, or a plain one. Remembered: a thousand files have few titles."""
    for cell, after in pairwise([*map(_nfc, cells), ""]):
        if not (match := _STATED.search(bare(cell))):
            continue
        unit = (cell[match.end() :] if len(bare(cell)) == len(cell) else bare(cell)[match.end() :]) or after
        factor, counted = scale_of(unit)
        if (factor > 1 and (match[1] or counted in _COUNTED)) or counted == "%":
            return unit.strip(" ().")
    return ""


def in_title_units(form: Form, unit: str, elements: Sequence[Element]) -> Form | None:
    """The form with the factors that a title's unit gives to the elements counted in it; None where it does not allow
    that unit, or none of the elements is counted in it."""
    factor, counted = scale_of(unit)
    fitting = [one.element for one in elements if not counted or counted in map(fold, one.unit.values())]
    own = dict(form.factors)
    if factor == 1:
        return form if len(fitting) == len(elements) else None
    if fitting and all(own.get(code) == factor for code in fitting):
        return form
    allowed = (factor, counted) in map(scale_of, form.title_units)
    if not allowed or not fitting or any(own.get(code, factor) != factor for code in fitting):
        return None
    return replace(form, factors=tuple({**own, **dict.fromkeys(fitting, factor)}.items()))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
