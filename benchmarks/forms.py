"""Biểu 9 workbooks as a department's month brings them: 30 facilities a sheet, packed as people send them."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
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
SHARES = ("_female", "_insured", "_traditional", "_under15")
SEASON = (0.95, 0.85, 1.05, 1.0, 1.0, 1.05, 1.1, 1.1, 1.05, 1.0, 0.95, 0.9)
"""January to December, beside a usual month: few come at Tết, many in the months of rain."""
REPOSITORY = Path(__file__).parent.parent


def make_workspace(folder: Path, files: int, *, wild: bool = False) -> None:
    """A workspace that knows every facility, with `files` workbooks in its inbox; the same bytes each time. `wild`:
    every figure is drawn anew each month, as no facility's are, and the rules over history find thousands of jumps."""
    init(folder, "vi")
    with (folder / "pipelines" / "registers" / "facilities.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("facility", "name", "area", "type"))
        for sender in range(min(SENDERS, files)):
            rows.writerows((code, name, "79", "BV") for code, name in members(sender))
    for number, data in enumerate(workbooks(files, wild=wild)):
        (folder / "data" / "raw" / "inbox" / f"bieu9-{number:04d}.xlsx").write_bytes(data)


def members(sender: int) -> Iterator[tuple[str, str]]:
    """The codes and names of the facilities that one sender reports for."""
    for place in range(FACILITIES):
        yield f"79{sender:03d}{place:02d}", f"Trung tâm Y tế khu vực {sender + 1} cơ sở {place + 1}"


def workbooks(files: int, *, wild: bool = False) -> Iterator[bytes]:
    """The senders' months in turn, from January of FIRST_YEAR."""
    form = load(REPOSITORY).forms["bieu9"].editions[0]
    number = Column("number", ("TT",), required=False)
    columns = (number, *(column for column in form.columns if column.required))
    chance = random.Random(9)
    usual = [Usual.drawn(columns[2:], chance) for _ in range(min(SENDERS, files) * FACILITIES)]
    for file in range(files):
        sender, months = file % SENDERS, file // SENDERS
        month = Period("month", FIRST_YEAR + months // 12, months % 12 + 1)
        named = [{"number": place, "facility.name": name} for place, (_, name) in enumerate(members(sender), start=1)]
        own = usual[sender * FACILITIES :][:FACILITIES]
        figures = [(Usual.drawn(columns[2:], chance) if wild else one).month(month.index, chance) for one in own]
        total = {column.role: sum(row[column.role] for row in figures) for column in columns[2:]}
        sheet = Sheet(
            name="Biểu 9",
            heading=("Biểu số 9/BCT", f"Báo cáo tháng {month.index} năm {month.year}"),
            columns=columns,
            rows=(_row({"facility.name": "TỔNG SỐ"}, total), *map(_row, named, figures)),
            footer=("Người lập biểu",),
        )
        yield _packed(xlsx([sheet]))


@dataclass(frozen=True, slots=True)
class Usual:
    """What a facility does in a month, by column in the order of the sheet: a count of its own, or its share in percent
    of the total that stands before it, or days a stay."""

    levels: dict[str, int]

    @classmethod
    def drawn(cls, columns: tuple[Column, ...], chance: random.Random) -> Usual:
        return cls({column.role: _level(column.role, chance) for column in columns})

    def month(self, index: int, chance: random.Random) -> dict[str, int]:
        """Whole numbers that keep the form's rules: as busy as the season is, give or take a sixth, and each figure a
        twentieth."""
        busy = SEASON[index - 1] * chance.uniform(0.85, 1.15)
        total, figures = 0, {}
        for role, level in self.levels.items():
            swing = chance.uniform(0.95, 1.05)
            if role.endswith(SHARES):
                figures[role] = min(round(total * level * swing / 100), total)
            elif role == "facilities":
                figures[role] = level
            elif role == "inpatient_days":
                figures[role] = max(round(figures["inpatient_stays"] * level * swing), figures["inpatient_stays"])
            else:
                total = figures[role] = round(level * busy * swing)
        return figures


def _level(role: str, chance: random.Random) -> int:
    if role.endswith(SHARES):
        return chance.randint(5, 80)
    if role == "facilities":
        return 1
    return chance.randint(3, 9) if role == "inpatient_days" else chance.randint(20, 9_000)


def _row(named: dict[str, Value], figures: dict[str, int]) -> Row:
    return Row({**named, **figures})


def _packed(data: bytes) -> bytes:
    """The product's own workbooks are stored, to be the same everywhere; what people send is deflated."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(member, source.read(member), ZIP_DEFLATED)
    return buffer.getvalue()
