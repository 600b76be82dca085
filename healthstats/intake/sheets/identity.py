"""Whose figures a row holds, and of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from healthstats.domain.finding import Finding, Severity
from healthstats.domain.period import Period, parse_period
from healthstats.domain.reading import Finality, UnknownFacility, cell_name
from healthstats.intake.context import Context
from healthstats.intake.figures.finality import of_label
from healthstats.intake.formats.grid import Grid, as_text
from healthstats.intake.letters.text import fold
from healthstats.intake.names import Match
from healthstats.intake.register import Register
from healthstats.intake.sheets.headlabels import NO_PART, Part
from healthstats.intake.sheets.labels import labels_of, without_bullet
from healthstats.intake.sheets.layout import Layout
from healthstats.intake.sheets.phrases import calendar_month, month_in, no_one_period, periods_in, year_in
from healthstats.intake.sheets.rows import FormRow
from healthstats.intake.sheets.title import Title, finest


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stays the same from row to row."""

    grid: Grid
    layout: Layout
    title: Title
    period: Period | None
    context: Context
    register: Register
    item: str = ""


class Identity:
    """Finds the period and the facility (or area) of each row; `alone`: the sheet has one data row."""

    def __init__(self, sheet: Sheet, alone: bool) -> None:
        self.sheet, self.alone = sheet, alone
        layout = sheet.layout
        self.what = layout.form.row
        self.named = any(role.startswith(self.what) for role, _ in layout.roles)
        self.when = [(role, column) for role, column in layout.roles if role.startswith("period")]
        self.attributes = [(role[10:], column) for role, column in layout.roles if role.startswith("attribute.")]
        self.items = [column for role in ("item", "item.name") if (column := layout.column(role))]
        self.known = partial(sheet.register.knows, self.what)
        """Whether a register row fits a code and a name, at any date."""
        self._periods: dict[tuple[str, ...], Period | None] = {}

    def period(self, row: FormRow, part: Part = NO_PART) -> Period | None:
        """The period of the row's own columns, else the sheet's; of which a heading may name a part."""
        period = self._whole_period(row)
        if part == NO_PART:
            return period
        return part.period(period.year if period else None, self.sheet.layout.form.financial_year_start)

    def _whole_period(self, row: FormRow) -> Period | None:
        if not self.when:
            return self.sheet.period
        texts = tuple(_date_text(row.cells[column - 1]) for _, column in self.when)
        if texts not in self._periods:
            self._periods[texts] = self._read_period(texts)
        return self._periods[texts]

    def status(self, row: FormRow) -> Finality:
        """What the row's own period says of its figures: `Ước 2024`."""
        return next(filter(None, (of_label(fold(_date_text(row.cells[column - 1])))[0] for _, column in self.when)), "")

    def place(self, row: FormRow, on: date) -> Match:
        """Who the row is of. A row that names nobody is of whom the title or `--facility` names, if it is alone."""
        match = self._ask(row.code, row.name, on)
        if match.code is None and row.name and not row.code and self.owner:
            # `Trạm y tế` is a row of every district: of which, the title says
            within = self._ask("", f"{row.name} {self.owner}", on)
            match = within if within.code else match
        if match.code is not None and not self.alone:
            return match
        hint = self.sheet.context.hints.facility
        blank = not (row.code or row.name)
        if hint and self.what == "facility" and (self.alone or not self.named):
            if match.code is None:
                return self._ask(hint, "", on)
            return (
                match
                if hint in (match.code, match.followed)
                else Match(None, "FACILITY_CONTRADICTS", match.suggestions)
            )
        if blank and (self.alone or not self.named):
            code, name = self.sender
            return self._ask(code, name, on) if code or name else Match(None, "FACILITY_MISSING")
        return match if not blank else Match(None, "FACILITY_MISSING")

    def item(self, row: FormRow) -> str:
        """The item of the row: its code, else its name; else the sheet's; '' where the form has none."""
        if not self.items:
            return self.sheet.item
        texts = (as_text(row.cells[column - 1]) for column in self.items)
        return next(filter(None, texts), "")

    @cached_property
    def sender(self) -> tuple[str, str]:
        """Code and name of whom the whole sheet is: as the title says, else the file's name."""
        title = self.sheet.title
        if title.code or title.name:
            return title.code, title.name
        return ("", self.owner) if self.owner else (self.sheet.register.named_in(self.sheet.context.name), "")

    @cached_property
    def owner(self) -> str:
        """The unit that the title names: where it says so, else on a line that is a registered name."""
        title = self.sheet.title
        registered = (line for line in title.lines if self.sheet.register.knows(self.what, "", line))
        return title.name or next(registered, "")

    def unknown(self, row: FormRow, stands_for: int) -> UnknownFacility | None:
        """What a proposed register row is made from; a row that sums several is named with the unit of the title.
        None where a label was taken for a name."""
        code, name = self._said(row)
        name = without_bullet(name)
        if labels_of(self.sheet.layout.form.rows).begin(name):
            return None
        attributes = tuple((column, as_text(row.cells[place - 1])) for column, place in self.attributes)
        if stands_for > 1:
            attributes += (("stands_for", str(stands_for)),)
            name = f"{name} – {self.owner}" if self.owner and name == row.name else name
        return UnknownFacility(code, name, attributes)

    def fault(self, row: FormRow, match: Match, period: str) -> Finding:
        """The finding for a row that no facility could be found for."""
        role = self.sheet.layout.column(f"{self.what}.name") or self.sheet.layout.column(f"{self.what}.code")
        nearest = "; ".join(f"{near.code} {near.name} ({near.score})" for near in match.suggestions)
        text = " ".join(filter(None, self._said(row)))
        return Finding(
            code=match.fault,
            severity="error",
            sheet=self.sheet.grid.name,
            cell=cell_name(row.row, role or self.sheet.layout.elements[0][1]),
            period=period,
            text=text,
            suggestion=nearest,
            params={"said": text, "suggestions": nearest or "–"},
        )

    def finding(self, row: FormRow, code: str, severity: Severity, **params: str | int) -> Finding:
        """A finding about a whole row, at the cell that says whose it is."""
        layout = self.sheet.layout
        column = layout.column(f"{self.what}.name") or layout.column(f"{self.what}.code")
        return Finding(
            code=code,
            severity=severity,
            sheet=self.sheet.grid.name,
            cell=cell_name(row.row, column or layout.elements[0][1]),
            facility=str(params["facility"]) if "facility" in params else None,
            period=str(params["period"]) if "period" in params else None,
            text=" ".join(filter(None, (row.code, row.name))),
            params=params,
        )

    def _said(self, row: FormRow) -> tuple[str, str]:
        title = self.sheet.title
        return (row.code, row.name) if row.code or row.name else (title.code, title.name)

    def _ask(self, code: str, name: str, on: date) -> Match:
        return self.sheet.register.match(self.what, code, name, on)

    def _read_period(self, texts: tuple[str, ...]) -> Period | None:
        final = (text if parse_period(text) else _final(text) for text in texts)
        said = dict(zip((role for role, _ in self.when), final, strict=True))
        if whole := said.get("period"):
            return parse_period(whole) or (None if no_one_period(whole) else finest(periods_in(whole)))
        year = year_in(said.get("period.year", ""))
        if year is None:
            return None
        if "period.month" not in said:
            return Period("year", year)
        month = month_in(said["period.month"])
        return calendar_month(year, month, self.sheet.layout.form.financial_year_start) if month else None


def _final(text: str) -> str:
    """Without the words that say that a period's figures are not final."""
    status, rest = of_label(fold(text))
    return rest if status else text


def _date_text(cell: object) -> str:
    """A date that a spreadsheet made of `08/2026` is the month it stands in."""
    return f"{cell.year:04d}-{cell.month:02d}" if isinstance(cell, date) else as_text(cell)
