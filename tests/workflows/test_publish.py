"""publish and -o: the files asked for, whole, the same on another day."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from healthstats.domain.period import Period
from healthstats.errors import UsageError
from healthstats.workflows.publish import Wanted, find_formats, publish
from healthstats.workflows.workspace import Workspace
from tests.workflows.conftest import Holding, MakeWorkspace
from tests.workflows.terminal import run, take_in
from tests.workflows.test_commands import GOOD, REGISTER

YEAR = Period("year", 2026)
PLANS = "facility,area,indicator,period,value,source\n,VN,outpatient_visits,2026,9600,QĐ 1\n"


@pytest.fixture
def workspace(holding: Holding) -> Workspace:
    return holding(REGISTER, GOOD)


def test_one_command_makes_page_and_workbook(workspace: Workspace, tmp_path: Path) -> None:
    done = run("-w", workspace.root, "publish", "annual", "2026", "--to", "html,xlsx", "-o", tmp_path / "out")
    assert done.returncode == 0
    names = ["annual-2026.html", "annual-2026.xlsx"]
    assert done.stdout.splitlines() == [str(tmp_path / "out" / name) for name in names]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


def test_a_year_that_is_not_over_is_shown_and_published_with_its_estimate(
    make_workspace: MakeWorkspace, tmp_path: Path
) -> None:
    made = make_workspace(REGISTER)
    assert take_in(made, GOOD, "BC T8.xlsx", "--received", "2026-09-04").returncode == 0
    for asked in (("2026",), ()):
        shown = run("-w", made.root, "show", "growth", *asked, "--estimate", "--indicator", "outpatient_visits")
        assert (shown.returncode, "Ước năm 2026" in shown.stdout, "TH 8 tháng" in shown.stdout) == (0, True, True)
        # August's 1.200, and as much in each of the eleven months that are missing
        assert "14.400" in shown.stdout
    annex = run("-w", made.root, "show", "annex", "2026", "--estimate", "--format", "csv")
    assert "outpatient_visits,1,Lượt khám chữa bệnh ngoại trú,lượt,,,14400," in annex.stdout
    refused = run("-w", made.root, "show", "coverage", "2026", "--estimate")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    done = run("-w", made.root, "publish", "annual", "2026", "--estimate", "--to", "html,xlsx", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "annual-2026-estimate.html",
        "annual-2026-estimate.xlsx",
    ]


def test_a_list_without_a_period_is_that_of_the_newest_year(workspace: Workspace) -> None:
    for name in ("coverage", "missing", "growth"):
        assert "2026" in run("-w", workspace.root, "show", name).stdout


def test_an_old_file_taken_in_last_makes_the_figures_no_older(workspace: Workspace, tmp_path: Path) -> None:
    before = publish(workspace, Wanted("annual", YEAR, folder=tmp_path / "a"), "vi")[0].read_text("utf-8")
    (tmp_path / "cũ.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert run("-w", workspace.root, "ingest", tmp_path / "cũ.png", "--received", "2020-01-02").returncode == 11
    after = publish(workspace, Wanted("annual", YEAR, folder=tmp_path / "b"), "vi")[0].read_text("utf-8")
    (day,) = set(re.findall(r"Số liệu đến lần nhận 1, ngày ([0-9/]+)", before))
    assert f"Số liệu đến lần nhận 2, ngày {day}" in after


def test_an_english_workbook_stands_beside_the_vietnamese_one(workspace: Workspace, tmp_path: Path) -> None:
    found = [publish(workspace, Wanted("annual", YEAR, ("xlsx",), tmp_path), lang) for lang in ("vi", "en")]
    names = [openpyxl.load_workbook(path).sheetnames[0] for (path,) in found]
    assert names == ["Mục lục", "Contents"]


def test_a_plan_of_the_register_stands_in_the_annex(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.root / "pipelines" / "registers" / "plans.csv").write_text(PLANS, "utf-8")
    out = tmp_path / "phu luc.xlsx"
    assert run("-w", workspace.root, "show", "annex", "2026", "-o", out).returncode == 0
    sheet = openpyxl.load_workbook(BytesIO(out.read_bytes())).worksheets[0]
    assert sheet.title == "Phụ lục"
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Lượt khám chữa bệnh ngoại trú")
    assert (row[0], row[4]) == ("1", 9600)


@pytest.mark.parametrize("text", ["", "pdf", "html,pdf", ","])
def test_a_format_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        find_formats(text)


def test_formats_are_read_as_people_write_them() -> None:
    assert find_formats("XLSX, html,xlsx") == ("xlsx", "html")


def test_what_cannot_be_published_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    refused = run("-w", workspace.root, "publish", "annual", "2026", "--to", "html,pdf", "-o", tmp_path / "out")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "out").exists()
