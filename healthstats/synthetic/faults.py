"""What is wrong with the demo's submissions, on purpose, and what becomes of it.

| Fault | Where | Becomes |
|---|---|---|
| late files | LATE | accepted, counted late |
| corrected files | CORRECTED | the file marked "Bản sửa lần 1" holds |
| never sent, or an empty row | NEVER_SENT, EMPTY_ROWS | missing |
| cells that are no count | CELLS | quarantined |
| a facility under an unknown name | UNKNOWN_NAMES | rejected, with a suggestion |
| a facility twice on a sheet | TWICE | both rows quarantined |
| total row ≠ sum, part > total | WRONG_TOTALS, PART_EXCEEDS | accepted, with a warning |
| truncated, then sent again | TRUNCATED | the first rejected, the second accepted |
| no period, then sent again | WITHOUT_PERIOD | the first rejected, the second accepted |
| a file of zero bytes | EMPTY_FILES | rejected; the reports are missing |
| the same file under another name | COPIED | counted once |
| a letter as PDF | pdf() | rejected |

Files are named by the first facility in them and the month.
"""

from __future__ import annotations

from typing import Literal

LATE = {
    ("79001", "2023-02"): 19,
    ("79004", "2023-06"): 9,
    ("79013", "2023-11"): 12,
    ("79021", "2023-04"): 8,
    ("79022", "2022-09"): 16,
    ("79033", "2023-01"): 23,
}
"""The day of the following month on which the file arrived."""

CORRECTED = {("79001", "2023-09"): 14, ("79022", "2023-03"): 20, ("79003", "2022-11"): 11}
"""First sent with the figures of the month before; the day on which the correction arrived."""

TRUNCATED = {("79002", "2023-05"): 6}
WITHOUT_PERIOD = {("79002", "2023-10"): 5}
"""Sent again, whole, on this day."""

EMPTY_FILES = {("79003", "2023-08")}
COPIED = {("79021", "2023-12")}

NEVER_SENT = {
    *(("79014", month) for month in ("2022-02", "2022-03")),
    *(("79017", month) for month in ("2022-07", "2022-08", "2022-09", "2023-08")),
    *(("79035", month) for month in ("2023-11", "2023-12")),
    ("79038", "2020-04"),
}
EMPTY_ROWS = {("79009", "2022-05"), ("79018", "2023-02")}
TWICE = {("79030", "2023-10")}
UNKNOWN_NAMES = {("79026", "2023-11"): "TYT Mô phỏng 4"}

Typed = Literal["thousandth", "negative", "with unit", "reference error"]
CELLS: dict[tuple[str, str, str], Typed] = {
    ("79025", "2023-05", "outpatient_visits"): "thousandth",
    ("79006", "2023-04", "inpatient_stays_insured"): "negative",
    ("79024", "2023-06", "referrals_out"): "with unit",
    ("79034", "2023-07", "lab_tests"): "with unit",
    ("79007", "2023-09", "outpatient_visits_insured"): "reference error",
}
PART_EXCEEDS = {("79008", "2023-02"): ("outpatient_visits_female", "outpatient_visits")}
WRONG_TOTALS = {("79004", "2023-07"): ("outpatient_visits", 1000)}
"""What the total row of the file says too much."""


_WHOLE_REPORTS = NEVER_SENT | EMPTY_ROWS | EMPTY_FILES | TWICE | UNKNOWN_NAMES.keys()


def lost(code: str, month: str, element: str) -> bool:
    """Whether a fault keeps this cell from being accepted."""
    return (code, month) in _WHOLE_REPORTS or (code, month, element) in CELLS


def typed(value: int, fault: Typed) -> float | str:
    """The cell as it was typed in the place of `value`."""
    match fault:
        case "thousandth":
            return value / 1000
        case "negative":
            return -value
        case "with unit":
            return f"{value} ca"
        case "reference error":
            return "#REF!"


def pdf() -> bytes:
    """A letter where a workbook belongs."""
    text = b"BT /F1 14 Tf 72 760 Td (Du lieu mo phong: cong van gui kem so lieu) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + tail
