"""CSV and JSON: machine values of a table, every column that is not for screens alone."""

from __future__ import annotations

import csv as csv_writer
import io
import json as json_writer

from healthstats.domain.formula import is_formula
from healthstats.domain.table import Cell, Column, Table
from healthstats.render.figures import clean, machine
from healthstats.words import Lang, say


def csv(table: Table, lang: Lang) -> str:
    """One header line of column keys, '.' as decimal mark, nothing for an unknown value; a last column `synthetic`
    on every row of what is."""
    table = table.flat
    out = io.StringIO()
    writer = csv_writer.writer(out, lineterminator="\n")
    places = data_columns(table)
    banner = [say("page.synthetic", lang)] if table.synthetic else []
    writer.writerow([*(_field(Cell(table.columns[place].key)) for place in places), *(["synthetic"] if banner else [])])
    writer.writerows([[*(_field(row[place]) for place in places), *banner] for row in table.rows])
    return out.getvalue()


def json(table: Table, lang: Lang) -> str:
    """An object with `name`, `title`, `columns`, `rows` (one object a row) and `notes`; numbers keep every digit."""
    table = table.flat
    places = data_columns(table)
    columns = ",\n    ".join(_quoted(_described(table.columns[place])) for place in places)
    rows = ",\n    ".join(_object(table, row, places) for row in table.rows)
    notes = [say("page.synthetic", lang)] * table.synthetic + list(table.notes)
    parts = [
        f'  "name": {_quoted(table.name)}',
        f'  "title": {_quoted(clean(table.title))}',
        f'  "subtitle": {_quoted(clean(table.subtitle))}',
        f'  "synthetic": {_quoted(table.synthetic)}',
        f'  "columns": [\n    {columns}\n  ]',
        f'  "rows": [\n    {rows}\n  ]' if rows else '  "rows": []',
        f'  "notes": {_quoted([clean(note) for note in notes])}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def data_columns(table: Table) -> list[int]:
    return [place for place, column in enumerate(table.columns) if column.only != "screen"]


def _field(cell: Cell) -> str:
    if not isinstance(cell.value, str):
        return machine(cell.value)
    return "'" + clean(cell.value) if is_formula(cell.value) else clean(cell.value)


def _object(table: Table, row: tuple[Cell, ...], places: list[int]) -> str:
    return "{" + ", ".join(f"{_quoted(table.columns[place].key)}: {_value(row[place])}" for place in places) + "}"


def _value(cell: Cell) -> str:
    if cell.value is None:
        return "null"
    if isinstance(cell.value, str | tuple):
        return _quoted(clean(cell.value) if isinstance(cell.value, str) else machine(cell.value))
    # written by hand: json's own floats would lose digits of a DECIMAL
    return machine(cell.value)


def _described(column: Column) -> dict[str, str]:
    words = {"key": column.key, "label": column.label, "group": column.group, "unit": column.unit}
    return {name: clean(text) for name, text in words.items() if text}


def _quoted(value: object) -> str:
    return json_writer.dumps(value, ensure_ascii=False)
