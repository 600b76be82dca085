"""What a test asks of one row of growth."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.models.world import World

ALL = {"indicator": "visits", "group_by": "all", "comparison": "prior_year"}
PARTS = ("matched", "entered", "left", "missing", "missing_base", "reclassified")


def one(world: World, folder: Path, **where: Any) -> dict[str, Any]:
    (row,) = world.growth(folder, **(ALL | where))
    return row


def parts(row: dict[str, Any]) -> dict[str, Decimal]:
    """The parts of the change that are not 0."""
    return {name: row[f"change_{name}"] for name in PARTS if row[f"change_{name}"]}
