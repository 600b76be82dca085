"""A table that lacks something says beneath it what to type."""

from __future__ import annotations

from datetime import datetime

import pytest

from healthstats.domain.period import VIETNAM, parse_period
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Request
from healthstats.workflows.show import Wanted, show
from healthstats.workflows.workspace import Workspace

from .conftest import MakeWorkspace

REGISTER = "facility,name,area,valid_from,valid_to\n79001,Bệnh viện A,79,,\n"
MONTHS = [f"{year}-{month:02d}" for year, last in ((2025, 12), (2026, 10)) for month in range(1, last + 1)]
NEXT = "healthstats show {} 2026-10M"


@pytest.fixture
def city(make_workspace: MakeWorkspace) -> Workspace:
    """Two years of a facility that reports a visit a month, the newest report of October 2026 come in November."""
    workspace = make_workspace(REGISTER)
    path = workspace.inbox / "a.csv"
    rows = "".join(f"79001,{month},outpatient_visits,1\n" for month in MONTHS)
    path.write_text("facility,period,element,value\n" + rows, "utf-8")
    received = datetime(2026, 11, 5, tzinfo=VIETNAM)
    ingest(Workspace(workspace.root), Request(paths=(path,), received=received, workers=1))
    return Workspace(workspace.root)


@pytest.mark.parametrize("table", ["growth", "annex"])
def test_the_newest_year_names_the_months_that_are_over_and_the_estimate(city: Workspace, table: str) -> None:
    asked = Wanted(table, parse_period("2026"), indicators=("outpatient_visits",))
    *_, note = show(city, asked, "vi").notes
    assert NEXT.format(table) in note
    assert f"healthstats show {table} 2026 --estimate" in note


def test_half_a_year_has_no_estimate_and_what_is_over_needs_no_advice(city: Workspace) -> None:
    half = show(city, Wanted("growth", parse_period("2026-H2")), "vi").notes[-1]
    assert (NEXT.format("growth") in half, "--estimate" in half) == (True, False)
    for period in ("2025", "2026-10M"):
        notes = show(city, Wanted("growth", parse_period(period), indicators=("outpatient_visits",)), "vi").notes
        assert not any("healthstats show" in note for note in notes), period


def test_rates_of_people_do_not_vanish_unsaid_with_their_populations(city: Workspace) -> None:
    register = city.register.with_name("populations.csv")
    register.write_text("area,year,population\n79,2025,14002600\n", "utf-8")
    asked = Wanted("growth", parse_period("2025"))
    name = "Số lượt khám bình quân một người dân"

    def lacking(asked: Wanted) -> list[str]:
        return [note for note in show(Workspace(city.root), asked, "vi").notes if "register import" in note]

    assert lacking(asked) == []
    register.unlink()
    (note,) = lacking(asked)
    assert name in note
    assert lacking(Wanted("growth", parse_period("2025-H1"))) == [], "a rate of whole years"
    assert lacking(Wanted("growth", parse_period("2025"), indicators=("outpatient_visits",))) == []
