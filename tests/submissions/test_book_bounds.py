"""Small files that state much: sheets, merged ranges, one member under many names. Each is refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from healthstats.intake.formats import guard, plainsheet, sheetscan
from healthstats.intake.formats.guard import scan_xlsx
from healthstats.intake.formats.sheetscan import ROW_COSTS
from healthstats.intake.sheets import repeats
from healthstats.words import LANGUAGES, say
from tests.submissions.bieu9 import MERGES, Sheet, changed, facility, read, xls, xlsx
from tests.submissions.otherbooks import ods, rezipped, spreadsheetml
from tests.submissions.xlsb import xlsb

ONE = Sheet([facility(1, "Bệnh viện Quận 1")])
UNUSUAL = Sheet([facility(1, "Bệnh viện Quận 1", changed(beds_actual=True))])
"""A truth value is not read plainly."""
WRITERS: dict[str, Callable[[Sheet], bytes]] = {
    "xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "xml": spreadsheetml, "xlsx not read plainly": xlsx
}  # fmt: skip


def refused(data: bytes) -> list[str]:
    """The errors of the file as a whole; each has a sentence."""
    found = [one for one in read(data, "").findings if one.severity == "error" and not one.cell]
    assert all("{" not in say(f"finding.{one.code}", lang, **one.params) for one in found for lang in LANGUAGES)
    return [one.code for one in found]


def repeated(pattern: bytes, member: str, data: bytes, times: int) -> bytes:
    """A workbook in whose member what matches stands so many times."""
    return rezipped(data, member, lambda xml: re.sub(pattern, lambda found: found[0] * times, xml, flags=re.DOTALL))


@pytest.mark.parametrize("kind", WRITERS)
def test_the_sheets_of_a_workbook_are_counted(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = WRITERS[kind](UNUSUAL if "not" in kind else ONE)
    monkeypatch.setattr(sheetscan, "MOST_SHEETS", 1)
    assert refused(data) == []
    monkeypatch.setattr(sheetscan, "MOST_SHEETS", 0)
    assert refused(data) == ["TOO_MANY_SHEETS"]


def test_each_sheet_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetscan, "MOST_SHEETS", 2)
    pages = [replace(ONE, name=f"T{number}") for number in range(3)]
    twice, thrice = ([repeated(b"<table:table .*</table:table>", "content.xml", ods(ONE), n)] for n in (2, 3))
    for write in (xlsx, xls, spreadsheetml):
        twice.append(write(*pages[:2]))
        thrice.append(write(*pages))
    assert all("TOO_MANY_SHEETS" not in refused(data) for data in twice)
    assert [refused(data) for data in thrice] == [["TOO_MANY_SHEETS"]] * 4


def test_a_hundred_thousand_names_of_one_sheet_are_refused_at_once() -> None:
    assert refused(repeated(b"<sheet [^>]*>", "xl/workbook.xml", xlsx(ONE), 100_000)) == ["TOO_MANY_SHEETS"]


def test_two_sheets_are_never_one_member() -> None:
    """A member of some kilobytes would be unpacked for each of a thousand names."""
    assert refused(repeated(b"<sheet [^>]*>", "xl/workbook.xml", xlsx(ONE), 2)) == ["FILE_DAMAGED"]
    book = xlsb(ONE)
    bundle = rb"\x9c\x01.*?" + "Bieu 9".encode("utf-16-le")
    assert refused(repeated(bundle, "xl/workbook.bin", book, 1)) == []
    assert refused(repeated(bundle, "xl/workbook.bin", book, 2)) == ["FILE_DAMAGED"]
    old = xls(replace(ONE, name="Mot"), replace(ONE, name="Hai"))
    one, other = (old.index(name) - 8 for name in (b"Mot", b"Hai"))
    assert refused(old[:other] + old[one : one + 4] + old[other + 4 :]) == ["FILE_DAMAGED"]


@pytest.mark.parametrize("kind", WRITERS)
def test_merged_ranges_are_counted(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unusual = "not" in kind
    data, tags = WRITERS[kind](UNUSUAL if unusual else ONE), 2 * unusual
    for most, codes in ((len(MERGES) + tags, []), (len(MERGES) - 1, ["TOO_MANY_MERGED"])):
        for module in (sheetscan, plainsheet):
            monkeypatch.setattr(module, "MOST_MERGED", most)
        plainsheet._merged.cache_clear()
        assert refused(data) == codes


@pytest.mark.parametrize("write", [xlsx, xls, spreadsheetml])
def test_the_merged_ranges_of_all_sheets_count_together(
    write: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sheetscan, plainsheet):
        monkeypatch.setattr(module, "MOST_MERGED", 2 * len(MERGES))
    pages = [replace(ONE, name=f"T{number}") for number in range(3)]
    assert "TOO_MANY_MERGED" not in refused(write(*pages[:2]))
    assert refused(write(*pages)) == ["TOO_MANY_MERGED"]


def test_of_merged_ranges_without_number_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty-four such frames would lie in a reader's memory for as long as it lives."""
    monkeypatch.setattr(plainsheet, "MOST_MERGED", 1)
    plainsheet._merged.cache_clear()
    assert scan_xlsx(xlsx(ONE)).plain == {}
    assert plainsheet._merged.cache_info().currsize == 0


def test_sheets_read_plainly_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [replace(ONE, name=f"T{number}") for number in range(3)]
    rows = len(ONE.cells())
    monkeypatch.setattr(guard, "MOST_IN_BOOK", 2 * rows * (23 + ROW_COSTS))
    assert len(scan_xlsx(xlsx(*pages[:2])).plain) == 2
    assert refused(xlsx(*pages)) == ["SHEET_TOO_LARGE"]


def test_of_many_rows_of_one_facility_the_first_are_told_and_all_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "MOST_TWICE", 3)
    for rows, codes in ((3, ["FACILITY_TWICE"] * 3), (5, ["FACILITY_TWICE"] * 3 + ["MORE_TWICE"])):
        reading = read(xlsx(Sheet([facility(number, "Bệnh viện Quận 1") for number in range(rows)])))
        assert [one.code for one in reading.findings] == codes
        assert (reading.counts.found, reading.counts.quarantined, reading.verdict) == (
            21 * rows,
            21 * rows,
            "quarantined",
        )
    last = reading.findings[-1]
    assert (last.severity, last.params) == ("error", {"rows": 2, "shown": 3})
    assert all("2" in say("finding.MORE_TWICE", lang, **last.params) for lang in LANGUAGES)
