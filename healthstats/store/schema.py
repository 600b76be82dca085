"""The tables of a run: what every reader of runs/ may rely on. Absent text is NULL; `item` alone is '' for none."""

from __future__ import annotations

CELLS = ("found", "accepted", "quarantined", "rejected", "blank", "checked", "ignored")

COLUMNS: dict[str, dict[str, str]] = {
    "submissions": {
        "submission": "string",
        "position": "int32",
        "name": "string",
        "size": "int64",
        "received_at": "timestamp",
        "media": "string",
        "verdict": "string",
        "definitions": "string",
        "hints": "string",
        **{f"cells_{name}": "int64" for name in CELLS},
    },
    "reports": {
        "submission": "string",
        "position": "int32",
        "form": "string",
        "edition": "string",
        "facility": "string",
        "area": "string",
        "period": "string",
        "sheet": "string",
        "verdict": "string",
        "declared_revision": "int32",
        "replaces": "string",
        "cells_accepted": "int32",
        "cells_quarantined": "int32",
    },
    "observations": {
        "submission": "string",
        "report": "int32",
        "form": "string",
        "facility": "string",
        "area": "string",
        "period": "string",
        "element": "string",
        "item": "string",
        "value": "decimal(18,4)",
        "qualifier": "string",
        "status": "string",
        "sheet": "string",
        "cell": "string",
        "text": "string",
    },
    "findings": {
        "submission": "string",
        "sheet": "string",
        "cell": "string",
        "code": "string",
        "severity": "string",
        "facility": "string",
        "period": "string",
        "element": "string",
        "text": "string",
        "message": "string",
        "suggestion": "string",
        "params": "string",
    },
}
"""`position` orders submissions and reports within the run; observations.report is their reports.position;
`value` is NULL where `status` is quarantined; findings.message is Vietnamese and `params` (JSON) retells it."""

OPTIONAL: dict[str, dict[str, str]] = {
    "decisions": {
        "submission": "string",
        "sheet": "string",
        "cell": "string",
        "code": "string",
        "facility": "string",
        "period": "string",
        "decision": "string",
        "value": "decimal(18,4)",
        "who": "string",
        "decided_at": "timestamp",
        "reason": "string",
        "element": "string",
        "form": "string",
        "area": "string",
        "item": "string",
        "text": "string",
        "against": "string",
    },
}
"""Tables that only some runs have: what persons decided of findings, in the run that took it in; from `element` on
NULL in runs of older versions. `text` is the figure in question as received, or the digest of a whole report's."""
