"""A mail as a file (.eml): what is attached to it, and when it was sent."""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import (
    CloseBoundaryNotFoundDefect,
    HeaderParseError,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
)
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from healthstats.intake.parts import BrokenContainer, Part
from healthstats.intake.text import UnreadableText, decode

_ASIDE = ("application/pkcs7-signature", "application/pgp-signature", "text/calendar", "text/vcard", "text/x-vcard")

_LOST = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect)


def mail_parts(data: bytes) -> tuple[list[Part], datetime | None]:
    """The attachments in order, a forwarded mail among them as one, and the mail's date. Raises BrokenContainer."""
    try:
        mail = email.message_from_bytes(data)
        parts = list(_attached(mail))
    except (RecursionError, LookupError, ValueError) as error:
        raise BrokenContainer("FILE_DAMAGED") from error
    # what is cut off may still open, and half a table would be taken for a whole one
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects):
        raise BrokenContainer("FILE_TRUNCATED")
    return parts, _date(mail)


def _attached(mail: Message) -> Iterator[Part]:
    kind = mail.get_content_type()
    if kind == "message/rfc822":
        for inner in mail.get_payload():
            if isinstance(inner, Message):
                yield Part(_name(mail) or f"{_text(inner.get('Subject', ''))}.eml", inner.as_bytes())
    elif mail.is_multipart():
        for part in mail.get_payload():
            if isinstance(part, Message):
                yield from _attached(part)
    elif name := _name(mail) or _unnamed(mail, kind):
        content = mail.get_payload(decode=True)
        if any(isinstance(defect, _LOST) for defect in mail.defects):
            raise BrokenContainer("FILE_DAMAGED")
        inline = "Content-ID" in mail or mail.get_content_disposition() == "inline"
        yield Part(name, content if isinstance(content, bytes) else b"", inline, kind in _ASIDE)


def _name(part: Message) -> str:
    return _text(part.get_filename() or "")


def _unnamed(part: Message, kind: str) -> str:
    """A part without a name is the mail's own text, unless it is attached."""
    is_body = kind.startswith("text/") and part.get_content_disposition() != "attachment"
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
