"""A table laid out in lines of fixed width: labels fold, figures never; too many columns go on in a next panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from typing import Literal

from rich.cells import cell_len

from healthstats.domain.table import Column, Table
from healthstats.render.figures import clean, format_cell, is_figure, shown, totals
from healthstats.words import Lang

GAP = "  "
NARROWEST_TEXT, LONGEST_MEASURE = 12, 40
COMFORTABLE_STUB = 18
DEEPEST_ROW = 4
Role = Literal["group", "head", "rule", "total", "row", "blank"]


@dataclass(frozen=True, slots=True)
class Line:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One column as text: its heading, its cells (indented), and the widths between which it can be set."""

    column: Column
    cells: tuple[str, ...]
    natural: int
    narrowest: int
    stub: bool

    @property
    def figure(self) -> bool:
        return is_figure(self.column)


def lay_out(table: Table, lang: Lang, width: int | None) -> Iterator[Line]:
    """The table's lines, at most `width` cells wide where its figures allow; None sets each row on one line."""
    columns = [_written(table, place, lang, whole=width is None) for place in shown(table)]
    panels = _panels(columns, width)
    if width is not None and not any(column.figure for column in columns) and _depth(columns, width) > DEEPEST_ROW:
        yield from _stacked(columns, width)
        return
    for number, panel in enumerate(panels):
        if number:
            yield Line("blank", "")
        yield from _panel(panel, _widths(panel, width), totals(table))


def _depth(columns: list[Written], width: int) -> int:
    """Lines that the deepest row takes when all columns stand side by side."""
    placed = zip(columns, _widths(columns, width), strict=True)
    return max((len(fold(cell, room)) for column, room in placed for cell in column.cells), default=0)


def _stacked(columns: list[Written], width: int) -> Iterator[Line]:
    """Sentences too long to stand side by side: each row as a paragraph, its first column leading."""
    for number, lead in enumerate(columns[0].cells):
        if number:
            yield Line("blank", "")
        yield from (Line("total", line) for line in fold(lead, width))
        for column in columns[1:]:
            text = column.cells[number]
            label = clean(column.column.label)
            yield from (Line("row", line) for line in fold(f"  {label}: {text}", width) if text)


def _written(table: Table, place: int, lang: Lang, *, whole: bool) -> Written:
    column = table.columns[place]
    cells = tuple("  " * row[place].level + format_cell(row[place], column, lang) for row in table.rows)
    label = clean(column.label)
    heading = max(map(cell_len, label.split()), default=0)
    three_lines = next(width for width in range(heading, cell_len(label) + 1) if len(fold(label, width)) <= 3)
    natural = max([three_lines if is_figure(column) else cell_len(label), *map(cell_len, cells)])
    if is_figure(column):
        # words such as "không so sánh được" may fold; a number is one word and cannot
        longest = max((cell_len(word) for cell in cells for word in cell.split()), default=0)
        narrowest = max(heading, longest)
        natural = natural if whole else min(natural, max(narrowest, NARROWEST_TEXT))
    else:
        narrowest = min(natural, max(heading, NARROWEST_TEXT, min(natural // 4, LONGEST_MEASURE)))
    return Written(column, cells, natural, narrowest, place < table.stub)


def _panels(columns: list[Written], width: int | None) -> list[list[Written]]:
    """As few panels as hold whole groups of columns, evenly filled, each led by the stub."""
    if width is None:
        return [columns]
    stub = [column for column in columns if column.stub]
    blocks = [
        block
        for group in _groups([column for column in columns if not column.stub])
        for block in ([group] if _least([*stub, *group]) <= width else [[column] for column in group])
    ]

    def parted(breaks: Sequence[int]) -> list[list[Written]]:
        edges = pairwise((0, *breaks, len(blocks)))
        return [[*stub, *chain.from_iterable(blocks[start:end])] for start, end in edges]

    for count in range(len(blocks)):
        choices = map(parted, combinations(range(1, len(blocks)), count))
        fitting = [panels for panels in choices if all(_least(panel) <= width for panel in panels)]
        if fitting:
            return min(fitting, key=lambda panels: max(map(_natural, panels)))
    return parted(range(1, len(blocks)))


def _groups(columns: list[Written]) -> list[list[Written]]:
    groups: list[list[Written]] = []
    for column in columns:
        if groups and groups[-1][0].column.group == column.column.group != "":
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _least(panel: list[Written]) -> int:
    """The width below which a panel cannot be read: text columns folded, figures whole."""
    return sum(map(_readable, panel)) + len(GAP) * (len(panel) - 1)


def _natural(panel: list[Written]) -> int:
    return sum(column.natural for column in panel)


def _readable(column: Written) -> int:
    return min(column.natural, COMFORTABLE_STUB) if column.stub and not column.figure else column.narrowest


def _widths(panel: list[Written], width: int | None) -> list[int]:
    """Natural widths; where they are too wide together, each gives way in proportion: text first, then the words
    among figures, figures never."""
    widths = [column.natural for column in panel]
    if width is None:
        return widths
    room = width - len(GAP) * (len(panel) - 1)
    for floors in (
        [column.natural if column.figure else _readable(column) for column in panel],
        [_readable(column) for column in panel],
        [column.narrowest for column in panel],
    ):
        while sum(widths) > room:
            foldable = [place for place, floor in enumerate(floors) if widths[place] > floor]
            if not foldable:
                break
            widths[max(foldable, key=lambda place: (widths[place] / panel[place].natural, widths[place]))] -= 1
    return widths


def _panel(panel: list[Written], widths: list[int], bold: list[bool]) -> Iterator[Line]:
    if any(column.column.group for column in panel):
        yield from _group_lines(panel, widths)
    headings = [fold(clean(column.column.label), width) for column, width in zip(panel, widths, strict=True)]
    deepest = max(map(len, headings))
    headings = [[""] * (deepest - len(heading)) + heading for heading in headings]
    yield from (Line("head", text) for text in _set(panel, widths, headings))
    yield Line("rule", GAP.join("─" * width for width in widths))
    for number, total in enumerate(bold):
        cells = [fold(column.cells[number], width) for column, width in zip(panel, widths, strict=True)]
        yield from (Line("total" if total else "row", text) for text in _set(panel, widths, cells))


def _group_lines(panel: list[Written], widths: list[int]) -> Iterator[Line]:
    spans: list[tuple[str, int]] = []
    remaining = iter(widths)
    for group in _groups(panel):
        inner = [next(remaining) for _ in group]
        spans.append((clean(group[0].column.group), sum(inner) + len(GAP) * (len(inner) - 1)))
    names = [fold(name, span) for name, span in spans]
    deepest = max(map(len, names))
    for number in range(deepest):
        parts = (([""] * (deepest - len(name)) + name)[number] for name in names)
        line = GAP.join(_padded(part, span, right=False) for part, (_, span) in zip(parts, spans, strict=True))
        yield Line("group", line.rstrip())
    yield Line("rule", GAP.join(("─" if name else " ") * span for name, span in spans).rstrip())


def _set(panel: list[Written], widths: list[int], cells: list[list[str]]) -> Iterator[str]:
    for number in range(max(map(len, cells), default=0)):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        yield GAP.join(
            _padded(part, width, right=column.figure) for part, width, column in zip(parts, widths, panel, strict=True)
        ).rstrip()


def fold(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken between words; a word that is longer alone is broken within."""
    if cell_len(text) <= width:
        return [text]
    indent = " " * (len(text) - len(text.lstrip()))
    lines: list[str] = []
    line = indent
    for word in text.split():
        for piece in _pieces(word, max(width - len(indent), 1)):
            joined = f"{line} {piece}" if line.strip() else line + piece
            if cell_len(joined) > width and line.strip():
                lines.append(line)
                joined = indent + piece
            line = joined
    return [*lines, line]


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if cell_len(piece + character) > width and piece:
            yield piece
            piece = ""
        piece += character
    yield piece


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * max(width - cell_len(text), 0)
    return space + text if right else text + space
