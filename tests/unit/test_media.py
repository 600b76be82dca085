"""What kind of file some bytes are, and what a person is told about those that are not read."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from healthstats.intake.formats.media import media_finding, sniff
from healthstats.words import say

REAL = Path("../shared/data/real")


def xlsx() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Biểu 9").write(0, 0, 12)
    return file.getvalue()


def xls(rows: int = 1) -> bytes:
    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Biểu 9")
    for row in range(rows):
        sheet.write(row, 0, f"Cơ sở {row}")
    book.save(file)
    return file.getvalue()


def with_password(book: bytes) -> bytes:
    """A BIFF stream whose second record is FILEPASS, as Excel writes an encrypted .xls."""
    first = 512 + 4 + int.from_bytes(book[514:516], "little")
    return book[:first] + b"\x2f\x00" + book[first + 2 :]


def renamed_stream(book: bytes, name: str) -> bytes:
    old, new = "Workbook".encode("utf-16-le"), name.encode("utf-16-le")
    at = book.index(old)
    entry = bytearray(book[at : at + 128])
    entry[: len(new) + 2] = new + b"\0\0"
    entry[64] = len(new) + 2
    return book[:at] + bytes(entry) + book[at + 128 :]


def with_zip_password(book: bytes) -> bytes:
    """The first entry of the zip's table marked as encrypted."""
    entry = book.index(b"PK\x01\x02")
    return book[: entry + 8] + b"\x01" + book[entry + 9 :]


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return file.getvalue()


READABLE = {
    "xlsx": xlsx(),
    "xls": xls(),
    "xls of many sectors": xls(400),
    "csv": b"facility,period\n79001,2026-08\n",
    "csv with marks": "\ufeffcơ sở;kỳ\n".encode(),
    "csv in UTF-16": "cơ sở\tkỳ\n79001\t2026-08\n".encode("utf-16"),
    "csv in UTF-16 without a mark": "cơ sở\tkỳ\n79001\t2026-08\n".encode("utf-16-le"),
    "csv in UTF-16, the other order": "cơ sở\tkỳ\n79001\t2026-08\n".encode("utf-16-be"),
    "csv that begins like a bitmap": b"BM,k\n1,2\n",
    "csv of dates": b"Date: ,Value\n2026-08-01,5\n",
    "xlsb": zipped(xl__workbook_dot_bin="", xl__styles_dot_bin=""),
    "ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_dot_xml=""),
    "html": b"<html><table><tr><td>1",
    "html with its type": b"\n <!DOCTYPE html>\n<html>",
    "html in UTF-16": "<table>".encode("utf-16"),
    "xml": b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    "zip": zipped(Bieu9_dot_xlsx=""),
    "eml": b"Return-Path: <a@b.vn>\nReceived: from b.vn\n by c.vn\nSubject: BC\n\nxin",
    "eml of a mail box": b"From a@b.vn Sat Sep  5 2026\r\nFrom: a@b.vn\r\nDate: Sat, 5 Sep 2026\r\n\r\nxin",
}
REFUSED = {
    "FILE_EMPTY": [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0" * 600],
    "FILE_ENCRYPTED": [renamed_stream(xls(), "EncryptedPackage"), with_password(xls()), with_zip_password(xlsx())],
    "FILE_TRUNCATED": [xlsx()[:-100], xlsx()[:500], xls()[:1000], xls(400)[:9000], b"PK\x03\x04"],
    "FILE_HTML": [
        b"MIME-Version: 1.0\nContent-Type: multipart/related",
        b"From: <Saved by Blink>\nSubject: BC\nMIME-Version: 1.0\nContent-Type: multipart/related",
    ],
    "FILE_DOCUMENT": [renamed_stream(xls(), "WordDocumen"), b"{\\rtf1", zipped(mimetype="application/epub+zip")],
    "FILE_ARCHIVE": [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"],
    "FILE_PDF": [b"%PDF-1.7\n"],
    "FILE_IMAGE": [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"],
    "FILE_UNKNOWN": [bytes(range(256)), b"<svg></svg>"],
}


@pytest.mark.parametrize("case", READABLE)
def test_readable_by_content(case: str) -> None:
    media = sniff(READABLE[case])
    assert (media.kind, media.refusal) == (case.split()[0], "")


@pytest.mark.parametrize(("code", "data"), [(code, data) for code, files in REFUSED.items() for data in files])
def test_refused_with_a_sentence_of_its_own(code: str, data: bytes) -> None:
    finding = media_finding(sniff(data), "Bieu9.xlsx")
    assert finding is not None
    assert (finding.code, finding.severity) == (code, "error")
    assert say(f"finding.{code}", "vi") != say(f"finding.{code}", "en")


def test_a_wrong_extension_is_told_and_read_all_the_same() -> None:
    finding = media_finding(sniff(xlsx()), "Bieu9.xls")
    assert finding is not None
    assert (finding.code, finding.severity) == ("WRONG_EXTENSION", "info")
    assert ".xls" in say("finding.WRONG_EXTENSION", "vi", **finding.params)
    assert media_finding(sniff(xlsx()), "Bieu9.XLSX") is None
    assert media_finding(sniff(xlsx()), "Bieu9") is None


@pytest.mark.parametrize("cut", range(0, 6000, 97))
def test_no_part_of_a_file_brings_it_down(cut: int) -> None:
    for whole in (xls(), xlsx()):
        # the padding of the last sector may go missing without harm
        assert sniff(whole[:cut]).refusal or len(whole) - cut < 512


def test_a_member_that_unpacks_to_much_is_not_unpacked() -> None:
    bomb = zipped(mimetype="0" * (40 << 20))
    tracemalloc.start()
    sniff(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


def test_a_chain_that_bites_its_tail_is_refused() -> None:
    book = bytearray(xls(400))
    table = 512 * (int.from_bytes(book[76:80], "little") + 1)
    book[table : table + 4] = (0).to_bytes(4, "little")
    assert sniff(bytes(book)).refusal == "FILE_TRUNCATED"


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/real is not here")
def test_real_files() -> None:
    assert {(file.suffix[1:], *_kind(file)) for file in REAL.iterdir()} == {("xls", "xls", ""), ("csv", "csv", "")}


def _kind(file: Path) -> tuple[str, str]:
    media = sniff(file.read_bytes())
    return media.kind, media.refusal


def test_comments_without_a_page_hold_nobody_up() -> None:
    """By backtracking over them the ingest itself, which has no time limit, would never end."""
    comments = b"<!-- a --> " * 700
    assert sniff(comments + b"x").kind == "xml"
    assert sniff(comments + b"<html>").kind == "html"


def test_a_packing_that_sets_memory_aside_is_not_tried_in_the_process_that_sniffs() -> None:
    """An LZMA stream states how much memory its reader has to take before it reads a byte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_LZMA)
    assert sniff(file.getvalue()).kind == "zip"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert sniff(stored.getvalue()).kind == "ods"
