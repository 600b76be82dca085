"""The store through its front door: create, ingest, read again, and every kind of damage named."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from healthstats.domain.reading import Reading
from healthstats.errors import Busy, DamagedStore, HealthstatsError, NewerStore, StorageFailure, UnsafePlace, UsageError
from healthstats.store import Run, Store, run_tables
from healthstats.words import CATALOGUE
from tests.unit.store_worlds import DEFINITIONS, reading, submission


def ingest(store: Store, *files: tuple[str, Reading], definitions: str = DEFINITIONS) -> Run:
    """Archives and commits texts with their readings as one run."""
    judged = [(submission(text, f"{text}.csv"), read) for text, read in files]
    with store.lock():
        store.archive([(each, text.encode()) for (text, _), (each, _) in zip(files, judged, strict=True)])
        return store.commit(run_tables(judged, definitions))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "data")


@pytest.fixture
def two_runs(store: Store) -> Store:
    ingest(store, ("1", reading({"79001": [10, 1]})))
    ingest(store, ("2", reading({"79002": [20, None]})))
    return store


def runs_of(store: Store) -> Path:
    return store.places.runs


def sentences(error: HealthstatsError) -> str:
    assert all("{" not in error.sentence(lang) for lang in ("vi", "en"))
    return error.sentence("en")


def test_an_empty_store_has_no_runs_and_nothing_wrong(store: Store) -> None:
    assert store.runs() == ()
    assert store.check_newest() is None
    assert store.known_submissions() == {}
    assert store.verify() == []


def test_making_a_store_again_changes_nothing(two_runs: Store) -> None:
    header = two_runs.places.header.read_bytes()
    assert len(Store.create(two_runs.places.root).runs()) == 2
    assert two_runs.places.header.read_bytes() == header


def test_where_there_is_no_store_opening_says_what_to_type_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Store.open(tmp_path / "data")
    assert "healthstats ingest" in sentences(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_runs_are_numbered_chained_and_counted(two_runs: Store) -> None:
    first, second = two_runs.runs()
    assert (first.number, second.number) == (1, 2)
    assert second.manifest.predecessor == first.manifest.uuid
    assert second.manifest.counts["accepted"] == 1
    assert second.manifest.counts["quarantined"] == 1
    assert second.manifest.received_at == "2024-01-05T08:30:00"
    assert {file.path: file.rows for file in second.manifest.files} == {
        "submissions.parquet": 1,
        "reports.parquet": 1,
        "observations.parquet": 2,
        "findings.parquet": 0,
    }


def test_stored_files_are_not_for_others_and_the_archive_not_for_writing(two_runs: Store) -> None:
    modes = {path.stat().st_mode & 0o777 for path in runs_of(two_runs).rglob("*") if path.is_file()}
    assert modes == {0o640}
    assert {path.stat().st_mode & 0o777 for path in two_runs.places.archive.rglob("*.csv")} == {0o440}


def test_bytes_come_back_from_the_archive_as_they_were(two_runs: Store) -> None:
    assert two_runs.archived(submission("1").submission, "csv") == b"1"


def test_archiving_the_same_bytes_again_is_quiet(two_runs: Store) -> None:
    two_runs.archive([(submission("1"), b"1"), (submission("1", "other name.csv"), b"1"), (submission("3"), b"3")])
    assert two_runs.archived(submission("3").submission, "csv") == b"3"


def test_a_media_that_is_no_plain_word_never_becomes_a_path(store: Store) -> None:
    from dataclasses import replace

    store.archive([(replace(submission("1"), media="../../x"), b"1")])
    assert [path.suffix for path in store.places.archive.rglob("*") if path.is_file()] == [".bin"]


def test_an_archived_name_with_other_bytes_is_damage_and_is_left_as_it_is(two_runs: Store) -> None:
    (path,) = two_runs.places.archive.rglob(f"{submission('1').submission}.csv")
    path.chmod(0o640)
    path.write_bytes(b"!")
    for action in (
        lambda: two_runs.archive([(submission("1"), b"1")]),
        lambda: two_runs.archived(submission("1").submission, "csv"),
    ):
        with pytest.raises(DamagedStore) as caught:
            action()
        assert str(path) in sentences(caught.value)
    assert path.read_bytes() == b"!"


def test_a_second_writer_hears_who_holds_the_lock(store: Store) -> None:
    with store.lock(), pytest.raises(Busy) as caught, store.lock():
        pass
    assert str(os.getpid()) in sentences(caught.value)
    with store.lock():
        pass


def test_a_worker_that_outlives_an_ingest_does_not_hold_its_lock(store: Store) -> None:
    reading_end, writing_end = os.pipe()
    with store.lock():
        worker = os.fork()
        if not worker:
            os.write(writing_end, b"started")
            time.sleep(60)
            os._exit(0)
    os.read(reading_end, 7)
    try:
        with store.lock():
            pass
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.close(reading_end)
        os.close(writing_end)


def test_known_submissions_tell_first_arrival_and_latest_judgement(two_runs: Store) -> None:
    ingest(two_runs, ("2", reading({"79002": [20, 2]})), definitions="e" * 16)
    renamed = submission("2", "another name.csv", datetime(2024, 9, 9))
    with two_runs.lock():
        two_runs.commit(run_tables([(renamed, reading({"79002": [20, 2]}))], "f" * 16))
    known = two_runs.known_submissions()[submission("2").submission]
    assert (known.first_run, known.last_run, known.verdict, known.definitions) == (2, 4, "accepted", "f" * 16)
    assert (known.name, known.media, known.received_at) == ("2.csv", "csv", datetime(2024, 1, 5, 8, 30))


def test_declared_revisions_are_the_highest_with_accepted_cells(store: Store) -> None:
    ingest(store, ("1", reading({"79001": [1, 1], "79002": [1, 1]}, revision=2)), ("2", reading({"79003": [1, 1]})))
    ingest(store, ("3", reading({"79001": [1, 1]}, revision=1)), ("4", reading({"79002": [None, None]}, revision=9)))
    assert store.declared_revisions() == {
        ("bieu9", "79001", None, "2023-01"): 2,
        ("bieu9", "79002", None, "2023-01"): 2,
    }


def test_a_judgement_taken_back_no_longer_declares(store: Store) -> None:
    ingest(store, ("1", reading({"79001": [1, 1]}, revision=2)))
    ingest(store, ("1", reading({"79001": [None, None]}, revision=2)))
    assert store.declared_revisions() == {}


# damage


def remove_manifest(runs: Path) -> None:
    (runs / "000000001" / "MANIFEST.json").unlink()


def break_manifest(runs: Path) -> None:
    (runs / "000000001" / "MANIFEST.json").write_text('{"format": 1')


def truncate(runs: Path) -> None:
    os.truncate(runs / "000000001" / "reports.parquet", 10)


def remove_file(runs: Path) -> None:
    (runs / "000000001" / "findings.parquet").unlink()


def remove_run(runs: Path) -> None:
    shutil.rmtree(runs / "000000001")


def swap_runs(runs: Path) -> None:
    (runs / "000000001").rename(runs / "x")
    (runs / "000000002").rename(runs / "000000001")
    (runs / "x").rename(runs / "000000002")


def edit_manifest(runs: Path) -> None:
    path = runs / "000000001" / "MANIFEST.json"
    path.write_text(path.read_text().replace('"accepted": 2', '"accepted": 3'))


def empty_folder(runs: Path) -> None:
    (runs / "000000003").mkdir()


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (remove_manifest, ("000000001", "MANIFEST.json")),
        (break_manifest, ("000000001", "MANIFEST.json")),
        (truncate, ("000000001", "reports.parquet")),
        (remove_file, ("000000001", "findings.parquet")),
        (remove_run, ("000000001", "000000001")),
        (swap_runs, ("000000001", "MANIFEST.json")),
        (edit_manifest, ("000000002", "MANIFEST.json")),
        (empty_folder, ("000000003", "MANIFEST.json")),
    ],
)
def test_damage_is_reported_by_run_and_file_and_never_read(
    two_runs: Store, damage: Callable[[Path], None], named: tuple[str, str]
) -> None:
    damage(runs_of(two_runs))
    for reader in (two_runs.runs, two_runs.check_newest, two_runs.known_submissions, lambda: two_runs.warehouse(None)):
        with pytest.raises(DamagedStore) as caught:
            reader()
        assert all(name in sentences(caught.value) for name in named)
    assert any(problem.run == named[0] and problem.file == named[1] for problem in two_runs.verify())


def list_another_file(runs: Path) -> None:
    path = runs / "000000001" / "MANIFEST.json"
    path.write_text(path.read_text().replace('"reports.parquet"', '"../000000002/reports.parquet"'))


def leave_out_a_table(runs: Path) -> None:
    path = runs / "000000002" / "MANIFEST.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"files": manifest["files"][:3]}))


@pytest.mark.parametrize(
    ("damage", "named"), [(list_another_file, "MANIFEST.json"), (leave_out_a_table, "findings.parquet")]
)
def test_a_manifest_that_lists_what_no_run_holds_is_damage(
    two_runs: Store, damage: Callable[[Path], None], named: str
) -> None:
    damage(runs_of(two_runs))
    with pytest.raises(DamagedStore) as caught:
        two_runs.runs()
    assert named in sentences(caught.value)


@pytest.mark.parametrize("name", ["submissions", "reports", "observations", "findings"])
def test_a_flipped_bit_in_any_file_is_found_by_hash(two_runs: Store, name: str) -> None:
    path = runs_of(two_runs) / "000000002" / f"{name}.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedStore):
        two_runs.check_newest()
    with pytest.raises(DamagedStore):
        two_runs.check_hashes()
    assert [(problem.run, problem.file, problem.what) for problem in two_runs.verify()] == [
        ("000000002", path.name, "run_damaged")
    ]


def test_verify_names_what_the_archive_lost_or_changed(two_runs: Store) -> None:
    one, two = (next(two_runs.places.archive.rglob(f"{submission(text).submission}.csv")) for text in "12")
    one.unlink()
    two.chmod(0o640)
    two.write_bytes(b"!")
    assert {(problem.run, Path(problem.file).name, problem.what) for problem in two_runs.verify()} == {
        ("", two.name, "archive_damaged"),
        ("000000001", one.name, "archive_missing"),
    }


def test_what_an_interrupted_command_left_is_harmless_and_swept_by_the_next(two_runs: Store) -> None:
    left = two_runs.places.staging / "left"
    left.mkdir()
    (left / "reports.parquet").write_bytes(b"PAR1")
    (problem,) = two_runs.verify()
    assert (problem.what, problem.harmless) == ("leftover", True)
    ingest(two_runs, ("3", reading({"79003": [1, 1]})))
    assert two_runs.verify() == []


def test_a_lost_newest_run_is_known_by_its_mart(two_runs: Store) -> None:
    with two_runs.new_mart(two_runs.runs()[-1], "ab"):
        pass
    shutil.rmtree(runs_of(two_runs) / "000000002")
    assert [problem.what for problem in two_runs.verify()] == ["mart_of_lost_run"]


def test_a_run_that_is_a_link_is_unsafe(two_runs: Store, tmp_path: Path) -> None:
    shutil.move(runs_of(two_runs) / "000000002", tmp_path / "elsewhere")
    (runs_of(two_runs) / "000000002").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafePlace):
        two_runs.runs()
    assert [problem.what for problem in two_runs.verify()] == ["run_unreadable"]


def test_a_runs_folder_that_is_a_link_is_unsafe(two_runs: Store, tmp_path: Path) -> None:
    shutil.move(runs_of(two_runs), tmp_path / "elsewhere")
    runs_of(two_runs).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafePlace):
        Store.open(two_runs.places.root)


def rewrite(path: Path, **fields: int) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_a_store_for_newer_readers_is_left_alone(two_runs: Store) -> None:
    rewrite(two_runs.places.header, min_reader=2)
    with pytest.raises(NewerStore):
        Store.open(two_runs.places.root)


def test_a_store_for_newer_writers_may_still_be_read(two_runs: Store) -> None:
    rewrite(two_runs.places.header, format=2, min_writer=2)
    reader = Store.open(two_runs.places.root)
    assert len(reader.runs()) == 2
    with pytest.raises(NewerStore), reader.lock():
        pass


def test_a_run_of_a_newer_format_is_not_guessed_at(two_runs: Store) -> None:
    rewrite(runs_of(two_runs) / "000000002" / "MANIFEST.json", format=2)
    with pytest.raises(NewerStore):
        two_runs.runs()


@pytest.mark.parametrize("content", [None, "", "[]", '{"format": 1}'])
def test_a_lost_or_broken_header_is_damage_and_no_new_store(two_runs: Store, content: str | None) -> None:
    header = two_runs.places.header
    header.unlink() if content is None else header.write_text(content)
    for way in (Store.open, Store.create):
        with pytest.raises(DamagedStore):
            way(two_runs.places.root)


# marts


def build(store: Store, run: Run, definitions: str, value: int = 1) -> None:
    with store.new_mart(run, definitions) as folder:
        path = str(folder / "growth.parquet").replace("'", "''")
        duckdb.sql(f"copy (select {value} as value) to '{path}'")


def value_in(store: Store, mart: Path | None) -> int:
    with store.warehouse(mart) as connection:
        return int(connection.execute("select value from growth").fetchall()[0][0])


def test_a_mart_is_found_under_its_run_and_definitions_only(two_runs: Store) -> None:
    first, second = two_runs.runs()
    assert two_runs.mart(second, "ab") is None
    build(two_runs, second, "ab", 7)
    assert value_in(two_runs, two_runs.mart(second, "ab", hashed=None)) == 7
    assert two_runs.mart(second, "cd") is None
    assert two_runs.mart(first, "ab") is None


def test_a_mart_that_failed_half_way_is_not_there(two_runs: Store) -> None:
    run = two_runs.runs()[-1]
    with pytest.raises(duckdb.Error), two_runs.new_mart(run, "ab") as folder:
        duckdb.sql(f"copy (select error('half way')) to '{folder / 'growth.parquet'}'")
    assert two_runs.mart(run, "ab") is None
    assert two_runs.verify() == []


def test_a_damaged_mart_is_as_good_as_absent_and_built_again(two_runs: Store) -> None:
    run = two_runs.runs()[-1]
    build(two_runs, run, "ab")
    mart = two_runs.mart(run, "ab")
    assert mart is not None
    data = bytearray((mart / "growth.parquet").read_bytes())
    data[20] ^= 1
    (mart / "growth.parquet").write_bytes(data)
    assert two_runs.mart(run, "ab", hashed=None) is None
    os.truncate(mart / "growth.parquet", 3)
    assert two_runs.mart(run, "ab") is None
    build(two_runs, run, "ab", 8)
    assert value_in(two_runs, two_runs.mart(run, "ab", hashed=None)) == 8


def test_a_mart_of_another_history_is_not_taken_for_ones_own(two_runs: Store) -> None:
    """The newest run was lost, and another came in under its number."""
    build(two_runs, two_runs.runs()[-1], "ab")
    shutil.rmtree(runs_of(two_runs) / "000000002")
    again = ingest(two_runs, ("3", reading({"79003": [1, 1]})))
    assert again.number == 2
    assert two_runs.mart(again, "ab") is None
    build(two_runs, again, "ab", 4)
    assert value_in(two_runs, two_runs.mart(again, "ab")) == 4


def test_two_readers_may_build_the_same_mart_at_once(two_runs: Store) -> None:
    run = two_runs.runs()[-1]
    with two_runs.new_mart(run, "ab") as folder:
        duckdb.sql(f"copy (select 1 as value) to '{folder / 'growth.parquet'}'")
        build(two_runs, run, "ab")
    assert value_in(two_runs, two_runs.mart(run, "ab")) == 1


def test_a_mart_in_the_making_survives_an_ingest(two_runs: Store) -> None:
    run = two_runs.runs()[-1]
    with two_runs.new_mart(run, "ab") as folder:
        ingest(two_runs, ("3", reading({"79003": [1, 1]})))
        assert folder.is_dir()


def test_old_marts_are_thrown_away_and_the_one_before_is_kept(two_runs: Store) -> None:
    first, second = two_runs.runs()
    for run, definitions in ((first, "aa"), (second, "bb"), (second, "cc")):
        build(two_runs, run, definitions)
    assert sorted(path.name for path in two_runs.places.marts.iterdir()) == ["000000002-bb", "000000002-cc"]


# the warehouse


def test_marts_built_beside_a_store_that_cannot_be_written_are_read_too(two_runs: Store, tmp_path: Path) -> None:
    duckdb.sql(f"copy (select 9 as value) to '{tmp_path / 'growth.parquet'}'")
    assert value_in(two_runs, tmp_path) == 9


@pytest.mark.parametrize("locked", [False, True])
def test_the_four_views_are_there_and_empty_without_runs(store: Store, locked: bool) -> None:
    with store.warehouse(None, locked=locked) as connection:
        for view in ("submissions", "reports", "observations", "findings"):
            assert connection.execute(f"select count(*), max(run) from {view}").fetchall() == [(0, None)]


@pytest.mark.parametrize("locked", [False, True])
def test_the_views_hold_all_runs_with_their_number(two_runs: Store, locked: bool) -> None:
    build(two_runs, two_runs.runs()[-1], "ab", 5)
    with two_runs.warehouse(two_runs.mart(two_runs.runs()[-1], "ab"), locked=locked) as connection:
        cells = connection.execute("select run, facility, value from observations order by all").fetchall()
        assert [(run, facility, value and str(value)) for run, facility, value in cells] == [
            (1, "79001", "1.0000"),
            (1, "79001", "10.0000"),
            (2, "79002", "20.0000"),
            (2, "79002", None),
        ]
        assert connection.execute("select count(*) from reports where run = 2").fetchall() == [(1,)]
        assert connection.execute("select value from growth").fetchall() == [(5,)]


ESCAPES = (
    "copy (select 1) to '{run}'",
    "copy (select 1) to '{folder}/new.csv'",
    "attach '{folder}/new.db'",
    "install httpfs",
    "load httpfs",
    "select * from read_text('{run}')",
    "select * from read_blob('{run}')",
    "select * from read_csv('{run}')",
    "select * from read_parquet('{run}')",
    "select * from '{run}'",
    "select * from glob('{folder}/*')",
    "export database '{folder}/new'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set allowed_directories = ['{folder}']",
    "set temp_directory = '{folder}/new'",
    "set log_query_path = '{folder}/new.log'",
    "create persistent secret s (type s3)",
)


@pytest.mark.parametrize("sql", ESCAPES)
def test_a_persons_sql_cannot_leave_the_locked_warehouse(two_runs: Store, tmp_path: Path, sql: str) -> None:
    run = runs_of(two_runs) / "000000001" / "observations.parquet"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with two_runs.warehouse(None, locked=True) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql.format(run=run, folder=tmp_path))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_workspace_with_signs_in_its_name_is_read_too(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "it's [a] * ? {b} 100%")
    ingest(store, ("1", reading({"79001": [1, 1]})))
    build(store, store.runs()[-1], "ab", 3)
    for locked in (False, True):
        with store.warehouse(store.mart(store.runs()[-1], "ab"), locked=locked) as connection:
            assert connection.execute("select count(*) from observations").fetchall() == [(2,)]
            assert connection.execute("select value from growth").fetchall() == [(3,)]


# what people read


def test_a_store_that_cannot_be_made_says_where_and_why(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageFailure) as caught:
        Store.create(tmp_path / "data")
    assert str(tmp_path / "data") in sentences(caught.value)


def test_every_problem_has_its_sentence_in_both_languages(two_runs: Store) -> None:
    remove_file(runs_of(two_runs))
    (problem, *_) = two_runs.verify()
    assert problem.sentence("vi") != problem.sentence("en")
    for key in (key for key in CATALOGUE if key.startswith("problem.")):
        assert CATALOGUE[key][0] != CATALOGUE[key][1]
