"""The list on which a person decides: every open finding with room for the decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from healthstats.domain.decision import report_asked
from healthstats.domain.definitions import Definitions
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.findings import Sought, findings, open_findings
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEYS = ("submission", "sheet", "cell", "code", "facility", "period", "element", "factor", "form", "area")
"""By the factor a figure on the row counts: a list must not be taken back where its sheet counts otherwise by now."""
NEW_KEYS = KEYS[-3:]
"""Those that lists of older versions do not have."""
MANY, RETURNED = "MORE_ALIKE", "RETURNED"
ASKED = ("decision", "value", "reason")


def keys_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of an open finding; one that stands for others, or was returned, has the code of what was asked."""
    params = json.loads(row["params"] or "{}")
    code = params["code"] if row["code"] in (MANY, RETURNED) else row["code"]
    # a cell says by itself of which element it is, and a finding across cells may leave it open
    element = "" if row["cell"] else row["element"]
    form, area = report_asked(code, row["facility"], params)
    keys = {**row, "code": code, "element": element, "factor": params.get("factor_of_sheet", "")}
    return tuple(str({**keys, "form": form, "area": area}[name] or "") for name in KEYS)


def decision_list(connection: DuckDBPyConnection, definitions: Definitions, sought: Sought, lang: Lang = "vi") -> Table:
    """The table `findings`, three empty columns to fill in, and the keys by which the list is taken back."""
    shown = findings(connection, definitions, sought, lang)
    keys = (map(Cell, keys_of(row)) for row in open_findings(connection, sought))
    people = [place for place, column in enumerate(shown.columns) if column.only != "data"]
    columns = (
        *(shown.columns[place] for place in people),
        *(Column(name, say(f"column.{name}_asked", lang)) for name in ASKED),
        *(Column(f"key_{name}", f"key_{name}") for name in KEYS),
    )
    rows = tuple(
        (*(row[place] for place in people), *(Cell("") for _ in ASKED), *key)
        for row, key in zip(shown.rows, keys, strict=True)
    )
    return Table(
        name="decision_list",
        title=shown.title,
        subtitle=shown.subtitle,
        columns=columns,
        rows=rows,
        notes=(say("note.decide", lang),),
        synthetic=definitions.synthetic,
    )
