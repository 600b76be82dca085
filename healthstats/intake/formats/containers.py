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
from healthstats.intake.formats.guard import BROKEN, MOST_ENTRIES, MOST_RATIO, bomb
from healthstats.intake.formats.mail import mail_parts
from healthstats.intake.formats.media import CONTAINERS, sniff
from healthstats.intake.formats.msg import File, Mail
from healthstats.intake.formats.parts import ARROW, BrokenContainer, Part
from healthstats.intake.letters.text import UnreadableText, decode

DEPTH = 3
"""Containers within containers that are opened; a fourth is refused."""
NAMED = 5
MOST_OUT = 400 * 10**6
"""Bytes that may come out of one container: its reader holds them twice, and may have 1 GiB."""
TOO_LARGE = "CONTAINER_TOO_LARGE"
_UTF8_NAME = 0x800


class TooMuch(Exception):
    """All that a container holds, at every depth, passes the bounds; `code` is the finding that says so."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class _Opening:
    """What came out so far of a container of `packed` bytes; the bounds are those of the whole, however it is
    nested."""

    packed: int
    found: list[Attachment] = field(default_factory=list)
    clutter: list[str] = field(default_factory=list)
    count: int = 0
    size: int = 0

    def count_in(self, data: bytes) -> None:
        self.count += 1
        self.size += len(data)
        if self.count > MOST_ENTRIES:
            raise TooMuch("ZIP_BOMB")
        if self.size > MOST_OUT:
            raise TooMuch(_too_much(self.size, self.packed))


def open_container(kind: str, name: str, data: bytes, *, attached: bool) -> Reading:
    """The files in a zip, eml or msg, or the finding that says why it stays shut. Containers in it are opened too,
    three deep; one that cannot be opened is handed out as it is. `attached`: it was handed out so."""
    opening = _Opening(len(data))
    try:
        sent_at = _open(kind, name, data, (opening, None, 1))
    except (TooMuch, BrokenContainer) as broken:
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
    params: dict[str, str | int] = {"limit": MOST_OUT // 10**6} if code == TOO_LARGE else {}
    return Reading(kind, findings=(Finding(code, "error", params=params),), kept="by_hand" if by_hand else "")


def _too_much(size: int, packed: int) -> str:
    """What honest files make of so many bytes a person can unpack; nobody is told to unpack a bomb."""
    return TOO_LARGE if size <= MOST_RATIO * packed else "ZIP_BOMB"


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
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            # a member is in memory before it can be counted in
            if size > MOST_OUT:
                raise BrokenContainer(_too_much(size, sum(member.compress_size for member in members)))
            if refusal := bomb(archive):
                raise BrokenContainer(refusal.code)
            for member in members:
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
