"""The rows of a list of populations or plans → lines of their registers; what is doubtful becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Type
from healthstats.domain.figure import percent
from healthstats.domain.finding import Finding
from healthstats.domain.form import Markers
from healthstats.domain.period import Period, parse_period
from healthstats.domain.reading import SCALE
from healthstats.intake.figures.numbers import parse_cell
from healthstats.intake.letters.text import fold
from healthstats.intake.lists.cells import AreaNames, Doubt, check_cells, code_of, code_width, day_of
from healthstats.intake.lists.header import BY_YEAR
from healthstats.intake.lists.lists import ListedRow, Listing
from healthstats.intake.names import NameIndex
from healthstats.words import LANGUAGES

Line = dict[str, str]
KEYS = {
    "populations": ("area", "year", "boundaries"),
    "plans": ("facility", "area", "indicator", "period", "boundaries"),
}
LARGEST_SHARE = Decimal("1.5")
"""Of a plan in percent: up to here it may be a share of one that stands for a hundred times as much."""


class TargetList:
    """Reads rows against the definitions; `source` is written where the list names none."""

    def __init__(self, definitions: Definitions, pad: bool, source: str) -> None:
        self.definitions, self.pad, self.source = definitions, pad, source
        self.names = NameIndex.of(definitions.facilities, definitions.aliases)
        self.known = {spell.facility.casefold(): spell.facility for spell in definitions.facilities}
        self.width = code_width(self.known.values())
        self.areas: dict[date, AreaNames] = {}
        self.planned: dict[str, set[str]] = {}
        names = [(code, element.name) for code, element in definitions.elements.items()]
        names += [(code, indicator.name) for code, indicator in definitions.indicators.items()]
        for code, said in names:
            for name in {code, fold(code), *map(fold, said.values())}:
                self.planned.setdefault(name, set()).add(code)

    def read(self, listing: Listing) -> tuple[list[Line], list[Finding]]:
        """Lines of the register, one a figure, and a finding for each row or figure that cannot be one."""
        lines: dict[tuple[str, ...], tuple[ListedRow, Line]] = {}
        findings: list[Finding] = []
        twice: set[tuple[str, ...]] = set()
        for row in listing.rows:
            for role in self._figures(listing.register, row):
                try:
                    line = self._line(listing.register, row, role)
                except Doubt as doubt:
                    findings.append(doubt.finding)
                    continue
                key = tuple(line.get(column, "") for column in KEYS[listing.register])
                if key in lines:
                    twice.add(key)
                    findings.append(row.finding("LIST_TWICE", role, " ".join(filter(None, key))))
                lines[key] = (row, line)
        for key in twice:
            row, _ = lines.pop(key)
        return [line for _, line in lines.values()], findings

    def _figures(self, register: str, row: ListedRow) -> Iterator[str]:
        """The roles that hold a figure: one, or one a year."""
        value = BY_YEAR[register]
        return (role for role in row.cells if role.partition(".")[0] == value and row.text(role))

    def _line(self, register: str, row: ListedRow, role: str) -> Line:
        check_cells(row)
        year = role.partition(".")[2]
        stated = day_of(row, "boundaries")
        source = row.text("source") or self.source
        if register == "populations":
            period = self._period(row, "year", year)
            if period.kind != "year":
                raise Doubt(row.finding("LIST_PERIOD", "year"))
            line = {
                "area": self._area(row, stated or period.end),
                "year": str(period.year),
                "population": _value(row, role, "count"),
            }
        else:
            period = self._period(row, "period", year)
            facility = self._facility(row, period)
            indicator = self._indicator(row)
            line = {
                "facility": facility,
                "area": "" if facility else self._area(row, stated or period.end),
                "indicator": indicator,
                "period": period.code,
                "value": self._planned(row, role, indicator),
            }
        return {**line, "source": source, **({"boundaries": str(stated)} if stated else {})}

    def _period(self, row: ListedRow, role: str, year: str) -> Period:
        text = year or row.text(role)
        period = parse_period(fold(text).removeprefix("nam ").strip()) or parse_period(text)
        if period is None:
            raise Doubt(row.finding("LIST_PERIOD", role))
        return period

    def _area(self, row: ListedRow, on: date) -> str:
        names = self.areas.get(on)
        if names is None:
            names = self.areas[on] = AreaNames(self.definitions.areas, on, self.pad)
        area = names.of(row, "area")
        if area is None:
            raise Doubt(row.finding("LIST_NO_PLACE", "area"))
        return area

    def _facility(self, row: ListedRow, period: Period) -> str:
        if not row.text("facility"):
            return ""
        code = code_of(row, "facility", self.known, self.width, self.pad)
        match = self.names.match(code, "", period.end)
        if match.code is None:
            raise Doubt(row.finding("LIST_FACILITY", "facility"))
        return match.code

    def _indicator(self, row: ListedRow) -> str:
        text = row.text("indicator")
        found = self.planned.get(text) or self.planned.get(fold(text)) or set()
        if len(found) != 1:
            raise Doubt(row.finding("LIST_INDICATOR", "indicator"))
        return min(found)

    def _planned(self, row: ListedRow, role: str, code: str) -> str:
        """A plan may be a fraction (last year's × 1,05); whether `120.000` is one, its indicator says."""
        elements, indicator = self.definitions.elements, self.definitions.indicators.get(code)
        held = [elements[name] for name in (indicator.elements if indicator else (code,))]
        units = (indicator or held[0]).unit.values()
        counted = all(one.type == "count" for one in held) and not (indicator and indicator.kind == "ratio")
        parsed = parse_cell(row.cells[role], "decimal", Markers(), units)
        if counted and parsed.fault == "AMBIGUOUS_NUMBER":
            return _value(row, role, "count", units)
        value = _value(row, role, "decimal", units)
        if "%" in units and 0 < abs(Decimal(value)) <= LARGEST_SHARE and "%" not in row.text(role):
            raise Doubt(row.finding("LIST_SHARE", role, **_both(Decimal(value))))
        return value


def _both(value: Decimal) -> dict[str, str]:
    """What a share of one may mean: 0.95 is `0,95%` or `95%`."""
    return {
        f"{name}_{lang}": percent(Fraction(meant), lang, digits=max(0, -int(meant.normalize().as_tuple().exponent)))
        for name, meant in (("said", value), ("shown", value * 100))
        for lang in LANGUAGES
    }


def _value(row: ListedRow, role: str, kind: Type, units: Iterable[str] = ()) -> str:
    parsed = parse_cell(row.cells[role], kind, Markers(), units)
    # the register has no place for a bound: `khoảng 1.000` would become 1.000 people
    if parsed.value is None or parsed.qualifier or parsed.status:
        raise Doubt(row.finding("LIST_NUMBER", role))
    return f"{(Decimal(parsed.value) / SCALE).normalize():f}"
