"""alias as a person meets it: the names that wait, one of them written down, the file taken in without being resent."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthstats.definitions import load
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import HEADER, NUMBERS, Sheet, facility, xlsx

from .conftest import MakeWorkspace
from .terminal import run, take_in

REGISTER = (
    "facility,name,area,valid_from\n"
    "79001,Bệnh viện Quận 1,79,2020-01-01\n"
    "79002,Bệnh viện Quận 11,79,2020-01-01\n"
    "79003,Trạm y tế Tân Phú,79,2020-01-01\n"
    "79004,Trạm y tế Tân Phú,79,2020-01-01\n"
)


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def aliases(workspace: Workspace) -> list[str]:
    return (workspace.root / "pipelines/registers/aliases.csv").read_text("utf-8").splitlines()


def test_a_name_that_waits_is_listed_written_down_and_taken_in(workspace: Workspace) -> None:
    assert take_in(workspace, xlsx(Sheet([facility(1, "BV Đa khoa Q.Một")]))).returncode == 11
    (row,) = run("-w", workspace.root, "alias", "--format", "csv").stdout.splitlines()[1:]
    assert row.startswith("BV Đa khoa Q.Một,1,")
    written = run("-w", workspace.root, "alias", "Bệnh viện Quận 1", "BV Đa khoa Q.Một")
    assert (written.returncode, "ingest --retry" in written.stderr) == (0, True)
    assert aliases(workspace) == ["facility,alias", "79001,BV Đa khoa Q.Một"]
    assert run("-w", workspace.root, "ingest", "--retry").returncode == 0
    assert run("-w", workspace.root, "alias", "--format", "csv").stdout.splitlines()[1:] == []
    values = run("-w", workspace.root, "query", "select distinct facility from current_observations", "--format", "csv")
    assert values.stdout.splitlines()[1:] == ["79001"]


def test_the_nearest_are_three_at_most_with_their_scores(workspace: Workspace) -> None:
    take_in(workspace, xlsx(Sheet([facility(1, "Bệnh viện Quận")])))
    (row,) = run("-w", workspace.root, "alias", "--format", "csv").stdout.splitlines()[1:]
    suggestions = row.split(",")[2].split("; ")
    assert len(suggestions) <= 3
    assert all(near.endswith(")") and near.rpartition("(")[2][:-1].isdigit() for near in suggestions)


def test_the_code_and_the_name_that_waited_may_be_written_down_together(workspace: Workspace) -> None:
    header = [["Mã CSKCB"], [""], [""]]
    sheet = Sheet(
        [[*facility(1, "BV Quận Nhất"), "99001"]],
        header=[[*row, *cell] for row, cell in zip(HEADER, header, strict=True)],
        numbers=[*NUMBERS, ""],
    )
    take_in(workspace, xlsx(sheet))
    assert run("-w", workspace.root, "alias", "--format", "csv").stdout.splitlines()[1].startswith("99001 BV Quận Nhất")
    run("-w", workspace.root, "alias", "79001", "99001 BV Quận Nhất")
    assert run("-w", workspace.root, "ingest", "--retry").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("79001", "Bệnh viện Quận 11"), "79002 Bệnh viện Quận 11"),
        (("79001", "79002"), "79002 Bệnh viện Quận 11"),
        (("79001", "Trạm y tế Tân Phú"), "79003 Trạm y tế Tân Phú; 79004"),
        (("Trạm y tế Tân Phú", "TYT"), "hơn một cơ sở"),
        (("79009", "TYT"), "Không có cơ sở “79009”"),
        (("79001", " "), "để trống"),
        (("79001", "BV\nQ1"), "xuống dòng"),
        (("79001",), "Thiếu tên"),
        (("--area", "Hồ Chí Minh", "Cần Thơ"), "92 Thành phố Cần Thơ"),
        (("--area", "Atlantis", "A"), "Không có địa bàn"),
    ],
)
def test_an_alias_that_would_lead_astray_is_refused_in_one_line(
    workspace: Workspace, arguments: tuple[str, ...], told: str
) -> None:
    result = run("-w", workspace.root, "alias", *arguments)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert told in result.stderr
    assert aliases(workspace) == ["facility,alias"]


def test_a_name_that_leads_there_already_is_not_written_twice(workspace: Workspace) -> None:
    for _ in range(2):
        assert run("-w", workspace.root, "alias", "79001", "BV Q1 cũ").returncode == 0
    assert aliases(workspace) == ["facility,alias", "79001,BV Q1 cũ"]


def test_an_alias_of_an_area_holds_for_the_name(workspace: Workspace, tmp_path: Path) -> None:
    assert run("-w", workspace.root, "alias", "--area", "Hồ Chí Minh", "Sài Gòn").returncode == 0
    written = [(alias.name, alias.alias) for alias in load(workspace.root).area_aliases]
    assert ("Thành phố Hồ Chí Minh", "Sài Gòn") in written
    assert run("-w", workspace.root, "alias", "--area", "Hồ Chí Minh", "TP Sài Gòn").returncode == 0
    assert ("Thành phố Hồ Chí Minh", "TP Sài Gòn") not in written
