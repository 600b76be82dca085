"""The marks of a web page: as a browser tells them apart, and a page that stops within one refused."""

from __future__ import annotations

import pytest

from healthstats.intake.formats import sheetscan
from healthstats.intake.formats.markup import marks
from healthstats.intake.formats.sheetscan import SheetFault


def told(page: str) -> list[tuple[str, str]]:
    return [(mark.kind, mark.said) for mark in marks(page)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<TD>1</td>", [("start", "td"), ("text", "1"), ("end", "td")]),
        ("a<br/>b", [("text", "a"), ("start", "br"), ("text", "b")]),
        ("TE <5 tuổi & < 15", [("text", "TE <5 tuổi & < 15")]),
        ("&lt;5 &#7853;", [("text", "<5 ậ")]),
        ("<!--<td>1</td>-->2", [("comment", "<td>1</td>"), ("text", "2")]),
        ("<!-->2<!--->3<!-- a --!>4", [("comment", ""), ("text", "2"), ("comment", ""), ("text", "3")]),
        ("<!doctype html><?xml version='1.0'?></ >5", [("text", "5")]),
        ("<![if !supportLists]>1<![endif]><![CDATA[ <td> > ]]>2", [("text", "1"), ("text", "2")]),
        ("<script>'<td>' </scripts></script>1", [("start", "script"), ("end", "script"), ("text", "1")]),
        ("<style/><b>", [("start", "style"), ("start", "b")]),
        ("<a title='1 > 0'>x", [("start", "a"), ("text", "x")]),
    ],
)
def test_marks_are_told_apart(page: str, expected: list[tuple[str, str]]) -> None:
    assert told(page)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<td rowspan=2 COLSPAN="3" style=\'a: "b"\'>', {"rowspan": "2", "colspan": "3", "style": 'a: "b"'}),
        ("<td nowrap x:num='48.0' title=a&amp;b>", {"nowrap": "", "x:num": "48.0", "title": "a&b"}),
        ("<td width = 5 />", {"width": "5"}),
        ("<td title=5' a=1>", {"title": "5'", "a": "1"}),
        ("<td a='>", {"a": ""}),
    ],
)
def test_attributes(tag: str, expected: dict[str, str]) -> None:
    (mark,) = marks(tag)
    assert {name: mark.attributes.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "page", ["<td", "<td a=1", "<td a='1'", "<!--", "<!-- -- >", "</td", "<!doct", "<style>p{", "<?"]
)
def test_a_page_that_stops_within_a_mark_is_cut(page: str) -> None:
    with pytest.raises(SheetFault, match="FILE_TRUNCATED"):
        told(f"<table><tr><td>1{page}")


def test_a_page_of_too_many_marks_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetscan, "MOST_TAGS", 6)
    assert len(told("<a><a><a>")) == 3
    with pytest.raises(SheetFault, match="TOO_MANY_TAGS"):
        told("<a><a><a><a>")
