"""Charts as inline SVG: text stays text in the page's own type, and what differs differs in shape, not in colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from markupsafe import Markup

from healthstats.domain.chart import Chart
from healthstats.domain.table import Cell
from healthstats.render.figures import clean, exact, format_cell, level, shown
from healthstats.render.scale import Scale, tick_labels, ticks
from healthstats.words import Lang

WIDTH, HEIGHT = 560, 300
TOP, BOTTOM, GAP = 12, 26, 9
LETTER = 6.8
"""Width of a letter at the charts' size of type: room for a label is reckoned, as nothing here can measure it."""
LABELS_APART = 32
ROW, BAR, HATCH = 30, 16, 5

Point = tuple[float, float, Cell, str]


def svg(chart: Chart, lang: Lang) -> Markup:
    """The picture alone; its title and notes stand around it as text."""
    return _lines(chart, lang) if chart.kind == "lines" else _parts(chart, lang)


def _lines(chart: Chart, lang: Lang) -> Markup:
    names, *series = shown(chart.table)
    rows, columns = chart.table.rows, chart.table.columns
    texts = [[format_cell(row[place], columns[place], lang) for row in rows] for place in (names, *series)]
    marks = ticks(value for row in rows for place in series if (value := exact(row[place])) is not None)
    ends = [max((n for n, row in enumerate(rows) if row[place].value is not None), default=0) for place in series]
    labels = [
        (clean(columns[place].label), told[end]) for place, told, end in zip(series, texts[1:], ends, strict=True)
    ]
    left = GAP + _room(tick_labels(marks, lang))
    right = WIDTH - GAP - _room([text for pair in labels for text in pair])
    across = Scale(Fraction(0), Fraction(max(len(rows) - 1, 1)), left + GAP, right - GAP)
    up = Scale(marks[0], marks[-1], HEIGHT - BOTTOM, TOP)

    drawn = [_grid(marks, tick_labels(marks, lang), up, (left, right))]
    drawn += [_text(across.at(Fraction(n)), HEIGHT - 6, name, "middle") for n, name in enumerate(texts[0])]
    # the year that the page is about is drawn last and lies on top
    for order, place in reversed([*enumerate(series)]):
        told = [
            f"{name} · {columns[place].label}: {text}" for name, text in zip(texts[0], texts[order + 1], strict=True)
        ]
        drawn.append(_line(order, [_point(n, row[place], told[n], across, up) for n, row in enumerate(rows)]))
    heights = [up.at(exact(rows[end][place]) or Fraction(0)) for place, end in zip(series, ends, strict=True)]
    for order, ((name, end_value), y) in enumerate(zip(labels, _apart(heights), strict=True)):
        drawn.append(_text(right + 3, y, name, "start", f"name s{order}"))
        drawn.append(_text(right + 3, y + 14, end_value, "start"))
    return _canvas(chart, HEIGHT, drawn)


def _point(number: int, cell: Cell, told: str, across: Scale, up: Scale) -> Point | None:
    value = exact(cell)
    return None if value is None else (across.at(Fraction(number)), up.at(value), cell, told)


def _line(order: int, points: Sequence[Point | None]) -> Markup:
    """The points known, joined but for the gaps."""
    pieces = [[point for point in piece if point] for known, piece in groupby(points, bool) if known]
    return Markup("").join(
        [
            *(_tag("polyline", f"s{order}", points=" ".join(f"{x:.1f},{y:.1f}" for x, y, *_ in one)) for one in pieces),
            *(_mark(order, point) for one in pieces for point in one),
        ]
    )


def _mark(order: int, point: Point) -> Markup:
    """Round for this year, square for the year before: told apart where the lines cross."""
    x, y, cell, told = point
    kind = f"s{order} hollow" if cell.status else f"s{order}"
    if order:
        return _tag("rect", kind, told, x=f"{x - 2.6:.1f}", y=f"{y - 2.6:.1f}", width="5.2", height="5.2")
    return _tag("circle", kind, told, cx=f"{x:.1f}", cy=f"{y:.1f}", r="3.4")


def _grid(marks: Sequence[Fraction], labels: Sequence[str], up: Scale, sides: tuple[float, float]) -> Markup:
    return Markup("").join(
        part
        for mark, label in zip(marks, labels, strict=True)
        for part in (
            _rule((sides[0], up.at(mark)), (sides[1], up.at(mark)), "zero" if mark == 0 else "grid"),
            _text(sides[0] - 5, up.at(mark) + 4, label, "end"),
        )
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """Where labels of two lines each stand, so that none covers another or leaves the picture."""
    placed: dict[int, float] = {}
    lowest = HEIGHT - BOTTOM - 10.0
    for left, number in enumerate(sorted(range(len(heights)), key=heights.__getitem__)):
        above = max(placed.values(), default=TOP + 10 - LABELS_APART)
        most = lowest - (len(heights) - 1 - left) * LABELS_APART
        placed[number] = min(max(heights[number], above + LABELS_APART), max(most, above + LABELS_APART))
    return [placed[number] for number in range(len(heights))]


def _parts(chart: Chart, lang: Lang) -> Markup:
    """A staircase from 0 to the change: each part begins where the one above it ended."""
    names, place = shown(chart.table)
    rows, columns = chart.table.rows, chart.table.columns
    texts = [
        (format_cell(row[names], columns[names], lang), format_cell(row[place], columns[place], lang)) for row in rows
    ]
    steps = list(_steps(rows, place))
    edges = [edge for step in steps for edge in step]
    low, high = min(Fraction(0), *edges), max(Fraction(0), *edges)
    left = 2 * GAP + _room([name for name, _ in texts])
    right = WIDTH - GAP - _room([value for _, value in texts])
    across = Scale(low, high if high > low else low + 1, left, right)
    height = TOP + ROW * len(rows)

    drawn = [
        _rule((across.at(edge), TOP), (across.at(edge), height), kind)
        for edge, kind in ((steps[0][1], "grid"), (Fraction(0), "zero"))
    ]
    for number, ((start, end), row, (name, value)) in enumerate(zip(steps, rows, texts, strict=True)):
        y = TOP + ROW * number + (ROW - BAR) / 2
        sides = sorted((across.at(start), across.at(end)))
        kind = "total" if level(row) == 0 else "up" if end >= start else "down"
        drawn.append(_bar(sides, y, "hatched" if row[place].status else kind, f"{name}: {value}"))
        if 0 < number < len(rows) - 1:
            drawn.append(_rule((across.at(end), y + BAR), (across.at(end), y + ROW), "step"))
        emphasis = "name" if kind == "total" else ""
        drawn.append(_text(0 if kind == "total" else GAP, y + 12, name, "start", emphasis))
        drawn.append(_text(sides[1] + 6, y + 12, value, "start", emphasis))
    return _canvas(chart, height + GAP, drawn)


def _steps(rows: Sequence[tuple[Cell, ...]], place: int) -> Iterator[tuple[Fraction, Fraction]]:
    """From where to where each bar goes: the change from 0, its parts one after the other."""
    reached = Fraction(0)
    for row in rows:
        size = exact(row[place]) or Fraction(0)
        if level(row) == 0:
            yield Fraction(0), size
        else:
            yield reached, reached + size
            reached += size


def _bar(sides: Sequence[float], y: float, kind: str, told: str) -> Markup:
    start, end = sides
    bar = _tag(
        "rect", kind, told, x=f"{start:.1f}", y=f"{y:.1f}", width=f"{max(end - start, 0.8):.1f}", height=str(BAR)
    )
    if kind != "hatched":
        return bar
    # drawn line by line: a fill by url(#…) would need a name that is unique on the page
    lines = [
        _rule(
            (max(x, start), min(y + BAR, y + BAR + x - start)), (min(x + BAR, end), max(y, y + x + BAR - end)), "hatch"
        )
        for x in (start - BAR + HATCH * n for n in range(1, int((end - start + BAR) / HATCH) + 1))
        if max(x, start) < min(x + BAR, end)
    ]
    return bar + Markup("").join(lines)


def _room(texts: Sequence[str]) -> float:
    return max(map(len, texts), default=0) * LETTER


def _canvas(chart: Chart, height: float, drawn: Sequence[Markup]) -> Markup:
    opening = Markup('<svg class="{}" viewBox="0 0 {} {:.0f}" role="img" aria-label="{}">')
    return (
        opening.format(chart.kind, WIDTH, height, clean(chart.table.title)) + Markup("").join(drawn) + Markup("</svg>")
    )


def _tag(name: str, kind: str, told: str = "", **attributes: str) -> Markup:
    inner = Markup("<title>{}</title>").format(clean(told)) if told else Markup("")
    return Markup('<{} class="{}"{}>{}</{}>').format(
        name,
        kind,
        Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in attributes.items()),
        inner,
        name,
    )


def _rule(start: tuple[float, float], end: tuple[float, float], kind: str) -> Markup:
    (x1, y1), (x2, y2) = start, end
    return _tag("line", kind, x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}")


def _text(x: float, y: float, text: str, anchor: str, kind: str = "") -> Markup:
    return Markup('<text{} x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        Markup(' class="{}"').format(kind) if kind else "", x, y, anchor, clean(text)
    )
