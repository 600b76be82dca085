"""Series: items, blocks of bits, forms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.models.reading import ALL, parts
from tests.models.world import Sent, World, definitions, form, sent, spells


def test_each_item_is_a_series_of_its_own(tmp_path: Path) -> None:
    world = World(
        definitions(spells("facility\nA")),
        sent("""
        facility period  visits@A90 visits@B05
        A        2022-01 10         4
        A        2023-01 15         .
        """),
    )
    rows = {row["item"]: row for row in world.growth(tmp_path, **ALL, period="2023-01")}
    assert parts(rows["A90"]) == {"matched": 5}
    assert (rows["B05"]["value"], rows["B05"]["reports"], rows["B05"]["status"]) == (None, 0, "partial")
    assert rows.keys() == {"A90", "B05"}


def test_more_series_than_one_block_of_bits_holds(tmp_path: Path) -> None:
    items = [f"I{n:02d}" for n in range(65)]
    reports = [
        Sent("A", period, {("visits", item): Decimal(n + more) for n, item in enumerate(items) if n != skipped}, period)
        for period, more, skipped in (("2022-01", 10, -1), ("2023-01", 13, 62))
    ]
    rows = World(definitions(spells("facility\nA")), reports).growth(tmp_path, **ALL, period="2023-01")
    assert [row["item"] for row in rows if row["change_matched"] == 3] == [i for i in items if i != "I62"]
    assert [row["item"] for row in rows if row["status"] == "partial"] == ["I62"]


def test_forms_do_not_meet(tmp_path: Path) -> None:
    """Each form has its own months, its own facilities and its own reports."""
    register = spells("facility type\nA hospital\nB clinic")
    said = definitions(register, indicators={"visits": ("visits",), "stays": ("stays",)})
    stays = replace(said.indicators["stays"], form="g")
    said = replace(
        said,
        forms={"f": form(), "g": replace(form(applies_to=("hospital",)), form="g")},
        indicators=dict(said.indicators) | {"stays": stays},
    )
    reports = sent("facility period visits\nA 2022-01 1\nB 2022-01 1\nA 2023-01 2\nB 2023-01 2", name="f")
    reports += [replace(s, form="g") for s in sent("facility period stays\nA 2021-01 5\nA 2022-01 6", name="g")]
    rows = World(said, reports).growth(tmp_path, group_by="all", comparison="prior_year", period_type="month")
    found = {(row["indicator"], row["period"]): row for row in rows if row["value"] is not None}
    assert found.keys() == {("visits", "2022-01"), ("visits", "2023-01"), ("stays", "2021-01"), ("stays", "2022-01")}
    assert found["visits", "2023-01"]["expected_reports"] == found["visits", "2023-01"]["matched_reports"] == 2
    assert found["stays", "2022-01"]["expected_reports"] == found["stays", "2022-01"]["matched_reports"] == 1
    assert {row["period"][:4] for row in rows if row["indicator"] == "stays"} == {"2021", "2022"}


def test_an_item_whose_every_cell_is_quarantined_is_owed(tmp_path: Path) -> None:
    world = World(definitions(spells("facility\nA")), sent("facility period visits visits@A20\nA 2023-01 5 ?"))
    row = {row["item"]: row for row in world.growth(tmp_path, **ALL, period="2023-01")}["A20"]
    assert (row["value"], row["reports"], row["expected_reports"]) == (None, 0, 1)
