"""Rows that are no facility, by what is printed on them: totals, sections, parts, the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from healthstats.domain.form import RowLabels
from healthstats.intake.letters.text import fold

_NUMBERED = re.compile(r"(?:[a-h]|[ivx]+|\d{1,2}) ", re.ASCII)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?[\s:.]*$")
_WHOLE = re.compile(
    r"(?: (?:toan (?:tinh|thanh pho|nganh|huyen|quan|xa|vien|he thong)|chung|[a-h]|[ivx]+|\d{1,2}))+", re.ASCII
)
_BULLET = re.compile(r"^[\s\-–—+•*·]+")


class Labels:
    """A form's row labels, compared folded and with or without a bracket behind them."""

    def __init__(self, rows: RowLabels) -> None:
        self.totals, self.sections = frozenset(map(fold, rows.total)), frozenset(map(fold, rows.section))
        self.of_which, self.ends = frozenset(map(fold, rows.of_which)), frozenset(map(fold, rows.end))

    def is_total(self, texts: Iterable[str]) -> bool:
        """`TỔNG CỘNG (I+II)` and `Tổng cộng toàn tỉnh` too."""
        return any(self._is_total(key) for key in _keys(texts))

    def is_section(self, texts: Iterable[str]) -> bool:
        return any(key in self.sections for key in _keys(texts))

    def is_of_which(self, texts: Iterable[str]) -> bool:
        return any(key in self.of_which for key in _keys(texts))

    def begin(self, name: str) -> bool:
        """Whether a name begins with a total's or a section's label: no facility to propose."""
        key = fold(name)
        return any(key == label or key.startswith(f"{label} ") for label in self.totals | self.sections)

    def _is_total(self, key: str) -> bool:
        if key in self.totals:
            return True
        return any(key.startswith(label) and _WHOLE.fullmatch(key, len(label)) for label in self.totals)


@lru_cache(maxsize=64)
def labels_of(rows: RowLabels) -> Labels:
    """Remembered: every sheet of a form asks for them."""
    return Labels(rows)


def without_bullet(name: str) -> str:
    """`- Bệnh viện C` → `Bệnh viện C`."""
    return _BULLET.sub("", name)


def _keys(texts: Iterable[str]) -> Iterable[str]:
    return chain.from_iterable(map(_keys_of, texts))


@lru_cache(maxsize=4096)
def _keys_of(text: str) -> tuple[str, ...]:
    keys = {fold(text), fold(_BRACKET.sub("", text))}
    return (*keys, *(key[numbered.end() :] for key in keys if (numbered := _NUMBERED.match(key))))
