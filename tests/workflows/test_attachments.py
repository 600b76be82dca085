"""ingest of mails and archives: each file inside counts once, whoever sent it, and the mail's date is its date."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx
from tests.submissions.packing import LOGO, eml, msg, zipped
from tests.workflows.conftest import MakeWorkspace
from tests.workflows.test_ingest import AUGUST, REGISTER, findings, put, stored, take_in, visits

ONE = xlsx(Sheet([facility(1, "Bệnh viện Quận 1")], title=AUGUST))
TWO = xlsx(Sheet([facility(1, "Bệnh viện Quận 2", changed(outpatient_visits=1300))], title=AUGUST))
UNKNOWN = xlsx(Sheet([facility(1, "Trung tâm Y tế Quận 3")], title=AUGUST))
SUBMISSIONS = "select name, media, verdict from submissions order by run, position"

LATE = "select late from coverage where facility = '79001' and period = '2026-08'"


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def test_a_mail_and_an_archive_in_it_are_taken_apart_and_the_mail_is_kept(workspace: Workspace) -> None:
    put(workspace, "thư.eml", eml({"BC T8.xlsx": ONE, "Q2.zip": zipped({"BC T8.xlsx": TWO})}))
    outcome = take_in(workspace)
    assert (outcome.run, outcome.counts.accepted) == (1, 42)
    assert visits(workspace) == {"79001": 1200, "79002": 1300}
    assert stored(workspace, SUBMISSIONS) == [
        ("thư.eml", "eml", "accepted"),
        ("thư.eml › BC T8.xlsx", "xlsx", "accepted"),
        ("thư.eml › Q2.zip › BC T8.xlsx", "xlsx", "accepted"),
    ]
    kept = {path.suffix for path in (workspace.data / "raw" / "archive").glob("*/*")}
    assert kept == {".eml", ".xlsx"}


def test_the_same_workbook_plain_and_in_a_mail_counts_once(workspace: Workspace) -> None:
    put(workspace, "a.xlsx", ONE)
    put(workspace, "b.eml", eml({"khac ten.xlsx": ONE}))
    outcome = take_in(workspace)
    assert (len(outcome.judged), outcome.counts.accepted, findings(outcome)) == (2, 21, ["CONTAINER_OPENED"])
    put(workspace, "c.zip", zipped({"lai nua.xlsx": ONE}))
    again = take_in(workspace)
    assert [(name, known.first_run) for name, known in again.repeated if "c.zip" in name] == [
        ("c.zip › lai nua.xlsx", 1)
    ]
    assert (again.run, again.counts.found, visits(workspace)) == (2, 0, {"79001": 1200})
    assert take_in(workspace).run is None


@pytest.mark.parametrize("pack", [eml, msg])
def test_a_mail_sent_in_time_is_not_late_however_late_it_is_taken_in(workspace: Workspace, pack: object) -> None:
    put(workspace, "thư", pack({"BC.zip": zipped({"BC T8.xlsx": ONE})}))  # type: ignore[operator]
    take_in(workspace)
    assert stored(workspace, LATE) == [(False,)]
    assert stored(workspace, "select distinct received_at::varchar from submissions") == [("2026-09-05 23:30:00",)]


def test_a_day_that_a_person_states_goes_before_the_date_of_the_mail(workspace: Workspace) -> None:
    put(workspace, "thư.eml", eml({"BC T8.xlsx": ONE}))
    take_in(workspace, received=date(2026, 9, 6))
    assert stored(workspace, LATE) == [(True,)]


def test_a_mail_from_the_future_was_received_no_later_than_it_was_taken_in(workspace: Workspace) -> None:
    put(workspace, "thư.eml", eml({"BC T8.xlsx": ONE}, sent=datetime(2199, 1, 1).astimezone()))
    take_in(workspace)
    ((latest,),) = stored(workspace, "select max(year(received_at)) from submissions")
    assert latest < 2199  # type: ignore[operator]


def test_what_waits_in_a_mail_is_judged_again_once_the_register_changed(workspace: Workspace) -> None:
    put(workspace, "thư.eml", eml({"BC.xlsx": UNKNOWN, "Q1.xlsx": ONE}))
    assert take_in(workspace).counts.rejected == 21
    assert take_in(workspace).judged == []
    with workspace.register.open("a", encoding="utf-8") as register:
        register.write("79003,Trung tâm Y tế Quận 3,79,công lập,trung tâm y tế,,2020-01-01,,,\n")
    again = take_in(workspace)
    assert [submission.name for submission, _ in again.judged] == ["thư.eml › BC.xlsx"]
    assert visits(workspace) == {"79001": 1200, "79003": 1200}


def test_it_is_judged_again_from_the_archive_too(workspace: Workspace) -> None:
    mail = put(workspace, "thư.eml", eml({"BC.xlsx": UNKNOWN}))
    take_in(workspace, propose_register=True)
    mail.unlink()
    assert take_in(workspace, retry=True).counts.accepted == 21


def test_a_photo_and_a_scan_wait_to_be_typed_in_and_an_archive_of_another_kind_is_refused(workspace: Workspace) -> None:
    files = {"anh.png": LOGO + bytes(100), "quet.pdf": b"%PDF-1.7\n", "BC.rar": b"Rar!\x1a\x07\x00"}
    put(workspace, "thư.eml", eml(files))
    outcome = take_in(workspace)
    assert [reading.verdict for _, reading in outcome.judged] == ["accepted", "quarantined", "quarantined", "rejected"]
    assert findings(outcome)[1:] == ["FILE_IMAGE", "FILE_PDF", "FILE_ARCHIVE"]
    assert stored(workspace, "select file, code from awaiting order by file") == [
        ("thư.eml › BC.rar", "FILE_ARCHIVE"),
        ("thư.eml › anh.png", "FILE_IMAGE"),
        ("thư.eml › quet.pdf", "FILE_PDF"),
    ]


def test_the_period_in_a_mails_name_holds_for_files_that_name_none(workspace: Workspace) -> None:
    untitled = xlsx(Sheet([facility(1, "Bệnh viện Quận 1")], title=("Sở Y tế",)))
    put(workspace, "Báo cáo T8-2026.eml", eml({"bieu9.xlsx": untitled}))
    assert take_in(workspace).counts.accepted == 21


def test_names_inside_are_shown_safely_and_never_become_paths(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "a.zip", zipped({"../../../\x1b[31mra ngoài.xlsx": ONE}))
    outcome = take_in(workspace)
    names = [submission.name for submission, _ in outcome.judged]
    assert names[1].startswith("a.zip › ")
    assert "\x1b" not in names[1]
    assert not [path for path in tmp_path.rglob("*") if "ra ngo" in path.name]


def test_a_dry_run_looks_into_a_mail_and_keeps_nothing(workspace: Workspace) -> None:
    put(workspace, "thư.eml", eml({"BC T8.xlsx": ONE}))
    outcome = take_in(workspace, dry_run=True)
    assert (outcome.run, outcome.comparison and outcome.comparison.new) == (None, 21)
    assert not list((workspace.data / "raw" / "archive").glob("*/*"))
