"""findings as a person meets them: every place to look at, until a correction has put it aside."""

from __future__ import annotations

import csv
import io

import pytest

from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import Sheet, changed, facility, xlsx

from .conftest import Holding
from .terminal import run, take_in

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n79002,Bệnh viện Quận 2,2020-01-01\n"
# one cell with a unit, and a part that is more than its total
FAULTY = xlsx(
    Sheet(
        [
            facility(1, "Bệnh viện Quận 1", changed(lab_tests="63 ca")),
            facility(2, "Bệnh viện Quận 2", changed(outpatient_visits_female=1300)),
        ]
    )
)
MENDED = xlsx(Sheet([facility(1, "Bệnh viện Quận 1"), facility(2, "Bệnh viện Quận 2")]))


@pytest.fixture
def workspace(holding: Holding) -> Workspace:
    return holding(REGISTER, FAULTY)


def found(workspace: Workspace, *options: str) -> list[tuple[str, str, str]]:
    text = run("-w", workspace.root, "findings", *options, "--format", "csv").stdout
    return [(row["cell"], row["code"], row["facility"]) for row in csv.DictReader(io.StringIO(text))]


UNIT = ("R8", "NOT_A_NUMBER", "79001")
PART = ("G9", "PART_EXCEEDS_TOTAL", "79002")


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), [UNIT, PART]),
        (("T8/2026",), [UNIT, PART]),
        (("T7/2026",), []),
        (("--facility", "Bệnh viện Quận 2"), [PART]),
        (("--code", "not_a_number"), [UNIT]),
        (("--severity", "warning"), [PART]),
        (("--file", "bc t8"), [UNIT, PART]),
        (("--file", "T9"), []),
    ],
)
def test_errors_come_before_warnings_and_options_narrow(
    workspace: Workspace, options: tuple[str, ...], wanted: list[tuple[str, str, str]]
) -> None:
    assert found(workspace, *options) == wanted


@pytest.mark.parametrize(
    ("options", "told"), [(("--code", "NONE"), "docs/findings.md"), (("--severity", "info"), "error, warning")]
)
def test_what_names_nothing_is_refused_in_one_line(workspace: Workspace, options: tuple[str, ...], told: str) -> None:
    result = run("-w", workspace.root, "findings", *options)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert told in result.stderr


def test_a_correction_puts_them_aside(workspace: Workspace) -> None:
    take_in(workspace, MENDED, "BC T8 (sửa lần 1).xlsx")
    assert found(workspace) == []
    assert "Không có gì cần xem" in run("-w", workspace.root, "findings").stdout
