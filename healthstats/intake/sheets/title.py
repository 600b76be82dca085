"""What a sheet says around its table: the period, the revision, the facility that reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from healthstats.domain.finding import Finding
from healthstats.domain.period import Period
from healthstats.domain.reading import Finality
from healthstats.intake.context import Context
from healthstats.intake.figures.finality import of_title
from healthstats.intake.figures.units import scaled_unit
from healthstats.intake.formats.grid import Grid, Row, as_text
from healthstats.intake.letters.text import fold
from healthstats.intake.sheets.phrases import (
    declared_revision,
    is_foreseen,
    no_one_period,
    periods_in,
    years_in,
)

_MONTH_SHEET = re.compile(r"(?:t|thang) ?(\d{1,2})", re.ASCII)
_PERIOD_LABELS = frozenset({"thang", "ky", "ky bao cao", "thang bao cao", "period", "month"})
_CODE_LABELS = frozenset({"ma co so", "ma cskcb", "ma co so kcb", "ma don vi", "ma co so y te", "facility code"})
_NAME_LABELS = frozenset(
    {
        *("don vi bao cao", "ten don vi", "ten don vi bao cao", "don vi", "don vi gui bao cao"),
        *("co so bao cao", "ten co so", "ten co so y te", "co so y te", "facility"),
    }
)


@dataclass(frozen=True, slots=True)
class Title:
    """`periods` stand on the sheet (title block or sheet name), `named` in the file's name; `unit` is the
    scaled unit that a cell says the figures count, `unclear` one that no single period holds; `status`
    what they say of figures that are not final; `lines` are all that stands above the table."""

    periods: tuple[Period, ...]
    named: tuple[Period, ...]
    revision: int
    code: str
    name: str
    unit: str
    unclear: str
    lines: tuple[str, ...]
    status: Finality = ""


def read_title(grid: Grid, above: int, context: Context) -> Title:
    """Reads the rows before row `above`, the sheet's name and the file's name."""
    file_name = context.name
    rows = [_texts(row) for row in grid.rows[: above - 1]]
    lines = [" ".join(cells) for cells in rows if cells]
    periods = [period for line in lines for period in periods_in(line)]
    year = _year(periods, file_name, context.hints.period)
    if year and not periods:
        # `Tháng 8` over a sheet of a year's workbook leaves the year to the file's name
        periods = [period for line in lines for period in periods_in(f"{line} năm {year}") if period.kind != "year"]
    labels = dict(pair for cells in reversed(rows) for pair in _labelled(cells))
    return Title(
        periods=tuple(dict.fromkeys([*periods, *_of_sheet(grid.name, year)])),
        named=periods_in(file_name),
        revision=max(map(_revision, [*lines, grid.name, file_name])),
        code=next((value for label, value in labels.items() if label in _CODE_LABELS), ""),
        name=next((value for label, value in labels.items() if label in _NAME_LABELS), ""),
        # what the file's name says matters only where the sheet is silent
        unclear=next(filter(no_one_period, [*lines, grid.name, *([] if periods else [file_name])]), ""),
        unit=next(filter(None, map(scaled_unit, map(tuple, rows))), ""),
        lines=tuple(lines),
        status=of_title(lines),
    )


def decide_period(
    title: Title, context: Context, sheet: str, accumulates: bool = False
) -> tuple[Period | None, list[Finding]]:
    """The one period that a sheet without a period column is about. None comes with the error that says why.
    `accumulates`: the form's figures are cumulative, as such a title says."""
    stated, hint = finest(title.periods), context.hints.period
    if title.unclear and not hint:
        code = no_one_period(title.unclear)
        if not (stated and accumulates and code == "TITLE_CUMULATIVE"):
            return None, [Finding(code, "error", sheet, text=title.unclear, params={"said": title.unclear})]
    elif title.unclear and hint and _may_mean(title.periods, hint):
        stated = hint
    # `--period 2026` over a year's workbook leaves each sheet its month
    elif title.periods and (stated is None or (hint and not within(stated, hint))):
        found = [*title.periods, *([hint] if hint and hint not in title.periods else [])]
        return None, [_contradiction(sheet, found)]
    named = finest(title.named)
    period = stated or hint or named
    if period is None:
        problem = _contradiction(sheet, title.named) if title.named else Finding("PERIOD_MISSING", "error", sheet)
        return None, [problem]
    if period.start > context.today:
        return None, [Finding("PERIOD_IN_FUTURE", "error", sheet, period=period.code, params={"period": period.code})]
    if title.named and not (named and within(period, named)):
        params = {"name": ", ".join(map(str, title.named)), "period": period.code}
        return period, [Finding("PERIOD_NOT_AS_NAMED", "warning", sheet, period=period.code, params=params)]
    return period, []


def decide_year(title: Title, context: Context, sheet: str) -> tuple[Period | None, list[Finding]]:
    """The year of a sheet whose headings name its months. Months that a title lists besides are no contradiction;
    figures summed up, planned or estimated are no months' figures."""
    hint, named = context.hints.period, years_in(context.name)
    if (
        title.unclear
        and not hint
        and (no_one_period(title.unclear) == "TITLE_CUMULATIVE" or is_foreseen(title.unclear))
    ):
        code = no_one_period(title.unclear)
        return None, [Finding(code, "error", sheet, text=title.unclear, params={"said": title.unclear})]
    stated = {period.year for period in title.periods}
    years = stated or ({hint.year} if hint else named)
    if len(stated | ({hint.year} if hint else set())) > 1 or len(years) > 1:
        found = [*title.periods, *([hint] if hint else map(str, sorted(named)))]
        return None, [Finding("PERIOD_CONTRADICTS", "error", sheet, params={"periods": ", ".join(map(str, found))})]
    if not years:
        return None, [Finding("YEAR_MISSING", "error", sheet)]
    year = Period("year", years.pop())
    if year.start > context.today:
        return None, [Finding("PERIOD_IN_FUTURE", "error", sheet, period=year.code, params={"period": year.code})]
    if named and year.year not in named:
        params = {"name": ", ".join(map(str, sorted(named))), "period": year.code}
        return year, [Finding("PERIOD_NOT_AS_NAMED", "warning", sheet, period=year.code, params=params)]
    return year, []


def _may_mean(periods: tuple[Period, ...], hint: Period) -> bool:
    """Whether words in doubt leave room for what a person says: the same year, and not after all they name."""
    return not periods or any(one.year == hint.year and hint.start <= one.end for one in periods)


def finest(periods: tuple[Period, ...]) -> Period | None:
    """The shortest, if all the others hold it (`năm 2026`, `tháng 8 năm 2026`); None if two are at odds."""
    if not periods:
        return None
    least = min(periods, key=lambda period: period.size)
    return least if all(within(least, period) for period in periods) else None


@lru_cache(maxsize=4096)
def _revision(line: str) -> int:
    return declared_revision(line) if "lan" in fold(line) else 0


def _contradiction(sheet: str, periods: list[Period] | tuple[Period, ...]) -> Finding:
    return Finding("PERIOD_CONTRADICTS", "error", sheet, params={"periods": ", ".join(map(str, periods))})


def within(inner: Period, outer: Period) -> bool:
    """Whether one period lies in another, or is it."""
    return outer.start <= inner.start and inner.end <= outer.end


def _of_sheet(name: str, year: int | None) -> tuple[Period, ...]:
    """`T8` on the tab is August of the year that the title states, else the file's name, else the command line."""
    month = _MONTH_SHEET.fullmatch(fold(name))
    if month and year and 1 <= int(month[1]) <= 12:
        return (Period("month", year, int(month[1])),)
    return periods_in(name)


def _year(periods: list[Period], file_name: str, hint: Period | None) -> int | None:
    """The one year of the title, else of the file's name, else of `--period`; None where two are at odds."""
    stated = {period.year for period in periods}
    named = {period.year for period in periods_in(file_name)}
    years = stated or named or years_in(file_name) or ({hint.year} if hint else set())
    return years.pop() if len(years) == 1 else None


def _texts(row: Row) -> list[str]:
    """The filled cells of a row. A date beside `Tháng` is how a spreadsheet keeps `8/2026`."""
    texts: list[str] = []
    for cell in (cell for cell in row if cell != ""):
        if isinstance(cell, date) and texts and fold(texts[-1]) in _PERIOD_LABELS:
            texts.append(f"tháng {cell.month}/{cell.year}")
        else:
            texts.append(as_text(cell))
    return texts


def _labelled(cells: list[str]) -> list[tuple[str, str]]:
    """`Mã cơ sở: 79001` in one cell or in two → (folded label, value)."""
    found = []
    for cell, after in pairwise([*cells, ""]):
        label, colon, value = cell.partition(":")
        if value := value.strip() if colon and value.strip() else after:
            found.append((fold(label), value))
    return found
