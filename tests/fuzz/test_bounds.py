"""Files made to hold a reader up: each is refused in words within the time and the memory that a file has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healthstats.intake.workers import SECONDS
from tests.fuzz.judge import judging
from tests.submissions.bieu9 import Sheet, facility
from tests.submissions.otherbooks import ods, rezipped, spreadsheetml
from tests.submissions.packing import msg
from tests.submissions.test_containers import CSV, MAIL, within

ONE = Sheet([facility(1, "Bệnh viện Quận 1")])
PAGE = b"<html><body>"
CELL = b'<table:table-cell table:number-columns-repeated="4000" office:value-type="float" office:value="1"/>'
SPACES = '<text:s text:c="100000"/>' * 1000


def table(rows: bytes) -> bytes:
    """An .ods with these rows under the form's."""
    return rezipped(ods(ONE), "content.xml", lambda xml: xml.replace(b"</table:table>", rows + b"</table:table>", 1))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "page of comments": lambda: PAGE + b"<!--" * 2_000_000,
    "page of less-than signs": lambda: PAGE + b"<" * 5_000_000,
    "page of tags within tags": lambda: PAGE + b"<a " * 3_000_000,
    "page of quotes": lambda: PAGE + b"<a b='" * 1_000_000 + b"\"'>",
    "page of sections": lambda: PAGE + b"<![CDATA[" * 1_000_000,
    "page of scripts": lambda: PAGE + b"<script>" * 1_000_000,
    "page of spans": lambda: PAGE + b"<table>" + b"<tr><td rowspan=999 colspan=999></td></tr>" * 100_000,
    "parts within parts": lambda: within(100_000),
    "parts within parts, then much": lambda: within(2000).replace(b"a,b\n", b"a,b\n" * 500_000),
    "parts beside parts": lambda: MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 500_000,
    "parameters": lambda: MAIL + b"Content-Type: text/csv" + b"; a=b" * 300_000 + b"\n\na,b\n",
    "quotes in a parameter": lambda: MAIL + b"Content-Type: text/csv" + b';"' * 200_001 + b"\n\na,b\n",
    "words of a subject": lambda: MAIL + b"Subject: " + b"=?utf-8?q?" * 500_000 + b"\n" + CSV,
    "files of a mail of Outlook": lambda: msg({f"{number}.csv": b"1" for number in range(1900)}),
    "rows and cells repeated": lambda: table(
        b'<table:table-row table:number-rows-repeated="1200">' + CELL + b"</table:table-row>"
    ),
    "spaces repeated": lambda: table(
        f'<table:table-row><table:table-cell office:value-type="string">{SPACES}x</table:table-cell>'
        "</table:table-row>".encode()
    ),
    "columns hidden again and again": lambda: spreadsheetml(ONE).replace(
        b"<Row", b'<Column ss:Index="1" ss:Span="16383" ss:Hidden="1"/>' * 100_000 + b"<Row", 1
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_made_to_hold_a_reader_up_does_not(what: str) -> None:
    with judging(SECONDS) as judged:
        answer = judged("BC T8-2026.xls", HOSTILE[what]())
    assert answer.sound, answer.fault
