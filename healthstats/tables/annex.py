"""The annex in the layout that departments use: last year, plan, this year, and the two set against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Unpack

from healthstats.domain.definitions import Definitions
from healthstats.domain.figure import written
from healthstats.domain.period import Period
from healthstats.domain.plan import Plan
from healthstats.domain.table import Cell, Column, Table
from healthstats.tables.estimate import estimated_in_words, estimated_lines, whole
from healthstats.tables.history import SET_ASIDE, set_aside_note
from healthstats.tables.lines import Line, lines_asked, subtitle
from healthstats.tables.mart import Asked, Estimated, root_area, sourced
from healthstats.tables.names import period_name
from healthstats.tables.places import Places
from healthstats.tables.rates import finely
from healthstats.words import Lang, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def annex(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    period: Period,
    lang: Lang = "vi",
    **asked: Unpack[Asked],
) -> Table:
    """A row an indicator, numbered 1, 1.1, …; the two comparisons are indices, 100 at the base, unrounded. Months from
    January without a plan of their own stand beside the year's, in columns that say so."""
    estimate = asked.get("estimate", False)
    find = estimated_lines if estimate else lines_asked
    lines = find(connection, definitions, period, lang, asked)
    plan_of = _plan_period(definitions, period, asked)
    plans = planned(definitions, period, asked, plan_of)
    rows = [
        _row(number, line, plans.get(_planned_code(definitions, line, plans)), definitions, lang)
        for number, line in zip(_numbers(lines), lines, strict=True)
    ]
    return Table(
        name="annex",
        title=say("table.estimate.annex" if estimate else "table.annex", lang, period=period_name(period, lang)),
        subtitle=subtitle(definitions, period, lang, asked),
        columns=_columns(period, plan_of, lang, estimate=estimate),
        rows=tuple(rows),
        stub=3,
        notes=(
            *(_estimate_notes(lines, lang) if estimate else ()),
            *_notes(rows, plans, lang, estimate=estimate),
            *set_aside_note(connection, definitions, [row for line in lines for row in line.by.values()], asked, lang),
            *(() if plan_of == period else (say("note.year_plan", lang, period=period_name(period, lang)),)),
        ),
        synthetic=definitions.synthetic,
    )


def planned(definitions: Definitions, period: Period, asked: Asked, plan_of: Period) -> dict[str, Plan]:
    """Indicator or element → the whole area's plan for `plan_of`, the period or its year, on the period's boundaries;
    a facility's plan is no plan of its area."""
    newest = max((one.effective_from for one in definitions.area_changes), default=date.min)
    root, area = root_area(definitions), asked.get("area")
    day = asked.get("boundaries") or max(newest, period.end)
    if area in (None, root):
        # a department's figures are those of its one area, as the division was in the period
        area, day = Places(definitions, period.end).scope_area, period.end
    division = _division(definitions, day)
    return {
        plan.indicator: plan
        for plan in definitions.plans
        if plan.period == plan_of.code
        and (plan.area == area or (plan.area == root and asked.get("area") in (None, root)))
        and (plan.area == root or _division(definitions, plan.boundaries) == division)
        and asked.get("by", "all") == "all"
    }


def _plan_period(definitions: Definitions, period: Period, asked: Asked) -> Period:
    """The year, where months from January have no plan of their own; else the period."""
    year = Period("year", period.year)
    from_january = period.first_month == 1 and period.size > 1
    if not from_january or planned(definitions, period, asked, period):
        return period
    return year if planned(definitions, period, asked, year) else period


def _division(definitions: Definitions, day: date) -> date:
    """The day from which the division in force on `day` holds."""
    dates = (one.effective_from for one in definitions.area_changes)
    return max((start for start in dates if start <= day), default=date.min)


def _planned_code(definitions: Definitions, line: Line, plans: dict[str, Plan]) -> str:
    """A plan may name the one element that an indicator is; the plan of a rate's numerator is no plan of the rate."""
    one = definitions.indicators[line.indicator]
    is_element = one.kind != "ratio" and len(one.elements) == 1
    return one.elements[0] if line.indicator not in plans and is_element else line.indicator


def _numbers(lines: Sequence[Line]) -> Iterator[str]:
    whole = part = 0
    for line in lines:
        whole, part = (whole, part + 1) if line.level and whole else (whole + 1, 0)
        yield f"{whole}.{part}" if part else str(whole)


def _columns(period: Period, plan_of: Period, lang: Lang, *, estimate: bool) -> tuple[Column, ...]:
    plan, of_plan = ("plan", "of_plan") if plan_of == period else ("year_plan", "of_year_plan")
    now, before = period_name(period, lang), period_name(period.in_year(period.year - 1), lang)
    index = say("annex.index", lang)
    return (
        Column("indicator", say("column.indicator", lang), only="data"),
        Column("number", say("annex.number", lang)),
        Column("name", say("column.indicator", lang)),
        Column("unit", say("column.unit", lang)),
        Column("base_value", say("annex.done", lang, period=before), "number", 1),
        Column(plan, say("annex.plan", lang, period=period_name(plan_of, lang)), "number", 1),
        Column("value", say("annex.estimated" if estimate else "annex.done", lang, period=now), "number", 1),
        Column(f"{of_plan}_pct", say(f"annex.{of_plan}", lang), "points", 1, group=index),
        Column("of_base_pct", say("annex.of_base", lang), "points", 1, group=index),
        Column("notes", say("annex.notes", lang)),
    )


def _row(number: str, line: Line, plan: Plan | None, definitions: Definitions, lang: Lang) -> tuple[Cell, ...]:
    one = definitions.indicators[line.indicator]
    row = line.by.get("prior_year")
    value, base = line.now.value, row.base_value if row else None
    compared = bool(row and row.is_compared) and one.kind != "ratio"
    of_base = _index(value, base) if compared else None
    mark = row.mark if of_base is not None and row else ""
    unfinished = line.now.status == "unfinished"
    figures = (
        Cell(line.indicator),
        Cell(number),
        Cell(line.label, level=line.level),
        Cell(one.unit[lang]),
        sourced(base, row.base_source if row else None),
        Cell(plan.value if plan else None),
        sourced(whole(value, one, definitions) if isinstance(line.now, Estimated) else value, line.now.value_source),
    )
    return (
        *finely(figures, definitions),
        Cell(_index(value, plan.value) if plan and not unfinished else None),
        Cell(of_base, mark),
        Cell(_remark(line, lang)),
    )


def _index(value: Decimal | None, base: Decimal | None) -> Fraction | None:
    return Fraction(value) / Fraction(base) * 100 if value is not None and base else None


def _remark(line: Line, lang: Lang) -> str:
    row = line.by.get("prior_year")
    if row is not None and row.mark == "lopsided":
        return say("annex.lopsided", lang)
    if row is None or row.status == "ok":
        return say("annex.history", lang) if row and row.has_history else ""
    if row.status == "partial" and isinstance(row, Estimated):
        base = f"{written(row.base_reports, 0, lang)}/{written(row.base_expected_reports, 0, lang)}"
        left = row.not_estimated_reports
        said = [say("annex.not_estimated", lang, count=written(left, 0, lang))] if left else []
        return "; ".join([*said, say("annex.base_reports", lang, base=base)])
    if row.status != "partial":
        return say(f"status.{row.status}", lang)
    pairs = (row.coverage, row.base_coverage)
    now, base = ("/".join(written(count, 0, lang) for count in pair) if pair else "–" for pair in pairs)
    return say("annex.partial", lang, now=now, base=base)


def _estimate_notes(lines: Sequence[Line], lang: Lang) -> tuple[str, ...]:
    return (say("note.estimate", lang), *estimated_in_words(lines, lang))


def _notes(rows: Sequence[tuple[Cell, ...]], plans: dict[str, Plan], lang: Lang, *, estimate: bool) -> tuple[str, ...]:
    sources = dict.fromkeys(plan.source for plan in plans.values() if plan.source)
    cells = [cell for row in rows for cell in row]
    starred = "note.estimate_partial" if estimate else "note.annex_partial"
    notes = [say(starred, lang)] if any(cell.status == "partial" for cell in cells) else []
    if any(cell.status == "lopsided" for cell in cells):
        notes.insert(0, say("note.lopsided", lang, command=SET_ASIDE))
    notes.append(say("note.annex", lang))
    if sources:
        notes.append(say("note.plan_source", lang, sources="; ".join(sources)))
    if any(cell.status == "history" for cell in cells):
        notes.append(say("note.history", lang))
    if any(cell.value is None for cell in cells):
        notes.append(say("note.nothing", lang))
    return tuple(notes)
