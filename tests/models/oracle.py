"""Growth computed again, from the raw reports and the register, in plain loops: what the SQL models must agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from healthstats.domain.element import Indicator
from healthstats.domain.facility import FacilitySpell, units
from healthstats.domain.period import Period, parse_period, periods_of_year, years_to_date
from tests.models.oracle_areas import Areas, as_facilities
from tests.models.oracle_places import Key, Places
from tests.models.world import Sent, World

Row = dict[str, Any]
DIGIT = Decimal("0.00000001")
UNCLASSED = ("matched", "missing", "missing_base")


def current_cells(sent: list[Sent]) -> dict[tuple[str, Period], dict[tuple[str, str], Decimal | None]]:
    """(facility, period) → its cells, each later report laid over the earlier ones."""
    runs = sorted({report.run for report in sent})
    first: dict[str, tuple[int, int]] = {}
    for run in runs:
        names = dict.fromkeys(report.submission for report in sent if report.run == run)
        for position, name in enumerate(names):
            first.setdefault(name, (run, position))
    last = {report.submission: max(r.run for r in sent if r.submission == report.submission) for report in sent}
    judged = [(place, report) for place, report in enumerate(sent) if report.run == last[report.submission]]
    judged = [(place, report) for place, report in judged if any(v is not None for v in report.cells.values())]
    cells: dict[tuple[str, Period], dict[tuple[str, str], Decimal | None]] = defaultdict(dict)
    for _, report in sorted(judged, key=lambda entry: (entry[1].revision, first[entry[1].submission], entry[0])):
        period = parse_period(report.period)
        assert period
        if report.facility is None:
            continue
        if report.replaces == "report":
            cells[report.facility, period] = dict(report.cells)
        else:
            cells[report.facility, period] |= report.cells
    return cells


@dataclass(frozen=True)
class Piece:
    """What one facility's month, or whole report, brings to one side: its spell says where it counts; `over` is a
    ratio's denominator."""

    spell: FacilitySpell | None
    value: Decimal | None
    over: Decimal
    reports: int
    expected: int


class Oracle:
    """One world's answers, asked piece by piece."""

    def __init__(self, world: World) -> None:
        self.world, self.definitions = world, world.definitions
        self.cells = current_cells(world.sent)
        self.places = Places(world.definitions)
        self.members_of = {key: self.summing(*key) for key in self.cells}
        self.within = {(member, period) for (_, period), members in self.members_of.items() for member in members}
        self.unit_of = units(self.definitions.facilities)
        named = set(self.unit_of) | {facility for facility, _ in self.cells}
        self.areas = Areas(world, self.places, current_cells(as_facilities(world)))
        self.members: dict[str, list[str]] = defaultdict(list)
        for facility in sorted(named):
            self.members[self.unit_of.get(facility, facility)].append(facility)
        self.newest = max((report.received or world.newest) for report in world.sent)
        starts = [period.months[0] for _, period in self.cells]
        ends = [period.months[-1] for _, period in self.cells]
        years = {*range(min(starts).year, max(ends).year + 1)} if starts else set()
        if self.newest.year - 1 in years:
            years.add(self.newest.year)
        self.spine = {
            month
            for year in years
            for month in Period("year", year).months
            if (ends and month <= max(ends)) or month.end <= self.newest.date()
        }
        told = {period.year for _, period in self.areas.cells}
        self.years = sorted({month.year for month in self.spine} | told)

    # ---- one facility, one date
    def expected(self, facility: str, month: Period) -> bool:
        form = self.definitions.forms["f"]
        if month not in self.spine:
            return False
        if not any(edition.frequency == "month" and edition.in_force(month.end) for edition in form.editions):
            return False
        spell = next((s for s in self.places.spells[facility] if s.open_on(month.end)), None)
        return spell is not None and (not form.applies_to or spell.attributes["type"] in form.applies_to)

    # ---- rows that sum several facilities
    def summing(self, facility: str, period: Period) -> tuple[str, ...]:
        """The facilities that this one sums on the period's last day."""
        spell = next((s for s in self.places.spells[facility] if s.open_on(period.end)), None)
        return spell.summed if spell else ()

    def summed(self, facility: str, period: Period) -> bool:
        return (facility, period) in self.within

    def weight(self, facility: str, month: Period) -> int:
        """For how many expected reports the facility's month counts."""
        if members := self.members_of.get((facility, month)):
            return sum(self.expected(member, month) for member in members)
        if not self.expected(facility, month) or self.summed(facility, month):
            return 0
        spell = next(s for s in self.places.spells[facility] if s.open_on(month.end))
        return spell.stands_for if isinstance(spell.stands_for, int) else 0

    def held(self, facility: str, period: Period) -> dict[tuple[str, str], Decimal | None]:
        return {} if self.summed(facility, period) else self.cells.get((facility, period), {})

    def value(self, facility: str, period: Period, series: tuple[str, str]) -> tuple[Decimal | None, bool]:
        """(sum, complete) over the indicator's elements; a ratio's numerator, nothing where any part is missing."""
        indicator, item = self.definitions.indicators[series[0]], series[1]
        held = self.held(facility, period)
        values = [held.get((element, item)) for element in indicator.elements]
        given = [value for value in values if value is not None]
        if indicator.kind == "ratio":
            parts = [held.get((element, item)) for element in (*indicator.elements, *indicator.denominator)]
            given = given if None not in parts else []
        return (sum(given, Decimal(0)) if given else None), len(given) == len(values)

    def over(self, facility: str, period: Period, series: tuple[str, str]) -> Decimal:
        indicator = self.definitions.indicators[series[0]]
        held = self.held(facility, period)
        days = (period.end - period.start).days + 1 if indicator.by_days else 1
        return (
            sum((held.get((element, series[1])) or Decimal(0) for element in indicator.denominator), Decimal(0)) * days
        )

    def months(self, period: Period, series: tuple[str, str]) -> tuple[Period, ...]:
        """Those that count: of a stock, the last."""
        return period.months[-1:] if self.definitions.indicators[series[0]].at_end else period.months

    # ---- one facility, one side
    def whole(self, facility: str, period: Period, series: tuple[str, str]) -> Piece | None:
        """The whole-period report, where it counts and not the months."""
        value, complete = self.value(facility, period, series)
        if period.kind == "month" or value is None:
            return None
        due = {month: self.weight(facility, month) for month in self.months(period, series)}
        due = {month: weight for month, weight in due.items() if weight}
        if due and all(self.value(facility, month, series)[1] for month in due):
            return None
        valued = (self.value(facility, month, series)[0] is not None for month in self.months(period, series))
        if not complete and any(valued):
            return None
        owed, over = sum(due.values()), self.over(facility, period, series)
        return Piece(self.places.spell(facility, period.end), value, over, owed if complete else 0, owed)

    def month(self, facility: str, month: Period, series: tuple[str, str]) -> Piece | None:
        due = self.weight(facility, month)
        if not due and ((facility, month) not in self.cells or self.summed(facility, month)):
            return None
        value, complete = self.value(facility, month, series)
        over = self.over(facility, month, series)
        return Piece(self.places.spell(facility, month.end), value, over, due if complete else 0, due)

    def side(self, unit: str, period: Period, series: tuple[str, str]) -> list[Piece]:
        found: list[Piece | None] = []
        for facility in self.members[unit]:
            whole = self.whole(facility, period, series)
            found += (
                [whole] if whole else [self.month(facility, month, series) for month in self.months(period, series)]
            )
        return [piece for piece in found if piece]

    # ---- one unit, both sides
    def pairs(
        self, unit: str, now: Period, base: Period, series: tuple[str, str]
    ) -> Iterator[tuple[list[Piece], list[Piece]]]:
        """What is compared as one: the period where a whole report counts on either side, else month by month."""
        if any(self.whole(f, p, series) for f in self.members[unit] for p in (now, base)):
            yield self.side(unit, now, series), self.side(unit, base, series)
            return
        for one, other in zip(self.months(now, series), self.months(base, series), strict=True):
            yield self.side(unit, one, series), self.side(unit, other, series)

    def classed(self, now: list[Piece], base: list[Piece]) -> str:
        if not sum(piece.expected for piece in base):
            return "entered"
        if not sum(piece.expected for piece in now):
            return "left"
        if any(piece.reports < piece.expected for piece in base):
            return "missing_base"
        if any(piece.reports < piece.expected for piece in now):
            return "missing"
        return "matched"

    # ---- the mart
    def series(self) -> list[tuple[str, str]]:
        # what a sum already holds gives no series of its own
        held = {place for facility, period in self.cells for place in self.held(facility, period)}
        held |= {place for cells in self.areas.cells.values() for place in cells}
        found = []
        for code, indicator in self.definitions.indicators.items():
            asked = (*indicator.elements, *indicator.denominator)
            items = {item for element, item in held if element in asked}
            items |= {""} if any(e not in {element for element, _ in held} for e in asked) else set()
            found += [(code, item) for item in sorted(items)]
        return found

    def growth(self) -> list[Row]:
        return [
            row
            for series in self.series()
            for comparison, now, base in self.compared()
            for row in self.rows(series, comparison, now, base)
        ]

    def compared(self) -> Iterator[tuple[str, Period, Period]]:
        base_year = self.definitions.base_year
        given = {parse_period(report.period) or Period("year", 1) for report in self.world.sent}
        newest = max(period.year for period in given)
        to_date = {*years_to_date(newest), *(period for period in given if period.kind == "to_date")}
        for year in self.years:
            for period in (*periods_of_year(year), *(period for period in to_date if period.year == year)):
                yield "prior_year", period, period.in_year(year - 1)
                if base_year is not None and base_year != year:
                    yield "base", period, period.in_year(base_year)

    def rows(self, series: tuple[str, str], comparison: str, now: Period, base: Period) -> Iterator[Row]:
        sums: dict[Key, dict[str, Any]] = defaultdict(lambda: defaultdict(Decimal))
        for unit in self.members:
            for now_pieces, base_pieces in self.pairs(unit, now, base, series):
                self.add(sums, now_pieces, base_pieces)
        self.areas.lay(sums, series, now, base)
        for (day, _, area, group_by, group_value), cell in sums.items():
            if self.definitions.indicators[series[0]].over_population and not (
                group_by == "all" and self.over_people(cell, (area, day), now, base)
            ):
                continue
            row = {
                "indicator": series[0],
                "item": series[1],
                "area": area,
                "boundaries": day,
                "group_by": group_by,
                "group_value": group_value,
                "period": now.code,
                "period_type": now.kind,
                "comparison": comparison,
                "base_period": base.code,
            }
            yield row | self.figures(cell, series[0], now, base)

    def over_people(self, cell: dict[str, Any], place: Key, now: Period, base: Period) -> bool:
        """Sets each side over its year's people; False where there is nothing to show."""
        stated = {
            (row.area, self.places.division(row.boundaries), row.year): Decimal(row.population)
            for row in self.definitions.populations
            if row.population
        }
        sides = {"": now.year, "base_": base.year}
        people = {
            side: self.places.sum_of(*place, lambda area, day, year=year: stated.get((area, day, year)))
            for side, year in sides.items()
        }
        for side, count in people.items():
            cell[f"{side}over"] = count or Decimal(0)
            cell[f"{side}values"] *= count is not None
        cell["matched_over"] = cell["matched_base_over"] = Decimal(0)
        return now.kind == "year" and any(count is not None for count in people.values())

    def add(self, sums: dict[Key, dict[str, Any]], now: list[Piece], base: list[Piece]) -> None:
        name = self.classed(now, base)
        now_tables, base_tables = (tables(self.places, pieces) for pieces in (now, base))
        for sign, side, pieces in ((1, "", now), (-1, "base_", base)):
            for piece in pieces:
                for key in self.places.keys(piece.spell):
                    if piece.value is None and not piece.expected:
                        continue
                    cell = sums[key]
                    cell[f"{side}expected_reports"] += piece.expected
                    cell[f"{side}reports"] += piece.reports
                    if piece.value is not None:
                        cell[f"{side}values"] += 1
                        cell[f"{side}value"] += piece.value
                        cell[f"{side}over"] += piece.over
                    moved = name in UNCLASSED and now_tables.get(table(key)) != base_tables.get(table(key))
                    cell["reclassified" if moved else name] += sign * (piece.value or 0)
                    if name == "matched" and not moved:
                        cell[f"matched_{side}value"] += piece.value or 0
                        cell[f"matched_{side}over"] += piece.over if piece.value is not None else 0
                        cell["matched_reports"] += piece.reports if sign == 1 else 0

    def figures(self, cell: dict[str, Any], indicator: str, now: Period, base: Period) -> Row:
        sides = ("", "base_", "matched_", "matched_base_")
        counts = (cell["values"], cell["base_values"], cell["matched_reports"], cell["matched_reports"])
        sums = [cell[f"{side}value"] if count else None for side, count in zip(sides, counts, strict=True)]
        known = self.definitions.indicators[indicator]
        if known.kind == "ratio":
            sums = [divided(one, known.factor, cell[f"{s}over"]) for s, one in zip(sides, sums, strict=True)]
        value, base_value, *matched = sums
        status = self.status(cell, known, value, now, base)
        compares = status not in ("unfinished", "not_comparable")
        change = value - base_value if compares and value is not None and base_value is not None else None
        row: Row = {
            "value": value,
            "base_value": base_value,
            "change": change,
            "change_pct": percent(value, base_value, -1) if change is not None else None,
            "index_pct": percent(value, base_value, 0) if change is not None else None,
            "matched_change_pct": percent(matched[0], matched[1], -1) if change is not None else None,
            "status": status,
            "matched_value": matched[0],
            "matched_base_value": matched[1],
            "change_pp": None,
            "matched_change_pp": None,
            "value_source": cell["source"] or None,
            "base_source": cell["base_source"] or None,
        }
        if known.kind == "ratio":
            row |= {"change_pct": None, "index_pct": None, "matched_change_pct": None}
            if change is not None and known.unit["vi"] == "%":
                row["change_pp"] = change
                row["matched_change_pp"] = matched[0] - matched[1] if None not in matched else None
        for name in ("expected_reports", "reports", "base_expected_reports", "base_reports", "matched_reports"):
            row[name] = int(cell[name])
        for name in ("matched", "entered", "left", "missing", "missing_base", "reclassified"):
            told_by = {cell["source"], cell["base_source"]}
            adds_up = change is not None and known.kind != "ratio" and told_by == {"facilities"}
            row[f"change_{name}"] = cell[name] + Decimal(0) if adds_up else None
        return row

    def status(self, cell: dict[str, Any], known: Indicator, value: Decimal | None, now: Period, base: Period) -> str:
        if now.end > self.newest.date():
            return "unfinished"
        if any(base.start < day <= now.end for day in known.breaks):
            return "not_comparable"
        if not cell["base_values"]:
            return "no_base"
        if not cell["base_over" if known.kind == "ratio" else "base_value"]:
            return "zero_base"
        short = any(
            cell[f"{side}source"] == "facilities" and cell[f"{side}reports"] < cell[f"{side}expected_reports"]
            for side in ("", "base_")
        )
        return "partial" if short or value is None else "ok"


def table(key: Key) -> Key:
    """The boundaries, level and group whose table the cell stands in."""
    return key[0], key[1], key[3]


def tables(places: Places, pieces: list[Piece]) -> dict[Key, set[Key]]:
    """Table → its cells (area, group value) in which the pieces count."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for spell in {id(piece.spell): piece.spell for piece in pieces}.values():
        for key in places.keys(spell):
            found[table(key)].add((key[2], key[4]))
    return found


def divided(above: Decimal | None, factor: int, below: Decimal) -> Decimal | None:
    """above × factor / below to eight decimals, half up."""
    return (above * factor / below).quantize(DIGIT, ROUND_HALF_UP) if above is not None and below else None


def percent(now: Decimal | None, base: Decimal | None, less: int) -> Decimal | None:
    """now / base + less, in percent to eight decimals, half up."""
    if now is None or not base:
        return None
    return ((now + less * base) * 100 / base).quantize(DIGIT, ROUND_HALF_UP)
