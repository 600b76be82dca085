"""What a file of forms/ may hold beside a form: the form's own elements, or another layout of a form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any, cast

from healthstats.definitions.faults import Keys
from healthstats.definitions.forms import check_ever, read_columns, read_form, read_markers, read_rows
from healthstats.domain.element import Element
from healthstats.domain.form import Column, Form


def read_forms(files: Iterable[Keys], elements: dict[str, Element]) -> dict[str, Form]:
    """Code → Form, with its layouts, a history with its form's labels too; the elements that the files define are added
    to `elements`."""
    files = list(files)
    for keys in files:
        _add_elements(keys, elements)
    forms: dict[str, Form] = {}
    for keys in (keys for keys in files if not keys.has("layout_of")):
        form = read_form(keys, elements)
        if form.form in forms:
            keys.fault("form_twice", "form", form=form.form)
        forms[form.form] = form
    for keys in (keys for keys in files if keys.has("layout_of")):
        _add_layout(keys, forms, elements)
    return {
        code: _with_labels_of(forms[form.history_of], form) if form.history_of in forms else form
        for code, form in forms.items()
    }


def _add_elements(keys: Keys, elements: dict[str, Element]) -> None:
    form = keys.text("layout_of" if keys.has("layout_of") else "form")
    for table in keys.tables("element"):
        code = table.text("element")
        if code in elements:
            table.fault("element_twice", "element", element=code)
        elements[code] = Element(
            element=code,
            form=form,
            kind=cast(Any, table.choice("kind", ("flow", "stock", "cumulative", "ratio"))),
            type=cast(Any, table.choice("type", ("count", "decimal"))),
            unit=table.names("unit"),
            name=table.names("name"),
        )
        table.done()


def _add_layout(keys: Keys, forms: dict[str, Form], elements: dict[str, Element]) -> None:
    """A header more, and what else such files call a total or a missing value. It never takes anything away."""
    code = keys.text("layout_of")
    keys.text("source")
    if not keys.flag("reviewed", True):
        keys.fault("not_reviewed", "reviewed")
    columns = read_columns(keys, {name for name, element in elements.items() if element.form == code})
    rows, markers = read_rows(keys.table("rows")), read_markers(keys.table("markers"))
    keys.done()
    form = forms.get(code)
    if form is None:
        keys.fault("no_form_here", "layout_of", form=code)
    elif any(columns == edition.columns for edition in form.editions) or columns in form.layouts:
        keys.fault("layout_known", "columns", form=code)
    else:
        if any(edition.accumulates == "ever" for edition in form.editions):
            check_ever(keys, "columns", columns, elements)
        forms[code] = replace(
            form,
            layouts=(*form.layouts, columns),
            rows=type(rows)(
                form.rows.total + rows.total,
                form.rows.section + rows.section,
                form.rows.of_which + rows.of_which,
                form.rows.end + rows.end,
            ),
            markers=type(markers)(
                form.markers.zero + markers.zero,
                form.markers.missing + markers.missing,
                form.markers.not_applicable + markers.not_applicable,
            ),
        )


def _with_labels_of(told: Form, history: Form) -> Form:
    """The history, its columns also known by what the form that it tells of calls them: by the lowest label where no
    other column has it (`Nữ` stands under visits and under stays), else with those above it."""
    others = dict(told.labels)
    columns = _columns(told)
    roles: dict[str, set[str]] = {}
    for column in columns:
        roles.setdefault(column.path[-1], set()).add(column.role)
    spelt = dict(history.labels)
    taken = {label.casefold() for label in chain(*spelt.values(), *(one.path for one in _columns(history)))}
    for own in (one for one in _columns(history) if len(one.path) == 1):
        for column in (one for one in columns if one.role == own.role and not one.by_period):
            leaf = column.path[-1]
            said = (" ".join(column.path), *((leaf, *others.get(leaf, ())) if len(roles[leaf]) == 1 else ()))
            new = dict.fromkeys(label for label in said if label.casefold() not in taken)
            taken |= {label.casefold() for label in new}
            spelt[own.path[0]] = (*spelt.get(own.path[0], ()), *new)
    return replace(history, labels=tuple((label, said) for label, said in spelt.items() if said))


def _columns(form: Form) -> list[Column]:
    return [column for edition in form.editions for column in edition.columns]
