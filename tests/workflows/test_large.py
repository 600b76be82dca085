"""A CSV too large for memory: judged as any other, from our own copy, in a process that may die alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from healthstats.domain.reading import Reading
from healthstats.intake.large import reading as large
from healthstats.store import replaced
from healthstats.workflows import again, arrivals, compare
from healthstats.workflows.arrivals import Arrival
from healthstats.workflows.ingest import ingest
from healthstats.workflows.init import init
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.query import query
from healthstats.workflows.workspace import Workspace
from tests.submissions.packing import eml, zipped

REGISTER = (
    "facility,name,area,ownership,type,level,valid_from,valid_to,successor,area_before\n"
    "79001,Bệnh viện Quận 1,79,công lập,bệnh viện,,2020-01-01,,,\n"
    "79002,Bệnh viện Quận 2,79,tư nhân,bệnh viện,,2020-01-01,2023-06-30,,\n"
)
HEADER = "facility,period,element,value,note\n"
RECORDS = HEADER + (
    "79002,2023-08,outpatient_visits,120,\n"
    "79001,2023-08,outpatient_visits,1.340,seen\n"
    "79001,2023-08,outpatient_visits_female,2000,\n"
    "79001,2023-08,xrays,-5,\n"
    "\n"
    "79001,2023-08,ct_scans\n"
    "79009,2023-08,xrays,5,\n"
    "79001,2023-07,xrays,5,\n"
    "79001,2023-07,xrays,6,\n"
    '79001,2023-09,"xrays",7,\n'
    "79001,2023-09,xrays,7,\n"
)
WIDE = "Mã CSKCB,Kỳ,outpatient_visits\n79001,2023-08,5\n"


@pytest.fixture
def every_csv_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (again, arrivals):
        monkeypatch.setattr(module, "LARGE", 0)


def made(root: Path) -> Workspace:
    init(root, "vi")
    (root / "pipelines" / "registers" / "facilities.csv").write_text(REGISTER, "utf-8")
    return Workspace(root)


def take_in(workspace: Workspace, **request: object) -> Outcome:
    return ingest(Workspace(workspace.root), Request(workers=1, received="mtime", **request))  # type: ignore[arg-type]


def put(workspace: Workspace, name: str, text: str) -> None:
    (workspace.inbox / name).write_text(text, "utf-8")
    # both roads are to write the same received_at

    os.utime(workspace.inbox / name, (1_700_000_000, 1_700_000_000))


def put_packed(workspace: Workspace, name: str, data: bytes) -> None:
    (workspace.inbox / name).write_bytes(data)
    os.utime(workspace.inbox / name, (1_700_000_000, 1_700_000_000))


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def files_of_runs(workspace: Workspace) -> dict[str, bytes]:
    runs = workspace.data / "processed" / "runs"
    return {str(path.relative_to(runs)): path.read_bytes() for path in runs.glob("*/*.parquet")}


def test_either_road_writes_the_same_run_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for name, limit in (("small", 1 << 20), ("large", 0)):
        monkeypatch.setattr(arrivals, "LARGE", limit)
        workspace = made(tmp_path / name)
        put(workspace, "a.csv", RECORDS)
        put(workspace, "b.csv", HEADER + "79001,2023-08,outpatient_visits,1341,\n79001,2023-08,lab_tests,4,\n")
        put_packed(
            workspace,
            "c.zip",
            zipped({"trong.csv": (HEADER + "79001,2023-06,xrays,7,\n79001,2023-06,xrays,8,\n").encode()}),
        )
        outcome = take_in(workspace)
        written.append(files_of_runs(workspace))
    assert codes(outcome.judged[0][1])[:2] == ["RAGGED_RECORD", "UNEXPECTED_REPORT"]
    assert {"CONFLICT", "NEGATIVE", "RECORD_TWICE", "RECORD_REPEATED", "UNKNOWN_FACILITY"} <= {
        *codes(outcome.judged[0][1])
    }
    assert written[0].keys() == written[1].keys()
    assert written[0] == written[1]


@pytest.mark.usefixtures("every_csv_is_large")
def test_a_large_file_is_archived_known_again_and_leaves_nothing_behind(tmp_path: Path) -> None:
    workspace = made(tmp_path / "w")
    put(workspace, "a.csv", RECORDS)
    (submission, _), *_ = take_in(workspace).judged
    assert Workspace(workspace.root).store.archived(submission.submission, "csv") == RECORDS.encode()
    assert [name for name, _ in take_in(workspace).repeated] == ["a.csv"]
    assert [*(workspace.data / "processed" / "staging").iterdir()] == []
    assert workspace.store.verify() == []


@pytest.mark.usefixtures("every_csv_is_large")
def test_it_is_judged_again_from_the_archive(tmp_path: Path) -> None:
    workspace = made(tmp_path / "w")
    put(workspace, "a.csv", HEADER + "79009,2023-08,xrays,5,\n79001,2023-08,xrays,6,\n")
    assert take_in(workspace).judged[0][1].verdict == "quarantined"
    (workspace.inbox / "a.csv").unlink()
    register = workspace.root / "pipelines" / "registers" / "facilities.csv"
    register.write_text(REGISTER + "79009,Bệnh viện Quận 9,79,công lập,bệnh viện,,,,,\n", "utf-8")
    assert take_in(workspace, retry=True).judged[0][1].verdict == "accepted"
    rows = query(Workspace(workspace.root), "select facility, value from current_observations order by 1").rows
    assert [tuple(str(cell.value) for cell in row) for row in rows] == [("79001", "6.0000"), ("79009", "5.0000")]


@pytest.mark.usefixtures("every_csv_is_large")
def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    workspace = made(tmp_path / "w")
    put(workspace, "a.csv", RECORDS)
    outcome = take_in(workspace, dry_run=True)
    assert (outcome.run, outcome.judged[0][1].counts.rejected) == (None, 2)
    assert [*(workspace.data / "raw" / "archive").rglob("*.csv")] == []


@pytest.mark.usefixtures("every_csv_is_large")
@pytest.mark.parametrize("at_once", [1, 1 << 20])
def test_a_dry_run_compares_a_few_periods_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(replaced, "AT_ONCE", at_once)
    monkeypatch.setattr(compare, "MOST_LISTED", 2)
    workspace = made(tmp_path / "w")
    months = [f"79001,2023-{month:02d},xrays" for month in range(1, 8)]
    put(workspace, "a.csv", HEADER + "".join(f"{month},{5 + at},\n" for at, month in enumerate(months[:5])))
    take_in(workspace)
    put(workspace, "b.csv", HEADER + "".join(f"{month},{max(6, 4 + at)},\n" for at, month in enumerate(months[1:])))
    put(workspace, "c.csv", HEADER + "79001,2023-03,ct_scans,1,\n")
    found = take_in(workspace, dry_run=True).comparison
    assert found is not None
    # February, March: 6 and 7 are stored, 6 and 6 came; 8 and 9 against 6 and 7; two months and one element are new
    assert (found.new, found.same, found.changes, found.losses) == (3, 1, 3, 0)
    assert [(key[2], before, now) for key, before, now in found.changed] == [("2023-03", 7, 6), ("2023-04", 8, 6)]
    done = take_in(workspace).replaced
    assert done is not None
    assert (done.changed, done.lost, done.reports, done.named[0]) == (3, 0, 3, ("79001", "2023-03"))


@pytest.mark.usefixtures("every_csv_is_large")
def test_what_is_no_long_csv_in_utf_8_is_read_exactly_or_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = made(tmp_path / "w")
    put(workspace, "wide.csv", WIDE)
    assert take_in(workspace).judged[0][1].counts.accepted == 1
    monkeypatch.setattr(large, "EXACT", 10)
    put(workspace, "wide 2.csv", WIDE.replace("5", "6"))
    (workspace.inbox / "utf16.csv").write_bytes(RECORDS.encode("utf-16"))
    judged = {submission.name: reading for submission, reading in take_in(workspace).judged}
    assert {name: codes(reading) for name, reading in judged.items()} == {
        "utf16.csv": ["CSV_TOO_LARGE"],
        "wide 2.csv": ["CSV_TOO_LARGE"],
    }
    assert {reading.counts.found for reading in judged.values()} == {0}


@pytest.mark.usefixtures("every_csv_is_large")
@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("," * 16_384 + "\n", "CSV_TOO_WIDE", 1),
        (RECORDS + "\r\n" + ";" * 20_000, "CSV_TOO_WIDE", 14),
        (RECORDS + "x" * (3 << 20) + "\n", "CSV_LINE_TOO_LONG", 13),
        (RECORDS + "x" * 140_000 + "\n", "CSV_LINE_TOO_LONG", 13),
        (RECORDS + "79001,2023-07,xrays,7," + "x" * 140_000 + "\n", "CSV_LINE_TOO_LONG", 13),
        ('"' + RECORDS * 1000, "CSV_QUOTE", 1),
        (RECORDS + '79001,2023-09,"xrays,7,\n' + "79001,2023-09,xrays,7,\n" * 9000, "CSV_QUOTE", 13),
    ],
)
def test_lines_without_end_are_refused_by_either_road_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, code: str, line: int
) -> None:
    found = []
    for name, limit in (("small", 1 << 25), ("large", 0)):
        monkeypatch.setattr(arrivals, "LARGE", limit)
        monkeypatch.setattr(large, "EXACT", 10)
        workspace = made(tmp_path / name)
        put(workspace, "a.csv", text)
        ((_, reading),) = take_in(workspace, dry_run=True).judged
        found.append([(finding.code, finding.params["line"]) for finding in reading.findings])
    assert found == [[(code, line)]] * 2


@pytest.mark.usefixtures("every_csv_is_large")
def test_a_reader_that_dies_costs_its_own_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = made(tmp_path / "w")
    put(workspace, "a.csv", RECORDS)
    put(workspace, "b.csv", HEADER + "79001,2023-08,xrays,6,\n")
    read = large.read_big_csv

    def dies(path: Path, *rest: object) -> Reading | None:
        if path.stat().st_size > 100:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(large, "read_big_csv", dies)
    assert [codes(reading) for _, reading in take_in(workspace).judged] == [["READER_DIED"], []]


@pytest.mark.usefixtures("every_csv_is_large")
@pytest.mark.parametrize("pack", [zipped, eml])
def test_one_in_an_archive_or_a_mail_is_read_as_a_large_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    workspace = made(tmp_path / "w")
    rest = HEADER + "79001,2023-08,xrays,6,\n"
    put_packed(workspace, "z", pack({"a.csv": RECORDS.encode(), "b.csv": rest.encode(), "c.pdf": b"%PDF-1.7 "}))
    read = large.read_big_csv

    def dies(path: Path, *others: object) -> Reading | None:
        if path.stat().st_size > 100:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(path, *others)  # type: ignore[arg-type]

    with monkeypatch.context() as faulty:
        faulty.setattr(large, "read_big_csv", dies)
        judged = take_in(workspace).judged
    assert [(file.name, file.media, codes(reading)) for file, reading in judged[1:]] == [
        ("z › a.csv", "csv", ["READER_DIED"]),
        ("z › b.csv", "csv", []),
        ("z › c.pdf", "pdf", ["FILE_PDF"]),
    ]
    assert [*(workspace.data / "processed" / "staging").iterdir()] == []
    again = take_in(workspace, retry=True)
    kept = {file.name: Workspace(workspace.root).store.archived(file.submission, "csv") for file, _ in again.judged[:1]}
    assert kept == {"z › a.csv": RECORDS.encode()}
    assert again.judged[0][1].counts.accepted == 4
    assert workspace.store.verify() == []


def test_a_large_file_out_of_an_archive_is_gone_once_it_is_read(tmp_path: Path) -> None:
    copies = [tmp_path / "0", tmp_path / "1"]
    for copy in copies:
        copy.write_bytes(b"1")
    files = (Arrival(copy.name, b"", copy.name, datetime(2026, 11, 22), large=copy) for copy in copies)
    assert [[*map(Path.exists, copies)] for _ in arrivals.cleared(files)] == [[True, True], [False, True]]


@pytest.mark.usefixtures("every_csv_is_large")
def test_what_only_calls_itself_a_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    workspace = made(tmp_path / "w")
    (workspace.inbox / "a.csv").write_bytes(b"%PDF-1.7 ")
    assert take_in(workspace).judged[0][0].media == "pdf"
