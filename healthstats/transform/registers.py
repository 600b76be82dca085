"""The definitions as tables that SQL models read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import duckdb

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Indicator
from healthstats.domain.facility import units
from healthstats.domain.period import MONTHS_IN, Period, parse_period, periods_of_year, years_to_date
from healthstats.transform.geography import Geography

UNREGISTERED = 0
"""The profile of a facility that the register does not hold: counted in the country, in no group."""

AREA_ROWS = -1
"""The profile of no facility: every area has a cell for what is reported of it as a whole."""

FACILITIES = (
    "spell int, facility varchar, unit varchar, name varchar, area varchar, valid_from date, valid_to date, "
    "profile int, facility_type varchar, stands_for int"
)
"""The register's rows; its group columns follow, but for one that bears a name of these."""

Rows = Iterable[Sequence[object]]


def load_definitions(connection: duckdb.DuckDBPyConnection, definitions: Definitions) -> None:
    """Makes the tables facilities, summed_facilities, profile_keys, divisions,
    areas, area_changes, area_parts, populations, elements, indicators, forms, editions,
    indicator_elements, indicator_breaks, form_types, periods and period_months. The runs are loaded before."""
    geography = Geography(definitions)
    profiles = _facilities(connection, definitions, geography)
    cells: dict[object, int] = {}
    keys = [
        (number, cells.setdefault((*place, *group), len(cells)), *place, *group)
        for (places, groups), number in profiles.items()
        for place in places
        for group in groups
    ]
    # an area that has no facility may have figures of its own
    keys += [
        (AREA_ROWS, cells.setdefault((*place, "all", "all"), len(cells)), *place, "all", "all")
        for place in geography.everywhere()
    ]
    columns = (
        "profile int, cell_no int, boundaries date, level varchar, area varchar, group_by varchar, group_value varchar"
    )
    _table(connection, "profile_keys", columns, keys)
    _geography(connection, definitions, geography)
    _populations(connection, definitions, geography)
    parts = geography.area_parts(place for places, _ in profiles for place in places)
    _table(
        connection,
        "area_parts",
        "boundaries date, area varchar, way int, source_boundaries date, part varchar",
        parts,
    )
    _catalogue(connection, definitions)
    _calendar(connection, definitions.base_year)


Places = tuple[tuple[date, str, str], ...]
Profiles = dict[tuple[Places, tuple[tuple[str, str], ...]], int]


def _facilities(connection: duckdb.DuckDBPyConnection, definitions: Definitions, geography: Geography) -> Profiles:
    """A profile is one combination of areas, on all divisions, and group values: far fewer than facilities."""
    everywhere = tuple((day, "country", geography.root) for day in geography.divisions)
    nowhere = (("all", "all"), *((group, "") for group in definitions.groups))
    profiles: Profiles = {(everywhere, nowhere): UNREGISTERED}
    columns = _columns(FACILITIES)
    shown = [group for group in definitions.groups if group.lower() not in columns]
    unit_of = units(definitions.facilities)
    rows = []
    for number, spell in enumerate(definitions.facilities):
        said = spell.attributes
        groups = (("all", "all"), *((group, said.get(group, "")) for group in definitions.groups))
        profile = profiles.setdefault((geography.places(spell), groups), len(profiles))
        rows.append(
            (
                *(number, spell.facility, unit_of[spell.facility], spell.name, spell.area),
                *(spell.valid_from, spell.valid_to, profile, said.get("type", "")),
                0 if spell.summed else spell.stands_for,
                *(said.get(group, "") for group in shown),
            )
        )
    columns |= {_quoted(group): "varchar" for group in shown}
    _table(connection, "facilities", columns, rows)
    _table(
        connection,
        "summed_facilities",
        "spell int, facility varchar",
        ((n, code) for n, spell in enumerate(definitions.facilities) for code in spell.summed),
    )
    return profiles


def _geography(connection: duckdb.DuckDBPyConnection, definitions: Definitions, geography: Geography) -> None:
    _table(connection, "divisions", "boundaries date, root varchar", ((d, geography.root) for d in geography.divisions))
    _table(
        connection,
        "areas",
        "area varchar, name varchar, level varchar, parent varchar, valid_from date, valid_to date",
        ((a.area, a.name, a.level, a.parent, a.valid_from, a.valid_to) for a in definitions.areas),
    )
    _table(
        connection,
        "area_changes",
        "old_area varchar, new_area varchar, effective_from date",
        ((c.old_area, c.new_area, c.effective_from) for c in definitions.area_changes),
    )


def _populations(connection: duckdb.DuckDBPyConnection, definitions: Definitions, geography: Geography) -> None:
    # two days of one division name one area: counted twice, its people would be
    stated = {
        (row.area, geography.division(row.boundaries), row.year): row.population for row in definitions.populations
    }
    columns = "area varchar, boundaries date, year int, population bigint"
    _table(connection, "populations", columns, ((*key, population) for key, population in stated.items()))


def _catalogue(connection: duckdb.DuckDBPyConnection, definitions: Definitions) -> None:
    forms = definitions.forms.values()
    # without a register of populations a rate of it would be a row of blanks everywhere
    indicators = [i for i in definitions.indicators.values() if definitions.populations or not i.over_population]
    tables: dict[str, tuple[str, Rows]] = {
        "elements": (
            "element varchar, form varchar, kind varchar, type varchar",
            ((e.element, e.form, e.kind, e.type) for e in definitions.elements.values()),
        ),
        "indicators": (
            "indicator varchar, position int, form varchar, kind varchar, at_end boolean, factor int, "
            "in_points boolean, over_population boolean",
            (
                (i.indicator, n, i.form, i.kind, i.at_end, i.factor, i.in_points, i.over_population)
                for n, i in enumerate(indicators)
            ),
        ),
        "indicator_elements": (
            "indicator varchar, leg varchar, element varchar, by_days boolean",
            (leg for i in indicators for leg in _legs(i)),
        ),
        "indicator_breaks": (
            "indicator varchar, break_date date",
            ((i.indicator, day) for i in indicators for day in i.breaks),
        ),
        "forms": ("form varchar, row_is varchar, collects varchar", ((f.form, f.row, f.collects) for f in forms)),
        "form_types": ("form varchar, facility_type varchar", ((f.form, t) for f in forms for t in f.applies_to)),
        "editions": (
            "form varchar, edition varchar, valid_from date, valid_to date, frequency varchar, deadline_days int",
            (
                (f.form, e.edition, e.valid_from, e.valid_to, e.frequency, e.deadline_days)
                for f in forms
                for e in f.editions
            ),
        ),
    }
    for name, (columns, rows) in tables.items():
        _table(connection, name, columns, rows)


def _legs(indicator: Indicator) -> Iterator[Sequence[object]]:
    """The elements of a sum; of a ratio, those of each leg."""
    above = "numerator" if indicator.kind == "ratio" else ""
    for element in dict.fromkeys(indicator.elements):
        yield indicator.indicator, above, element, False
    for element in dict.fromkeys(indicator.denominator):
        yield indicator.indicator, "denominator", element, indicator.by_days


def period_number(period: Period) -> int:
    """A month's number counts months, so that 12 less is the same month a year before; others lie far above."""
    if period.kind == "month":
        return period.year * 12 + period.index - 1
    kinds = [*(kind for kind in MONTHS_IN if kind != "month"), "to_date"]
    return 100_000 + period.year * 100 + kinds.index(period.kind) * 10 + period.index


def _calendar(connection: duckdb.DuckDBPyConnection, base_year: int | None) -> None:
    reported = [
        period
        for (code,) in connection.execute("select distinct period from reports").fetchall()
        if (period := parse_period(code))
    ]
    periods = _periods(reported, base_year)
    _table(
        connection,
        "periods",
        "period varchar, period_no int, period_type varchar, year int, first_month int, last_month int, "
        "start_date date, end_date date, days int, prior_period varchar, base_period varchar",
        (_described(period, base_year, compared=compared) for period, compared in periods.items()),
    )
    _table(
        connection,
        "period_months",
        "period varchar, period_no int, month varchar, month_no int",
        (
            (period.code, period_number(period), month.code, period_number(month))
            for period in periods
            for month in period.months
        ),
    )


def _periods(reported: Sequence[Period], base_year: int | None) -> dict[Period, bool]:
    """Of every year from the one before the first report to the one after the last, and of the base year, the twenty
    periods; years to date of the newest year alone and those reported, and what they are compared with (False)."""
    first, last = (min(p.year for p in reported), max(p.year for p in reported)) if reported else (1900, 1900)
    years = sorted({*range(first - 1, last + 2), base_year or first})
    to_date = {*years_to_date(last), *(period for period in reported if period.kind == "to_date")}
    against = {period.in_year(year) for period in to_date for year in (period.year - 1, base_year) if year is not None}
    return (
        {period: True for year in years for period in periods_of_year(year)}
        | dict.fromkeys(sorted(against), False)
        | dict.fromkeys(sorted(to_date), True)
    )


def _described(period: Period, base_year: int | None, *, compared: bool) -> Sequence[object]:
    first, last = period_number(period.months[0]), period_number(period.months[-1])
    base = period.in_year(base_year).code if base_year is not None and period.year != base_year else None
    return (
        *(period.code, period_number(period), period.kind, period.year, first, last, period.start, period.end),
        (period.end - period.start).days + 1,
        *((period.in_year(period.year - 1).code, base) if compared else (None, None)),
    )


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: str | Mapping[str, str], rows: Rows) -> None:
    """Whole columns in one statement: row by row, 13,000 facilities took longer than the growth itself."""
    kinds = _columns(columns) if isinstance(columns, str) else columns
    connection.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})")
    values = [list(column) for column in zip(*rows, strict=True)]
    if values:
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
        connection.execute(f"insert into {name} select {lists}", values)


def _columns(said: str) -> dict[str, str]:
    return dict(column.split(" ") for column in said.split(", "))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
