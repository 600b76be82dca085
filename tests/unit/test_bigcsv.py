"""A large long CSV is judged block by block exactly as a small one is record by record: cell by cell, word by word."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthstats.definitions import load
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.form import Rule
from healthstats.domain.period import Period
from healthstats.domain.reading import Observations, Reading
from healthstats.intake.context import Context, Hints
from healthstats.intake.csvfiles import longdraft, longtally
from healthstats.intake.csvfiles.longcsv import broken_csv, read_long_csv
from healthstats.intake.csvfiles.records import BrokenCsv
from healthstats.intake.large import blocks, sieve
from healthstats.intake.large import bounds as bigbounds
from healthstats.intake.large import csvfile as bigcsv
from healthstats.intake.large.bounds import most_records
from healthstats.intake.large.csvfile import read_big_csv
from healthstats.intake.large.spool import Spool
from healthstats.intake.letters.text import decode
from healthstats.intake.names import NameIndex

ROOT = Path(__file__).parents[2]
HEADER = "facility,period,element,value\n"
SPELLS = tuple(
    FacilitySpell(code, name, "79", first, last, successor, None, {}, stands_for)
    for code, name, first, last, successor, stands_for in (
        ("79001", "Bệnh viện Quận 1", None, None, None, 1),
        ("01C51", "Trạm y tế Hòa Bình", None, None, None, 1),
        ("79020", "Phòng khám Cũ", None, date(2020, 12, 31), None, 1),
        ("79030", "Bệnh viện Tân Bình", None, date(2026, 7, 31), "79031", 1),
        ("79031", "Bệnh viện Tân Bình mới", date(2026, 8, 1), None, None, 1),
        ("79040", "Trạm y tế An Phú", None, date(2026, 7, 31), None, 1),
        ("79041", "Trạm y tế An Phú", date(2026, 8, 1), None, None, 1),
        ("79050", "Trung tâm y tế", None, None, None, ("01C51",)),
    )
)


@cache
def definitions() -> Definitions:
    loaded = load(ROOT)
    form = loaded.forms["bieu9"]
    adds_up = Rule("PARTS_DIFFER", "sum", "lab_tests", ("xrays", "ct_scans"), "error")
    stern = (*(replace(rule, severity="error") for rule in form.rules[:1]), *form.rules[1:], adds_up)
    return replace(loaded, facilities=SPELLS, forms={**loaded.forms, "bieu9": replace(form, rules=stern)})


def context(**hints: str | Period) -> Context:
    return Context(
        definitions(),
        NameIndex.of(SPELLS, ()),
        Hints(**hints),
        "BC (sửa 2).csv",
        today=date(2026, 9, 30),  # type: ignore[arg-type]
    )


def in_blocks(data: bytes, known: Context, block: int) -> Reading | None:
    with tempfile.TemporaryDirectory() as folder:
        path, spool = Path(folder, "csv"), Spool(Path(folder, "spool"), data.count(b"\n") + data.count(b"\r") + 1)
        path.write_bytes(data)
        spool.create()
        try:
            reading = read_big_csv(path, known, spool, block)
        except BrokenCsv as broken:
            return broken_csv(broken)
        if reading is None:
            return None
        return replace(reading, observations=in_memory(reading.observations))


def in_memory(cells: Observations) -> Observations:
    columns = {
        name: getattr(cells, name).tolist() for name in ("report", "element", "value", "accepted", "row", "column")
    }
    of = {"qualifier": cells.qualifier, "status": cells.status}
    return Observations(**columns, text=dict(cells.text), item=dict(cells.item), **of)


def told(reading: Reading) -> dict[str, object]:
    columns = {
        name: [*getattr(reading.observations, name)]
        for name in ("report", "element", "value", "accepted", "row", "column")
    }
    return {
        "media": reading.media,
        "reports": [*reading.reports],
        "elements": reading.elements,
        **columns,
        "text": dict(reading.observations.text),
        "item": dict(reading.observations.item),
        "qualifier": reading.observations.qualifier,
        "status": reading.observations.status,
        "findings": [asdict(finding) for finding in reading.findings],
        "counts": asdict(reading.counts),
        "unknown": reading.unknown,
        "verdict": reading.verdict,
    }


def same(text: str, block: int = 96, **hints: str | Period) -> Reading:
    """Judged both ways, with one answer; the blocks are so small that a file has many."""
    by_record = read_long_csv(decode(text.encode())[0], context(**hints))
    by_block = in_blocks(text.encode(), context(**hints), block)
    assert by_record is not None
    assert by_block is not None
    assert told(by_block) == told(by_record)
    return by_block


def test_plain_records() -> None:
    reading = same(HEADER + "01C51,2026-08,xrays,120\n79001,2026-08,xrays,340\n01C51,2026-07,ct_scans,7\n" * 9)
    assert (reading.counts.accepted, len(reading.reports)) == (3, 3)


def test_cells_alike_are_told_one_by_one_up_to_a_number_and_then_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longdraft, "MOST_ALIKE", 2)
    months = [f"79001,2026-0{month}" for month in range(1, 6)]
    reading = same(
        HEADER + "".join(f"{month},xrays,-1\n{month},ct_scans,ba\n{month},lab_tests,7\n" for month in months)
    )
    assert [(each.code, each.cell, each.element) for each in reading.findings if each.cell] == [
        ("NEGATIVE", "D2", "xrays"),
        ("NOT_A_NUMBER", "D3", "ct_scans"),
        ("NEGATIVE", "D5", "xrays"),
        ("NOT_A_NUMBER", "D6", "ct_scans"),
    ]
    rest = [
        (each.code, each.severity, each.element, each.params["cells"]) for each in reading.findings if not each.cell
    ]
    assert rest == [("MORE_ALIKE", "error", "xrays", 5), ("MORE_ALIKE", "error", "ct_scans", 5)]
    assert (reading.counts.accepted, reading.counts.quarantined) == (5, 10)
    assert [*reading.observations.text.values()] == ["-1", "ba"] * 5


def test_a_record_whose_quote_is_never_closed_is_not_looked_for_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bigcsv, "MOST_RECORD", 200)
    taken: list[int] = []
    cut = bigcsv.read_records
    monkeypatch.setattr(bigcsv, "read_records", lambda text, *rest: taken.append(len(text)) or cut(text, *rest))
    reading = in_blocks((HEADER + '79001,2026-08,"xrays,5\n' + "79001,2026-08,xrays,5\n" * 90).encode(), context(), 96)
    assert reading is not None
    assert [(each.code, each.cell) for each in reading.findings] == [("CSV_QUOTE", "A2")]
    assert max(taken) < 400


@pytest.mark.parametrize("ragged", [2, 9])
def test_broken_letters_on_lines_left_out_are_seen_too(monkeypatch: pytest.MonkeyPatch, ragged: int) -> None:
    monkeypatch.setattr(blocks, "MOST_SKIPPED", 3)
    known = HEADER + "79001,2026-08,xrays,5\n79001,2026-08,ct_scans,ơ\n"
    assert in_blocks((known + "79001,ơ\n" * ragged).encode(), context(), 1000) is not None
    assert in_blocks(known.encode() + b"79001,\xff\n" * ragged, context(), 1000) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_room_is_made_for_records_and_not_for_blank_lines(
    tmp_path: Path, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bigbounds, "CHUNK", 7)
    (tmp_path / "csv").write_bytes(f"a,b{end * 900}1,2{end}3,4{end * 500}".encode())
    assert 3 <= most_records(tmp_path / "csv") < 20


FACILITIES = ["79001", "01C51", "79020", "79030", "79031", "79040", "Trạm y tế An Phú", "Bệnh viện Quận 1", "79999", ""]
FACILITIES += ["79001 - Kho thuốc", " 79001 ", "Tổng cộng", "79050"]
PERIODS = ["2026-08", "T8/2026", "2026-07", "?", "", "2026-12", "2001-01", "2020-11", "2026-Q1"]
ELEMENTS = ["xrays", "Lần chụp X quang", "ct_scans", "lab_tests", "outpatient_visits", "outpatient_visits_female"]
ELEMENTS += ["none", "", "inpatient_days", "inpatient_stays", "Lượt khám"]
VALUES = [
    "5",
    "6",
    "7",
    "12",
    "1.234",
    "",
    "x",
    "-1",
    "5,0",
    "007",
    "+5",
    " 8",
    "0x10",
    "1_000",
    "１２",
    "0",
    "00",
    "..",
    "-",
]
VALUES += [
    "99999999999999",
    "100000000000000",
    "5.12345",
    "1,42",
    "#REF!",
    "12 ca",
    "7 lần",
    "<5",
    "5 (ước)",
    "ước 5",
    "gần 7",
    "(7)",
    "31/12/2023",
    "5 ",
    "\u037e",
    "5e3",
    "3" * 20,
    "½",
]
FIELDS = st.tuples(*map(st.sampled_from, (FACILITIES, PERIODS, ELEMENTS, VALUES)))
ODD_LINES = ["", ",,,", ";;;", "79001;2026-08;xrays", "79001;2026-08;xrays;5;6", ";;", "   ", '"";"";"";""', "\t"]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Records with faults, quotes, breaks within fields, lines of any end."""
    lines = []
    for _ in range(draw(st.integers(0, 14))):
        fields = [*draw(FIELDS)]
        quoted = draw(st.sampled_from(["", "", "", "one", "all", "break", "within"]))
        if quoted == "one":
            fields[draw(st.integers(0, 3))] += '"'
        if quoted in ("all", "within", "break"):
            inner = {"all": "", "within": '""', "break": "\n"}[quoted]
            fields = [f'"{field}{inner if at == 2 else ""}"' for at, field in enumerate(fields)]
        lines.append(";".join(fields))
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(st.sampled_from(ODD_LINES)))
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n"], ["\n", "\r"], ["\r"]]))
    lines = [repeated for line in lines for repeated in [line] * draw(st.sampled_from([1, 1, 1, 7]))]
    text = "facility;period;element;value\n" + "".join(line + draw(st.sampled_from(ends)) for line in lines)
    return text if draw(st.booleans()) else text.rstrip("\r\n") + ("" if lines else "\n")


@settings(max_examples=400, deadline=None)
@given(files(), st.sampled_from([40, 100, 1000]), st.sampled_from([0, 2, 256]), st.sampled_from([2, 200]))
def test_blocks_and_records_agree_on_any_file(text: str, block: int, skipped: int, alike: int) -> None:
    with pytest.MonkeyPatch.context() as bounds:
        bounds.setattr(blocks, "MOST_SKIPPED", skipped)
        bounds.setattr(longdraft, "MOST_ALIKE", alike)
        bounds.setattr(longtally, "MOST_RAGGED", alike)
        bounds.setattr(sieve, "MOST_RAGGED", alike)
        by_record = read_long_csv(decode(text.encode())[0], context())
        by_block = in_blocks(text.encode(), context(), block)
    assert by_record is not None
    # a header that a lone carriage return ends, or letters of no one code, are for the reader of small files
    if by_block is None:
        lone = "\r" in text.partition("\n")[0].rstrip("\r") or "\n" not in text
        assert lone or (not text.isascii() and all(letter <= "\xff" for letter in text))
    else:
        assert told(by_block) == told(by_record)
