"""A sum over the periods of a row that the row itself prints: checked, never stored."""

from __future__ import annotations

from dataclasses import replace

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Element
from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.figures.scaled import parse_cells
from healthstats.intake.judging.called import called_value
from healthstats.intake.judging.draft import Draft, plain
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.rows import FormRow


class RowSums:
    """The printed sums of a layout: of which element, in which column, and in which columns its terms stand."""

    def __init__(self, layout: Layout, definitions: Definitions) -> None:
        self.form = layout.form
        self.sums = [
            (definitions.elements[code], column, [at for one, at in layout.elements if one == code])
            for code, column in ((role[6:], column) for role, column in layout.roles if role.startswith("total."))
        ]

    def check(self, draft: Draft, sheet: str, row: FormRow) -> None:
        """Compares the printed sums of a row, be it a total itself, with the cells of its periods."""
        for element, column, places in self.sums:
            cells = [row.cells[at - 1] for at in (column, *places)]
            printed, *terms = parse_cells(cells, [element] * len(cells), self.form)
            if printed.value is None or any(term.fault for term in terms):
                continue
            draft.counts.checked += 1
            if printed.value != (total := sum(term.value or 0 for term in terms)):
                factor = dict(self.form.factors).get(element.element, 1)
                found = _finding(sheet, row, (element, column), printed.value, total)
                draft.findings.append(replace(found, text=plain(printed.value // factor)))


def _finding(sheet: str, row: FormRow, of: tuple[Element, int], printed: int, computed: int) -> Finding:
    element, column = of
    return Finding(
        code="ROW_TOTAL_DIFFERS",
        severity="warning",
        sheet=sheet,
        cell=cell_name(row.row, column),
        element=element.element,
        suggestion=plain(computed),
        params={**called_value("printed", printed), **called_value("computed", computed), "row": row.name},
    )
