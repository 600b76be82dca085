"""The commands as a person meets them: one line of words, the exit code of the contract, never a traceback."""

from __future__ import annotations

import fcntl
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from healthstats.workflows.marts import transform, warehouse
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, facility, xlsx

from .conftest import Holding, MakeWorkspace
from .terminal import run, run_alone, take_in

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n"
GOOD = xlsx(Sheet([facility(1, "Bệnh viện Quận 1", FIGURES)]))


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(REGISTER)


@pytest.fixture
def taken(holding: Holding) -> Workspace:
    """GOOD taken in, its marts built."""
    return holding(REGISTER, GOOD)


def test_accepted_is_0_and_the_same_again_is_0(workspace: Workspace) -> None:
    assert take_in(workspace, GOOD).returncode == 0
    again = run_alone("-w", workspace.root, "ingest")
    assert (again.returncode, "đã nhận ở lần 1" in again.stdout) == (0, True)


def test_something_quarantined_is_10_and_nothing_accepted_11(workspace: Workspace) -> None:
    bad = list(FIGURES)
    bad[3] = "12 ca"
    quarantined = take_in(workspace, xlsx(Sheet([facility(1, "Bệnh viện Quận 1", bad)])))
    assert quarantined.returncode == 10
    assert "BC T8.xlsx › Bieu 9!F8" in quarantined.stdout
    assert "“12 ca”" in quarantined.stdout
    assert take_in(workspace, b"\0\1\2", "rac.bin").returncode == 11


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.xlsx", b"", "không có nội dung"),
        ("truncated.xlsx", GOOD[: len(GOOD) // 2], "thiếu phần cuối"),
        ("photo.xlsx", b"\xff\xd8\xff\xe0" + bytes(100), "ảnh"),
        ("letter.pdf", b"%PDF-1.7\n", "PDF"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "tiêu đề cột"),
        ("nothing we know.csv", b"a,b\n1,2\n", "tiêu đề"),
        ("header only.csv", b"facility,period,element,value\n", "không có"),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_told(workspace: Workspace, name: str, data: bytes, told: str) -> None:
    result = take_in(workspace, data, name)
    assert result.returncode == 11
    line = next(line for line in result.stdout.splitlines() if line.startswith(f"  {name}"))
    assert told in line
    assert len(list((workspace.data / "raw" / "archive").glob("*/*"))) == 1


def test_a_missing_workspace_says_what_to_type(tmp_path: Path) -> None:
    result = run("-w", tmp_path, "show", "growth")
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "healthstats init" in result.stderr


def test_a_fault_in_a_definition_is_2_and_names_file_and_line(workspace: Workspace) -> None:
    workspace.register.write_text("facility,name,valid_from\n79001,,hôm qua\n", "utf-8")
    result = run("-w", workspace.root, "ingest")
    assert result.returncode == 2
    assert "registers/facilities.csv:2: cột name để trống" in result.stderr
    assert "hôm qua" in result.stderr or "2023-12-31" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "growht"),
        ("show", "growth", "2023-H3"),
        ("show", "growth", "--indicator", "outpatient_visit"),
        ("show", "growth", "--area", "Sài Gòn Cũ"),
        ("show", "growth", "--by", "owner"),
        ("publish", "anual", "2023"),
        ("publish", "annual", "năm ngoái"),
        ("query", "selct 1"),
        ("query", ";"),
        ("query", "select foo from growth"),
        ("shwo",),
        ("show",),
        ("show", "growth", "--foo"),
        ("show", "growth", "--format", "pdf"),
        ("register", "impot"),
        ("show", "coverage", "2026", "--area", "79"),
        ("show", "growth", "2026", "-o", "growth.pdf"),
        ("show", "growth", "2026", "--boundaries", "2004-01-01"),
        ("ingest", "/no/such/file"),
        ("ingest", "--received", "yesterday"),
        ("ingest", "--form", "bieu8"),
        ("ingest", "--period", "2023-13"),
    ],
)
def test_a_word_that_is_not_known_is_2_and_one_line(taken: Workspace, arguments: tuple[str, ...]) -> None:
    result = run("-w", taken.root, *arguments)
    assert result.returncode == 2
    assert len([line for line in result.stderr.splitlines() if not line.startswith(("Đang dựng", "Đang đọc"))]) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("query", "select from growth where"), ("sai cú pháp", "at or near", "")),
        (("query", "select foo from growth"), ("bảng, cột hoặc hàm không có", '"foo"', "show tables")),
        (("query", "select * from grwth"), ("bảng, cột hoặc hàm không có", 'Did you mean "growth"', "show tables")),
        (("query", "select cast('a' as int) from growth"), ("không chạy được", "INT32", "")),
        (("shwo",), ("Dòng lệnh chưa đúng", "Did you mean 'show'?", "--help")),
        (("show", "growth", "--foo"), ("Dòng lệnh chưa đúng", "--foo", "show --help")),
    ],
)
def test_who_is_misunderstood_is_told_in_the_language_of_the_screen(
    taken: Workspace, arguments: tuple[str, ...], told: tuple[str, ...]
) -> None:
    (line,) = run("-w", taken.root, *arguments).stderr.splitlines()
    assert [words for words in told if words not in line] == []


def test_nothing_asked_is_answered_with_the_help() -> None:
    for asked in ((), ("register",)):
        result = run(*asked)
        assert (result.returncode, "Usage:" in result.stderr, "Dòng lệnh" in result.stderr) == (2, True, False)


def test_two_ingests_at_once_one_is_busy_and_says_who(taken: Workspace) -> None:
    with (taken.data / "processed" / "LOCK").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("-w", taken.root, "ingest").returncode == 20


def test_a_user_s_sql_can_neither_write_nor_read_files(taken: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for sql in (
        f"copy (select 1) to '{tmp_path}/out.csv'",
        f"select * from read_csv('{secret}')",
        f"select * from '{secret}'",
        f"attach '{tmp_path}/x.db'",
        "install httpfs",
        "set enable_external_access = true",
    ):
        assert run("-w", taken.root, "query", sql).returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv", "workspace"]


def test_query_gives_machine_values_in_every_format(taken: Workspace) -> None:
    sql = "select facility, value, 1.5::decimal(9,4) as half from current_observations where element = 'lab_tests'"
    assert run("-w", taken.root, "query", sql, "--format", "csv").stdout == "facility,value,half\n79001,4000,1.5\n"
    assert '"value": 4000' in run("-w", taken.root, "query", sql, "--format", "json").stdout
    assert "4000" in run("-w", taken.root, "query", sql).stdout


def test_an_old_report_stays_when_the_new_one_cannot_be_written(taken: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("-w", taken.root, "publish", "annual", "2026", "-o", out).returncode == 0
    page = out / "annual-2026.html"
    before = page.read_bytes()
    result = subprocess.run(
        [
            "bash",
            "-c",
            f"ulimit -f 4; exec {sys.executable} -m healthstats -w {taken.root} publish annual 2026 -o {out}",
        ],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 21
    assert page.read_bytes() == before


def test_english_is_one_option_away(taken: Workspace) -> None:
    assert "received in run 1" in run_alone("-w", taken.root, "ingest", "--lang", "en").stdout
    assert "received in run 1" in run_alone("-w", taken.root, "ingest", HEALTHSTATS_LANG="en").stdout


def test_the_nearest_workspace_above_is_found(taken: Workspace) -> None:
    assert run_alone("verify", cwd=taken.inbox).returncode == 0


@pytest.mark.parametrize(("signal_number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_ingest_says_so_and_leaves_nothing_half_done(
    workspace: Workspace, signal_number: int, code: int
) -> None:
    for number in range(400):
        sheet = Sheet(
            [facility(1, "Bệnh viện Quận 1", FIGURES)],
            title=("", f"Báo cáo tháng 8 năm {2016 + number % 5}", f"{number}"),
        )
        (workspace.inbox / f"{number}.xlsx").write_bytes(xlsx(sheet))
    process = subprocess.Popen(
        [sys.executable, "-m", "healthstats", "-w", workspace.root, "ingest"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    archive = workspace.data / "raw" / "archive"
    while process.poll() is None and not any(archive.glob("*/*")):
        time.sleep(0.005)
    process.send_signal(signal_number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in err, out) == (code, False, "")
    assert len([line for line in err.splitlines() if not line.startswith("Đang đọc tệp")]) == 1
    assert list((workspace.data / "processed" / "runs").iterdir()) == []
    assert run("-w", workspace.root, "ingest").returncode in (0, 10)


def test_a_reader_that_leaves_early_is_no_error(taken: Workspace) -> None:
    sql = "select * from observations, range(200)"
    command = f"{sys.executable} -m healthstats -w {taken.root} query '{sql}' | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert [line for line in result.stderr.splitlines() if "Đang dựng" not in line] == []


def test_help_lists_the_commands_that_work() -> None:
    told = run_alone("--help").stdout
    commands = [line.split()[0] for line in told.partition("Commands:")[2].splitlines() if line.strip()]
    working = [
        "init",
        "demo",
        "ingest",
        "alias",
        "status",
        "findings",
        "template",
        "transform",
        "show",
        "publish",
        "query",
        "verify",
    ]
    assert commands == [*working, "register"]
    for command in commands:
        assert run(command, "--help").returncode == 0


def test_an_interrupt_after_the_commit_says_that_the_run_is_there(workspace: Workspace) -> None:
    (workspace.inbox / "BC T8.xlsx").write_bytes(GOOD)
    script = f"""
import os, signal, sys
from healthstats.store import store
commit = store.commit_run
def committed_then_stopped(*arguments):
    run = commit(*arguments)
    os.kill(os.getpid(), signal.SIGTERM)
    return run
store.commit_run = committed_then_stopped
sys.argv = ["healthstats", "-w", {str(workspace.root)!r}, "ingest"]
from healthstats.cli import main
main()
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 143
    assert "lần nhận 1 đã ghi xong" in result.stderr
    assert [run.number for run in workspace.store.runs()] == [1]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o640)
    path.write_bytes(data)


def test_a_flipped_bit_in_a_mart_is_built_anew(taken: Workspace) -> None:
    before = run("-w", taken.root, "show", "growth", "2026", "--format", "csv").stdout
    (mart,) = (taken.data / "processed" / "marts").glob("*/growth.parquet")
    flip(mart)
    assert run("-w", taken.root, "verify").returncode == 0
    assert "dựng lại" in run("-w", taken.root, "verify").stdout
    assert run("-w", taken.root, "show", "growth", "2026", "--format", "csv").stdout == before
    assert run("-w", taken.root, "verify").stdout == ""


def test_only_the_marts_that_are_read_are_hashed_and_no_other_can_be_read(taken: Workspace) -> None:
    mart = transform(taken) / "coverage.parquet"
    flip(mart)
    with warehouse(taken, read=("growth",)) as connection:
        assert connection.execute("select count(*) > 0 from growth").fetchall() == [(True,)]
        with pytest.raises(duckdb.CatalogException, match="coverage"):
            connection.execute("select * from coverage")
    assert run("-w", taken.root, "query", "select count(*) from growth").stderr == ""
    for reading in (("show", "coverage", "2026"), ("query", "select count(*) from Coverage"), ("query", "show tables")):
        flipped = mart.read_bytes()
        assert "Đang dựng" in run("-w", taken.root, *reading).stderr
        assert mart.read_bytes() != flipped
        flip(mart)


def test_a_flipped_bit_in_an_old_run_stops_ingest_and_marts(workspace: Workspace) -> None:
    for month in (7, 8):
        sheet = Sheet([facility(1, "Bệnh viện Quận 1", FIGURES)], title=("", f"Báo cáo tháng {month} năm 2026"))
        take_in(workspace, xlsx(sheet), f"{month}.xlsx")
    flip(workspace.data / "processed" / "runs" / "000000001" / "observations.parquet")
    (workspace.inbox / "new.bin").write_bytes(b"new")
    for command in (("ingest",), ("transform",), ("verify",)):
        assert run("-w", workspace.root, *command).returncode == 23
    assert len(list((workspace.data / "processed" / "runs").iterdir())) == 2


def test_the_file_s_name_says_its_format(taken: Workspace, tmp_path: Path) -> None:
    for name, start in (("t.csv", "indicator,"), ("t.json", "{"), ("t.md", "**"), ("t.txt", "Tăng")):
        assert run("-w", taken.root, "show", "growth", "2026", "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_text("utf-8").lstrip("# ").startswith(start.lstrip("# ")), name


def test_what_awaits_is_shown_whatever_its_year(taken: Workspace) -> None:
    bad = xlsx(Sheet([facility(1, "Bệnh viện Quận 9", FIGURES)], title=("", "Báo cáo tháng 8 năm 2023")))
    told = take_in(taken, bad, "cu.xlsx").stdout
    assert "Bệnh viện Quận 9" in told
    assert "cu.xlsx" in run("-w", taken.root, "show", "awaiting").stdout


def test_what_does_not_fit_the_screen_is_where_the_screen_says(workspace: Workspace) -> None:
    total = ["", "TỔNG SỐ", *(figure + 1 for figure in FIGURES)]
    told = take_in(workspace, xlsx(Sheet([total, facility(1, "Bệnh viện Quận 1", FIGURES)]))).stdout
    (line,) = [line for line in told.splitlines() if "và 9 điều nữa" in line]
    (command,) = re.findall("healthstats ([a-z]+)", line)
    assert len(run("-w", workspace.root, command, "--format", "csv").stdout.splitlines()) == 1 + len(FIGURES)
