"""Writes rows into the analyst's own facility register, in the manner the file is written in."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from healthstats.definitions.sources import delimiter_of


def add_facilities(register: Path, rows: Iterable[Mapping[str, str]]) -> int:
    """Appends `rows` (column → text; new columns are added to the heading); the file changes whole or not at all."""
    text = register.read_text("utf-8-sig")
    delimiter = delimiter_of(text)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    heading, lines, added = list(reader.fieldnames or ()), list(reader), 0
    for row in rows:
        heading += [name for name in row if name not in heading]
        lines.append(dict(row))
        added += 1
    if added:
        written = io.StringIO()
        writer = csv.DictWriter(written, heading, restval="", delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
        _replace(register, written.getvalue())
    return added


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".csv.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        # a rename may reach the disk before the bytes: after a power cut the register would be empty
        os.fsync(file.fileno())
    beside.replace(path)
