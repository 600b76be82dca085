"""The parts of an Office file: members of a zip, which name one another by relations."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers import expat

from healthstats.domain.finding import Finding
from healthstats.intake.formats.sheetscan import MOST_TAGS, SheetFault, refuse_endless

_LOCAL, _HEADER = b"PK\3\4", struct.Struct("<4s22xHH")
_PLAIN = 0b1000_0000_1110
"""Flags that say nothing of how to unpack: how hard it was packed, sizes behind the content, a name in UTF-8."""


class Package(zipfile.ZipFile):
    """A zip in memory. A member packed in the usual way is unpacked at once; zipfile reads any other, or refuses it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self.data = data

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        member = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        unpacked = self._usual(member)
        return super().read(member, pwd) if unpacked is None else unpacked

    def _usual(self, member: zipfile.ZipInfo) -> bytes | None:
        """The content, where size and checksum are those that are stated; None where anything is otherwise."""
        header = self.data[member.header_offset : member.header_offset + _HEADER.size]
        if member.compress_type != zipfile.ZIP_DEFLATED or member.flag_bits & ~_PLAIN or len(header) < _HEADER.size:
            return None
        signature, name, extra = _HEADER.unpack(header)
        begin = member.header_offset + _HEADER.size
        start = begin + name + extra
        written = member.orig_filename
        if signature != _LOCAL or not written.isascii() or self.data[begin : begin + name] != written.encode():
            return None
        try:
            packed = self.data[start : start + member.compress_size]
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.file_size or 1)
        except zlib.error:
            return None
        stated = len(content) == member.file_size and zlib.crc32(content) == member.CRC
        return content if stated else None


def read_xml(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member; SheetFault where it defines a document type, or has too many tags."""
    xml = archive.read(name)
    if len(xml) > MOST_TAGS:
        refuse_endless(xml.count(b"<"))
    # an entity that a document type defines may grow to gigabytes, or be another file
    if b"!" in xml and (b"<!DOCTYPE" in xml or b"<!\0D\0O\0C" in xml or b"\0<\0!\0D\0O" in xml):
        raise SheetFault(Finding("XML_ENTITIES", "error"))
    return xml


def targets(xml: bytes) -> dict[str, str]:
    """Relation id → the member's path in the zip."""
    found = {}
    for attributes in elements(xml, "Relationship"):
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[attributes.get("Id", "")] = _normal(path)
    return found


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def sheet_entries(xml: bytes) -> list[tuple[str, str, bool]]:
    """(name, relation id, hidden) of each sheet of a workbook."""
    return [
        (
            attributes.get("name", ""),
            next((value for key, value in attributes.items() if re.fullmatch(r"(?:\w+:)?id", key)), ""),
            attributes.get("state", "visible") != "visible",
        )
        for attributes in elements(xml, "sheet")
    ]


def elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element of that local name."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found
