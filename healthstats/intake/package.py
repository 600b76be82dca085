"""The parts of an Office file: members of a zip, which name one another by relations."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from xml.parsers import expat

from healthstats.domain.finding import Finding
from healthstats.intake.sheetscan import MOST_TAGS, SheetFault, refuse_endless


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
