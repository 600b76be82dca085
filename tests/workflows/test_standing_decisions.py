"""What was decided of a figure holds for the next file that says the same, and for nothing else."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from healthstats import render
from healthstats.errors import DecisionFaults, DefinitionFaults
from healthstats.intake.csvfiles import longdraft
from healthstats.store import Store, columns, schema
from healthstats.store.history import Asked, History
from healthstats.workflows.decide import Applied, apply
from healthstats.workflows.findings import Wanted, decision_list, findings
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx

from .conftest import MakeWorkspace
from .test_findings import REGISTER
from .test_mistakes import figures

WHO = "Lan"


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def send(workspace: Workspace, name: str, data: bytes) -> Outcome:
    (workspace.inbox / name).write_bytes(data)
    return ingest(Workspace(workspace.root), Request(workers=1))


def book(*spare: list[object], title: str = "Báo cáo tháng 8 năm 2026", **cells: object) -> bytes:
    """One hospital's month, below `spare` rows, so that its cells stand elsewhere."""
    return xlsx(Sheet([*spare, facility(1, "Bệnh viện Quận 1", changed(**cells))], title=("", title)))


def decide(workspace: Workspace, folder: Path, *decisions: tuple[str, str, str]) -> Applied:
    """The list as written, filled in: (a part of the row's words, decision, value)."""
    path = folder / "can-xem.xlsx"
    listed = decision_list(Workspace(workspace.root), Wanted(), "vi")
    path.write_bytes(render.decision_book(listed, (), "vi"))
    page = (opened := openpyxl.load_workbook(path)).worksheets[0]
    heads = [cell.value for cell in page[5]]
    columns = [heads.index(name) + 1 for name in ("Quyết định", "Sửa thành", "Lý do")]
    for wanted, decision, value in decisions:
        (row,) = (row for row in page.iter_rows(min_row=6) if any(wanted in str(cell.value) for cell in row))
        for column, text in zip(columns, (decision, value, "gọi điện"), strict=True):
            page.cell(row[0].row, column, text)
    opened.save(path)
    return apply(Workspace(workspace.root), path, WHO)


def told(outcome: Outcome | None) -> list[tuple[str, str]]:
    assert outcome
    return [
        (found.code, found.cell)
        for _, reading in outcome.judged
        for found in reading.findings
        if found.code not in ("SHEET_NOT_READ", "IGNORED_ROW")
    ]


def current(workspace: Workspace, element: str) -> list[tuple[object, ...]]:
    sql = f"select cast(value as int), status, text from current_observations where element = '{element}'"
    return [tuple(cell.value for cell in row) for row in query(Workspace(workspace.root), sql).rows]


def still_open(workspace: Workspace) -> list[str]:
    table = findings(Workspace(workspace.root), Wanted(), "vi")
    at = [column.key for column in table.columns].index("code")
    return [str(row[at].value) for row in table.rows]


SECOND = facility(1, "Bệnh viện Quận 2")


def test_a_kept_figure_is_not_asked_about_in_another_file_wherever_it_stands_there(
    workspace: Workspace, tmp_path: Path
) -> None:
    send(workspace, "a.xlsx", book(outpatient_visits_female=1300))
    decide(workspace, tmp_path, ("PART_EXCEEDS", "giữ", ""))
    outcome = send(workspace, "b.xlsx", book(SECOND, outpatient_visits_female=1300, xrays=601))
    assert told(outcome) == [("DECIDED_BEFORE", "G8")]
    (found,) = (one for one in outcome.judged[0][1].findings if one.code == "DECIDED_BEFORE")
    assert (found.params["who"], found.params["reason"], found.text) == (WHO, "gọi điện", "1300")
    assert still_open(workspace) == []
    # and in the file after that, though nothing was decided on the one before it
    assert told(send(workspace, "c.xlsx", book(outpatient_visits_female=1300, xrays=602))) == [("DECIDED_BEFORE", "G7")]


@pytest.mark.parametrize(
    "cells",
    [
        {"outpatient_visits_female": 1301},
        {"outpatient_visits_insured": 1300},
        # the same part of another total is another question
        {"outpatient_visits_female": 1300, "outpatient_visits": 1100},
    ],
)
def test_another_figure_is_asked_about(workspace: Workspace, tmp_path: Path, cells: dict[str, object]) -> None:
    send(workspace, "a.xlsx", book(outpatient_visits_female=1300))
    decide(workspace, tmp_path, ("PART_EXCEEDS", "giữ", ""))
    assert [code for code, _ in told(send(workspace, "b.xlsx", book(**cells)))] == ["PART_EXCEEDS_TOTAL"]


def test_another_month_and_another_facility_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "a.xlsx", book(outpatient_visits_female=1300))
    decide(workspace, tmp_path, ("PART_EXCEEDS", "giữ", ""))
    july = book(title="Báo cáo tháng 7 năm 2026", outpatient_visits_female=1300)
    other = xlsx(Sheet([facility(1, "Bệnh viện Quận 2", changed(outpatient_visits_female=1300))]))
    assert ("PART_EXCEEDS_TOTAL", "G7") in told(send(workspace, "b.xlsx", july))
    assert ("PART_EXCEEDS_TOTAL", "G8") in told(send(workspace, "c.xlsx", other))


@pytest.mark.parametrize(("decision", "value", "stored"), [("theo gợi ý", "", 63), ("sửa thành", "1.063", 1063)])
def test_a_correction_holds_for_the_same_text_and_gives_way_to_another(
    workspace: Workspace, tmp_path: Path, decision: str, value: str, stored: int
) -> None:
    send(workspace, "a.xlsx", book(lab_tests="63 ca"))
    decide(workspace, tmp_path, ("NOT_A_NUMBER", decision, value))
    assert told(send(workspace, "b.xlsx", book(SECOND, lab_tests="63 ca"))) == [("DECIDED_BEFORE", "R8")]
    assert (stored, "corrected", "63 ca") in current(workspace, "lab_tests")
    send(workspace, "c.xlsx", book(lab_tests=64))
    assert (64, "accepted", None) in current(workspace, "lab_tests")
    assert told(send(workspace, "d.xlsx", book(lab_tests="65 ca"))) == [("NOT_A_NUMBER", "R7")]


def test_what_was_returned_and_comes_back_the_same_is_asked_again(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "a.xlsx", book(outpatient_visits_female=1300))
    decide(workspace, tmp_path, ("PART_EXCEEDS", "trả lại", ""))
    again = send(workspace, "b.xlsx", book(SECOND, outpatient_visits_female=1300))
    assert told(again) == [("PART_EXCEEDS_TOTAL", "G8")]


def test_what_was_returned_can_be_decided_otherwise(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "a.xlsx", book(outpatient_visits_female=1300, lab_tests="63 ca"))
    decide(workspace, tmp_path, ("PART_EXCEEDS", "trả lại", ""), ("NOT_A_NUMBER", "trả lại", ""))
    assert still_open(workspace) == ["RETURNED", "RETURNED"]
    with pytest.raises(DecisionFaults):
        decide(workspace, tmp_path, ("› R7", "giữ", ""))
    decide(workspace, tmp_path, ("› G7", "giữ", ""), ("› R7", "theo gợi ý", ""))
    assert still_open(workspace) == []
    assert current(workspace, "outpatient_visits_female") == [(1300, "accepted", None)]
    assert current(workspace, "lab_tests") == [(63, "corrected", "63 ca")]


def test_of_a_report_that_was_returned_nothing_counts(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "0.xlsx", month(0, figures(0)))
    send(workspace, "1.xlsx", month(1, figures(0)))
    decide(workspace, tmp_path, ("SAME_AS", "trả lại", ""))
    counted = "select distinct period from current_observations where value is not null"
    assert [row[0].value for row in query(Workspace(workspace.root), counted).rows] == ["2023-01"]
    assert still_open(workspace) == ["RETURNED"]
    decide(workspace, tmp_path, ("trả lại", "giữ", ""))
    assert len(query(Workspace(workspace.root), counted).rows) == 2


def test_a_decision_of_an_older_version_holds_for_its_own_file(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "a.xlsx", book(outpatient_visits_female=1300))
    old = list(schema.OPTIONAL["decisions"])[:11]
    before = columns.SCHEMAS["decisions"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(columns.SCHEMAS, "decisions", before.empty_table().select(old).schema)
        run = decide(workspace, tmp_path, ("PART_EXCEEDS", "giữ", "")).outcome
    assert run
    stored = workspace.data / "processed" / "runs" / f"{run.run:09d}" / "decisions.parquet"
    assert pq.read_schema(stored).names == old
    send(workspace, "b.xlsx", book(lab_tests="63 ca", outpatient_visits_female=1300))
    assert sorted(still_open(workspace)) == ["NOT_A_NUMBER", "PART_EXCEEDS_TOTAL"]
    decide(workspace, tmp_path, ("NOT_A_NUMBER", "theo gợi ý", ""), ("PART_EXCEEDS", "giữ", ""))
    rows = query(Workspace(workspace.root), "select code, element, text from decisions order by run, code").rows
    assert [tuple(cell.value for cell in row) for row in rows] == [
        ("PART_EXCEEDS_TOTAL", None, None),
        ("NOT_A_NUMBER", "lab_tests", "63 ca"),
        ("PART_EXCEEDS_TOTAL", "outpatient_visits_female", "1300"),
    ]


def months(workspace: Workspace, wrong: list[int]) -> Outcome:
    """Half a year of figures no two alike, and a seventh month."""
    for number in range(6):
        send(workspace, f"{number}.xlsx", month(number, figures(number)))
    return send(workspace, "6.xlsx", month(6, wrong))


def month(number: int, said: list[int]) -> bytes:
    rows = [facility(1, "Bệnh viện Quận 1", said)]
    return xlsx(Sheet(rows, title=("", f"Báo cáo tháng {number + 1} năm 2023")))


@pytest.mark.parametrize(
    ("decision", "stored"),
    [("theo gợi ý", (figures(6)[16], "corrected")), ("trả lại", (None, "quarantined")), ("giữ", None)],
)
def test_what_history_questions_is_decided_like_any_figure(
    workspace: Workspace, tmp_path: Path, decision: str, stored: tuple[int | None, str] | None
) -> None:
    wrong = figures(6)
    wrong[16] *= 10
    assert [code for code, _ in told(months(workspace, wrong))] == ["SCALE"]
    decide(workspace, tmp_path, ("SCALE", decision, ""))
    sql = "select cast(value as int), status from current_observations where period = '2023-07' and cell = 'S7'"
    rows = query(Workspace(workspace.root), sql).rows
    assert tuple(cell.value for cell in rows[0]) == (stored or (wrong[16], "accepted"))
    resent = [*wrong]
    resent[3] += 1
    expected = "SCALE" if decision == "trả lại" else "DECIDED_BEFORE"
    assert [code for code, _ in told(send(workspace, "lại.xlsx", month(6, resent)))] == [expected]


@pytest.fixture
def slow_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written beside the rules is written before they have answered."""
    history = Store.history

    def slow(store: Store, asked: Asked) -> History | None:
        time.sleep(0.3)
        return history(store, asked)

    monkeypatch.setattr(Store, "history", slow)


@pytest.mark.usefixtures("slow_history")
def test_figures_that_a_decision_may_change_wait_for_what_history_says(workspace: Workspace, tmp_path: Path) -> None:
    wrong = figures(6)
    wrong[16] *= 10
    months(workspace, wrong)
    decide(workspace, tmp_path, ("SCALE", "theo gợi ý", ""))
    resent = [*wrong]
    resent[3] += 1
    assert told(send(workspace, "lại.xlsx", month(6, resent))) == [("DECIDED_BEFORE", "S7")]
    sql = "select run, cast(value as int) from observations where period = '2023-07' and cell = 'S7' order by run"
    stored = [tuple(cell.value for cell in row) for row in query(Workspace(workspace.root), sql).rows]
    assert stored == [(7, wrong[16]), (8, figures(6)[16]), (9, figures(6)[16])]


def test_a_whole_report_is_kept_for_the_figures_that_were_kept(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "0.xlsx", month(0, figures(0)))
    assert told(send(workspace, "1.xlsx", month(1, figures(0)))) == [("SAME_AS_LAST_MONTH", "")]
    decide(workspace, tmp_path, ("SAME_AS", "giữ", ""))
    same = xlsx(Sheet([facility(1, "Bệnh viện Quận 1", figures(0))], title=("bản sao", "Báo cáo tháng 2 năm 2023")))
    assert told(send(workspace, "2.xlsx", same)) == [("DECIDED_BEFORE", "")]
    mended = [*figures(0)]
    mended[4] += 1
    assert told(send(workspace, "3.xlsx", month(1, mended))) == [("SAME_AS_LAST_MONTH", "")]


HEADER = "facility,period,element,value\n"


def test_cells_alike_are_decided_in_one_row(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(longdraft, "MOST_ALIKE", 2)
    said = ["11 ca", "12 ca", "13 ca", "nhiều", "15 ca"]
    lines = [f"79001,2026-0{month},xrays,{text}\n" for month, text in enumerate(said, start=1)]
    send(workspace, "dai.csv", (HEADER + "".join(lines)).encode())
    assert sorted(still_open(workspace)) == ["MORE_ALIKE", "NOT_A_NUMBER", "NOT_A_NUMBER"]
    with pytest.raises(DecisionFaults) as refused:
        decide(workspace, tmp_path, ("trong đó 2 ô", "giữ", ""))
    assert "thay cho nhiều ô" in refused.value.faults[0].sentence("vi")
    decide(workspace, tmp_path, ("› D2", "sửa thành", "14"), ("trong đó 2 ô", "theo gợi ý", ""))
    values = [row[:2] for row in current(workspace, "xrays")]
    assert values == [(14, "corrected"), (12, "corrected"), (13, "corrected"), (15, "corrected")]
    assert still_open(workspace) == ["MORE_ALIKE"], "one cell has no suggestion"
    decide(workspace, tmp_path, ("trong đó 0 ô", "trả lại", ""))
    assert still_open(workspace) == ["RETURNED", "RETURNED"]


def test_cells_alike_are_put_aside_by_a_file_that_says_them_all_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(longdraft, "MOST_ALIKE", 1)
    other = "79002,2026-01,ct_scans,5\n"
    lines = "".join(f"79001,2026-0{month},xrays,{{}}\n" for month in (1, 2, 3))
    send(workspace, "dai.csv", (HEADER + other + lines.format("x y", "x y", "x y")).encode())
    assert sorted(still_open(workspace)) == ["MORE_ALIKE", "NOT_A_NUMBER"]
    send(workspace, "một.csv", (HEADER + "79001,2026-01,xrays,1\n").encode())
    assert still_open(workspace) == ["MORE_ALIKE"]
    send(workspace, "hai.csv", (HEADER + lines.format(1, 2, 3)).encode())
    assert still_open(workspace) == []


def raise_to_error(workspace: Workspace, code: str) -> None:
    forms = workspace.root / "pipelines" / "forms"
    forms.mkdir(exist_ok=True)
    shipped = (Path(__file__).parents[2] / "pipelines" / "forms" / "bieu9.toml").read_text("utf-8")
    (forms / "bieu9.toml").write_text(shipped.replace("[severity]\n", f'[severity]\n{code} = "error"\n'), "utf-8")


def counted(workspace: Workspace, period: str) -> int:
    sql = f"select count(value) from current_observations where period = '{period}'"
    return int(str(query(Workspace(workspace.root), sql).rows[0][0].value))


@pytest.mark.usefixtures("slow_history")
def test_a_form_may_keep_out_what_history_questions(workspace: Workspace, tmp_path: Path) -> None:
    raise_to_error(workspace, "SCALE")
    wrong = figures(6)
    wrong[16] *= 10
    months(workspace, wrong)
    assert (counted(workspace, "2023-06"), counted(workspace, "2023-07")) == (21, 20)
    decide(workspace, tmp_path, ("SCALE", "giữ", ""))
    assert (counted(workspace, "2023-07"), still_open(workspace)) == (21, [])


def test_a_form_may_keep_out_a_whole_report(workspace: Workspace, tmp_path: Path) -> None:
    raise_to_error(workspace, "SAME_AS_LAST_MONTH")
    send(workspace, "0.xlsx", month(0, figures(0)))
    send(workspace, "1.xlsx", month(1, figures(0)))
    assert counted(workspace, "2023-02") == 0
    decide(workspace, tmp_path, ("SAME_AS", "giữ", ""))
    assert (counted(workspace, "2023-02"), still_open(workspace)) == (21, [])


def test_a_form_may_raise_its_own_rules_and_no_code_that_nothing_raises(workspace: Workspace) -> None:
    raise_to_error(workspace, "PART_EXCEEDS_TOTAL")
    outcome = send(workspace, "a.xlsx", book(outpatient_visits_female=1300))
    assert [found.severity for found in outcome.judged[0][1].findings] == ["error"]
    assert outcome.counts.quarantined == 1
    raise_to_error(workspace, "NOT_A_NUMBER")
    with pytest.raises(DefinitionFaults) as refused:
        send(workspace, "b.xlsx", book())
    (fault,) = refused.value.faults
    assert "severity.NOT_A_NUMBER" in fault.sentence("vi")
    assert "SCALE_OF_REPORT" in fault.sentence("en")
