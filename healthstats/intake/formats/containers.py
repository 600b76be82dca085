"""Mails and archives: taken apart within bounds, each file inside a submission of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from healthstats.domain.finding import Finding
from healthstats.domain.reading import Attachment, Reading
from healthstats.intake.formats.guard import BROKEN, MOST_BYTES, MOST_ENTRIES, bomb
from healthstats.intake.formats.mail import mail_parts
from healthstats.intake.formats.media import CONTAINERS, sniff
from healthstats.intake.formats.msg import File, Mail
from healthstats.intake.formats.parts import BrokenContainer, Part
from healthstats.intake.letters.text import UnreadableText, decode

DEPTH = 3
"""Containers within containers that are opened; a fourth is refused."""
ARROW = " › "
NAMED = 5
_UTF8_NAME = 0x800


class TooMuch(Exception):
    """All that a container holds, at every depth, passes the bounds."""


@dataclass(slots=True)
class _Opening:
    """What came out so far; the bounds are those of the whole container, however it is nested."""

    found: list[Attachment] = field(default_factory=list)
    clutter: list[str] = field(default_factory=list)
    count: int = 0
    size: int = 0

    def count_in(self, data: bytes) -> None:
        self.count += 1
        self.size += len(data)
        if self.count > MOST_ENTRIES or self.size > MOST_BYTES:
            raise TooMuch


def open_container(kind: str, name: str, data: bytes, *, attached: bool) -> Reading:
    """The files in a zip, eml or msg, or the finding that says why it stays shut. Containers in it are opened too,
    three deep; one that cannot be opened is handed out as it is. `attached`: it was handed out so."""
    opening = _Opening()
    try:
        sent_at = _open(kind, name, data, (opening, None, 1))
    except TooMuch:
        return _shut(kind, "ZIP_BOMB")
    except BrokenContainer as broken:
        return _shut(kind, broken.code)
    if not opening.found:
        return _shut(kind, "MAIL_WITHOUT_FILES" if kind != "zip" else "FILE_EMPTY", by_hand=kind != "zip")
    if attached:
        return _shut(kind, "CONTAINER_TOO_DEEP")
    findings = [Finding("CONTAINER_OPENED", "info", params={"files": len(opening.found)})]
    if opening.clutter:
        names = "; ".join(opening.clutter[:NAMED]) + (" …" if len(opening.clutter) > NAMED else "")
        params: dict[str, str | int] = {"files": len(opening.clutter), "names": names}
        findings.append(Finding("CLUTTER_LEFT_OUT", "info", params=params))
    return Reading(kind, findings=tuple(findings), kept="opened", attachments=tuple(opening.found), sent_at=sent_at)


def _shut(kind: str, code: str, *, by_hand: bool = False) -> Reading:
    return Reading(kind, findings=(Finding(code, "error"),), kept="by_hand" if by_hand else "")


Where = tuple[_Opening, datetime | None, int]
"""The opening, the date of the mail around, the depth."""


def _open(kind: str, name: str, data: bytes, where: Where) -> datetime | None:
    """Takes out what `data` holds; the date of the mail that it is, or is in."""
    opening, sent_at, depth = where
    if kind == "msg":
        return _open_msg(name, Mail(File(data)), where)
    if kind == "eml":
        parts, own = mail_parts(data)
        sent_at = own or sent_at
        _take(name, parts, (opening, sent_at, depth))
    else:
        _take(name, _zip_parts(data), where)
    return sent_at


def _open_msg(name: str, mail: Mail, where: Where) -> datetime | None:
    opening, sent_at, depth = where
    sent_at = mail.sent_at() or sent_at
    _take(name, mail.parts(), (opening, sent_at, depth))
    for inner, embedded in mail.mails():
        if depth == DEPTH:
            raise BrokenContainer("CONTAINER_TOO_DEEP")
        opening.count_in(b"")
        _open_msg(f"{name}{ARROW}{inner}", embedded, (opening, sent_at, depth + 1))
    return sent_at


def _take(name: str, parts: Iterable[Part], where: Where) -> None:
    opening, sent_at, depth = where
    for part in parts:
        opening.count_in(part.data)
        inner = f"{name}{ARROW}{part.name}"
        if part.is_clutter:
            opening.clutter.append(part.name)
        elif not (depth < DEPTH and _opened_inside(inner, part.data, (opening, sent_at, depth + 1))):
            opening.found.append(Attachment(inner, part.data, sent_at))


def _opened_inside(name: str, data: bytes, where: Where) -> bool:
    media = sniff(data)
    if media.kind not in CONTAINERS or media.refusal:
        return False
    before = len(where[0].found)
    try:
        _open(media.kind, name, data, where)
    except BrokenContainer:
        # nothing of a container that breaks half-way is taken: it is handed out whole, and refused by name
        del where[0].found[before:]
        return False
    return len(where[0].found) > before


def _zip_parts(data: bytes) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if refusal := bomb(archive):
                raise BrokenContainer(refusal.code)
            for member in archive.infolist():
                if not member.is_dir():
                    yield Part(_member_name(member), archive.read(member))
    except NotImplementedError as error:
        # a packing method that only some programs know
        raise BrokenContainer("FILE_ARCHIVE") from error
    except BROKEN as error:
        raise BrokenContainer("FILE_DAMAGED") from error


def _member_name(member: zipfile.ZipInfo) -> str:
    """Many programs write Vietnamese names without saying in which encoding."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        with suppress(UnreadableText, UnicodeEncodeError):
            name = decode(name.encode("cp437"))[0]
    return name.replace("\\", "/")
