"""A small invented country: marts as transform writes them, from figures that a person can check by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Element, Indicator
from healthstats.domain.facility import Area, AreaChange, FacilitySpell
from healthstats.domain.form import Form, Rule

GROWTH = {
    **dict.fromkeys(("indicator", "item", "area"), "varchar"),
    "boundaries": "date",
    **dict.fromkeys(("group_by", "group_value", "period", "period_type", "comparison", "base_period"), "varchar"),
    **dict.fromkeys(("value", "base_value", "change"), "decimal(38,8)"),
    **dict.fromkeys(("change_pct", "change_pp", "index_pct"), "decimal(18,8)"),
    "status": "varchar",
    **dict.fromkeys(
        ("expected_reports", "reports", "base_expected_reports", "base_reports", "matched_reports"), "bigint"
    ),
    **dict.fromkeys(("matched_value", "matched_base_value"), "decimal(38,8)"),
    **dict.fromkeys(("matched_change_pct", "matched_change_pp"), "decimal(18,8)"),
    **dict.fromkeys(
        (
            "change_matched",
            "change_entered",
            "change_left",
            "change_missing",
            "change_missing_base",
            "change_reclassified",
        ),
        "decimal(38,4)",
    ),
    **dict.fromkeys(("value_source", "base_source"), "varchar"),
}
COVERAGE = {
    **dict.fromkeys(("form", "facility", "name", "area", "period"), "varchar"),
    **dict.fromkeys(("expected", "reported", "complete", "late"), "boolean"),
    "stands_for": "int",
    "received_at": "timestamp",
    **dict.fromkeys(("verdict", "submission", "file", "media"), "varchar"),
}
SUBMISSIONS = {
    **dict.fromkeys(("submission", "verdict", "media"), "varchar"),
    "received_at": "timestamp",
    "size": "bigint",
    "run": "int",
}
AWAITING = dict.fromkeys(
    (
        "submission",
        "file",
        "sheet",
        "cell",
        "code",
        "severity",
        "facility",
        "period",
        "element",
        "text",
        "message",
        "suggestion",
        "params",
    ),
    "varchar",
)
NEWEST, OLDEST = date(2025, 7, 1), date(2008, 8, 1)


@dataclass(frozen=True)
class Grown:
    """One row of growth, said shortly: matched and left-out parts are (now, base) sums."""

    indicator: str
    value: str | None
    base_value: str | None
    status: str = "ok"
    period: str = "2023"
    base_period: str = "2022"
    reports: tuple[int, int] = (36, 36)
    base_reports: tuple[int, int] = (36, 36)
    matched: tuple[str, str] | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    group: tuple[str, str] = ("all", "all")
    area: str = "VN"
    boundaries: date = NEWEST
    comparison: str = ""
    ratio: bool = False
    base_source: str = "facilities"
    item: str = ""

    def row(self) -> dict[str, object]:
        compared = self.status in ("ok", "partial") and self.value is not None and self.base_value is not None
        now, base = (Decimal(text) if text is not None else None for text in (self.value, self.base_value))
        change = now - base if compared and now is not None and base is not None else None
        has_parts = not self.ratio and self.base_source == "facilities"
        matched_now, matched_base = map(Decimal, self.matched) if self.matched else (now, base)
        if self.base_source == "history":
            matched_now = matched_base = None
        parts = {f"change_{name}": Decimal(part) for name, part in self.parts.items()}
        rest = change - sum(parts.values()) if change is not None else None
        nearest = "prior_year" if int(self.period[:4]) - int(self.base_period[:4]) == 1 else "base"
        return {
            "indicator": self.indicator,
            "item": self.item,
            "area": self.area,
            "boundaries": self.boundaries,
            "group_by": self.group[0],
            "group_value": self.group[1],
            "period": self.period,
            "period_type": "year",
            "comparison": self.comparison or nearest,
            "base_period": self.base_period,
            "value": now,
            "base_value": base,
            "change": change,
            "status": self.status,
            "reports": self.reports[0],
            "expected_reports": self.reports[1],
            "base_reports": self.base_reports[0],
            "base_expected_reports": self.base_reports[1],
            "matched_value": matched_now,
            "matched_base_value": matched_base,
            **(
                {name: Decimal(0) for name in GROWTH if name.startswith("change_") and "_p" not in name}
                if compared and has_parts
                else {}
            ),
            **(parts if compared else {}),
            "change_matched": rest if has_parts else None,
            "value_source": None if now is None else "facilities",
            "base_source": None if base is None else self.base_source,
        }


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]
) -> None:
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"create table {table} ({declared})")
    for row in rows:
        connection.execute(
            f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values())
        )


def open_marts(
    folder: Path,
    growth: Sequence[Grown] = (),
    coverage: Sequence[Mapping[str, object]] = (),
    awaiting: Sequence[Mapping[str, object]] = (),
    submissions: Sequence[Mapping[str, object]] = (),
) -> duckdb.DuckDBPyConnection:
    """Writes the three marts, and the submissions, as Parquet into `folder` and opens a connection with a view on
    each; nothing is decided, no history gives way, and no file that cannot be read says whose it is."""
    writer = duckdb.connect()
    insert(writer, "growth", GROWTH, [grown.row() for grown in growth])
    insert(writer, "coverage", COVERAGE, coverage)
    insert(writer, "awaiting", AWAITING, awaiting)
    insert(writer, "submissions", SUBMISSIONS, submissions)
    writer.execute("create table open_findings as select * replace ('error' as severity) from awaiting")
    connection = duckdb.connect()
    connection.execute("create table decisions (submission text, decision text)")
    connection.execute(
        "create table history_set_aside (indicator text, item text, area text, boundaries date, period text,"
        " value decimal(38, 8), history_value decimal(38, 8), difference decimal(38, 8))"
    )
    connection.execute("create table findings (submission text, facility text, period text)")
    for name in ("growth", "coverage", "awaiting", "open_findings", "submissions"):
        path = folder / f"{name}.parquet"
        writer.execute(f"copy {name} to '{path}' (format parquet)")
        connection.execute(f"create view {name} as select * from read_parquet('{path}')")
    return connection


NAMES = {
    "outpatient_visits": ("Lượt khám chữa bệnh ngoại trú", "Outpatient visits", "lượt", "visits"),
    "outpatient_visits_insured": ("Lượt khám ngoại trú: BHYT", "Outpatient visits: insured", "lượt", "visits"),
    "preventive_visits": ("Lượt khám dự phòng", "Preventive visits", "lượt", "visits"),
    "inpatient_stays": ("Lượt điều trị nội trú", "Inpatient stays", "lượt", "stays"),
    "inpatient_stays_insured": ("Lượt điều trị nội trú: BHYT", "Inpatient stays: insured", "lượt", "stays"),
    "inpatient_days": ("Ngày điều trị nội trú", "Inpatient days", "ngày", "days"),
    "ct_scans": ("Lần chụp CT", "CT scans", "lần", "scans"),
    "mri_scans": ("Lần chụp MRI", "MRI scans", "lần", "scans"),
}


PERCENT, DAYS, BEDS = {"vi": "%", "en": "%"}, {"vi": "ngày", "en": "days"}, {"vi": "giường", "en": "beds"}


def kinds() -> dict[str, Indicator]:
    """A stock and three ratios."""
    names = {
        "beds_actual": {"vi": "Giường thực tế", "en": "Actual beds"},
        "average_stay": {"vi": "Ngày điều trị trung bình", "en": "Average length of stay"},
        "bed_occupancy_actual": {"vi": "Công suất sử dụng giường thực tế", "en": "Occupancy of actual beds"},
        "insured_share_visits": {"vi": "Tỷ lệ lượt khám có BHYT", "en": "Insured share of outpatient visits"},
    }
    found = [
        Indicator("beds_actual", "stock", BEDS, names["beds_actual"], "bieu9", ("beds_actual",), at_end=True),
        *(
            Indicator(code, "ratio", DAYS if code == "average_stay" else PERCENT, names[code], "bieu9", ())
            for code in list(names)[1:]
        ),
    ]
    return {one.indicator: one for one in found}


def definitions(*, synthetic: bool = True, facilities: tuple[FacilitySpell, ...] | None = None) -> Definitions:
    elements = {
        code: Element(code, "bieu9", "flow", "count", {"vi": unit, "en": unit_en}, {"vi": vi, "en": en})
        for code, (vi, en, unit, unit_en) in NAMES.items()
    }
    rules = tuple(
        Rule("PART_EXCEEDS_TOTAL", "at_most", part, (part.removesuffix("_insured"),), "warning")
        for part in NAMES
        if part.endswith("_insured")
    )
    return Definitions(
        elements=elements,
        indicators={
            code: Indicator(code, "flow", one.unit, one.name, "bieu9", (code,)) for code, one in elements.items()
        }
        | kinds(),
        forms={"bieu9": Form("bieu9", {"vi": "Biểu 9/BCT", "en": "Form 9"}, "", "facility", (), rules=rules)},
        facilities=FACILITIES if facilities is None else facilities,
        aliases=(),
        areas=(
            Area("VN", "Cả nước", "country", None, OLDEST, None),
            Area("79", "Thành phố Hồ Chí Minh", "province", "VN", OLDEST, None),
            Area("74", "Tỉnh Bình Dương", "province", "VN", OLDEST, date(2025, 6, 30)),
        ),
        area_changes=(AreaChange("74", "79", NEWEST), AreaChange("79", "79", NEWEST)),
        groups=("ownership", "type"),
        publications={},
        models={},
        base_year=2020,
        synthetic=synthetic,
        judgement="",
        hash="",
    )


def spell(code: str, name: str, kind: str = "Bệnh viện", area: str | None = "79") -> FacilitySpell:
    return FacilitySpell(code, name, area, None, None, None, None, {"ownership": "Công lập", "type": kind})


FACILITIES = (
    spell("79001", "Bệnh viện Quận 1"),
    spell("79002", "Phòng khám đa khoa Bến Thành", "Phòng khám"),
    spell("74001", "Bệnh viện Dĩ An", area="74"),
)


def reported(facility: str, month: int, *, reported: bool = True, late: bool = False) -> dict[str, object]:
    return {
        "stands_for": 1,
        "form": "bieu9",
        "facility": facility,
        "period": f"2023-{month:02d}",
        "expected": True,
        "reported": reported,
        "late": late,
    }


def against_base(grown: Grown, base_value: str | None, status: str = "ok", **changes: object) -> Grown:
    """The same figure against 2020."""
    return replace(grown, base_value=base_value, status=status, base_period="2020", matched=None, parts={}, **changes)  # type: ignore[arg-type]
