"""The estimate agrees with its oracle to the last digit, on random small worlds whose newest year is not over."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from healthstats.domain.period import parse_period
from tests.models.oracle_estimate import EstimateOracle
from tests.models.test_oracle import UNHURRIED, keyed, worlds
from tests.models.world import World, rows


@st.composite
def unfinished(draw: st.DrawFn) -> World:
    """Some of 2022 is reported, at times the year itself, or its December, before it is over; some facilities have
    fallen silent."""
    world = draw(worlds())
    last = draw(st.sampled_from((1, 2, 2, 3, 12)))
    newest = draw(st.sampled_from((datetime(2022, 2, 10), datetime(2022, 3, 31), datetime(2022, 12, 20))))
    regular = sorted({report.facility or "" for report in world.sent if report.submission.startswith("r")})
    silent = regular[:1] if len(regular) > 1 and draw(st.booleans()) else []
    kept = [
        report
        for report in world.sent
        if (period := parse_period(report.period))
        and (period.year < 2022 or report.facility not in silent)
        and (period.year < 2022 or period.end.month <= last or (period.kind == "year" and draw(st.booleans())))
    ]
    return replace(world, sent=kept or world.sent[:1], newest=newest)


def agree(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = world.build(Path(folder), marts=("growth", "estimate"))
        found = keyed(rows(connection, "estimate"))
    wanted = keyed(EstimateOracle(world).estimate())
    assert found.keys() == wanted.keys()
    for key, row in wanted.items():
        assert found[key] == row


@settings(max_examples=7, phases=[Phase.explicit, Phase.reuse, Phase.generate], **UNHURRIED)
@given(unfinished())
def test_the_estimate_agrees_with_the_oracle(world: World) -> None:
    agree(world)


@pytest.mark.campaign
@settings(max_examples=500, **UNHURRIED)
@given(unfinished())
def test_the_estimate_agrees_with_the_oracle_in_many_worlds(world: World) -> None:
    agree(world)
