"""The columns of a growth table, and the cells of one line in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.figure import growth_pct, written
from healthstats.domain.period import Period
from healthstats.domain.table import Cell, Column
from healthstats.tables import rates
from healthstats.tables.lines import Line
from healthstats.tables.mart import Compared, sourced
from healthstats.tables.names import capital, named_period, period_name
from healthstats.words import Lang, say


def growth_columns(
    period: Period, against: Mapping[str, str], shown: Sequence[Indicator], lang: Lang
) -> tuple[Column, ...]:
    make = rates.columns(shown, lang) if shown[0].kind == "ratio" else partial(_compared_columns, lang=lang)
    now = capital(period_name(period, lang))
    coverage = say("column.coverage", lang)
    return (
        Column("indicator", say("column.indicator", lang), only="data"),
        Column("group_value", say("column.indicator", lang), only="data"),
        Column("name", say("column.indicator", lang)),
        Column("unit", say("column.unit", lang)),
        Column("value", now, "number", digits=1),
        *(column for kind, base in against.items() for column in make(kind, base)),
        Column("coverage", now, "coverage", group=coverage, only="screen"),
        *(
            Column(f"base_coverage_{kind}", capital(base), "coverage", group=coverage, only="screen")
            for kind, base in against.items()
        ),
        Column("reports", coverage, "integer", only="data"),
        Column("expected_reports", coverage, "integer", only="data"),
        *(
            Column(f"{key}_{kind}", coverage, "integer" if key != "status" else "text", only="data")
            for kind in against
            for key in ("base_reports", "base_expected_reports", "status")
        ),
    )


def _compared_columns(kind: str, base: str, lang: Lang) -> tuple[Column, ...]:
    group = say("against", lang, period=base)
    return (
        Column(f"base_value_{kind}", capital(base), "number", digits=1, group=group),
        Column(f"change_{kind}", say("column.change", lang), "number", 1, signed=True, group=group),
        Column(f"change_pct_{kind}", say("column.change_pct", lang), "percent", 1, signed=True, group=group),
        Column(
            f"matched_change_pct_{kind}",
            say("column.matched_change_pct", lang),
            "percent",
            digits=1,
            signed=True,
            group=group,
        ),
    )


def growth_cells(line: Line, definitions: Definitions, kinds: Sequence[str], lang: Lang) -> Iterator[Cell]:
    rows = [line.by.get(kind) for kind in kinds]
    indicator = definitions.indicators[line.indicator]
    yield from (Cell(line.indicator), Cell(line.group_value))
    yield Cell(line.label, level=line.level)
    yield Cell(indicator.unit[lang])
    yield sourced(line.now.value, line.now.value_source)
    for row in rows:
        note = reports_in_words([row], lang) if row and row.status == "partial" else ""
        if indicator.kind == "ratio":
            yield from rates.cells(row, note)
        else:
            yield from _compared_cells(row, note) if row else (Cell(None),) * 4
    yield Cell(line.now.coverage)
    for row in rows:
        yield Cell(row.base_coverage if row else None)
    yield from (Cell(line.now.reports), Cell(line.now.expected_reports))
    for row in rows:
        yield Cell(row.base_reports if row else None)
        yield Cell(row.base_expected_reports if row else None)
        yield Cell(row.status if row else "")


def _compared_cells(row: Compared, note: str) -> Iterator[Cell]:
    yield sourced(row.base_value, row.base_source)
    yield Cell(row.change)
    pct = growth_pct(row.value, row.base_value) if row.is_compared else None
    yield Cell(pct, row.mark, note)
    matched = growth_pct(row.matched_value, row.matched_base_value) if row.is_compared else None
    yield Cell(matched)


def reports_in_words(rows: Sequence[Compared], lang: Lang) -> str:
    """`năm 2023 468/480, năm 2022 470/480`; empty where the rows differ in it."""
    counted: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        for code, pair in ((row.period, row.coverage), (row.base_period, row.base_coverage)):
            if pair:
                counted.setdefault(code, set()).add(pair)
    if any(len(pairs) > 1 for pairs in counted.values()):
        return ""
    said = (
        f"{named_period(code, lang)} {written(received, 0, lang)}/{written(expected, 0, lang)}"
        for code, pairs in counted.items()
        for received, expected in pairs
    )
    return say("note.partial_reports", lang, reports=", ".join(said))
