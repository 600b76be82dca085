"""register import as a person meets it: shown, asked, written; and never written unasked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from healthstats.definitions import load
from healthstats.workflows.workspace import Workspace
from tests.unit.test_lists import xlsx

from .conftest import MakeWorkspace
from .terminal import run

HEADING = ("STT", "Mã CSKCB", "Tên cơ sở", "Địa bàn", "Hình thức sở hữu", "Vùng kinh tế")
A = (1, "79001", "Bệnh viện Quận 1", "TP. Hồ Chí Minh", "công lập", "Trung tâm")
B = (2, "79002", "Bệnh viện Quận 2", "TP. Hồ Chí Minh", "tư nhân", "Đông")
REGISTER = (
    "facility,name,area,ownership,valid_from,valid_to\n"
    "79001,Bệnh viện Quận 1,79,công lập,2025-07-01,\n"
    "79002,Bệnh viện Quận 2,79,công lập,2025-07-01,\n"
)


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


def a_list(folder: Path, *rows: Sequence[object], name: str = "ds.xlsx") -> Path:
    path = folder / name
    path.write_bytes(xlsx([HEADING, *rows]))
    return path


def test_off_a_terminal_without_yes_it_shows_and_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    result = run("-w", workspace.root, "register", "import", a_list(tmp_path, A, B))
    assert result.returncode == 2
    assert "79002 · Bệnh viện Quận 2 · sở hữu: công lập → tư nhân" in result.stdout
    assert "Không đổi: 1" in result.stdout
    assert 'Cột không dùng: Vùng kinh tế. Muốn giữ một cột làm nhóm: --keep "Vùng kinh tế"' in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert f"--on {date.today()} --yes" in result.stderr
    assert workspace.register.read_text("utf-8") == REGISTER


def test_with_yes_and_a_day_it_writes_and_the_second_time_there_is_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = a_list(tmp_path, A, B)
    asked = ("-w", workspace.root, "register", "import", path)
    undated = run(*asked, "--yes")
    assert (undated.returncode, "--on" in undated.stderr) == (2, True)
    assert workspace.register.read_text("utf-8") == REGISTER
    assert run(*asked, "--yes", "--on", "2026-01-01").returncode == 0
    lines = workspace.register.read_text("utf-8").splitlines()
    assert lines[2:] == [
        "79002,Bệnh viện Quận 2,79,công lập,2025-07-01,2025-12-31",
        "79002,Bệnh viện Quận 2,79,tư nhân,2026-01-01,",
    ]
    again = run(*asked)
    assert (again.returncode, "không có gì để ghi" in again.stderr) == (0, True)


def test_a_kept_column_becomes_a_group_and_is_known_from_then_on(workspace: Workspace, tmp_path: Path) -> None:
    path = a_list(tmp_path, A, (*B[:4], "công lập", "Đông"))
    kept = run("-w", workspace.root, "register", "import", path, "--keep", "vùng kinh tế", "--yes")
    assert kept.returncode == 0
    definitions = load(workspace.root)
    assert definitions.groups == ("ownership", "vung_kinh_te")
    assert [spell.attributes["vung_kinh_te"] for spell in definitions.facilities] == ["Trung tâm", "Đông"]
    again = run("-w", workspace.root, "register", "import", path)
    assert (again.returncode, "Cột không dùng" in again.stdout) == (0, False)


def test_keeping_a_column_that_is_not_there_says_so(workspace: Workspace, tmp_path: Path) -> None:
    result = run("-w", workspace.root, "register", "import", a_list(tmp_path, A), "--keep", "Vùng", "--yes")
    assert (result.returncode, "“Vùng”" in result.stderr) == (2, True)


def test_a_row_in_doubt_is_left_out_and_told_with_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    short = (3, 1001, "Bệnh viện Ngắn", "Hà Nội", "công lập", "")
    path = a_list(tmp_path, A, short, (4, "01002", "Bệnh viện Mới", "Hà Nội", "công lập", ""))
    result = run("-w", workspace.root, "register", "import", path, "--yes", "--on", "2026-01-01", "--complete")
    assert result.returncode == 10
    assert "ds.xlsx › Sheet!B3" in result.stdout
    assert "--pad" in result.stdout
    # 79002 is not on the list, but the row in doubt might be it: nobody is closed
    assert "--complete" in result.stderr
    facilities = load(workspace.root).facilities
    assert [spell.facility for spell in facilities] == ["79001", "79002", "01002"]
    assert facilities[1].valid_to is None


def test_a_complete_list_closes_who_is_not_on_it(workspace: Workspace, tmp_path: Path) -> None:
    result = run(
        "-w", workspace.root, "register", "import", a_list(tmp_path, A), "--complete", "--on", "2026-01-01", "--yes"
    )
    assert (result.returncode, "đến hết 31/12/2025" in result.stdout) == (0, True)
    assert load(workspace.root).facilities[1].valid_to == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("none.xlsx", None, "none.xlsx"),
        ("bad.xlsx", b"PK\x03\x04", "thiếu phần cuối"),
        ("other.csv", b"a,b\n1,2\n", "pipelines/headings.toml"),
        ("twice.csv", "Mã CSKCB,Tên cơ sở,Tên đơn vị\n1,2,3\n".encode(), "--ignore"),
    ],
)
def test_a_file_that_is_no_list_is_one_line_and_2(
    workspace: Workspace, tmp_path: Path, name: str, data: bytes | None, told: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    result = run("-w", workspace.root, "register", "import", tmp_path / name)
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert told in result.stderr


def test_populations_and_plans_are_taken_in_and_corrected(workspace: Workspace, tmp_path: Path) -> None:
    people = tmp_path / "dan so.csv"
    people.write_text("Tỉnh/TP;Dân số 2024;Dân số 2025\nTP. Hồ Chí Minh;9.456.700;14.002.600\n", "utf-8")
    plans = tmp_path / "ke hoach.csv"
    plans.write_text("Mã CSKCB,Chỉ tiêu,KH năm 2026\n79001,Lượt khám chữa bệnh ngoại trú,1200000\n", "utf-8")
    for path in (people, plans):
        assert run("-w", workspace.root, "register", "import", path, "--yes").returncode == 0
    definitions = load(workspace.root)
    assert [(one.area, one.year, one.population) for one in definitions.populations] == [
        ("79", 2024, 9456700),
        ("79", 2025, 14002600),
    ]
    (plan,) = definitions.plans
    assert (plan.facility, plan.indicator, plan.period, int(plan.value)) == (
        "79001",
        "outpatient_visits",
        "2026",
        1200000,
    )
    people.write_text(people.read_text("utf-8").replace("14.002.600", "14.002.700"), "utf-8")
    changed = run("-w", workspace.root, "register", "import", people, "--yes", "--source", "Niên giám 2025")
    assert "79 · 2025 · dân số: 14002600 → 14002700" in changed.stdout
    newest = load(workspace.root).populations[1]
    assert (newest.population, newest.source) == (14002700, "Niên giám 2025")


def test_a_plan_given_as_text_is_read_as_its_indicator_is_counted(workspace: Workspace, tmp_path: Path) -> None:
    plans = tmp_path / "ke hoach.csv"
    rows = (
        "79001;Lượt khám chữa bệnh ngoại trú;120.000",
        "79001;inpatient_stays;12.345,5",
        "79002;outpatient_visits;95%",
        "79001;insured_share_visits;95%",
        "79002;insured_share_visits;95.125",
    )
    plans.write_text("Mã CSKCB;Chỉ tiêu;KH năm 2026\n" + "\n".join(rows), "utf-8")
    result = run("-w", workspace.root, "register", "import", plans, "--yes")
    assert {(one.indicator, str(one.value)) for one in load(workspace.root).plans} == {
        ("outpatient_visits", "120000"),
        ("inpatient_stays", "12345.5"),
        ("insured_share_visits", "95"),
    }
    # a share of visits is no number of visits, and 95.125 of a share is 95 or 95 thousand
    assert [cell in result.stdout for cell in ("C4", "C6")] == [True, True]


def test_a_plan_in_percent_that_may_be_a_share_of_one_waits_for_a_person(workspace: Workspace, tmp_path: Path) -> None:
    plans = tmp_path / "ke hoach.csv"
    rows = ("79001;insured_share_visits;0,95", "79002;insured_share_visits;0,5%", "79001;average_stay;0,95")
    plans.write_text("Mã CSKCB;Chỉ tiêu;KH năm 2026\n" + "\n".join(rows), "utf-8")
    result = run("-w", workspace.root, "register", "import", plans, "--yes")
    assert (result.returncode, {(one.indicator, str(one.value)) for one in load(workspace.root).plans}) == (
        10,
        {("insured_share_visits", "0.5"), ("average_stay", "0.95")},
    )
    assert "C2: Chỉ tiêu tính bằng %, mà ô không nói là 0,95% hay 95%: gõ lại thành chữ, có dấu %." in result.stdout


def test_a_plan_that_excel_shows_as_percents_is_what_it_shows(workspace: Workspace, tmp_path: Path) -> None:
    plans, people = tmp_path / "ke hoach.xlsx", tmp_path / "dan so.xlsx"
    heading = ["Mã CSKCB", "Chỉ tiêu", "KH năm 2026"]
    _book(plans, [heading, ["79001", "insured_share_visits", 0.955], ["79001", "outpatient_visits", 1.05]])
    _book(people, [["Tỉnh/TP", "Dân số 2025"], ["TP. Hồ Chí Minh", 12]])
    result = run("-w", workspace.root, "register", "import", plans, "--yes")
    assert [(one.indicator, str(one.value)) for one in load(workspace.root).plans] == [("insured_share_visits", "95.5")]
    # of last year's visits perhaps, but 105% is no number of visits; nor is 1200% one of people
    assert "C3: Ô không phải một số rõ ràng" in result.stdout
    assert "“105%”" in result.stdout
    assert run("-w", workspace.root, "register", "import", people, "--yes").returncode == 11
    assert load(workspace.root).populations == ()


def _book(path: Path, rows: list[list[object]]) -> None:
    """Numbers are shown as percents."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            if not isinstance(cell.value, str):
                cell.number_format = "0.0%"
    book.save(path)


def test_a_new_facility_that_has_closed_says_until_when(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(
        "Mã CSKCB;Tên cơ sở;Địa bàn;Ngày mở;Ngày đóng\n79003;Bệnh viện Quận 3;TP. Hồ Chí Minh;01/08/2025;31/10/2025\n",
        "utf-8",
    )
    told = run("-w", workspace.root, "register", "import", path).stdout
    assert "79003 · Bệnh viện Quận 3 · từ 01/08/2025 · đến hết 31/10/2025" in told


def test_a_plan_or_a_population_has_nothing_judged_again(workspace: Workspace) -> None:
    before = load(workspace.root)
    (workspace.register.with_name("populations.csv")).write_text("area,year,population\n79,2024,9456700\n", "utf-8")
    after = load(workspace.root)
    assert (after.judgement == before.judgement, after.hash != before.hash) == (True, True)


def test_an_older_workspace_has_neither_register_and_gets_one(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("populations", "plans"):
        workspace.register.with_name(f"{name}.csv").unlink()
    assert (load(workspace.root).populations, load(workspace.root).plans) == ((), ())
    people = tmp_path / "people.csv"
    people.write_text("Area,Year,Population\n79,2024,9456700\n", "utf-8")
    assert run("-w", workspace.root, "register", "import", people, "--yes").returncode == 0
    assert len(load(workspace.root).populations) == 1


def at_a_terminal(workspace: Workspace, path: Path, answers: str) -> tuple[int, str]:
    """What the command says and does where a person answers."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "healthstats", "-w", str(workspace.root), "register", "import", str(path)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    os.write(ours, answers.encode())
    told, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    return process.returncode, told.decode()


def test_at_a_terminal_it_asks_for_the_zeros_the_day_and_a_yes(workspace: Workspace, tmp_path: Path) -> None:
    path = a_list(tmp_path, A, B, (3, 1001, "Bệnh viện Ngắn", "Hà Nội", "công lập", ""))
    code, told = at_a_terminal(workspace, path, "c\n2026-01-01\nkhông\n")
    assert (code, "1001 → 01001" in told, "Chưa ghi gì" in told) == (0, True, True)
    assert workspace.register.read_text("utf-8") == REGISTER
    code, told = at_a_terminal(workspace, path, "c\n2026-01-01\ncó\n")
    assert code == 0
    assert workspace.register.read_text("utf-8").splitlines()[3:] == [
        "79002,Bệnh viện Quận 2,79,tư nhân,2026-01-01,",
        "01001,Bệnh viện Ngắn,01,công lập,2026-01-01,",
    ]
