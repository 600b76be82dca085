from __future__ import annotations

import subprocess
import sys
from array import array
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from healthstats import words
from healthstats.domain.finding import Finding
from healthstats.domain.reading import CellCounts, Observations, Reading, Report, ReportColumns
from healthstats.store import run_tables
from healthstats.store.columns import SCHEMAS
from healthstats.store.files import Batches, write_table
from healthstats.store.known import read_columns
from tests.unit.store_worlds import DEFINITIONS, reading, submission


def whole(batches: Batches) -> pa.Table:
    return pa.Table.from_batches(batches.to_batches(), batches.schema)


def rows(judged: list, table: str) -> list[dict]:
    return whole(run_tables(judged, DEFINITIONS)[table]).to_pylist()


def test_observations_keep_value_status_and_place() -> None:
    cells = rows([(submission("1"), reading({"79001": [120, None], "79002": [0, 7]}))], "observations")
    got = [(c["report"], c["facility"], c["element"], c["value"], c["status"], c["cell"], c["text"]) for c in cells]
    assert got == [
        (0, "79001", "outpatient_visits", Decimal("120.0000"), "accepted", "C1", None),
        (0, "79001", "inpatient_stays", None, "quarantined", "D1", "?"),
        (1, "79002", "outpatient_visits", Decimal("0.0000"), "accepted", "C2", None),
        (1, "79002", "inpatient_stays", Decimal("7.0000"), "accepted", "D2", None),
    ]
    assert {(c["qualifier"], c["item"], c["area"], c["period"], c["sheet"]) for c in cells} == {
        ("=", "", None, "2023-01", "T1")
    }


def test_the_addresses_of_many_sheets_alike_are_those_of_one(tmp_path: Path) -> None:
    judged = [(submission(str(file)), reading({"79001": [file, 1], "79002": [2, None]})) for file in range(40)]
    table = run_tables(judged, DEFINITIONS)["observations"]
    assert pa.types.is_dictionary(table.schema.field("cell").type)
    write_table(tmp_path / "o.parquet", table)
    (cells,) = read_columns(tmp_path / "o.parquet", ["cell"])
    assert cells == ["C1", "D1", "C2", "D2"] * 40


def test_reports_of_small_and_large_files_are_numbered_as_they_come() -> None:
    kind = Report("bieu9", "2023", "", None, "2023-02", "T2")
    large = Reading("csv", ReportColumns([kind], ["79003", "79001"], array("I", [0, 0]), array("I", [1, 0])))
    files = [reading({"79001": [1]}), large, reading({}), reading({"79002": [2]})]
    got = rows([(submission(str(number)), one) for number, one in enumerate(files)], "reports")
    assert [(one["submission"][:4], one["facility"], one["period"]) for one in got] == [
        (submission("0").submission[:4], "79001", "2023-01"),
        (submission("1").submission[:4], "79001", "2023-02"),
        (submission("1").submission[:4], "79003", "2023-02"),
        (submission("3").submission[:4], "79002", "2023-01"),
    ]


def test_findings_still_sought_are_asked_for_when_they_are_written(tmp_path: Path) -> None:
    told: list[tuple[Finding, ...]] = [(), ()]
    judged = [(submission("1"), reading({"79001": [1]})), (submission("2"), reading({"79002": [2]}))]
    table = run_tables(judged, DEFINITIONS, lambda: told)["findings"]
    told[1] = (Finding("UNREADABLE_TEXT", "error", cell="C1", params={"offset": 3}),)
    assert write_table(tmp_path / "f.parquet", table).rows == 1
    assert read_columns(tmp_path / "f.parquet", ["submission", "cell"]) == [[judged[1][0].submission], ["C1"]]


def test_positions_run_over_the_whole_run() -> None:
    judged = [(submission("1"), reading({"79001": [1]})), (submission("2"), reading({"79002": [2], "79003": [3]}))]
    assert [row["position"] for row in rows(judged, "submissions")] == [0, 1]
    assert [(row["position"], row["facility"]) for row in rows(judged, "reports")] == [
        (0, "79001"),
        (1, "79002"),
        (2, "79003"),
    ]
    assert [row["report"] for row in rows(judged, "observations")] == [0, 1, 2]


def test_a_preliminary_report_says_so_in_every_accepted_cell() -> None:
    said = reading({"79001": [1, None], "79002": [2, 3]})
    said = replace(said, reports=(said.reports[0]._replace(status="preliminary"), said.reports[1]))
    cells = rows([(submission("1"), said)], "observations")
    assert [row["status"] for row in cells] == ["preliminary", "quarantined", "accepted", "accepted"]


def test_a_cell_that_is_not_final_says_so_unless_it_is_quarantined() -> None:
    said = reading({"79001": [1, None], "79002": [2, 3]})
    said.observations.status.update({0: "estimate", 1: "estimate", 3: "corrected"})
    cells = rows([(submission("1"), said)], "observations")
    assert [row["status"] for row in cells] == ["estimate", "quarantined", "accepted", "corrected"]


def test_a_bound_keeps_its_qualifier_in_whichever_file_it_stands() -> None:
    first, second = reading({"79001": [1, 2]}), reading({"79002": [3, 4]})
    first.observations.qualifier[1], second.observations.qualifier[0] = "≥", "≈"
    cells = rows([(submission("1"), first), (submission("2"), second)], "observations")
    assert [(row["value"], row["qualifier"]) for row in cells] == [(1, "="), (2, "≥"), (3, "≈"), (4, "=")]


def test_elements_of_each_file_are_numbered_apart() -> None:
    cells = Observations()
    for name, value in (("report", 0), ("element", 0), ("value", 5), ("accepted", 1), ("row", 2), ("column", 28)):
        getattr(cells, name).append(value)
    other = Reading("csv", (Report("f", "e", None, "79", "2023", ""),), ("lab_tests",), cells, (), CellCounts(1, 1))
    got = rows([(submission("1"), reading({"79001": [1, 2]})), (submission("2"), other)], "observations")
    assert [row["element"] for row in got] == ["outpatient_visits", "inpatient_stays", "lab_tests"]
    assert (got[2]["value"], got[2]["cell"]) == (Decimal("0.0005"), "AB2")
    assert (got[2]["facility"], got[2]["area"], got[2]["sheet"]) == (None, "79", None)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [([1, 2], "accepted"), ([1, None], "quarantined"), ([None, None], "quarantined"), ([], "rejected")],
)
def test_a_reports_verdict_follows_its_cells(values: list[int | None], verdict: str) -> None:
    (report,) = rows([(submission("1"), reading({"79001": values}))], "reports")
    assert report["verdict"] == verdict
    assert report["cells_accepted"] == sum(value is not None for value in values)
    assert report["cells_quarantined"] == values.count(None)


def test_a_submission_keeps_its_counts_and_its_wall_clock() -> None:
    received = datetime(2024, 1, 5, 23, 59, 1, 5, tzinfo=UTC)
    (row,) = rows([(submission("1", received=received), reading({"79001": [1, None]}, rejected=2))], "submissions")
    assert row["received_at"] == datetime(2024, 1, 5, 23, 59, 1, 5)
    assert [row[f"cells_{kind}"] for kind in ("found", "accepted", "quarantined", "rejected", "blank")] == [
        4,
        1,
        1,
        2,
        0,
    ]
    assert (row["verdict"], row["definitions"], row["size"]) == ("quarantined", DEFINITIONS, 1)


def test_findings_are_told_in_vietnamese_with_their_params(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words.CATALOGUE, "finding.TEST", ("{b} không phải {a}", "{b} is no {a}"))
    finding = Finding("TEST", "error", "T1", "C1", "79001", text="1,5", params={"b": "số", "a": 1})
    (row,) = rows([(submission("1"), reading({}, findings=(finding,)))], "findings")
    assert row["message"] == "số không phải 1"
    assert row["params"] == '{"a": 1, "b": "số"}'
    assert (row["cell"], row["facility"], row["period"], row["suggestion"]) == ("C1", "79001", None, None)


def test_a_file_name_of_odd_bytes_does_not_stop_the_run() -> None:
    (row,) = rows([(submission("1", name="b\udce1o c\x00.xls"), reading({}))], "submissions")
    assert row["name"] == "b\\udce1o c\x00.xls"


def test_no_files_give_empty_tables() -> None:
    assert all(whole(table).num_rows == 0 for table in run_tables([], DEFINITIONS).values())


def test_what_is_written_has_the_columns_of_the_schema(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for name, table in run_tables([(submission("1"), reading({"79001": [1]}))], DEFINITIONS).items():
        whole(table).validate(full=True)
        stored = write_table(tmp_path / f"{name}.parquet", table)
        assert pq.ParquetFile(tmp_path / stored.path).schema_arrow.equals(SCHEMAS[name])
        assert stored.rows == whole(table).num_rows


def test_values_of_either_sign_and_full_width_come_back(tmp_path: Path) -> None:
    cells = Observations()
    values = [999_999_999_999_999_999, -1, -999_999_999_999_999_999, 0]
    for value in values:
        for name, number in (
            ("report", 0),
            ("element", 0),
            ("value", value),
            ("accepted", 1),
            ("row", 1),
            ("column", 1),
        ):
            getattr(cells, name).append(number)
    wide = Reading("csv", (Report("f", "e", "79001", None, "2023", "S"),), ("x",), cells)
    write_table(tmp_path / "o.parquet", run_tables([(submission("1"), wide)], DEFINITIONS)["observations"])
    assert "value INT64" in physical_types(tmp_path / "o.parquet")
    (back,) = read_columns(tmp_path / "o.parquet", ["value"])
    assert back == [Decimal(value).scaleb(-4) for value in values]


def physical_types(path: Path) -> list[str]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        columns = [file.schema.column(k) for k in range(len(file.schema))]
        return [f"{column.name} {column.physical_type}" for column in columns]


def test_the_road_of_a_run_never_imports_pandas(tmp_path: Path) -> None:
    script = f"""
import sys, pathlib
sys.path[:0] = {[str(Path(__file__).parents[2])]!r}
from tests.unit.store_worlds import submission, reading
from healthstats.store import Store, run_tables
store = Store.create(pathlib.Path({str(tmp_path / "data")!r}))
file = submission("1")
with store.lock():
    store.archive([(file, b"1")])
    run = store.commit(run_tables([(file, reading({{"79001": [1, None]}}, revision=2))], "d"))
store.known_submissions(), store.declared_revisions(), store.verify()
connection = store.warehouse(None)
assert connection.execute("select count(*) from observations").fetchall() == [(2,)]
connection.close()
print("pandas" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("False\n", "")
