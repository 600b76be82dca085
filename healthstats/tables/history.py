"""What is said beneath a table where figures of whole areas stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import written
from healthstats.tables.mart import Asked, Compared, fetch, root_area
from healthstats.tables.names import named_period
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Rows = Sequence[Compared]
SET_ASIDE = 'healthstats query "select * from history_set_aside"'
_ASIDE = """
select indicator, item, period, value, history_value
from history_set_aside
where difference <> 0 and area = $area and list_contains($periods, period)
  and boundaries = coalesce(try_cast($day as date), (select max(boundaries) from growth))
order by abs(difference) desc, indicator, item, period desc
"""


def history_note(rows: Rows, lang: Lang) -> tuple[str, ...]:
    """What the mark of figures of whole areas means, where one of them is shown."""
    return (say("note.history", lang),) if any(row.has_history for row in rows) else ()


def lopsided_note(rows: Rows, lang: Lang) -> tuple[str, ...]:
    """The warning before all other notes where a change is of the register and not of the work."""
    return (say("note.lopsided", lang, command=SET_ASIDE),) if any(row.mark == "lopsided" for row in rows) else ()


def months_note(definitions: Definitions, rows: Rows, lang: Lang) -> tuple[str, ...]:
    """Why an area's year is empty though months of it are known."""
    empty = [row for row in rows if row.value is None or row.base_value is None]
    forms = {definitions.indicators[row.indicator].form for row in empty}
    by_area = any(definitions.forms[form].row == "area" for form in forms) or any(row.has_history for row in empty)
    return (say("note.area_months", lang),) if by_area else ()


def set_aside_note(
    connection: DuckDBPyConnection, definitions: Definitions, rows: Rows, asked: Asked, lang: Lang
) -> tuple[str, ...]:
    """How many figures of the area gave way to its facilities' sum and say otherwise, and both where they differ most:
    nobody chooses between two figures in silence."""
    day = asked.get("boundaries")
    said = {
        "area": asked.get("area") or root_area(definitions),
        "periods": sorted({period for row in rows for period in (row.period, row.base_period) if period}),
        "day": day.isoformat() if day else None,
    }
    shown = {(row.indicator, row.item) for row in rows}
    aside = [row for row in fetch(connection, _ASIDE, said) if (row["indicator"], row["item"]) in shown]
    if not aside:
        return ()
    first = aside[0]
    name = definitions.indicators[first["indicator"]].name[lang]
    return (
        say(
            "note.set_aside",
            lang,
            count=written(len(aside), 0, lang),
            name=" · ".join(filter(None, (name, first["item"]))),
            period=named_period(first["period"], lang),
            value=_plain(first["value"], lang),
            history=_plain(first["history_value"], lang),
            command=SET_ASIDE,
        ),
    )


def _plain(value: Decimal, lang: Lang) -> str:
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    return written(int(value.scaleb(digits)), digits, lang)
