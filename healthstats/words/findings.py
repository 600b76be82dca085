"""Findings: flaws in the data. Key `finding.CODE` → (Vietnamese, English); `title.CODE` names the kind in a list."""

SENTENCES: dict[str, tuple[str, str]] = {}
