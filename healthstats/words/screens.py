"""Labels and lines of screens, tables and publications. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {}
