"""Numbers that look like chance and are the same on every machine."""

from __future__ import annotations


def drawn(code: str, month: str, salt: int, many: int) -> int:
    """A whole number from 0 to below `many`, for a facility's code, a month's and a purpose."""
    mixed = int(code) * 7919 + int(month[:4]) * 104_729 + int(month[5:]) * 15_485_863 + salt * 32_452_843
    mixed ^= mixed >> 13
    return mixed * 2_654_435_761 % 1_000_003 % many


def wobble(code: str, month: str, salt: int, width: int) -> int:
    """A whole number from -width to width."""
    return drawn(code, month, salt, 2 * width + 1) - width
