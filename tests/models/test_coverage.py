"""Who reported and when, and what still awaits a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.models.world import World, definitions, form, rows, sent, spells

REGISTER = spells("""
facility ownership from       to
A        public    .          .
B        private   .          2023-01-31
""")


def coverage(
    folder: Path, reports: str, newest: datetime = datetime(2023, 4, 1)
) -> dict[tuple[str, str], dict[str, Any]]:
    world = World(
        definitions(REGISTER, indicators={"visits": ("visits",), "stays": ("stays",)}), sent(reports), newest=newest
    )
    found = rows(world.build(folder, marts=("coverage",)), "coverage")
    return {(row["facility"], row["period"]): row for row in found}


def test_coverage_has_one_row_for_each_report_due_or_sent(tmp_path: Path) -> None:
    found = coverage(
        tmp_path,
        """
        facility period  visits stays received
        A        2023-01 1      1     2023-02-05
        B        2023-01 ?      1     2023-02-06
        A        2023-02 ?      ?     2023-03-01
        B        2023-03 1      1     2023-04-01
        """,
    )
    flags = ("expected", "reported", "complete", "late")
    assert {key: tuple(row[flag] for flag in flags) for key, row in found.items()} == {
        ("A", "2023-01"): (True, True, True, False),
        ("B", "2023-01"): (True, True, False, True),
        ("A", "2023-02"): (True, False, False, False),
        ("A", "2023-03"): (True, False, False, False),
        ("B", "2023-03"): (False, True, True, False),
    }
    row = found["B", "2023-01"]
    assert (row["name"], row["ownership"], row["form"]) == ("B", "private", "f")
    assert (row["received_at"], row["verdict"], row["file"]) == (datetime(2023, 2, 6), "quarantined", "s1.xlsx")
    assert found["A", "2023-03"]["submission"] is None
    assert (found["A", "2023-02"]["verdict"], found["A", "2023-02"]["file"]) == ("rejected", "s2.xlsx"), "held back"


def expected(folder: Path, reports: str, newest: str) -> tuple[list[str], dict[str, int]]:
    """The months in which coverage expects A; for each period, what growth expects."""
    world = World(
        definitions(spells("facility\nA"), indicators={"visits": ("visits",)}),
        sent(reports),
        newest=datetime.fromisoformat(newest),
    )
    connection = world.build(folder, marts=("coverage", "growth"))
    due = [row["period"] for row in rows(connection, "coverage", expected=True)]
    grown = rows(connection, "growth", group_by="all", comparison="prior_year")
    return due, {row["period"]: row["expected_reports"] for row in grown}


def test_coverage_and_growth_expect_the_same_months(tmp_path: Path) -> None:
    """The year's months before the first report and after the last are owed, as growth has it."""
    due, grown = expected(tmp_path, "facility period visits\nA 2023-03 1\nA 2023-05 1", "2023-07-05")
    assert due == [f"2023-{month:02d}" for month in range(1, 7)]
    assert grown["2023"] == grown["2023-9M"] == 6
    assert [grown.get(f"2023-{month:02d}") for month in range(1, 8)] == [1, 1, 1, 1, 1, 1, None]


def test_a_month_of_the_new_year_is_owed_before_anybody_has_sent_it(tmp_path: Path) -> None:
    reports = "facility period visits\nA 2022-12 1"
    assert expected(tmp_path / "a", reports, "2023-01-30")[0][-1] == "2022-12"
    due, grown = expected(tmp_path / "b", reports, "2023-02-10")
    assert (due[-1], grown["2023"], grown["2023-01"]) == ("2023-01", 1, 1)
    history = expected(tmp_path / "c", reports, "2026-11-20")
    assert history[0][-1] == "2022-12", "old files taken in late say nothing of the years since"


def test_a_file_that_cannot_be_read_shows_where_its_facility_and_month_are_known(tmp_path: Path) -> None:
    refused = [finding("photo", code="FILE_IMAGE", element=None, facility="A", period="2023-02")]
    refused += [finding("photo", code="FILE_IMAGE", element=None, facility="A", period="2023-01")]
    world = World(
        definitions(REGISTER),
        sent("facility period visits\nA 2023-01 1\nA 2023-03 1"),
        refused,
        unread={"photo": "image"},
    )
    found = {row["period"]: row for row in rows(world.build(tmp_path, marts=("coverage",)), "coverage", facility="A")}
    february = found["2023-02"]
    assert (february["reported"], february["verdict"], february["media"]) == (False, "rejected", "image")
    assert (february["file"], february["submission"]) == ("photo", "photo")
    assert (found["2023-01"]["verdict"], found["2023-01"]["media"]) == ("accepted", "xlsx")


def owing_two(
    folder: Path, reports: str, unread: str = "", findings: Iterable[dict[str, Any]] = (), **said: str
) -> dict[str, str]:
    """Two forms are due of each facility in January: `A f` → the file that stands for the report, `.` where none does.
    `unread` are files of which nobody knows the form, `B photo`, unless it is `said`."""
    forms = {code: replace(form(), form=code) for code in ("f", "g")}
    elements = dict(definitions(REGISTER).elements)
    elements["meals"] = replace(elements["visits"], element="meals", form="g")
    given = [
        replace(report, form="g" if ("meals", "") in report.cells else "f") for report in sent(reports, name="sent")
    ]
    owners = [line.split() for line in unread.strip().splitlines()]
    refused = [
        finding(file, code="FILE_IMAGE", element=None, facility=owner, period="2023-01") for owner, file in owners
    ]
    world = World(
        definitions(spells("facility\nA\nB\nC\nD\nE"), forms=forms, elements=elements),
        given,
        [*refused, *findings],
        unread={file: "image" for _, file in owners},
        said={file: f'{{"form": "{code}"}}' for file, code in said.items()},
    )
    found = rows(world.build(folder, marts=("coverage",)), "coverage", period="2023-01")
    return {f"{row['facility']} {row['form']}": row["submission"] or "." for row in found}


BOTH_FORMS = """
submission facility period  visits meals
f-of-A     A        2023-01 1      .
g-of-A     A        2023-01 .      1
f-of-B     B        2023-01 1      .
"""


def test_a_file_that_cannot_be_read_stands_for_one_report_though_two_forms_are_due(tmp_path: Path) -> None:
    unread = "A late\nB photo\nC photo-of-C\nD first\nD second\nD third"
    assert owing_two(tmp_path / "a", BOTH_FORMS, unread) == {
        "A f": "f-of-A", "A g": "g-of-A",
        "B f": "f-of-B", "B g": "photo",
        "C f": "photo-of-C", "C g": ".",
        "D f": "third", "D g": "second",
        "E f": ".", "E g": ".",
    }  # fmt: skip


def test_a_file_that_was_said_to_be_of_a_form_stands_for_that_form_alone(tmp_path: Path) -> None:
    """The photo of B is of f, which came after all: nobody waits for it, and g was not sent."""
    unread = "B photo\nC photo-of-C\nD one\nD two"
    found = owing_two(tmp_path, BOTH_FORMS, unread, **{"photo": "f", "photo-of-C": "g", "two": "g"})
    assert {key: found[key] for key in ("B f", "B g", "C f", "C g", "D f", "D g")} == {
        "B f": "f-of-B", "B g": ".",
        "C f": ".", "C g": "photo-of-C",
        "D f": "one", "D g": "two",
    }  # fmt: skip


def test_a_cell_in_question_says_nothing_of_the_other_form(tmp_path: Path) -> None:
    """The file of form f is held back for its one cell; of form g nothing came."""
    reports = BOTH_FORMS.replace("f-of-B     B        2023-01 1 ", "f-of-B     B        2023-01 ? ")
    asked = finding("f-of-B", facility="B", sheet="S")
    found = owing_two(tmp_path, reports, findings=(asked,))
    assert {key: found[key] for key in ("B f", "B g")} == {"B f": "f-of-B", "B g": "."}


def test_a_correction_after_the_deadline_does_not_make_a_report_late(tmp_path: Path) -> None:
    found = coverage(
        tmp_path,
        """
        run facility period  visits stays received
        1   A        2023-01 1      1     2023-02-03
        2   A        2023-01 2      2     2023-03-20
        3   A        2023-01 ?      ?     2023-03-21
        """,
    )
    assert found["A", "2023-01"]["late"] is False
    assert found["A", "2023-01"]["submission"] == "s1"


def test_types_that_a_form_does_not_ask_owe_nothing(tmp_path: Path) -> None:
    register = spells("facility type\nA hospital\nB clinic")
    world = World(
        definitions(register, forms={"f": form(applies_to=("hospital",))}), sent("facility period visits\nA 2023-01 1")
    )
    found = rows(world.build(tmp_path, marts=("coverage",)), "coverage")
    assert {row["facility"] for row in found} == {"A"}


def finding(submission: str, **said: Any) -> dict[str, Any]:
    given = {"severity": "error", "code": "NOT_A_NUMBER", "facility": "A", "period": "2023-01", "element": "visits"}
    return given | {"submission": submission} | said


def awaiting(folder: Path, reports: str, findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    world = World(definitions(REGISTER), sent(reports), findings)
    found = rows(world.build(folder, marts=("awaiting",)), "awaiting")
    return [(row["submission"], row["code"]) for row in found]


FAULTY = """
run submission facility period  visits stays
1   faulty     A        2023-01 ?      1
"""


def test_an_error_awaits_a_person_until_a_later_report_is_accepted(tmp_path: Path) -> None:
    errors = [finding("faulty"), finding("faulty", severity="warning", code="PART_EXCEEDS_TOTAL")]
    assert awaiting(tmp_path / "a", FAULTY, errors) == [("faulty", "NOT_A_NUMBER")]
    mended = FAULTY + "2 mended A 2023-01 5 1\n"
    assert awaiting(tmp_path / "b", mended, errors) == []
    elsewhere = FAULTY + "2 other A 2023-02 5 1\n"
    assert awaiting(tmp_path / "c", elsewhere, errors) == [("faulty", "NOT_A_NUMBER")]
    earlier = FAULTY.replace("1   faulty", "2   faulty") + "1 before A 2023-01 5 1\n"
    assert awaiting(tmp_path / "e", earlier, [finding("faulty", run=2)]) == [("faulty", "NOT_A_NUMBER")]
    again = FAULTY + "2 worse A 2023-01 ? 1\n"
    assert awaiting(tmp_path / "d", again, errors) == [("faulty", "NOT_A_NUMBER")]


def test_a_long_csv_puts_aside_only_what_it_holds(tmp_path: Path) -> None:
    reports = """
    run submission facility period  visits stays replaces
    1   faulty     A        2023-01 ?      1     report
    2   csv        A        2023-01 .      4     elements
    """
    assert awaiting(tmp_path, reports, [finding("faulty"), finding("faulty", code="NEGATIVE", element="stays")]) == [
        ("faulty", "NOT_A_NUMBER")
    ]


def test_warnings_old_judgements_and_accepted_files_await_nobody(tmp_path: Path) -> None:
    reports = """
    run submission facility period  visits stays
    1   same       A        2023-01 ?      1
    1   warned     B        2023-01 1      1
    2   same       A        2023-01 5      1
    """
    findings = [finding("same"), finding("warned", severity="warning"), finding("warned", facility="B")]
    assert awaiting(tmp_path, reports, findings) == []


def test_only_the_findings_of_the_latest_judgement_await(tmp_path: Path) -> None:
    reports = """
    run submission facility period  visits stays
    1   same       A        2023-01 ?      ?
    2   same       A        2023-01 ?      1
    """
    findings = [finding("same", element="stays", code="NEGATIVE"), finding("same", run=2)]
    assert awaiting(tmp_path, reports, findings) == [("same", "NOT_A_NUMBER")]


def test_an_error_of_a_file_without_a_report_awaits(tmp_path: Path) -> None:
    reports = """
    submission facility period  visits
    faulty     A        2023-01 ?
    """
    unread = finding("faulty", code="NO_PERIOD", facility=None, period=None, element=None)
    assert awaiting(tmp_path, reports, [unread]) == [("faulty", "NO_PERIOD")]


def test_a_group_may_bear_any_name(tmp_path: Path) -> None:
    register = tuple(replace(row, attributes={"unit": "x", 'a, "b" int': "y"}) for row in REGISTER)
    world = World(definitions(register, groups=("unit", 'a, "b" int')), sent("facility period visits\nA 2023-01 1"))
    connection = world.build(tmp_path)
    assert {row['a, "b" int'] for row in rows(connection, "coverage")} == {"y"}
    groups = {(row["group_by"], row["group_value"]) for row in rows(connection, "growth", period="2023")}
    assert groups == {("all", "all"), ("unit", "x"), ('a, "b" int', "y")}
