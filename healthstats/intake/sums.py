"""A sum over the periods of a row that the row itself prints: checked, never stored."""

from __future__ import annotations

from collections.abc import Sequence

from healthstats.domain.definitions import Definitions
from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.cells import Typed
from healthstats.intake.draft import Draft, plain
from healthstats.intake.layout import Layout
from healthstats.intake.numbers import parse_cell
from healthstats.intake.rows import FormRow


class RowSums:
    """The printed sums of a layout: of which element, in which column, and where its terms stand in each period."""

    def __init__(self, layout: Layout, definitions: Definitions) -> None:
        self.markers = layout.form.markers
        orders = [[code for code, _ in block.elements] for block in layout.blocks]
        self.sums = [
            (definitions.elements[code], column, [order.index(code) if code in order else None for order in orders])
            for code, column in ((role[6:], column) for role, column in layout.roles if role.startswith("total."))
        ]

    def check(self, draft: Draft, sheet: str, row: FormRow, typed: Sequence[Typed]) -> None:
        """Compares the printed sums of a row with the cells of its periods, in the order of the layout's blocks."""
        for element, column, places in self.sums:
            printed = parse_cell(row.cells[column - 1], element.type, self.markers).value
            terms = [cells.terms[at] for cells, at in zip(typed, places, strict=True) if at is not None]
            known = [term for term in terms if term is not None]
            if printed is None or len(known) < len(terms):
                continue
            draft.counts.checked += 1
            if printed != sum(known):
                said, computed = plain(printed), plain(sum(known))
                draft.findings.append(
                    Finding(
                        "ROW_TOTAL_DIFFERS",
                        "warning",
                        sheet,
                        cell_name(row.row, column),
                        element=element.element,
                        text=said,
                        suggestion=computed,
                        params={"printed": said, "computed": computed, "row": row.name},
                    )
                )
