"""What is wrong with the demo's submissions, on purpose, and what becomes of it.

| Fault | Where | Becomes |
|---|---|---|
| a file that cannot be taken as it is | FILES | what SAID says of it; where it was sent again, that counts |
| late files | LATE, and one in thirty | accepted, counted late |
| never sent, or an empty row | NEVER_SENT, EMPTY_ROWS, and one in fifty of the small and the private | missing |
| cells that are no count | CELLS, and one report in a hundred and fifty | quarantined |
| a facility under an unknown name, or unknown to the register | UNKNOWN_NAMES, NEWCOMER | rejected, with suggestions |
| a facility twice on a sheet | TWICE | both rows quarantined |
| total row ≠ sum, part > total, days < stays | WRONG_TOTALS, FALSE | accepted, with a warning |
| a hidden row, a record that stands twice | HIDDEN, REPEATED | accepted, and told |

Files are named by the first facility in them and the month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from healthstats.synthetic.chance import drawn
from healthstats.synthetic.facilities import CLINIC, FACILITIES, PRIVATE, STATION, SUMMED
from healthstats.synthetic.senders import SENDER_OF
from healthstats.synthetic.workbook import Formula, Value

FileKind = Literal[
    "empty", "truncated", "no period", "contradicts", "locked", "archive", "photo", "scan",
    "conflict", "corrected", "copied", "resaved", "misnamed", "wrong extension", "by Outlook",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileFault:
    """`again`: the day of the following month on which a good file came; 0 where none did."""

    kind: FileKind
    again: int = 0


FILES: dict[tuple[str, str], FileFault] = {
    ("79002", "2020-03"): FileFault("no period", again=9),
    ("79005", "2020-10"): FileFault("copied"),
    ("79013", "2020-12"): FileFault("corrected", again=15),
    ("79004", "2021-04"): FileFault("truncated", again=7),
    ("79032", "2021-07"): FileFault("photo"),
    ("79007", "2021-11"): FileFault("archive", again=10),
    ("79033", "2022-05"): FileFault("misnamed"),
    ("79008", "2022-10"): FileFault("truncated", again=11),
    ("79003", "2022-11"): FileFault("corrected", again=11),
    ("79032", "2023-03"): FileFault("locked", again=9),
    ("79038", "2023-03"): FileFault("corrected", again=20),
    ("79007", "2023-04"): FileFault("wrong extension"),
    ("79002", "2023-05"): FileFault("truncated", again=6),
    ("79033", "2023-06"): FileFault("scan"),
    ("79019", "2023-07"): FileFault("corrected", again=12),
    ("79003", "2023-08"): FileFault("empty"),
    ("79004", "2023-08"): FileFault("conflict"),
    ("79005", "2023-08"): FileFault("resaved"),
    ("79006", "2023-08"): FileFault("contradicts", again=8),
    ("79009", "2023-08"): FileFault("archive", again=11),
    ("79010", "2023-08"): FileFault("copied"),
    ("79011", "2023-08"): FileFault("by Outlook"),
    ("79025", "2023-08"): FileFault("truncated"),
    ("79033", "2023-08"): FileFault("photo"),
    ("79001", "2023-09"): FileFault("corrected", again=14),
    ("79005", "2023-10"): FileFault("no period", again=5),
    ("79035", "2023-12"): FileFault("copied"),
}
SAID: Mapping[FileKind, str] = {
    "empty": "FILE_EMPTY",
    "truncated": "FILE_TRUNCATED",
    "no period": "PERIOD_MISSING",
    "contradicts": "PERIOD_CONTRADICTS",
    "locked": "FILE_ENCRYPTED",
    "archive": "FILE_ARCHIVE",
    "photo": "FILE_IMAGE",
    "scan": "FILE_PDF",
    "conflict": "CONFLICT",
    "resaved": "DUPLICATE_REPORT",
    "misnamed": "PERIOD_NOT_AS_NAMED",
    "wrong extension": "WRONG_EXTENSION",
}
"""The finding; a corrected or copied file has none."""
REFUSED = ("empty", "truncated", "no period", "contradicts", "locked", "archive", "photo", "scan")

LATE = {("79013", "2023-06"): 9, ("79038", "2023-08"): 9, ("79036", "2022-09"): 16, ("79107", "2023-01"): 23}
"""The day of the following month on which the file arrived."""
NEVER_SENT = {
    *((code, month) for code in ("79020", "79021") for month in ("2022-02", "2022-03")),
    *(("79017", month) for month in ("2022-07", "2022-08", "2022-09", "2023-08")),
    *(("79112", month) for month in ("2023-08", "2023-09")),
    (SUMMED, "2022-11"),
}
EMPTY_ROWS = {("79016", "2022-05"), ("79095", "2023-02"), ("79072", "2023-08")}
TWICE = {("79048", "2023-08"), ("79058", "2021-10")}
UNKNOWN_NAMES = {("79044", "2023-08"): "TYT Mô phỏng 4", ("79046", "2022-03"): "TYT Mô phỏng VI"}
NEWCOMER = ("79999", "Phòng khám Mô phỏng 45")
"""Opened in September 2023; nobody has told the register."""
NEWCOMER_SINCE, NEWCOMER_SENDER = "2023-09", "79139"
HIDDEN = {("79083", "2023-02")}
REPEATED = {("79107", "2023-08"), ("79121", "2022-06")}
"""Senders of a long CSV in which the first record stands twice."""
WRONG_TOTALS = {("79013", "2023-07"): ("outpatient_visits", 1000), ("79037", "2023-08"): ("preventive_visits", 90)}
"""What the total row of the file says too much."""
FALSE: dict[tuple[str, str], tuple[str, str, int]] = {
    ("79008", "2023-02"): ("outpatient_visits_female", "outpatient_visits", 37),
    ("79110", "2023-08"): ("outpatient_visits_female", "outpatient_visits", 12),
    ("79014", "2022-12"): ("inpatient_days", "inpatient_stays", -41),
}
"""An element, and what it stands above another: a part above its total, fewer days than stays."""


def of_file(key: str, month: str) -> FileKind | None:
    """What is odd about the file of a sender's month."""
    fault = FILES.get((key, month))
    return fault.kind if fault else None


Typed = Literal["thousandth", "negative", "with unit", "reference error", "not calculated"]
CELLS: dict[tuple[str, str], tuple[str, Typed]] = {
    ("79040", "2023-05"): ("outpatient_visits", "thousandth"),
    ("79016", "2023-04"): ("inpatient_stays_insured", "negative"),
    ("79064", "2023-08"): ("referrals_out", "with unit"),
    ("79107", "2023-07"): ("lab_tests", "with unit"),
    ("79015", "2023-08"): ("outpatient_visits_insured", "reference error"),
    ("79082", "2023-08"): ("lab_tests", "not calculated"),
}
_TYPED: Mapping[str, tuple[Typed, ...]] = {
    "xlsx": ("thousandth", "negative", "with unit", "reference error", "not calculated"),
    "xls": ("thousandth", "negative", "with unit", "reference error"),
    "long": ("negative", "with unit"),
    "wide": ("negative", "with unit"),
}
"""In a text 1.407 is the count 1407, and a formula is what it shows."""
_ELEMENTS = ("outpatient_visits", "outpatient_visits_insured", "referrals_out", "lab_tests")
_ROWS = EMPTY_ROWS | TWICE | UNKNOWN_NAMES.keys() | FALSE.keys() | HIDDEN | REPEATED
_FORGETFUL = (STATION, CLINIC, PRIVATE)


def never_sent(code: str, month: str) -> bool:
    """Whether the facility sent nothing of that month."""
    key = (code, month)
    often = FACILITIES[code].kind in _FORGETFUL and code != SUMMED
    # what was planted by hand is there to be seen
    other = key in _ROWS or key in CELLS or (SENDER_OF[code].key, month) in FILES
    return key in NEVER_SENT or (often and not other and drawn(code, month, 21, 50) == 0)


def late(key: str, month: str) -> int:
    """The day of the following month on which the sender's file arrived: the 2nd to the 4th, or later."""
    if drawn(key, month, 22, 30) == 0 and (key, month) not in FILES:
        return 6 + drawn(key, month, 23, 15)
    return LATE.get((key, month), 2 + drawn(key, month, 24, 3))


def in_cell(code: str, month: str) -> tuple[str, Typed] | None:
    """The element of the facility's report that was mistyped, and how."""
    sender = SENDER_OF[code]
    if (sender.key, month) in FILES or (code, month) in _ROWS:
        return None
    if drawn(code, month, 25, 150) == 0:
        kinds = _TYPED[sender.layout]
        element = _ELEMENTS[drawn(code, month, 26, len(_ELEMENTS))]
        return element, kinds[drawn(code, month, 27, len(kinds))]
    return CELLS.get((code, month))


def lost(code: str, month: str, element: str) -> bool:
    """Whether a fault keeps this cell from being accepted."""
    if never_sent(code, month) or (code, month) in EMPTY_ROWS | TWICE | UNKNOWN_NAMES.keys():
        return True
    file = FILES.get((SENDER_OF[code].key, month))
    if file and (file.kind == "conflict" or (file.kind in REFUSED and not file.again)):
        return True
    mistyped = in_cell(code, month)
    return mistyped is not None and mistyped[0] == element


def typed(value: int, fault: Typed) -> tuple[Value, str]:
    """The cell as it was typed in the place of `value`, and the code of its finding."""
    match fault:
        case "thousandth" if value % 1000:
            return value / 1000, "NOT_AN_INTEGER"
        case "negative":
            return -value, "NEGATIVE"
        case "reference error":
            return Formula("#REF!", "#REF!"), "CELL_ERROR"
        case "not calculated":
            return Formula(f"{value}+0"), "FORMULA_WITHOUT_VALUE"
    return f"{value} ca", "NOT_A_NUMBER"


def told(report: tuple[str, str], element: str, counts: Mapping[str, int]) -> int:
    """What the report says of the element."""
    above, whole, more = FALSE.get(report, ("", "", 0))
    return counts[whole] + more if element == above else counts[element]
