"""What a spreadsheet runs when it opens a file that only meant to name something."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Whether the text of a cell would be run; a number with its sign is none."""
    return (text.startswith(_SIGNS) or text.lstrip().startswith(_SIGNS)) and not _NUMBER.fullmatch(text)
