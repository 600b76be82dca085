"""A workspace whose names, cells, file names and codes are each an attack, and every output made of it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path

import xlsxwriter

from healthstats.workflows.init import init
from tests.faults.commands import command
from tests.submissions.bieu9 import FIGURES, Sheet, facility

FORMULAS = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠x",
    '=HYPERLINK("http://example.org","x")', "http://example.org", "mailto:x@example.org", "internal:'1'!A1",
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "javascript:alert(1)",
    '" onmouseover="alert(1)', "</title></script>", "{{7*7}}", "%s %(name)s {0} {name}", "'; drop table runs; --",
    "a | b [x](javascript:alert(1)) `c`", "[bold]x[/bold] [link=https://example.org]y[/link]", "&A&P&G", "x{}<!--",
)  # fmt: skip
TERMINAL = ("\x1b[31mđỏ\x1b[0m\x1b]8;;https://example.org\x07x", "\x9b31m", "abc\u202egnp.exe", "\u2066\u200fRTL\u2069",
            "một\nhai\r\tba", "\u2028x\u0085y")  # fmt: skip
NAMES = (*FORMULAS, *MARKUP, *TERMINAL)
FEW = ("=1+1", "＝1+1", "<script>alert(1)</script>", "http://example.org", TERMINAL[0], "abc\u202egnp.exe",
       "\tmột\nhai\r")  # fmt: skip
CODES = ("../../x", "CON", "C" * 300, "=1+1", "..", "a/b", "%s")
SHEET = str.maketrans(dict.fromkeys("[]:*?/\\'\0\x1b\r\n\t\x07", "_"))


def spoilt(base: Path, names: Sequence[str]) -> None:
    """Registers and an inbox; every facility of an attack's name is told in one file as its code, in one by name."""
    init(base, "vi")
    with (base / "pipelines" / "registers" / "facilities.csv").open("w", encoding="utf-8", newline="") as file:
        register = csv.writer(file)
        register.writerow(["facility", "name", "area", "type", "ownership", "valid_from"])
        for number, name in enumerate(names):
            group = names[number % 5], names[-1 - number % 5]
            register.writerow([f"79{number:03d}", f"{name} {number}", "79", *group, "2020-01-01"])
        register.writerows([code, f"Mã {number}", "79", "x", "y", "2020-01-01"] for number, code in enumerate(CODES))
    inbox = base / "data" / "raw" / "inbox"
    for name, content in sent(names):
        (inbox / os.fsdecode(name)).write_bytes(content)
    os.mkfifo(inbox / "fifo.csv")
    os.symlink("/etc/hostname", inbox / "link =1+1\x1b[31m.csv")


def sent(names: Sequence[str]) -> Iterator[tuple[bytes, bytes]]:
    for number, name in enumerate(names):
        stem = name.replace("/", "_").encode()
        code = f"79{number:03d}"
        months = [(f"{year}-{month:02d}", 100 + number) for year in (2022, 2023) for month in (1, 2, 3, 8)]
        rows: list[tuple[object, ...]] = [(code, month, "outpatient_visits", value) for month, value in months]
        rows += [(code, "2023-07", "outpatient_visits", name), (name, "2023-07", "outpatient_visits", 5)]
        yield stem + b".csv", table([*rows, (code, name, "outpatient_visits", 5), (code, "2023-07", name, 5)])
        if number % 3 == 0:
            bad = [*FIGURES[:4], name, *FIGURES[5:]]
            sheet = Sheet(
                [facility(name, f"{name} {number}", bad), facility(2, name)],
                name=f"{number} {name}".translate(SHEET)[:31],
                title=(name, "Báo cáo tháng 8 năm 2023", name),
            )
            yield stem + b".xlsx", book(sheet)
    yield b"\xff\xfe khong phai utf-8.csv", table([("79001", "2023-06", "outpatient_visits", "zz")])
    yield "tất cả mã.csv".encode(), table([(code, "2023-06", "outpatient_visits", 7) for code in CODES])


def table(rows: list[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([("facility", "period", "element", "value"), *rows])
    return out.getvalue().encode()


def book(sheet: Sheet) -> bytes:
    """A workbook in which every text is a text: a formula of the sender's own would be kept where he is answered."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    page = made.add_worksheet(sheet.name)
    for row, cells in enumerate(sheet.cells()):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    made.close()
    return out.getvalue()


SCREENS: dict[str, tuple[str, ...]] = {
    "ingest": ("ingest", "--workers", "1"),
    "ingest again": ("ingest", "--workers", "1"),
    "propose": ("ingest", "--retry", "--propose-register", "--propose-form", "--workers", "1"),
    "dry run": ("ingest", "--dry-run", "--retry", "--workers", "1"),
    "verify": ("verify",),
    "publish": ("publish", "annual", "2023", "--to", "html,xlsx", "-o", "{place}"),
    "mark": ("findings", "--mark", "{place}/marked"),
    "import": ("register", "import", "{list}", "--all"),
}
TABLES: dict[str, tuple[str, ...]] = {
    "findings": ("findings",),
    "growth by type": ("show", "growth", "2023", "--by", "type"),
    "status of a month": ("status", "2023-08"),
    "alias": ("alias",),
    "query": ("query", 'select name, media, 1 as "=1+1" from submissions'),
    "status": ("status",),
    "decomposition": ("show", "decomposition", "2023", "--by", "type"),
    "annex": ("show", "annex", "2023"),
    "coverage": ("show", "coverage", "2023"),
    "missing": ("show", "missing", "2023"),
    "awaiting": ("show", "awaiting"),
}
REFUSED = (
    ("show", "{}"), ("show", "growth", "{}"), ("show", "growth", "--area", "{}"), ("show", "growth", "--by", "{}"),
    ("show", "growth", "--indicator", "{}"), ("status", "{}"), ("findings", "--facility", "{}"),
    ("findings", "--code", "{}"), ("publish", "{}", "2023"), ("query", "{}"), ("alias", "{}", "{}"),
    ("ingest", "{}"), ("ingest", "--facility", "{}", "{}"), ("template", "{}", "--period", "2023-08"),
    ("template", "bieu9", "--period", "2023-08", "--facility", "{}"), ("findings", "--apply", "{}"),
    ("register", "import", "{}"), ("{}",),
)  # fmt: skip


def outputs(base: Path, place: Path, names: Sequence[str], tables: int) -> dict[str, bytes]:
    """Every output by its name, the ending of which tells its kind; a screen is .txt. `tables` bounds how many."""
    place.mkdir()
    listed = base / "a list.csv"
    told = [name for name in names if name.isprintable()]
    rows = [(f"79{number:03d}", name, "79", "x") for number, name in enumerate(told, start=500)]
    listed.write_bytes(table(rows).replace(b"period,element,value", b"name,area,type"))
    made = {}
    for name, words in SCREENS.items():
        given = [word.replace("{place}", str(place)).replace("{list}", str(listed)) for word in words]
        made[f"{name}.txt"] = screen(base, *given)
    for name, words in [*TABLES.items()][:tables]:
        made[f"{name}.txt"] = screen(base, *words)
        for kind in ("csv", "json", "md", "xlsx"):
            made[f"{name} into {kind}.txt"] = screen(base, *words, "-o", place / f"{name} as a file.{kind}")
    for number, code in enumerate((*(f"79{number:03d}" for number in range(min(len(names), 3))), *CODES)):
        words = ("template", "bieu9", "--period", "2023-08", "--facility", code)
        made[f"template {number}.txt"] = screen(base, *words, "-o", place / f"template {number}.xlsx")
    for number, words in enumerate(REFUSED):
        for name in names[number % 6 :: 6]:
            key = f"refused {' '.join(words)} {names.index(name)}.txt"
            made[key] = screen(base, *(word.replace("{}", name) for word in words))
    made["import and write.txt"] = screen(base, "register", "import", listed, "--yes", "--on", "2024-01-01")
    files = {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}
    register = base / "pipelines" / "registers" / "facilities.csv"
    return made | files | {"written into the register.csv": register.read_bytes().partition(b"%s,")[2]}


def screen(base: Path, *words: str | Path) -> bytes:
    # a blank form is written where one stands
    with chdir(base):
        _, out, err = command(base, *words)
    return (out + err).encode("utf-8", "backslashreplace")
