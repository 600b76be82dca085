"""The zoo: one bad file a defect, each with the findings it gets. None of them raises, and no cell is lost."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import healthstats.intake
from healthstats.domain.finding import Finding
from healthstats.words import CATALOGUE, LANGUAGES, say
from tests.submissions.bieu9 import (
    FIGURES,
    HEADER,
    Sheet,
    changed,
    codes,
    facility,
    read,
    xls,
    xlsx,
)

NAME = "Bệnh viện Quận 1"
GOOD = xlsx(Sheet([facility(1, NAME)]))


def one(**cells: object) -> bytes:
    """A workbook of one facility, some cells other than usual."""
    return xlsx(Sheet([facility(1, NAME, changed(**cells))]))


def without(column: int) -> bytes:
    header = [[cell for at, cell in enumerate(row) if at != column] for row in HEADER]
    row = [cell for at, cell in enumerate(facility(1, NAME)) if at != column]
    return xlsx(Sheet([row], header=header, merged=False, numbers=None))


def rewritten(member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one member of its zip changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return out.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

OLD = xls(Sheet([facility(1, NAME)]))
EXTENT, TEXTS = b"\x00\x02\x0e\x00", b"\xfc\x00"


def restated(record: bytes, at: int, size: int) -> bytes:
    """An .xls in which one record states another size, `at` bytes behind its beginning."""
    place = OLD.index(record) + at
    return OLD[:place] + struct.pack("<I", size) + OLD[place + 4 :]


REFUSED = {
    "empty": (b"", "FILE_EMPTY"),
    "truncated": (GOOD[:3000], "FILE_TRUNCATED"),
    "truncated-xls": (xls(Sheet([facility(1, NAME)]))[:3000], "FILE_TRUNCATED"),
    "a-page-of-another-kind": (b"<html><table><tr><td>TT</td></tr></table></html>", "UNKNOWN_LAYOUT"),
    "half-a-sheet": (rewritten(SHEET, lambda xml: xml[: len(xml) // 2]), "FILE_DAMAGED"),
    "unknown-encoding": (
        rewritten("xl/workbook.xml", lambda xml: xml.replace(b"UTF-8", b"UTF-9")),
        "FILE_DAMAGED",
    ),
    "far-cell": (rewritten(SHEET, lambda xml: xml.replace(b"</sheetData>", FAR)), None),
    "two-thousand-million-texts-stated": (
        rewritten(STRINGS, lambda xml: re.sub(b'uniqueCount="[0-9]+"', b'uniqueCount="2147483648"', xml)),
        "FILE_DAMAGED",
    ),
    "two-thousand-million-texts-stated-xls": (
        restated(TEXTS + OLD[OLD.index(TEXTS) + 2 :][:2], 8, 2**31 - 1),
        "FILE_DAMAGED",
    ),
    "a-sheet-that-ends-before-it-begins-xls": (restated(EXTENT, 4, 3_080_192), "FILE_DAMAGED"),
    "a-sheet-larger-than-there-are-xls": (restated(EXTENT, 8, 2**32 - 1), "FILE_DAMAGED"),
    "same-cell-twice": (rewritten(SHEET, lambda xml: xml.replace(b'r="C8"', b'r="B8"')), None),
    "no-header": (xlsx(Sheet([["a", "b"]], header=[], numbers=None, merged=False)), "UNKNOWN_LAYOUT"),
    "a-column-missing": (without(16), "MISSING_COLUMN"),
    "no-data-rows": (xlsx(Sheet([])), "NO_DATA_ROWS"),
    "only-a-total": (xlsx(Sheet([["", "Tổng số", *FIGURES]])), "NO_DATA_ROWS"),
    "csv-of-another-kind": ("Tên,Tuổi\nAn,5\n".encode(), "UNKNOWN_CSV"),
}

HELD = {
    "negative": (one(beds_actual=-1), ["NEGATIVE"]),
    "thousands-frozen-as-decimals": (one(outpatient_visits=1.401), ["NOT_AN_INTEGER"]),
    "words": (one(beds_actual="chưa có"), ["NOT_A_NUMBER"]),
    "full-width-digits": (one(beds_actual="１２"), ["NOT_A_NUMBER"]),
    "hexadecimal": (one(beds_actual="0x10"), ["NOT_A_NUMBER"]),
    "too-large": (one(lab_tests=1e300), ["TOO_LARGE"]),
    "a-truth-value": (one(mri_scans=True), ["NOT_A_NUMBER"]),
    "error-cell": (one(ct_scans="=1/0 -> #DIV/0!"), ["CELL_ERROR"]),
    "formula-never-computed": (one(ct_scans="=1+1"), ["FORMULA_WITHOUT_VALUE"]),
}

READ = {
    "numbers-as-text": one(lab_tests=" 4.000 ", xrays="600", outpatient_visits="1 200"),
    "no-break-space": one(outpatient_visits="1\u00a0200"),
    "formula-with-its-value": one(beds_actual="=40+8 -> 48"),
    "empty-rows-between": xlsx(Sheet([[""] * 23, facility(1, NAME), [" "] * 3, [""] * 23])),
}


@pytest.mark.parametrize("defect", REFUSED)
def test_refused(defect: str) -> None:
    data, code = REFUSED[defect]
    reading = read(data)
    assert reading.verdict == "rejected"
    errors = [finding.code for finding in reading.findings if finding.severity == "error"]
    assert errors == [code] if code else len(errors) == 1
    assert reading.counts.found == 0
    _say_all(reading.findings)


@pytest.mark.parametrize("defect", HELD)
def test_one_cell_held(defect: str) -> None:
    data, expected = HELD[defect]
    reading = read(data)
    assert codes(reading) == expected
    assert (reading.counts.accepted, reading.counts.quarantined) == (20, 1)
    _say_all(reading.findings)


@pytest.mark.parametrize("defect", READ)
def test_read_as_it_is(defect: str) -> None:
    reading = read(READ[defect])
    assert codes(reading) == []
    assert reading.counts.accepted == 21
    assert [value // 10_000 for value in reading.observations.value] == list(FIGURES)


def test_a_workbook_of_every_finding_can_be_said() -> None:
    rows = [
        ["", "TỔNG SỐ", *FIGURES],
        facility(1, NAME),
        facility(2, "Bệnh viện Quận 22"),
        facility(3, "BV Q.1", changed(inpatient_days=1)),
        facility(4, ""),
        ["", "Giám đốc"],
        facility(5, "Bệnh viện Quận 2"),
    ]
    title = ["Đơn vị tính: lượt", "Tháng 8/2026", ""]
    data = xlsx(
        Sheet(rows, title=title),
        Sheet([], name="Ẩn"),
        Sheet([["x"]], name="Khác", header=[], numbers=None, merged=False),
        hide=["Ẩn"],
        hidden_rows=[9],
    )
    reading = read(data, "T7-2026.xlsx")
    assert set(codes(reading)) >= {
        *(
            "TOTAL_DIFFERS",
            "UNKNOWN_FACILITY",
            "FACILITY_TWICE",
            "DAYS_BELOW_STAYS",
            "FACILITY_MISSING",
            "DATA_AFTER_END",
        ),
        *("HIDDEN_SHEET", "SHEET_NOT_READ", "HIDDEN_ROW", "PERIOD_NOT_AS_NAMED"),
    }
    _say_all(reading.findings)


def test_every_code_that_intake_can_give_has_its_sentence() -> None:
    sources = Path(healthstats.intake.__file__).parent.rglob("*.py")
    given = {code for source in sources for code in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', source.read_text("utf-8"))}
    assert len(given) > 40
    assert {f"{part}.{code}" for code in given for part in ("finding", "title")} <= CATALOGUE.keys()


def _say_all(findings: Iterable[Finding]) -> None:
    for finding in findings:
        for lang in LANGUAGES:
            assert say(f"finding.{finding.code}", lang, **finding.params)
            assert say(f"title.{finding.code}", lang)
