"""What a proposal makes of columns that are not those of a plain table of a known form."""

from __future__ import annotations

import re
from collections.abc import Sequence

import openpyxl
import pytest

from healthstats.intake import Hints
from healthstats.workflows.install_form import install_form
from healthstats.workflows.propose_form import propose_forms
from healthstats.workflows.workspace import Workspace
from tests.submissions.bands import Page, book_xlsx, paths_of
from tests.submissions.bieu9 import FIGURES, definitions, facility

from .conftest import MakeWorkspace
from .test_proposed_forms import REGISTER, SCREENS, own_blank, proposed, put, reviewed, stored, take_in


def test_figures_that_mean_no_element_stand_as_remarks_with_the_cell_of_their_heading(
    make_workspace: MakeWorkspace,
) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "BV.xlsx", own_blank(2026, more=("Số tủ lạnh",)))
    assert drafted.path
    text = drafted.path.read_text("utf-8")
    (remark,) = [line for line in text.splitlines() if '"?"' in line]
    heading = re.match(r'  # \["\?", "Số tủ lạnh"\],  # ô ([A-Z]+)(\d+): ', remark)
    assert heading
    sheet = openpyxl.load_workbook(workspace.inbox / "BV.xlsx").worksheets[0]
    (column,) = [cell.column_letter for row in sheet.iter_rows() for cell in row if cell.value == "Số tủ lạnh"]
    assert heading[1] == column
    # a person who knows what it means takes off the remark
    install_form(Workspace(workspace.root), reviewed(drafted.path, ('# ["?", ', '["ct_scans", ')))
    outcome = take_in(workspace, paths=(workspace.inbox / "BV.xlsx",), hints=Hints("bieu9"))
    assert outcome.counts.accepted == 2 * len(FIGURES)


def test_the_same_in_english(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    path = put(workspace, "BV.xlsx", own_blank(2026, more=("Số tủ lạnh",)))
    outcome = take_in(workspace, paths=(path,))
    (drafted,) = propose_forms(Workspace(workspace.root), outcome.judged, "en")
    assert drafted.path
    head, *lines = drafted.path.read_text("utf-8").splitlines()
    assert head.startswith("# Proposed by the program from BV.xlsx › ")
    assert [line for line in lines if "it means no known element" in line]
    install_form(Workspace(workspace.root), reviewed(drafted.path))


def wide(periods: Sequence[str], *, total: bool = True) -> bytes:
    """Two hospitals, two figures a period side by side, and their sum over the periods."""
    heads = [*periods, *(["Cộng"] if total else [])]
    paths = [("STT",), ("Tên đơn vị",), *((head, label) for head in heads for label in ("Số trẻ", "Số mũi"))]
    rows: list[list[object]] = []
    for number in (1, 2):
        figures = [number * 10 + at for at in range(2 * len(periods))]
        sums = [sum(figures[::2]), sum(figures[1::2])] if total else []
        rows.append([number, f"Bệnh viện Quận {number}", *figures, *sums])
    return book_xlsx(Page(paths, rows, title=("Tiêm chủng năm 2025", "")))


@pytest.mark.parametrize(
    ("periods", "placeholder", "frequency", "found"),
    [
        (("Tháng 1", "Tháng 2", "Tháng 3"), "{month}", "month", ["2025-01", "2025-02", "2025-03"]),
        (("T10", "T11", "T12"), "{month}", "month", ["2025-10", "2025-11", "2025-12"]),
        (("Quý I", "Quý II"), "{quarter}", "quarter", ["2025-Q1", "2025-Q2"]),
        (("2023", "2024"), "{year}", "year", ["2023", "2024"]),
    ],
)
def test_periods_side_by_side_are_one_column_of_the_form(
    make_workspace: MakeWorkspace, periods: Sequence[str], placeholder: str, frequency: str, found: list[str]
) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "Tiem.xlsx", wide(periods))
    assert drafted.path
    text = drafted.path.read_text("utf-8")
    assert f'["so_tre", "{placeholder}", "Số trẻ"]' in text
    assert '["total.so_tre", "Cộng", "Số trẻ"]' in text
    assert f'frequency = "{frequency}"' in text
    assert text.count("\n[[element]]") == 2
    install_form(Workspace(workspace.root), reviewed(drafted.path))
    outcome = take_in(workspace, retry=True)
    assert [(reading.verdict, reading.counts.accepted) for _, reading in outcome.judged] == [
        ("accepted", 4 * len(periods))
    ]
    sql = "select distinct period from current_observations order by 1"
    assert [period for (period,) in stored(workspace, sql)] == found


def test_two_columns_that_only_sound_like_months_stay_two(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "Tiem.xlsx", wide(("T1", "T2"), total=False))
    assert drafted.path
    assert "{month}" not in drafted.path.read_text("utf-8")


CSV = "Tên đơn vị;Kỳ;Số trẻ tiêm chủng;Số mũi tiêm\nBệnh viện Quận 1;T8/2026;10;12\nBệnh viện Quận 2;T8/2026;20;25\n"


def test_a_csv_of_no_form_is_proposed_and_taken_in(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "tiem.csv", CSV.encode())
    assert (drafted.why, drafted.layout_of) == ("", "")
    assert drafted.path
    installed = install_form(Workspace(workspace.root), reviewed(drafted.path))
    outcome = take_in(workspace, paths=(workspace.inbox / "tiem.csv",), hints=Hints(installed.form))
    assert [(reading.verdict, reading.counts.accepted) for _, reading in outcome.judged] == [("accepted", 4)]


def test_a_known_form_that_lacks_a_column_is_proposed_as_a_layout(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    paths = [path for at, path in enumerate(paths_of(definitions().forms["bieu9"])) if at != SCREENS]
    row = [one for at, one in enumerate(facility(1, "Bệnh viện Quận 1")) if at != SCREENS]
    path = put(workspace, "T8.xlsx", book_xlsx(Page(paths, [row], title=("Báo cáo tháng 8 năm 2026",))))
    outcome = take_in(workspace, paths=(path,))
    assert [finding.code for _, reading in outcome.judged for finding in reading.findings] == ["MISSING_COLUMN"]
    (drafted,) = propose_forms(Workspace(workspace.root), outcome.judged, "vi")
    assert (drafted.why, drafted.layout_of) == ("", "bieu9")
    assert drafted.path
    install_form(Workspace(workspace.root), reviewed(drafted.path))
    assert take_in(workspace, retry=True).counts.accepted == len(FIGURES) - 1
