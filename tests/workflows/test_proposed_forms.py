"""A file that fits no form: a definition is proposed, a person looks it over, and then it is one of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from healthstats.errors import DefinitionFaults, UsageError
from healthstats.intake import Hints
from healthstats.workflows.ingest import ingest
from healthstats.workflows.install_form import install_form
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.propose_form import Drafted, propose_forms
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace
from tests.submissions.bands import Page, book_xlsx, paths_of
from tests.submissions.bieu9 import FIGURES, Sheet, definitions, facility, xlsx

from .conftest import MakeWorkspace

ENGLAND = (
    Path(__file__).parents[2] / "shared" / "data" / "real" / "MAR_Prov-Web-file-Apr13_68733-Jul-14-refresh.xls",
    Path(__file__).parents[3] / "shared" / "data" / "real" / "MAR_Prov-Web-file-Apr13_68733-Jul-14-refresh.xls",
)
REGISTER = (
    "facility,name,area,ownership,type,level,valid_from,valid_to,successor,area_before\n"
    "79001,Bệnh viện Quận 1,79,công lập,bệnh viện,,2020-01-01,,,\n"
    "79002,Bệnh viện Quận 2,79,tư nhân,bệnh viện,,2020-01-01,,,\n"
)
WORDS = {
    "TT": "Số thứ tự",
    "Cơ sở y tế": "Tên bệnh viện",
    "Số lượt khám bệnh": "Lượt khám chữa bệnh",
    "Số lượt điều trị nội trú": "Lượt nội trú",
    "Tổng số ngày điều trị nội trú": "Ngày điều trị nội trú",
    "Giường KH": "Giường bệnh kế hoạch",
    "Nữ": "Nữ giới",
}
SCREENS = 20
"""The column of CT scans, which the sender's own blank lacks."""


def take_in(workspace: Workspace, **request: object) -> Outcome:
    return ingest(Workspace(workspace.root), Request(workers=1, **request))  # type: ignore[arg-type]


def put(workspace: Workspace, name: str, data: bytes) -> Path:
    path = workspace.inbox / name
    path.write_bytes(data)
    return path


def proposed(workspace: Workspace, name: str, data: bytes) -> list[Drafted]:
    outcome = take_in(workspace, paths=(put(workspace, name, data),), propose_form=True)
    assert outcome.counts.found == 0  # nothing is stored from a guess
    return propose_forms(Workspace(workspace.root), outcome.judged, "vi")


def reviewed(path: Path, *edits: tuple[str, str]) -> Path:
    text = path.read_text("utf-8")
    for before, after in (("reviewed = false", "reviewed = true"), *edits):
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    return path


def stored(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in query(Workspace(workspace.root), sql).rows]


def own_blank(year: int, *, without: int = SCREENS, more: Sequence[str] = ()) -> bytes:
    """A hospital's own version of Biểu 9: other words, a column less, and `more` of its own."""
    paths = [tuple(WORDS.get(label, label) for label in path) for path in paths_of(definitions().forms["bieu9"])]
    rows: list[Sequence[object]] = [facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 2")]
    kept = [at for at in range(len(paths)) if at != without]
    return book_xlsx(
        Page(
            [*(paths[at] for at in kept), *((label,) for label in more)],
            [[*(row[at] for at in kept), *range(7, 7 + len(more))] for row in rows],
            title=("Sở Y tế", f"Báo cáo tháng 8 năm {year}", ""),
        )
    )


def other_table(*rows: Sequence[object], title: str = "Báo cáo tháng 8 năm 2026") -> bytes:
    paths = [("STT",), ("Tên đơn vị",), ("Tiêm chủng", "Số trẻ"), ("Tiêm chủng", "Số mũi"), ("Tủ lạnh",)]
    return book_xlsx(Page(paths, rows, title=(title, "")))


TABLE = other_table(
    [1, "Bệnh viện Quận 1", 10, 12, 1], [2, "Bệnh viện Quận 2", 20, 25, "-"], ["", "Cộng chung", 30, 37, 1]
)


def test_other_words_for_a_known_form_become_a_layout_of_it(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "BV tu lap 2026.xlsx", own_blank(2026))
    assert (drafted.layout_of, drafted.why) == ("bieu9", "")
    assert drafted.path
    installed = install_form(Workspace(workspace.root), reviewed(drafted.path))
    outcome = take_in(workspace, paths=(workspace.inbox / "BV tu lap 2026.xlsx",), hints=Hints(installed.form))
    (_, reading), *_ = outcome.judged
    assert (reading.verdict, reading.counts.accepted) == ("accepted", 2 * (len(FIGURES) - 1))
    # the next of that kind needs nobody
    take_in(workspace, paths=(put(workspace, "BV tu lap 2025.xlsx", own_blank(2025)),))
    growth = "select value, base_value from growth where indicator = 'outpatient_visits' and period = '2026-08'"
    growth += " and area = 'VN' and group_by = 'all' and comparison = 'prior_year' and boundaries = '2025-07-01'"
    ((value, base),) = stored(workspace, growth)
    assert value == base
    assert value


def test_every_label_of_the_layout_means_the_element_that_it_stood_for(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "BV.xlsx", own_blank(2026))
    assert drafted.path
    install_form(Workspace(workspace.root), reviewed(drafted.path))
    (layout,) = Workspace(workspace.root).definitions.forms["bieu9"].layouts
    wanted = [column.role for column in definitions().forms["bieu9"].editions[0].columns if column.required]
    lacking = paths_of(definitions().forms["bieu9"])[SCREENS][-1]
    assert [column.role for column in layout if column.required] == [
        role for role in wanted if role != {"Số lần chụp CT": "ct_scans", "Số lần chụp MRI": "mri_scans"}.get(lacking)
    ]


def test_a_layout_without_a_column_leaves_what_was_known_of_it(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    whole = Sheet([facility(1, "Bệnh viện Quận 1")], title=("Sở Y tế", "Báo cáo tháng 8 năm 2026"))
    take_in(workspace, paths=(put(workspace, "whole.xlsx", xlsx(whole)),))
    count = "select count(*) from current_observations where facility = '79001'"
    before = stored(workspace, count)
    (drafted,) = proposed(workspace, "BV.xlsx", own_blank(2026))
    assert drafted.path
    install_form(Workspace(workspace.root), reviewed(drafted.path))
    take_in(workspace, retry=True)
    assert stored(workspace, count) == before


def test_a_table_of_its_own_becomes_a_form_with_its_elements_in_one_file(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "Tiem chung.xlsx", TABLE)
    assert (drafted.layout_of, drafted.path) == ("", workspace.root / "pipelines" / "proposed" / "tiem_chung.toml")
    assert drafted.path
    text = drafted.path.read_text("utf-8")
    assert 'total = ["Cộng chung"]' in text
    assert 'zero = ["-"]' in text
    install_form(Workspace(workspace.root), reviewed(drafted.path, ("tiem_chung_so_tre", "children_vaccinated")))
    outcome = take_in(workspace, retry=True)
    assert [(reading.verdict, reading.counts.accepted) for _, reading in outcome.judged] == [("accepted", 6)]
    sql = "select facility, value from current_observations where element = 'children_vaccinated' order by 1"
    assert stored(workspace, sql) == [("79001", 10), ("79002", 20)]


def test_a_guess_that_nobody_looked_at_is_refused_with_all_its_faults(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "Tiem chung.xlsx", TABLE)
    assert drafted.path
    text = drafted.path.read_text("utf-8")
    drafted.path.write_text(text.replace('row = "facility"', 'row = "hospital"').replace('"flow"', '"flux"'), "utf-8")
    with pytest.raises(DefinitionFaults) as refused:
        install_form(Workspace(workspace.root), drafted.path)
    keys = {fault.key for fault in refused.value.faults}
    assert keys == {"error.fault_not_reviewed", "error.fault_choice"}
    assert not list((workspace.root / "pipelines" / "forms").glob("*.toml"))


def test_a_layout_that_nobody_looked_at_is_refused(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "BV.xlsx", own_blank(2026))
    assert drafted.path
    with pytest.raises(DefinitionFaults) as refused:
        install_form(Workspace(workspace.root), drafted.path)
    assert [fault.key for fault in refused.value.faults] == ["error.fault_not_reviewed"]


def test_another_definition_of_that_name_is_not_overwritten(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "Tiem chung.xlsx", TABLE)
    assert drafted.path
    install_form(Workspace(workspace.root), reviewed(drafted.path))
    there = workspace.root / "pipelines" / "forms" / "tiem_chung.toml"
    before = there.read_bytes()
    assert install_form(Workspace(workspace.root), drafted.path).path is None
    drafted.path.write_text(drafted.path.read_text("utf-8") + "# another\n", "utf-8")
    with pytest.raises(UsageError, match="differs"):
        install_form(Workspace(workspace.root), drafted.path)
    assert there.read_bytes() == before


def test_a_trial_run_installs_nothing_and_reads_by_the_definition(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (drafted,) = proposed(workspace, "Tiem chung.xlsx", TABLE)
    assert drafted.path
    tried = install_form(Workspace(workspace.root), reviewed(drafted.path), dry_run=True)
    request = Request(paths=(workspace.inbox / "Tiem chung.xlsx",), hints=Hints(tried.form), dry_run=True, workers=1)
    assert ingest(tried.workspace, request).counts.accepted == 6
    assert not (workspace.root / "pipelines" / "forms" / "tiem_chung.toml").exists()


def test_what_a_person_wrote_into_a_proposal_is_not_proposed_away(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    (first,) = proposed(workspace, "Tiem chung.xlsx", TABLE)
    assert first.path
    first.path.write_text("# của tôi\n", "utf-8")
    (again,) = proposed(workspace, "Tiem chung.xlsx", TABLE)
    assert (again.kept, first.path.read_text("utf-8")) == (True, "# của tôi\n")


LETTER = book_xlsx(
    Page(
        [("Kính gửi: Sở Y tế",)], [["Đơn vị xin báo cáo như sau."], ["Điện thoại: 028 3930 9912"]], title=("Công văn",)
    )
)
PHOTOS = book_xlsx(Page([("STT",), ("Tên ảnh",), ("Ghi chú",)], [[1, "IMG_1.jpg", "cổng"], [2, "IMG_2.jpg", "khoa"]]))
UNOWNED = book_xlsx(Page([("Số trẻ",), ("Số mũi",)], [[10, 12], [20, 25]]))


@pytest.mark.parametrize(
    ("data", "why"),
    [(LETTER, "no_table"), (PHOTOS, "no_table"), (UNOWNED, "no_owner")],
    ids=["letter", "photos", "bare"],
)
def test_a_hopeless_sheet_has_no_proposal_and_says_why(make_workspace: MakeWorkspace, data: bytes, why: str) -> None:
    workspace = make_workspace(REGISTER)
    assert [(one.why, one.path) for one in proposed(workspace, "x.xlsx", data)] == [(why, None)]
    assert not (workspace.root / "pipelines" / "proposed").exists()


@pytest.mark.skipif(not any(file.exists() for file in ENGLAND), reason="the real workbooks are not here")
def test_the_real_workbook_of_another_country(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    file = next(file for file in ENGLAND if file.exists())
    (drafted,) = proposed(workspace, "mar.xls", file.read_bytes())
    assert drafted.path
    edits = [("elective_g_a_total_admissions_ffces", "elective_total"), ("deadline_days = 5", "deadline_days = 45")]
    installed = install_form(Workspace(workspace.root), reviewed(drafted.path, *edits))
    take_in(workspace, paths=(workspace.inbox / "mar.xls",), hints=Hints(installed.form), propose_register=True)
    ((_, reading),) = take_in(workspace, retry=True).judged
    assert (reading.verdict, reading.counts.checked) == ("accepted", 14)
    assert "TOTAL_DIFFERS" not in {finding.code for finding in reading.findings}
    # the printed England row
    sql = "select sum(value) from current_observations where element = 'elective_total'"
    assert stored(workspace, sql) == [(639398,)]
