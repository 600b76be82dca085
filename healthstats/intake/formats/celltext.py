"""The texts of a workbook in Unicode: each cell judged by its letters, its font, and what is sure of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.formats.cellfonts import Fonts
from healthstats.intake.formats.grid import Grid
from healthstats.intake.letters.oldcode import Code
from healthstats.intake.letters.textcode import Font, Judged, draws_capitals, font_code, judge, may_be_old


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell's text, or with `row` 0 the sheet's name."""

    grid: int
    row: int
    column: int
    text: str
    font: str = ""

    @property
    def judged(self) -> Judged:
        return judge(self.text, font_code(self.font))


def in_unicode(grids: list[Grid], look_up: Callable[[], Fonts]) -> tuple[list[Grid], list[Finding]]:
    """The sheets with each text decoded where its code is sure; a text in doubt stays, with a finding on its sheet.
    The findings returned say what was decoded. `look_up` gives the fonts, and is called only where they matter."""
    if not any(map(may_be_old, _different(grids))):
        return grids, []
    texts = [text for at, grid in enumerate(grids) for text in _texts(at, grid)]
    fonts = look_up()
    texts = [
        replace(text, font=fonts.get(grids[text.grid].name, {}).get((text.row, text.column), "")) for text in texts
    ]
    sure = _sure(texts)
    names = {}
    decoded: dict[Code, list[_Text]] = {}
    doubts: dict[int, list[_Text]] = {}
    for text in texts:
        code, spelled = _settled(text, sure)
        if code is None:
            doubts.setdefault(text.grid, []).append(text)
        elif code != "unicode":
            decoded.setdefault(code, []).append(text)
        if not text.row:
            names[text.grid] = spelled
        elif spelled != text.text:
            grids[text.grid].rows[text.row - 1][text.column - 1] = spelled
    told = [
        replace(grid, name=names.get(at, grid.name), findings=_doubt(names.get(at, grid.name), doubts.get(at, [])))
        for at, grid in enumerate(grids)
    ]
    return told, [_said(told, code, cells) for code, cells in sorted(decoded.items())]


def _different(grids: Iterable[Grid]) -> set[str]:
    found = {grid.name for grid in grids}
    for grid in grids:
        found.update(grid.texts or (cell for row in grid.rows for cell in row if type(cell) is str))
    return found


def _texts(at: int, grid: Grid) -> Iterable[_Text]:
    if not grid.name.isascii():
        yield _Text(at, 0, 0, grid.name)
    for number, row in enumerate(grid.rows, start=1):
        for column, cell in enumerate(row, start=1):
            if type(cell) is str and not cell.isascii():
                yield _Text(at, number, column, cell)


def _sure(texts: Iterable[_Text]) -> dict[Font, set[Code]]:
    """The codes that are sure, by what the cells' font says. A font in which Unicode stands too proves nothing."""
    found: dict[Font, set[Code]] = {}
    for text in texts:
        code = text.judged.code
        if code and (code != "unicode" or text.judged.plain):
            found.setdefault(font_code(text.font), set()).add(code)
    return found


def _settled(text: _Text, sure: dict[Font, set[Code]]) -> tuple[Code | None, str]:
    """(the code, None where it stays in doubt; the text as it is to be read)."""
    judged, font = text.judged, font_code(text.font)
    code, spelled = judged.code, judged.text
    if code is None and judged.by_others:
        others = sure.get(font, set())
        if font == judged.old and "unicode" not in others:
            code, spelled = judged.old, judged.meant
        elif not font and judged.old not in others:
            code = "unicode"
        elif not judged.plain and others == {judged.old}:
            code, spelled = judged.old, judged.meant
    return code, spelled.upper() if code == "tcvn3" and draws_capitals(text.font) else spelled


def _doubt(sheet: str, texts: list[_Text]) -> tuple[Finding, ...]:
    if not texts:
        return ()
    first = min(texts, key=lambda text: (text.row, text.column))
    meant = first.judged.meant
    params: dict[str, str | int] = {"cells": len(texts), "said": first.text, "meant": meant}
    cell = cell_name(first.row, first.column) if first.row else ""
    return (Finding("TEXT_IN_DOUBT", "warning", sheet, cell, text=first.text, suggestion=meant, params=params),)


def _said(grids: list[Grid], code: Code, texts: list[_Text]) -> Finding:
    first = texts[0]
    cell = cell_name(first.row, first.column) if first.row else ""
    params: dict[str, str | int] = {"cells": len(texts), "code": code.upper()}
    return Finding("TEXT_DECODED", "info", grids[first.grid].name, cell, params=params)
