"""What kind of file some bytes are: by content, never by name."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from healthstats.domain.finding import Finding
from healthstats.intake.formats import ole
from healthstats.intake.formats.package import Package
from healthstats.intake.letters.text import HEAD, utf16_order

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
# where each comment might end at any later one too, a few dozen of them would hold up the whole ingest for ever
_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?>.*?-->)\s*+)*+"
    rb"(?:<!doctype html|<(?:html|head|body|table|style|meta|title|div)\b)",
    re.IGNORECASE | re.DOTALL,
)
_SAVED = re.compile(rb"\s*(?:mime-version:|from: <saved by )", re.IGNORECASE)
_SPREADSHEETML = re.compile(rb"<(?:\w+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_EXTENSIONS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx"},
    "xls": {".xls", ".xlt"},
    "xlsb": {".xlsb"},
    "ods": {".ods", ".ots"},
    "html": {".html", ".htm"},
    "xml": {".xml"},
    "csv": {".csv", ".txt", ".tsv"},
    "zip": {".zip"},
    "eml": {".eml", ".txt"},
    "msg": {".msg"},
}
BOOKS = ("xlsx", "xls", "xlsb", "ods", "html", "xml")
CONTAINERS = ("zip", "eml", "msg")
BY_HAND = ("pdf", "image")
"""Kept as evidence until a person has typed in what they show."""
MOST_DIRECTORY = 4 << 20
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_SENT = frozenset((b"from", b"received", b"return-path"))
_MAIL = _SENT | {b"to", b"subject", b"date", b"message-id", b"delivered-to"}
_SAVED_PAGE = (b"snapshot-content-location", b"x-document-type")


@dataclass(frozen=True, slots=True)
class Media:
    """`kind` by content; `refusal` is the code of the finding for what is not read here, '' for workbooks
    (xlsx, xls, xlsb, ods, html, xml), csv and containers (zip, eml, msg). `package`: the members of an xlsx, which
    whoever reads it need not look for again."""

    kind: str
    refusal: str = ""
    package: Package | None = field(default=None, compare=False, repr=False)


def sniff(data: bytes) -> Media:
    """Looks at the signature, then inside zip and OLE containers; what is left is text or unknown."""
    head = data[:HEAD]
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return Media("empty", "FILE_EMPTY")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(ole.MAGIC):
        return _ole(data)
    for signature, kind, refusal in _SIGNATURES:
        if data.startswith(signature):
            return Media(kind, refusal)
    if _is_mail(head):
        return Media("eml")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_UTF16):
        text = head.replace(b"\0", b"")[2:]
    elif utf16_order(head):
        text = head.replace(b"\0", b"")
    elif _CONTROL.search(head) or head.count(0) > len(head) // 8:
        return Media("unknown", "FILE_UNKNOWN")
    if _SAVED.match(text):
        return Media("html", "FILE_HTML")
    if _PAGE.match(text):
        return Media("html")
    if text.lstrip().startswith(b"<"):
        return Media("xml", "" if _SPREADSHEETML.search(text) else "FILE_UNKNOWN")
    return Media("csv")


def media_finding(media: Media, name: str) -> Finding | None:
    """The refusal (error), a wrong extension (info), or None."""
    if media.refusal:
        return Finding(media.refusal, "error")
    extension = _extension(name)
    if extension and extension not in _EXTENSIONS[media.kind]:
        return Finding("WRONG_EXTENSION", "info", params={"kind": media.kind, "extension": extension})
    return None


def _extension(name: str) -> str:
    """As PurePath gives it, in small letters, without making a path of every name."""
    stem, dot, suffix = name[name.rfind("/") + 1 :].rpartition(".")
    return f".{suffix.lower()}" if stem and dot and suffix else ""


def _is_mail(head: bytes) -> bool:
    """Whether it begins with a mail's header; a web page saved as one file begins alike."""
    names = set()
    for line in head.lstrip().splitlines():
        name, colon, _ = line.partition(b":")
        if not line.strip() or not (colon or line[:1].isspace() or line.startswith(b"From ")):
            break
        if colon and not line[:1].isspace():
            names.add(name.strip().lower())
    saved = b"<Saved by " in head or names.intersection(_SAVED_PAGE)
    return len(names & _MAIL) >= 2 and bool(names & _SENT) and not saved


def _directory_bytes(data: bytes) -> int:
    """The size that a zip states for its table of members: a table of millions would fill the memory."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    large = data.rfind(_END_64, 0, max(end, 0))
    stated = [int.from_bytes(data[end + 12 : end + 16], "little")] if end >= 0 else []
    stated += [int.from_bytes(data[large + 40 : large + 48], "little")] if large >= 0 else []
    return max((size for size in stated if size <= len(data)), default=0)


def _zip(data: bytes) -> Media:
    if _directory_bytes(data) > MOST_DIRECTORY:
        return Media("zip", "ZIP_BOMB")
    try:
        archive = Package(data)
        members = {member.filename: member for member in archive.infolist()}
        mimetype = _beginning(archive, members["mimetype"]) if "mimetype" in members else b""
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
        return Media("xlsx", package=archive)
    if "xl/workbook.bin" in members:
        return Media("xlsb")
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Media("ods")
    if "[Content_Types].xml" in members or mimetype:
        return Media("document", "FILE_DOCUMENT")
    return Media("zip")


def _beginning(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Never the whole: a member may unpack to gigabytes. OpenDocument does not pack this one; ways of packing that set
    memory aside as the file bids are not tried here."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    with archive.open(member) as content:
        return content.read(80)


def _ole(data: bytes) -> Media:
    try:
        container = ole.Container(data)
    except (ole.Damaged, struct.error):
        return Media("ole", "FILE_TRUNCATED")
    names = {stream.name for stream in container.streams()}
    if "EncryptedPackage" in names:
        return Media("xlsx", "FILE_ENCRYPTED")
    if "__properties_version1.0" in names and any(name.startswith("__substg1.0_") for name in names):
        return Media("msg")
    book = ole.book_in(container)
    if book is None:
        return Media("document", "FILE_DOCUMENT")
    try:
        content = container.content(book)
    except (ole.Damaged, struct.error):
        return Media("xls", "FILE_TRUNCATED")
    return Media("xls", "FILE_ENCRYPTED") if ole.filepass(content) else Media("xls")
