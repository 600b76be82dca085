"""What a mail or an archive is taken apart into, and what of it is no submission."""

from __future__ import annotations

from dataclasses import dataclass

ARROW = " › "
"""Between the name of a container and the name within it."""
CLUTTER = ("~$", ".", "thumbs.db", "desktop.ini")
CLUTTER_FOLDER = "__macosx"
_CLUTTER_KINDS = (".p7s", ".asc", ".ics", ".vcf", ".lnk", ".url")
SIGNATURE_BYTES = 64 << 10
"""Up to this size a picture within a mail's text is taken for a logo; a photographed form is larger."""
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")


class BrokenContainer(Exception):
    """It cannot be taken apart; `code` is that of the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside. `inline`: shown within a mail's text; `aside`: known to be none of the sender's files."""

    name: str
    data: bytes
    inline: bool = False
    aside: bool = False

    @property
    def is_clutter(self) -> bool:
        return self.aside or is_clutter(self.name) or self._is_signature

    @property
    def _is_signature(self) -> bool:
        return self.inline and len(self.data) <= SIGNATURE_BYTES and self.data.startswith(_PICTURE)


def is_clutter(path: str) -> bool:
    """Lock files of Excel, folders' own files, what macOS and mail programs add."""
    *folders, name = path.replace("\\", "/").casefold().split("/")
    return name.startswith(CLUTTER) or name.endswith(_CLUTTER_KINDS) or CLUTTER_FOLDER in folders
