"""Current: which of several reports for one key counts, cell by cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.models.world import Sent, World, definitions, form, rows, sent, spells

REGISTER = spells("facility\nA")


def current(folder: Path, reports: list[Sent]) -> dict[str, Decimal | None]:
    """element → value of January 2023, as current_observations has it."""
    connection = World(definitions(REGISTER), reports).build(folder, marts=("current_observations",))
    found = rows(connection, "current_observations", period="2023-01")
    values = {row["element"]: row["value"] for row in found}
    assert len(values) == len(found), "each cell once"
    return values


@pytest.mark.parametrize(
    ("rule", "reports", "wanted"),
    [
        (
            "a workbook's revision replaces its report whole",
            """
            run facility period  visits stays replaces
            1   A        2023-01 1      1     report
            2   A        2023-01 2      .     report
            """,
            {"visits": 2},
        ),
        (
            "a long CSV revises only the elements it holds",
            """
            run facility period  visits stays replaces
            1   A        2023-01 1      1     report
            2   A        2023-01 2      .     elements
            """,
            {"visits": 2, "stays": 1},
        ),
        (
            "a workbook puts aside the CSVs before it, not those after",
            """
            run facility period  visits stays insured replaces
            1   A        2023-01 1      1     1       elements
            2   A        2023-01 2      2     .       report
            3   A        2023-01 3      .     .       elements
            """,
            {"visits": 3, "stays": 2},
        ),
        (
            "a declared revision beats a later arrival",
            """
            run facility period  visits revision
            1   A        2023-01 1      1
            2   A        2023-01 2      0
            """,
            {"visits": 1},
        ),
        (
            "judging an old file again never beats its correction",
            """
            run facility period  visits submission
            1   A        2023-01 1      old
            2   A        2023-01 2      correction
            3   A        2023-01 1      old
            """,
            {"visits": 2},
        ),
        (
            "a submission's latest judgement is the one that counts",
            """
            run facility period  visits stays submission
            1   A        2022-12 0      0     other
            1   A        2023-01 ?      1     same
            2   A        2023-01 5      1     same
            """,
            {"visits": 5, "stays": 1},
        ),
        (
            "a quarantined cell hides what an earlier report said",
            """
            run facility period  visits stays
            1   A        2023-01 1      1
            2   A        2023-01 ?      2
            """,
            {"visits": None, "stays": 2},
        ),
        (
            "a wholly quarantined report puts nothing aside",
            """
            run facility period  visits stays
            1   A        2023-01 1      1
            2   A        2023-01 ?      ?
            """,
            {"visits": 1, "stays": 1},
        ),
        (
            "within a run the position decides",
            """
            run facility period  visits
            1   A        2023-01 1
            1   A        2023-01 2
            """,
            {"visits": 2},
        ),
    ],
)
def test_current(rule: str, reports: str, wanted: dict[str, int | None], tmp_path: Path) -> None:
    assert current(tmp_path, sent(reports)) == wanted, rule


def test_a_current_cell_leads_to_its_file_sheet_and_cell(tmp_path: Path) -> None:
    reports = sent("""
    run submission facility period  visits stays
    1   first      A        2023-01 1      1
    2   second     A        2023-01 2      2
    """)
    connection = World(definitions(REGISTER), reports).build(tmp_path, marts=("current_observations",))
    found = rows(connection, "current_observations", element="stays")
    places = [(row["run"], row["submission"], row["name"], row["sheet"], row["cell"]) for row in found]
    assert places == [(2, "second", "second.xlsx", "S", "A2")]


def test_area_rows_are_current_and_never_added_to_facility_rows(tmp_path: Path) -> None:
    reports = sent("""
    facility area period  visits
    A        .    2023-01 1
    .        79   2023-01 1000
    """)
    world = World(definitions(REGISTER), reports)
    (row,) = world.growth(tmp_path, indicator="visits", period="2023-01", group_by="all")
    assert row["value"] == 1


def test_a_form_of_areas_expects_nothing_of_facilities(tmp_path: Path) -> None:
    world = World(definitions(REGISTER, forms={"f": form(row="area")}), sent("area period visits\n79 2023-01 1"))
    assert world.growth(tmp_path) == []
