"""What is said beneath a table where figures of whole areas stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from healthstats.domain.definitions import Definitions
from healthstats.tables.mart import Compared
from healthstats.words import Lang, say

Rows = Sequence[Compared]
SET_ASIDE = 'healthstats query "select * from history_set_aside"'


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
