"""A file that fits no form → what a form for it might be. Everything here is a guess, and nothing is stored by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from healthstats.domain.definitions import Definitions
from healthstats.domain.form import Markers, RowLabels
from healthstats.domain.period import Period
from healthstats.domain.proposal import GuessedColumn, ProposedForm
from healthstats.domain.reading import cell_name
from healthstats.intake.formats.grid import Grid, Row, as_text
from healthstats.intake.lists.header import Labels
from healthstats.intake.names import NameIndex
from healthstats.intake.proposing.columnroles import roles_of
from healthstats.intake.proposing.labelmatch import new_element, of_known_form, slug, unique
from healthstats.intake.proposing.sidebyside import Repeated, side_by_side
from healthstats.intake.proposing.tableband import Band, find_band, is_figure
from healthstats.intake.sheets.phrases import periods_in

LEAST_FIGURES = 4
"""Fewer figures under labels are no table: a letter has a date and a telephone number."""
OWNERS = ("facility.code", "facility.name", "area.code", "area.name", "item", "item.name")


def propose(name: str, grids: Iterable[Grid], definitions: Definitions, labels: Labels) -> ProposedForm | str:
    """The form that the fullest table of a workbook suggests. Else why there is none: `no_table`, `no_figures`,
    `no_owner`."""
    bands = [band for grid in grids if (band := find_band(grid))]
    if not bands:
        return "no_table"
    facilities = NameIndex.of(definitions.facilities, definitions.aliases)
    areas = NameIndex.of_areas(definitions.areas, definitions.area_aliases, None)
    band = max(bands, key=lambda one: len(one.paths) * len(one.rows))
    row, roles = roles_of(band, facilities, areas, labels)
    figures = {at: path for at, path in band.paths.items() if at not in roles and any(map(is_figure, band.cells(at)))}
    if sum(len(band.cells(at)) for at in figures) < LEAST_FIGURES or len(figures) < 2:
        return "no_figures"
    if not any(column.role in OWNERS for column in roles.values()):
        return "no_owner"
    twice = [path for path, times in Counter(band.paths.values()).items() if times > 1]
    figures = {at: path for at, path in figures.items() if path not in twice}
    repeated = side_by_side(figures)
    figures, own = _once(figures, repeated, band.grid.name or name)
    code = unique(slug(name.rpartition("/")[2].rpartition(".")[0] or name), definitions.forms)
    known = [form for form in definitions.forms.values() if form.row == row and not form.history_of]
    layout_of, score, elements = of_known_form(figures, known, definitions.elements)
    unmatched = [at for at in figures if at not in elements] if layout_of else []
    elements = _over_periods(elements or _new_elements(band, figures, own, code, definitions), repeated)
    columns = {**{at: one for at, one in roles.items() if one.path not in twice}, **elements}
    others = {one.key for one in bands} - {band.key}
    return ProposedForm(
        form=code,
        layout_of=layout_of,
        score=score,
        file=name,
        sheet=band.grid.name,
        row=row,
        columns=tuple(columns[at] for at in sorted(columns)),
        first=band.first,
        last=band.last,
        # a summary beside the table has nearly its header, and would be told of as a damaged one
        sheets=tuple(one.grid.name for one in bands if one.key == band.key) if others else (),
        rows=RowLabels(total=_totals(band, columns), end=_end(band)),
        markers=_markers(band, figures, definitions),
        period=_period(band, name),
        financial_years=any(
            column.role == "period.year" and any("-" in as_text(cell)[4:5] for cell in band.cells(at))
            for at, column in columns.items()
        ),
        left_out=tuple(" › ".join(path) for path in twice),
        by_period=repeated[0].what if repeated else "",
        unmatched=tuple((cell_name(band.leaf, at), figures[at]) for at in unmatched),
    )


def _once(
    figures: dict[int, tuple[str, ...]], repeated: list[Repeated], name: str
) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[int, ...]]]:
    """Each column that stands once a period by its first alone, without the period; and the columns of each."""
    passed = {at for one in repeated for at in (*one.columns, one.total)}
    own = {at: (at,) for at in figures if at not in passed} | {one.columns[0]: one.columns for one in repeated}
    bare = {one.columns[0]: one.bare or (name,) for one in repeated}
    return {at: bare.get(at) or figures[at] for at in sorted(own)}, own


def _over_periods(elements: dict[int, GuessedColumn], repeated: list[Repeated]) -> dict[int, GuessedColumn]:
    """The same with the placeholder in the header, and the printed sums over the periods."""
    found = dict(elements)
    for one in repeated:
        if (column := elements.get(one.columns[0])) is None:
            continue
        found[one.columns[0]] = replace(column, path=one.path)
        if one.total:
            found[one.total] = GuessedColumn(f"total.{column.role}", one.total_path, 0)
    return found


def _new_elements(
    band: Band,
    figures: dict[int, tuple[str, ...]],
    own: dict[int, tuple[int, ...]],
    form: str,
    definitions: Definitions,
) -> dict[int, GuessedColumn]:
    found: dict[int, GuessedColumn] = {}
    taken = set(definitions.elements) | set(definitions.indicators)
    for at, path in figures.items():
        numbers = [cell for one in own[at] for cell in band.cells(one) if isinstance(cell, int | float)]
        element = new_element(path, form, taken, numbers)
        taken.add(element.element)
        found[at] = GuessedColumn(element.element, path, 0, element)
    return found


def _totals(band: Band, columns: dict[int, GuessedColumn]) -> tuple[str, ...]:
    """The names of rows whose every figure is the sum of the others'."""
    named = [at for at, column in columns.items() if column.role in OWNERS]
    figures = [at for at, column in columns.items() if column.element or "." not in column.role]
    figures = [at for at in figures if columns[at].role not in (*OWNERS, "number", "ignore", "period")]
    sums = {at: sum(_number(row, at) for row in band.rows) for at in figures}
    found = []
    for row in band.rows if len(band.rows) > 2 else ():
        matching = sum(2 * _number(row, at) == sums[at] for at in figures if sums[at])
        if matching and matching >= 0.8 * sum(bool(total) for total in sums.values()):
            found.append(next((as_text(row[at - 1]) for at in reversed(named) if row[at - 1] != ""), ""))
    return tuple(text for text in dict.fromkeys(found) if text)


def _number(row: Row, column: int) -> Decimal:
    cell = row[column - 1]
    # a sum of floats would miss the printed total by its last digit
    return Decimal(str(cell)) if isinstance(cell, int | float) else Decimal(0)


def _end(band: Band) -> tuple[str, ...]:
    """The first words below the figures."""
    below = (as_text(cell) for row in band.grid.rows[band.last :] for cell in row if cell != "")
    text = next(below, "")
    return (text,) if 0 < len(text) <= 60 and not is_figure(text) else ()


def _markers(band: Band, figures: Iterable[int], definitions: Definitions) -> Markers:
    """Short texts among the figures, by what known forms mean by them; a new one is taken for a missing value."""
    texts = {as_text(cell) for at in figures for cell in band.cells(at) if isinstance(cell, str)}
    marks = sorted(text for text in texts if 0 < len(text) <= 4 and not is_figure(text))
    known = [form.markers for form in definitions.forms.values()]
    zero = [mark for mark in marks if any(mark in one.zero for one in known)]
    never = [mark for mark in marks if mark not in zero and any(mark in one.not_applicable for one in known)]
    return Markers(tuple(zero), tuple(mark for mark in marks if mark not in (*zero, *never)), tuple(never))


def _period(band: Band, name: str) -> Period | None:
    lines = [" ".join(as_text(cell) for cell in row if cell != "") for row in band.grid.rows[: band.top - 1]]
    found = [period for line in (*lines, band.grid.name, name) for period in periods_in(line)]
    return min(found, key=lambda period: period.end - period.start, default=None)
