"""No command speaks to a network: it works in a room without one, and nobody hears what it reads."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from healthstats.cli.app import app
from healthstats.cli.register import register
from tests.faults import whole
from tests.faults.tally import Tally

COMMANDS: dict[str, tuple[str, ...]] = {
    "init": ("init", "{base}/another"),
    "demo": ("demo", "{base}/demo"),
    "register import": ("register", "import", "{base}/list.csv", "--yes", "--on", "2024-01-01"),
    "ingest": ("ingest", "{base}/1.csv", "{base}/http:__example.org.csv", "{base}/mail.eml"),
    "alias": ("alias", "79001", "Tên khác"),
    "status": ("status",),
    "findings": ("findings", "--mark", "{base}/marked"),
    "template": ("template", "bieu9", "--facility", "79001", "--period", "2023-01", "-o", "{base}/blank.xlsx"),
    "transform": ("transform",),
    "show": ("show", "growth", "2023"),
    "publish": ("publish", "annual", "2023", "--to", "html,xlsx"),
    "query": ("query", "select * from 'https://example.org/x.parquet'"),
    "query install": ("query", "install httpfs; load httpfs"),
    "verify": ("verify",),
    "help": ("--help",),
}
HEAD = "facility,period,element,value\n"
MAIL = "From: a@example.org\nTo: b@example.org\nSubject: http://example.org\n\nhttp://example.org/x.xlsx\n"


@contextmanager
def no_network() -> Iterator[None]:
    """Within it this process, and whoever it forks, fails where it would look for another machine."""

    def refuse(*asked: object, **named: object) -> None:
        raise AssertionError(f"a command looked for {asked}")

    with (
        mock.patch.object(socket.socket, "connect", refuse),
        mock.patch.object(socket.socket, "connect_ex", refuse),
        mock.patch.object(socket, "getaddrinfo", refuse),
        mock.patch.object(socket, "create_connection", refuse),
    ):
        yield


def test_every_command_is_watched() -> None:
    named = {command.name for command in app.registered_commands}
    named |= {f"register {command.name}" for command in register.registered_commands}
    assert named <= COMMANDS.keys()


def test_who_looks_for_another_machine_is_caught(tmp_path: Path) -> None:
    with no_network(), pytest.raises(AssertionError, match="looked for"):
        socket.create_connection(("example.org", 80))
    if shutil.which("strace"):
        asking = "import socket; socket.socket(socket.AF_INET).connect_ex(('127.0.0.1', 9))"
        assert reached(tmp_path, [sys.executable, "-c", asking])[1] != []


def reached(folder: Path, command: list[str]) -> tuple[int, list[str]]:
    """The command's code, and each call by which it, or a child, would have spoken to another machine."""
    calls = folder / "calls"
    watching = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,sendto,sendmsg", "-o", str(calls)]
    done = subprocess.run([*watching, *command], capture_output=True)
    return done.returncode, [line for line in calls.read_text().splitlines() if re.search(r"AF_(INET|NETLINK)", line)]


@pytest.mark.campaign
def test_no_command_reaches_a_network(tmp_path: Path, tally: Tally) -> None:
    if not shutil.which("strace"):
        pytest.skip("no strace on this machine")
    tally.right = "ended"
    base = tmp_path / "base"
    base.mkdir()
    whole.workspace_around(base / "data")
    (base / "list.csv").write_text("facility,name,area,type\n79008,http://example.org,79,x\n", "utf-8")
    (base / "mail.eml").write_text(MAIL)
    (base / "1.csv").write_text(f"{HEAD}79001,2023-01,outpatient_visits,5\nhttp://x.org,2023-01,outpatient_visits,6\n")
    (base / "http:__example.org.csv").write_text(f"{HEAD}79001,2023-02,outpatient_visits,http://example.org\n")
    for name, words in COMMANDS.items():
        given = [word.replace("{base}", str(base)) for word in words]
        code, calls = reached(tmp_path, [sys.executable, "-m", "healthstats", "-w", str(base), *given])
        assert code == (2 if name.startswith("query") else 10 if name == "ingest" else 0), (name, code)
        tally.add(name, True, calls)
