"""Registers are written in the manner they are written in: what is not touched stays, byte by byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthstats.definitions.register_file import (
    NewLine,
    add_facilities,
    read_register,
    replace_register,
    rewritten,
)
from healthstats.errors import UsageError

TEXT = 'facility;name;area\r\n79001;"Bệnh viện ""A""";79\r\n\r\n 79002 ;B;79\r\n'


def test_a_line_that_is_not_touched_keeps_its_bytes() -> None:
    after = rewritten("\ufeff" + TEXT, {1: {"name": "C"}}, [])
    assert after == "\ufeff" + TEXT.replace(" 79002 ;B;79", " 79002 ;C;79")


def test_a_new_column_is_added_to_every_line_and_a_new_line_copies_its_base() -> None:
    added = [NewLine({"facility": "79003", "level": "xã"}, base=0), NewLine({"facility": "79004", "name": "a;b"})]
    assert rewritten(TEXT, {}, added).split("\r\n") == [
        "facility;name;area;level",
        '79001;"Bệnh viện ""A""";79;',
        "",
        " 79002 ;B;79;",
        '79003;"Bệnh viện ""A""";79;xã',
        '79004;"a;b";;',
        "",
    ]


def test_no_text_for_a_new_column_makes_none() -> None:
    assert rewritten("facility,name\n1,A", {0: {"name": "B", "area": ""}}, []) == "facility,name\n1,B\n"


def test_a_name_over_two_lines_stays_one_record() -> None:
    text = 'facility,name\n1,"A\nB"\n2,C\n'
    assert rewritten(text, {1: {"name": "D"}}, []) == text.replace("2,C", "2,D")


def test_proposed_facilities_are_added_beside_what_is_there(tmp_path: Path) -> None:
    register = tmp_path / "facilities.csv"
    register.write_bytes(("\ufeff" + TEXT).encode())
    assert add_facilities(register, [{"facility": "new-1", "name": "Trạm"}]) == 1
    assert register.read_bytes() == ("\ufeff" + TEXT + "new-1;Trạm;\r\n").encode()


def test_a_register_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    register = tmp_path / "facilities.csv"
    register.write_text("facility,name\n1,A\n", "utf-8")
    before = read_register(register)
    register.write_text("facility,name\n1,B\n", "utf-8")
    with pytest.raises(UsageError, match="changed while"):
        replace_register(register, before, "facility,name\n1,C\n")
    assert register.read_text("utf-8") == "facility,name\n1,B\n"
    assert [path.name for path in tmp_path.iterdir()] == ["facilities.csv"]


def test_what_does_not_load_never_takes_its_place(tmp_path: Path) -> None:
    def refuse(path: Path) -> None:
        raise UsageError("nothing_stored")

    register = tmp_path / "facilities.csv"
    register.write_text("facility,name\n1,A\n", "utf-8")
    register.chmod(0o600)
    with pytest.raises(UsageError):
        replace_register(register, read_register(register), "no heading\n", refuse)
    assert register.read_text("utf-8") == "facility,name\n1,A\n"
    replace_register(register, read_register(register), "facility,name\n1,C\n")
    assert (register.read_text("utf-8"), register.stat().st_mode & 0o777) == ("facility,name\n1,C\n", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["facilities.csv"]
