"""healthstats.open: the same tables for notebooks."""

from __future__ import annotations

import pytest

import healthstats
from healthstats.errors import UsageError
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Request
from healthstats.workflows.workspace import Workspace
from tests.submissions.bieu9 import FIGURES, Sheet, facility, xlsx

from .conftest import MakeWorkspace

REGISTER = "facility,name,valid_from\n79001,Bệnh viện Quận 1,2020-01-01\n"


def test_a_table_is_a_frame_of_exact_counts(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace(REGISTER)
    for year in (2025, 2026):
        sheet = Sheet([facility(1, "Bệnh viện Quận 1", FIGURES)], title=("", f"Báo cáo tháng 8 năm {year}"))
        (workspace.inbox / f"{year}.xlsx").write_bytes(xlsx(sheet))
    ingest(Workspace(workspace.root), Request(workers=1))
    frame = healthstats.open(workspace.root).table("growth", "2026-08")
    row = frame[frame["indicator"] == "outpatient_visits"].iloc[0]
    assert (row["value"], row["base_value_prior_year"], row["change_pct_prior_year"]) == (1200, 1200, 0)
    assert healthstats.open(workspace.root).query("select count(*) as cells from observations")["cells"][0] == 42


def test_no_workspace_is_an_error_with_words(tmp_path: object) -> None:
    with pytest.raises(UsageError, match="healthstats init"):
        healthstats.open(str(tmp_path))
