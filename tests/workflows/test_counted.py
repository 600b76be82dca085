"""A sheet in thousands: what is corrected on the list, or in the marked workbook, is typed as the sheet counts."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx

from .conftest import MakeWorkspace
from .terminal import run, take_in
from .test_decisions import apply, decided, query

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n"
VISITS = "select cast(value as int), status from current_observations where element = 'outpatient_visits'"
PLAIN, THOUSANDS = "Đơn vị tính: lượt", "Đơn vị tính: nghìn lượt"


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    """One whose Biểu 9 may count visits in thousands."""
    made = make_workspace(REGISTER)
    form = made.root / "pipelines" / "forms" / "bieu9.toml"
    form.parent.mkdir(exist_ok=True)
    shipped = Path(__file__).parents[2] / "pipelines" / "forms" / "bieu9.toml"
    form.write_text('title_units = ["nghìn lượt"]\n' + shipped.read_text("utf-8"), "utf-8")
    return made


def sent(unit: str, visits: object) -> bytes:
    small = {
        name: 0
        for name in ("female", "insured", "traditional", "under15")
        for name in (f"outpatient_visits_{name}", f"inpatient_stays_{name}")
    }
    rows = [facility(1, "Bệnh viện Quận 1", changed(outpatient_visits=visits, inpatient_stays=1, **small))]
    return xlsx(Sheet(rows, title=("Báo cáo tháng 8 năm 2026", unit)))


@pytest.mark.parametrize(
    ("unit", "cell", "decision", "stored"),
    [
        (THOUSANDS, "12 ca", ("sửa thành", "12,5"), 12_500),
        (THOUSANDS, "12 ca", ("sửa thành", 12.345), 12_345),
        (THOUSANDS, "12,5 ca", ("theo gợi ý", ""), 12_500),
        (PLAIN, "12 ca", ("sửa thành", "12.500"), 12_500),
        (PLAIN, "12 ca", ("theo gợi ý", ""), 12),
    ],
)
def test_a_correction_is_typed_as_its_sheet_counts(
    workspace: Workspace, tmp_path: Path, unit: str, cell: str, decision: tuple[str, str], stored: int
) -> None:
    take_in(workspace, sent(unit, cell))
    assert query(workspace, VISITS) == [["", "quarantined"]]
    path = decided(workspace, tmp_path, (cell, *decision, "gọi điện"))
    assert apply(workspace, path) == 0
    assert query(workspace, VISITS) == [[str(stored), "corrected"]]
    # the same list once more is known, in the unit that it was typed in
    assert "Không có quyết định nào mới" in run("-w", workspace.root, "findings", "--apply", path).stderr


def test_what_says_no_number_of_the_sheet_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    take_in(workspace, sent(THOUSANDS, "12 ca"))
    for typed in ("12,50001", "12.345", "0,0001"):
        assert apply(workspace, decided(workspace, tmp_path, ("12 ca", "sửa thành", typed, ""))) == 2
    assert query(workspace, VISITS) == [["", "quarantined"]]


def test_the_list_and_the_marked_workbook_say_what_to_type(workspace: Workspace, tmp_path: Path) -> None:
    take_in(workspace, sent(THOUSANDS, "1234 ca"))
    page = openpyxl.load_workbook(decided(workspace, tmp_path)).active
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any("trang tính bằng nghìn thì ghi bằng nghìn" in text for text in texts)
    assert any(text.endswith("trong tệp: “1234 ca” · trang tính bằng nghìn") for text in texts)
    assert "1234" in texts

    folder = tmp_path / "marked"
    assert run("-w", workspace.root, "findings", "--mark", folder).returncode == 0
    (path,) = folder.iterdir()
    book = openpyxl.load_workbook(path)
    (cell,) = [cell for row in book["Bieu 9"].iter_rows() for cell in row if cell.comment]
    assert cell.comment.text.endswith("trang tính bằng nghìn\nGợi ý: 1234")
    cell.value = 1234
    book.save(tmp_path / "sua.xlsx")
    assert run("-w", workspace.root, "ingest", tmp_path / "sua.xlsx").returncode == 0
    assert query(workspace, VISITS) == [["1234000", "accepted"]]


@pytest.mark.parametrize(("unit", "stored"), [(THOUSANDS, ["12500", "corrected"]), (PLAIN, ["", "quarantined"])])
def test_the_same_text_in_another_unit_is_asked_anew(
    workspace: Workspace, tmp_path: Path, unit: str, stored: list[str]
) -> None:
    take_in(workspace, sent(THOUSANDS, "12 ca"))
    assert apply(workspace, decided(workspace, tmp_path, ("12 ca", "sửa thành", "12,5", "gọi điện"))) == 0
    take_in(workspace, again(unit))
    assert query(workspace, VISITS) == [stored]


def again(unit: str) -> bytes:
    """The file once more in other bytes, as a corrected one comes."""
    book = openpyxl.load_workbook(io.BytesIO(sent(unit, "12 ca")))
    book.active["A40"] = "bản gửi lại"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
