"""The marks of a web page one after the other, each place of it looked at once; a page that stops within one is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import Literal, NamedTuple

from healthstats.domain.finding import Finding
from healthstats.intake.formats.sheetscan import SheetFault, refuse_endless

Attributes = Mapping[str, str]
RAW = frozenset(("script", "style"))
"""What stands in them is no markup."""
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'][^\s]*+))?+)?+""")
_ENDS_ITSELF = ("/", " /", '"/', "'/")
_COMMENT_END, _SECTION_END, _MARK_END = re.compile(r"--!?>"), re.compile(r"\]\]>"), re.compile(">")
_RAW_ENDS = {name: re.compile(rf"(?=</{name}[\s/>])", re.IGNORECASE) for name in RAW}


class Mark(NamedTuple):
    """`said`: the name of a tag in small letters, or the text of a comment or of what stands between marks."""

    kind: Literal["start", "end", "text", "comment"]
    said: str
    attributes: Attributes = MappingProxyType({})
    ends_itself: bool = False


def marks(page: str) -> Iterator[Mark]:
    """Every tag, text and comment in order. Raises SheetFault where the page stops within one or has too many,
    ValueError for a letter whose number is none."""
    refuse_endless(page.count("<") * 2)
    place = 0
    while opening := _OPENING.search(page, place):
        if opening.start() > place:
            yield Mark("text", unescape(page[place : opening.start()]))
        place = opening.start()
        if page.startswith("<!--", place):
            # `<!-->` is a comment, and a whole one
            inside, place = place + 4, _after(_COMMENT_END, page, place + 2)
            yield Mark("comment", page[inside : place - 3])
        elif tag := _TAG.match(page, place):
            place = tag.end()
            mark = _tag(tag)
            yield mark
            if mark.kind == "start" and mark.said in RAW and not mark.ends_itself:
                place = _after(_RAW_ENDS[mark.said], page, place)
        elif page[place + 1].isalpha():
            raise _cut()
        else:
            place = _after(_SECTION_END if page.startswith("<![CDATA[", place) else _MARK_END, page, place)
    if place < len(page):
        yield Mark("text", unescape(page[place:]))


def _tag(tag: re.Match[str]) -> Mark:
    closing, name, inside = tag.groups()
    if closing:
        return Mark("end", name.lower())
    attributes = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(inside)}
    return Mark("start", name.lower(), attributes, inside.endswith(_ENDS_ITSELF))


def _after(end: re.Pattern[str], page: str, place: int) -> int:
    if found := end.search(page, place):
        return found.end()
    raise _cut()


def _cut() -> SheetFault:
    return SheetFault(Finding("FILE_TRUNCATED", "error"))
