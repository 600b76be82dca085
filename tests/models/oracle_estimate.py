"""The estimate computed again, from the raw reports and the register, in plain loops and fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from healthstats.domain.facility import FacilitySpell
from healthstats.domain.figure import half_up
from healthstats.domain.period import Period
from tests.models.oracle import Oracle, Row, divided
from tests.models.world import World

METHODS = ("own_growth", "own_mean", "all_growth", "carried", "none")
Series = tuple[str, str]


class EstimateOracle(Oracle):
    """The rows of `estimate`: none where the newest year is over."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.year = Period("year", max((month.year for month in self.spine), default=1))
        self.before = Period("year", self.year.year - 1)
        self.done = [month for month in self.year.months if month in self.spine]

    def estimate(self) -> list[Row]:
        if not self.spine or self.year.end <= self.newest.date():
            return []
        return [row for series in self.series() if not series[1] for row in self.estimated(series)]

    def estimated(self, series: Series) -> Iterator[Row]:
        known = self.definitions.indicators[series[0]]
        sides = (False, True) if known.kind == "ratio" and not known.over_population else (False,)
        cells = [_Leg(self, series, below).cells() for below in sides]
        if known.over_population:
            cells = self.of_people(cells[0])
        for comparison, now, base in self.compared():
            if now != self.year:
                continue
            at = self.done[-1] if known.at_end else now
            based = self.keyed(series, comparison, now, base)
            done = self.keyed(series, comparison, at, at.in_year(base.year)) if known.at_end else based
            for key in cells[0].keys() | based.keys() | done.keys():
                row = self.joined(cells, key, done.get(key, {}), based.get(key, {}), series[0])
                day, _, area, group_by, group_value = key
                where = {"area": area, "boundaries": day, "group_by": group_by, "group_value": group_value}
                said = {"indicator": series[0], "item": series[1], "comparison": comparison, "base_period": base.code}
                yield {
                    **said,
                    **where,
                    "period": now.code,
                    "months": len(self.done),
                    **row,
                    **self.judged(row, now, base, series[0]),
                }

    def of_people(self, cells: dict[Any, Any]) -> list[dict[Any, Any]]:
        """The year's sums, and the people they are divided by, where these are known."""
        people = {key: {"base_values": 1, "values": 1} for key in cells if key[3] == "all"}
        known = {
            key: {"value": cell["over"]}
            for key, cell in people.items()
            if self.over_people(cell, (key[2], key[0]), self.year, self.year) and cell["over"]
        }
        return [{key: cells[key] for key in known}, known]

    def keyed(self, series: Series, comparison: str, now: Period, base: Period) -> dict[Any, Row]:
        return {
            (row["boundaries"], "", row["area"], row["group_by"], row["group_value"]): row
            for row in self.rows(series, comparison, now, base)
        }

    def joined(self, cells: list[dict[Any, Any]], key: Any, done: Row, based: Row, indicator: str) -> Row:
        known, cell = self.definitions.indicators[indicator], cells[0].get(key, {})
        value = cell["value"] if cell.get("values") else None
        if value is not None and known.kind == "ratio":
            value = divided(value, known.factor, cells[1].get(key, {}).get("value", Decimal(0)))
        adds = bool(cell.get("values")) and known.kind != "ratio" and not known.at_end
        counts = {f"{name}_reports": int(cell.get(name, 0)) for name in METHODS}
        counts["not_estimated_reports"] = counts.pop("none_reports")
        return {
            "done_value": done.get("value") if done.get("value_source") == "facilities" else None,
            "value_source": "facilities" if value is not None else None,
            "base_source": based.get("base_source"),
            "estimated_value": cell["estimated"] + Decimal(0) if adds else None,
            "value": value,
            "base_value": based.get("base_value"),
            "matched_value": done.get("matched_value"),
            "matched_base_value": done.get("matched_base_value"),
            **{name: done.get(name, 0) for name in ("reports", "expected_reports")},
            **{name: based.get(name, 0) for name in ("base_reports", "base_expected_reports")},
            **counts,
        }

    def judged(self, row: Row, now: Period, base: Period, indicator: str) -> Row:
        known = self.definitions.indicators[indicator]
        untold = row["base_source"] == "facilities" and row["base_reports"] < row["base_expected_reports"]
        short = row["not_estimated_reports"] or untold
        if any(base.start < day <= now.end for day in known.breaks):
            status = "not_comparable"
        elif row["base_value"] is None:
            status = "no_base"
        elif not row["base_value"] and known.kind != "ratio":
            status = "zero_base"
        else:
            status = "partial" if short or row["value"] is None else "ok"
        compares = status not in ("not_comparable", "no_base") and row["value"] is not None
        return {"status": status, "change": row["value"] - row["base_value"] if compares else None}

    def due(self, facility: str, month: Period) -> int:
        """For how many reports of the month the facility is to send one; of a month to come, by the register."""
        if month in self.spine or month.year != self.year.year:
            return self.weight(facility, month)
        form = self.definitions.forms["f"]
        spell = self.open(facility, month)
        in_force = any(edition.frequency == "month" and edition.in_force(month.end) for edition in form.editions)
        if spell is None or not in_force or not isinstance(spell.stands_for, int):
            return 0
        return spell.stands_for if not form.applies_to or spell.attributes["type"] in form.applies_to else 0

    def open(self, facility: str, month: Period) -> FacilitySpell | None:
        return next((one for one in self.places.spells[facility] if one.open_on(month.end)), None)


class _Leg:
    """One indicator's sum, or one leg of a ratio, month by month."""

    def __init__(self, oracle: EstimateOracle, series: Series, below: bool) -> None:
        self.oracle, self.series, self.below = oracle, series, below
        known = oracle.definitions.indicators[series[0]]
        self.at_end, self.by_days = known.at_end, below and known.by_days
        self.held = cache(self._held)
        self.full = cache(self._full)

    def _held(self, facility: str, month: Period) -> tuple[Decimal | None, bool]:
        value, complete = self.oracle.value(facility, month, self.series)
        if self.below and value is not None:
            return self.oracle.over(facility, month, self.series), complete
        return value, complete

    def _full(self, unit: str, month: Period) -> Decimal | None:
        """What the unit reported in a month, where every member that owes a report sent it in full."""
        members = self.oracle.members[unit]
        owing = [facility for facility in members if self.oracle.due(facility, month)]
        if not owing or not all(self.held(facility, month)[1] for facility in owing):
            return None
        return sum((value for f in members if (value := self.held(f, month)[0]) is not None), Decimal(0))

    def matched(self, unit: str) -> list[tuple[Decimal, Decimal]]:
        pairs = [
            (self.full(unit, month), self.full(unit, month.in_year(month.year - 1)))
            for month in self.oracle.year.months
        ]
        return [(now, base) for now, base in pairs if now is not None and base is not None]

    def cells(self) -> dict[Any, dict[str, Any]]:
        oracle = self.oracle
        sums: dict[Any, dict[str, Any]] = defaultdict(lambda: defaultdict(Decimal))
        pairs = [pair for unit in oracle.members for pair in self.matched(unit)]
        together = sum((now for now, _ in pairs), Decimal(0)), sum((base for _, base in pairs), Decimal(0))
        for facility in [one for members in oracle.members.values() for one in members]:
            for value, spell in self.received(facility):
                self.put(sums, spell, value=value, values=1)
        for unit in oracle.members:
            for month in self.months():
                self.month(sums, unit, month, together)
        return sums

    def put(self, sums: dict[Any, dict[str, Any]], spell: FacilitySpell | None, **said: Any) -> None:
        for day, _, area, group_by, group_value in self.oracle.places.keys(spell):
            for name, value in said.items():
                sums[day, "", area, group_by, group_value][name] += value

    def months(self) -> tuple[Period, ...]:
        return self.oracle.year.months[-1:] if self.at_end else self.oracle.year.months

    def whole(self, facility: str) -> tuple[Decimal, FacilitySpell | None] | None:
        piece = self.oracle.whole(facility, self.oracle.year, self.series)
        if piece is None or piece.value is None:
            return None
        return (piece.over if self.below else piece.value), piece.spell

    def received(self, facility: str) -> list[tuple[Decimal, FacilitySpell | None]]:
        if whole := self.whole(facility):
            return [whole]
        found = [(self.held(facility, month)[0], month) for month in self.months()]
        return [(value, self.oracle.places.spell(facility, month.end)) for value, month in found if value is not None]

    def month(
        self, sums: dict[Any, dict[str, Any]], unit: str, month: Period, together: tuple[Decimal, Decimal]
    ) -> None:
        oracle, members = self.oracle, self.oracle.members[unit]
        given = {f for f in members if self.held(f, month)[1] or self.whole(f)}
        missing = [f for f in members if oracle.due(f, month) and f not in given]
        if not missing:
            return
        method, shares = self.shares(unit, month, together)
        for facility in missing:
            self.put(sums, oracle.open(facility, month), **{method: oracle.due(facility, month)})
        for facility, share in shares.items():
            if facility in given or (given and facility not in missing):
                continue
            estimated = Decimal(half_up(share, 4)) / 10_000
            estimated = max(estimated - (self.held(facility, month)[0] or Decimal(0)), Decimal(0))
            spell = oracle.open(facility, month) or oracle.open(missing[0], month)
            self.put(sums, spell, value=estimated, estimated=estimated, values=1)

    def shares(self, unit: str, month: Period, together: tuple[Decimal, Decimal]) -> tuple[str, dict[str, Fraction]]:
        """How the unit's month is estimated, and what each member of it brings."""
        last_year = month.in_year(month.year - 1)
        this_year = [one for one in self.oracle.year.months if self.full(unit, one) is not None]
        now, base = (
            (sum(side, Decimal(0)) for side in zip(*self.matched(unit), strict=True))
            if self.matched(unit)
            else (None, None)
        )
        if self.at_end or self.by_days:
            known = [
                one
                for one in (*self.oracle.before.months, *self.oracle.year.months)
                if self.full(unit, one) is not None
            ]
            if not known:
                return "none", {}
            days = Fraction(_days(month), _days(known[-1])) if self.by_days else Fraction(1)
            return "carried", self.each(unit, [known[-1]], days)
        had = self.full(unit, last_year)
        if had is not None and base is not None and now is not None and (base > 0 or had == base == now == 0):
            return "own_growth", self.each(unit, [last_year], Fraction(now) / Fraction(base) if base else Fraction(1))
        if this_year:
            return "own_mean", self.each(unit, this_year, Fraction(1, len(this_year)))
        if had is not None and together[1] > 0:
            return "all_growth", self.each(unit, [last_year], Fraction(together[0]) / Fraction(together[1]))
        return "none", {}

    def each(self, unit: str, months: list[Period], times: Fraction) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for facility in self.oracle.members[unit]:
            values = [value for month in months if (value := self.held(facility, month)[0]) is not None]
            if values:
                found[facility] = Fraction(sum(values, Decimal(0))) * times
        return found


def _days(month: Period) -> int:
    return (month.end - month.start).days + 1
