"""A form that is defined by data alone: the two real workbooks of English hospital activity."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from healthstats.definitions import load
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from tests.submissions.bieu9 import codes, context

REPOSITORY = Path(__file__).parents[2]
REAL = REPOSITORY.parent / "shared" / "data" / "real"
FORM = REPOSITORY / "tests" / "workflows" / "england" / "pipelines"
APRIL_2012, APRIL_2013 = "MAR_Prov-Web-file-April-12-Rev-Jul13.xls", "MAR_Prov-Web-file-Apr13_68733-Jul-14-refresh.xls"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files lie in ../shared, which is not here")


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    workspace = tmp_path_factory.mktemp("england")
    (workspace / "healthstats.toml").write_text("", "utf-8")
    shutil.copytree(FORM, workspace / "pipelines")
    shutil.copytree(REPOSITORY / "pipelines" / "registers", workspace / "pipelines" / "registers")
    return load(workspace)


@cache
def content(name: str) -> bytes:
    return (REAL / name).read_bytes()


def read(name: str, known: Definitions) -> Reading:
    """The reading with a register made of what the file itself names."""
    empty = read_submission(name, content(name), context(known))
    facilities = tuple(
        FacilitySpell(one.code, one.name, None, None, None, None, None, dict(one.attributes)) for one in empty.unknown
    )
    return read_submission(name, content(name), context(replace(known, facilities=facilities)))


@pytest.mark.parametrize(
    ("name", "providers", "period", "edition", "england"),
    [
        (APRIL_2012, 372, "2012-04", "strategic-health-authorities", 117_410),
        (APRIL_2013, 375, "2013-04", "area-teams", 121_122),
    ],
)
def test_14_measures_of_every_provider_and_england_is_their_sum(
    definitions: Definitions, name: str, providers: int, period: str, edition: str, england: int
) -> None:
    reading = read(name, definitions)
    assert {(report.period, report.edition) for report in reading.reports} == {(period, edition)}
    assert len(reading.reports) == providers
    assert reading.counts.found == reading.counts.accepted == providers * 14
    assert (reading.counts.checked, "TOTAL_DIFFERS" in codes(reading)) == (14, False)
    seen = reading.observations
    ordinary = reading.elements.index("elective_ordinary")
    assert sum(value for value, element in zip(seen.value, seen.element, strict=True) if element == ordinary) == (
        england * 10_000
    )


def test_without_a_register_every_provider_is_proposed_with_its_attributes(definitions: Definitions) -> None:
    reading = read_submission(APRIL_2013, content(APRIL_2013), context(definitions))
    assert (reading.counts.accepted, reading.counts.rejected, len(reading.unknown)) == (0, 375 * 14, 375)
    first = reading.unknown[0]
    assert (first.code, first.name) == ("NT324", "SPIRE CHESHIRE HOSPITAL")
    assert dict(first.attributes)["area_team_code"] == "Q44"
