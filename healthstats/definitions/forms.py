"""forms/*.toml → Form: header tree, rows, markers and rules as data, one line a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from healthstats.definitions.faults import Faults, Keys
from healthstats.definitions.rules import check_elements, read_rules
from healthstats.domain.element import Element
from healthstats.domain.form import PLACEHOLDERS, ROLES, SCALES, Column, Edition, Form, Item, Markers, RowLabels

_NAMED = re.compile(r"(?:attribute|only)\.[a-z][a-z0-9_]*")
_BRACED = re.compile(r"{[^}]*}?")


def read_form(keys: Keys, elements: Mapping[str, Element]) -> Form:
    """The Form that a definition states; what is wrong in it becomes faults of `keys`."""
    code = keys.text("form")
    history_of = keys.text("history_of", "")
    own = {name for name, element in elements.items() if element.form == (history_of or code)}
    rules, severities = read_rules(keys, own)
    form = Form(
        form=code,
        name=keys.names("name"),
        source=keys.text("source"),
        row=cast(Any, keys.choice("row", ("facility", "area"))),
        editions=_editions(keys, own, elements),
        applies_to=keys.texts("applies_to"),
        blank=cast(Any, keys.choice("blank", ("missing", "zero"), "missing")),
        sheets=keys.texts("sheets"),
        financial_year_start=keys.number("financial_year_start", 1),
        markers=read_markers(keys.table("markers")),
        rows=read_rows(keys.table("rows")),
        rules=rules,
        facility_count=keys.text("facility_count", ""),
        labels=_spellings(keys.table("labels")),
        item=cast(Any, keys.choice("item", ("column", "sheet"), "column")),
        items=tuple(Item(item, labels) for item, labels in _spellings(keys.table("items"))),
        only=_spellings(keys.table("only")),
        carried=_carried(keys, own),
        factors=_factors(keys.table("factors"), own),
        title_units=keys.texts("title_units"),
        history_of=history_of,
        severities=severities,
    )
    if history_of and form.row != "area":
        keys.fault("history_of_areas", "row")
    check_elements(keys, own, facility_count=(form.facility_count,))
    _check_labels(keys, form)
    _check_items(keys, form)
    _check_only(keys, form)
    _check_title_units(keys, form, [elements[code] for code in own])
    if not 1 <= form.financial_year_start <= 12:
        keys.fault("month", "financial_year_start")
    if not keys.flag("reviewed", True):
        keys.fault("not_reviewed", "reviewed")
    keys.done()
    return form


def check_histories(forms: Mapping[str, Form], faults: Faults) -> None:
    """A history is one of a facility form, and each form has one: of two, nobody could say whose figure holds."""
    first: dict[str, str] = {}
    for form in forms.values():
        if not form.history_of:
            continue
        file, told = f"forms/{form.form}.toml", forms.get(form.history_of)
        if told is None or told.row != "facility":
            faults.add("history_of", file, "history_of", form=form.history_of)
        elif (other := first.setdefault(form.history_of, form.form)) != form.form:
            faults.add("history_twice", file, "history_of", form=form.history_of, other=other)


def read_markers(keys: Keys) -> Markers:
    markers = Markers(keys.texts("zero"), keys.texts("missing"), keys.texts("not_applicable"))
    keys.done()
    return markers


def read_rows(keys: Keys) -> RowLabels:
    rows = RowLabels(keys.texts("total"), keys.texts("section"), keys.texts("of_which"), keys.texts("end"))
    keys.done()
    return rows


def _spellings(keys: Keys) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each label of a table with its other spellings."""
    return tuple((label, keys.texts(label)) for label in keys.values)


def _factors(keys: Keys, own: set[str]) -> tuple[tuple[str, int], ...]:
    factors = tuple((element, keys.number(element)) for element in keys.values)
    for element, factor in factors:
        check_elements(keys, own, **{element: (element,)})
        if factor < 1:
            keys.fault("factor", element)
    return factors


def _carried(keys: Keys, own: set[str]) -> tuple[tuple[str, str], ...]:
    pairs = keys.paths("carried")
    for pair in pairs:
        check_elements(keys, own, carried=pair)
        if len(pair) != 2:
            keys.fault("paths", "carried")
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)


def _check_only(keys: Keys, form: Form) -> None:
    """A column that chooses rows needs its texts, and texts their column: else all rows or none would be read."""
    named = {f"only.{name}" for name, _ in form.only}
    for edition in form.editions:
        chosen = {column.role for column in edition.columns if column.role.startswith("only.")}
        for role in sorted(chosen ^ named):
            keys.fault("only", "only", role=role, edition=edition.edition)


def _check_title_units(keys: Keys, form: Form, own: Iterable[Element]) -> None:
    """A unit in which no element is counted would never be taken from a title."""
    units = {unit.casefold() for element in own for unit in element.unit.values()}
    for unit in form.title_units:
        scale, _, counted = unit.casefold().partition(" ")
        if scale not in SCALES or (counted and counted not in units):
            keys.fault("title_unit", "title_units", unit=unit, units=", ".join(sorted(units)))


def _check_labels(keys: Keys, form: Form) -> None:
    """Another spelling of a label that no column has would never be looked for."""
    known = {label for edition in form.editions for column in edition.columns for label in column.path}
    for label, _ in form.labels:
        if label not in known:
            keys.fault("no_label", "labels", label=label)


def _check_items(keys: Keys, form: Form) -> None:
    if form.items and form.item == "column":
        keys.fault("items_unasked", "items")
    if form.item == "sheet" and any(column.role == "item" for one in form.editions for column in one.columns):
        keys.fault("item_twice", "item")
    spelt: dict[str, str] = {}
    for item in form.items:
        for label in (item.item, *item.labels):
            if (other := spelt.setdefault(label.casefold(), item.item)) != item.item:
                keys.fault("item_label", "items", label=label, one=other, other=item.item)


def _editions(keys: Keys, own: set[str], elements: Mapping[str, Element]) -> tuple[Edition, ...]:
    columns_of: dict[str, tuple[Column, ...]] = {}
    editions = []
    for table in keys.tables("edition"):
        name = table.text("edition")
        if table.has("columns_of"):
            other = table.text("columns_of")
            if other not in columns_of:
                table.fault("no_edition", "columns_of", edition=other)
            columns = columns_of.get(other, ())
        else:
            columns = read_columns(table, own)
        columns_of[name] = columns
        valid_from = table.day("valid_from")
        if valid_from is None:
            table.fault("missing", "valid_from")
        edition = Edition(
            edition=name,
            valid_from=valid_from or date.min,
            valid_to=table.day("valid_to"),
            frequency=cast(Any, table.choice("frequency", ("month", "quarter", "year"))),
            deadline_days=table.number("deadline_days"),
            accumulates=cast(Any, table.choice("accumulates", ("none", "year", "ever"))),
            official=table.flag("official", False),
            source=table.text("source"),
            columns=columns,
        )
        if edition.valid_to and edition.valid_to < edition.valid_from:
            table.fault("ends_before_start", "valid_to")
        if edition.accumulates == "ever":
            check_ever(table, "accumulates", columns, elements)
        table.done()
        editions.append(edition)
    if not editions:
        keys.fault("missing", "edition")
    _check_overlap(keys, editions)
    return tuple(editions)


def check_ever(keys: Keys, key: str, columns: Iterable[Column], elements: Mapping[str, Element]) -> None:
    """Months of a flow are added up: of figures that never begin anew the sum would count the first month in all."""
    flows = {one.role for one in columns if one.role in elements and elements[one.role].kind == "flow"}
    if flows:
        keys.fault("flow_for_ever", key, elements=", ".join(sorted(flows)))


def _check_overlap(keys: Keys, editions: list[Edition]) -> None:
    for one in editions:
        for other in editions:
            same_header = one is not other and one.columns == other.columns
            if (
                same_header
                and one.edition < other.edition
                and one.valid_from <= (other.valid_to or date.max)
                and other.valid_from <= (one.valid_to or date.max)
            ):
                keys.fault("editions_overlap", "edition", one=one.edition, other=other.edition)


def read_columns(keys: Keys, own: set[str]) -> tuple[Column, ...]:
    columns = []
    for key, required in (("columns", True), ("optional", False)):
        for role, *path in keys.paths(key):
            total = role.partition("total.")[2] if role.startswith("total.") else ""
            if role not in own and total not in own and role not in ROLES and not _NAMED.fullmatch(role):
                keys.fault("unknown_role", key, role=role)
            # a row's number or its own sum carries no data: a sheet without it loses nothing
            columns.append(Column(role, tuple(path), required and role != "number" and not total))
    _check_placeholders(keys, columns, own)
    bound = [column.role for column in columns if column.role in own]
    for role in sorted({role for role in bound if bound.count(role) > 1}):
        keys.fault("bound_twice", "columns", element=role)
    if not bound:
        keys.fault("no_elements", "columns")
    return tuple(columns)


def _check_placeholders(keys: Keys, columns: list[Column], own: set[str]) -> None:
    for column in columns:
        for braced in (braced for label in column.path for braced in _BRACED.findall(label)):
            if braced not in {f"{{{name}}}" for name in PLACEHOLDERS}:
                keys.fault("placeholder", "columns", text=braced, options=", ".join(PLACEHOLDERS))
        if column.by_period and column.role not in own:
            keys.fault("period_of_role", "columns", role=column.role)
        if column.role.startswith("total.") and not any(one.by_period and one.role in own for one in columns):
            keys.fault("total_of_none", "columns", role=column.role)
