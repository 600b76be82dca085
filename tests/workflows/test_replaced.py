"""What an ingest says of the stored figures that it replaces, and that it says nothing where it replaces none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest

from healthstats.domain.period import Period
from healthstats.intake import Hints
from healthstats.store import Store
from healthstats.store.replaced import Replaced
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, changed, facility, xlsx

from .conftest import Holding, MakeWorkspace
from .terminal import run, take_in
from .test_decisions import decided
from .test_findings import FAULTY
from .test_findings import REGISTER as FAULTY_REGISTER

REGISTER = (
    "facility,name,area,type,valid_from\n"
    "79001,Bệnh viện Quận 1,79,bệnh viện,2020-01-01\n"
    "79002,Bệnh viện Quận 2,79,bệnh viện,2020-01-01\n"
)
BOTH = ("Bệnh viện Quận 1", "Bệnh viện Quận 2")


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def month(figures: list[object] = FIGURES, *names: str, title: str = "Báo cáo tháng 8 năm 2026") -> bytes:
    rows = [facility(number, name, figures) for number, name in enumerate(names or BOTH[:1], 1)]
    return xlsx(Sheet(rows, title=("Sở Y tế", *title.split("|"))))


def took_away(workspace: Workspace, name: str, data: bytes, **request: object) -> Replaced | None:
    path = workspace.inbox / name
    path.write_bytes(data)
    return outcome(workspace, paths=(path,), **request).replaced


def outcome(workspace: Workspace, **request: object) -> Outcome:
    return ingest(Workspace(workspace.root), Request(workers=1, **request))  # type: ignore[arg-type]


def test_a_correction_says_what_it_changes_and_what_it_takes_away(workspace: Workspace) -> None:
    first = take_in(workspace, month(FIGURES, *BOTH))
    assert "Thay số đã có" not in first.stdout
    mended = changed(outpatient_visits=1300, lab_tests="")
    told = take_in(workspace, month(mended, *BOTH), "sua.xlsx").stdout.splitlines()
    line = "Thay số đã có của 2 báo cáo (79001 · 2026-08, 79002 · 2026-08): 2 ô đổi, 2 ô không còn"
    assert told[2] == line
    assert run("-w", workspace.root, "ingest").stdout.count("Thay số đã có") == 0


def test_a_dry_run_says_beforehand_what_the_run_says_afterwards(workspace: Workspace) -> None:
    took_away(workspace, "a.xlsx", month(FIGURES, *BOTH))
    data = month(changed(outpatient_visits=1300, mri_scans=7, lab_tests=""), *BOTH)
    (workspace.inbox / "b.xlsx").write_bytes(data)
    before = outcome(workspace, dry_run=True)
    after = outcome(workspace).replaced
    assert before.comparison is not None
    assert after is not None
    assert (before.comparison.changes, before.comparison.losses) == (after.changed, after.lost) == (4, 2)
    assert before.replaced is None


def test_only_the_reports_whose_figures_differ_are_counted(workspace: Workspace) -> None:
    took_away(workspace, "a.xlsx", month(FIGURES, *BOTH))
    rows = [facility(1, BOTH[0], FIGURES), facility(2, BOTH[1], changed(outpatient_visits=1300))]
    data = xlsx(Sheet(rows, title=("Sở Y tế", "Báo cáo tháng 8 năm 2026")))
    assert took_away(workspace, "b.xlsx", data) == Replaced(changed=1, lost=0, reports=1, named=[("79002", "2026-08")])


def test_a_long_csv_takes_away_nothing_that_it_does_not_hold(workspace: Workspace) -> None:
    took_away(workspace, "a.xlsx", month())
    long = "facility,period,element,value\n79001,2026-08,outpatient_visits,1300\n79001,2026-08,xrays,{}\n"
    one = took_away(workspace, "b.csv", long.format("..").encode())
    assert one == Replaced(changed=1, lost=0, reports=1, named=[("79001", "2026-08")])
    held_back = took_away(workspace, "c.csv", long.format("12 ca").encode())
    assert held_back == Replaced(changed=0, lost=1, reports=1, named=[("79001", "2026-08")]), (
        "it hides what stood there"
    )


def test_an_older_revision_takes_away_nothing(workspace: Workspace) -> None:
    took_away(workspace, "a.xlsx", month(title="Báo cáo tháng 8 năm 2026|Bản sửa lần 2"))
    older = took_away(workspace, "b.xlsx", month(changed(outpatient_visits=1300)))
    assert older == Replaced()
    newer = month(changed(outpatient_visits=1400), title="Báo cáo tháng 8 năm 2026|Bản sửa lần 3")
    assert took_away(workspace, "c.xlsx", newer) == Replaced(1, 0, 1, [("79001", "2026-08")])


def test_what_a_decision_changes_of_a_stored_figure_is_told(holding: Holding, tmp_path: Path) -> None:
    """No new file: the stored one is judged again, and its figure of G9 is left out."""
    faulty = holding(FAULTY_REGISTER, FAULTY)
    path = decided(faulty, tmp_path, ("PART_EXCEEDS_TOTAL", "trả lại", "", "hỏi lại"))
    told = run("-w", faulty.root, "findings", "--apply", path, "--by", "Lan").stdout
    assert "Thay số đã có của 1 báo cáo (79002 · 2026-08): 0 ô đổi, 1 ô không còn" in told.splitlines()


def test_a_file_that_turns_out_to_be_of_another_month_is_told_as_gone_from_the_first(workspace: Workspace) -> None:
    said = Hints(period=Period("month", 2026, 8))
    untitled = month(changed(xrays="12 ca"), title="")
    assert took_away(workspace, "a.xlsx", untitled, hints=said) is None
    moved = took_away(workspace, "a.xlsx", untitled, hints=Hints(period=Period("month", 2026, 9)))
    assert moved == Replaced(changed=0, lost=20, reports=1, named=[("79001", "2026-08")])


@pytest.fixture
def questions() -> Iterator[list[int]]:
    """The runs of which DuckDB was asked."""
    asked: list[int] = []
    with patch("healthstats.store.replaced.read_replaced", side_effect=lambda _, run: asked.append(run)):
        yield asked


def test_reports_that_none_had_sent_before_ask_nothing_of_duckdb(workspace: Workspace, questions: list[int]) -> None:
    assert took_away(workspace, "a.xlsx", month()) is None
    assert took_away(workspace, "b.xlsx", month(changed(xrays=1), BOTH[1])) is None, "another facility, same month"
    assert took_away(workspace, "c.xlsx", month(title="Báo cáo tháng 9 năm 2026")) is None, "another month"
    assert questions == []
    took_away(workspace, "d.xlsx", month(changed(xrays=2), BOTH[1]))
    assert questions == [4]


def test_a_run_that_cannot_be_compared_is_committed_all_the_same(workspace: Workspace) -> None:
    take_in(workspace, month())
    broken = patch("healthstats.store.replaced.read_replaced", side_effect=duckdb.IOException("too many open files"))
    with broken:
        told = take_in(workspace, month(changed(xrays=2)), "b.xlsx")
    assert (told.returncode, told.stdout.splitlines()[0][:11]) == (0, "Lần nhận 2:")
    assert "Lần nhận 2 đã ghi, nhưng không đếm được số đã có nào bị thay" in told.stderr
    assert len(Store.open(workspace.data).runs()) == 2
