"""Biểu 9 workbooks as a department's month brings them: 30 facilities a sheet, packed as people send them."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from healthstats.definitions import load
from healthstats.domain.form import Column
from healthstats.domain.period import Period
from healthstats.synthetic.workbook import Row, Sheet, Value
from healthstats.synthetic.xlsx import xlsx
from healthstats.workflows.init import init

FACILITIES = 30
SENDERS = 100
FIRST_YEAR = 2015
REPOSITORY = Path(__file__).parent.parent


def make_workspace(folder: Path, files: int) -> None:
    """A workspace that knows every facility, with `files` workbooks in its inbox; the same bytes each time."""
    init(folder, "vi")
    with (folder / "pipelines" / "registers" / "facilities.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("facility", "name", "area", "type"))
        for sender in range(min(SENDERS, files)):
            rows.writerows((code, name, "79", "BV") for code, name in members(sender))
    for number, data in enumerate(workbooks(files)):
        (folder / "data" / "raw" / "inbox" / f"bieu9-{number:04d}.xlsx").write_bytes(data)


def members(sender: int) -> Iterator[tuple[str, str]]:
    """The codes and names of the facilities that one sender reports for."""
    for place in range(FACILITIES):
        yield f"79{sender:03d}{place:02d}", f"Trung tâm Y tế khu vực {sender + 1} cơ sở {place + 1}"


def workbooks(files: int) -> Iterator[bytes]:
    """The senders' months in turn, from January of FIRST_YEAR."""
    form = load(REPOSITORY).forms["bieu9"].editions[0]
    number = Column("number", ("TT",), required=False)
    columns = (number, *(column for column in form.columns if column.required))
    chance = random.Random(9)
    for file in range(files):
        sender, months = file % SENDERS, file // SENDERS
        month = Period("month", FIRST_YEAR + months // 12, months % 12 + 1)
        named = [{"number": place, "facility.name": name} for place, (_, name) in enumerate(members(sender), start=1)]
        figures = [_figures(columns[2:], chance) for _ in named]
        total = {column.role: sum(row[column.role] for row in figures) for column in columns[2:]}
        sheet = Sheet(
            name="Biểu 9",
            heading=("Biểu số 9/BCT", f"Báo cáo tháng {month.index} năm {month.year}"),
            columns=columns,
            rows=(_row({"facility.name": "TỔNG SỐ"}, total), *map(_row, named, figures)),
            footer=("Người lập biểu",),
        )
        yield _packed(xlsx([sheet]))


def _figures(columns: tuple[Column, ...], chance: random.Random) -> dict[str, int]:
    """Whole numbers that keep the form's rules: a part is a share of its total, which stands before it."""
    total, figures = 0, {}
    for column in columns:
        if column.role.endswith(("_female", "_insured", "_traditional", "_under15")):
            figures[column.role] = total * chance.randint(5, 80) // 100
        elif column.role == "facilities":
            figures[column.role] = 1
        elif column.role == "inpatient_days":
            figures[column.role] = figures["inpatient_stays"] * chance.randint(3, 9)
        else:
            total = figures[column.role] = chance.randint(20, 9_000)
    return figures


def _row(named: dict[str, Value], figures: dict[str, int]) -> Row:
    return Row({**named, **figures})


def _packed(data: bytes) -> bytes:
    """The product's own workbooks are stored, to be the same everywhere; what people send is deflated."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(member, source.read(member), ZIP_DEFLATED)
    return buffer.getvalue()
