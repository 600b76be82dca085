"""ingest: what is taken in, what is told, and what a second arrival changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from healthstats.domain.period import Period
from healthstats.errors import UsageError
from healthstats.intake import Hints
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, changed, facility, times, xls, xlsx

from .conftest import MakeWorkspace

REGISTER = (
    "facility,name,area,ownership,type,level,valid_from,valid_to,successor,area_before\n"
    "79001,Bệnh viện Quận 1,79,công lập,bệnh viện,,2020-01-01,,,\n"
    "79002,Bệnh viện Quận 2,79,tư nhân,bệnh viện,,2020-01-01,,,\n"
)
AUGUST_2026 = Period("month", 2026, 8)
AUGUST = ("Sở Y tế", "Báo cáo tháng 8 năm 2026")


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def put(workspace: Workspace, name: str, data: bytes) -> Path:
    path = workspace.inbox / name
    path.write_bytes(data)
    return path


def take_in(workspace: Workspace, **request: object) -> Outcome:
    return ingest(Workspace(workspace.root), Request(workers=1, **request))  # type: ignore[arg-type]


def stored(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in query(Workspace(workspace.root), sql).rows]


def visits(workspace: Workspace) -> dict[object, object]:
    sql = "select facility, value from current_observations where element = 'outpatient_visits'"
    return dict(stored(workspace, sql))  # type: ignore[arg-type]


def findings(outcome: Outcome) -> list[str]:
    return [finding.code for _, reading in outcome.judged for finding in reading.findings]


def august(*figures: list[object], **sheet: object) -> bytes:
    rows = [facility(1, "Bệnh viện Quận 1", figures[0])] if figures else []
    return xlsx(replace(Sheet(rows, title=AUGUST), **sheet))  # type: ignore[arg-type]


def test_one_workbook_of_two_facilities_with_its_total_row(workspace: Workspace) -> None:
    rows = [["", "TỔNG SỐ", *times(3)], facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 2", times(2))]
    put(workspace, "BC T8.xlsx", xlsx(Sheet(rows, title=AUGUST)))
    outcome = take_in(workspace)
    assert (outcome.run, [reading.verdict for _, reading in outcome.judged]) == (1, ["accepted"])
    assert (outcome.counts.found, outcome.counts.accepted, outcome.counts.checked) == (42, 42, 21)
    assert visits(workspace) == {"79001": 1200, "79002": 2400}


def test_an_xls_says_the_same_as_an_xlsx(workspace: Workspace) -> None:
    put(workspace, "BC T8.xls", xls(Sheet([facility(1, "Bệnh viện Quận 1")], title=AUGUST)))
    take_in(workspace)
    assert visits(workspace) == {"79001": 1200}


def test_the_same_bytes_again_change_nothing_whatever_their_name(workspace: Workspace) -> None:
    data = august(list(FIGURES))
    put(workspace, "a.xlsx", data)
    take_in(workspace)
    put(workspace, "b.xlsx", data)
    again = take_in(workspace)
    assert (again.run, again.judged, [known.first_run for _, known in again.repeated]) == (None, [], [1, 1])
    assert visits(workspace) == {"79001": 1200}


def test_the_same_bytes_twice_in_one_run_count_once(workspace: Workspace) -> None:
    data = august(list(FIGURES))
    put(workspace, "a.xlsx", data)
    put(workspace, "b.xlsx", data)
    outcome = take_in(workspace)
    assert (len(outcome.judged), outcome.twins) == (1, [("b.xlsx", "a.xlsx")])


def test_a_later_file_is_a_new_revision_and_the_old_one_again_does_not_beat_it(workspace: Workspace) -> None:
    first = august(changed(outpatient_visits=1201))
    put(workspace, "a.xlsx", first)
    take_in(workspace)
    put(workspace, "a sua.xlsx", august(changed(outpatient_visits=1202)))
    take_in(workspace)
    assert visits(workspace) == {"79001": 1202}
    put(workspace, "a gui lai.xlsx", first)
    take_in(workspace)
    assert visits(workspace) == {"79001": 1202}


def test_two_files_of_one_run_that_differ_are_a_conflict_and_the_stored_value_stays(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    take_in(workspace)
    put(workspace, "b.xlsx", august(changed(outpatient_visits=1300)))
    put(workspace, "c.xlsx", august(changed(outpatient_visits=1400)))
    outcome = take_in(workspace)
    assert findings(outcome).count("CONFLICT") == 2
    assert outcome.counts.accepted == 0
    assert visits(workspace) == {"79001": 1200}


def test_a_declared_revision_settles_a_conflict(workspace: Workspace) -> None:
    put(workspace, "b.xlsx", august(changed(outpatient_visits=1300), title=(*AUGUST, "Bản sửa lần 1")))
    put(workspace, "c.xlsx", august(changed(outpatient_visits=1400)))
    assert "CONFLICT" not in findings(take_in(workspace))
    assert visits(workspace) == {"79001": 1300}


def test_a_file_outranked_by_what_is_stored_is_a_finding(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES), title=(*AUGUST, "Bản sửa lần 2")))
    take_in(workspace)
    put(workspace, "b.xlsx", august(changed(outpatient_visits=9), title=(*AUGUST, "Bản sửa lần 1")))
    assert "OUTRANKED" in findings(take_in(workspace))
    assert visits(workspace) == {"79001": 1200}


def test_a_long_csv_revises_only_the_elements_it_holds(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    take_in(workspace)
    put(workspace, "b.csv", "cơ sở,kỳ,chỉ tiêu,giá trị\n79001,2026-08,outpatient_visits,1500\n".encode())
    take_in(workspace)
    sql = (
        "select element, value from current_observations where element in ('outpatient_visits', 'lab_tests') order by 1"
    )
    assert stored(workspace, sql) == [("lab_tests", 4000), ("outpatient_visits", 1500)]


def test_a_dry_run_compares_and_commits_nothing(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    take_in(workspace)
    before = {path: path.stat().st_mtime_ns for path in workspace.data.rglob("*") if "marts" not in path.parts}
    put(workspace, "b.xlsx", august(changed(outpatient_visits=1300)))
    outcome = take_in(workspace, dry_run=True)
    assert outcome.run is None
    assert outcome.comparison is not None
    assert (outcome.comparison.new, outcome.comparison.same) == (0, 20)
    assert [change[1:] for change in outcome.comparison.changed] == [(1200, 1300)]
    after = {path: path.stat().st_mtime_ns for path in workspace.data.rglob("*") if "marts" not in path.parts}
    del after[workspace.inbox / "b.xlsx"]
    changed_folders = {path for path, stamp in after.items() if before.get(path) != stamp}
    assert changed_folders <= {workspace.inbox, workspace.data / "processed" / "staging", workspace.data / "processed"}


def test_a_dry_run_tells_what_a_correction_would_take_away_and_what_an_old_file_would_not(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES), title=(*AUGUST, "Bản sửa lần 1")))
    take_in(workspace)
    put(workspace, "b.xlsx", august(changed(lab_tests=""), title=(*AUGUST, "Bản sửa lần 2")))
    first = take_in(workspace, dry_run=True).comparison
    assert first is not None
    assert [(key[3], value) for key, value in first.lost] == [("lab_tests", 4000)]
    (workspace.inbox / "b.xlsx").unlink()
    put(workspace, "c.xlsx", august(changed(lab_tests=1)))
    second = take_in(workspace, dry_run=True).comparison
    assert second is not None
    assert (second.new, second.same, second.changed, second.lost) == (0, 0, [], [])


def test_a_photo_is_not_judged_anew_at_each_change_of_the_register(workspace: Workspace) -> None:
    put(workspace, "anh.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
    take_in(workspace)
    with workspace.register.open("a", encoding="utf-8") as register:
        register.write("79003,Trung tâm Y tế Quận 3,79,công lập,trung tâm y tế,,2020-01-01,,,\n")
    assert take_in(workspace).judged == []
    assert len(take_in(workspace, retry=True).judged) == 1


def test_retry_with_a_file_judges_that_one_and_leaves_what_waits(workspace: Workspace) -> None:
    for name in ("a.png", "b.png"):
        put(workspace, name, b"\x89PNG\r\n\x1a\n" + name.encode())
    take_in(workspace)
    named = take_in(workspace, retry=True, paths=(workspace.inbox / "a.png",))
    assert [submission.name for submission, _ in named.judged] == ["a.png"]
    assert len(take_in(workspace, retry=True).judged) == 2


def test_unknown_facility_then_proposed_then_taken_in_without_being_resent(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    put(workspace, "BC T8.xlsx", august(list(FIGURES)))
    first = take_in(workspace, propose_register=True)
    assert (first.counts.rejected, first.counts.accepted) == (21, 0)
    assert [(new.code, new.name) for new in first.proposed] == [("new-1", "Bệnh viện Quận 1")]
    (workspace.inbox / "BC T8.xlsx").unlink()
    second = take_in(workspace, retry=True)
    assert (second.run, second.counts.accepted) == (2, 21)
    assert visits(workspace) == {"new-1": 1200}


def test_what_was_not_accepted_is_judged_again_once_the_register_changed_and_not_before(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", xlsx(Sheet([facility(1, "Trung tâm Y tế Quận 3")], title=AUGUST)))
    assert take_in(workspace).counts.rejected == 21
    assert take_in(workspace).judged == []
    with workspace.register.open("a", encoding="utf-8") as register:
        register.write("79003,Trung tâm Y tế Quận 3,79,công lập,trung tâm y tế,,2020-01-01,,,\n")
    assert take_in(workspace).counts.accepted == 21


def test_a_period_that_the_file_does_not_say_is_asked_for_and_then_given(workspace: Workspace) -> None:
    data = august(list(FIGURES), title=("Sở Y tế",))
    put(workspace, "a.xlsx", data)
    outcome = take_in(workspace)
    assert (findings(outcome), outcome.counts.accepted) == (["PERIOD_MISSING"], 0)
    take_in(workspace, paths=(workspace.inbox / "a.xlsx",), hints=Hints(period=AUGUST_2026))
    assert visits(workspace) == {"79001": 1200}


def test_what_was_said_of_a_file_is_not_forgotten_when_it_is_judged_again(workspace: Workspace) -> None:
    path = put(workspace, "a.xlsx", august(changed(lab_tests="12 ca"), title=("Sở Y tế",)))
    assert take_in(workspace, paths=(path,), hints=Hints(period=AUGUST_2026)).counts.accepted == 20
    assert take_in(workspace, retry=True).counts.accepted == 20
    assert visits(workspace) == {"79001": 1200}


def test_the_sheet_that_was_named_is_not_forgotten_either(workspace: Workspace) -> None:
    path = put(workspace, "a.xlsx", august(changed(lab_tests="12 ca")))
    assert findings(take_in(workspace, paths=(path,), hints=Hints(sheet="Khác"))) == ["NO_SUCH_SHEET"]
    assert findings(take_in(workspace, retry=True)) == ["NO_SUCH_SHEET"]
    assert take_in(workspace, paths=(path,), hints=Hints(sheet="bieu 9")).counts.accepted == 20


def test_a_hint_without_a_path_is_not_said_of_every_waiting_file(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(changed(lab_tests="12 ca")))
    take_in(workspace)
    with pytest.raises(UsageError, match="--retry"):
        take_in(workspace, retry=True, hints=Hints(period=Period("month", 2026, 9)))
    assert visits(workspace) == {"79001": 1200}


def test_files_judged_again_are_no_conflict_and_keep_their_order(workspace: Workspace) -> None:
    put(workspace, "v1.xlsx", august(changed(outpatient_visits=1000, lab_tests="12 ca")))
    take_in(workspace)
    put(workspace, "v2.xlsx", august(changed(outpatient_visits=1100, lab_tests="13 ca")))
    take_in(workspace)
    outcome = take_in(workspace, retry=True)
    assert (len(outcome.judged), findings(outcome).count("CONFLICT")) == (2, 0)
    assert visits(workspace) == {"79001": 1100}


def test_a_period_that_has_not_begun_is_refused(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES), title=("Sở Y tế", "Báo cáo tháng 8 năm 2126")))
    put(workspace, "b.csv", b"facility,period,element,value\n79001,2126-08,lab_tests,5\n")
    outcome = take_in(workspace)
    assert (findings(outcome), outcome.counts.rejected) == (["PERIOD_IN_FUTURE", "PERIOD_IN_FUTURE"], 22)


def test_what_is_no_submission_is_told_and_left_alone(workspace: Workspace) -> None:
    (workspace.inbox / "link.xlsx").symlink_to("/etc/passwd")
    put(workspace, "~$BC T8.xlsx", b"owner")
    put(workspace, "Thumbs.db", b"thumbs")
    outcome = take_in(workspace)
    assert [refused.why.key for refused in outcome.refused] == ["not_regular"]
    assert (outcome.judged, outcome.run) == ([], None)


def test_every_byte_is_kept_under_its_hash(workspace: Workspace) -> None:
    data = b"this is no workbook"
    put(workspace, "x.bin", data)
    take_in(workspace)
    digest = hashlib.sha256(data).hexdigest()
    (kept,) = (workspace.data / "raw" / "archive" / digest[:2]).iterdir()
    assert (kept.stem, kept.read_bytes()) == (digest, data)


def test_the_received_day_makes_a_report_late_or_not(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    take_in(workspace, received=date(2026, 9, 6))
    put(workspace, "b.xlsx", xlsx(Sheet([facility(1, "Bệnh viện Quận 2")], title=AUGUST)))
    take_in(workspace, received=date(2026, 9, 5))
    assert stored(workspace, "select facility, late from coverage where period = '2026-08' order by 1") == [
        ("79001", True),
        ("79002", False),
    ]


LATE = b"facility,period,element,value\nPK Ba,2026-08,outpatient_visits,1300\n"
EVERY_CELL = "select facility, element, item, value, status from current_observations order by all"


def name_the_clinic(workspace: Workspace, facility: str = "79001") -> None:
    aliases = workspace.root / "pipelines/registers/aliases.csv"
    aliases.write_text(f"facility,alias\n{facility},PK Ba\n", "utf-8")


def codes(outcome: Outcome) -> dict[str, list[str]]:
    return {file.name: [finding.code for finding in reading.findings] for file, reading in outcome.judged}


@pytest.mark.parametrize("known_at_once", [True, False])
@pytest.mark.parametrize("retry", [True, False])
def test_a_rival_understood_late_is_in_conflict_as_if_understood_at_once(
    workspace: Workspace, known_at_once: bool, retry: bool
) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    put(workspace, "b.csv", LATE)
    if known_at_once:
        name_the_clinic(workspace)
    outcome = take_in(workspace)
    if not known_at_once:
        assert visits(workspace) == {"79001": 1200}
        name_the_clinic(workspace)
        outcome = take_in(workspace, retry=retry)
    assert codes(outcome) == {"a.xlsx": ["CONFLICT"], "b.csv": ["CONFLICT"]}
    assert outcome.repeated == []
    # what one of them alone holds stands
    assert [cell for cell in stored(workspace, EVERY_CELL) if cell[4] == "quarantined"] == [
        ("79001", "outpatient_visits", "", None, "quarantined")
    ]
    assert stored(workspace, "select count(value) from current_observations") == [(20,)]


def test_a_rival_understood_late_that_says_the_same_stands(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    put(workspace, "b.csv", LATE.replace(b"1300", b"1200"))
    take_in(workspace)
    name_the_clinic(workspace)
    late = take_in(workspace, retry=True)
    assert codes(late) == {"a.xlsx": ["DUPLICATE_REPORT"], "b.csv": ["DUPLICATE_REPORT"]}
    assert (visits(workspace), late.counts.quarantined) == ({"79001": 1200}, 0)


def test_of_two_runs_the_later_wins_whenever_it_is_understood(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    take_in(workspace)
    put(workspace, "b.csv", LATE)
    take_in(workspace)
    name_the_clinic(workspace)
    assert codes(take_in(workspace, retry=True)) == {"b.csv": []}
    assert visits(workspace) == {"79001": 1300}


def test_a_rival_judged_again_does_not_win_its_own_conflicts(workspace: Workspace) -> None:
    rows = [facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 2")]
    put(workspace, "a.xlsx", xlsx(Sheet(rows, title=AUGUST)))
    put(workspace, "b.csv", LATE)
    put(workspace, "c.csv", LATE.replace(b"PK Ba", b"79002"))
    take_in(workspace)
    name_the_clinic(workspace)
    # c.csv is asked for by nobody, and shares no report with b.csv
    take_in(workspace, paths=(workspace.inbox / "b.csv",))
    assert visits(workspace) == {"79001": None, "79002": None}


def test_what_was_held_back_by_a_file_now_understood_otherwise_is_taken_in(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", august(list(FIGURES)))
    put(workspace, "b.csv", LATE)
    name_the_clinic(workspace)
    take_in(workspace)
    name_the_clinic(workspace, "79002")
    take_in(workspace, paths=(workspace.inbox / "b.csv",))
    assert visits(workspace) == {"79001": 1200, "79002": 1300}
