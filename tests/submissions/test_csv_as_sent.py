"""One CSV in every code, with every separator and line end: the same observations, and what was decoded is told."""

from __future__ import annotations

import pytest

from tests.submissions.bieu9 import HOSPITALS, codes, read
from tests.unit.test_oldcode import in_tcvn3, in_vni
from tests.unit.test_text import cp1258

LONG = [
    ["Cơ sở", "Kỳ", "Chỉ tiêu", "Giá trị", "Ghi chú"],
    ["Bệnh viện Quận 1", "T8/2026", "Lượt khám dự phòng", "40", ""],
    ["Trạm Y tế Phường Bến Nghé", "T8/2026", "Lượt khám dự phòng", "7", ""],
]
CODES = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 the other way": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "utf-16 the other way without a mark": lambda text: text.encode("utf-16-be"),
    "windows-1258": cp1258,
    "tcvn3": lambda text: in_tcvn3(text).encode("latin-1"),
    "vni": lambda text: in_vni(text).encode("latin-1"),
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_same_values(code: str, separator: str, end: str) -> None:
    text = "".join(separator.join(row) + end for row in LONG)
    reading = read(CODES[code](text), "bc.tsv")
    assert [code for code in codes(reading) if code != "FILE_DECODED"] == []
    seen = reading.observations
    names = [HOSPITALS[str(reading.reports[report].facility)] for report in seen.report]
    assert list(zip(names, seen.value, seen.row, strict=True)) == [(LONG[1][0], 400_000, 2), (LONG[2][0], 70_000, 3)]
    assert ("FILE_DECODED" in codes(reading)) == (code in ("tcvn3", "vni"))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_break_within_quotes_is_no_record(end: str) -> None:
    rows = [*LONG[:1], [*LONG[1][:4], f'"gửi lại{end}lần 2, ""sửa"""'], *LONG[2:]]
    reading = read("".join(",".join(row) + end for row in rows).encode())
    assert (reading.counts.found, reading.counts.accepted, reading.counts.ignored) == (2, 2, 1)
    assert list(reading.observations.row) == [2, 4]


def test_a_byte_without_a_letter_is_refused_with_its_place() -> None:
    data = CODES["tcvn3"](";".join(LONG[0])) + b"\n\x80;1;2;3\n"
    (finding,) = read(data, "bc.csv").findings
    assert (finding.code, finding.params) == ("UNREADABLE_TEXT", {"offset": 1})
