"""Small worlds a person can check by eye: aligned tables in, marts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import duckdb

from healthstats.definitions import shipped_pipelines
from healthstats.domain.definitions import Definitions
from healthstats.domain.element import Element, Indicator
from healthstats.domain.facility import Area, AreaChange, FacilitySpell
from healthstats.domain.form import Edition, Form
from healthstats.store.schema import COLUMNS
from healthstats.transform import build_marts

NAMES = {"vi": "", "en": ""}
GROUPS = ("ownership", "type")
FLOWS = ("visits", "insured", "stays", "days")
STOCKS = ("beds", "staff")
KINDS = dict.fromkeys(FLOWS, "flow") | dict.fromkeys(STOCKS, "stock")
INDICATORS = {"visits": ("visits",), "stays": ("stays",), "contacts": ("visits", "stays")}
MODELS = {path.stem: path for path in sorted((shipped_pipelines() / "models").glob("**/*.sql"))}
CHECKS = {path.stem: path for path in sorted((shipped_pipelines() / "checks").glob("*.sql"))}


def lines(text: str) -> Iterator[dict[str, str]]:
    """An aligned table → its rows; `.` is an empty cell."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    for row in rows:
        assert len(row) == len(head), row
        yield {name: "" if cell == "." else cell for name, cell in zip(head, row, strict=True)}


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def spell(facility: str, **said: str) -> FacilitySpell:
    """A register row; what is not said is empty, and open without end."""
    return FacilitySpell(
        facility=facility,
        name=facility,
        area=said.get("area") or None,
        valid_from=day(said.get("from", "")),
        valid_to=day(said.get("to", "")),
        successor=said.get("successor") or None,
        area_before=said.get("before") or None,
        attributes={group: said.get(group, "") for group in GROUPS},
        stands_for=_stands_for(said.get("stands_for", "")),
    )


def _stands_for(text: str) -> int | tuple[str, ...]:
    return int(text or 1) if text.isdigit() or not text else tuple(text.split("+"))


def spells(text: str) -> tuple[FacilitySpell, ...]:
    return tuple(spell(**row) for row in lines(text))


def edition(**said: Any) -> Edition:
    """A monthly edition without end, due five days after the month."""
    given: dict[str, Any] = {"valid_from": date(2000, 1, 1), "valid_to": None, "frequency": "month"}
    fixed: dict[str, Any] = {"edition": "1", "deadline_days": 5, "accumulates": "none", "official": False}
    return Edition(**(given | said), **fixed, source="", columns=())


def form(**said: Any) -> Form:
    return Form("f", NAMES, "", said.pop("row", "facility"), said.pop("editions", (edition(),)), **said)


def stock(code: str) -> Indicator:
    return Indicator(code, "stock", NAMES, NAMES, "f", (code,), at_end=True)


def ratio(code: str, above: str, below: str, unit: str = "%", **said: Any) -> Indicator:
    """above × factor / below, 100 for a percentage; several elements are joined by `+`."""
    given = {"factor": 100 if unit == "%" else 1} | said
    names = {"vi": unit, "en": unit}
    parts = {"elements": tuple(above.split("+")), "denominator": tuple(filter(None, below.split("+")))}
    return Indicator(code, "ratio", names, NAMES, "f", **parts, **given)


def definitions(facilities: tuple[FacilitySpell, ...], **said: Any) -> Definitions:
    breaks = said.pop("breaks", {})
    sums = said.pop("indicators", INDICATORS)
    given: dict[str, Any] = {
        "elements": {e: Element(e, "f", cast(Any, kind), "count", NAMES, NAMES) for e, kind in KINDS.items()},
        "indicators": {
            code: Indicator(code, "flow", NAMES, NAMES, "f", sums[code], breaks.get(code, ())) for code in sums
        }
        | {one.indicator: one for one in said.pop("kinds", ())},
        "forms": {"f": form()},
        "facilities": facilities,
        "aliases": (),
        "areas": (),
        "area_changes": (),
        "groups": GROUPS,
        "publications": {},
        "models": MODELS,
        "checks": CHECKS,
        "base_year": None,
        "synthetic": True,
        "populations": (),
        "judgement": "",
        "hash": "",
    }
    return Definitions(**(given | said))


@dataclass
class Sent:
    """One report as a file gives it; a cell's value is a number, or None where it is quarantined."""

    facility: str | None
    period: str
    cells: Mapping[tuple[str, str], Decimal | None]
    submission: str = ""
    run: int = 1
    revision: int = 0
    replaces: str = "report"
    verdict: str = ""
    area: str | None = None
    received: datetime | None = None
    form: str = "f"


def sent(text: str, **said: Any) -> list[Sent]:
    """Rows of an aligned table: facility, period, elements; `?` is a quarantined cell, `.` none. `visits@A20` is
    the element of the item A20. Each row is a submission of its own unless `submission` is a column."""
    reports = []
    for number, row in enumerate(lines(text)):
        fixed = {"facility", "period", "submission", "run", "revision", "replaces", "received", "area"}
        cells = {
            (name.partition("@")[0], name.partition("@")[2]): None if cell == "?" else Decimal(cell)
            for name, cell in row.items()
            if name not in fixed and cell
        }
        reports.append(
            Sent(
                facility=row.get("facility") or None,
                area=row.get("area") or None,
                period=row["period"],
                cells=cells,
                submission=row.get("submission") or f"{said.get('name', 's')}{number}",
                run=int(row.get("run") or 1),
                revision=int(row.get("revision") or 0),
                replaces=row.get("replaces") or "report",
                received=datetime.fromisoformat(row["received"]) if row.get("received") else None,
            )
        )
    return reports


NEWEST = datetime(2030, 1, 1)


@dataclass
class World:
    """Definitions and what was sent; `findings` are rows of the findings table; `unread` are files of the first run
    that hold no report, with their media, and `said` what was said of them when they came."""

    definitions: Definitions
    sent: list[Sent]
    findings: list[dict[str, Any]] = field(default_factory=list)
    newest: datetime = NEWEST
    unread: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def build(self, folder: Path, **how: Any) -> duckdb.DuckDBPyConnection:
        """The marts, as views of a connection."""
        marts = folder / "marts"
        marts.mkdir(parents=True)
        counts = build_marts(self._runs(folder), self.definitions, marts, **how)
        connection = duckdb.connect()
        for name in counts:
            connection.execute(f"create view {name} as select * from read_parquet('{marts / name}.parquet')")
        return connection

    def growth(self, folder: Path, **where: Any) -> list[dict[str, Any]]:
        """Rows of growth as dicts, those that equal `where`, in the order of their keys."""
        connection = self.build(folder, marts=("growth",))
        return rows(connection, "growth", **where)

    def _runs(self, folder: Path) -> dict[int, dict[str, Path]]:
        numbers = sorted({report.run for report in self.sent} | {1})
        with duckdb.connect() as writing:
            return {number: self._run(number, folder, writing) for number in numbers}

    def _run(self, number: int, folder: Path, writing: duckdb.DuckDBPyConnection) -> dict[str, Path]:
        reports = [report for report in self.sent if report.run == number]
        tables: dict[str, list[dict[str, Any]]] = {"submissions": [], "reports": [], "observations": [], "findings": []}
        for position, name in enumerate(dict.fromkeys(report.submission for report in reports)):
            own = [report for report in reports if report.submission == name]
            verdicts = {_verdict(report) for report in own}
            verdict = verdicts.pop() if len(verdicts) == 1 else "quarantined"
            tables["submissions"].append(
                {
                    "submission": name,
                    "position": position,
                    "name": f"{name}.xlsx",
                    "received_at": own[0].received or self.newest,
                    "media": "xlsx",
                    "verdict": verdict,
                }
            )
        if number == 1:
            tables["submissions"] += [
                {
                    "submission": name,
                    "position": 1000 + place,
                    "name": name,
                    "received_at": self.newest,
                    "media": media,
                    "verdict": "rejected",
                    "hints": self.said.get(name),
                }
                for place, (name, media) in enumerate(self.unread.items())
            ]
        for position, report in enumerate(reports):
            key = {"form": report.form, "facility": report.facility, "area": report.area, "period": report.period}
            accepted = [value for value in report.cells.values() if value is not None]
            tables["reports"].append(
                {
                    **key,
                    "submission": report.submission,
                    "position": position,
                    "edition": "1",
                    "sheet": "S",
                    "verdict": _verdict(report),
                    "declared_revision": report.revision,
                    "replaces": report.replaces,
                    "cells_accepted": len(accepted),
                    "cells_quarantined": len(report.cells) - len(accepted),
                }
            )
            for place, ((element, item), value) in enumerate(report.cells.items(), 1):
                tables["observations"].append(
                    {
                        **key,
                        "submission": report.submission,
                        "report": position,
                        "element": element,
                        "item": item,
                        "value": value,
                        "qualifier": "=",
                        "status": "quarantined" if value is None else "accepted",
                        "sheet": "S",
                        "cell": f"A{place}",
                    }
                )
        tables["findings"] = [finding for finding in self.findings if finding.get("run", 1) == number]
        return {name: _write(writing, folder / f"{name}-{number}.parquet", name, rows) for name, rows in tables.items()}


def _verdict(report: Sent) -> str:
    held = [value is None for value in report.cells.values()]
    return report.verdict or ("rejected" if all(held) else "quarantined" if any(held) else "accepted")


def _write(writing: duckdb.DuckDBPyConnection, file: Path, table: str, rows: list[dict[str, Any]]) -> Path:
    columns = COLUMNS[table]
    types = {"string": "varchar", "int32": "int", "int64": "bigint"}
    declared = ", ".join(f'"{name}" {types.get(kind, kind)}' for name, kind in columns.items())
    writing.execute(f"create or replace table t ({declared})")
    if rows:
        lists = ", ".join(f"unnest(?::{types.get(kind, kind)}[])" for kind in columns.values())
        writing.execute(f"insert into t select {lists}", [[row.get(name) for row in rows] for name in columns])
    writing.execute(f"copy t to '{file}' (format parquet)")
    return file


def rows(connection: duckdb.DuckDBPyConnection, mart: str, **where: Any) -> list[dict[str, Any]]:
    result = connection.execute(f"select * from {mart} order by all")
    names = [column[0] for column in result.description]
    found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return [row for row in found if all(row[name] == value for name, value in where.items())]


def areas(text: str) -> tuple[Area, ...]:
    return tuple(
        Area(r["area"], r["area"], r["level"], r["parent"] or None, day(r["from"]) or date.min, day(r["to"]))
        for r in lines(text)
    )


def changes(text: str) -> tuple[AreaChange, ...]:
    return tuple(AreaChange(r["old"], r["new"], day(r["on"]) or date.min) for r in lines(text))
