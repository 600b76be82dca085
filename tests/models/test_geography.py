"""Where a facility stood on each division of the country."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthstats.transform.geography import Geography
from tests.models.reading import ALL
from tests.models.world import World, areas, changes, definitions, rows, sent, spells

AREAS = areas("""
area level    parent from       to
VN   country  .      2008-08-01 .
74   province VN     2008-08-01 2025-06-30
77   province VN     2008-08-01 2025-06-30
79   province VN     2008-08-01 2025-06-30
770  district 77     2008-08-01 2025-06-30
15   province VN     2008-08-01 2025-06-30
79   province VN     2025-07-01 .
15   province VN     2025-07-01 .
""")
CHANGES = changes("""
old new on
74  79  2025-07-01
77  79  2025-07-01
79  79  2025-07-01
15  15  2025-07-01
""")


@pytest.mark.parametrize(
    ("rule", "register", "before", "after"),
    [
        ("forward, through the changes", "facility area\nA 74", ["VN", "74"], ["VN", "79"]),
        ("lower levels count in all above them", "facility area\nA 770", ["VN", "770", "77"], ["VN"]),
        ("backward, where one old area became it", "facility area from\nA 15 2026-01-01", ["VN", "15"], ["VN", "15"]),
        ("backward, where three did: unknown", "facility area from\nA 79 2026-01-01", ["VN"], ["VN", "79"]),
        ("backward, as stated", "facility area from before\nA 79 2026-01-01 77", ["VN", "77"], ["VN", "79"]),
        (
            "backward, by the facility's own earlier row",
            "facility area from to\nA 74 . 2025-12-31\nA 79 2026-01-01 .",
            ["VN", "74"],
            ["VN", "79"],
        ),
        ("a facility without an area", "facility area\nA .", ["VN"], ["VN"]),
    ],
)
def test_places(rule: str, register: str, before: list[str], after: list[str]) -> None:
    found = definitions(spells(register), areas=AREAS, area_changes=CHANGES)
    places = Geography(found).places(found.facilities[-1])
    old, new = Geography(found).divisions
    assert [area for day, _, area in places if day == old] == before, rule
    assert [area for day, _, area in places if day == new] == after, rule


def test_what_cannot_be_placed_is_listed(tmp_path: Path) -> None:
    register = spells("facility area from\nnew 79 2026-01-01\nold 74 .")
    world = World(
        definitions(register, areas=AREAS, area_changes=CHANGES), sent("facility period visits\nold 2023-01 1")
    )
    found = rows(world.build(tmp_path, marts=("unplaced",)), "unplaced")
    assert [(row["facility"], row["area"], str(row["boundaries"])) for row in found] == [("new", "79", "2008-08-01")]


def test_growth_across_a_merger_of_provinces_is_on_one_set_of_boundaries(tmp_path: Path) -> None:
    world = World(
        definitions(
            spells("""
            facility area from       to         before
            city     79   .          .          .
            suburb   74   .          .          .
            new      79   2026-01-01 .          .
            known    79   2026-01-01 .          74
            """),
            areas=AREAS,
            area_changes=CHANGES,
        ),
        sent("""
        facility period  visits
        city     2025-01 100
        suburb   2025-01 10
        city     2026-01 110
        suburb   2026-01 12
        new      2026-01 5
        known    2026-01 7
        """),
    )
    rows = world.growth(tmp_path, **ALL, period="2026-01")
    found = {(row["area"], str(row["boundaries"])): (row["base_value"], row["value"]) for row in rows}
    assert found == {
        ("VN", "2008-08-01"): (100 + 10, 110 + 12 + 5 + 7),
        ("79", "2008-08-01"): (100, 110),
        ("74", "2008-08-01"): (10, 12 + 7),
        ("VN", "2025-07-01"): (100 + 10, 110 + 12 + 5 + 7),
        ("79", "2025-07-01"): (100 + 10, 110 + 12 + 5 + 7),
    }
