from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from unittest import mock

import pytest

from healthstats.store import Refusal, Source, printable, read_source
from healthstats.store import source as module
from healthstats.words import say

LIMIT = 2 * 10**6


def refusal(path: Path) -> str:
    got = read_source(path, LIMIT)
    assert isinstance(got, Refusal)
    for lang in ("vi", "en"):
        assert got.sentence(lang).startswith(got.name)
        assert "{" not in got.sentence(lang)
    return got.key


def test_a_regular_file_is_read_with_its_time(tmp_path: Path) -> None:
    path = tmp_path / "BC T8 (sửa).xls"
    path.write_bytes(b"abc")
    os.utime(path, (0, datetime(2024, 2, 3, 4, 5).timestamp()))
    assert read_source(path, 3) == Source("BC T8 (sửa).xls", b"abc", datetime(2024, 2, 3, 4, 5))


def test_an_empty_file_is_read_and_left_to_the_reader(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert isinstance(read_source(tmp_path / "empty", LIMIT), Source)


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "fifo")
    for place in (tmp_path / "link", tmp_path / "dangling", tmp_path / "fifo", tmp_path, Path("/dev/zero")):
        assert refusal(place) == "not_regular", place


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(LIMIT + 1)
    with mock.patch.object(module.os, "read", side_effect=AssertionError):
        assert refusal(tmp_path / "big") == "too_large"


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent") == "unreadable"


@pytest.mark.parametrize("change", [b"more", b""])
def test_a_file_that_changes_while_it_is_read_is_left_for_next_time(tmp_path: Path, change: bytes) -> None:
    """`more` is appended as the reading ends; nothing appended stands for bytes replaced in place."""
    path = tmp_path / "copying.csv"
    path.write_bytes(b"first part")
    read = os.read

    def meanwhile(descriptor: int, size: int) -> bytes:
        data = read(descriptor, size)
        if not data:
            with path.open("r+b") as file:
                file.seek(0 if not change else 10)
                file.write(change or b"other")
            os.utime(path, (1, 1))
        return data

    with mock.patch.object(module.os, "read", meanwhile):
        assert refusal(path) == "still_copied"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("báo cáo.xls", "báo cáo.xls"), ("a\nb", "a\\nb"), ("a\u202exslx", "a\\u202exslx"), ("\x1b[31m", "\\x1b[31m")],
)
def test_names_are_safe_to_print(name: str, shown: str) -> None:
    assert printable(name) == shown


def test_a_name_that_is_no_utf8_is_printable() -> None:
    assert printable(os.fsdecode(b"b\xe1o.xls")) == "b\\udce1o.xls"


def test_every_refusal_has_both_languages() -> None:
    for key in ("too_large", "not_regular", "still_copied", "unreadable"):
        params = {"name": "n", "megabytes": 1, "limit": 1, "reason": "r"}
        assert say(f"refusal.{key}", "vi", **params) != say(f"refusal.{key}", "en", **params)
