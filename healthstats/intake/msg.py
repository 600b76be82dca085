"""A mail saved by Outlook (.msg): what is attached to it, and when it was sent. Layout: [MS-OXMSG]."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from healthstats.intake import ole
from healthstats.intake.parts import BrokenContainer, Part
from healthstats.intake.text import UnreadableText, decode

Path = tuple[str, ...]
Tree = Mapping[Path, ole.Stream]
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
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Mail:
    """One mail of the file: the file's own, or one embedded in it at `at`."""

    def __init__(self, data: bytes, tree: Tree | None = None, at: Path = ()) -> None:
        try:
            self.data, self.at = data, at
            self.tree = ole.tree(data) if tree is None else tree
        except (ole.Damaged, struct.error) as error:
            raise BrokenContainer("FILE_TRUNCATED") from error

    def parts(self) -> Iterator[Part]:
        """The attached files in order. Raises BrokenContainer."""
        for at in self._attachments():
            if (*at, _DATA) in self.tree:
                inline = any(self._text(at, (_CONTENT_ID,)))
                yield Part(self._text(at, _NAMES) or "?", self._content((*at, _DATA)), inline)

    def mails(self) -> Iterator[tuple[str, Mail]]:
        """The mails attached to this one, by name."""
        for at in self._attachments():
            inner = (*at, _EMBEDDED)
            if (*inner, PROPERTIES) in self.tree:
                name = self._text(at, _NAMES) or self._text(inner, _SUBJECT) or "?"
                yield name if name.lower().endswith(".msg") else f"{name}.msg", Mail(self.data, self.tree, inner)

    def sent_at(self) -> datetime | None:
        """When it was delivered, else sent; None where neither is stated."""
        times = self._times()
        ticks = times.get(_DELIVERED) or times.get(_SUBMITTED)
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def _attachments(self) -> list[Path]:
        depth = len(self.at)
        inside = {path[: depth + 1] for path in self.tree if path[:depth] == self.at and len(path) > depth + 1}
        return sorted(path for path in inside if path[-1].startswith(_ATTACHMENT))

    def _times(self) -> dict[int, int]:
        content = self._content((*self.at, PROPERTIES))
        header = _HEADER_EMBEDDED if self.at else _HEADER
        whole = content[header : header + (len(content) - header) // 16 * 16]
        return {tag: value for tag, _, value in struct.iter_unpack("<IIQ", whole)}

    def _text(self, at: Path, properties: tuple[str, ...]) -> str:
        for number in properties:
            if (*at, f"{VALUE}{number}001F") in self.tree:
                return self._content((*at, f"{VALUE}{number}001F")).decode("utf-16-le", "replace").strip("\0 ")
            if (*at, f"{VALUE}{number}001E") in self.tree:
                return _narrow(self._content((*at, f"{VALUE}{number}001E")))
        return ""

    def _content(self, path: Path) -> bytes:
        if path not in self.tree:
            return b""
        try:
            return ole.content(self.data, self.tree[path])
        except (ole.Damaged, struct.error) as error:
            raise BrokenContainer("FILE_TRUNCATED") from error


def _narrow(content: bytes) -> str:
    try:
        return decode(content.strip(b"\0 "))[0]
    except UnreadableText:
        return content.strip(b"\0 ").decode("cp1252", "replace")
