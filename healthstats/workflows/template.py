"""template: a form's blank for a facility and a period, which is taken in as it is when filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from healthstats import render, tables
from healthstats.domain.blank import Blank, BlankSheet, Input
from healthstats.domain.definitions import Definitions
from healthstats.domain.form import Column, Edition, Form, is_role
from healthstats.domain.period import Period
from healthstats.errors import UsageError
from healthstats.intake import NameIndex
from healthstats.words import Lang, say
from healthstats.workflows.naming import find_facility, find_hints
from healthstats.workflows.publish import write_whole
from healthstats.workflows.workspace import Workspace

LANG: Lang = "vi"
ITEM_ROWS = 40
"""Rows for wards or diseases, of which nobody can say beforehand how many there are."""
SIGNED = "Thủ trưởng đơn vị"
ROMAN = ("I", "II", "III", "IV")
_WORDS = ("facility.name", "area.name", "item", "item.name")


def template(workspace: Workspace, form: str, facility: str, period: Period, output: Path | None) -> Path:
    """Writes the blank to `output` (a name of its own in the current folder) and never over a file that is there."""
    definitions = workspace.definitions
    wanted = definitions.forms[find_hints(workspace, form, "", "").form or ""]
    blank = blank_of(definitions, wanted, facility, period)
    code = find_facility(definitions, facility) if facility else ""
    named = "-".join(filter(None, (wanted.form, re.sub(r"[^\w-]", "_", code), period.code)))
    target = output or Path(f"{named}.xlsx")
    if target.exists():
        raise UsageError("template_there", path=target)
    write_whole(target, render.blank_book(blank))
    return target


def blank_of(definitions: Definitions, form: Form, facility: str, period: Period) -> Blank:
    """The form in the edition in force, as a value. UsageError where facility or period do not go with it."""
    edition = _edition(form, period)
    columns = tuple(_spread(_printed(edition), period))
    code = _owner(definitions, form, facility)
    name = _name_on(definitions, code, period)
    if code and any(one.role == "facility.name" for one in columns) and not _names(definitions, name, code, period):
        # of two facilities of one name the row must say which
        coded = (one for one in edition.columns if one.role == "facility.code")
        columns = (*columns[:1], *[*coded][:1], *columns[1:])
    official = say("template.official", LANG, source=form.source)
    whose = (say("template.facility", LANG, name=name), say("template.code", LANG, code=code)) if code else ()
    heading = (
        *whose,
        form.name[LANG],
        say("template.period", LANG, period=tables.period_name(period, LANG)),
        official if edition.official else say("template.unofficial", LANG),
    )
    signs = tuple(text for text in dict.fromkeys((*form.rows.end[:1], SIGNED)) if text in form.rows.end)
    sheet = BlankSheet(
        name=form.sheets[0] if form.sheets else form.name[LANG].partition(":")[0],
        heading=heading,
        columns=columns,
        inputs=tuple(_input(definitions, form, column) for column in columns),
        rows=tuple(_rows(definitions, form, columns, {"facility.code": code, "facility.name": name}, period)),
        footer=signs,
    )
    items = [item.item for item in form.items] if form.item == "sheet" else []
    sheets = tuple(replace(sheet, name=item, heading=(*heading, item)) for item in items) or (sheet,)
    return Blank(form.name[LANG], edition.source, sheets, form.blank, definitions.synthetic)


def _edition(form: Form, period: Period) -> Edition:
    """The edition of that day whose frequency the period has; where periods stand side by side, a year of them."""
    day = period.months[-1].start
    in_force = [one for one in form.editions if one.in_force(day)]
    if not in_force:
        raise UsageError("template_no_edition", form=form.form, period=period.code)
    by_period = any(column.by_period for column in in_force[0].columns)
    kinds = {"year"} if by_period else {one.frequency for one in in_force}
    if period.kind not in kinds:
        raise UsageError("template_period", form=form.form, period=period.code, kinds=", ".join(sorted(kinds)))
    return max(in_force, key=lambda one: one.official)


def _printed(edition: Edition) -> list[Column]:
    """What the form has: sums of the row and roles that may be absent are left out."""
    leading = [column.role for column in edition.columns].index
    first = next(at for at, column in enumerate(edition.columns) if not is_role(column.role))
    return [
        column
        for column in edition.columns
        if column.required or not is_role(column.role) or (column.role == "number" and leading("number") < first)
    ]


def _spread(columns: list[Column], period: Period) -> Iterator[Column]:
    """Columns that stand by period, once for each: all of a month before those of the next."""
    yield from (column for column in columns if not column.by_period)
    wide = [column for column in columns if column.by_period]
    labels = {label for column in wide for label in column.path}
    for words in _words(period, labels) if wide else ():
        for column in wide:
            yield replace(column, path=tuple(label.format_map(words) for label in column.path))


def _words(period: Period, labels: set[str]) -> Iterator[Mapping[str, str]]:
    """What the words in braces become, period by period."""
    whole = {"year": str(period.year), "period": tables.period_name(period, LANG)}
    if any("{month}" in label for label in labels):
        yield from ({**whole, "month": f"Tháng {one.index}"} for one in period.months)
    elif any("{quarter}" in label for label in labels):
        yield from ({**whole, "quarter": f"Quý {roman}"} for roman in ROMAN)
    else:
        yield whole


def _owner(definitions: Definitions, form: Form, facility: str) -> str:
    if (form.row == "facility") != bool(facility):
        raise UsageError("template_of_areas" if facility else "template_of_facility", form=form.form)
    return find_facility(definitions, facility) if facility else ""


def _name_on(definitions: Definitions, code: str, period: Period) -> str:
    spells = [spell for spell in definitions.facilities if spell.facility == code]
    if not spells:
        return ""
    standing = [spell for spell in spells if spell.open_on(period.end)]
    if not standing:
        raise UsageError("template_not_open", facility=code, period=period.code)
    return standing[0].name


def _names(definitions: Definitions, name: str, code: str, period: Period) -> bool:
    index = NameIndex.of(definitions.facilities, definitions.aliases)
    return index.match("", name, period.end).code == code


def _rows(
    definitions: Definitions, form: Form, columns: tuple[Column, ...], owner: Mapping[str, str], period: Period
) -> Iterator[Mapping[str, str | int]]:
    roles = {column.role for column in columns}
    only = {f"only.{name}": texts[0] for name, texts in form.only if texts}
    when: Mapping[str, str | int] = {"period": period.code, "period.year": period.year, "period.month": period.index}
    if form.row == "area":
        # the areas of its first month: a division that changes within the year is another form
        named = [area for area in definitions.areas if area.level == "province" and area.in_force(period.start)]
        for number, area in enumerate(named, start=1):
            yield {**only, **when, "number": number, "area.code": area.area, "area.name": area.name}
    elif roles & {"facility.name", "facility.code"}:
        yield {**only, **when, **owner, "number": 1}
    else:
        for number in range(1, ITEM_ROWS + 1):
            yield {**only, **when, "number": number}


def _input(definitions: Definitions, form: Form, column: Column) -> Input:
    if column.role in _WORDS or column.role.startswith("attribute."):
        return "text"
    if is_role(column.role):
        return ""
    scaled = any(element == column.role for element, _ in form.factors)
    return "decimal" if scaled or definitions.elements[column.role].type == "decimal" else "count"
