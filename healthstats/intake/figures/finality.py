"""Words that say that figures are not final: `Sơ bộ` is preliminary, `Ước` an estimate, the less final of the two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from healthstats.domain.reading import Finality
from healthstats.intake.letters.text import bare

# with its accents: `số bộ` counts sets
_PRELIMINARY = re.compile(r"\b(?:sơ bộ|preliminary|provisional|prel\b|pre\.)", re.IGNORECASE)
_ESTIMATE = re.compile(
    r"\bước[\s:]*(?:tính|thực hiện|đạt|th|cả năm|năm|tháng|quý|\d)\b|\bsố(?: liệu)? ước\b|\(ước\b|\bestimated?\b",
    re.IGNORECASE,
)
_ESTIMATED_LABEL = re.compile(r"\b(?:uoc(?: tinh| thuc hien| th)?|est|estimated?)\b")
_PRELIMINARY_LABEL = re.compile(r"\b(?:so bo|prel|pre|preliminary|provisional)\b")
_BEFORE = re.compile(r"(uoc(?: tinh)?|so bo|prel?\.|est\.)[\s:]*(?=[0-9])")
_BEHIND = re.compile(r"(?<=[0-9])\s*\((uoc(?: tinh| th)?|so bo|prel?\.?|est\.?)\)$")


def of_title(lines: Iterable[str]) -> Finality:
    """What the lines above a table say of its figures."""
    text = unicodedata.normalize("NFC", "\n".join(lines))
    return "estimate" if _ESTIMATE.search(text) else "preliminary" if _PRELIMINARY.search(text) else ""


def of_label(folded: str) -> tuple[Finality, str]:
    """`so bo 2023` → (`preliminary`, `2023`)."""
    rest = _ESTIMATED_LABEL.sub(" ", folded)
    status: Finality = "estimate" if rest != folded else ""
    final = _PRELIMINARY_LABEL.sub(" ", rest)
    return status or ("preliminary" if final != rest else ""), " ".join(final.split())


def of_cell(text: str) -> tuple[Finality, str]:
    """`1.234 (sơ bộ)`, `ước 50` → the status and the number; ('', the text) of any other."""
    text = unicodedata.normalize("NFC", text)
    plain = bare(text)
    match = (_BEFORE.match(plain) or _BEHIND.search(plain)) if len(plain) == len(text) else None
    if match is None:
        return "", text
    status: Finality = "estimate" if match[1].startswith(("uoc", "est")) else "preliminary"
    return status, text[: match.start()] + text[match.end() :]
