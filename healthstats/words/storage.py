"""Errors and reports of the store. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {}
