"""A mail as a file (.eml): what is attached to it, and when it was sent. Each byte is looked at once for each multipart
that holds it, and those are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import HeaderParseError, InvalidBase64CharactersDefect, InvalidBase64LengthDefect
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from healthstats.intake.formats.guard import MOST_ENTRIES
from healthstats.intake.formats.parts import BrokenContainer, Part
from healthstats.intake.letters.text import UnreadableText, decode

NESTED = 16
"""Multiparts within multiparts that are opened; mail programs write two or three."""
MOST_HEAD, MOST_LINE = 1 << 20, 8 << 10
"""Bytes of a header, and of one line of those that are read: they are parsed anew for each parameter."""
_READ = frozenset(("content-type", "content-disposition", "content-transfer-encoding", "content-id", "subject", "date"))
_ASIDE = ("application/pkcs7-signature", "application/pgp-signature", "text/calendar", "text/vcard", "text/x-vcard")
_MAILS = ("message/rfc822", "message/global")
_HEAD = re.compile(rb"(?:(?:From |[!-9;-~]++:|[\t ])[^\r\n]*+(?:\r\n|\r|\n|\Z))*+")
_LINE_END = re.compile(rb"\r\n|\r|\n|\Z")
_LOST = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect)


def mail_parts(data: bytes) -> tuple[list[Part], datetime | None]:
    """The attachments in order, a forwarded mail among them as one, and the mail's date. Raises BrokenContainer."""
    try:
        mail, body = _opened(data)
        return list(_attached(mail, body)), _date(mail)
    except (LookupError, ValueError) as error:
        raise BrokenContainer("FILE_DAMAGED") from error


def _opened(data: bytes) -> tuple[Message, bytes]:
    """(the header, what follows it)."""
    head = _HEAD.match(data)
    end = head.end() if head else 0
    mail = BytesHeaderParser().parsebytes(data[: min(end, MOST_HEAD)])
    if end > MOST_HEAD or any(name.lower() in _READ and len(str(said)) > MOST_LINE for name, said in mail.raw_items()):
        raise BrokenContainer("FILE_DAMAGED")
    blank = _LINE_END.match(data, end)
    return mail, data[blank.end() if blank else end :]


def _attached(mail: Message, body: bytes) -> Iterator[Part]:
    waiting = [(mail, body, 0)]
    opened = 0
    while waiting:
        mail, body, depth = waiting.pop()
        if mail.get_content_maintype() == "multipart":
            if depth == NESTED:
                raise BrokenContainer("CONTAINER_TOO_DEEP")
            pieces = _pieces(mail, body, whole=depth == 0)
            opened += len(pieces)
            if opened > MOST_ENTRIES:
                raise BrokenContainer("ZIP_BOMB")
            waiting += [(*piece, depth + 1) for piece in reversed(pieces)]
        elif mail.get_content_type() in _MAILS:
            content = _content(mail, body)
            yield Part(_name(mail) or f"{_text(_opened(content)[0].get('Subject', ''))}.eml", content)
        # what else a message/… is, mail servers say to one another
        elif mail.get_content_maintype() != "message" and (name := _name(mail) or _unnamed(mail)):
            inline = "Content-ID" in mail or mail.get_content_disposition() == "inline"
            yield Part(name, _content(mail, body), inline, mail.get_content_type() in _ASIDE)


def _pieces(mail: Message, body: bytes, whole: bool) -> list[tuple[Message, bytes]]:
    """What stands between the boundaries of a multipart; of one that must be `whole` the last closes it."""
    boundary = mail.get_boundary()
    if boundary is None:
        raise BrokenContainer("FILE_DAMAGED")
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    starts: list[int] = []
    ends: list[int] = []
    closed = False
    for line in re.finditer(rb"--" + mark + rb"(--)?[ \t]*+(?:\r\n|\r|\n|\Z)", body):
        before = body[max(line.start() - 2, 0) : line.start()]
        if before and not before.endswith((b"\r", b"\n")):
            continue
        # the end of the line before belongs to the boundary
        ends += [line.start() - (2 if before == b"\r\n" else 1)] if starts else []
        if closed := line[1] is not None:
            break
        starts.append(line.end())
        # what is left out may hold the one table that matters
        if len(starts) > MOST_ENTRIES:
            raise BrokenContainer("ZIP_BOMB")
    # what is cut off may still open, and half a table would be taken for a whole one
    if whole and not closed:
        raise BrokenContainer("FILE_TRUNCATED")
    ends += [len(body)] if starts and not closed else []
    pieces = [_opened(body[start : max(start, end)]) for start, end in zip(starts, ends, strict=True)]
    if mail.get_content_type() == "multipart/digest":
        for piece, _ in pieces:
            piece.set_default_type("message/rfc822")
    return pieces


def _content(mail: Message, body: bytes) -> bytes:
    mail.set_payload(body.decode("ascii", "surrogateescape"))
    content = mail.get_payload(decode=True)
    if any(isinstance(defect, _LOST) for defect in mail.defects):
        raise BrokenContainer("FILE_DAMAGED")
    return content if isinstance(content, bytes) else b""


def _name(part: Message) -> str:
    return _text(part.get_filename() or "")


def _unnamed(part: Message) -> str:
    """A part without a name is the mail's own text, unless it is attached."""
    is_body = part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment"
    return "" if is_body else f"?.{part.get_content_subtype()}"


def _text(header: object) -> str:
    """A header as a person reads it: `=?utf-8?B?…?=` decoded, bare bytes too."""
    text = str(header)
    try:
        text = str(make_header(decode_header(text))) if "=?" in text else text
        return decode(text.encode("utf-8", "surrogateescape"))[0].strip()
    except (HeaderParseError, LookupError, ValueError, UnreadableText):
        return text.strip()


def _date(mail: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(mail["Date"]))
        return sent.astimezone(UTC) if sent.tzinfo else sent.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None
