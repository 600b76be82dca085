"""A list against the register: small registers and small lists that a person can check by eye."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from healthstats.definitions.faults import Faults
from healthstats.definitions.register_file import rewritten
from healthstats.definitions.registers import read_facilities
from healthstats.domain.facility import FacilitySpell
from healthstats.intake.lists.facilities import ListedFacility
from healthstats.workflows.register_changes import differences
from healthstats.workflows.register_lines import Differences, Standing

ON = date(2026, 1, 1)
DIVIDED = date(2025, 7, 1)
HEADING = "facility,name,area,ownership,valid_from,valid_to,successor\n"
A = "79001,Bệnh viện A,79,công lập,2025-07-01,,\n"
BECAME = {"79": {"74", "77", "79"}, "01": {"01"}, "25": {"25"}}


def then(code: str, day: date | None) -> tuple[str, date | None]:
    """79 is three old provinces in one since 2025-07-01; 01 was 01 before too."""
    if (day and day >= DIVIDED) or len(BECAME[code]) == 1:
        return code, None
    return code, DIVIDED


def now(spell: FacilitySpell) -> str | None:
    return spell.area


def listed(code: str, name: str = "", *, groups: str = "", **said: object) -> ListedFacility:
    told = {"ownership": groups} if groups else {}
    return ListedFacility(code, name, groups=told, **said)  # type: ignore[arg-type]


def compared(
    tmp_path: Path, register: str, items: Sequence[ListedFacility], complete: bool = False, on: date = ON
) -> tuple[Differences, list[str]]:
    """The differences, and the lines of the register after them; they load without a fault."""
    path = tmp_path / "facilities.csv"
    path.write_text(HEADING + register, "utf-8")
    found = differences(spells(path), items, Standing(on, now, then), complete)
    path.write_text(rewritten(path.read_text("utf-8"), found.edits, found.lines), "utf-8")
    spells(path)
    return found, path.read_text("utf-8").splitlines()[1:]


def spells(path: Path) -> tuple[FacilitySpell, ...]:
    faults = Faults()
    read, _ = read_facilities(path, "facilities.csv", (), faults)
    assert [fault for fault in faults.found if fault.key != "error.fault_unknown_area"] == []
    return read


def kinds(found: Differences) -> list[tuple[str, str]]:
    return [(change.kind, change.facility) for change in found.changes]


def test_a_facility_as_the_register_has_it_is_the_same(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A, [listed("79001", "BỆNH VIỆN  A", groups="công lập", area="79")])
    assert (found.changes, found.same, lines) == ([], 1, [A.strip()])


def test_what_the_list_leaves_blank_is_no_difference(tmp_path: Path) -> None:
    found, _ = compared(tmp_path, A, [listed("79001")])
    assert (found.changes, found.same) == ([], 1)


def test_a_first_list_tells_who_was_always_there(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, "", [listed("01001", "B", area="01")])
    assert (kinds(found), found.dated) == ([("new", "01001")], False)
    assert lines == ["01001,B,01,,,,"]


def test_later_a_new_facility_is_there_from_the_day_asked_for(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A, [listed("79001"), listed("79002", "B", area="79")])
    assert (kinds(found), found.dated) == ([("new", "79002")], True)
    assert lines == [A.strip(), "79002,B,79,,2026-01-01,,"]


def test_its_own_opening_day_holds_and_nobody_has_to_say_one(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A, [listed("79001"), listed("79002", "B", area="79", opened=date(2025, 9, 1))])
    assert (found.changes[0].day, found.dated) == (date(2025, 9, 1), False)
    assert lines[1] == "79002,B,79,,2025-09-01,,"


def test_an_area_of_today_is_not_put_on_a_day_when_its_code_named_another(tmp_path: Path) -> None:
    opened = date(2010, 5, 1)
    found, lines = compared(tmp_path, "", [listed("79002", "B", area="79", opened=opened)])
    assert lines == ["79002,B,,,2010-05-01,2025-06-30,", "79002,B,79,,2025-07-01,,"]
    assert found.unplaced == ["79002"]
    found, lines = compared(tmp_path, "", [listed("79002", "B", area="79", area_before="74", opened=opened)])
    assert (lines[0], found.unplaced) == ("79002,B,74,,2010-05-01,2025-06-30,", [])


def test_the_old_area_is_filled_by_a_later_list(tmp_path: Path) -> None:
    register = "79002,B,,,2010-05-01,2025-06-30,\n79002,B,79,,2025-07-01,,\n"
    found, lines = compared(tmp_path, register, [listed("79002", "B", area="79", area_before="74")])
    assert lines[0] == "79002,B,74,,2010-05-01,2025-06-30,"
    assert found.dated is False


def test_a_change_ends_one_line_and_begins_another(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A, [listed("79001", groups="tư nhân")])
    assert [change.values for change in found.changes] == [(("ownership", "công lập", "tư nhân"),)]
    assert (found.changes[0].kind, found.changes[0].day) == ("changed", ON)
    assert lines == [
        "79001,Bệnh viện A,79,công lập,2025-07-01,2025-12-31,",
        "79001,Bệnh viện A,79,tư nhân,2026-01-01,,",
    ]


def test_a_renamed_facility_keeps_its_old_name_for_the_old_days(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A, [listed("79001", "Bệnh viện Mới", groups="công lập")])
    assert kinds(found) == [("renamed", "79001")]
    assert lines == [
        "79001,Bệnh viện A,79,công lập,2025-07-01,2025-12-31,",
        "79001,Bệnh viện Mới,79,công lập,2026-01-01,,",
    ]


def test_a_change_on_the_day_its_line_begins_changes_the_line(tmp_path: Path) -> None:
    _, lines = compared(tmp_path, A, [listed("79001", groups="tư nhân")], on=DIVIDED)
    assert lines == ["79001,Bệnh viện A,79,tư nhân,2025-07-01,,"]


def test_a_change_before_a_planned_closing_keeps_the_closing(tmp_path: Path) -> None:
    register = "79001,A,79,công lập,2025-07-01,2026-06-30,79002\n79002,B,79,,2025-07-01,,\n"
    _, lines = compared(tmp_path, register, [listed("79001", groups="tư nhân"), listed("79002")])
    assert lines[0] == "79001,A,79,công lập,2025-07-01,2025-12-31,79002"
    assert lines[2] == "79001,A,79,tư nhân,2026-01-01,2026-06-30,79002"


def test_a_blank_is_filled_in_place_and_needs_no_day(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, "79001,A,79,,2025-07-01,,\n", [listed("79001", groups="công lập")])
    assert (kinds(found), found.dated, lines) == (
        [("filled", "79001")],
        False,
        ["79001,A,79,công lập,2025-07-01,,"],
    )


def test_a_blank_area_is_filled_from_the_day_it_is_known(tmp_path: Path) -> None:
    _, lines = compared(tmp_path, "new-1,A,,,,,\n", [listed("new-1", area="79")])
    assert lines == ["new-1,A,,,,2025-06-30,", "new-1,A,79,,2025-07-01,,"]


def test_a_blank_area_filled_and_a_change_give_three_lines(tmp_path: Path) -> None:
    _, lines = compared(tmp_path, "79001,A,,công lập,,,\n", [listed("79001", groups="tư nhân", area="79")])
    assert lines == [
        "79001,A,,công lập,,2025-06-30,",
        "79001,A,79,công lập,2025-07-01,2025-12-31,",
        "79001,A,79,tư nhân,2026-01-01,,",
    ]


def test_a_closing_day_closes_and_names_the_successor(tmp_path: Path) -> None:
    register = A + "79002,B,79,,2025-07-01,,\n"
    gone = listed("79001", "Bệnh viện A", closed=date(2025, 12, 31), successor="79002")
    found, lines = compared(tmp_path, register, [gone, listed("79002")])
    assert lines[0] == "79001,Bệnh viện A,79,công lập,2025-07-01,2025-12-31,79002"
    assert (("closed", "79001") in kinds(found), found.dated) == (True, False)


def test_who_had_closed_before_the_list_keeps_the_area_that_it_says(tmp_path: Path) -> None:
    """Without it last year's total of the area loses what the facility did: a growth that is of the register alone."""
    opened = date(2012, 1, 1)
    items = [
        listed("79001", "A", area="79", area_before="74", opened=opened, closed=date(2025, 12, 31)),
        listed("79002", "B", area="79", area_before="74", opened=opened, closed=date(2025, 6, 30), successor="79001"),
        listed("79003", "C", area="79", opened=opened, closed=date(2020, 12, 31)),
        listed("01001", "D", area="01", opened=opened, closed=date(2020, 12, 31)),
    ]
    found, lines = compared(tmp_path, "", items)
    assert lines == [
        "79001,A,74,,2012-01-01,2025-06-30,",
        "79001,A,79,,2025-07-01,2025-12-31,",
        "79002,B,74,,2012-01-01,2025-06-30,79001",
        "79003,C,,,2012-01-01,2020-12-31,",
        "01001,D,01,,2012-01-01,2020-12-31,",
    ]
    assert found.unplaced == ["79003"]


def test_who_is_not_on_the_list_is_left_and_told(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A + "79002,B,79,,2025-07-01,,\n", [listed("79002")])
    assert (kinds(found), lines[0]) == ([("absent", "79001")], A.strip())


def test_on_a_complete_list_who_is_not_there_has_closed(tmp_path: Path) -> None:
    found, lines = compared(tmp_path, A + "79002,B,79,,2025-07-01,,\n", [listed("79002")], complete=True)
    assert (kinds(found), found.dated) == ([("closed", "79001")], True)
    assert lines[0] == "79001,Bệnh viện A,79,công lập,2025-07-01,2025-12-31,"


def test_who_closed_long_ago_is_not_absent(tmp_path: Path) -> None:
    found, _ = compared(tmp_path, "79001,A,79,,2025-07-01,2025-08-31,\n", [], complete=True)
    assert found.changes == []


def test_a_closed_facility_that_is_listed_reopens_with_a_line_of_its_own(tmp_path: Path) -> None:
    register = "79001,A,79,công lập,2025-07-01,2025-08-31,\n"
    found, lines = compared(tmp_path, register, [listed("79001", "A", area="79")])
    assert (kinds(found), found.dated) == ([("reopened", "79001")], True)
    assert lines == [register.strip(), "79001,A,79,công lập,2026-01-01,,"]
    _, lines = compared(tmp_path, register, [listed("79001", "A", opened=date(2025, 11, 1))])
    assert lines[1] == "79001,A,79,công lập,2025-11-01,,"


def test_a_closing_day_that_contradicts_the_register_is_told_and_left(tmp_path: Path) -> None:
    register = "79001,A,79,công lập,2025-07-01,2025-08-31,\n"
    found, lines = compared(tmp_path, register, [listed("79001", "A", closed=date(2025, 10, 31))])
    assert (kinds(found), lines) == ([("kept", "79001")], [register.strip()])


def test_an_opening_day_fills_a_blank_and_never_replaces_another(tmp_path: Path) -> None:
    opened = date(2012, 3, 1)
    found, lines = compared(tmp_path, "01001,A,01,,,,\n", [listed("01001", "A", area="01", opened=opened)])
    assert (kinds(found), lines) == ([("filled", "01001")], ["01001,A,01,,2012-03-01,,"])
    found, lines = compared(tmp_path, "01001,A,01,,2010-01-01,,\n", [listed("01001", "A", opened=opened)])
    assert (kinds(found), lines) == ([("kept", "01001")], ["01001,A,01,,2010-01-01,,"])


def test_a_made_up_code_gives_way_to_the_real_one(tmp_path: Path) -> None:
    register = "new-1,A,79,công lập,2025-07-01,,\n"
    found, lines = compared(tmp_path, register, [listed("79001", "A", was="new-1", groups="tư nhân")])
    assert kinds(found) == [("recoded", "79001"), ("changed", "79001")]
    assert lines == ["79001,A,79,công lập,2025-07-01,2025-12-31,", "79001,A,79,tư nhân,2026-01-01,,"]


def test_a_clinic_that_gets_a_code_follows_the_one_under_its_licence(tmp_path: Path) -> None:
    register = "012/GPHĐ,Phòng khám,79,tư nhân,2025-07-01,,\n"
    found, lines = compared(tmp_path, register, [listed("79555", "Phòng khám", was="012/GPHĐ")])
    assert (kinds(found), found.dated) == ([("recoded", "79555")], True)
    assert lines == [
        "012/GPHĐ,Phòng khám,79,tư nhân,2025-07-01,2025-12-31,79555",
        "79555,Phòng khám,79,tư nhân,2026-01-01,,",
    ]


@pytest.mark.parametrize("groups", ["tư nhân", ""])
def test_the_same_list_again_changes_nothing(tmp_path: Path, groups: str) -> None:
    items = [
        listed("79001", "Bệnh viện Mới", groups=groups, area="79"),
        listed("79002", "B", area="79", opened=date(2010, 5, 1)),
        listed("79003", "C", area="79", closed=date(2026, 3, 31)),
    ]
    _, lines = compared(tmp_path, A + "79003,C,79,,2025-07-01,,\n", items)
    found, after = compared(tmp_path, "\n".join(lines) + "\n", items)
    assert (found.changes, after) == ([], lines)
