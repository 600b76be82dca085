"""A flaw in the data: a value with a stable code, a place and a sentence. Never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names the sentence `finding.<code>` in the catalogue, filled from `params`; `cell` is like `F12`,
    empty where the whole sheet or file is meant; `text` is the cell as received."""

    code: str
    severity: Severity
    sheet: str = ""
    cell: str = ""
    facility: str | None = None
    period: str | None = None
    element: str | None = None
    text: str = ""
    suggestion: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
