"""Charts as a spreadsheet's own, beside the figures that they draw."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from xlsxwriter.worksheet import Worksheet

from healthstats.domain.chart import Chart
from healthstats.domain.page import PageSection
from healthstats.domain.table import Cell
from healthstats.render.figures import clean, exact, level, shown
from healthstats.render.sheet import FONT, Pen, as_number, lines_of, link_home, set_rows, sheet_of, widths_of

INK, GREY, LIGHT, HAIR = "#1B1B1A", "#55534E", "#D9D7D0", "#CFCDC6"
WIDTH, HEIGHT, ROWS = 560, 330, 18
"""Of a chart, in pixels, and the rows that it covers."""
TYPE = {"name": FONT, "size": 10, "color": INK}


def draw(pen: Pen, sheet: Worksheet, section: PageSection, home: str) -> None:
    """A sheet of a section's charts: the figures on the left, the picture on the right."""
    tables = [chart.table for chart in section.charts]
    synthetic = any(table.synthetic for table in tables)
    sheet_of(pen, sheet, synthetic, wide=len(tables) < 2)
    sheet.fit_to_pages(1, 1)
    spread = [widths_of(table, pen.lang) for table in tables]
    most = max(map(len, spread))
    widths = [max(one[place] for one in spread if place < len(one)) for place in range(most)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_column(most, most, 3)
    link_home(pen, sheet, home)
    row = pen.banner(sheet, 1, synthetic, most + 9)
    sheet.write_string(row, 0, clean(section.heading), pen.format(font_color="#5C5B57"))
    row += 2
    for chart in section.charts:
        sheet.write_string(row, 0, clean(chart.table.title), pen.format(bold=True, font_size=13))
        below = set_rows(pen, sheet, chart.table, (row + 2, 0), widths, drawn=chart.kind == "lines")
        _insert(pen, sheet, chart, (row + 2, most + 1))
        for note in chart.table.notes:
            look = pen.format(font_size=9, font_color="#5C5B57", text_wrap=True, valign="top")
            sheet.merge_range(below, 0, below, most - 1, "", look)
            sheet.write_string(below, 0, clean(note), look)
            sheet.set_row(below, 12.5 * lines_of(clean(note), sum(widths) * 1.1))
            below += 1
        row = max(below, row + ROWS) + 2
    sheet.print_area(1, 0, row, most + 9)


def _insert(pen: Pen, sheet: Worksheet, chart: Chart, corner: tuple[int, int]) -> None:
    top, left = corner
    drawn: Any = pen.book.add_chart({"type": "line" if chart.kind == "lines" else "bar"})
    first, last = top + 1, top + len(chart.table.rows)
    _, *places = shown(chart.table)
    for offset, place in enumerate(places, 1):
        series = {
            "name": [sheet.name, top, offset],
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, offset, last, offset],
        }
        cells = [row[place] for row in chart.table.rows]
        numbers = [as_number(cell, chart.table.columns[place]) for cell in cells]
        # else a blank is a zero in what a viewer draws before it calculates
        series["values_data"] = [None if number is None else f"{number:.15g}" for number in numbers]
        drawn.add_series(series | (_line(cells, offset) if chart.kind == "lines" else _bars(chart, place)))
    drawn.set_legend({"none": True})
    drawn.set_title({"none": True})
    drawn.set_size({"width": WIDTH, "height": HEIGHT})
    drawn.set_chartarea({"border": {"none": True}})
    values = {"num_font": TYPE, "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": HAIR}}}
    names = {"num_font": TYPE, "line": {"color": INK}, "major_tick_mark": "none"}
    if chart.kind == "lines":
        drawn.set_x_axis(names)
        drawn.set_y_axis({**values, "min": 0, "line": {"none": True}})
        drawn.show_blanks_as("gap")
        drawn.set_plotarea({"layout": {"x": 0.11, "y": 0.04, "width": 0.74, "height": 0.85}})
    else:
        # of a bar chart the y axis is the one that stands upright: the names
        drawn.set_y_axis({**names, "reverse": True, "label_position": "low", "major_gridlines": {"visible": False}})
        drawn.set_x_axis({**values, **_room(chart, places[0]), "visible": False, "major_gridlines": {"visible": False}})
    sheet.insert_chart(top, left, drawn, {"description": clean(chart.table.title), "object_position": 3})


def _line(cells: list[Cell], order: int) -> dict[str, Any]:
    """The newest year solid with circles, the year before dashed with squares; hollow where reports are missing."""
    newest = order == 1
    last = max((number for number, cell in enumerate(cells) if cell.value is not None), default=0)
    labels = [{} if number == last else {"delete": True} for number in range(len(cells))]
    return {
        "line": {"color": INK, "width": 2.25 if newest else 1.25, "dash_type": "solid" if newest else "dash"},
        "marker": {
            "type": "circle" if newest else "square",
            "size": 7 if newest else 5,
            "border": {"color": INK},
            "fill": {"color": INK},
        },
        "points": [{"fill": {"color": "#FFFFFF"}, "border": {"color": INK}} if cell.status else None for cell in cells],
        "data_labels": {
            "series_name": True,
            "value": False,
            "position": "right",
            "font": {**TYPE, "bold": newest, "italic": not newest},
            "custom": labels,
        },
    }


def _bars(chart: Chart, place: int) -> dict[str, Any]:
    """The change black, what grew grey, what fell light, what comes from missing reports hatched."""
    return {
        "gap": 45,
        "border": {"color": INK},
        "fill": {"color": GREY},
        "points": [_bar(row[place], total=level(row) == 0) for row in chart.table.rows],
        "data_labels": {"value": True, "font": TYPE, "position": "outside_end"},
    }


def _bar(cell: Cell, *, total: bool) -> dict[str, Any]:
    border = {"border": {"color": INK}}
    if cell.status:
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": "#FFFFFF"}, **border}
    falls = (exact(cell) or 0) < 0
    return {"fill": {"color": INK if total else LIGHT if falls else GREY}, **border}


def _room(chart: Chart, place: int) -> dict[str, float]:
    """The ends of the axis: far enough out that no figure is written over a name."""
    edges = [Fraction(0), *(exact(row[place]) or Fraction(0) for row in chart.table.rows)]
    margin = (max(edges) - min(edges)) / 4
    return {
        "min": float(min(edges) - margin if min(edges) else 0),
        "max": float(max(edges) + margin if max(edges) else 0),
    }
