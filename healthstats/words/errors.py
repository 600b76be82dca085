"""Errors: one line that says what, where, and what to type next. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "error.no_workspace": (
        "Không thấy healthstats.toml ở {path} hay thư mục cha nào. Hãy gõ: healthstats init {path}",
        "No healthstats.toml in {path} or any folder above it. Type: healthstats init {path}",
    ),
}
