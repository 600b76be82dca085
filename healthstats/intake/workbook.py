"""One submission's bytes → its Reading: pure, and never an exception for a fault of the file."""

from __future__ import annotations

from dataclasses import replace

from healthstats.domain.finding import Finding
from healthstats.domain.form import Form
from healthstats.domain.mark import CSV_SHEET
from healthstats.domain.reading import Reading, cell_name
from healthstats.intake.context import Context, Hints
from healthstats.intake.csvfiles.bounds import refuse_wide
from healthstats.intake.csvfiles.longbook import full_sheet, read_long_sheet
from healthstats.intake.csvfiles.longcsv import read_long_csv
from healthstats.intake.csvfiles.longtally import MOST_RAGGED
from healthstats.intake.csvfiles.records import BrokenCsv
from healthstats.intake.csvfiles.widecsv import WideFinder, WideTable
from healthstats.intake.formats.books import Book, open_book
from healthstats.intake.formats.grid import Grid
from healthstats.intake.formats.media import BY_HAND, CONTAINERS, Media, media_finding, sniff
from healthstats.intake.formats.parts import ARROW
from healthstats.intake.formats.percents import as_shown
from healthstats.intake.judging.called import called_form
from healthstats.intake.judging.draft import Draft
from healthstats.intake.letters.oldcode import CODES
from healthstats.intake.letters.text import UnreadableText, decode, fold
from healthstats.intake.register import Register
from healthstats.intake.sentback import said_before
from healthstats.intake.sheets.finder import Finder
from healthstats.intake.sheets.layout import Layout, Misfit
from healthstats.intake.sheets.opening import Opening
from healthstats.intake.sheets.phrases import periods_in
from healthstats.intake.sheets.repeats import Span, hold_repeats
from healthstats.intake.sheets.stacked import stacked

MOST_NAMED = 40
"""Sheets that a finding lists."""


class Reader:
    """Reads submissions under one context; what it works out from the definitions it works out once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.register = Register(context)
        forms = context.definitions.forms
        chosen = context.hints.form
        # a history has the columns of another form: only a person can say that a file is one
        wanted = [form for form in forms.values() if chosen == form.form or (chosen is None and not form.history_of)]
        self.finder = Finder(wanted)
        self.named = frozenset(fold(sheet) for form in wanted for sheet in form.sheets)
        self.sheet = context.hints.sheet
        if self.sheet:
            self.named = frozenset((fold(self.sheet),))
        self.percents = any("%" in one.unit.values() for one in context.definitions.elements.values())
        self.wide = WideFinder(wanted, context, self.finder)

    def read(self, name: str, data: bytes) -> Reading:
        """The judgement of a file. One that cannot be read has no cells and an error finding that says why."""
        reading = self._judged(name, data)
        return reading if reading.reports else placed(reading, self.context.hints)

    def _judged(self, name: str, data: bytes) -> Reading:
        media = sniff(data)
        said = media_finding(media, name)
        if media.refusal:
            return Reading(
                media.kind, findings=(said,) if said else (), kept="by_hand" if media.kind in BY_HAND else ""
            )
        if media.kind in CONTAINERS:
            # imported here: it brings all that mails are made of
            from healthstats.intake.formats.containers import open_container

            return open_container(media.kind, name, data, attached=self.context.attached)
        context = replace(self.context, name=telling_name(name))
        is_text = media.kind == "csv"
        reading = self._decode_csv(data, context) if is_text else self._read_workbook(media, (name, data), context)
        return replace(reading, findings=(said, *reading.findings)) if said else reading

    def _decode_csv(self, data: bytes, context: Context) -> Reading:
        try:
            text, code = decode(data)
        except UnreadableText as fault:
            return _refused("UNREADABLE_TEXT", offset=fault.offset)
        reading = self._read_csv(text, context)
        said = (Finding("FILE_DECODED", "info", params={"code": code.upper()}),) if code in CODES else ()
        return replace(reading, findings=(*reading.findings, *said))

    def _read_csv(self, text: str, context: Context) -> Reading:
        try:
            refuse_wide(text)
            long = read_long_csv(text, context)
            table = None if long else self.wide.find(text)
        except BrokenCsv as broken:
            return _refused(broken.code, line=broken.line)
        if table is None:
            return long or _refused("UNKNOWN_CSV")
        if rivals := _rivals(table.layouts):
            return _refused("AMBIGUOUS_FORM", forms=", ".join(rivals))
        draft = Draft("csv")
        reader = Opening(context, self.register, draft).read(table.grid, table.layouts)
        _ragged(draft, table)
        hold_repeats(draft, reader.spans)
        return draft.reading()

    def _read_workbook(self, media: Media, file: tuple[str, bytes], context: Context) -> Reading:
        kind, (name, data) = media.kind, file
        book = open_book(kind, data, self.named, media.package)
        if isinstance(book, Book) and (before := said_before(book.grids, self.context)):
            reading = Reader(replace(self.context, hints=before.hints))._judged(name, data)
            return replace(reading, findings=(before.finding, *reading.findings))
        if self.percents and isinstance(book, Book):
            book = replace(book, grids=as_shown(book.grids, kind, data))
        if self.sheet and isinstance(book, Book) and kind != "html":
            book = _only(book, self.sheet)
        if isinstance(book, Finding):
            return Reading(kind, findings=(book,))
        draft = Draft(kind)
        draft.findings += book.findings
        spans: list[Span] = []
        misfits: list[Finding] = []
        filled: set[str] = set()
        for grid in book.grids:
            read = self._read_sheet(grid, context, draft, misfits)
            spans += read
            filled |= {grid.name} if read else set()
        if not (spans or misfits or draft.counts.found) and (long := self._read_long(book, kind, context)):
            return replace(long, findings=(*book.findings, *long.findings))
        if spans:
            # A month of a year's workbook that is not filled in yet
            draft.findings = [
                _empty_sheet(finding)
                for finding in draft.findings
                if finding.code != "REPORT_EMPTY" or finding.sheet in filled
            ]
        # Beside a sheet that was read, one that does not fit may be a table of another kind
        draft.findings += [replace(misfit, severity="warning") if spans else misfit for misfit in misfits]
        if not draft.counts.found and not any(finding.severity == "error" for finding in draft.findings):
            passed_over = [finding for finding in draft.findings if finding.code != "SHEET_NOT_READ"]
            draft.findings = [*passed_over, Finding("UNKNOWN_LAYOUT", "error")]
        hold_repeats(draft, spans)
        return draft.reading()

    def _read_long(self, book: Book, kind: str, context: Context) -> Reading | None:
        """The one sheet with records of a long CSV, if there is one. Of several none is read: the others would be
        lost, or what two of them say of one figure."""
        read = [(grid.name, read_long_sheet(grid, kind, context)) for grid in book.grids if grid.visible or self.sheet]
        long = [(name, one) for name, one in read if one]
        filled = [name for name, one in long if one.counts.found]
        if len(filled) > 1:
            return replace(_refused("LONG_SHEETS", sheets=_listed(filled)), media=kind)
        return next((one for name, one in long if name in filled or not filled), None)

    def _read_sheet(self, grid: Grid, context: Context, draft: Draft, misfits: list[Finding]) -> list[Span]:
        found = self.finder.find(grid)
        if not isinstance(found, list):
            # a header whose levels stand in one cell, joined as a CSV joins them
            whole = grid.name != CSV_SHEET
            found = [layout for layout in self.wide.one_line(grid) if layout.whole or not whole] or found
        if isinstance(found, Misfit) and self._is_wanted(grid, found.form):
            misfits.append(_misfit(grid, found))
            return []
        layouts = [layout for layout in found if self._is_wanted(grid, layout.form)] if isinstance(found, list) else []
        if not grid.visible:
            draft.findings.append(Finding("HIDDEN_SHEET_READ" if layouts else "HIDDEN_SHEET", "info", grid.name))
        if not layouts:
            if grid.visible and any(any(row) for row in grid.rows):
                draft.findings.append(Finding("SHEET_NOT_READ", "info", grid.name))
            return []
        draft.findings += [*full_sheet(grid, draft.media), *grid.findings]
        # a damaged table above one that fits would be taken for its title, and lost in silence
        above = self.finder.find(replace(grid, rows=grid.rows[: min(layout.top for layout in layouts) - 1]))
        if isinstance(above, Misfit) and self._is_wanted(grid, above.form):
            misfits.append(_misfit(grid, above))
        spans: list[Span] = []
        for table, of_table in stacked(grid, layouts, self.finder):
            if rivals := _rivals(of_table):
                misfits.append(Finding("AMBIGUOUS_FORM", "error", grid.name, params={"forms": ", ".join(rivals)}))
            else:
                spans += Opening(context, self.register, draft).read(table, of_table).spans
        return spans

    def _is_wanted(self, grid: Grid, form: Form) -> bool:
        """A form that names its sheets reads no others; a hidden one is read where the form, or a person, names it."""
        if self.sheet:
            return True
        return fold(grid.name) in map(fold, form.sheets) if form.sheets else grid.visible


def _empty_sheet(finding: Finding) -> Finding:
    return replace(finding, severity="info") if finding.code == "NO_DATA_ROWS" else finding


def _ragged(draft: Draft, table: WideTable) -> None:
    """Records of another width: nobody can say which cell is of which column."""
    draft.reject(len(table.ragged) * len(table.layouts[0].elements))
    for line, fields in table.ragged[:MOST_RAGGED]:
        params: dict[str, str | int] = {"fields": fields, "expected": table.width}
        draft.findings.append(Finding("RAGGED_RECORD", "error", cell=cell_name(line, 1), params=params))
    if len(table.ragged) > MOST_RAGGED:
        draft.findings.append(Finding("RAGGED_RECORDS", "error", params={"records": len(table.ragged)}))


def _refused(code: str, **params: str | int) -> Reading:
    return Reading("csv", findings=(Finding(code, "error", params=params),))


def telling_name(name: str) -> str:
    """The file's own name; where it names no period, after the nearest name around it that does."""
    *around, own = name.split(ARROW)
    if periods_in(own):
        return own
    return " ".join((*[outer for outer in around if periods_in(outer)][-1:], own))


def placed(reading: Reading, hints: Hints) -> Reading:
    """A picture or a damaged file gave no report: whose it is, and of when, as the command line said."""
    period = hints.period.code if hints.period else None
    findings = (
        replace(finding, facility=finding.facility or hints.facility, period=finding.period or period)
        for finding in reading.findings
    )
    return replace(reading, findings=tuple(findings))


def read_submission(name: str, data: bytes, context: Context) -> Reading:
    """The judgement of one file's bytes; `name` is read for its period and revision, and is never opened."""
    return Reader(context).read(name, data)


def _only(book: Book, sheet: str) -> Book | Finding:
    """The one sheet that a person named, or why there is none."""
    found = [grid for grid in book.grids if grid.name == sheet]
    found = found or [grid for grid in book.grids if fold(grid.name) == fold(sheet)]
    if len(found) == 1:
        return replace(book, grids=found)
    told = _listed([grid.name for grid in book.grids])
    return Finding("NO_SUCH_SHEET", "error", params={"sheet": sheet, "sheets": told})


def _listed(sheets: list[str]) -> str:
    return ", ".join(f"“{sheet}”" for sheet in sheets[:MOST_NAMED]) + (" …" if len(sheets) > MOST_NAMED else "")


def _rivals(layouts: list[Layout]) -> list[str]:
    best = len(layouts[0].elements)
    forms = list(dict.fromkeys(layout.form.form for layout in layouts if len(layout.elements) == best))
    return forms if len(forms) > 1 else []


def _misfit(grid: Grid, misfit: Misfit) -> Finding:
    labels = misfit.missing or misfit.twice
    named = "; ".join(labels[:8]) + (" …" if len(labels) > 8 else "")
    code = "MISSING_COLUMN" if misfit.missing else "COLUMN_TWICE"
    params = {"edition": misfit.edition, "labels": named, **called_form(misfit.form)}
    return Finding(code, "error", grid.name, cell_name(misfit.leaf, 1), text=named, params=params)
