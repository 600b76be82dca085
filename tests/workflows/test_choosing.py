"""Of two files that say different things of one report a person chooses one: of each form and area by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from healthstats import render
from healthstats.domain.decision import Decision
from healthstats.errors import DecisionFaults
from healthstats.intake import Hints
from healthstats.workflows.alias import add_facility_alias
from healthstats.workflows.decide import Applied, apply
from healthstats.workflows.findings import Wanted, decision_list, findings
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace
from tests.submissions.bands import book_xlsx
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx
from tests.submissions.test_bieu031 import MEDICINE, ward_book

from .conftest import MakeWorkspace
from .test_findings import REGISTER

HEAD = "facility,period,element,value\n"
CHOOSE = "chọn tệp này"
Row = tuple[str, str, str]
"""A file's name, and the form and area of the report in conflict."""


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def send(workspace: Workspace, files: dict[str, bytes | str], **hints: str) -> Outcome:
    for name, data in files.items():
        (workspace.inbox / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return ingest(Workspace(workspace.root), Request(hints=Hints(**hints), workers=1))


def fill(workspace: Workspace, folder: Path, *chosen: Row, forget: tuple[str, ...] = ()) -> Path:
    """The list as `findings -o` writes it, these rows chosen; without the columns to `forget`."""
    path = folder / "can-xem.xlsx"
    path.write_bytes(render.decision_book(decision_list(Workspace(workspace.root), Wanted(), "vi"), (), "vi"))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[5]]
    for name, form, area in chosen:
        (row,) = [row for row in page.iter_rows(min_row=6) if _is(heads, row, name, form, area)]
        page.cell(row[0].row, heads.index("Quyết định") + 1, CHOOSE)
    for head in forget:
        page.delete_cols(heads.index(head) + 1)
        heads.remove(head)
    book.save(path)
    return path


def _is(heads: list[Any], row: tuple[Any, ...], name: str, form: str, area: str) -> bool:
    said = {head: cell.value or "" for head, cell in zip(heads, row, strict=True)}
    return str(row[0].value).startswith(name) and (said["key_form"], said["key_area"]) == (form, area)


def choose(workspace: Workspace, folder: Path, *chosen: Row) -> Applied:
    return apply(Workspace(workspace.root), fill(workspace, folder, *chosen), "Lan")


def rows_of(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in query(Workspace(workspace.root), sql).rows]


def counted(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(
        workspace,
        "select element, cast(value as int), status from current_observations where value is not null order by element",
    )


def still_open(workspace: Workspace) -> list[tuple[str, str]]:
    table = findings(Workspace(workspace.root), Wanted(), "vi")
    places = [[column.key for column in table.columns].index(key) for key in ("file", "finding")]
    told = [tuple(str(row[place].value) for place in places) for row in table.rows]
    return sorted((file, " ".join(text.split()[:2])) for file, text in told)


BOTH = HEAD + "79001,2026-06,outpatient_visits,{0}\n79001,2026-06,ward_beds,{0}\n"


def test_of_two_forms_each_is_chosen_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, {"a.csv": BOTH.format(20), "b.csv": BOTH.format(21)})
    choose(workspace, tmp_path, ("a.csv", "bieu9", ""))
    assert counted(workspace) == [("outpatient_visits", 20, "confirmed")]
    waiting = [("a.csv", "79001, bieu031,"), ("b.csv", "79001, bieu031,")]
    assert still_open(workspace) == waiting
    # neither file is closed: the other form is asked about still, however often they are judged again
    outcome = ingest(Workspace(workspace.root), Request(retry=True, workers=1))
    assert [file.name for file, _ in outcome.judged] == ["a.csv", "b.csv"]
    assert (still_open(workspace), counted(workspace)) == (waiting, [("outpatient_visits", 20, "confirmed")])
    applied = choose(workspace, tmp_path, ("b.csv", "bieu031", ""))
    assert (applied.taken, still_open(workspace)) == (1, [])
    both = [("outpatient_visits", 20, "confirmed"), ("ward_beds", 21, "confirmed")]
    assert counted(workspace) == both
    assert ingest(Workspace(workspace.root), Request(retry=True, workers=1)).judged == []
    kept = rows_of(workspace, "select run, decision, form, who from decisions order by run, decision")
    assert kept == [
        (2, "choose", "bieu9", "Lan"),
        (2, "passed_over", "bieu9", "Lan"),
        (4, "choose", "bieu031", "Lan"),
        (4, "passed_over", "bieu031", "Lan"),
    ]


def two_forms(figure: int, xrays: object = None) -> bytes:
    """A hospital's month of two forms, on two sheets of one workbook."""
    book = openpyxl.load_workbook(
        BytesIO(xlsx(Sheet([facility(1, "Bệnh viện Quận 1", changed(xrays=xrays or figure))])))
    )
    wards = openpyxl.load_workbook(BytesIO(book_xlsx(ward_book(["Khoa Nội", *MEDICINE[:-1], figure])))).worksheets[0]
    page = book.create_sheet("Khoa")
    for cell in (cell for row in wards.iter_rows() for cell in row):
        page[cell.coordinate] = cell.value
    for merged in wards.merged_cells.ranges:
        page.merge_cells(merged.coord)
    book.save(out := BytesIO())
    return out.getvalue()


def test_on_two_sheets_of_a_workbook_too(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, {"a.xlsx": two_forms(601), "b.xlsx": two_forms(602)})
    choose(workspace, tmp_path, ("b.xlsx", "bieu9", ""))
    figures = "select element, cast(value as int) from current_observations where value in (601, 602) order by 1"
    assert rows_of(workspace, figures) == [("xrays", 602)]
    waiting = [one for one in still_open(workspace) if one[1].startswith("79001, ")]
    assert waiting == [("a.xlsx", "79001, bieu031,"), ("b.xlsx", "79001, bieu031,")]
    choose(workspace, tmp_path, ("a.xlsx", "bieu031", ""))
    assert rows_of(workspace, figures) == [("ward_patients_end", 601), ("xrays", 602)]
    assert not [one for one in still_open(workspace) if one[1].startswith("79001, ")]


def test_a_newer_report_of_one_form_leaves_the_other_forms_cells_open(workspace: Workspace) -> None:
    faulty = "select file, cell from open_findings where code = 'NOT_A_NUMBER'"
    send(workspace, {"a.xlsx": two_forms(601, xrays="bốn")})
    (found,) = rows_of(workspace, faulty)
    send(workspace, {"b.xlsx": book_xlsx(ward_book(["Khoa Nội", *MEDICINE]))})
    assert rows_of(workspace, faulty) == [found]
    send(workspace, {"c.xlsx": xlsx(Sheet([facility(1, "Bệnh viện Quận 1", changed(xrays=4))]))})
    assert rows_of(workspace, faulty) == []


def test_both_forms_can_be_chosen_in_one_list_of_different_files(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, {"a.csv": BOTH.format(20), "b.csv": BOTH.format(21)})
    choose(workspace, tmp_path, ("a.csv", "bieu9", ""), ("b.csv", "bieu031", ""))
    assert counted(workspace) == [("outpatient_visits", 20, "confirmed"), ("ward_beds", 21, "confirmed")]
    assert still_open(workspace) == []


def test_a_fault_of_the_other_form_stays_open_in_the_file_that_was_passed_over(
    workspace: Workspace, tmp_path: Path
) -> None:
    faulty = "79001,2026-06,ward_deaths,ba\n79001,2026-06,ct_scans,bốn\n"
    visits = HEAD + "79001,2026-06,outpatient_visits,{}\n"
    send(workspace, {"a.csv": visits.format(20), "b.csv": visits.format(21) + faulty})
    choose(workspace, tmp_path, ("a.csv", "bieu9", ""))
    assert [file for file, _ in still_open(workspace)] == ["b.csv"], "bốn is of the report that nobody waits for"
    assert counted(workspace) == [("outpatient_visits", 20, "confirmed")]
    outcome = ingest(Workspace(workspace.root), Request(retry=True, workers=1))
    assert [file.name for file, _ in outcome.judged] == ["b.csv"]


def test_of_two_areas_each_is_chosen_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    rows = "area,period,element,value\n79,2021,xrays,{0}\n01,2021,xrays,{0}\n"
    send(workspace, {"a.csv": rows.format(20), "b.csv": rows.format(21)}, form="history_bieu9")
    areas = sorted({str(row[0]) for row in rows_of(workspace, "select area from reports")})
    choose(workspace, tmp_path, ("b.csv", "history_bieu9", areas[1]))
    sql = "select area, cast(value as int), status from observations where value is not null"
    assert rows_of(workspace, sql) == [(areas[1], 21, "confirmed")]
    assert [told for _, told in still_open(workspace)] == [f"{areas[0]}, history_bieu9,"] * 2
    choose(workspace, tmp_path, ("a.csv", "history_bieu9", areas[0]))
    last = f"{sql} and run = 3 order by area"
    assert rows_of(workspace, last) == [(areas[0], 20, "confirmed"), (areas[1], 21, "confirmed")]
    assert still_open(workspace) == []


def test_of_one_report_two_files_cannot_both_be_chosen(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, {"a.csv": BOTH.format(20), "b.csv": BOTH.format(21)})
    with pytest.raises(DecisionFaults) as refused:
        choose(workspace, tmp_path, ("a.csv", "bieu9", ""), ("b.csv", "bieu9", ""))
    assert "khác với quyết định ở dòng" in refused.value.sentence("vi") + str(refused.value.faults)
    assert rows_of(workspace, "select * from decisions") == []


def test_a_file_understood_after_the_choice_is_chosen_between_anew(workspace: Workspace, tmp_path: Path) -> None:
    late = HEAD + "PK Ba,2026-06,outpatient_visits,22\n"
    send(workspace, {"a.csv": BOTH.format(20), "b.csv": BOTH.format(21), "c.csv": late})
    choose(workspace, tmp_path, ("a.csv", "bieu9", ""))
    add_facility_alias(Workspace(workspace.root), "79001", "PK Ba")
    ingest(Workspace(workspace.root), Request(retry=True, workers=1))
    conflict = "79001, bieu9,"
    assert [file for file, told in still_open(workspace) if told == conflict] == ["a.csv", "c.csv"]
    assert choose(workspace, tmp_path, ("a.csv", "bieu9", "")).taken == 1
    assert counted(workspace) == [("outpatient_visits", 20, "confirmed")]
    assert conflict not in [told for _, told in still_open(workspace)]


def test_what_a_cell_or_a_person_says_of_a_figure_stays_said(workspace: Workspace, tmp_path: Path) -> None:
    rows = "79001,2026-06,lab_tests,4.000 (sơ bộ)\n79001,2026-06,ct_scans,63 ca\n79001,2026-06,xrays,{}\n"
    send(workspace, {"a.csv": HEAD + rows.format(20), "b.csv": HEAD + rows.format(21)})
    path = fill(workspace, tmp_path, ("a.csv", "bieu9", ""))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    decide = [cell.value for cell in page[5]].index("Quyết định") + 1
    (row,) = [row for row in page.iter_rows(min_row=6) if str(row[0].value) == "a.csv › D3"]
    page.cell(row[0].row, decide, "theo gợi ý")
    book.save(path)
    apply(Workspace(workspace.root), path, "Lan")
    said = [("ct_scans", 63, "corrected"), ("lab_tests", 4000, "preliminary"), ("xrays", 20, "confirmed")]
    assert counted(workspace) == said


def test_what_a_title_says_of_its_figures_stays_said(workspace: Workspace, tmp_path: Path) -> None:
    title = ("", "Báo cáo tháng 8 năm 2026 (số liệu sơ bộ)")
    books = {
        name: xlsx(Sheet([facility(1, "Bệnh viện Quận 1", changed(xrays=xrays))], title=title))
        for name, xrays in (("a.xlsx", 601), ("b.xlsx", 602))
    }
    send(workspace, books)
    choose(workspace, tmp_path, ("a.xlsx", "bieu9", ""))
    assert ("xrays", 601, "preliminary") in counted(workspace)


OLD = Decision("", "", "", "CONFLICT", "79001", "2026-06", "choose", None, "Lan", datetime(2026, 7, 1), "")


@pytest.mark.parametrize("form", ["", "bieu9"])
def test_choices_of_older_versions_hold(workspace: Workspace, tmp_path: Path, form: str) -> None:
    """They named no form; the version before this one did where a file was passed over."""
    one = HEAD + "79001,2026-06,outpatient_visits,{0}\n79001,2026-06,xrays,5\n"
    outcome = send(workspace, {"a.csv": one.format(20), "b.csv": one.format(21) + "79001,2026-06,ward_beds,3\n"})
    files = {file.name: file.submission for file, _ in outcome.judged}
    passed = replace(OLD, submission=files["b.csv"], decision="passed_over", form=form)
    made = (replace(OLD, submission=files["a.csv"]), passed)
    ingest(Workspace(workspace.root), Request(decisions=made, workers=1))
    assert still_open(workspace) == []
    told = [("outpatient_visits", 20, "confirmed"), ("xrays", 5, "confirmed")]
    # a choice that named no form put all of the other file's aside
    assert counted(workspace) == [*told[:1], *([("ward_beds", 3, "accepted")] if form else []), *told[1:]]
    assert ingest(Workspace(workspace.root), Request(retry=True, workers=1)).judged == []


def test_a_list_of_an_older_version_is_taken_but_for_what_it_does_not_say(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, {"a.csv": BOTH.format(20), "b.csv": BOTH.format(21)})
    path = fill(workspace, tmp_path, ("a.csv", "bieu9", ""), forget=("key_form", "key_area"))
    with pytest.raises(DecisionFaults) as refused:
        apply(Workspace(workspace.root), path, "Lan")
    assert "findings -o" in str([fault.sentence("vi") for fault in refused.value.faults])


def test_an_area_sent_again_puts_its_own_conflict_aside(workspace: Workspace) -> None:
    rows = "area,period,element,value\n79,2021,xrays,{0}\n"
    files = {name: rows.format(figure) + f"01,2021,xrays,{figure}\n" for name, figure in (("a.csv", 20), ("b.csv", 21))}
    send(workspace, files, form="history_bieu9")
    told = {told for _, told in still_open(workspace)}
    send(workspace, {"c.csv": rows.format(22)}, form="history_bieu9")
    left = [told for _, told in still_open(workspace)]
    assert (len(told), len(left), len({*left})) == (2, 2, 1)
