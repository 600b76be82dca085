"""A mail saved by Outlook (.msg): what is attached to it, and when it was sent. Layout: [MS-OXMSG]."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from healthstats.intake.formats import ole
from healthstats.intake.formats.parts import BrokenContainer, Part
from healthstats.intake.letters.text import UnreadableText, decode

Path = tuple[str, ...]
PROPERTIES = "__properties_version1.0"
VALUE = "__substg1.0_"
_ATTACHMENT = "__attach_version1.0_#"
_DATA, _EMBEDDED = f"{VALUE}37010102", f"{VALUE}3701000D"
_NAMES = ("3707", "3704", "3001")
"""Long name, short name, display name."""
_CONTENT_ID = "3712"
_SUBJECT = ("0037",)
_DELIVERED, _SUBMITTED = 0x0E060040, 0x00390040
_HEADER, _HEADER_EMBEDDED = 32, 24
MOST_TEXT = 64 << 10
"""Bytes of a name or of a mail's properties: many mails could share one that is as long as the file."""
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class File:
    """What an .msg holds; its tables are read once, however many mails lie in it. Raises BrokenContainer."""

    def __init__(self, data: bytes) -> None:
        try:
            self.container = ole.Container(data)
            self.tree = self.container.tree()
        except (ole.Damaged, struct.error) as error:
            raise BrokenContainer("FILE_TRUNCATED") from error
        self.attachments: dict[Path, set[Path]] = {}
        """The mail's place → its attachments'."""
        for path in self.tree:
            for depth, name in enumerate(path[:-1]):
                if name.startswith(_ATTACHMENT):
                    self.attachments.setdefault(path[:depth], set()).add(path[: depth + 1])

    def content(self, path: Path, most: int | None = None) -> bytes:
        """Up to `most` bytes of a stream, b'' where there is none."""
        if path not in self.tree:
            return b""
        try:
            return self.container.content(self.tree[path], most)
        except (ole.Damaged, struct.error) as error:
            raise BrokenContainer("FILE_TRUNCATED") from error


class Mail:
    """One mail of the file: the file's own, or one embedded in it at `at`."""

    def __init__(self, file: File, at: Path = ()) -> None:
        self.file, self.at = file, at

    def parts(self) -> Iterator[Part]:
        """The attached files in order. Raises BrokenContainer."""
        for at in self._attachments():
            if (*at, _DATA) in self.file.tree:
                inline = any(self._text(at, (_CONTENT_ID,)))
                yield Part(self._text(at, _NAMES) or "?", self.file.content((*at, _DATA)), inline)

    def mails(self) -> Iterator[tuple[str, Mail]]:
        """The mails attached to this one, by name."""
        for at in self._attachments():
            inner = (*at, _EMBEDDED)
            if (*inner, PROPERTIES) in self.file.tree:
                name = self._text(at, _NAMES) or self._text(inner, _SUBJECT) or "?"
                yield name if name.lower().endswith(".msg") else f"{name}.msg", Mail(self.file, inner)

    def sent_at(self) -> datetime | None:
        """When it was delivered, else sent; None where neither is stated."""
        times = self._times()
        ticks = times.get(_DELIVERED) or times.get(_SUBMITTED)
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def _attachments(self) -> list[Path]:
        return sorted(self.file.attachments.get(self.at, ()))

    def _times(self) -> dict[int, int]:
        content = self.file.content((*self.at, PROPERTIES), MOST_TEXT)
        header = _HEADER_EMBEDDED if self.at else _HEADER
        whole = content[header : header + (len(content) - header) // 16 * 16]
        return {tag: value for tag, _, value in struct.iter_unpack("<IIQ", whole)}

    def _text(self, at: Path, properties: tuple[str, ...]) -> str:
        for number in properties:
            wide, narrow = (*at, f"{VALUE}{number}001F"), (*at, f"{VALUE}{number}001E")
            if wide in self.file.tree:
                return self.file.content(wide, MOST_TEXT).decode("utf-16-le", "replace").strip("\0 ")
            if narrow in self.file.tree:
                return _narrow(self.file.content(narrow, MOST_TEXT))
        return ""


def _narrow(content: bytes) -> str:
    try:
        return decode(content.strip(b"\0 "))[0]
    except UnreadableText:
        return content.strip(b"\0 ").decode("cp1252", "replace")
