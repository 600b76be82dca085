"""What kind of file some bytes are: by content, never by name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from healthstats.domain.finding import Finding
from healthstats.intake import ole

_SIGNATURES = (
    (b"%PDF-", "pdf", "FILE_PDF"),
    (b"\x89PNG\r\n", "image", "FILE_IMAGE"),
    (b"\xff\xd8\xff", "image", "FILE_IMAGE"),
    (b"GIF8", "image", "FILE_IMAGE"),
    (b"II*\0", "image", "FILE_IMAGE"),
    (b"MM\0*", "image", "FILE_IMAGE"),
    (b"Rar!\x1a\x07", "archive", "FILE_ARCHIVE"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "FILE_ARCHIVE"),
    (b"\x1f\x8b", "archive", "FILE_ARCHIVE"),
    (b"{\\rtf", "document", "FILE_DOCUMENT"),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html|<head|<body|<table|<style|<meta|mime-version:)",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_EXTENSIONS = {"xlsx": {".xlsx", ".xlsm", ".xltx"}, "xls": {".xls", ".xlt"}, "csv": {".csv", ".txt", ".tsv"}}


@dataclass(frozen=True, slots=True)
class Media:
    """`kind` by content; `refusal` is the code of the finding for what is not read here, '' for xlsx, xls, csv."""

    kind: str
    refusal: str = ""


def sniff(data: bytes) -> Media:
    """Looks at the signature, then inside zip and OLE containers; what is left is text or unknown."""
    head = data[:8192]
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return Media("empty", "FILE_EMPTY")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(ole.MAGIC):
        return _ole(data)
    for signature, kind, refusal in _SIGNATURES:
        if data.startswith(signature):
            return Media(kind, refusal)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_UTF16):
        text = head.replace(b"\0", b"")[2:]
    elif _CONTROL.search(head) or head.count(0) > len(head) // 8:
        return Media("unknown", "FILE_UNKNOWN")
    if _PAGE.match(text):
        return Media("html", "FILE_HTML")
    if text.lstrip().startswith((b"<?xml", b"<")):
        return Media("xml", "FILE_HTML" if b"schemas-microsoft-com:office" in text else "FILE_UNKNOWN")
    return Media("csv")


def media_finding(media: Media, name: str) -> Finding | None:
    """The refusal (error), a wrong extension (info), or None."""
    if media.refusal:
        return Finding(media.refusal, "error")
    extension = PurePath(name).suffix.lower()
    if extension and extension not in _EXTENSIONS[media.kind]:
        return Finding("WRONG_EXTENSION", "info", params={"kind": media.kind, "extension": extension})
    return None


def _zip(data: bytes) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {member.filename: member for member in archive.infolist()}
            mimetype = archive.read("mimetype")[:80] if "mimetype" in members else b""
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ):
        return Media("zip", "FILE_TRUNCATED")
    if any(member.flag_bits & 1 for member in members.values()):
        return Media("zip", "FILE_ENCRYPTED")
    if "xl/workbook.xml" in members:
        return Media("xlsx")
    if "xl/workbook.bin" in members:
        return Media("xlsb", "FILE_OTHER_WORKBOOK")
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Media("ods", "FILE_OTHER_WORKBOOK")
    if "[Content_Types].xml" in members or mimetype:
        return Media("document", "FILE_DOCUMENT")
    return Media("zip", "FILE_ARCHIVE")


def _ole(data: bytes) -> Media:
    try:
        streams = ole.streams(data)
    except ole.Damaged:
        return Media("ole", "FILE_TRUNCATED")
    names = {stream.name for stream in streams}
    if "EncryptedPackage" in names:
        return Media("xlsx", "FILE_ENCRYPTED")
    book = next((stream for stream in streams if stream.name in ("Workbook", "Book")), None)
    if book is None:
        return Media("document", "FILE_DOCUMENT")
    try:
        content = ole.content(data, book)
    except ole.Damaged:
        return Media("xls", "FILE_TRUNCATED")
    return Media("xls", "FILE_ENCRYPTED") if ole.filepass(content) else Media("xls")
