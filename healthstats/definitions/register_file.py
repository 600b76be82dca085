"""Writes into the analyst's own registers in the manner the file is written in: what is not touched stays, byte by
byte, and the file changes whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from healthstats.definitions.sources import delimiter_of
from healthstats.domain.formula import is_formula
from healthstats.errors import UsageError

MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to add: column → text, over a copy of the `base`-th line, or over a blank one."""

    values: Mapping[str, str]
    base: int | None = None


def read_register(path: Path) -> str:
    """The register's text with its own line ends and byte order mark; UsageError where it is no UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError("register_not_utf8", path=path) from None


def rewritten(text: str, changed: Mapping[int, Mapping[str, str]], added: Iterable[NewLine]) -> str:
    """`text` with columns of some lines changed (lines count from 0 below the heading, blank ones left out) and lines
    added at the end. A column that the heading lacks is added to every line, if there is text for it. UsageError for
    what a spreadsheet would run on opening the register."""
    mark = MARK if text.startswith(MARK) else ""
    body = text.removeprefix(MARK)
    delimiter = delimiter_of(body)
    newline = "\r\n" if body.partition("\n")[0].endswith("\r") else "\n"
    (head, names), *records = _records(body, delimiter) if body.strip() else [("", [])]
    names = [name.strip() for name in names]
    added = tuple(added)
    told = (*changed.values(), *(line.values for line in added))
    for name, value in ((name, value) for values in told for name, value in values.items()):
        if is_formula(value):
            raise UsageError("register_formula", column=name, text=value)
    wanted = (name for values in told for name, text in values.items() if text)
    new = [name for name in dict.fromkeys(wanted) if name not in names]
    blank = dict.fromkeys([*names, *new], "")

    def written(cells: Iterable[str]) -> str:
        out = io.StringIO()
        # csv quotes a line break in a name only where the end of a line has one too
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
        return out.getvalue().removesuffix("\r\n")

    lines = [head.rstrip("\r\n") + "".join((delimiter if names or at else "") + name for at, name in enumerate(new))]
    filled: list[dict[str, str]] = []
    for raw, cells in records:
        if any(cell.strip() for cell in cells):
            record = dict(zip(names, cells, strict=True))
            edit = changed.get(len(filled), {})
            filled.append(record)
            if edit:
                raw = written({**blank, **record, **edit}[name] for name in blank)
            else:
                raw = raw.rstrip("\r\n") + delimiter * len(new)
        lines.append(raw.rstrip("\r\n"))
    for line in added:
        base = filled[line.base] if line.base is not None else {}
        lines.append(written({**blank, **base, **line.values}[name] for name in blank))
    return mark + newline.join(lines) + newline


def _records(text: str, delimiter: str) -> Iterator[tuple[str, list[str]]]:
    """Every record with its own bytes: a name may hold a line break."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    first = 0
    for cells in reader:
        yield "".join(lines[first : reader.line_num]), cells
        first = reader.line_num


def add_facilities(register: Path, rows: Iterable[Mapping[str, str]]) -> int:
    """Appends `rows` (column → text; new columns are added to the heading) and says how many."""
    lines = [NewLine(row) for row in rows]
    if lines:
        before = read_register(register)
        replace_register(register, before, rewritten(before, {}, lines))
    return len(lines)


def replace_register(path: Path, before: str, after: str, check: Callable[[Path], None] = lambda path: None) -> None:
    """Puts `after` in the place of `before`. UsageError where the register is no longer what was read; what `check`
    raises of the new file, before it counts, leaves the old one as it is."""
    path = path.resolve()
    beside = path.with_suffix(".csv.new")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(after)
            file.flush()
            # a rename may reach the disk before the bytes: after a power cut the register would be empty
            os.fsync(file.fileno())
        check(beside)
        if path.exists():
            # between the question and the yes the analyst may have saved it in Excel: those lines would be lost
            if read_register(path) != before:
                raise UsageError("register_changed_meanwhile", path=path)
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
