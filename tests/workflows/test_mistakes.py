"""What comes is judged against what is stored."""

from __future__ import annotations

import subprocess
import sys

import pytest

from healthstats.intake import Hints
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, facility, xlsx

from .conftest import MakeWorkspace

REGISTER = "facility,name,area,type,valid_from\n79001,Bệnh viện Quận 1,79,bệnh viện,2020-01-01\n"
SWING = (0, 7, 3, 9, 5, 11, 2, 8, 4, 10, 6, 1)


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def figures(number: int) -> list[int]:
    """January of 2023 is 0; no two months alike."""
    return [
        figure if place < 3 else figure * (100 + SWING[(number * 5 + place) % 12] + number) // 100
        for place, figure in enumerate(FIGURES)
    ]


def send(workspace: Workspace, number: int, said: list[int], title: str = "") -> Outcome:
    month = title or f"tháng {number % 12 + 1} năm {2023 + number // 12}"
    data = xlsx(Sheet([facility(1, "Bệnh viện Quận 1", said)], title=("Sở Y tế", f"Báo cáo {month}")))
    (workspace.inbox / f"BC {number} {len(list(workspace.inbox.iterdir()))}.xlsx").write_bytes(data)
    return ingest(Workspace(workspace.root), Request(workers=1))


def found(outcome: Outcome) -> list[tuple[str, str | None, str]]:
    return [(one.code, one.period, one.suggestion) for _, reading in outcome.judged for one in reading.findings]


def test_a_stored_month_sent_again_under_the_next_title(workspace: Workspace) -> None:
    assert found(send(workspace, 0, figures(0))) == []
    assert found(send(workspace, 1, figures(0))) == [("SAME_AS_LAST_MONTH", "2023-02", "")]
    # the right figures answer it: they are judged against the months that stand, not against what they replace
    assert found(send(workspace, 1, figures(1))) == []
    assert found(send(workspace, 2, figures(0))) == [("MONTH_COPIED", "2023-03", "")]


def test_where_nothing_accepted_is_anybodys_current_figure_there_is_nothing_to_question(workspace: Workspace) -> None:
    """Found by the campaign of histories: the batch came down with a traceback."""
    for name, month, value in (("sua lan 1", "2023-02", "7"), ("thang 2", "2023-02", "8"), ("thang 1", "2023-01", "?")):
        text = f"facility,period,element,value\n79001,{month},outpatient_visits,{value}\n"
        (workspace.inbox / f"BC {name}.csv").write_text(text)
        if name == "sua lan 1":
            assert found(ingest(workspace, Request(workers=1))) == []
    told = found(ingest(workspace, Request(workers=1)))
    assert sorted(code for code, _, _ in told) == ["NOT_A_NUMBER", "OUTRANKED"]


def test_a_level_learnt_from_the_store(workspace: Workspace) -> None:
    for number in range(6):
        assert found(send(workspace, number, figures(number))) == []
    wrong = figures(6)
    wrong[16] *= 10
    assert found(send(workspace, 6, wrong)) == [("SCALE", "2023-07", str(wrong[16] // 10))]


def test_a_wrong_year_does_not_replace_the_year_before_until_a_person_says_so(workspace: Workspace) -> None:
    for number in (0, 1, 10, 11):
        send(workspace, number, figures(number))
    wrong = send(workspace, 12, figures(12), "tháng 1 năm 2023")
    assert (found(wrong), wrong.counts.accepted) == ([("YEAR_IN_TITLE", "2023-01", "")], 0)
    sql = "select value from current_observations where period = '2023-01' and element = 'outpatient_visits'"
    assert query(Workspace(workspace.root), sql).rows[0][0].value == figures(0)[3]


def test_a_correction_of_a_few_cells_is_no_wrong_year(workspace: Workspace) -> None:
    for number in (0, 1, 10, 11):
        send(workspace, number, figures(number))
    mended = figures(0)
    mended[3] += 200
    mended[16] += 900
    assert found(send(workspace, 0, mended)) == []


def send_area(workspace: Workspace, number: int, visits: int) -> Outcome:
    """A month of a whole province, as a form for areas holds it."""
    text = f"Địa bàn,Kỳ,Lượt khám chữa bệnh ngoại trú\nThành phố Hồ Chí Minh,2019-{number:02d},{visits}\n"
    path = workspace.root / f"lich su {number}.csv"
    path.write_text(text, "utf-8")
    hints = Hints(form="history_bieu9")
    return ingest(Workspace(workspace.root), Request(paths=(path,), workers=1, hints=hints))


def test_the_months_of_an_area_are_judged_against_its_own_past(workspace: Workspace) -> None:
    for number in range(1, 7):
        assert found(send_area(workspace, number, 3_500_000 + 41_000 * SWING[number])) == []
    assert found(send_area(workspace, 7, 361_000)) == [("SCALE", "2019-07", "3610000")]


LOADED = """
import sys
from pathlib import Path
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Request
from healthstats.workflows.workspace import Workspace
ingest(Workspace(Path(sys.argv[1])), Request(workers=1))
print(*(name for name in ("duckdb", "pandas", "healthstats.intake.mistakes") if name in sys.modules))
"""


def loaded(workspace: Workspace) -> list[str]:
    """What another ingest loads."""
    command = [sys.executable, "-c", LOADED, str(workspace.root)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_night_of_nothing_new_loads_neither_history_nor_rules(workspace: Workspace) -> None:
    send(workspace, 0, figures(0))
    assert loaded(workspace) == []
    data = xlsx(Sheet([facility(1, "Bệnh viện Quận 1", figures(1))], title=("", "Báo cáo tháng 2 năm 2023")))
    (workspace.inbox / "BC T2.xlsx").write_bytes(data)
    assert loaded(workspace) == ["duckdb", "healthstats.intake.mistakes"]
