"""Reads rendered tables back, so that formats can be set against each other."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from html.parser import HTMLParser

from healthstats.words import Lang

Rows = list[list[str]]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("thead", "tbody"):
            self.inside = tag
        if tag == "table":
            self.tables.append([])
        elif self.inside == "tbody" and tag == "tr":
            self.tables[-1].append([])
        elif self.inside == "tbody" and tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "tbody" and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def from_html(text: str) -> list[Rows]:
    """Each table's body as rows of cell texts."""
    parser = _Tables()
    parser.feed(text)
    return [[[cell.strip() for cell in row] for row in table] for table in parser.tables]


def from_plain(text: str) -> Rows:
    """Cells by the columns that the rule under the headings draws, a row a line."""
    lines = text.split("\n")
    rule = max(number for number, line in enumerate(lines) if re.fullmatch(r"-+(  -+)*", line))
    spans = [match.span() for match in re.finditer("-+", lines[rule])]
    body = lines[rule + 1 :]
    body = body[: body.index("")]
    return [[line[start:end].strip() for start, end in spans] for line in body]


def from_markdown(text: str) -> Rows:
    rows = [line for line in text.split("\n") if line.startswith("|")][2:]
    cells = [re.split(r"(?<!\\)\|", row)[1:-1] for row in rows]
    return [[re.sub(r"\\(.)", r"\1", cell).strip() for cell in row] for row in cells]


def shown_by_a_spreadsheet(value: object, number_format: str, lang: Lang) -> str:
    """What Excel shows of a cell whose format is one of ours: `+#,##0.0%"*";…`, or General."""
    if value is None or isinstance(value, str):
        return value or ""
    exact = Decimal(repr(value))
    if number_format == "General":
        return str(value)
    sections = number_format.split(";")
    section = sections[0 if exact > 0 else min(1 if exact < 0 else 2, len(sections) - 1)]
    parts = re.fullmatch(r'("[^"]*"|\+)?(?:#,##)?0(\.0+)?(%)?("[^"]*")?', section)
    assert parts, number_format
    before, decimals, rate, after = (part.strip('"') if part else "" for part in parts.groups())
    digits = max(len(decimals) - 1, 0)
    size = abs(exact) * (100 if rate else 1)
    # Excel rounds what fifteen digits say, halves away from zero
    size = Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(size)
    text = f"{size.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):{',' if ',' in section else ''}}"
    return before + (text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text) + rate + after
