"""A facility, an area, or an item of one, that a workbook reports twice for one period."""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name
from healthstats.intake.judging.draft import Draft

NAMED = 3
"""Other rows that a finding names."""
MOST_TWICE = 200
"""Rows told one by one: of a column of one code a sheet has a hundred thousand, which nobody reads."""


class Span(NamedTuple):
    """The observations of one row in one report: positions `first` up to, not including, `last`; `apart` is the item
    of its whole sheet, beside which other sheets have others."""

    report: int
    item: str
    row: int
    first: int
    last: int
    apart: str = ""


_whose = attrgetter("form", "facility", "area", "period")


def hold_repeats(draft: Draft, spans: list[Span]) -> None:
    """A facility twice for one period, on one sheet or on two: nobody can say which holds, so neither does."""
    alone = len({*map(_whose, draft.reports)}) == len(draft.reports)
    if alone and len({span.report for span in spans}) == len(spans):
        return
    groups: dict[tuple[str | None, ...], list[Span]] = {}
    for span in spans:
        groups.setdefault((*_whose(draft.reports[span.report]), span.apart), []).append(span)
    told = 0
    for group in groups.values():
        if len(group) == 1:
            continue
        on_one_sheet = len({draft.reports[span.report].sheet for span in group}) == 1
        # of many rows each would else be held against every other
        alike: dict[str, list[Span]] = {}
        for span in group:
            alike.setdefault(span.item if on_one_sheet else "", []).append(span)
        for span in group:
            same = alike[span.item if on_one_sheet else ""]
            if len(same) == 1:
                continue
            told += 1
            if told <= MOST_TWICE:
                draft.findings.append(_repeat(draft, span, [other for other in same[: NAMED + 1] if other is not span]))
            for position in range(span.first, span.last):
                draft.quarantine(position)
    if told > MOST_TWICE:
        rest: dict[str, str | int] = {"rows": told - MOST_TWICE, "shown": MOST_TWICE}
        draft.findings.append(Finding("MORE_TWICE", "error", params=rest))


def _repeat(draft: Draft, span: Span, others: list[Span]) -> Finding:
    report = draft.reports[span.report]
    column = draft.observations.column[span.first] if span.first < span.last else 1
    who = report.facility or report.area or ""
    places = "; ".join(f"{draft.reports[other.report].sheet}, {other.row}" for other in others[:NAMED])
    return Finding(
        code="FACILITY_TWICE",
        severity="error",
        sheet=report.sheet,
        cell=cell_name(span.row, column),
        facility=report.facility,
        period=report.period,
        text=who,
        params={"facility": " · ".join(filter(None, (who, span.item))), "period": report.period, "others": places},
    )
