"""A sheet whose header was found: of when it is, of what, and under which edition; then it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from healthstats.domain.finding import Finding
from healthstats.domain.period import Period
from healthstats.intake.context import Context
from healthstats.intake.figures.units import in_title_units
from healthstats.intake.formats.grid import Grid
from healthstats.intake.judging.called import called_form
from healthstats.intake.judging.draft import Draft
from healthstats.intake.register import Register
from healthstats.intake.sheets.identity import Sheet
from healthstats.intake.sheets.items import sheet_item
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.reports import in_force
from healthstats.intake.sheets.sheet import SheetReader
from healthstats.intake.sheets.title import Title, decide_period, decide_year, read_title


@dataclass(frozen=True, slots=True)
class Opening:
    """What a sheet is read with, beside itself."""

    context: Context
    register: Register
    draft: Draft

    def read(self, grid: Grid, layouts: list[Layout]) -> SheetReader:
        """Reads the sheet under the first of its layouts that is in force, or rejects it whole and says why."""
        title = read_title(grid, min(layout.top for layout in layouts), self.context)
        layouts = [layout for layout in layouts if layout.form is layouts[0].form]
        period, findings = self._period(layouts[0], title, grid.name)
        undated = _dated_by_cells(layouts[0])
        fitting = [layout for layout in layouts if _is_in_force(layout, period)]
        item, problems = _item(layouts[0], title, grid.name)
        layout, said = self._scaled((fitting or layouts)[0], title, grid.name)
        reader = SheetReader(Sheet(grid, layout, title, period, self.context, self.register, item), self.draft)
        if not undated and not fitting:
            params = {"period": period.code if period else "", **called_form(layout.form)}
            late = Finding("EDITION_NOT_IN_FORCE", "error", grid.name, params=params)
            problems = [*(findings if period is None else [late]), *problems]
        problems += [finding for finding in said if finding.severity == "error"]
        if problems:
            reader.reject(problems)
            return reader
        if title.status == "estimate":
            said.append(Finding("FIGURES_ESTIMATED", "info", grid.name))
        self.draft.findings += [*findings, *said]
        self.draft.factors |= {(grid.name, element): factor for element, factor in layout.form.factors}
        reader.read()
        return reader

    def _scaled(self, layout: Layout, title: Title, sheet: str) -> tuple[Layout, list[Finding]]:
        """The layout whose form counts as the title says; with the error where the form does not take that unit."""
        elements = [self.context.definitions.elements[code] for code, _ in layout.elements]
        form = in_title_units(layout.form, title.unit, elements) if title.unit else layout.form
        params: dict[str, str | int] = {"unit": title.unit, "form": layout.form.form}
        if form is None:
            return layout, [Finding("UNIT_IN_TITLE", "error", sheet, text=title.unit, params=params)]
        if form.factors == layout.form.factors:
            return layout, []
        return replace(layout, form=form), [Finding("UNIT_APPLIED", "info", sheet, text=title.unit, params=params)]

    def _period(self, layout: Layout, title: Title, sheet: str) -> tuple[Period | None, list[Finding]]:
        if _dated_by_cells(layout):
            return None, []
        if layout.blocks:
            return decide_year(title, self.context, sheet)
        accumulates = any(edition.accumulates != "none" for edition in layout.editions)
        return decide_period(title, self.context, sheet, accumulates)


def _dated_by_cells(layout: Layout) -> bool:
    """Whether a column of the sheet, or each heading, says a period whole."""
    if any(role.startswith("period") for role, _ in layout.roles):
        return True
    return bool(layout.blocks) and all(block.part.year or block.part.whole for block in layout.blocks)


def _is_in_force(layout: Layout, period: Period | None) -> bool:
    if period is None:
        return False
    start = layout.form.financial_year_start
    months = [block.part.period(period.year, start) for block in layout.blocks]
    return any(in_force(layout, one) for one in [*filter(None, months)] or [period])


def _item(layout: Layout, title: Title, sheet: str) -> tuple[str, list[Finding]]:
    return sheet_item(layout.form, sheet, title.lines) if layout.form.item == "sheet" else ("", [])
