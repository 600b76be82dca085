"""The unfinished year 2023 of the invented city: eleven months done, a row for every status and method."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.golden.marts import GROWTH, NEWEST, Grown, insert, open_marts

COUNTS = ("own_growth_reports", "own_mean_reports", "all_growth_reports", "carried_reports", "not_estimated_reports")
SHARED = (
    *("indicator", "item", "area", "boundaries", "group_by", "group_value", "period", "comparison", "base_period"),
    *("value", "base_value", "change", "status", "expected_reports", "reports", "base_expected_reports"),
    *("base_reports", "matched_value", "matched_base_value", "value_source", "base_source"),
)
ESTIMATE = (
    {name: GROWTH[name] for name in SHARED}
    | {"months": "int"}
    | dict.fromkeys(("done_value", "estimated_value"), "decimal(38,8)")
    | dict.fromkeys(COUNTS, "bigint")
)


def row(
    indicator: str,
    done: str | None,
    rest: str | None,
    value: str | None,
    base: str | None,
    status: str = "ok",
    **said: object,
) -> dict[str, object]:
    """One row of estimate: 33 of 33 reports of the eleven months, December's three estimated, unless said otherwise."""
    amounts = {"done_value": done, "estimated_value": rest, "value": value, "base_value": base}
    sums = {name: Decimal(text) if text is not None else None for name, text in amounts.items()}
    compared = status in ("ok", "partial") and sums["value"] is not None and sums["base_value"] is not None
    given: dict[str, object] = {
        "indicator": indicator,
        "item": "",
        "area": "VN",
        "boundaries": NEWEST,
        "group_by": "all",
        "group_value": "all",
        "period": "2023",
        "comparison": "prior_year",
        "base_period": "2022",
        "months": 11,
        **sums,
        "change": Decimal(str(value)) - Decimal(str(base)) if compared else None,
        "status": status,
        "reports": 33,
        "expected_reports": 33,
        "base_reports": 36,
        "base_expected_reports": 36,
        "matched_value": sums["done_value"],
        "matched_base_value": Decimal(str(said.pop("matched", "0"))) or None,
        "value_source": None if value is None else "facilities",
        "base_source": None if base is None else "facilities",
        **(dict.fromkeys(COUNTS, 0) | {"own_growth_reports": 3}),
    }
    return given | said


LATE = {"reports": 32, "own_growth_reports": 2, "own_mean_reports": 1, "all_growth_reports": 1}
ROWS = [
    row("outpatient_visits", "38600120", "3512345.6789", "42112465.6789", "37949059", matched="34900000", **LATE),
    row(
        *("outpatient_visits", "38600120", "3512345.6789", "42112465.6789", "39739109"),
        **LATE | {"comparison": "base", "base_period": "2020", "matched": "36100000"},
    ),
    row("outpatient_visits_insured", "18790000", "1709999.5", "20499999.5", "17521453", matched="16000000"),
    row("inpatient_stays", "2018000", "183345", "2201345", "2114644", "partial", matched="1940000", base_reports=34),
    row("inpatient_days", "13100000", "1200000", "14300000", "14308100", "not_comparable"),
    row("preventive_visits", "80", "10", "90", "0", "zero_base"),
    row("ct_scans", "380000", "0", "380000", None, "no_base", own_growth_reports=0, not_estimated_reports=3),
    row(
        *("beds_actual", "21000", None, "31500", "30900"),
        reports=2,
        expected_reports=3,
        base_reports=3,
        base_expected_reports=3,
        matched="20500",
        own_growth_reports=0,
        carried_reports=3,
    ),
    row("average_stay", "6.49157582", None, "6.49600585", "6.76627499", matched="6.75"),
    row("insured_share_visits", "48.67860512", None, "48.67916571", "46.17098", matched="46.15"),
    row(
        "outpatient_visits",
        "27000000",
        "2500000.25",
        "29500000.25",
        "28000000",
        group_by="ownership",
        group_value="Công lập",
    ),
]
DONE = [
    Grown("outpatient_visits", "38600120", "35000000", "partial", "2023-11M", "2022-11M", (32, 33), (33, 33),
          ("38600120", "34900000"), {"missing": "-100000"}),
    Grown("outpatient_visits_insured", "18790000", "16000000", "ok", "2023-11M", "2022-11M", (33, 33), (33, 33)),
    Grown("outpatient_visits", "38600120", "37949059", "unfinished"),
    Grown("inpatient_stays", "1", "1", "ok", "2022", "2021"),
]  # fmt: skip


def open_estimate(
    folder: Path, reports: Sequence[dict[str, object]] = (), findings: Sequence[dict[str, object]] = ()
) -> duckdb.DuckDBPyConnection:
    """The marts with the estimate of 2023 among them."""
    connection = open_marts(folder, DONE, reports, findings)
    insert(connection, "estimate", ESTIMATE, ROWS)
    return connection
