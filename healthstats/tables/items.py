"""Indicators told by item (a disease, a ward): hundreds of rows, shown where they are asked for by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.period import Period
from healthstats.errors import UsageError
from healthstats.tables.mart import Asked, Compared, fetch
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TOLD_BY_ITEM = """
select distinct indicator from growth where period = ? and item <> '' and group_by = 'all' order by indicator
"""


def without_items(found: Sequence[Compared], asked: Asked) -> Sequence[Compared]:
    """The rows to show; UsageError names the indicators to ask for where there are no others."""
    if asked.get("indicators"):
        return found
    plain = [row for row in found if not row.item]
    if found and not plain:
        codes = sorted({row.indicator for row in found})
        raise UsageError("items_only", codes=", ".join(codes), first=codes[0])
    return plain


def note(
    connection: DuckDBPyConnection, definitions: Definitions, period: Period, asked: Asked, lang: Lang
) -> tuple[str, ...]:
    """What is not shown for being told by item."""
    if asked.get("indicators"):
        return ()
    codes = [row["indicator"] for row in fetch(connection, _TOLD_BY_ITEM, [period.code])]
    known = [code for code in codes if code in definitions.indicators]
    return (say("note.items", lang, codes=", ".join(known), first=known[0]),) if known else ()
