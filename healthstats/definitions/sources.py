"""Which definition files are in effect: the package's, each replaced by a workspace file of the same path."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from healthstats.definitions.faults import Faults, Keys

CONFIG = "healthstats.toml"
REGISTERS = ("facilities", "aliases", "areas", "area_aliases", "area_changes", "populations", "plans")
SHIPPED = (
    "elements*.csv",
    "indicators/*.toml",
    "forms/*.toml",
    "models/**/*.sql",
    "checks/*.sql",
    "publications/*.toml",
    "mistakes.toml",
)


def shipped_pipelines() -> Path:
    """The pipelines/ that come with the package: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent.parent / "pipelines"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "pipelines"


@dataclass(frozen=True, slots=True)
class Sources:
    """Relative path under pipelines/ → the file in effect."""

    files: dict[str, Path]

    @classmethod
    def of(cls, workspace: Path, tried: Iterable[tuple[str, Path]] = ()) -> Sources:
        shipped, own = shipped_pipelines(), workspace / "pipelines"
        files = {
            path.relative_to(root).as_posix(): path
            for root in (shipped, own)
            for pattern in SHIPPED
            for path in sorted(root.glob(pattern))
        }
        files |= {f"registers/{name}.csv": own / "registers" / f"{name}.csv" for name in REGISTERS}
        files |= dict(tried)
        return cls(dict(sorted(files.items())))

    def under(self, *prefixes: str) -> Iterator[tuple[str, Path]]:
        return ((name, path) for name, path in self.files.items() if name.startswith(prefixes))

    def digest(self, prefixes: tuple[str, ...], *salt: object) -> str:
        """One hash of the files whose path starts with one of `prefixes`, and of `salt`."""
        total = hashlib.sha256(repr(salt).encode())
        for name, path in self.under(*prefixes):
            content = path.read_bytes() if path.exists() else b""
            total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        return total.hexdigest()


def read_toml(path: Path, shown: str, faults: Faults) -> Keys:
    """The TOML file as Keys; one that cannot be parsed is a fault with its line, and empty."""
    try:
        return Keys(tomllib.loads(path.read_text("utf-8")), shown, faults)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.add("toml", shown, "", problem=str(error))
        return Keys({}, shown, faults)


@dataclass(slots=True)
class Line:
    """One record of a definition CSV with its line in the file, read column by column."""

    values: dict[str, str]
    file: str
    line: int
    faults: Faults

    def fault(self, key: str, **params: object) -> None:
        self.faults.add(key, self.file, str(self.line), **params)

    def text(self, column: str) -> str:
        if not self.values[column]:
            self.fault("blank", column=column)
        return self.values[column]

    def maybe(self, column: str) -> str | None:
        return self.values.get(column) or None

    def choice(self, column: str, options: Iterable[str]) -> str:
        value = self.values[column]
        if value not in options:
            self.fault("choice", text=value, options=", ".join(options))
        return value

    def day(self, column: str) -> date | None:
        """`2023-12-31`, or `31/12/2023` as a spreadsheet saves it; None where blank."""
        text = self.values.get(column, "")
        day = _day(text) if text else None
        if text and day is None:
            self.fault("not_date", column=column, text=text)
        return day


@cache
def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def read_lines(path: Path, shown: str, columns: Iterable[str], faults: Faults) -> list[Line]:
    """The records of a definition CSV (UTF-8, `,` or `;`) whose heading must hold `columns`; faults carry lines."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        faults.add("no_file", shown, "")
        return []
    except UnicodeDecodeError as error:
        faults.add("not_utf8", shown, str(text_line(path.read_bytes(), error.start)))
        return []
    reader = csv.reader(lines_of(text), delimiter=delimiter_of(text))
    heading = [name.strip() for name in next(reader, [])]
    for name in columns:
        if name not in heading:
            faults.add("no_column", shown, "1", column=name)
    if any(name not in heading for name in columns) or len(set(heading)) < len(heading):
        if len(set(heading)) < len(heading):
            faults.add("column_twice", shown, "1")
        return []
    lines = []
    for record in reader:
        cells = [*map(str.strip, record)]
        if not any(cells):
            continue
        if len(record) != len(heading):
            faults.add("ragged", shown, str(reader.line_num), found=len(record), wanted=len(heading))
            continue
        lines.append(Line(dict(zip(heading, cells, strict=True)), shown, reader.line_num, faults))
    return lines


def lines_of(text: str) -> Iterator[str]:
    """The lines as csv and a spreadsheet end them: a name may hold what else Python takes for an end."""
    return io.StringIO(text, newline="")


def delimiter_of(text: str) -> str:
    """`;` where the heading uses it, as a Vietnamese Excel does; else `,`."""
    heading = text.partition("\n")[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def text_line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
