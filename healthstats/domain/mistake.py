"""From when on a figure that sums do not catch is questioned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """As `pipelines/mistakes.toml` states them, each with its reason there. `_pct` are percent; `_deviations` count
    robust standard deviations (1.4826 × the median absolute deviation) of a facility's own past."""

    months_known: int
    few_spread_pct: int
    smallest_value: int
    least_spread_pct: int
    least_share_spread_pct: int
    least_stock_spread_pct: int
    copied_months: int
    copied_cells: int
    copied_digits: int
    copied_pct: int
    scale_tolerance_pct: int
    scale_deviations: int
    zero_usual: int
    zero_stock: int
    exchange_deviations: int
    exchange_gain: int
    exchange_left: int
    items_deviations: int
    running_tolerance_pct: int
    running_deviations: int
    running_gain: int
    parts_chance_10000: int
    parts_unknown: int
    year_changed_pct: int
    year_far_pct: int
