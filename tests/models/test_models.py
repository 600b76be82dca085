"""Models are plain SELECTs in the order that they need; what is wrong with one is said with its file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from healthstats.errors import UsageError
from tests.models.world import CHECKS, MODELS, World, definitions, rows, sent, spells

REPORTS = "facility period visits\nA 2023-01 1"


def build(folder: Path, **sql: str) -> list[dict[str, object]]:
    """The mart `own`, from models given as text."""
    own = folder / "models"
    own.mkdir()
    for name, text in sql.items():
        (own / f"{name}.sql").write_text(text, encoding="utf-8")
    models = {path.stem: path for path in own.glob("*.sql")}
    world = World(definitions(spells("facility\nA"), models=models, checks={}), sent(REPORTS))
    return rows(world.build(folder), "own")


def test_models_are_built_after_what_they_read(tmp_path: Path) -> None:
    found = build(
        tmp_path,
        own="-- one row\nwith b as (select * from int_a) select * from b",
        int_a="-- one row a period\nselect period from stg_z",
        stg_z="-- one row a report (view)\nselect * from reports",
    )
    assert found == [{"period": "2023-01"}]


@pytest.mark.parametrize(
    ("models", "said"),
    [
        ({"own": "select * from nowhere"}, "own.sql: there is no table nowhere"),
        (
            {"own": "select * from int_a", "int_a": "select * from int_a2", "int_a2": "select * from int_a"},
            "in a circle",
        ),
        ({"own": "select nothing from reports"}, "own.sql: this SELECT does not run: Binder Error"),
        ({"own": "selec 1"}, "own.sql: this SELECT does not run"),
        ({"own": "select 1; select 2"}, "own.sql: this SELECT does not run"),
        ({"own": "copy (select 1) to 'x.csv'"}, "own.sql: this SELECT does not run"),
    ],
)
def test_a_wrong_model_is_named(models: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        build(tmp_path, **models)


def test_a_check_that_finds_rows_stops_the_build(tmp_path: Path) -> None:
    check = tmp_path / "no_reports.sql"
    check.write_text("-- any row at all\nselect * from growth")
    world = World(definitions(spells("facility\nA"), checks={"no_reports": check}), sent(REPORTS))
    with pytest.raises(UsageError, match=r"no_reports\.sql: the check found \d+ wrong rows"):
        world.growth(tmp_path)


@pytest.mark.parametrize("path", [*MODELS.values(), *CHECKS.values()], ids=lambda path: path.stem)
def test_each_model_names_its_grain_and_is_one_plain_select(path: Path) -> None:
    first, *_, last = path.read_text(encoding="utf-8").strip().splitlines()
    assert re.match(r"-- (one row per|rows of) ", first)
    assert path.parent.name == "checks" or last.startswith("select * from ")
    assert not re.search(
        r"\{\{|\blag\(|\bpivot\b|columns\(|by name|asof|date_diff|::|\breplace \(", path.read_text(), re.IGNORECASE
    )


def test_what_feeds_a_mart_is_prefixed_by_its_folder() -> None:
    prefixes = {"staging": ("stg_",), "intermediate": ("int_",), "tables": ("dim_", "fct_")}
    for name, path in MODELS.items():
        expected = prefixes[path.parent.name]
        assert name.startswith(expected) or (path.parent.name == "tables" and "_" not in name[:4]), name


def test_building_never_imports_pandas(tmp_path: Path) -> None:
    """0.3 s on every `show` after an ingest."""
    code = f"""
import sys
from pathlib import Path
from tests.models.world import *
world = World(definitions(spells("facility\\nA")), sent("facility period visits\\nA 2023-01 1"))
world.build(Path({str(tmp_path)!r}))
sys.exit("pandas" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
